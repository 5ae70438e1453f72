"""The value of a number written in digits, in words, or in both ("3.2 million", "nine and a half", "two thirds")."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources

import yaml

DIGITS = r"\d+(?:[.,]\d+)*|\.\d+"
_TOKEN = re.compile(rf"(?:{DIGITS})(?:e[+-]?\d{{1,3}})?|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[^\W\d_]+|/|[-+−–]")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d+")


@dataclass(frozen=True)
class NumberWords:
    """The tables of ``words.yml``, folded to one dictionary a role."""

    small: dict[str, float]
    tens: dict[str, float]
    magnitudes: dict[str, float]
    short: dict[str, float]
    dozens: dict[str, float]
    denominators: dict[str, float]
    signs: dict[str, int]
    glyphs: dict[str, float]

    def joins(self, token: str) -> bool:
        """Whether a token can go on a number: a sign, a numeral, or one of the words."""
        word = token.lower()
        return not word.isalpha() or word in self._members or token in self.short or word in self.short

    @functools.cached_property
    def _members(self) -> frozenset[str]:
        tables = (self.small, self.tens, self.magnitudes, self.dozens, self.denominators, self.signs)
        return frozenset(("a", "an", "and", "of", "point", *(word for table in tables for word in table)))

    @property
    def cardinals(self) -> tuple[str, ...]:
        """Words that a number can begin with, in the table's order."""
        return (*self.small, *self.tens, *(word for word in self.magnitudes if not word.endswith("s")))


@functools.cache
def number_words() -> NumberWords:
    """The packaged word tables."""
    raw = yaml.safe_load(resources.files(__package__).joinpath("words.yml").read_text("utf-8"))
    denominators = {**raw["denominators"], **{f"{word}s": value for word, value in raw["denominators"].items()}}
    return NumberWords(
        small={**raw["ones"], **raw["teens"]},
        tens=raw["tens"],
        magnitudes=raw["magnitudes"],
        short=raw["short_magnitudes"],
        dozens=raw["dozens"],
        denominators=denominators,
        signs=raw["signs"],
        glyphs=raw["glyphs"],
    )


def parse_digits(digits: str) -> float | None:
    """The value of one numeral: ``1,200`` and ``1 200`` group thousands, ``5,00`` and ``1.111,11`` are decimal commas.

    >>> parse_digits("12,500"), parse_digits("3.5"), parse_digits("1.2.3")
    (12500.0, 3.5, None)
    """
    mantissa, _, exponent = digits.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").partition("e")
    if _PLAIN.fullmatch(mantissa):
        value = float(mantissa)
    elif _GROUPED.fullmatch(mantissa):
        value = float(mantissa.replace(",", ""))
    elif _DECIMAL_COMMA.fullmatch(mantissa):
        value = float(mantissa.replace(".", "").replace(",", "."))
    else:
        return None
    if exponent:
        value *= 10.0 ** int(exponent)
    return value if value < 1e300 else None


def parse_number(words: str) -> float | None:
    """The value of words that are one number from their first to their last word; ``None`` when they are not one.

    >>> parse_number("two thousand and five hundred"), parse_number("nine and a half"), parse_number("3.2 million")
    (2500.0, 9.5, 3200000.0)
    >>> parse_number("two sides") is None
    True
    """
    tokens = _TOKEN.findall(words.strip())
    found = read_number(tokens, 0)
    return found[0] if found and found[1] == len(tokens) else None


def read_number(tokens: list[str], start: int) -> tuple[float, int] | None:
    """Reads the longest number at ``start``: its value and the index after it, or ``None``.

    Tokens are numerals, words, signs, fraction glyphs, ``/`` and hyphens, as in the text; case matters for shortened
    magnitudes only.
    """
    tables = number_words()
    i, sign = start, 1
    if i < len(tokens) and (tokens[i].lower() in tables.signs or tokens[i] in "-−+"):
        sign = -1 if tokens[i] != "+" else 1
        i += 1
    found = _read_mixed(tokens, i)
    return (sign * found[0], found[1]) if found else None


def _word(tokens: list[str], i: int) -> str:
    return tokens[i].lower() if i < len(tokens) else ""


def _skip_hyphen(tokens: list[str], i: int) -> int:
    return i + 1 if _word(tokens, i) in ("-", "–") else i


def _read_hundreds(tokens: list[str], i: int) -> tuple[float, int] | None:
    """A number under 1,000 in words, or a numeral."""
    tables = number_words()
    word = _word(tokens, i)
    if word[:1].isdigit() or word[:1] == ".":
        value = parse_digits(word)
        return None if value is None else (value, i + 1)
    if word in ("a", "an"):
        follower = _word(tokens, i + 1)
        return (1, i + 1) if follower in tables.magnitudes or follower in tables.dozens else None
    found = _read_tens(tokens, i)
    if not found:
        return (1, i) if word in tables.magnitudes and not word.endswith("s") else None
    after = _skip_hyphen(tokens, found[1])
    if _word(tokens, after) != "hundred":
        return found
    value, end = found[0] * 100, after + 1
    joined = _word(tokens, end) == "and"
    if joined and _read_fraction(tokens, end + 1):
        return value, end
    rest = _read_tens(tokens, end + 1 if joined else _skip_hyphen(tokens, end))
    if rest and rest[0] < 100 and _word(tokens, rest[1]) not in tables.magnitudes:
        return value + rest[0], rest[1]
    if rest and _word(tokens, rest[1]) in tables.magnitudes and _word(tokens, rest[1]) != "hundred":
        return value + rest[0], rest[1]
    return value, end


