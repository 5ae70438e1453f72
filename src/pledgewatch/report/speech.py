"""Who said it, via whom, when, and in which words: one sentence for a piece of evidence, a refusal, an estimate."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pledgewatch.model.assessment import Evidence
from pledgewatch.model.document import Document
from pledgewatch.model.reading import Reading, Statement
from pledgewatch.model.report import Citation, ReportSentence, SentenceRole
from pledgewatch.report.basis import Basis
from pledgewatch.report.quoting import cite_span, sentence_around, shorten_words, show_words, strip_span
from pledgewatch.report.wording import get_phrase, get_terms, write_list, write_sentence

LONGEST_SPEAKER = 160
LONGEST_COUNTED = 90
LONGEST_FOCUS = 200
SHOWN_COPIES = 3


def name_speaker(document: Document, reading: Reading | None, statement: Statement, said_by: str | None) -> str:
    """The speaker as the document's words name them, with the name behind these words where they hold none.

    Where the document was given on background, the words may go out and the name may not.
    """
    if any(caveat.kind == "on background" for caveat in document.handling.caveats):
        return get_phrase("background_speaker")
    if statement.speaker is None:
        return said_by or get_phrase("unnamed_speaker")
    words = shorten_words(statement.speaker.text, LONGEST_SPEAKER)
    name = said_by
    if name is None and reading is not None:
        mention = reading.mention(statement.speaker_mention)
        head = reading.mention(mention.head) if mention and mention.head else mention
        name = " ".join(head.span.text.split()) if head else None
    if words.casefold() in get_terms("pronouns"):
        return name or f"{get_phrase('pronoun_speaker')} “{statement.speaker.text}”"
    if name is None or _is_named_in(name, words) or _is_named_in(words, name):
        return words
    return f"{words} ({name})"


def _is_named_in(name: str, words: str) -> bool:
    """Whether words hold a name, whatever its case and full stops ("U.N." in "a UN group")."""
    plain, within = (re.sub(r"[^\w ]", "", string.casefold()) for string in (name, words))
    return bool(plain) and f" {plain} " in f" {within} "


def name_chain(basis: Basis, document: Document, statement: Statement) -> str | None:
    """Who passed the words on, from the nearest to the speaker to the farthest; ``None`` when nobody stands between."""
    reading = basis.readings.get(document.id)
    names: list[str] = []
    seen = {statement.id}
    via = statement.via
    while via is not None and via not in seen and reading is not None:
        seen.add(via)
        outer = next((item for item in reading.statements if item.id == via), None)
        if outer is None:
            break
        if outer.speaker is not None or outer.cue is not None:
            names.append(name_speaker(document, reading, outer, None))
        via = outer.via
    return write_list(names) if names else None


def choose_words(
    document: Document, reading: Reading | None, statement: Statement | None, start: int, end: int
) -> tuple[int, int, bool]:
    """The place of the words to quote, and whether they are the speaker's own.

    Direct speech is quoted as the speaker's. Reported speech is quoted without its attribution, which the report's own
    sentence gives; a denied, rejected or hedged clause is quoted with its whole sentence, as the outlet's words, so
    that nobody reads it as if it had been said so. Where nobody is quoted the words that bear are shown.
    """
    if statement is None or statement.cue is None:
        return (*strip_span(document.text, start, end), False)
    if statement.form == "direct" and not (start <= statement.cue.start and statement.cue.end <= end):
        start, end = strip_span(document.text, start, end)
        # The comma before the closing mark belongs to the outlet's sentence, not to what was said.
        return start, end - (document.text[end - 1 : end] == ","), True
    is_plain = statement.stance in ("asserts", "admits") and statement.hedge == "none"
    is_whole = len(statement.content) == 1 and statement.factuality > 0
    if is_plain and is_whole and not (start < statement.cue.end and statement.cue.start < end):
        start, end = strip_span(document.text, start, end)
        return start, end - (document.text[end - 1 : end] == ","), False
    return (*sentence_around(document, reading, start, end), False)


def write_evidence(
    basis: Basis, section: str, role: SentenceRole, evidence: Evidence, copies: Sequence[Evidence] = ()
) -> ReportSentence:
    """The sentence for a piece of evidence: speaker, chain, outlet, day, exact words, grade, and who tells it too.

    Args:
        copies: evidence of the same origin in the same words, from other documents.
    """
    document = basis.documents[evidence.document]
    reading = basis.readings.get(document.id)
    found = basis.statement(evidence.statement)
    statement = found[1] if found else None
    start, end, own = choose_words(document, reading, statement, evidence.span.start, evidence.span.end)
    citation = cite_span(document, start, end)
    first = max(0, evidence.span.start - start)
    # Of evidence that is itself long the beginning must be seen.
    focus = (first, min(end - start, evidence.span.end - start, first + LONGEST_FOCUS))
    values: dict[str, object] = {
        "quote": show_words(citation.span.text, focus=focus),
        "outlet": basis.outlet(document),
        "tail": _write_tail(basis, evidence, copies),
    }
    if statement is None or (statement.cue is None and statement.speaker is None):
        text = write_sentence("evidence-narrator", **values)
    else:
        speaker = name_speaker(document, reading, statement, evidence.said_by)
        # A name with its description after a comma needs the second comma before the verb.
        values["speaker"] = f"{speaker}," if "," in speaker else speaker
        values["via"] = name_chain(basis, document, statement)
        values["verb"] = get_terms("verbs_direct" if own else "verbs_reported")[statement.stance]
        text = write_sentence("evidence-direct" if own else "evidence-reported", **values)
    copied = [basis.documents[copy.document] for copy in copies]
    citations = [
        citation,
        *(cite_span(basis.documents[copy.document], copy.span.start, copy.span.end) for copy in copies),
    ]
    return basis.write(
        section, role, evidence.statement + evidence.indicator, text, citations[: 1 + SHOWN_COPIES], (document, *copied)
    )


def _write_tail(basis: Basis, evidence: Evidence, copies: Sequence[Evidence]) -> str:
    interested = f", {get_phrase('interested')}" if evidence.interested else ""
    tail = f"[{evidence.grade}{interested}]"
    others = list(dict.fromkeys(basis.outlet(basis.documents[copy.document]) for copy in copies))
    if not others:
        return tail
    shown = (
        others
        if len(others) <= SHOWN_COPIES
        else [*others[: SHOWN_COPIES - 1], f"{len(others) - SHOWN_COPIES + 1} more"]
    )
    return f"{tail}, {get_phrase('copies')} {write_list(shown)}"


def write_silence(
    basis: Basis, section: str, document: Document, statement: Statement, others: Sequence[Document]
) -> ReportSentence | None:
    """The sentence for somebody who declined to speak; ``others`` tell the same of the same origin."""
    reading = basis.readings.get(document.id)
    anchor = statement.cue or statement.speaker
    if anchor is None:
        return None
    citation = cite_sentence(document, reading, anchor.start, anchor.end)
    text = write_sentence(
        "silence",
        speaker=name_speaker(document, reading, statement, None),
        outlet=basis.outlet(document),
        quote=show_words(
            citation.span.text, focus=(anchor.start - citation.span.start, anchor.end - citation.span.start)
        ),
    )
    return basis.write(section, "silence", statement.id, text, [citation], (document, *others))


def cite_sentence(document: Document, reading: Reading | None, start: int, end: int) -> Citation:
    """The citation of the whole sentences that hold ``[start, end)``."""
    return cite_span(document, *sentence_around(document, reading, start, end))
