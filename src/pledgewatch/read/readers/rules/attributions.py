"""Finds in one unit who says what: the cue first, then the speaker beside it, then the content on either side."""

from __future__ import annotations

from pledgewatch.model.reading import Stance
from pledgewatch.read.readers.rules.drafts import Draft, Range
from pledgewatch.read.readers.rules.phrases import (
    Place,
    is_speaker,
    subject_after,
    subject_before,
    verb_group_start,
)
from pledgewatch.read.readers.rules.tables import (
    Cue,
    cue_forms,
    cue_nouns,
    cue_words,
    declines_pattern,
    speaker_prepositions,
)
from pledgewatch.read.readers.rules.units import Tok, Unit, is_time_word, is_weighty

_STOPS = frozenset((".", "!", "?", "…", "...", ";"))
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "isn't", "wasn't", "weren't", "aren't", "'s", "'re"))
_OCCASIONS = frozenset(
    ("statement", "interview", "speech", "letter", "briefing", "conference", "report", "tweet", "email", "e-mail", "memo", "call", "post", "address", "message",
     "appearance", "debate", "filing", "remarks", "news", "twitter", "release", "telephone", "phone", "event", "rally", "meeting", "hearing", "testimony", "video", "op-ed", "article", "essay")
)  # fmt: skip
_ABOUT = frozenset(("in", "on", "at", "during", "to", "by", "through", "via", "after", "before", "from", "of", "with", "ahead", "following", "about", "under", "over", "for", "as", "while", "when"))


def find_attributions(text: str, unit: Unit) -> list[Draft]:
    """The attributions that one unit states, in order of their cues."""
    if unit.all_quoted or not unit.toks:
        return []
    taken: list[Range] = []
    drafts = _declined(text, unit, taken)
    drafts += _according_to(text, unit, taken)
    drafts += _by_noun(unit, taken)
    drafts += _by_verb(unit, drafts, taken)
    drafts.sort(key=lambda draft: draft.start)
    return drafts


def _token_at(unit: Unit, offset: int) -> int | None:
    return next((index for index, tok in enumerate(unit.toks) if tok.start <= offset < tok.end), None)


def _last(unit: Unit) -> int:
    """The number of tokens without the final stops."""
    end = len(unit.toks)
    while end and unit.toks[end - 1].kind == "mark" and unit.toks[end - 1].text in (".", "!", "?", "…", "...", "”", '"', "’", "“", ":", ";", ","):
        end -= 1
    return end


def _span(unit: Unit, start: int, end: int) -> Range | None:
    """The place of tokens ``[start, end)`` without marks at their borders, or ``None`` when nothing is left."""
    toks = unit.toks
    while start < end and toks[start].kind == "mark" and toks[start].text not in "$£€([#":
        start += 1
    while end > start and toks[end - 1].kind == "mark" and toks[end - 1].text not in (")", "]", "%", "?", "!"):
        end -= 1
    return (toks[start].start, toks[end - 1].end) if start < end else None


def _content(unit: Unit, draft: Draft, start: int, end: int) -> bool:
    """Adds tokens ``[start, end)`` to the content; whether there was anything to add."""
    place = _span(unit, start, end)
    if place is None:
        return False
    inside = [tok for tok in unit.toks[start:end] if tok.start >= place[0] and tok.end <= place[1]]
    words = [tok for tok in inside if tok.kind != "mark"]
    draft.content.append(place)
    draft.quoted.append(all(tok.kind == "quote" for tok in words))
    draft.mixed = draft.mixed or any(tok.kind == "quote" for tok in words)
    return True


