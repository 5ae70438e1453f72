"""Real sentences beside indicators, labelled by us; the sentences stay in the corpora and are found by their places.

``training/pairs/real.tsv`` names for each row the place of a sentence (a file of ``shared/corpora`` or a page of
``shared/cases``, and code points in its text, or the line of a table, or a sentence's own id), the class and side of an
act in ``ledger/acts.yml``, who acts, to whom, and the label.
"""

from __future__ import annotations

import csv
import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path

from pledgewatch.collect import collect_file
from pledgewatch.ledger.indicators import act_sides
from pledgewatch.model.case import CollectPolicy
from training.masking import mask_names

NOBODY = frozenset({"the other side", "-", ""})
"""What stands for nobody in particular."""


@dataclass(frozen=True, slots=True)
class RealPair:
    """A labelled pair: the sentence, its indicator by class and side, and the batch it was labelled in."""

    place: str
    sentence: str
    kind: str
    side: str
    who: str
    whom: str
    label: str
    batch: int
    second: str

    @property
    def indicator(self) -> str:
        """The indicator's words, as the ledger proposes them."""
        row = act_sides()[self.kind][self.side == "undone"]
        whom = "such a group" if self.whom in NOBODY else self.whom
        words = str(row["text"]).format(who=self.who, whom=whom)
        return words[0].upper() + words[1:]

    def masked(self) -> tuple[str, str]:
        """Sentence and indicator with the two actors' names taken out."""
        names = [forms_of(one) for one in (self.who, self.whom) if one not in NOBODY]
        return mask_names(self.sentence, names), mask_names(self.indicator, names)


_ENDS = ("an", "ian", "ans", "ians", "i", "is", "ish", "ese", "n", "ns")
_LEAD = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_GOVERNS = re.compile(
    r"^(?:the\s+)?(?:government|authorities|army|forces|military|republic)\s+of\s+(?:the\s+)?", re.IGNORECASE
)


def forms_of(name: str) -> list[str]:
    """A name with the short and derived forms that a sentence may use for it."""
    bare = _LEAD.sub("", name.strip())
    forms = [bare, _GOVERNS.sub("", bare)]
    words = bare.split()
    for word in dict.fromkeys((words[0], words[-1])) if words else ():
        if word[0].isupper() and len(word) >= 4:
            stem = word.rstrip("aeiouy")
            forms += [stem + end for end in _ENDS if len(stem) >= 3] + [word + "n", word + "ns", word + "s"]
    return list(dict.fromkeys(form for form in forms if form))


def read_real(shared: Path, table: Path) -> list[RealPair]:
    """Every row of the table with its sentence from the corpora."""
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        RealPair(
            row["place"],
            sentence_at(shared / "corpora", row["place"]),
            row["class"],
            row["side"],
            row["who"],
            row["whom"],
            row["label"],
            int(row["batch"]),
            row["second"],
        )
        for row in rows
    ]


def sentence_at(corpora: Path, place: str) -> str:
    """The sentence at ``file:start-end`` (code points), ``file:line`` or ``file#sentence``; in one line."""
    if "#" in place:
        return _marked(corpora, *place.split("#", 1))
    path, where = place.rsplit(":", 1)
    if "-" in where:
        start, end = map(int, where.split("-"))
        return " ".join(_text_of(corpora, path)[start:end].split())
    line = _lines_of(corpora, path)[int(where) - 1]
    return " ".join(line.rsplit("\t", 1)[0].strip().strip('"').split())


def _marked(corpora: Path, path: str, mark: str) -> str:
    """A sentence by its id in a CoNLL-U file, or by document and number in ECB+'s file of tokens."""
    if path.endswith(".conllu"):
        wanted = f"# sent_id = {mark}"
        block = next(one for one in (corpora / path).read_text("utf-8").split("\n\n") if wanted in one.splitlines())
        return next(line.removeprefix("# text = ").strip() for line in block.splitlines() if line.startswith("# text"))
    document, number = mark.split("#")
    rows = (line.split("\t") for line in _lines_of(corpora, path))
    words = [row[3] for row in rows if len(row) >= 4 and row[:2] == [document, number]]
    return re.sub(r" ([,.;:!?'’])", r"\1", " ".join(words))


@functools.lru_cache(maxsize=64)
def _lines_of(corpora: Path, path: str) -> list[str]:
    return (corpora / path).read_text("utf-8").splitlines()


@functools.lru_cache(maxsize=512)
def _text_of(corpora: Path, path: str) -> str:
    if path.startswith("cases/"):
        file = corpora.parent / path
        return collect_file(file.read_bytes(), path, CollectPolicy(), ()).documents[0].text
    if path.startswith("re3d/"):
        folder, key = path.rsplit("/", 1)
        for line in _lines_of(corpora, f"{folder}/documents.json"):
            row = json.loads(line) if line.strip() else {}
            if row.get("_id") == key:
                return str(row["text"])
        raise KeyError(f"no document {path!r} in the corpora: is shared/corpora whole?")
    text = (corpora / path).read_text("utf-8")
    if path.endswith(".tml"):
        text = re.sub(r"^.*?<TEXT>", "", text, flags=re.DOTALL).split("</TEXT>")[0]
        text = re.sub(r"<[^>]+>", "", text).replace("&amp;", "&")
    return text
