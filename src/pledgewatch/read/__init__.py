"""Exploitation: what a document says, as marks on its exact words.

``read_document`` picks a reader of ``readers/``, adds times and estimates, checks that every span holds and puts the
marks in order. A new reader is one folder under ``readers/`` and one entry in ``readers.READERS``.
"""

from pledgewatch.read.contract import Reader, check_reading
from pledgewatch.read.documents import find_reader, read_document
from pledgewatch.read.readers import READERS

VERSION = "read 1"

__all__ = ["READERS", "VERSION", "Reader", "check_reading", "find_reader", "read_document"]
