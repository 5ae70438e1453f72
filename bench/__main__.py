"""``python -m bench``: documents a second and peak memory of each stage, beside a peer of repute.

``python -m bench names`` measures only the names (:mod:`bench.names`), ``python -m bench weigh`` only the weighing
(:mod:`bench.weighing`); the whole run measures both last.
``python -m bench --archive`` traces a hundred thousand documents instead, and takes a quarter of an hour.

Every measurement runs in a process of its own, so that memory is its own and the order does not matter; memory is that
of the largest process. The text is made here (seeded, fiction), so that anyone can repeat the run.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from bench.names import measure_names
from pledgewatch.collect import collect_file
from pledgewatch.model.case import CollectPolicy, ReadPolicy, TracePolicy
from pledgewatch.model.document import Document

if TYPE_CHECKING:
    from spacy.language import Language

WHO = ("Minister Ilo Karsan", "the Varna Front", "Colonel Dace Omer", "the League's monitors", "Ambassador Rena Tovic")
DID = ("denied", "said", "insisted", "told reporters", "acknowledged", "rejected the claim")
WHAT = (
    "that between 200 and 350 fighters remained in about 9 districts",
    "that the posts along the Sella river had been handed over on 3 March 2031",
    "that training continued in the hills north of Ostrava despite the agreement",
    "“there is no camp and there has never been one”",
    "that the release of 120 prisoners would follow within 30 days",
    "that convoys had carried fuel and flour to the coast since last autumn",
)


PLAIN = (
    "after the rains the road stayed closed for most of the week and traders waited at the bridge with their animals "
    "while soldiers checked papers near a small market where bread salt oil and blankets were sold from carts early in "
    "the morning people walked over the hill to fetch water because two wells had dried up last summer nobody knew "
    "when new pipes would come"
).split()


def write_story(number: int, words: int = 750, plain: bool = False) -> str:
    """A story of about so many words; the same number gives the same story.

    ``plain`` fills it with common words; otherwise with invented ones, so that no two stories share any.
    """
    chance = random.Random(number)
    sentences: list[str] = []
    count = 0
    while count < words:
        sentence = f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHAT)}"
        extra = " ".join(
            chance.choice(PLAIN)
            if plain
            else "".join(chance.choice("abcdefghiklmnoprstuvz") for _ in range(chance.randint(3, 9)))
            for _ in range(8)
        )
        sentences.append(f"{sentence}, {extra}.")
        count += len(sentences[-1].split())
    paragraphs = [" ".join(sentences[index : index + 4]) for index in range(0, len(sentences), 4)]
    return "\n\n".join(paragraphs)


def write_page(number: int) -> str:
    """The story as a page with navigation around it."""
    links = "".join(f"<li><a href='/{index}'>Section {index}</a></li>" for index in range(30))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in write_story(number).split("\n\n"))
    return (
        f"<html><head><title>Story {number}</title></head><body><nav><ul>{links}</ul></nav>"
        f"<article><h1>Story {number}</h1>{body}</article><footer>{links}</footer></body></html>"
    )


def write_document(number: int, words: int = 750, plain: bool = False) -> Document:
    """The story as a collected document."""
    text = write_story(number, words, plain)
    return Document(f"d_{number:06d}", f"{number}.txt", "", "text/plain", text, published="2031-05-02", language="en")


def collect_ours(count: int) -> None:
    """Our collect stage: body, title, date, handling, language."""
    for number in range(count):
        collect_file(write_page(number).encode(), f"{number}.html", CollectPolicy())


def collect_trafilatura(count: int) -> None:
    """Bare trafilatura: body and metadata."""
    import trafilatura

    for number in range(count):
        trafilatura.bare_extraction(write_page(number), with_metadata=True)


def read_ours(count: int) -> None:
    """Our read stage in one process: sentences, mentions, times, estimates, statements, ties."""
    for number in range(count):
        read_one(number)


def read_one(number: int) -> int:
    """Reads one document; gives the number of its marks."""
    from pledgewatch.read import read_document

    return len(read_document(write_document(number, plain=True), ReadPolicy()).marks())


def read_ours_by_two(count: int) -> None:
    """Our read stage in two processes."""
    with multiprocessing.get_context("fork").Pool(2) as pool:
        list(pool.imap(read_one, range(count), 4))


def make_spacy() -> Language:
    """spaCy's blank English with its rule components: tokens, sentences, patterns for the same names and verbs."""
    import spacy

    english = spacy.blank("en")
    english.add_pipe("sentencizer")
    ruler = english.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "WHO", "pattern": name} for name in (*WHO, *DID)])  # type: ignore[attr-defined]
    return english


def read_spacy(count: int) -> None:
    """spaCy's blank English in one process."""
    for document in make_spacy().pipe(write_document(number, plain=True).text for number in range(count)):
        list(document.ents)


