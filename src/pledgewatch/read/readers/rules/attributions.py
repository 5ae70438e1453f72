"""Finds in one unit who says what: the cue first, then the speaker beside it, then the content on either side."""

from __future__ import annotations

from pledgewatch.model.reading import Stance
from pledgewatch.read.readers.rules.contents import add_content, last_token, left_floor, place_of, right_stop
from pledgewatch.read.readers.rules.drafts import Draft, Range
from pledgewatch.read.readers.rules.lexicon import cue_nouns, cue_words, declines_pattern, speaker_prepositions
from pledgewatch.read.readers.rules.phrases import Place, subject_before, verb_group_start
from pledgewatch.read.readers.rules.units import Tok, Unit, is_weighty
from pledgewatch.read.readers.rules.verbs import find_by_verb


def find_attributions(text: str, unit: Unit) -> list[Draft]:
    """The attributions that one unit states, in order of their cues."""
    if unit.all_quoted or not unit.toks:
        return []
    taken: list[Range] = []
    drafts = _declined(text, unit, taken)
    drafts += _according_to(text, unit, taken)
    drafts += _by_noun(unit, taken)
    drafts += find_by_verb(unit, taken)
    drafts.sort(key=lambda draft: draft.start)
    return drafts


def _token_at(unit: Unit, offset: int) -> int | None:
    return next((index for index, tok in enumerate(unit.toks) if tok.start <= offset < tok.end), None)


def _declined(text: str, unit: Unit, taken: list[Range]) -> list[Draft]:
    found = []
    for match in declines_pattern().finditer(text, unit.start, unit.end):
        index = _token_at(unit, match.start())
        if index is None or unit.toks[index].kind == "quote":
            continue
        verb = verb_group_start(unit.toks, index)
        subject = subject_before(unit.toks, verb)
        place = place_of(unit, *subject) if subject else None
        start = unit.toks[verb].start
        taken.append((start, match.end()))
        if place is None:
            continue
        found.append(Draft(place, (start, match.end()), [], "declines", factuality=0.0))
    return found


def _according_to(text: str, unit: Unit, taken: list[Range]) -> list[Draft]:
    found = []
    for match in speaker_prepositions().finditer(text, unit.start, unit.end):
        index = _token_at(unit, match.start())
        after = _token_at(unit, match.end() - 1)
        if index is None or after is None or unit.toks[index].kind == "quote":
            continue
        place = after + 1
        opens = all(
            tok.kind == "mark" or tok.lower in ("but", "and", "still", "meanwhile") for tok in unit.toks[:index]
        )
        end = _speaker_end(unit, place, opens)
        speaker = place_of(unit, place, end)
        if speaker is None:
            continue
        draft = Draft(speaker, (match.start(), match.end()), [], trailing=not opens, lemma="according")
        if any(tok.lower in cue_words("telling_documents") for tok in unit.toks[place:end]):
            draft.basis = "document"
        if opens:
            add_content(unit, draft, end, last_token(unit))
        else:
            add_content(unit, draft, left_floor(unit, index), index)
            if end < last_token(unit) and unit.toks[end].text == "," and last_token(unit) - end > 4:
                add_content(unit, draft, end + 1, last_token(unit))
        if draft.content:
            taken.append((match.start(), speaker[1]))
            found.append(draft)
    return found


def _speaker_end(unit: Unit, place: int, opens: bool) -> int:
    """The end of the speaker after "according to": at the comma before the content, or at the end of the unit."""
    toks, last = unit.toks, last_token(unit)
    end = place
    while end < last:
        tok = toks[end]
        if tok.text in (",", ";", "—", "–", ":") or (
            tok.kind == "quote"
            and is_weighty(tok)
            and not (end and toks[end - 1].lower in ("called", "titled", "entitled"))
        ):
            break
        if end > place and tok.lower in ("who", "which", "that", "as", "but", "while") and not opens:
            break
        end += 1
    if opens and end < last and toks[end].text == ",":
        # A description between two commas belongs to the speaker.
        closing = next((index for index in range(end + 1, min(last, end + 20)) if toks[index].text == ","), None)
        described = toks[end + 1 : closing] if closing else ()
        if closing and described and (described[0].lower in cue_words("relatives") and _lacks_verb(described)):
            return closing
    if not opens and end < last and toks[end].text == "," and toks[end + 1].lower in cue_words("relatives"):
        return last
    return end


def _lacks_verb(toks: tuple[Tok, ...]) -> bool:
    return toks[0].lower in ("who", "which", "whose") or not any(
        tok.lower in cue_words("auxiliaries") - {"'s"} for tok in toks
    )


def _by_noun(unit: Unit, taken: list[Range]) -> list[Draft]:
    """Contents carried by a noun: "a statement by the minister that …", "Vess's claim that …"."""
    found = []
    toks = unit.toks
    for index, tok in enumerate(toks):
        if not tok.is_word or tok.lower not in cue_nouns():
            continue
        stance: Stance = cue_nouns()[tok.lower]
        speaker: Place | None = None
        that = index + 1
        if index + 1 < len(toks) and toks[index + 1].lower in ("by", "from"):
            that = next(
                (
                    place
                    for place in range(index + 2, min(len(toks), index + 30))
                    if toks[place].lower == "that" or toks[place].text in ";:"
                ),
                0,
            )
            if not that or toks[that].lower != "that":
                continue
            end = that - 1 if toks[that - 1].text == "," else that
            speaker = (index + 2, end)
        elif index + 1 < len(toks) and toks[index + 1].lower == "that" and index > 1:
            owner = next(
                (
                    place
                    for place in range(index - 1, max(-1, index - 4), -1)
                    if toks[place].lower in ("'s", "his", "her", "their", "’")
                ),
                None,
            )
            if owner is None:
                continue
            if toks[owner].lower in ("his", "her", "their"):
                speaker = (owner, owner + 1)
            else:
                subject = subject_before(toks, owner)
                speaker = subject
        place = place_of(unit, *speaker) if speaker else None
        if place is None:
            continue
        factuality = {"promises": 1.0, "demands": 0.0, "denies": -3.0, "asks": 0.0, "accuses": 2.0}.get(stance, 3.0)
        draft = Draft(place, (tok.start, tok.end), [], stance, factuality=factuality, lemma=tok.lower)
        stop = right_stop(unit, that + 1)
        if add_content(unit, draft, that, stop):
            taken.append((tok.start, tok.end))
            found.append(draft)
    return found
