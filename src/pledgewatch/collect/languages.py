"""The language a text is written in."""

from __future__ import annotations

import re

LEAST_LETTERS = 40
"""With fewer letters a guess is worth nothing."""

_LOOK_AT = 4_000


def name_language(text: str, declared: str | None = None) -> str:
    """The ISO 639-1 code of the text's language: by its letters where there are enough, else as declared, else ``und``.

    Declarations come second because web pages and mail programs often declare their template's language.

    >>> name_language("Short."), name_language("Short.", "en-GB")
    ('und', 'en')
    """
    sample = text[:_LOOK_AT]
    letters = sum(letter.isalpha() for letter in sample)
    # A table of figures looks like any language, and like none.
    if letters >= LEAST_LETTERS and letters > sum(letter.isdigit() for letter in sample):
        # Imported here: its model takes a moment to load, and ``pledgewatch --help`` needs none.
        import py3langid

        code = str(py3langid.classify(sample)[0])
        return code if len(code) == 2 else "und"
    match = re.match(r"([a-z]{2})(?:[-_]|\Z)", (declared or "").strip().lower())
    return match.group(1) if match else "und"
