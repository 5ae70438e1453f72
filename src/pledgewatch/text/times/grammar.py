"""Compiles grammar.yml: patterns over word classes, matched on class strings with regular expressions."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources

import yaml

from pledgewatch.text.times.tokens import OTHER, Tokens, word_classes

LONGEST = 24
"""Most tokens that one time expression has. It bounds the work at each token."""

_SLOT = re.compile(r"(?<!\?P)<(?:(?P<name>[a-z_0-9]+):)?(?P<any>[a-z_0-9|]+)>")
_MACRO = re.compile(r"\{(?:(?P<name>[a-z_0-9]+):)?(?P<macro>[a-z_]+)\}")
# Something in a stretch of classed tokens that can make it a time expression at all.
_TRIGGERS = (
    "iso",
    "numdate",
    "clock",
    "yearno",
    "ordno",
    "decade",
    "shortyear",
    "bc",
    "ad",
    "month",
    "weekday",
    "weekdays",
    "season",
    "fall",
    "unit",
    "units",
    "units_of",
    "daypart",
    "ampm",
    "today",
    "tonight",
    "present",
    "present_noun",
    "modern",
    "past_ref",
    "future_noun",
    "vague",
    "adverbial",
    "holiday",
    "season_word",
    "last",
    "dayno",
    "date_word",
    "qtr",
    "quarter",
    "quarters",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the grammar.

    Attributes:
        pattern: over class strings.
        groups: name of a slot to its group names in the pattern (a name may stand in several alternatives).
    """

    build: str
    needs: str | None
    pattern: re.Pattern[str]
    groups: dict[str, tuple[str, ...]]


@dataclass(slots=True)
class Hit:
    """A rule's match: the half-open range of tokens, and the token ranges of its named slots."""

    tokens: Tokens
    rule: Rule
    first: int
    last: int
    slots: dict[str, tuple[int, int]]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.tokens.ends[self.last - 1]

    def words(self, name: str) -> str | None:
        """The text of a slot, or ``None`` when it is empty."""
        if name not in self.slots:
            return None
        first, last = self.slots[name]
        return self.tokens.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]

    def words_all(self) -> str:
        """The text of the match."""
        return self.tokens.text[self.start : self.end]

    def payload(self, name: str) -> str | int | None:
        """The payload of a slot's word in the table, or ``None``."""
        word = self.words(name)
        found = word_classes().words.get(word.lower().replace("’", "'").rstrip(".") if word else "")
        return found[1] if found else None

    def has(self, *classes: str) -> bool:
        """Whether the match holds a token of one of these classes."""
        letters = word_classes().letters
        inside = self.tokens.classes[self.first : self.last]
        return any(letters[name] in inside for name in classes)

    def neighbour(self, steps: int) -> str:
        """The word so many tokens before (negative) or after the match, lower case; empty at the text's border."""
        index = self.first + steps if steps < 0 else self.last - 1 + steps
        return self.tokens.word(index).lower() if 0 <= index < len(self.tokens.starts) else ""


@functools.cache
def grammar() -> tuple[Rule, ...]:
    """The packaged rules, in their order."""
    raw = yaml.safe_load(resources.files(__package__).joinpath("grammar.yml").read_text("utf-8"))
    rules = []
    for entry in raw["rules"]:
        groups: dict[str, list[str]] = {}
        pattern = re.compile(_compile(entry["match"], raw["macros"], groups))
        rules.append(
            Rule(entry["build"], entry.get("needs"), pattern, {name: tuple(ids) for name, ids in groups.items()})
        )
    return tuple(rules)


def _compile(pattern: str, macros: dict[str, str], groups: dict[str, list[str]]) -> str:
    letters = word_classes().letters

    def open_group(name: str | None) -> str:
        if name is None:
            return "(?:"
        ids = groups.setdefault(name, [])
        ids.append(f"{name}__{len(ids)}")
        return f"(?P<{ids[-1]}>"

    def macro(match: re.Match[str]) -> str:
        return open_group(match["name"]) + macros[match["macro"]] + ")"

    def slot(match: re.Match[str]) -> str:
        chars = "".join(letters[name] for name in match["any"].split("|"))
        return open_group(match["name"]) + f"[{chars}])" if match["name"] else f"[{chars}]"

    return _SLOT.sub(slot, _MACRO.sub(macro, pattern))


@functools.cache
def _stretches() -> tuple[re.Pattern[str], re.Pattern[str]]:
    letters = word_classes().letters
    triggers = "".join(letters[name] for name in _TRIGGERS)
    return re.compile(rf"[^{re.escape(OTHER)}]+"), re.compile(f"[{triggers}]")


@functools.cache
def _starters() -> dict[str, tuple[Rule, ...]]:
    """The rules that can begin with each class letter, in their order."""
    letters = word_classes().letters
    return {letter: tuple(rule for rule in grammar() if _can_begin(rule, letter)) for letter in letters.values()}


def _can_begin(rule: Rule, letter: str) -> bool:
    # The parsed pattern would tell exactly; that the letter occurs at all is enough to skip most rules.
    return letter in rule.pattern.pattern


def find_hits(tokens: Tokens, accept: Callable[[Hit], bool]) -> Iterator[Hit]:
    """The matches from left to right without overlap: the longest accepted one at each token, then the earlier rule."""
    stretch, trigger = _stretches()
    starters = _starters()
    for found in stretch.finditer(tokens.classes):
        at, end = found.span()
        if not trigger.search(tokens.classes, at, end):
            continue
        while at < end:
            candidates = []
            for order, rule in enumerate(starters[tokens.classes[at]]):
                match = rule.pattern.match(tokens.classes, at, min(len(tokens.classes), at + LONGEST))
                if match and match.end() > at:
                    candidates.append((-match.end(), order, rule, match))
            candidates.sort(key=lambda candidate: candidate[:2])
            for _, _, rule, match in candidates:
                hit = Hit(tokens, rule, at, match.end(), _slots(rule, match))
                if accept(hit):
                    yield hit
                    at = match.end()
                    break
            else:
                at += 1


def _slots(rule: Rule, match: re.Match[str]) -> dict[str, tuple[int, int]]:
    slots = {}
    for name, ids in rule.groups.items():
        for group in ids:
            if match.start(group) >= 0:
                slots[name] = match.span(group)
                break
    return slots
