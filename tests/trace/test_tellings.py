"""As told by: each statement's chain, with the links that are missing."""

from __future__ import annotations

from pledgewatch.model.case import ReadPolicy, TracePolicy
from pledgewatch.model.document import Document
from pledgewatch.read import read_document
from pledgewatch.trace import follow_tellings, trace_documents

STORY = (
    "BRODE (Lumen Agency) - The camp near Kolm was closed in March, Colonel Dace Omer said on Monday. "
    "Forty-one prisoners left the fort, and 12 lorries took them over the Sill bridge to the town of Harn. "
    "Officials said that the fort is empty. The gate was left open for the herders of Kolm, who drove 300 sheep in."
)


def _chains(*documents: Document) -> dict[tuple[str, str], list[tuple[str, str | None, bool]]]:
    readings = {document.id: read_document(document, ReadPolicy()) for document in documents}
    trace = trace_documents(documents, readings, TracePolicy())
    found = {}
    for telling in follow_tellings(documents, readings, trace):
        statement = next(one for one in readings[telling.document].statements if one.id == telling.statement)
        words = statement.content[0].text[:12] if statement.content else ""
        found[telling.document, words] = [(teller.who, teller.document, teller.named) for teller in telling.chain]
    return found


def test_a_credited_agency_of_which_the_case_has_nothing_is_a_missing_link() -> None:
    chains = _chains(Document("d_post", "post", "", "text/plain", STORY, publisher="Harn Post"))
    assert chains["d_post", "The camp nea"] == [
        ("Harn Post", "d_post", True),
        ("Lumen Agency", None, True),
        ("Colonel Dace Omer", None, True),
    ]


def test_a_copy_leads_to_its_original_and_who_is_not_named_is_said_to_be_so() -> None:
    wire = Document("d_wire", "wire", "", "text/plain", STORY, publisher="Lumen Agency", published="2031-04-01")
    copy = Document("d_post", "post", "", "text/plain", STORY, publisher="Harn Post", published="2031-04-02")
    chains = _chains(wire, copy)
    officials = next(chain for (document, _), chain in chains.items() if document == "d_post" and not chain[-1][2])
    assert officials == [
        ("Harn Post", "d_post", True),
        ("Lumen Agency", "d_wire", True),
        ("Officials", None, False),
    ]


def test_who_publishes_his_own_words_is_named_once() -> None:
    text = "The Varna Front denied that it runs a camp near Kolm."
    chains = _chains(Document("d_front", "front", "", "text/plain", text, publisher="Varna Front"))
    assert list(chains.values()) == [[("Varna Front", "d_front", True)]]
