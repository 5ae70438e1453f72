"""The noun phrases before and after a cue: who speaks."""

from __future__ import annotations

from pledgewatch.read.readers.rules.lexicon import cue_forms, cue_words, name_words
from pledgewatch.read.readers.rules.units import Tok, is_time_word
from pledgewatch.text.numbers import parse_number

LONGEST_SPEAKER = 45
"""Words."""

Place = tuple[int, int]
"""Half-open range of tokens in a unit."""


def verb_group_start(toks: tuple[Tok, ...], cue: int) -> int:
    """The first token of the verb group whose main verb stands at ``cue``: auxiliaries, negations, adverbs included."""
    start = cue
    while start > 0:
        tok = toks[start - 1]
        if not tok.is_word:
            break
        if tok.lower in cue_words("auxiliaries") or tok.lower in cue_words("negations"):
            start -= 1
            continue
        if tok.lower in cue_words("between") or (tok.lower.endswith("ly") and tok.text.islower() and len(tok.text) > 4):
            start -= 1
            continue
        break
    while start < cue and toks[start].lower in cue_words("loose_adverbs"):
        if toks[start].lower == "'s" and toks[start + 1].lower in ("said", "been", "also", "not", "saying"):
            break
        start += 1
    return start


def subject_before(toks: tuple[Tok, ...], verb: int, floor: int = 0) -> Place | None:
    """The noun phrase that ends right before the verb group at ``verb``, or ``None``."""
    end = verb
    if end <= floor:
        return None
    last = toks[end - 1]
    if last.lower in ("who", "which") and last.is_word:
        return (end - 1, end)
    if last.text in ("–", "—"):
        return None
    if last.text == ",":
        return _described_subject(toks, end, floor)
    if last.text == ")":
        opening = next(
            (place for place in range(end - 2, max(floor, end - 12) - 1, -1) if toks[place].text == "("), None
        )
        if opening is None:
            return None
        inner = subject_before(toks, opening, floor)
        return (inner[0], end) if inner else None
    if not last.is_word:
        return None
    if last.lower in cue_words("persons") and (end - 1 == floor or toks[end - 2].lower not in ("and", "or")):
        return (end - 1, end)
    start = _phrase_start(toks, end, floor)
    start = _strip_leading(toks, start, end)
    return (start, end) if start < end and _is_nominal(toks, start, end) else None


def _described_subject(toks: tuple[Tok, ...], end: int, floor: int) -> Place | None:
    """A subject with a description between commas: Vess, who led the panel, | said."""
    comma = end - 1
    opening = comma - 1
    while opening > floor and comma - opening < LONGEST_SPEAKER:
        if toks[opening].kind == "quote" and toks[opening].text.rstrip("”\"’'").endswith((",", "?", "!")):
            return None
        if toks[opening].text == ",":
            described = toks[opening + 1 : comma]
            inner = subject_before(toks, opening, floor) if opening > floor and toks[opening - 1].text != "," else None
            if inner and described and _describes(described) and _can_be_described(toks, inner):
                return (inner[0], comma)
            if not (described and len(described) <= 8):
                return None
        opening -= 1
    return None


def _describes(described: tuple[Tok, ...]) -> bool:
    first = described[0]
    if first.kind == "quote":
        return False
    if first.lower in cue_words("describers") or first.text.isdigit():
        return True
    return (first.text[0].isalpha() and any(tok.lower in cue_words("speakers") for tok in described)) or (
        first.text[0].isupper() and len(described) <= 4
    )


def _can_be_described(toks: tuple[Tok, ...], place: Place) -> bool:
    words = toks[place[0] : place[1]]
    return any(tok.text[0].isupper() for tok in words) or any(tok.lower in cue_words("speakers") for tok in words)


def _phrase_start(toks: tuple[Tok, ...], end: int, floor: int) -> int:
    """How far to the left a noun phrase that ends at ``end`` reaches."""
    start = end
    while start > floor and end - start < LONGEST_SPEAKER:
        tok = toks[start - 1]
        if tok.kind == "quote":
            if is_inline(tok) and start < end:
                start -= 1
                continue
            break
        if tok.text in ("-", "/", "’", "'", "&", "%", "$") and start < end:
            start -= 1
            continue
        if (
            tok.text == "."
            and start < end
            and start - 2 >= floor
            and _is_abbreviated_title(toks[start - 2], toks[start])
        ):
            start -= 1
            continue
        if not tok.is_word:
            break
        if tok.lower in ("after", "before", "since") and tok.text.islower():
            break
        if tok.lower in cue_words("boundaries") or _is_auxiliary(toks, start - 1):
            break
        if (
            tok.lower == "'s"
            and start - 2 >= floor
            and toks[start - 2].lower in ("he", "she", "it", "that", "there", "what", "who")
        ):
            break
        if tok.lower in ("and", "or") and not _coordinates(toks, start - 1, floor):
            break
        if _is_finite_cue(toks, start - 1, end):
            break
        start -= 1
    return start


