"""Attributions whose cue is a verb: said, denied, promised."""

from __future__ import annotations

from pledgewatch.read.readers.rules.contents import (
    add_content,
    last_token,
    left_floor,
    place_of,
    right_content,
    right_stop,
)
from pledgewatch.read.readers.rules.drafts import Draft, Range
from pledgewatch.read.readers.rules.lexicon import Cue, cue_forms, cue_words
from pledgewatch.read.readers.rules.phrases import Place, is_speaker, subject_after, subject_before, verb_group_start
from pledgewatch.read.readers.rules.units import Tok, Unit, is_weighty


def find_by_verb(unit: Unit, taken: list[Range]) -> list[Draft]:
    """The attributions whose cue is a verb; places in ``taken`` belong to others."""
    found: list[Draft] = []
    index = 0
    while index < len(unit.toks):
        tok = unit.toks[index]
        match = _cue_at(unit, index) if tok.is_word and tok.text == tok.text.lower() else None
        if match is None or any(start <= tok.start < end for start, end in taken):
            index += 1
            continue
        cue, length = match
        draft = _from_verb(unit, index, length, cue, found)
        if draft is not None and not _says_nothing(unit, draft):
            found.append(draft)
        index += length
    return found


def _says_nothing(unit: Unit, draft: Draft) -> bool:
    """Whether the content is a single small word ("said so", "asked that"), which states nothing to be weighed."""
    if draft.mixed or len(draft.content) != 1 or draft.stance not in ("asserts", "asks"):
        return False
    start, end = draft.content[0]
    return sum(1 for tok in unit.toks if tok.is_word and start <= tok.start < end) < 2


def _cue_at(unit: Unit, index: int) -> tuple[Cue, int] | None:
    for cue, words in cue_forms().get(unit.toks[index].lower, ()):
        if all(
            index + place < len(unit.toks) and unit.toks[index + place].lower == word
            for place, word in enumerate(words)
        ):
            return cue, len(words)
    return None


def _from_verb(unit: Unit, index: int, length: int, cue: Cue, found: list[Draft]) -> Draft | None:
    toks = unit.toks
    verb = verb_group_start(toks, index)
    before = toks[verb - 1] if verb else None
    word = toks[index].lower
    if before is not None and before.lower == "to" and before.is_word:
        return None
    group = toks[verb:index]
    passive = bool(group) and _is_passive(group, toks[index])
    if passive:
        return _passive(unit, verb, index, length, cue)
    draft = Draft(
        None, (toks[verb].start, toks[index + length - 1].end), [], cue.stance, cue.hedge, cue.factuality, cue.basis,
        negated=any(tok.lower in cue_words("negations") for tok in group), lemma=" ".join(cue.lemma),
    )  # fmt: skip
    if word.endswith("ing") and _word_at(toks, index + length) in ("whether", "if"):
        # Weighing whether is no statement yet.
        return None
    if word.endswith("ing") and not group:
        return _participle(unit, draft, index + length, cue, found, before)
    quote_before = before is not None and (before.kind == "quote" or (before.text == "," and verb > 1))
    inverted = _inverted(unit, draft, verb, index + length) if quote_before and cue.inverts and not group else None
    if inverted is not None:
        return inverted
    if (
        before is not None
        and before.lower in ("and", "but")
        and before.is_word
        and not group
        and found
        and word not in cue_words("also_nouns")
    ):
        shared = _shared_subject(unit, draft, index, length, cue, found[-1])
        if shared is not None:
            return shared
    subject = subject_before(toks, verb)
    if subject is None:
        return None
    return _with_subject(unit, draft, subject, index + length, cue, word)


def _shared_subject(unit: Unit, draft: Draft, index: int, length: int, cue: Cue, last: Draft) -> Draft | None:
    """ "… and urged …": a second verb with the subject of the first."""
    form = unit.toks[index].lower
    base = cue.lemma[0]
    if form == base or last.trailing or last.speaker is None or last.end > unit.toks[index].start:
        return None
    draft.speaker, draft.same_speaker_as = last.speaker, last
    start, attached = right_content(unit, index + length, cue)
    if start is None or not _fits(unit, start, attached, cue):
        return None
    return draft if add_content(unit, draft, start, right_stop(unit, start)) else None


def _word_at(toks: tuple[Tok, ...], place: int) -> str:
    """The word at ``place`` in small letters; empty past the end."""
    return toks[place].lower if place < len(toks) else ""


def _is_passive(group: tuple[Tok, ...], verb: Tok) -> bool:
    if verb.lower.endswith("ing"):
        return False
    return any(tok.lower in cue_words("being") for tok in group)


def _passive(unit: Unit, verb: int, index: int, length: int, cue: Cue) -> Draft | None:
    """ "was accused by X of …", "was rejected by X": the speaker stands after "by"."""
    toks = unit.toks
    place = index + length
    if place >= len(toks) or toks[place].lower != "by" or not (cue.takes & {"accuse", "np"}):
        return None
    speaker = subject_after(toks, place + 1)
    if speaker is None:
        return None
    of = next(
        (
            spot
            for spot in range(place + 2, min(len(toks), place + 25))
            if toks[spot].lower in ("of", "for") and toks[spot - 1].is_word
        ),
        None,
    )
    if "accuse" in cue.takes and of is not None and of < speaker[1]:
        speaker = (speaker[0], of)
    subject = subject_before(toks, verb)
    if subject is None or not is_speaker(toks, speaker):
        return None
    found = place_of(unit, *speaker)
    draft = Draft(
        found,
        (toks[verb].start, toks[place].end),
        [],
        cue.stance,
        cue.hedge,
        cue.factuality,
        cue.basis,
        lemma=cue.lemma[0],
    )
    add_content(unit, draft, *subject)
    if "accuse" in cue.takes and of is not None:
        add_content(unit, draft, of, right_stop(unit, of))
    return draft if draft.content else None


