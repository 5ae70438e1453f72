"""Invented reporting with labels known by construction: what the rules of the first reader knew, to learn from.

Sentences are written in a small markup: ``[s …]`` source, ``[c …]`` cue, ``[t …]`` content, with a number where a
sentence holds more than one attribution (``[s2 …]``); ``<g …>`` a mention of a kind (p person, g organisation, l place,
n nationality, w weapon, d document); ``{…}`` a part that is drawn and may hold all of these.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from evals.attribution import Attribution
from pledgewatch.read.readers.encoder.labels import HEDGES, STANCES
from training.data import Example, allowed, label_attributions, mark_mention

_KINDS = {"p": "person", "g": "organisation", "l": "place", "n": "nationality", "w": "weapon", "d": "document"}

_TABLES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))


_CHOICES = {
    "fact": "facts", "act": "acts", "doing": "doings", "bit": "bits", "said": "said", "said_part": "said_part",
    "month": "months", "day": "days", "country": "countries", "people": "peoples", "domain": "domains",
}  # fmt: skip
"""Parts that are one row of a table, by the table."""
_ARTICLE = re.compile(
    r"(?:\b(?:[Tt]he|[A-Z][a-z]+ Minister|President|General|Colonel|Ambassador|Senator|Judge|Sheikh|Governor|Commander"
    r"|Secretary|Dr|Mr|Ms) )$"
)


class Writer:
    """Draws the parts of sentences; remembers the person last named, so that pronouns have somebody behind them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.names = [self._invent() for _ in range(6)]
        self.people = [f"{chance.choice(_TABLES['given'])} {self._invent()}" for _ in range(4)]
        self.groups = [self._group() for _ in range(4)]

    def _invent(self) -> str:
        word = "".join(
            self.chance.choice(_TABLES["onsets"])
            + self.chance.choice(_TABLES["vowels"])
            + self.chance.choice(_TABLES["codas"])
            for _ in range(self.chance.choice((1, 2, 2, 2, 3)))
        )
        return "-".join(part.capitalize() for part in word.split("-")) if len(word) > 2 else "Sar" + word

    def _group(self) -> str:
        name = f"{self.chance.choice(self.names)} {self.chance.choice(_TABLES['group_heads'])}"
        return self.chance.choice(
            (name, name, f"{self.chance.choice(_TABLES['peoples'])} {name}", self.chance.choice(self.names))
        )

    def fill(self, pattern: str) -> str:
        """The pattern with every part drawn, parts of parts too."""
        while (match := re.search(r"\{(\w+)\}", pattern)) is not None:
            name = match.group(1)
            words = self._part(name.lower() if name != "N" else "N")
            if name[0].isupper() and name != "N":
                words = _capital(words)
            pattern = pattern[: match.start()] + words + pattern[match.end() :]
        return pattern

    def _part(self, name: str) -> str:
        draw = self.chance.choice
        if name == "org":
            luck = self.chance.random()
            if luck < 0.45:
                return f"the <g {draw(self.groups)}>" if self.chance.random() < 0.85 else f"<g {draw(self.groups)}>"
            if luck < 0.85:
                words = draw(_TABLES["bodies"])
                # The article is no part of the name.
                return f"the <g {words[4:]}>" if words.startswith("the ") else f"<g {words}>"
            return draw(("militants", "the militants", "the rebels", "the group"))
        if name == "paper":
            words = draw(_TABLES["papers"])
            return f"the <g {words[4:]}>" if words.startswith("the ") else f"<g {words}>"
        if name == "place":
            return (
                f"<l {draw(self.names)}>"
                if self.chance.random() < 0.7
                else f"<l {draw(self.names)} {draw(('province', 'district', 'valley'))}>"
            )
        if name == "person":
            return f"<p {draw(self.people)}>"
        if name == "surname":
            return f"<p {draw(self.people).split()[-1]}>"
        if name == "n":
            return draw(_TABLES["peoples"])
        if name == "who":
            luck = self.chance.random()
            if luck < 0.3:
                return "{person}"
            if luck < 0.4:
                return draw(_TABLES["titles"]) + " {person}"
            if luck < 0.5:
                return "{surname}"
            if luck < 0.6:
                return "{person}, {role},"[: -1 if self.chance.random() < 0.5 else None].rstrip(",")
            return "{org}" if luck < 0.72 else "{role}"
        if name == "role":
            words = draw(_TABLES["roles"])
            return words.replace("{n}", "<n {n}>")
        if name == "whose":
            return draw(("its", "his", "her", "their"))
        return self._word(name)

    def _word(self, name: str) -> str:
        draw = self.chance.choice
        if name in _CHOICES:
            return draw(_TABLES[_CHOICES[name]])
        if name == "N":
            return draw(self.names)
        if name == "pronoun":
            return draw(("he", "she"))
        if name == "they":
            return draw(("they", "they", "officials"))
        low = self.chance.randint(2, 90) * 10
        return str(low if name == "few" else low + self.chance.randint(1, 60) * 10)