def _declined(text: str, unit: Unit, taken: list[Range]) -> list[Draft]:
    found = []
    for match in declines_pattern().finditer(text, unit.start, unit.end):
        index = _token_at(unit, match.start())
        if index is None or unit.toks[index].kind == "quote":
            continue
        verb = verb_group_start(unit.toks, index)
        subject = subject_before(unit.toks, verb)
        place = _span(unit, *subject) if subject else None
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
        opens = all(tok.kind == "mark" or tok.lower in ("but", "and", "still", "meanwhile") for tok in unit.toks[:index])
        end = _speaker_end(unit, place, opens)
        speaker = _span(unit, place, end)
        if speaker is None:
            continue
        draft = Draft(speaker, (match.start(), match.end()), [], trailing=not opens, lemma="according")
        if any(tok.lower in ("report", "reports", "document", "documents", "study", "records", "survey", "poll", "filing", "data", "statement", "transcript") for tok in unit.toks[place:end]):
            draft.basis = "document"
        if opens:
            _content(unit, draft, end, _last(unit))
        else:
            _content(unit, draft, _left_floor(unit, index), index)
            if end < _last(unit) and unit.toks[end].text == "," and _last(unit) - end > 4:
                _content(unit, draft, end + 1, _last(unit))
        if draft.content:
            taken.append((match.start(), speaker[1]))
            found.append(draft)
    return found


def _speaker_end(unit: Unit, place: int, opens: bool) -> int:
    """The end of the speaker after "according to": at the comma before the content, or at the end of the unit."""
    toks, last = unit.toks, _last(unit)
    end = place
    while end < last:
        tok = toks[end]
        if tok.text in (",", ";", "—", "–", ":") or (tok.kind == "quote" and is_weighty(tok) and not (end and toks[end - 1].lower in ("called", "titled", "entitled"))):
            break
        if end > place and tok.lower in ("who", "which", "that", "as", "but", "while") and not opens:
            break
        end += 1
    if opens and end < last and toks[end].text == ",":
        # A description between two commas belongs to the speaker.
        closing = next((index for index in range(end + 1, min(last, end + 20)) if toks[index].text == ","), None)
        described = toks[end + 1 : closing] if closing else ()
        if closing and described and (described[0].lower in ("a", "an", "the", "who", "which", "whose") and _lacks_verb(described)):
            return closing
    if not opens and end < last and toks[end].text == "," and toks[end + 1].lower in ("a", "an", "the", "who", "which", "whose"):
        return last
    return end


def _lacks_verb(toks: tuple[Tok, ...]) -> bool:
    return toks[0].lower in ("who", "which", "whose") or not any(tok.lower in cue_words("auxiliaries") - {"'s"} for tok in toks)


def _left_floor(unit: Unit, index: int) -> int:
    """Where content to the left of token ``index`` begins: at the start of the unit, or after a semicolon."""
    for place in range(index - 1, -1, -1):
        if unit.toks[place].text == ";":
            return place + 1
    return 0


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
            that = next((place for place in range(index + 2, min(len(toks), index + 30)) if toks[place].lower == "that" or toks[place].text in ";:"), 0)
            if not that or toks[that].lower != "that":
                continue
            end = that - 1 if toks[that - 1].text == "," else that
            speaker = (index + 2, end)
        elif index + 1 < len(toks) and toks[index + 1].lower == "that" and index > 1:
            owner = next((place for place in range(index - 1, max(-1, index - 4), -1) if toks[place].lower in ("'s", "his", "her", "their", "’")), None)
            if owner is None:
                continue
            if toks[owner].lower in ("his", "her", "their"):
                speaker = (owner, owner + 1)
            else:
                subject = subject_before(toks, owner)
                speaker = subject
        place = _span(unit, *speaker) if speaker else None
        if place is None:
            continue
        factuality = {"promises": 1.0, "demands": 0.0, "denies": -3.0, "asks": 0.0, "accuses": 2.0}.get(stance, 3.0)
        draft = Draft(place, (tok.start, tok.end), [], stance, factuality=factuality, lemma=tok.lower)
        stop = _right_stop(unit, that + 1)
        if _content(unit, draft, that, stop):
            taken.append((tok.start, tok.end))
            found.append(draft)
    return found


