"""Memory: one case is one folder, with its settings, its database, the bytes as collected, and its reports.

A database is a module here (``sqlite``, ``postgres``) that keeps the contract in ``contract``; ``STORES`` names
them all.
"""

from __future__ import annotations

from pledgewatch.store.case_folder import CaseFolder
from pledgewatch.store.case_toml import parse_case_file, write_case_file
from pledgewatch.store.contract import LogEntry, SearchHit, Store
from pledgewatch.store.open_store import STORES, open_store

VERSION = "store 1"

__all__ = [
    "STORES",
    "VERSION",
    "CaseFolder",
    "LogEntry",
    "SearchHit",
    "Store",
    "open_store",
    "parse_case_file",
    "write_case_file",
]