def _read_tens(tokens: list[str], i: int) -> tuple[float, int] | None:
    tables = number_words()
    word = _word(tokens, i)
    if word in tables.small:
        return tables.small[word], i + 1
    if word in tables.tens:
        after = _skip_hyphen(tokens, i + 1)
        unit = tables.small.get(_word(tokens, after), 0)
        return (tables.tens[word] + unit, after + 1) if 0 < unit < 10 else (tables.tens[word], i + 1)
    return None


def _read_whole(tokens: list[str], i: int) -> tuple[float, int, float] | None:
    """Groups and their magnitudes in falling order; also gives the last magnitude, for "one million and a half"."""
    tables = number_words()
    total, limit, last, end = 0.0, float("inf"), 1.0, i
    while True:
        at = end
        if total:
            at = _skip_hyphen(tokens, end)
            at = at + 1 if _word(tokens, at) == "and" else at
            if _word(tokens, end) == "and" and _read_fraction(tokens, at):
                break
        found = _read_hundreds(tokens, at)
        if not found:
            break
        value, after = found
        factor = 1.0
        while True:
            step = _skip_hyphen(tokens, after)
            magnitude = tables.magnitudes.get(_word(tokens, step)) or tables.dozens.get(_word(tokens, step))
            if not magnitude and _word(tokens, after - 1)[-1:].isdigit() and after < len(tokens):
                magnitude, step = tables.short.get(tokens[after]) or tables.short.get(_word(tokens, after), 0), after
            if not magnitude or factor * magnitude > 1e30:
                break
            factor, after = factor * magnitude, step + 1
        numeral_pair = total and factor == 1.0 and limit == 1.0
        if total and (value * factor >= limit or numeral_pair):
            break
        total, limit, last, end = total + value * factor, factor, factor, after
        if factor == 1.0:
            break
    return (total, end, last) if end > i else None


def _read_fraction(tokens: list[str], i: int) -> tuple[float, int] | None:
    """ "a half", "three quarters", "one-fifth", ½."""
    tables = number_words()
    word = _word(tokens, i)
    if word in tables.glyphs:
        return tables.glyphs[word], i + 1
    if word in ("half", "quarter"):
        return (0.5 if word == "half" else 0.25), i + 1
    count: tuple[float, int] | None = (1, i + 1) if word in ("a", "an") else _read_tens(tokens, i)
    if not count:
        return None
    after = _skip_hyphen(tokens, count[1])
    denominator = _word(tokens, after)
    if denominator in tables.denominators and not (count[0] != 1 and not denominator.endswith("s")):
        return count[0] / tables.denominators[denominator], after + 1
    return None


def _read_mixed(tokens: list[str], i: int) -> tuple[float, int] | None:
    """A whole number, a fraction, or a whole number and a fraction, with what multiplies them."""
    tables = number_words()
    fraction = _read_fraction(tokens, i)
    if fraction:
        return _multiply_fraction(tokens, *fraction)
    whole = _read_whole(tokens, i)
    if not whole:
        return None
    value, end, last = whole
    if _word(tokens, end) == "point":
        decimals, after = "", end + 1
        while (word := _word(tokens, after)) in tables.small and tables.small[word] < 20:
            decimals, after = decimals + str(int(tables.small[word])), after + 1
        if not decimals and (tens := _read_tens(tokens, after)):
            decimals, after = str(int(tens[0])), tens[1]
        if decimals:
            value, end = value + float(f"0.{decimals}"), after
            magnitude = tables.magnitudes.get(_word(tokens, end))
            return (value * magnitude, end + 1) if magnitude else (value, end)
    if _word(tokens, end) == "/" and value == int(value):
        divisor = parse_digits(_word(tokens, end + 1)) if _word(tokens, end + 1)[:1].isdigit() else None
        return (value / divisor, end + 2) if divisor else (value, end)
    joined = end + 1 if _word(tokens, end) == "and" else end
    part = _read_fraction(tokens, joined)
    if part and (joined > end or _word(tokens, end) in tables.glyphs):
        # "one million and a half" halves the million; "five and a half million" multiplies both.
        scaled, after = part[0] * (last if last >= 1e5 else 1.0), part[1]
        magnitude = tables.magnitudes.get(_word(tokens, after))
        if magnitude and last == 1.0:
            return (value + part[0]) * magnitude, after + 1
        if magnitude and last > magnitude:
            return value + part[0] * magnitude, after + 1
        return value + scaled, after
    if _word(tokens, end)[:1].isdigit() and _word(tokens, end + 1) == "/":
        # "10 1/2"
        part = _read_mixed(tokens, end)
        if part and part[0] < 1:
            return value + part[0], part[1]
    return value, end


def _multiply_fraction(tokens: list[str], value: float, end: int) -> tuple[float, int]:
    """ "half a million", "quarter million", "two thirds of a million"."""
    tables = number_words()
    at = end + 1 if _word(tokens, end) == "of" else end
    at = at + 1 if _word(tokens, at) in ("a", "an", "one") else at
    factor = tables.magnitudes.get(_word(tokens, at)) or tables.dozens.get(_word(tokens, at))
    return (value * factor, at + 1) if factor else (value, end)