def _participle(unit: Unit, draft: Draft, right: int, cue: Cue, found: list[Draft], before: Tok | None) -> Draft | None:
    """ ", adding that …": the speaker is that of the statement before, or the subject of the sentence."""
    if before is None or cue.weak or "who" in cue.takes:
        return None
    joined = before.text in (",", "—", "–") or before.kind == "quote" or before.lower in cue_words("participle_joins")
    if not joined:
        return None
    if found and before.lower not in ("despite",):
        draft.speaker = found[-1].speaker
        draft.same_speaker_as = found[-1]
    else:
        subject = _main_subject(unit)
        if subject is None:
            return None
        draft.speaker = place_of(unit, *subject)
    start, _ = right_content(unit, right, cue)
    if draft.speaker is None or start is None:
        return None
    return draft if add_content(unit, draft, start, right_stop(unit, start)) else None


def _main_subject(unit: Unit) -> Place | None:
    """The subject of the sentence, where an auxiliary marks its end."""
    toks = unit.toks
    for index, tok in enumerate(toks[:14]):
        if tok.lower in cue_words("auxiliaries") and tok.lower != "'s":
            return subject_before(toks, index)
        if tok.kind != "word":
            return None
    return None


def _inverted(unit: Unit, draft: Draft, verb: int, right: int) -> Draft | None:
    """ "…," said Vess, the head of the panel."""
    toks = unit.toks
    speaker = subject_after(toks, right)
    if speaker is None:
        return None
    rest = toks[speaker[1] : last_token(unit)]
    if toks[verb - 1].kind != "quote" and rest and rest[0].kind == "word" and rest[0].lower in cue_words("auxiliaries"):
        return None
    draft.speaker = place_of(unit, *speaker)
    draft.trailing = True
    if draft.speaker is None:
        return None
    add_content(unit, draft, left_floor(unit, verb), verb)
    # A quotation after the speaker goes on with the speech.
    place = next(
        (spot for spot in range(speaker[1], min(len(toks), speaker[1] + 12)) if toks[spot].kind == "quote"), None
    )
    if place is not None and is_weighty(toks[place]):
        add_content(unit, draft, place, place + 1)
    return draft if draft.content else None


def _with_subject(unit: Unit, draft: Draft, subject: Place, right: int, cue: Cue, word: str) -> Draft | None:
    toks = unit.toks
    speaks = is_speaker(toks, subject)
    left = toks[subject[0] - 1] if subject[0] else None
    start, attached = right_content(unit, right, cue)
    single = toks[subject[0]].lower if subject[1] - subject[0] == 1 else ""
    if single in ("it", "that", "which", "one", "you"):
        return None
    if (
        not speaks
        and (cue.weak or word in cue_words("also_nouns") or not cue.takes & {"clause", "quote"} or left is None)
        and not (attached and not cue.weak and word not in cue_words("also_nouns"))
    ):
        return None
    draft.speaker = place_of(unit, *subject)
    if draft.speaker is None:
        return None
    quote_left = left is not None and (
        (left.kind == "quote" and is_weighty(left))
        or (left.text in (",", "—", "–", "-") and subject[0] > 1 and toks[subject[0] - 2].kind == "quote")
    )
    comma_left = left is not None and left.text in (",", "—", "–") and subject[0] > 3
    says = cue.takes & {"clause", "quote"}
    if (says and start is not None and not (cue.weak or cue.strict)) or (
        start is not None and _fits(unit, start, attached, cue)
    ):
        split = (quote_left and "quote" in cue.takes) or (
            comma_left and toks[right : right + 1] and toks[right].text == "," and not cue.weak
        )
        if split and left is not None and not attached:
            add_content(unit, draft, left_floor(unit, subject[0]), subject[0])
            if toks[start].kind == "quote" or toks[right].text == ",":
                add_content(unit, draft, start, right_stop(unit, start))
            draft.trailing = True
        else:
            add_content(unit, draft, start, right_stop(unit, start))
        return draft if draft.content else None
    if start is None and says and (quote_left or (comma_left and speaks and "clause" in cue.takes)):
        draft.trailing = True
        add_content(unit, draft, left_floor(unit, subject[0]), subject[0])
        return draft if draft.content else None
    if start is None and says and subject[0] == 0 and cue.inverts:
        # "Who?" he asked: the quotation was cut off as a sentence; the caller looks for it.
        draft.trailing = True
        return draft
    return None


def _fits(unit: Unit, start: int, attached: bool, cue: Cue) -> bool:
    """Whether what follows the verb is something that the verb takes."""
    tok = unit.toks[start]
    if tok.lower == "to" and tok.is_word:
        return bool(cue.takes & {"to", "accuse"})
    if not cue.takes & {"clause", "quote", "np"}:
        return False
    if attached or tok.kind == "quote":
        return bool(cue.takes & {"clause", "quote", "np"})
    if cue.strict and "clause" not in cue.takes:
        return False
    if (cue.weak or cue.strict) and "clause" in cue.takes:
        return _looks_like_clause(unit, start)
    return True


def _looks_like_clause(unit: Unit, start: int) -> bool:
    """Whether a finite verb follows soon, so that the words are a clause without "that"."""
    toks = unit.toks
    if toks[start].lower in cue_words("clause_openers"):
        return True
    if toks[start].lower in cue_words("prepositions_leading") | {"for", "like", "so"}:
        return False
    return any(tok.lower in cue_words("auxiliaries") and tok.lower != "'s" for tok in toks[start + 1 : start + 8])
