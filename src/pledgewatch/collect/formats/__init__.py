"""The formats that are read, one module each.

To add one: write ``<name>.py`` with ``NAME``, ``recognise`` and ``parse`` (see ``contract.Format``), put it into
``FORMATS`` before whatever it could be mistaken for, and add a sample to ``tests/collect/test_formats_contract.py``.
"""

from __future__ import annotations

from pledgewatch.collect.formats import docx, feed, html, mail, markdown, pdf, text
from pledgewatch.collect.formats.contract import Format, Head

FORMATS: tuple[Format, ...] = (pdf, docx, feed, html, mail, markdown, text)
"""Every format, in the order in which they are asked: the first that recognises the bytes reads them."""

__all__ = ["FORMATS", "Format", "Head"]
