"""Release: what may go to whom. A report is built up from permitted documents, checked here, and only then cleared."""

from pledgewatch.release.clear import release_report
from pledgewatch.release.handling import permitted_documents
from pledgewatch.release.refusal import SentencesRefused

VERSION = "release 1"

__all__ = ["VERSION", "SentencesRefused", "permitted_documents", "release_report"]
