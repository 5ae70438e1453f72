"""The reader by a trained encoder."""

from pledgewatch.read.readers.encoder.reader import EncoderReader

__all__ = ["EncoderReader"]
