"""Documents made of a text alone."""

from __future__ import annotations

import hashlib

from pledgewatch.model.document import Document
from pledgewatch.model.identity import make_id


def make_document(text: str, language: str = "en", published: str | None = "2021-05-10") -> Document:
    """A plain-text document with that text."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        make_id("d", digest), "story.txt", digest, "text/plain", text, published=published, language=language
    )