def _capital(words: str) -> str:
    place = next(
        (index for index, character in enumerate(words) if character.isalpha() and words[index - 1 : index] != "<"),
        0,
    )
    if words.startswith("<"):
        return words
    if words.startswith("{"):
        return "{" + words[1:2].upper() + words[2:] if words[1:2] != "N" else words
    return words[:place] + words[place].upper() + words[place + 1 :]


_MARK = re.compile(r"\[([sct])(\d?) |<([pglnwd]) |\]|>")


def parse(marked: str) -> tuple[str, dict[str, dict[str, list[tuple[int, int]]]], list[tuple[int, int, str]]]:
    """The text of a marked sentence, its attributions' places by number and role, and its mentions.

    >>> parse("[s The <g Front>] [c left].")
    ('The Front left.', {'': {'s': [(0, 9)], 'c': [(10, 14)]}}, [(4, 9, 'organisation')])
    """
    text, place = "", 0
    opened: list[tuple[str, str, int]] = []
    roles: dict[str, dict[str, list[tuple[int, int]]]] = {}
    mentions: list[tuple[int, int, str]] = []
    for match in _MARK.finditer(marked):
        text += marked[place : match.start()]
        place = match.end()
        if match.group(1):
            opened.append((match.group(1), match.group(2), len(text)))
        elif match.group(3):
            opened.append(("<" + match.group(3), "", len(text)))
        else:
            kind, number, start = opened.pop()
            if kind.startswith("<"):
                mentions.append((start, len(text), _KINDS[kind[1]]))
            else:
                roles.setdefault(number, {}).setdefault(kind, []).append((start, len(text)))
    return text + marked[place:], roles, mentions


def write_stories(chance: random.Random, count: int) -> Iterator[Example]:
    """So many invented stories with attributions, stances, hedges and mentions; a tenth are bare clauses."""
    for number in range(count):
        writer = Writer(chance)
        text = ""
        attributions: list[tuple[Attribution, str, str]] = []
        mentions: list[tuple[int, int, str]] = []
        bare = number % 10 == 0
        for index in range(chance.randint(1, 2) if bare else chance.randint(4, 14)):
            if chance.random() < 0.25:
                pattern, stance, hedge = chance.choice(_TABLES["narration"]), "", ""
            else:
                pattern, stance, hedge = chance.choice(_TABLES["patterns"])
            words, roles, named = parse(writer.fill(pattern))
            if bare and roles:
                # A content that is read by itself begins small, often with "that", and has no stop.
                front = chance.choice(("", "that "))
                small = words[0].lower() + words[1:] if not any(start == 0 for start, _, _ in named) else words
                words, shift = front + small.rstrip("."), len(front)
            else:
                shift = 0
            if index:
                text += "\n\n" if bare else chance.choice(("\n\n", " ", " ", "\n\n"))
            offset = len(text) + shift
            text += words
            end = len(text)
            mentions.extend((start + offset, stop + offset, kind) for start, stop, kind in named)
            first = roles.get("", {})
            for key, found in sorted(roles.items()):
                source = found.get("s", first.get("s", []) if key else [])

                def move(
                    places: list[tuple[int, int]], offset: int = offset, end: int = end
                ) -> tuple[tuple[int, int], ...]:
                    return tuple((start + offset, min(stop + offset, end)) for start, stop in places)

                attributions.append(
                    (
                        Attribution(move(source), move(found["c"]), move(found["t"])),
                        "asserts" if key else stance,
                        "none" if key else hedge,
                    )
                )
        example = label_attributions(text, [attribution for attribution, _, _ in attributions])
        for attribution, stance, hedge in attributions:
            low, high = example.pieces(*attribution.cue[0])
            example.arrays["stance"][low:high] = STANCES.index(stance)  # type: ignore[arg-type]
            example.arrays["hedge"][low:high] = HEDGES.index(hedge)  # type: ignore[arg-type]
        example.arrays["mention"][:] = allowed(
            "O", "B-a person", "I-a person", "B-an organisation", "I-an organisation", "B-a place", "I-a place"
        )
        for start, stop, kind in mentions:
            mark_mention(example, start, stop, kind)
            _leave_article_open(example, start, kind)
        yield example


def _leave_article_open(example: Example, start: int, kind: str) -> None:
    """Whether an article or a title before a name is part of it is left to the corpora, which differ."""
    low = example.pieces(start, start + 1)[0]
    before = _ARTICLE.search(example.text[max(0, start - 24) : start])
    if before is None or low == 0:
        return
    first = example.pieces(start - len(before.group()), start)[0]
    mask = example.arrays["mention"]
    if not mask[first:low].all() or any(
        mask[place] in (allowed(f"B-{other}"), allowed(f"I-{other}"))
        for place in range(first, low)
        for other in _KINDS.values()
    ):
        return
    mask[first] = allowed("O", f"B-{kind}")
    mask[first + 1 : low] = allowed("O", f"I-{kind}")
    mask[low] = allowed(f"B-{kind}", f"I-{kind}")
