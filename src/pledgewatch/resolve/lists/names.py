"""Names out of the fields of lists: packed fields are taken apart, and what they say beside names is kept apart.

Publishers write several names into one field: with semicolons, slashes and letters ("a) … b) …"), with the original
script or the acronym in brackets, turned around at a comma, with notes ("previously listed as", "born in …"). A name
that is left packed is never found in a text; a name that is cut where it should not be is found everywhere. What is not
understood is told, and not guessed.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources

import yaml

from pledgewatch.model.actor import Alias
from pledgewatch.resolve.lists.countries import country_code
from pledgewatch.resolve.lists.scripts import script_of, split_scripts
from pledgewatch.text.folding import fold_name

LONGEST = 160
"""Most letters of a name; what is longer is a sentence."""

LONGEST_FIELD = 5_000
"""Most letters of a field of names."""

LOST = "\ufffd"
"""What stands for a letter that was lost on the way; a name with one is no name."""

_INVISIBLE = dict.fromkeys(
    (0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_OPEN, _CLOSE = "([{（［", ")]}）］"
_QUOTES = '"“”„«»＂'
_QUOTED = re.compile(rf"[{_QUOTES}]\s*([^{_QUOTES}]{{1,80}}?)\s*[{_QUOTES}]")
_LETTERED = re.compile(r"(?:(?<=\s)|^)(?:[a-z]|[ivx]{1,4})\)\s*")
_SEPARATOR = re.compile(r"\s*[;؛،；]\s*|\s+/\s+")
_REFERENCE = re.compile(r"(?:see\s+|listed (?:as|under)\s+)?([A-Z]{2}[ie]\.\d{3})", re.IGNORECASE)
_BORN = re.compile(
    r"[,\s]+(?:(?:re)?born\b|d\.?p?o\.?b\b|date of birth\b|nationality\b|passport\b).*$", re.IGNORECASE | re.DOTALL
)
_CHILD = re.compile(r"\s+((?:son|daughter|brother|sister|wife|father) of)\s+(.+)$", re.IGNORECASE)
_ACRONYM_SHAPE = re.compile(r"[A-Z0-9][A-Za-z0-9]*(?:[-/.& ][A-Za-z0-9]+)*\.?")


@functools.cache
def name_words() -> dict[str, frozenset[str]]:
    """The tables of ``tables/names.yml``; what each one is for stands there."""
    text = resources.files(__package__).joinpath("tables", "names.yml").read_text("utf-8")
    table: dict[str, str] = yaml.safe_load(text)
    return {kind: frozenset(" ".join(word.split()) for word in words.split("|")) for kind, words in table.items()}


@functools.cache
def _longest_first(kind: str) -> tuple[str, ...]:
    return tuple(sorted(name_words()[kind], key=lambda word: (-len(word), word)))


@functools.cache
def _between() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _longest_first("between"))
    return re.compile(rf"[,\s]+(?:{words})(?=[\s:,]|$)[:,]?\s*", re.IGNORECASE)


@dataclass(slots=True)
class Unpacked:
    """What a field of names holds.

    Attributes:
        names: every name, the field's main one first.
        notes: what the field says beside names.
        ties: ``(words for the relation, words for the other)``.
        repaired: what was put right.
        not_understood: parts that are neither name nor known note.
    """

    names: list[Alias] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ties: list[tuple[str, str]] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a publisher writes names.

    Attributes:
        person: the field names a person, whose name may be turned around at a comma.
        turned: a comma always turns a person's name around.
        packs: two names may stand in one field with nothing but a comma between them.
        weak: the names are of low quality.
    """

    person: bool = False
    turned: bool = False
    packs: bool = True
    weak: bool = False


def unpack_names(untrusted_words: str, manner: Manner = Manner(), known: Collection[str] = ()) -> Unpacked:
    """Takes a field of names apart.

    Args:
        untrusted_words: the field as the publisher wrote it.
        known: names that the entry has already, which help to tell a list from a name turned around.

    >>> [name.name for name in unpack_names("ORVANE FRONT (OF); Front of Orvane/the Levant").names]
    ['ORVANE FRONT', 'OF', 'Front of Orvane/the Levant']
    >>> [(name.name, name.script) for name in unpack_names("أبو شيماء (Abu-Shaima; Abu- Shayma)").names]
    [('أبو شيماء', 'Arab'), ('Abu-Shaima', 'Latn'), ('Abu-Shayma', 'Latn')]
    >>> [name.name for name in unpack_names("Velmi, Dr. Ardan", Manner(person=True)).names]
    ['Dr. Ardan Velmi']
    """
    found = Unpacked()
    if len(untrusted_words) > LONGEST_FIELD:
        found.not_understood.append(f"{untrusted_words[:80]} … ({len(untrusted_words):,} letters)")
        return found
    words = tidy(untrusted_words, found)
    for piece in _split_pieces(words, found):
        _unpack_piece(piece, manner, known, found)
    found.names = _unique(found.names)
    return found


