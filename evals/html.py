"""Bodies of news pages, measured as the article-extraction-benchmark does (Scrapinghub 2020, ``evaluate.py``).

Texts are compared by the shingles of four words that they share, each page counting alike. The figure to beat is
trafilatura with its defaults, run here on the same pages in the same minute.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import trafilatura

from evals.table import Row
from pledgewatch.collect import collect_file
from pledgewatch.model.case import CollectPolicy

SETS: tuple[str, ...] = ("html news pages",)

SHINGLE = 4
_WORD = re.compile(r"\w+")


def measure(shared: Path, quick: bool) -> list[Row]:
    """Precision, recall and F1 of the bodies that ``collect`` takes from the fixture's pages; quick or not, all."""
    del quick  # 92 pages take five seconds
    folder = shared / "fixtures" / "html"
    gold = {
        key: entry["articleBody"]
        for key, entry in json.loads((folder / "ground-truth.json").read_text("utf-8")).items()
    }
    pages = {key: gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()) for key in gold}
    ours = score_bodies(gold, take_bodies(pages, _ours))
    theirs = score_bodies(gold, take_bodies(pages, _trafilatura))
    names = ("body precision", "body recall", "body F1")
    return [
        Row(SETS[0], name, our, len(gold), their, "trafilatura, its defaults, same run")
        for name, our, their in zip(names, ours, theirs, strict=True)
    ]


def take_bodies(pages: Mapping[str, bytes], take: Callable[[bytes], str]) -> dict[str, str]:
    """The body that ``take`` finds in each page."""
    return {key: take(page) for key, page in pages.items()}


def _ours(untrusted_page: bytes) -> str:
    collected = collect_file(untrusted_page, "page.html", CollectPolicy())
    return collected.documents[0].text if collected.documents else ""


def _trafilatura(untrusted_page: bytes) -> str:
    return trafilatura.extract(untrusted_page) or ""


def score_bodies(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Mean precision and mean recall over the pages, and the harmonic mean of the two, as the benchmark defines them.

    >>> score_bodies({"a": "one two three four five"}, {"a": "one two three four six"})
    (0.5, 0.5, 0.5)
    """
    shares = [compare_shingles(gold[key], found.get(key, "")) for key in sorted(gold)]
    precision = sum(_share(right, right + extra, extra + missing) for right, extra, missing in shares) / len(shares)
    recall = sum(_share(right, right + missing, extra + missing) for right, extra, missing in shares) / len(shares)
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _share(right: int, whole: int, wrong: int) -> float:
    return 1.0 if not wrong else right / whole if whole else 0.0


def compare_shingles(gold: str, found: str) -> tuple[int, int, int]:
    """How many shingles two texts share, how many only the found one has, and how many only the gold one.

    >>> compare_shingles("one two three four five", "two three four five six")
    (1, 1, 1)
    """
    wanted, got = _shingles(gold), _shingles(found)
    right = sum((wanted & got).values())
    return right, sum(got.values()) - right, sum(wanted.values()) - right


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    """All runs of four words, with how often each stands; a shorter text is one shingle, an empty one has none."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))