def _is_abbreviated_title(word: Tok, following: Tok) -> bool:
    """Whether a stop after ``word`` is that of a title or an initial before a name: Sen. Vess, J. Vess."""
    if not following.text[:1].isupper() or not word.is_word:
        return False
    return word.lower in name_words("titles") or (len(word.text) == 1 and word.text.isupper())


def _is_auxiliary(toks: tuple[Tok, ...], place: int) -> bool:
    """Whether the word is an auxiliary; Will, May and Mark are names where a small word would be."""
    tok = toks[place]
    if tok.lower not in cue_words("auxiliaries") or tok.lower == "'s":
        return False
    if tok.text[0].isupper() and tok.lower in ("will", "may", "can", "might"):
        return place + 1 < len(toks) and toks[place + 1].lower in cue_words("pronouns")
    return True


def is_inline(tok: Tok) -> bool:
    """Whether a quotation is a short one inside a phrase."""
    return len(tok.text.split()) <= 3 and not tok.text.rstrip("”\"’'").endswith((",", ".", "?", "!"))


def _is_finite_cue(toks: tuple[Tok, ...], place: int, end: int) -> bool:
    """Whether the word is another verb of speech, so that the phrase begins after it."""
    tok = toks[place]
    if tok.lower not in cue_forms() or tok.lower in cue_words("also_nouns") or not tok.text.islower():
        return False
    return end - place > 1 and not tok.lower.endswith("ing")


def _coordinates(toks: tuple[Tok, ...], place: int, floor: int) -> bool:
    """Whether "and" at ``place`` joins two noun phrases and not two clauses."""
    seen = 0
    index = place - 1
    while index >= floor and place - index < 12:
        tok = toks[index]
        if tok.kind != "word":
            # A list of names before the "and", or the border of the clause.
            return seen > 0 and (tok.text != "," or seen <= 4) and not _has_verb(toks, index + 1, place)
        if tok.lower in cue_words("boundaries"):
            break
        seen += 1
        index -= 1
    return seen > 0 and seen < 11 and not _has_verb(toks, index + 1, place)


def _has_verb(toks: tuple[Tok, ...], start: int, end: int) -> bool:
    for tok in toks[start:end]:
        if tok.lower in cue_words("auxiliaries") and tok.lower != "'s":
            return True
        if tok.lower in cue_forms() and tok.lower not in cue_words("also_nouns") and tok.text.islower():
            return True
        if tok.text.islower() and len(tok.text) > 4 and tok.text.endswith("ed"):
            return True
        if tok.lower in ("he", "she", "they", "it", "we", "i", "there") and tok is not toks[end - 1]:
            return True
    return False


def _strip_leading(toks: tuple[Tok, ...], start: int, end: int) -> int:
    """Drops what stands before the subject: conjunctions, adverbs, "On Monday", "In a statement"."""
    while start < end:
        tok = toks[start]
        more = end - start > 1
        if tok.kind == "mark" or tok.lower in cue_words("openers"):
            start += 1
        elif more and tok.lower in cue_words("prepositions_leading"):
            after = _after_preposition(toks, start, end)
            if after is None:
                return end
            start = after
        elif more and (_is_adverb(tok) or _is_day_before_name(toks, start)):
            start += 1
        else:
            break
    return start


def _is_adverb(tok: Tok) -> bool:
    return tok.lower.endswith("ly") and tok.lower not in ("family", "italy", "july", "daily")


def _is_day_before_name(toks: tuple[Tok, ...], place: int) -> bool:
    tok = toks[place]
    return is_time_word(tok) and tok.text[0].isupper() and toks[place + 1].text[0].isupper()


def _after_preposition(toks: tuple[Tok, ...], start: int, end: int) -> int | None:
    """Where the phrase of a leading preposition ends and the subject begins."""
    place = start + 1
    while place < end and (
        is_time_word(toks[place])
        or (toks[place].lower in ("the", "this", "a", "of") and place + 1 < end and is_time_word(toks[place + 1]))
    ):
        place += 1
    if place > start + 1 and place < end:
        return place
    for index in range(end - 1, start + 1, -1):
        tok = toks[index]
        if tok.lower in cue_words("determiners") | cue_words("pronouns") and toks[index - 1].lower not in cue_words(
            "prepositions_leading"
        ):
            return index
    for index in range(start + 2, end):
        # The step from a small word to a name, or from a name to a small plural: "In Ostrava officials".
        if (
            toks[index].text[0].isupper()
            and toks[index - 1].text.islower()
            and toks[index - 1].lower not in cue_words("prepositions_leading") | cue_words("determiners")
        ):
            return index
        if toks[index].lower in cue_words("speakers") and toks[index - 1].text[0].isupper():
            return index
    return None


