"""Where the content of an attribution begins and ends, on either side of its cue."""

from __future__ import annotations

from pledgewatch.read.readers.rules.drafts import Draft, Range
from pledgewatch.read.readers.rules.lexicon import Cue, cue_forms, cue_words
from pledgewatch.read.readers.rules.units import Unit, is_time_word, is_weighty


def last_token(unit: Unit) -> int:
    """The number of tokens without the final stops."""
    end = len(unit.toks)
    while (
        end
        and unit.toks[end - 1].kind == "mark"
        and unit.toks[end - 1].text in (".", "!", "?", "…", "...", "”", '"', "’", "“", ":", ";", ",")
    ):
        end -= 1
    return end


def place_of(unit: Unit, start: int, end: int) -> Range | None:
    """The place of tokens ``[start, end)`` without marks at their borders, or ``None`` when nothing is left."""
    toks = unit.toks
    while start < end and toks[start].kind == "mark" and toks[start].text not in "$£€([#":
        start += 1
    while end > start and toks[end - 1].kind == "mark" and toks[end - 1].text not in (")", "]", "%", "?", "!"):
        end -= 1
    return (toks[start].start, toks[end - 1].end) if start < end else None


def add_content(unit: Unit, draft: Draft, start: int, end: int) -> bool:
    """Adds tokens ``[start, end)`` to the content; whether there was anything to add."""
    place = place_of(unit, start, end)
    if place is None:
        return False
    inside = [tok for tok in unit.toks[start:end] if tok.start >= place[0] and tok.end <= place[1]]
    words = [tok for tok in inside if tok.kind != "mark"]
    draft.content.append(place)
    draft.quoted.append(all(tok.kind == "quote" for tok in words))
    draft.mixed = draft.mixed or any(tok.kind == "quote" for tok in words)
    return True


def left_floor(unit: Unit, index: int) -> int:
    """Where content to the left of token ``index`` begins: at the start of the unit, or after a semicolon."""
    for place in range(index - 1, -1, -1):
        if unit.toks[place].text == ";":
            return place + 1
    return 0


def right_content(unit: Unit, right: int, cue: Cue) -> tuple[int | None, bool]:
    """Where the content right of the cue begins (``None``: nowhere), and whether "that" or a colon marks it."""
    toks, last = unit.toks, last_token(unit)
    place = right
    if place >= last:
        return None, False
    if toks[place].text == ":":
        return (place + 1, True) if place + 1 < last else (None, False)
    if cue.takes & {"who"} or cue.lemma[0] in ("ask", "promise", "warn", "write"):
        return _after_addressee(unit, place, cue)
    if "accuse" in cue.takes:
        return place, False
    return _after_adverbials(unit, place, cue)


def _after_adverbials(unit: Unit, place: int, cue: Cue) -> tuple[int | None, bool]:
    toks, last = unit.toks, last_token(unit)
    while place < last:
        tok = toks[place]
        if tok.kind == "quote":
            return place, False
        if tok.lower == "that":
            return place, True
        if tok.text == ":":
            return place + 1 if place + 1 < last else None, True
        if tok.text == ",":
            following = toks[place + 1] if place + 1 < last else None
            if following is None:
                return None, False
            if following.kind == "quote":
                return place + 1, False
            if following.is_word and following.lower in cue_words("going_on") | {"who", "which"}:
                jump = _marked_ahead(unit, place + 1, 16)
                return jump, jump is not None
            return place + 1, False
        if is_time_word(tok) and not tok.text.isdigit():
            place += 1
            continue
        if (
            tok.lower in cue_words("circumstances")
            and cue.takes & {"quote", "clause"}
            and "to" not in cue.takes - {"np"}
        ):
            jump = _marked_ahead(unit, place + 1, 16)
            if jump is not None:
                return jump, True
            skipped = _skip_phrase(unit, place)
            if skipped is None:
                return None, False
            place = skipped
            continue
        if tok.lower.endswith("ly") and len(tok.text) > 4 and tok.text.islower():
            place += 1
            continue
        if tok.lower in cue_words("afterthoughts"):
            place += 1
            continue
        if tok.kind == "mark" and tok.text in ("—", "–", "-", "(", ")", "[", "]"):
            if tok.text == "(":
                return None, False
            place += 1
            continue
        return place, False
    return None, False