def tidy(untrusted_words: str, found: Unpacked | None = None) -> str:
    """Words on one line without invisible letters; hyphens that wrapping tore off their word are put back.

    >>> tidy(" Abu- Shayma \\n al - Velmi,")
    'Abu-Shayma al-Velmi'
    """
    words = " ".join(untrusted_words.translate(_INVISIBLE).split())
    put = re.sub(r"(?<=\w)- (?=\w)", "-", words)
    put = re.sub(r"\b(al|el|ul|ash|as|an) - (?=\w)", r"\1-", put, flags=re.IGNORECASE)
    put = re.sub(r" -(?=[^\W\d_])", " - ", put)
    put = re.sub(r"\s+([,;)\]])", r"\1", re.sub(r"([(\[])\s+", r"\1", put))
    if put != words and found is not None:
        found.repaired.append(f"spaces in {words!r}")
    return put.strip(" ,;")


def _split_pieces(words: str, found: Unpacked) -> Iterator[list[tuple[bool, str]]]:
    """The names of a field as segments ``(in brackets, words)``, cut at the separators outside brackets."""
    piece: list[tuple[bool, str]] = []
    for bracketed, segment in _segments(words, found):
        if bracketed:
            if re.fullmatch(r"[a-z]|[ivx]{1,4}", segment):
                yield piece
                piece = []
            else:
                piece.append((True, segment))
            continue
        parts = _SEPARATOR.split(_LETTERED.sub(" ; ", segment))
        for number, part in enumerate(parts):
            if number:
                yield piece
                piece = []
            if part.strip():
                piece.append((False, part))
    yield piece


def _segments(words: str, found: Unpacked) -> list[tuple[bool, str]]:
    """Words outside and inside of brackets, in their order; a bracket without its partner is dropped."""
    segments: list[tuple[bool, str]] = []
    depth, start = 0, 0
    for place, letter in enumerate(words):
        if letter in _OPEN:
            if depth == 0:
                segments.append((False, words[start:place]))
                start = place + 1
            depth += 1
        elif letter in _CLOSE:
            if depth == 0 and _LETTERED.match(words, max(place - 1, 0)) is None:
                found.repaired.append(f"a bracket without a partner in {words!r}")
                segments.append((False, words[start:place]))
                start = place + 1
            elif depth:
                depth -= 1
                if depth == 0:
                    segments.append((True, words[start:place].strip()))
                    start = place + 1
    if depth:
        found.repaired.append(f"a bracket that is never closed in {words!r}")
    segments.append((bool(depth), words[start:].strip() if depth else words[start:]))
    return [segment for segment in segments if segment[1].strip()]


def _unpack_piece(piece: list[tuple[bool, str]], manner: Manner, known: Collection[str], found: Unpacked) -> None:
    """One name with its brackets."""
    kept: list[str] = []
    halves: list[str] = []
    inner: list[Alias] = []
    for index, (bracketed, words) in enumerate(piece):
        if not bracketed:
            kept.append(words)
            continue
        before = " ".join(" ".join(kept).split())
        after = any(not inside and re.search(r"\w", rest) for inside, rest in piece[index + 1 :])
        stays = _read_bracket(words, before, after, manner, inner, found)
        if stays is not None:
            kept.append(stays)
        elif inner and inner[-1].acronym:
            halves.append(kept[-1] if kept else "")
    main = " ".join(" ".join(kept).split())
    if script_of(main) in ("Hani", "Jpan"):
        main = re.sub(r"\s*([()])\s*", r"\1", main)
    _finish(main, manner, known, found)
    if len(halves) > 1:
        # Two names with an acronym each, joined by "and".
        for half in halves:
            _finish(re.sub(r"^\s*(?:and|et|y)\s+", "", half, flags=re.IGNORECASE).strip(), manner, known, found)
    found.names.extend(inner)


