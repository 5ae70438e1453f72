"""The readers that are built in."""

from __future__ import annotations

from pledgewatch.read.contract import Reader
from pledgewatch.read.readers.encoder import EncoderReader

READERS: tuple[Reader, ...] = (EncoderReader(),)
"""Every reader, by the order of preference; ``ReadPolicy.reader`` names one."""

__all__ = ["READERS", "EncoderReader"]