def _by_verb(unit: Unit, others: list[Draft], taken: list[Range]) -> list[Draft]:
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
        if draft is not None:
            found.append(draft)
        index += length
    return found


def _cue_at(unit: Unit, index: int) -> tuple[Cue, int] | None:
    for cue, words in cue_forms().get(unit.toks[index].lower, ()):
        if all(
            index + place < len(unit.toks) and unit.toks[index + place].lower == word for place, word in enumerate(words)
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
    if word.endswith("ing") and right_word(toks, index + length) in ("whether", "if"):
        # Weighing whether is no statement yet.
        return None
    if word.endswith("ing") and not group:
        return _participle(unit, draft, index + length, cue, found, before)
    quote_before = before is not None and (before.kind == "quote" or (before.text == "," and verb > 1))
    inverted = _inverted(unit, draft, verb, index + length, cue) if quote_before and cue.inverts and not group else None
    if inverted is not None:
        return inverted
    if before is not None and before.lower in ("and", "but") and before.is_word and not group and found and word not in cue_words("also_nouns"):
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
    start, attached = _right_content(unit, index + length, cue)
    if start is None or not _fits(unit, start, attached, cue):
        return None
    return draft if _content(unit, draft, start, _right_stop(unit, start)) else None


def right_word(toks: tuple[Tok, ...], place: int) -> str:
    """The word at ``place`` in small letters; empty past the end."""
    return toks[place].lower if place < len(toks) else ""


def _is_passive(group: tuple[Tok, ...], verb: Tok) -> bool:
    if verb.lower.endswith("ing"):
        return False
    return any(tok.lower in _BE and tok.lower not in ("'s", "'re") for tok in group)


def _passive(unit: Unit, verb: int, index: int, length: int, cue: Cue) -> Draft | None:
    """ "was accused by X of …", "was rejected by X": the speaker stands after "by"."""
    toks = unit.toks
    place = index + length
    if place >= len(toks) or toks[place].lower != "by" or not (cue.takes & {"accuse", "np"}):
        return None
    speaker = subject_after(toks, place + 1)
    if speaker is None:
        return None
    of = next((spot for spot in range(place + 2, min(len(toks), place + 25)) if toks[spot].lower in ("of", "for") and toks[spot - 1].is_word), None)
    if "accuse" in cue.takes and of is not None and of < speaker[1]:
        speaker = (speaker[0], of)
    subject = subject_before(toks, verb)
    if subject is None or not is_speaker(toks, speaker):
        return None
    found = _span(unit, *speaker)
    draft = Draft(found, (toks[verb].start, toks[place].end), [], cue.stance, cue.hedge, cue.factuality, cue.basis, lemma=cue.lemma[0])
    _content(unit, draft, *subject)
    if "accuse" in cue.takes and of is not None:
        _content(unit, draft, of, _right_stop(unit, of))
    return draft if draft.content else None


def _participle(unit: Unit, draft: Draft, right: int, cue: Cue, found: list[Draft], before: Tok | None) -> Draft | None:
    """ ", adding that …": the speaker is that of the statement before, or the subject of the sentence."""
    if before is None or cue.weak or "who" in cue.takes:
        return None
    joined = before.text in (",", "—", "–") or before.kind == "quote" or before.lower in ("and", "despite", "after", "by", "while", "before", "without")
    if not joined:
        return None
    if found and before.lower not in ("despite",):
        draft.speaker = found[-1].speaker
        draft.same_speaker_as = found[-1]
    else:
        subject = _main_subject(unit)
        if subject is None:
            return None
        draft.speaker = _span(unit, *subject)
    start, _ = _right_content(unit, right, cue)
    if draft.speaker is None or start is None:
        return None
    return draft if _content(unit, draft, start, _right_stop(unit, start)) else None


def _main_subject(unit: Unit) -> Place | None:
    """The subject of the sentence, where an auxiliary marks its end."""
    toks = unit.toks
    for index, tok in enumerate(toks[:14]):
        if tok.lower in cue_words("auxiliaries") and tok.lower != "'s":
            return subject_before(toks, index)
        if tok.kind != "word":
            return None
    return None


def _inverted(unit: Unit, draft: Draft, verb: int, right: int, cue: Cue) -> Draft | None:
    """ "…," said Vess, the head of the panel."""
    toks = unit.toks
    speaker = subject_after(toks, right)
    if speaker is None:
        return None
    rest = toks[speaker[1] : _last(unit)]
    if toks[verb - 1].kind != "quote" and rest and rest[0].kind == "word" and rest[0].lower in cue_words("auxiliaries"):
        return None
    draft.speaker = _span(unit, *speaker)
    draft.trailing = True
    if draft.speaker is None:
        return None
    _content(unit, draft, _left_floor(unit, verb), verb)
    # A quotation after the speaker goes on with the speech.
    place = next((spot for spot in range(speaker[1], min(len(toks), speaker[1] + 12)) if toks[spot].kind == "quote"), None)
    if place is not None and is_weighty(toks[place]):
        _content(unit, draft, place, place + 1)
    return draft if draft.content else None


def _with_subject(unit: Unit, draft: Draft, subject: Place, right: int, cue: Cue, word: str) -> Draft | None:
    toks = unit.toks
    speaks = is_speaker(toks, subject)
    left = toks[subject[0] - 1] if subject[0] else None
    start, attached = _right_content(unit, right, cue)
    single = toks[subject[0]].lower if subject[1] - subject[0] == 1 else ""
    if single in ("it", "that", "which", "one") or (single == "you"):
        return None
    if not speaks and (cue.weak or word in cue_words("also_nouns") or not cue.takes & {"clause", "quote"} or left is None):
        if not (attached and not cue.weak and word not in cue_words("also_nouns")):
            return None
    draft.speaker = _span(unit, *subject)
    if draft.speaker is None:
        return None
    quote_left = left is not None and (left.kind == "quote" and is_weighty(left) or (left.text in (",", "—", "–", "-") and subject[0] > 1 and toks[subject[0] - 2].kind == "quote"))
    comma_left = left is not None and left.text in (",", "—", "–") and subject[0] > 3
    says = cue.takes & {"clause", "quote"}
    if says and start is not None and not (cue.weak or cue.strict) or start is not None and _fits(unit, start, attached, cue):
        split = quote_left and "quote" in cue.takes or (comma_left and toks[right : right + 1] and toks[right].text == "," and not cue.weak)
        if split and left is not None and not attached:
            _content(unit, draft, _left_floor(unit, subject[0]), subject[0])
            if toks[start].kind == "quote" or toks[right].text == ",":
                _content(unit, draft, start, _right_stop(unit, start))
            draft.trailing = True
        else:
            _content(unit, draft, start, _right_stop(unit, start))
        return draft if draft.content else None
    if start is None and says and (quote_left or (comma_left and speaks and "clause" in cue.takes)):
        draft.trailing = True
        _content(unit, draft, _left_floor(unit, subject[0]), subject[0])
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
    if (cue.weak or cue.strict) and "clause" in cue.takes:
        return _looks_like_clause(unit, start)
    return True


def _looks_like_clause(unit: Unit, start: int) -> bool:
    """Whether a finite verb follows soon, so that the words are a clause without "that"."""
    toks = unit.toks
    if toks[start].lower in ("that", "there", "he", "she", "they", "we", "i", "it", "how", "why", "whether"):
        return True
    if toks[start].lower in cue_words("prepositions_leading") | {"for", "like", "so"}:
        return False
    return any(tok.lower in cue_words("auxiliaries") and tok.lower != "'s" for tok in toks[start + 1 : start + 8])


def _right_content(unit: Unit, right: int, cue: Cue) -> tuple[int | None, bool]:
    """Where the content right of the cue begins (``None``: nowhere), and whether "that" or a colon marks it."""
    toks, last = unit.toks, _last(unit)
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
    toks, last = unit.toks, _last(unit)
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
        if tok.lower in _ABOUT and cue.takes & {"quote", "clause"} and "to" not in cue.takes - {"np"}:
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
        if tok.lower in ("again", "earlier", "later", "too", "also", "flatly", "out", "afterward", "afterwards"):
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
    for index in range(place, min(_last(unit), place + within)):
        tok = toks[index]
        if tok.kind == "quote" and is_weighty(tok) and (tok.text[-2:-1] in ",.!?" or index == place or toks[index - 1].text in ",:"):
            return index
        if tok.lower == "that" and tok.is_word:
            return index
        if tok.text == ":":
            return index + 1
        if tok.text == ";" or tok.lower in ("he", "she", "they", "it", "there", "we", "i") and tok.is_word:
            return None
        if tok.lower in cue_forms() and index > place + 1 and tok.lower not in cue_words("also_nouns"):
            return None
    return None


def _skip_phrase(unit: Unit, place: int) -> int | None:
    """The token after a phrase of time, occasion or hearer that begins at ``place``; ``None`` when it ends the unit."""
    toks, last = unit.toks, _last(unit)
    index = place + 1
    while index < last and (toks[index].lower in ("the", "a", "an", "his", "her", "its", "their", "this", "that", "same") or is_time_word(toks[index])):
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
        if tok.lower in _OCCASIONS or tok.lower in ("reporters", "journalists", "lawmakers"):
            if index + 1 < last and toks[index + 1].lower in _ABOUT | {"conference", "call", "and"} or index + 1 < last and is_time_word(toks[index + 1]):
                index += 1
                continue
            return index + 1 if index + 1 < last else None
        if index > place + 1 and tok.lower in cue_words("pronouns") | {"there", "the"} and toks[index - 1].lower not in cue_words("prepositions_leading") | {"of", "to", "and"}:
            return index
        index += 1
    return None


def _after_addressee(unit: Unit, place: int, cue: Cue) -> tuple[int | None, bool]:
    """Content after the person told: told reporters (on Monday) that …"""
    toks, last = unit.toks, _last(unit)
    tok = toks[place]
    if tok.kind == "quote" or tok.lower in ("whether", "if", "how", "why", "what", "when", "where", "who", "that", "for", "about") or tok.lower == "to" and "to" in cue.takes:
        return place, tok.lower in ("that", "whether", "if")
    if tok.text == ",":
        return (place + 1, False) if place + 1 < last else (None, False)
    for index in range(place, min(last, place + 16)):
        ahead = toks[index]
        if ahead.kind == "quote" and is_weighty(ahead) and index > place:
            return index, True
        if ahead.lower in ("that", "whether", "if") and index > place or ahead.text == ":":
            return index + (ahead.text == ":"), True
        if ahead.lower == "to" and cue.stance in ("asks", "demands", "promises") or ahead.lower == "about" and index > place:
            return index, False
        if ahead.lower in cue_words("auxiliaries") and ahead.lower != "'s" or ahead.text == ";":
            break
    index = place + 1
    if tok.lower in ("him", "her", "them", "me", "us", "you", "reporters", "lawmakers", "journalists", "everyone", "viewers"):
        pass
    elif tok.text[0].isupper():
        while index < last and toks[index].is_word and (toks[index].text[0].isupper() or toks[index].lower in ("'s", "of", "the")) and toks[index].lower not in ("the", "it") :
            index += 1
    elif tok.lower in cue_words("determiners"):
        while index < last and toks[index].is_word and toks[index].lower not in cue_words("determiners") | cue_words("pronouns") | {"there"}:
            index += 1
    if index >= last:
        return None, False
    return _after_adverbials(unit, index, cue)


def _right_stop(unit: Unit, start: int) -> int:
    """Where content that begins at token ``start`` ends: at a semicolon, a break with a new subject, or the unit's end."""
    toks, last = unit.toks, _last(unit)
    for index in range(start + 1, last):
        if toks[index].text == ";":
            return index
    return last