def _read_bracket(
    words: str, before: str, after: bool, manner: Manner, inner: list[Alias], found: Unpacked
) -> str | None:
    """Decides what a bracket is: the words to keep in the name, or ``None`` when it is none of it."""
    lower = words.casefold().strip(" .")
    tables = name_words()
    told = re.search(r"\b(?:passport|identification|date of issue|issued)\b", lower)
    if told or lower in tables["notes"] or any(lower.startswith(start) for start in tables["note_starts"]):
        found.notes.append(words)
        return None
    reference = _REFERENCE.fullmatch(words)
    if reference is not None:
        found.ties.append(("see", f"{reference[1][:2].upper()}{reference[1][2].lower()}{reference[1][3:]}"))
        return None
    if lower in tables["honorifics"]:
        found.repaired.append(f"brackets around the title {words!r}")
        return words
    if belongs_in_name(words, before):
        return f"({words})"
    acronyms = _acronyms(words, before, after)
    if acronyms:
        inner.extend(acronyms)
        return None
    variant = _variant(words, before)
    if variant is not None:
        inner.append(Alias(variant, script_of(variant), manner.weak))
        return None
    if _is_other_name(words, before, after):
        deeper = unpack_names(_without_start(words), manner)
        inner.extend(deeper.names)
        for mine, theirs in (
            (found.notes, deeper.notes),
            (found.repaired, deeper.repaired),
            (found.not_understood, deeper.not_understood),
        ):
            mine.extend(theirs)
        found.ties.extend(deeper.ties)
        return None
    if after and not manner.person:
        return f"({words})"
    if not any(letter.isupper() for letter in words):
        found.notes.append(words)
        return None
    found.not_understood.append(f"({words})")
    return None


def belongs_in_name(words: str, before: str = "") -> bool:
    """Whether a bracket is part of its name: a place, what a firm is by law, or a word of the same foreign script.

    >>> belongs_in_name("Hong Kong"), belongs_in_name("Pvt."), belongs_in_name("ETIM")
    (True, True, False)
    """
    lower = words.casefold().strip()
    tables = name_words()
    if lower in tables["legal_forms"] or is_place(words):
        return True
    if re.search(r"\b(?:branch|office|division|province)\b", lower) and len(words.split()) <= 4:
        return not lower.startswith("branch located")
    return script_of(words) in ("Hani", "Hang", "Jpan") and script_of(before) == script_of(words) and len(words) <= 4


def is_place(words: str) -> bool:
    """Whether a part of a name is a place by itself.

    >>> is_place("the Levant"), is_place("Country of the Two Rivers"), is_place("Front")
    (True, True, False)
    """
    lower = words.casefold().strip(" .,")
    tables = name_words()
    return (
        lower in tables["places"]
        or country_code(words) is not None
        or any(lower.startswith(start) for start in tables["place_starts"])
    )


def _acronyms(words: str, before: str, after: bool) -> list[Alias]:
    """The acronyms that a bracket holds, and the longer names built on one ("ISIL-South East Asia")."""
    parts = [part.strip() for part in re.split(r",|\bor\b", words) if part.strip()]
    if not parts or not all(_ACRONYM_SHAPE.fullmatch(part) for part in parts):
        return []
    aliases = []
    stem = ""
    for part in parts:
        bare = re.sub(r"[^A-Za-z0-9]", "", part)
        capitals = sum(letter.isupper() or letter.isdigit() for letter in bare)
        short = len(bare) <= 12 and capitals >= 2 and capitals * 2 >= len(bare) and len(part.split()) <= 2
        spelled = spells(bare, before)
        if short and (spelled or (not after and len(bare) <= 6 and " " not in part)):
            stem = stem or re.split(r"[-/ ]", part)[0]
            aliases.append(Alias(part, script_of(part), acronym=True))
        elif stem and part.startswith(stem):
            aliases.append(Alias(part, script_of(part)))
        else:
            return []
    return aliases


def spells(acronym: str, name: str) -> bool:
    """Whether an acronym is made of beginnings of a name's words, in their order; words may be passed over.

    >>> spells("KOMID", "Korea Mining Development Trading Corporation"), spells("LONDON", "Nioc International Affairs")
    (True, False)
    """
    words = [word for word in re.split(r"[^\w]+", re.sub(r"[’'‘`]", "", name.casefold())) if word]
    return _spell(re.sub(r"\W", "", acronym.casefold()), tuple(words))


