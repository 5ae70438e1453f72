"""Names of people, groups, bodies, states and places, found by capitals and tables."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from pledgewatch.model.reading import MentionType
from pledgewatch.read.readers.rules.lexicon import cue_words, gazetteer, name_words, state_keys
from pledgewatch.read.readers.rules.names import Name, name_key
from pledgewatch.read.readers.rules.settling import find_heads, settle_types

LONGEST_NAME = 12
"""Words in a name at most."""

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W_]+)*(?:-[^\W_]+(?:['’](?!s\b)[^\W_]+)*)*\.?|[’']s\b|\S",
)
_ACRONYM = re.compile(r"(?:[A-Z][A-Z0-9&-]{1,7}s?|(?:[A-Z]\.){2,})$")


class Token(NamedTuple):
    """A word of a name and its place."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """In small letters, without a final stop."""
        return self.text.lower().rstrip(".").replace("’", "'") if len(self.text) > 1 else self.text.lower()


def find_names(text: str, sentences: tuple[tuple[int, int], ...]) -> list[Name]:
    """The names in a text, in order, each with its type and its fullest form."""
    small = Counter(re.findall(r"\b[a-z][a-z'-]+\b", text))
    found: list[Name] = []
    for start, end in sentences:
        if end - start > 20_000:
            continue
        found.extend(_names_in(text, start, end, small))
    found.sort(key=lambda name: (name.start, -name.end))
    settle_types(text, found)
    found = [name for name in found if name.type != "other" or name.sure]
    find_heads(text, found)
    return found


def _tokens(text: str, start: int, end: int) -> list[Token]:
    """Words with places; a final stop stays only with initials and titles; US-led and US-Ostrava come apart."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text, start, end):
        word, place = found.group(), found.start()
        stop = ""
        if (
            word.endswith(".")
            and len(word) > 1
            and not re.fullmatch(r"(?:[^\W\d_]\.)+", word)
            and word.lower() not in name_words("stopped")
        ):
            word, stop = word[:-1], "."
        parts = word.split("-")
        if len(parts) > 1 and tuple(word.lower().split()) not in gazetteer() and (parts[0].lower(),) in gazetteer():
            offset = place
            for index, part in enumerate(parts):
                if index:
                    tokens.append(Token(offset, offset + 1, "-"))
                    offset += 1
                if part:
                    tokens.append(Token(offset, offset + len(part), part))
                offset += len(part)
        else:
            tokens.append(Token(place, place + len(word), word))
        if stop:
            tokens.append(Token(place + len(word), place + len(word) + 1, "."))
    return tokens


def _is_capital(token: Token) -> bool:
    word = token.text
    return word[0].isupper() or (word[:3].lower() in ("al-", "el-") and word[3:4].isupper())


def _names_in(text: str, start: int, end: int, small: Counter[str]) -> list[Name]:
    tokens = _tokens(text, start, end)
    words = [token for token in tokens if token.text[0].isalpha()]
    if not words:
        return []
    capitals = sum(1 for token in words if _is_capital(token))
    # In a headline or a line in capitals, capitals say nothing: only names of the tables are taken.
    open_ended = text[end - 1] not in '.!?”"’' or all(token.text.isupper() for token in words)
    headline = len(words) >= 5 and capitals > 0.6 * len(words) and open_ended
    found: list[Name] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if not _is_capital(token):
            index += 1
            continue
        stop = _sequence_end(tokens, index)
        sequence = tokens[index:stop]
        before = tokens[index - 1] if index else None
        after = tokens[stop] if stop < len(tokens) else None
        found.extend(_split_sequence(text, sequence, before, after, small, headline))
        index = stop
    return found


def _sequence_end(tokens: list[Token], index: int) -> int:
    """The end of the run of capitalised words that begins at ``index``, with the small words inside names."""
    stop = index + 1
    while stop < len(tokens) and stop - index < LONGEST_NAME:
        token = tokens[stop]
        if token.text == "I":
            break
        if _is_capital(token):
            stop += 1
            continue
        if token.lower in name_words("name_particles") and stop + 1 < len(tokens) and _is_capital(tokens[stop + 1]):
            stop += 2
            continue
        joined = _connected(tokens, index, stop)
        if joined:
            stop = joined
            continue
        break
    return stop