def _is_nominal(toks: tuple[Tok, ...], start: int, end: int) -> bool:
    """Whether the range can be a noun phrase at all."""
    last = toks[end - 1]
    if end - start == 1:
        if last.lower in cue_words("no_subject"):
            return False
        return last.kind != "quote"
    return (
        last.lower
        not in cue_words("prepositions_leading")
        | cue_words("determiners") - cue_words("quantities")
        | {"to", "and", "or", "not", "'s"}
        and last.kind != "quote"
    )


def is_speaker(toks: tuple[Tok, ...], place: Place) -> bool:
    """Whether the phrase names or describes somebody who speaks, or a document that tells."""
    words = [tok for tok in toks[place[0] : place[1]] if tok.is_word]
    if not words:
        return False
    if len(words) == 1 and words[0].lower in cue_words("persons") | {"who"}:
        return True
    for index, tok in enumerate(words):
        if tok.lower in cue_words("after_the_head") and index:
            words = words[:index]
            break
    head = words[-1]
    if parse_number(" ".join(tok.text for tok in words)) is not None:
        # A mere number ("Four of the twelve posts remain") tells nothing, unless it counts people who speak.
        return any(tok.lower in cue_words("speakers") for tok in toks[place[0] : place[1]])
    if head.lower in cue_words("speakers") or (head.lower == "'s" and len(words) > 1):
        return head.lower != "'s"
    return head.text[0].isupper() or any(tok.lower in cue_words("speakers") for tok in words)


def subject_after(toks: tuple[Tok, ...], place: int) -> Place | None:
    """The noun phrase that begins at ``place``, with its description between commas, or ``None``."""
    if place >= len(toks) or not toks[place].is_word:
        return None
    first = toks[place]
    if not (
        first.text[0].isupper()
        or first.lower in cue_words("determiners")
        or first.lower in cue_words("speakers")
        or first.lower in cue_words("third_persons")
    ):
        return None
    if is_time_word(first) or first.lower in cue_words("not_a_subject_after"):
        return None
    end = _phrase_end(toks, place)
    if end <= place:
        return None
    if first.lower in cue_words("third_persons"):
        return (place, place + 1)
    # A description after a comma, as long as the sentence does not go on there.
    while end + 1 < len(toks) and toks[end].text == "," and _goes_on_describing(toks, end + 1):
        stop = _description_end(toks, end + 1)
        end = stop
    return (place, end)


def _phrase_end(toks: tuple[Tok, ...], place: int) -> int:
    """How far to the right a noun phrase that begins at ``place`` reaches."""
    end = place
    while end < len(toks) and end - place < LONGEST_SPEAKER:
        tok = toks[end]
        if tok.kind == "quote" and not is_inline(tok):
            break
        if tok.kind == "mark" and (tok.text not in "-/’'&." or (tok.text == "." and not _stop_of_name(toks, end))):
            break
        if end > place and tok.is_word and _ends_phrase(toks, place, end):
            break
        end += 1
    return end


def _stop_of_name(toks: tuple[Tok, ...], place: int) -> bool:
    """Whether a full stop belongs to a title or an initial before more words."""
    word = toks[place - 1].text
    return place + 1 < len(toks) and word[0].isupper() and len(word) <= 4


def _ends_phrase(toks: tuple[Tok, ...], place: int, end: int) -> bool:
    """Whether the word at ``end`` no longer belongs to the phrase from ``place`` on: a time, a clause, a verb."""
    tok = toks[end]
    following = toks[end + 1] if end + 1 < len(toks) else None
    if tok.lower in ("on", "in", "at", "late", "early") and following is not None and is_time_word(following):
        return True
    if is_time_word(tok) and not tok.text.isdigit() and tok.text[0].isupper():
        return True
    if tok.lower in cue_words("boundaries") - {"who", "whose"}:
        return True
    if tok.lower in ("during", "before", "after", "when", "while", "through", "via"):
        return True
    if tok.lower in ("in", "at") and end > place + 1 and following is not None and following.lower in ("a", "an"):
        return True
    return tok.lower == "and" and _has_verb(toks, end + 1, min(len(toks), end + 6))


def _goes_on_describing(toks: tuple[Tok, ...], place: int) -> bool:
    tok = toks[place]
    if tok.kind == "quote" or not tok.is_word:
        return False
    return not (tok.lower in cue_words("going_on") or tok.lower in cue_words("pronouns") - {"who"})


def _description_end(toks: tuple[Tok, ...], place: int) -> int:
    end = place
    while end < len(toks) and end - place < LONGEST_SPEAKER:
        tok = toks[end]
        if tok.text in (",", ";", ":", "—", "–", "(") or (tok.text in ".?!" and end == len(toks) - 1):
            break
        if tok.kind == "quote" and end + 1 < len(toks) and is_long(tok):
            break
        end += 1
    return end


def is_long(tok: Tok) -> bool:
    """Whether a quotation is longer than a title would be."""
    return len(tok.text.split()) > 14