@functools.lru_cache(maxsize=8192)
def _spell(letters: str, words: tuple[str, ...]) -> bool:
    if not letters:
        return True
    for index, word in enumerate(words):
        size = 0
        while size < min(len(word), len(letters)) and word[size] == letters[size]:
            size += 1
            if _spell(letters[size:], words[index + 1 :]):
                return True
        # Letters from within a word ("TaLiban"), once its first letter is taken.
        if (
            size
            and len(letters) > size
            and len(letters) <= 8
            and _within(letters[size:], word[size:], words[index + 1 :])
        ):
            return True
    return False


def _within(letters: str, rest: str, words: tuple[str, ...]) -> bool:
    place = rest.find(letters[0])
    if place < 0:
        return False
    return _spell(letters[1:], words) or (len(letters) > 1 and _within(letters[1:], rest[place + 1 :], words))


def _variant(words: str, before: str) -> str | None:
    """A bracket that spells the last word before it in another way: the name with that spelling."""
    if " " in words or not words[:1].isupper() or not before or not words.isalpha():
        return None
    last = before.split()[-1]
    alike = difflib.SequenceMatcher(None, last.casefold(), words.casefold(), autojunk=False).ratio()
    return f"{before[: -len(last)]}{words}" if alike >= 0.6 and len(before.split()) > 1 else None


def _is_other_name(words: str, before: str, after: bool) -> bool:
    """Whether a bracket holds names of its own."""
    if _starts_name(words) or _SEPARATOR.search(words):
        return True
    if script_of(words) != script_of(before) and before:
        return True
    return not after and looks_like_name(words)


def looks_like_name(words: str) -> bool:
    """Whether words have the shape of one name: two to sixteen of them, with capitals, no figures, no sentence.

    >>> looks_like_name("Yunis al-Velmi"), looks_like_name("born in 1973 in Orvane"), looks_like_name("The Varna Front")
    (True, False, True)
    """
    parts = words.split()
    if not 2 <= len(parts) <= 16 or re.search(r"[\d:;,]", words) or script_of(words) != "Latn":
        return False
    particles = name_words()["particles"]
    return all(
        part.lstrip("‘’'`“\"(-")[:1].isupper() or re.split(r"[-’'‘]", part.casefold())[0] in particles for part in parts
    ) and any(part[:1].isupper() for part in parts)


def _starts_name(words: str) -> str | None:
    lower = words.casefold()
    for start in _longest_first("name_starts"):
        if lower.startswith(start) and (not start[-1].isalnum() or not lower[len(start) : len(start) + 1].isalnum()):
            return start
    return None


def _without_start(words: str) -> str:
    start = _starts_name(words)
    return words[len(start) :].lstrip(" :,.") if start else words


def _finish(name: str, manner: Manner, known: Collection[str], found: Unpacked) -> None:
    """A name without brackets: notes at its ends go, and what is still several names is cut."""
    for part in _between().split(f" {_without_start(name.strip())} "):
        part = part.strip(" ,;")
        if not part:
            continue
        part = _strip_notes(part, manner, found)
        for run in split_scripts(part):
            singles = _split_slashes(run)
            # What a slash cuts off is sure only where the entry bears it out: "Islamic Army" alone may be anybody.
            apart = len(singles) > 1 and singles[0].split()[0] != singles[1].split()[0]
            for single in singles:
                unsure = apart and not any(_same(single, other) or spells(single, other) for other in known)
                _add_names(single, dataclasses.replace(manner, weak=manner.weak or unsure), known, found)


def _strip_notes(name: str, manner: Manner, found: Unpacked) -> str:
    born = _BORN.search(name)
    if born is not None and born.start() > 0:
        found.notes.append(born.group().strip(" ,"))
        name = name[: born.start()]
    lower = name.casefold()
    for note in _longest_first("notes"):
        if lower.endswith(f" - {note}") or lower.endswith(f", {note}") or (" " in note and lower.endswith(f" {note}")):
            found.notes.append(note)
            name = name[: len(name) - len(note)].rstrip(" -–,")
            break
    child = _CHILD.search(name)
    if child is not None and manner.person:
        found.ties.append((child.group(1).casefold(), child.group(2).strip(" ,")))
        name = name[: child.start()]
    return name.strip(" ,;")


def _same(one: str, other: str) -> bool:
    return fold_name(one).replace(" ", "") == fold_name(other).replace(" ", "")


def _add_names(name: str, manner: Manner, known: Collection[str], found: Unpacked) -> None:
    bare = _unquote(name, manner, found)
    parts = split_commas(bare, manner, known)
    for part in parts:
        if part != bare and manner.person and "," in bare and len(part) == len(bare) - 1:
            found.repaired.append(f"{bare!r} turned to {part!r}")
        part = part.strip(" ,;-–")
        if not part:
            continue
        if len(part) > LONGEST or LOST in part or not any(letter.isalpha() for letter in part):
            found.not_understood.append(part)
            continue
        found.names.append(Alias(part, script_of(part), manner.weak))