def _connected(tokens: list[Token], index: int, stop: int) -> int:
    """The place after "of the X" or "and X" where those words go on with the name, or 0."""
    last = tokens[stop - 1].lower
    word = tokens[stop].lower
    heads = name_words("body_words") | name_words("document_words") | name_words("titles") | name_words("group_words")
    place = stop + 1
    if word in ("of", "for", "on") and (last in heads or last in name_words("of_heads")):
        if place < len(tokens) and tokens[place].lower == "the":
            place += 1
        return place + 1 if place < len(tokens) and _is_capital(tokens[place]) else 0
    if word == "and" and place < len(tokens) and _is_capital(tokens[place]):
        inside = any(token.lower in ("of", "for", "on") for token in tokens[index:stop])
        ahead = list(tokens[place : place + 4])
        run = next((spot for spot, token in enumerate(ahead) if not _is_capital(token)), len(ahead))
        closes = any(token.lower in name_words("body_words") for token in ahead[1:run])
        started = tokens[index].lower in name_words("body_words") and inside
        return place + 1 if closes or started else 0
    return 0


def _split_sequence(
    text: str, sequence: list[Token], before: Token | None, after: Token | None, small: Counter[str], headline: bool
) -> list[Name]:
    """The names in one run of capitalised words."""
    found: list[Name] = []
    tokens = list(sequence)
    first = before is None or before.text in "\"“‘'«(—–:"
    title = ""
    while tokens:
        known = _known_at(tokens)
        if known:
            length, kind = known
            if length == len(tokens) or not _goes_on(tokens, length):
                found.append(_name(text, tokens[:length], kind))
                tokens, first = tokens[length:], False
                title = ""
                continue
        lower = tokens[0].lower
        if lower in name_words("titles") and len(tokens) > 1 and not _is_organisation(tokens):
            title = f"{title} {lower}".strip()
            tokens, first = tokens[1:], False
            continue
        if lower in name_words("connectors") - name_words("name_particles") or (
            lower in name_words("never")
            and not (
                len(tokens) > 1
                and not first
                and lower not in cue_words("weekdays_and_times")
                and _is_organisation(tokens)
            )
        ):
            tokens = tokens[1:]
            continue
        if lower in name_words("titles") and not _is_organisation(tokens):
            title = f"{title} {lower}".strip()
            tokens, first = tokens[1:], False
            continue
        break
    if not tokens or headline:
        return found
    inner = _inner_title(tokens)
    if inner:
        return [
            *found,
            *_split_sequence(text, tokens[:inner], before, tokens[inner], small, headline),
            *_split_sequence(text, tokens[inner:], tokens[inner - 1], after, small, headline),
        ]
    if first and _opens_before_given_name(tokens):
        tokens, first = tokens[1:], False
    name = _classify(text, tokens, before, after, small, first, title)
    if (
        name is not None
        and after is not None
        and after.lower in name_words("made_of_people")
        and name.type in ("person", "other")
    ):
        # The Vess administration is a body and not the person.
        name = _name(text, [*tokens, after], "body")
    if name is not None:
        found.append(name)
    return found


def _opens_before_given_name(tokens: list[Token]) -> bool:
    """Whether the run is a word that only opens the sentence and a person's name: Morning Anna Vess."""
    given = name_words("given_names")
    return len(tokens) > 1 and tokens[1].lower in given - name_words("never") and tokens[0].lower not in given


def _inner_title(tokens: list[Token]) -> int:
    """The place of a title inside a run that goes on with a name ("Unless President Vess"), or 0."""
    if _is_organisation(tokens):
        return 0
    for place in range(1, len(tokens) - 1):
        if tokens[place].lower in name_words("titles") and tokens[place + 1].lower not in name_words("connectors"):
            return place
    return 0


def _known_at(tokens: list[Token]) -> tuple[int, MentionType] | None:
    """The longest name of the tables at the start of the run, with the number of its words."""
    table = gazetteer()
    for length in range(min(5, len(tokens)), 0, -1):
        key = tuple(token.text.lower() for token in tokens[:length])
        kind = table.get(key) or table.get((*key[:-1], key[-1].rstrip(".")))
        if kind and not (length == 1 and key[0] in name_words("ambiguous") and not _looks_known(tokens, key[0])):
            return length, kind
    return None


