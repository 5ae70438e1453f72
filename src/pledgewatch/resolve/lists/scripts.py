"""Scripts of names: which one a name is written in, and where one gives way to another."""

from __future__ import annotations

import functools
import itertools
import unicodedata
from collections import Counter

UNDETERMINED = "Zyyy"

_BY_UNICODE_NAME = {
    "LATIN": "Latn",
    "ARABIC": "Arab",
    "CYRILLIC": "Cyrl",
    "CJK": "Hani",
    "HANGUL": "Hang",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "HEBREW": "Hebr",
    "GREEK": "Grek",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "GURMUKHI": "Guru",
    "GUJARATI": "Gujr",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "SINHALA": "Sinh",
    "ETHIOPIC": "Ethi",
    "THAI": "Thai",
    "LAO": "Laoo",
    "KHMER": "Khmr",
    "MYANMAR": "Mymr",
    "TIBETAN": "Tibt",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "SYRIAC": "Syrc",
    "THAANA": "Thaa",
    "MONGOLIAN": "Mong",
    "TIFINAGH": "Tfng",
    "NKO": "Nkoo",
}


@functools.lru_cache(maxsize=4096)
def script_of_letter(letter: str) -> str | None:
    """ISO 15924 code of the script of one letter; ``None`` for what belongs to no script (digits, marks, signs)."""
    if not letter.isalpha():
        return None
    first = unicodedata.name(letter, "").replace("-", " ").split(" ", 1)[0]
    return _BY_UNICODE_NAME.get(first)


def script_of(name: str) -> str:
    """ISO 15924 code of the script in which most letters of a name are written; ``Zyyy`` without any letter we know.

    >>> script_of("Orvane Front"), script_of("جبهة أورفان"), script_of("Фронт Орване"), script_of("奥尔瓦")
    ('Latn', 'Arab', 'Cyrl', 'Hani')
    """
    found = Counter(script for script in map(script_of_letter, name) if script is not None)
    if "Jpan" in found:
        return "Jpan"
    # Of two with as many letters the alphabetically first, so that the answer never depends on chance.
    return min(found, key=lambda script: (-found[script], script)) if found else UNDETERMINED


def split_scripts(name: str) -> tuple[str, ...]:
    """A name that goes on in another script, cut where it does; a single foreign letter cuts nothing.

    >>> split_scripts("Ardan Velmi اردان ولمي"), split_scripts("奥尔瓦 A 公司")
    (('Ardan Velmi', 'اردان ولمي'), ('奥尔瓦 A 公司',))
    """
    runs: list[tuple[str | None, int, int]] = []
    for place, letter in enumerate(name):
        script = script_of_letter(letter)
        if script is None:
            continue
        script = "Hani" if script in ("Jpan", "Hang") and _has_han(name) else script
        if runs and runs[-1][0] == script:
            runs[-1] = (script, runs[-1][1], place + 1)
        else:
            runs.append((script, place, place + 1))
    if len({script for script, _, _ in runs}) < 2 or any(end - start < 2 for _, start, end in runs):
        return (name,)
    cuts = [0, *(start for _, start, _ in runs[1:]), len(name)]
    pieces = (name[start:end].strip(" -–,") for start, end in itertools.pairwise(cuts))
    return tuple(piece for piece in pieces if piece)


def _has_han(name: str) -> bool:
    return any(script_of_letter(letter) == "Hani" for letter in name)