def _unquote(name: str, manner: Manner, found: Unpacked) -> str:
    """A name without quotation marks; a nickname in the middle of a person's name becomes a weak name of its own."""
    if not any(mark in name for mark in _QUOTES):
        return name
    for quoted in list(_QUOTED.finditer(name)):
        words = quoted.group(1).strip()
        whole = not re.sub(_QUOTED, "", name).strip(" ,;")
        if manner.person and not whole and words.casefold() not in name_words()["honorifics"]:
            found.names.append(Alias(words, script_of(words), weak=True))
            name = name.replace(quoted.group(), " ")
    return " ".join(re.sub(rf"[{_QUOTES}]", " ", name).split())


def split_commas(name: str, manner: Manner, known: Collection[str] = ()) -> tuple[str, ...]:
    """A name whose comma turns it around is turned back; a list of names is cut; a comma within a name stays.

    >>> split_commas("Velmi, Ardan", Manner(person=True)), split_commas("Ardan Velmi, Jr", Manner(person=True))
    (('Ardan Velmi',), ('Ardan Velmi Jr',))
    >>> split_commas("Ardek, Ardeck, Ardaq", Manner(person=True))
    ('Ardek', 'Ardeck', 'Ardaq')
    >>> split_commas("Ardan Velmi, Kuro", Manner(person=True), known=("ARDAN OSSEI",))
    ('Ardan Velmi', 'Kuro')
    >>> split_commas("Varna Trading, Ltd", Manner()), split_commas("Wilayat al-Orvane, Province of Orvane", Manner())
    (('Varna Trading, Ltd',), ('Wilayat al-Orvane', 'Province of Orvane'))
    """
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) < 2:
        return tuple(parts)
    if not manner.person:
        twins = len(parts) == 2 and manner.packs and _share_last_word(parts[0], parts[1])
        return tuple(parts) if twins else (name,)
    ends = name_words()["name_ends"]
    tail = ""
    while len(parts) > 1 and parts[-1].casefold() in ends:
        tail = f" {parts.pop()}{tail}"
    if len(parts) == 1:
        return (f"{parts[0]}{tail}",)
    if manner.turned:
        return (f"{' '.join(parts[1:])} {parts[0]}{tail}",)
    if len(parts) > 2 or _in_natural_order(parts[0], known):
        return tuple(parts)
    return (f"{parts[1]} {parts[0]}{tail}",)


def _in_natural_order(left: str, known: Collection[str]) -> bool:
    """Whether the words before a comma are a whole name already: they begin as a name of the entry does."""
    words = fold_name(left).split()
    return len(words) > 1 and any(fold_name(other).split()[:1] == words[:1] for other in known)


def _share_last_word(one: str, other: str) -> bool:
    last = [re.split(r"[\s-]", fold_name(part))[-1] for part in (one, other)]
    return last[0] == last[1] and len(last[0]) > 3 and len(one.split()) > 1 and len(other.split()) > 1


def _split_slashes(name: str) -> tuple[str, ...]:
    """A name with a slash as its alternatives, or as it is where the slash belongs to it.

    >>> _split_slashes("Varna Movement/Army"), _split_slashes("Conquest of Syria/the Levant")
    (('Varna Movement', 'Varna Army'), ('Conquest of Syria', 'Conquest of the Levant'))
    >>> _split_slashes("Varna J/V Corporation"), _split_slashes("Base of the Front/Country of the Two Rivers")
    (('Varna J/V Corporation',), ('Base of the Front/Country of the Two Rivers',))
    >>> _split_slashes("Al Qarda/Islamic Army"), _split_slashes("ADF/NALU")
    (('Al Qarda', 'Islamic Army'), ('ADF', 'NALU'))
    """
    if name.count("/") != 1:
        return (name,)
    left, right = (part.strip() for part in name.split("/"))
    left_words, right_words = left.split(), right.split()
    left_word = left_words[-1] if left_words else ""
    if len(left_word) < 2 or not right_words or len(right_words[0]) < 2:
        return (name,)
    words = name_words()
    if f"{left_word}/{right_words[0]}".casefold() in words["compounds"] or left_word.casefold() in words["legal_forms"]:
        return (name,)
    if len(left_words) > 2 and len(right_words) > 1 and left_words[-2].casefold() in ("the", "of", "for"):
        # "Society for the Call/Invitation to the Word": the slash gives two words for one place in the middle.
        begin, end = " ".join(left_words[:-1]), " ".join(right_words[1:])
        if not is_place(right):
            return tuple(f"{begin} {word} {end}" for word in (left_word, right_words[0]))
    place_left, place_right = is_place(left_word), is_place(right)
    if place_right and not place_left:
        return (name,)
    article = right_words[0].casefold() == "the"
    single = len(right_words) == (2 if article else 1)
    if len(left_words) > 1 and single and place_left == place_right:
        return (left, f"{left[: -len(left_word)]}{right}")
    return (left, right)