def _looks_known(tokens: list[Token], word: str) -> bool:
    """Whether a word that is also an everyday word or a given name stands for the name of the tables."""
    if word in name_words("ambiguous_initials"):
        return tokens[0].text.isupper()
    following = tokens[1].lower if len(tokens) > 1 else ""
    return not following or following in name_words("titles") or following in name_words("body_words")


def _goes_on(tokens: list[Token], length: int) -> bool:
    """Whether a known name is only the first part of a longer one: the Ostrava Ministry of Health."""
    rest = tokens[length:]
    if not rest:
        return False
    if rest[0].lower in name_words("titles") and not _is_organisation(rest):
        return False
    return _is_organisation(tokens)


def _is_organisation(tokens: list[Token]) -> bool:
    """Whether the head of a run of words is that of an organisation, a place, a document or the like."""
    return _head_type(tokens) is not None


def _head_type(tokens: list[Token]) -> MentionType | None:
    if len(tokens) < 2:
        return None
    places = [index for index, token in enumerate(tokens) if token.lower in ("of", "for", "on")]
    heads = [tokens[-1].lower]
    if places and places[0] > 0:
        heads.insert(0, tokens[places[0] - 1].lower)
    kinds: tuple[tuple[str, MentionType], ...] = (
        ("document_words", "document"),
        ("weapon_words", "weapon"),
        ("group_words", "group"),
        ("body_words", "body"),
        ("facility_words", "facility"),
        ("place_words", "place"),
    )
    for head in heads:
        if head in name_words("titles") and not (head == tokens[-1].lower and head in name_words("body_words")):
            return None
        for key, kind in kinds:
            if head in name_words(key):
                return kind
        if head in name_words("event_words"):
            return "other"
    return None


def _classify(
    text: str,
    tokens: list[Token],
    before: Token | None,
    after: Token | None,
    small: Counter[str],
    first: bool,
    title: str,
) -> Name | None:
    """A run of words outside the tables as a name, or ``None`` where it is none."""
    kind = _head_type(tokens)
    if kind is not None:
        name = _name(text, tokens, kind)
        name.sure = kind != "other"
        return name
    if len(tokens) == 1:
        return _single(text, tokens[0], before, after, small, first, title)
    if tokens[0].lower in name_words("given_names") or title:
        return _name(text, tokens, "person", title)
    if any(token.lower in name_words("connectors") - name_words("name_particles") for token in tokens):
        name = _name(text, tokens, "other")
        name.sure = False
        return name
    if _ACRONYM.match(tokens[-1].text) or any(character.isdigit() for character in tokens[-1].text):
        name = _name(text, tokens, "other")
        name.sure = False
        return name
    name = _name(text, tokens, "person" if len(tokens) <= 4 else "other", title)
    name.sure = False
    return name


def _single(
    text: str, token: Token, before: Token | None, after: Token | None, small: Counter[str], first: bool, title: str
) -> Name | None:
    word, lower = token.text, token.lower
    if lower in name_words("weapons"):
        return _name(text, [token], "weapon")
    if len(word) < 2 or lower.split("'")[0] in name_words("never") or word.isdigit():
        return None
    if title:
        return _name(text, [token], "person", title)
    if lower in name_words("given_names") and not small[lower]:
        return _name(text, [token], "person")
    if _ACRONYM.match(word):
        if _shouted(before) or _shouted(after):
            return None
        name = _name(text, [token], "body")
        name.sure = False
        return name
    common = cue_words("speakers") | name_words("body_words") | name_words("group_words") | name_words("document_words")
    if (
        lower in common
        or lower in name_words("event_words")
        or lower in cue_words("between")
        or lower in name_words("facility_words")
    ):
        return None
    if first and (small[lower] or lower.endswith(("ing", "ly", "ed"))):
        return None
    name = _name(text, [token], "other")
    name.sure = False
    if first:
        name.title = "?first"
    return name


def _shouted(token: Token | None) -> bool:
    """Whether a neighbour is in capitals too, so that capitals make no initials."""
    return token is not None and len(token.text) > 2 and token.text.isupper() and token.text.isalpha()


def _name(text: str, tokens: list[Token], kind: MentionType, title: str = "") -> Name:
    start, end = tokens[0].start, tokens[-1].end
    words = text[start:end]
    key = name_key(words)
    return Name(start, end, kind, words, title, key=state_keys().get(key, key) if kind == "state" else key)
