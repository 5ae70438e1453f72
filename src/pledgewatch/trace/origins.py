"""Traces who tells whose story: finds the copies among the documents of a case and joins them into origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pledgewatch.model.case import TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.model.identity import make_id
from pledgewatch.model.origin import CopyLink, Origin, Trace
from pledgewatch.model.reading import Reading
from pledgewatch.text.folding import fold_name
from pledgewatch.trace.candidates import Groups
from pledgewatch.trace.changes import align_sentences, find_changed_quotes, find_dropped_and_added
from pledgewatch.trace.cites import find_citing_links
from pledgewatch.trace.compare import compare_sentences
from pledgewatch.trace.credits import Credit
from pledgewatch.trace.drift import find_drift
from pledgewatch.trace.matches import Match, find_matches, nearest_matches
from pledgewatch.trace.material import Material

SHORT_TEXT = 1_500
"""In a text of at most so many words, a credit anywhere names the source of the story."""


def trace_documents(documents: Sequence[Document], readings: Mapping[str, Reading], policy: TracePolicy) -> Trace:
    """Which documents tell the same original, and what each changed.

    Exact and near copies are found by word shingles, rewritten ones by sentences told again in the same order with the
    same facts. Conservative on purpose: an independent story counted as a copy loses corroboration silently. Shingles
    that many stories of the case hold (boilerplate) and words in quotation marks make no copy.

    Args:
        documents: all documents of the case, in any order; of two with one id the last by path is taken.
        readings: readings by document id; a document without one is split into sentences here.
        policy: how alike copies must be.

    Returns:
        Origins by id of their earliest document; one link from each copy to its nearest ancestor; and ``cites`` links,
        which join no origins.
    """
    own = list({document.id: document for document in sorted(documents, key=_by_path)}.values())
    material = Material(own, readings, policy.shingle)
    matches = find_matches(material, policy)
    groups = _join_matches(len(own), matches)
    links = [make_link(material, match) for match in nearest_matches(matches)]
    linked = {(link.copy, link.of) for link in links}
    links.extend(
        link
        for link in find_citing_links(material, groups.labels())
        if (link.copy, link.of) not in linked and (link.of, link.copy) not in linked
    )
    return Trace(
        tuple(sorted(_make_origins(material, groups, matches), key=lambda origin: (origin.earliest, origin.id))),
        tuple(sorted(links, key=lambda link: (link.copy, link.of, link.kind))),
    )


def _by_path(document: Document) -> tuple[str, str, str]:
    return (document.id, document.path, document.sha256)


def _join_matches(size: int, matches: Sequence[Match]) -> Groups:
    """One group for each original.

    A digest that holds two stories must not make one story of them: a document that holds others whole among words of
    its own joins the likest of them only.
    """
    groups = Groups(size)
    for match in matches:
        if match.kind != "cites" and not match.embeds:
            groups.join(match.of, match.copy)
    taken: set[int] = set()
    for match in sorted(matches, key=lambda match: (-match.closeness, match.of, match.copy)):
        if match.kind != "cites" and match.embeds and match.copy not in taken:
            taken.add(match.copy)
            groups.join(match.of, match.copy)
    return groups


def make_link(material: Material, match: Match) -> CopyLink:
    """The link of a match, with what the copy changed."""
    copy, of = material.profile(match.copy), material.profile(match.of)
    compared = compare_sentences(copy.sentences, of.sentences)
    pairs = align_sentences(compared)
    dropped, added = find_dropped_and_added(copy, of, compared, pairs)
    return CopyLink(
        copy=copy.document.id,
        of=of.document.id,
        kind=match.kind,
        score=round(match.score, 4),
        directed=match.directed,
        features=match.likeness.named(),
        changed_quotes=find_changed_quotes(copy, of),
        dropped=dropped,
        added=added,
        drift=find_drift(copy, of, pairs),
    )


def _make_origins(material: Material, groups: Groups, matches: Sequence[Match]) -> list[Origin]:
    members: dict[int, list[int]] = {}
    for index, label in enumerate(groups.labels()):
        members.setdefault(label, []).append(index)
    copies = {match.copy for match in matches if match.kind != "cites" and match.directed}
    documents = material.documents
    origins = []
    for indices in members.values():
        # What is known to be a copy of another member is not the earliest, whatever its date says.
        ordered = sorted(
            indices,
            key=lambda index: (
                documents[index].published or "~",
                index in copies,
                documents[index].path,
                documents[index].id,
            ),
        )
        first = next((index for index in ordered if index not in copies), ordered[0])
        ids = tuple(documents[index].id for index in [first, *(index for index in ordered if index != first)])
        origins.append(
            Origin(
                make_id("o", *sorted(ids)),
                ids,
                ids[0],
                _named_source(
                    [_of_the_whole(material.sketches[index].words, material.credits(index)) for index in ordered]
                ),
            )
        )
    return origins


def _of_the_whole(words: int, credits: tuple[Credit, ...]) -> tuple[Credit, ...]:
    """Credits for the whole text; in a long one a name in passing is where one remark comes from, not the text."""
    return credits if words <= SHORT_TEXT else tuple(credit for credit in credits if credit.strong)


def _named_source(credits: Sequence[tuple[Credit, ...]]) -> str | None:
    """The medium that most of the documents credit; a dateline counts more than a credit in the text."""
    votes: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for own in credits:
        for name in sorted({(fold_name(credit.name), credit.strong) for credit in own}):
            votes[name[0]] += 3 if name[1] else 2
        for credit in own:
            shown.setdefault(fold_name(credit.name), credit.name)
    if not votes:
        return None
    order = list(shown)
    return shown[max(votes, key=lambda name: (votes[name], -order.index(name)))]
