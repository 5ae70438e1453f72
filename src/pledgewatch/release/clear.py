"""Clears a report for an audience, or refuses. The only place that makes a ``Cleared``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pledgewatch.errors import AnchorError
from pledgewatch.model.document import Document
from pledgewatch.model.report import Audience, Citation, Cleared, RefusedSentence, Report, ReportSentence
from pledgewatch.release.handling import BrokenRule, find_broken_rules, permitted_documents, state_rule
from pledgewatch.release.leaks import LeakNet
from pledgewatch.release.refusal import SentencesRefused


def release_report(report: Report, full: Report, documents: Sequence[Document], audience: Audience, on: str) -> Cleared:
    """Clears a report that was written only from what its audience may see; checks that it was.

    First by derivation: each sentence, citation and listed document must come from permitted documents only. Then, as a
    second net, no string of the report may hold words that stand in a withheld document and in no permitted one.

    Args:
        report: written anew from ``permitted_documents(documents, audience, on)``.
        full: the team's report, from everything.
        documents: all documents of the case, with the agreement's.
        on: the day of release, a whole ISO day.

    Returns:
        The cleared report. Its ``refused`` lists the sentences of ``full`` that the audience does not get, for the eyes
        of the team: it is itself not cleared.

    Raises:
        SentencesRefused: something protected would leave (exit status 3).
        AnchorError: a citation's words or context do not stand in its document.
        InputError: ``on`` is no whole ISO day.
    """
    permitted = permitted_documents(documents, audience, on)
    gate = _Gate(documents, permitted, audience, on)
    refused = [*gate.check_derivation(report), *gate.check_words(report)]
    if refused:
        unique = tuple(dict.fromkeys(refused))
        raise SentencesRefused(
            f"{len({item.sentence for item in unique})} sentences or names may not go to the audience {audience.name}",
            where=report.title if not any(item.sentence == report.title for item in unique) else None,
            refused=unique,
        )
    gate.check_anchors(report)
    return Cleared(report, audience, tuple(gate.list_withheld_sentences(report, full)))


class _Gate:
    def __init__(
        self, documents: Sequence[Document], permitted: Sequence[Document], audience: Audience, on: str
    ) -> None:
        self._documents: Mapping[str, Document] = {document.id: document for document in documents}
        self._permitted = {document.id: document for document in permitted}
        # Of two documents with one id the closed one decides.
        for document in documents:
            if document not in permitted:
                self._permitted.pop(document.id, None)
        self._withheld = [document for document in documents if document.id not in self._permitted]
        self._audience = audience
        self._on = on

    def _broken_by(self, document_id: str) -> tuple[BrokenRule, ...]:
        """The rules that keep a document in; empty when it may go out."""
        if document_id in self._permitted:
            return ()
        rules = [
            rule
            for document in self._withheld
            if document.id == document_id
            for rule in find_broken_rules(document.handling, self._audience, self._on)
        ]
        return tuple(dict.fromkeys(rules)) or (state_rule("unknown document"),)

    def check_derivation(self, report: Report) -> Iterator[RefusedSentence]:
        """Refuses what was derived from anything not permitted."""
        for section in report.sections:
            for sentence in section.sentences:
                ids = dict.fromkeys((*sentence.derived_from, *(citation.document for citation in sentence.citations)))
                rules = [rule for id in ids for rule in self._broken_by(id)]
                if not rules and find_broken_rules(sentence.handling, self._audience, self._on):
                    rules = [state_rule("own handling")]
                if not sentence.citations and sentence.role != "method":
                    rules.append(state_rule("not traced"))
                yield from (_refuse(sentence.text, rule) for rule in dict.fromkeys(rules))
        for document in report.documents:
            for rule in self._broken_by(document.id):
                yield _refuse(document.title or document.path, rule)

    def check_words(self, report: Report) -> Iterator[RefusedSentence]:
        """Refuses strings with words of withheld documents."""
        if not self._withheld:
            return
        strings = list(_list_strings(report))
        # What the case's own files call their publishers and themselves was not learnt from a withheld document.
        own = (report.title, report.case, *(document.publisher or "" for document in report.documents))
        net = LeakNet([string for _, string in strings], list(self._permitted.values()), self._withheld, own)
        for shown, string in strings:
            leak = net.find(string)
            if leak is not None:
                yield _refuse(shown, state_rule("leak", what=leak))

    def check_anchors(self, report: Report) -> None:
        """Raises ``AnchorError`` when a citation shows what its document does not say."""
        for section in report.sections:
            for sentence in section.sentences:
                for citation in sentence.citations:
                    _check_citation(citation, self._documents[citation.document])

    def list_withheld_sentences(self, report: Report, full: Report) -> Iterator[RefusedSentence]:
        """The sentences of the full report that the audience gets not at all, or in other words."""
        told = {sentence.id for section in report.sections for sentence in section.sentences}
        texts = {sentence.text for section in report.sections for sentence in section.sentences}
        for section in full.sections:
            for sentence in section.sentences:
                if sentence.text in texts:
                    continue
                rules = self._rules_of(sentence)
                if not rules:
                    continue
                if sentence.id in told:
                    names = "; ".join(rule.rule for rule in rules)
                    rules = [state_rule("reworded", audience=self._audience.name, rules=names)]
                for rule in rules:
                    yield _refuse(sentence.text, rule)

    def _rules_of(self, sentence: ReportSentence) -> list[BrokenRule]:
        rules = [rule for id in sentence.derived_from for rule in self._broken_by(id)]
        if not rules:
            rules = list(find_broken_rules(sentence.handling, self._audience, self._on))
        return list(dict.fromkeys(rules))


def _refuse(shown: str, rule: BrokenRule) -> RefusedSentence:
    return RefusedSentence(shown, rule.rule, rule.remedies)


def _check_citation(citation: Citation, document: Document) -> None:
    span, text = citation.span, document.text
    whole = citation.before + span.text + citation.after
    start = span.start - len(citation.before)
    if start < 0 or text[start : start + len(whole)] != whole or text[span.start : span.end] != span.text:
        raise AnchorError("a cited passage does not stand in its document", where=f"{document.path} {span.start}")


def _list_strings(report: Report) -> Iterator[tuple[str, str]]:
    """Every string that goes out, each with the sentence or name to show for it."""
    for string in (report.id, report.title, report.case, report.period, *_flatten(report.versions)):
        yield string, string
    for section in report.sections:
        yield section.title, section.title
        yield section.id, section.id
        for sentence in section.sentences:
            yield sentence.text, sentence.text
            yield sentence.text, " ".join(sentence.derived_from)
            for caveat in sentence.handling.caveats:
                yield sentence.text, caveat.text
            for citation in sentence.citations:
                yield sentence.text, citation.before + citation.span.text + citation.after
    for document in report.documents:
        name = document.title or document.path
        for value in (
            document.id,
            document.title,
            document.publisher,
            document.address,
            document.path,
            document.origin,
        ):
            if value:
                yield name, value


def _flatten(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for pair in pairs:
        yield from pair
