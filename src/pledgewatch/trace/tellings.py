"""As told by: the chain from the paper to the agency to the panel to the member state, with the missing links shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pledgewatch.model.document import Document
from pledgewatch.model.origin import Teller, Telling, Trace
from pledgewatch.model.reading import Mention, Reading, Statement
from pledgewatch.text.folding import fold_name
from pledgewatch.trace.credits import find_credits

NOT_KNOWN = "publisher not known"


def follow_tellings(
    documents: Sequence[Document], readings: Mapping[str, Reading], trace: Trace
) -> tuple[Telling, ...]:
    """The chain of every statement, by document and place.

    A link is there (``document``) when the case holds a document of that teller: the one that was copied or cited, or
    any that a publisher of that name published. Else it is missing, and the words rest on whoever passes them on.
    """
    by_id = {document.id: document for document in documents}
    publishers = sorted({document.publisher for document in documents if document.publisher})
    parents = {link.copy: link.of for link in trace.links if link.kind != "cites"}
    cited: dict[str, list[str]] = {}
    for link in trace.links:
        if link.kind == "cites":
            cited.setdefault(link.copy, []).append(link.of)
    by_publisher: dict[str, str] = {}
    for document in sorted(documents, key=lambda document: (document.published or "~", document.id)):
        if document.publisher:
            by_publisher.setdefault(fold_name(document.publisher), document.id)
    found = []
    for document in sorted(documents, key=lambda document: (document.path, document.id)):
        reading = readings.get(document.id)
        if reading is None:
            continue
        papers = _papers(document, by_id, parents, cited, by_publisher, publishers)
        mentions = {mention.id: mention for mention in reading.mentions}
        statements = {statement.id: statement for statement in reading.statements}
        for statement in reading.statements:
            speakers = _speakers(statement, statements, mentions, by_publisher)
            # Who publishes his own words is named once.
            own = [teller for teller in speakers if fold_name(teller.who) != fold_name(papers[-1].who)]
            found.append(Telling(document.id, statement.id, (*papers, *own)))
    return tuple(found)


def _papers(
    document: Document,
    by_id: Mapping[str, Document],
    parents: Mapping[str, str],
    cited: Mapping[str, list[str]],
    by_publisher: Mapping[str, str],
    publishers: Sequence[str],
) -> list[Teller]:
    """The publishers: of the document, of what it copies, up to the first; then whom that one credits."""
    found = [Teller(document.publisher or NOT_KNOWN, document.id, document.publisher is not None)]
    while (parent := by_id.get(parents.get(document.id, ""))) is not None:
        document = parent
        found.append(Teller(document.publisher or NOT_KNOWN, document.id, document.publisher is not None))
    known = {fold_name(teller.who) for teller in found}
    there = {fold_name(by_id[one].publisher or ""): one for one in cited.get(document.id, ()) if one in by_id}
    for credit in find_credits(document.text, publishers):
        name = fold_name(credit.name)
        if credit.strong and name not in known:
            known.add(name)
            found.append(Teller(credit.name, there.get(name) or by_publisher.get(name)))
    return found


def _speakers(
    statement: Statement,
    by_id: Mapping[str, Statement],
    mentions: Mapping[str, Mention],
    by_publisher: Mapping[str, str],
) -> list[Teller]:
    """The speakers of a statement and of those that it is told in, outermost first."""
    chain: list[Teller] = []
    at: Statement | None = statement
    seen: set[str] = set()
    while at is not None and at.id not in seen:
        seen.add(at.id)
        mention = mentions.get(at.speaker_mention or "")
        full = mentions.get(mention.head or "", mention) if mention else None
        name = full.span.text if full else None
        who = name or (at.speaker.text if at.speaker else "nobody named")
        chain.append(Teller(" ".join(who.split()), by_publisher.get(fold_name(who)), name is not None))
        at = by_id.get(at.via or "")
    return chain[::-1]