def read_spacy_by_two(count: int) -> None:
    """spaCy's blank English in two processes."""
    texts = (write_document(number, plain=True).text for number in range(count))
    for document in make_spacy().pipe(texts, n_process=2, batch_size=4):
        list(document.ents)


def trace_ours(count: int) -> None:
    """Our trace stage on documents of which one in ten tells another's story."""
    from pledgewatch.trace import trace_documents

    trace_documents([write_copy(number) for number in range(count)], {}, TracePolicy())


def trace_datasketch(count: int) -> None:
    """datasketch's MinHash LSH at Jaccard 0.5 on shingles of five words, 128 permutations."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    for number in range(count):
        words = write_copy(number).text.split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[start : start + 5]).encode() for start in range(len(words) - 4)])
        index.query(sketch)
        index.insert(str(number), sketch)


def add_to_archive(count: int) -> None:
    """Prints how long one more document takes in an archive of so many, in milliseconds: the median of fifty."""
    from pledgewatch.trace import TraceIndex

    index = TraceIndex([write_copy(number) for number in range(count)], {}, TracePolicy())
    took = []
    for number in range(count, count + 50):
        document = write_copy(number)
        started = time.perf_counter()
        index.add(document)
        took.append(time.perf_counter() - started)
    print(f"one document added to {count:,}: {1000 * sorted(took)[25]:.0f} ms (slowest {1000 * max(took):.0f} ms)")


def write_copy(number: int, words: int = 500) -> Document:
    """A document of so many words; every tenth one is the story before it with its first paragraph cut off."""
    if number % 10 or not number:
        return write_document(number, words)
    text = write_story(number - 1, words).partition("\n\n")[2]
    return Document(f"d_{number:06d}", f"{number}.txt", "", "text/plain", text, published="2031-05-03", language="en")


# name of the stage, ours, the peer and its name, how many documents
CONTESTS: tuple[tuple[str, Callable[[int], None], Callable[[int], None], str, int], ...] = (
    ("collect HTML, 750 words", collect_ours, collect_trafilatura, "trafilatura, bare", 100),
    ("read, 750 words, one process", read_ours, read_spacy, "spaCy blank English with rules", 60),
    ("read, 750 words, two processes", read_ours_by_two, read_spacy_by_two, "spaCy blank English with rules", 120),
    ("trace, 500 words", trace_ours, trace_datasketch, "datasketch MinHash LSH", 1_000),
    ("trace, 500 words", trace_ours, trace_datasketch, "datasketch MinHash LSH", 10_000),
)


def measure(function: Callable[[int], None], count: int) -> tuple[float, float]:
    """Documents a second and peak memory in MB of ``function(count)`` in a process of its own, started twice.

    The second, tiny run pays for imports and tables, and is taken off the first.
    """
    full, memory = _run(function.__name__, count)
    start, _ = _run(function.__name__, 1)
    return count / max(full - start, 1e-6), memory


def _run(name: str, count: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench", "--alone", name, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return seconds, memory


LARGE = 100_000


def measure_archive() -> None:
    """Tracing at a hundred thousand documents, which takes ten minutes: speed, memory, and what one more one costs."""
    for name in ("trace_ours", "trace_datasketch"):
        seconds, memory = _run(name, LARGE)
        print(f"{name}: {LARGE:,} documents of 500 words in {seconds:.0f} s, {memory:.0f} MB", flush=True)
    command = [sys.executable, "-m", "bench", "--alone", "add_to_archive", str(LARGE)]
    print(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0])


def measure_weighing() -> None:
    """Prints the figures of weighing; what it needs is loaded only here, so that it is in no other measurement."""
    from bench.weighing import print_weighing

    print_weighing()


def main() -> None:
    """Measures every contest and prints one table, then the names."""
    if sys.argv[1:2] == ["--archive"]:
        measure_archive()
        return
    if sys.argv[1:2] == ["names"]:
        measure_names()
        return
    if sys.argv[1:2] == ["weigh"]:
        measure_weighing()
        return
    if sys.argv[1:2] == ["--alone"]:
        started = time.perf_counter()
        globals()[sys.argv[2]](int(sys.argv[3]))
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1000
        print(json.dumps([time.perf_counter() - started, peak]))
        return
    table = Table("stage", "documents", "ours, documents/s", "MB", "peer", "peer, documents/s", "MB", "ours / peer")
    for stage, ours, peer, peer_name, count in CONTESTS:
        ours_speed, ours_memory = measure(ours, count)
        peer_speed, peer_memory = measure(peer, count)
        table.add_row(
            stage,
            str(count),
            f"{ours_speed:.1f}",
            f"{ours_memory:.0f}",
            peer_name,
            f"{peer_speed:.1f}",
            f"{peer_memory:.0f}",
            f"{ours_speed / peer_speed:.2f}",
        )
    Console(width=150).print(table)
    measure_names()
    measure_weighing()


if __name__ == "__main__":
    main()