def _marked_ahead(unit: Unit, place: int, within: int) -> int | None:
    """The next "that", colon or weighty quotation before the clause ends."""
    toks = unit.toks
    for index in range(place, min(last_token(unit), place + within)):
        tok = toks[index]
        if (
            tok.kind == "quote"
            and is_weighty(tok)
            and (tok.text[-2:-1] in ",.!?" or index == place or toks[index - 1].text in ",:")
        ):
            return index
        if tok.lower == "that" and tok.is_word:
            return index
        if tok.text == ":":
            return index + 1
        if tok.text == ";" or (tok.lower in ("he", "she", "they", "it", "there", "we", "i") and tok.is_word):
            return None
        if tok.lower in cue_forms() and index > place + 1 and tok.lower not in cue_words("also_nouns"):
            return None
    return None


def _skip_phrase(unit: Unit, place: int) -> int | None:
    """The token after a phrase of time, occasion or hearer that begins at ``place``; ``None`` when it ends the unit."""
    toks, last = unit.toks, last_token(unit)
    index = place + 1
    while index < last and (
        toks[index].lower in ("the", "a", "an", "his", "her", "its", "their", "this", "that", "same")
        or is_time_word(toks[index])
    ):
        index += 1
    if index >= last:
        return None
    if is_time_word(toks[index - 1]):
        if toks[index].text == "," and index + 1 < last and toks[index + 1].text.isdigit():
            index += 2
        return index if index < last else None
    while index < last:
        tok = toks[index]
        if tok.text == "," or tok.kind == "quote" or tok.text == ":":
            return index
        if tok.lower in cue_words("occasions"):
            if (
                index + 1 < last and toks[index + 1].lower in cue_words("circumstances") | {"conference", "call", "and"}
            ) or (index + 1 < last and is_time_word(toks[index + 1])):
                index += 1
                continue
            return index + 1 if index + 1 < last else None
        if (
            index > place + 1
            and tok.lower in cue_words("pronouns") | {"there", "the"}
            and toks[index - 1].lower not in cue_words("prepositions_leading") | {"of", "to", "and"}
        ):
            return index
        index += 1
    return None


def _after_addressee(unit: Unit, place: int, cue: Cue) -> tuple[int | None, bool]:
    """Content after the person told: told reporters (on Monday) that …"""
    toks, last = unit.toks, last_token(unit)
    tok = toks[place]
    if tok.kind == "quote" or tok.lower in cue_words("questions") or (tok.lower == "to" and "to" in cue.takes):
        return place, tok.lower in ("that", "whether", "if")
    if tok.text == ",":
        return (place + 1, False) if place + 1 < last else (None, False)
    for index in range(place, min(last, place + 16)):
        ahead = toks[index]
        if ahead.kind == "quote" and is_weighty(ahead) and index > place:
            return index, True
        if (ahead.lower in ("that", "whether", "if") and index > place) or ahead.text == ":":
            return index + (ahead.text == ":"), True
        if (ahead.lower == "to" and cue.stance in ("asks", "demands", "promises")) or (
            ahead.lower == "about" and index > place
        ):
            return index, False
        if (ahead.lower in cue_words("auxiliaries") and ahead.lower != "'s") or ahead.text == ";":
            break
    index = place + 1
    if tok.lower in cue_words("hearers"):
        pass
    elif tok.text[0].isupper():
        while (
            index < last
            and toks[index].is_word
            and (toks[index].text[0].isupper() or toks[index].lower in ("'s", "of", "the"))
            and toks[index].lower not in ("the", "it")
        ):
            index += 1
    elif tok.lower in cue_words("determiners"):
        while (
            index < last
            and toks[index].is_word
            and toks[index].lower not in cue_words("determiners") | cue_words("pronouns") | {"there"}
        ):
            index += 1
    if index >= last:
        return None, False
    return _after_adverbials(unit, index, cue)


def right_stop(unit: Unit, start: int) -> int:
    """Where content that begins at token ``start`` ends: at a semicolon or at the unit's end."""
    toks, last = unit.toks, last_token(unit)
    for index in range(start + 1, last):
        if toks[index].text == ";":
            return index
    return last