def _unique(names: Iterable[Alias]) -> list[Alias]:
    """Each name once, in its first place; strong where any was, an acronym where any was."""
    found: dict[str, Alias] = {}
    for name in names:
        other = found.get(name.name)
        if other is None:
            found[name.name] = name
        else:
            found[name.name] = Alias(name.name, name.script, other.weak and name.weak, other.acronym or name.acronym)
    return list(found.values())


def mark_acronyms(names: Iterable[Alias], main: str) -> tuple[Alias, ...]:
    """Marks the short names in capitals that are acronyms of a group's other names, and leaves the main name out.

    In a list that writes all in capitals the shape says nothing: there a short name counts as an acronym only where it
    is spelled by another name, or can't be spoken.

    >>> names = [Alias("VFL"), Alias("Tajko"), Alias("Front of Varna")]
    >>> [alias.acronym for alias in mark_acronyms(names, "Varna Front")]
    [True, False, False]
    """
    unique = _unique(names)
    latin = [alias.name for alias in unique if alias.script == "Latn"]
    mixed = any(any(letter.islower() for letter in name) for name in latin)
    marked = []
    for alias in unique:
        if alias.name == main:
            continue
        bare = re.sub(r"[-./]", "", alias.name)
        if not alias.acronym and alias.script == "Latn" and _capitals(alias.name) and 2 <= len(bare) <= 7:
            spelled = any(spells(bare, other) for other in (main, *latin) if len(other.split()) > 1)
            unspeakable = not re.search(r"[AEIOUY]", bare)
            if spelled or unspeakable or (mixed and len(bare) <= 6):
                alias = Alias(alias.name, alias.script, alias.weak, acronym=True)
        marked.append(alias)
    return tuple(marked)


def _capitals(name: str) -> bool:
    return " " not in name and name == name.upper() and not re.match(r"(?:AL|EL|ASH)-", name)


def packed(alias: Alias) -> str | None:
    """Why a name is still several names, or a name and a note, in one; ``None`` when it is one name.

    >>> packed(Alias("Abu Velmi (Abu Welmi)")), packed(Alias("Leader (Hong Kong) International"))
    ('a bracket that is no part of the name', None)
    """
    name = alias.name
    if re.search(r"[;؛،；\n]", name):
        return "a semicolon or Arabic comma"
    if " / " in name or len(_split_slashes(name)) > 1:
        return "a slash between names"
    if re.search(r"(?:^|\s)\(?[a-z]\)", name):
        return "letters that count names"
    if any(mark in name for mark in _QUOTES):
        return "quotation marks"
    why = _packed_bracket(name)
    if why is not None:
        return why
    if len(split_scripts(name)) > 1:
        return "two scripts"
    lower = f" {name.casefold()} "
    tables = name_words()
    if any(f" {word} " in lower for word in tables["between"]) or re.search(r"\bformerly\b|\bpreviously\b", lower):
        return "words between names"
    if _BORN.search(name) or any(lower.endswith(f" {note} ") for note in tables["notes"] if " " in note):
        return "a note"
    return _packed_comma(name)


def _packed_bracket(name: str) -> str | None:
    found = Unpacked()
    segments = _segments(name, found)
    if found.repaired:
        return "a bracket without its partner"
    for index, (bracketed, words) in enumerate(segments):
        last = index == len(segments) - 1
        if bracketed and not belongs_in_name(words, name) and (last or words.casefold() in name_words()["notes"]):
            return "a bracket that is no part of the name"
    return None


def _packed_comma(name: str) -> str | None:
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 1:
        return None
    if not all(parts):
        return "an empty part at a comma"
    if len(parts) > 2 and all(" " not in part for part in parts):
        return "a list with commas"
    if len(parts) == 2 and _share_last_word(parts[0], parts[1]):
        return "the same name twice at a comma"
    return None
