"""Two names laid side by side, word to word, and what agrees and disagrees in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA, JaroWinkler

from pledgewatch.resolve.matching.score import FEATURES, score_features
from pledgewatch.resolve.matching.tables import matching_words
from pledgewatch.resolve.matching.tokens import Name, Token, sound_of, weight_on

PAIR_AT = 0.55
"""Two words less alike than this are not laid side by side."""

_COMMON_END = re.compile(r"(?:[aeiou]?l?lah|[aeiou]d?d[aei]+n)$")
_VOWELS = (
    ("oo", "u"), ("ou", "u"), ("ow", "u"), ("uw", "u"), ("ee", "i"), ("ie", "i"), ("ey", "i"), ("ei", "i"),
    ("ay", "ai"), ("y", "i"), ("o", "u"), ("e", "i"), ("q", "k"), ("ck", "k"), ("wu", "u"), ("sch", "sh"),
    ("dj", "j"), ("ph", "f"),
)  # fmt: skip

JOIN_AT = 0.85
"""Two words written as one are as alike as this to the one."""

_ADJACENT = 3
"""At most so many words of one name may be written as one in the other."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two names compare.

    Attributes:
        probability: 0..1 that both name the same one, calibrated on pairs of which one in four is a match.
        features: by name, what the probability is made of (:data:`~pledgewatch.resolve.matching.score.FEATURES`).
        agreed, disagreed: words side by side, and words that have no counterpart.
        could_not_compare: what one of the two does not say.
    """

    probability: float
    features: dict[str, float]
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    could_not_compare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Words of one name that stand for words of the other: half-open places among the tokens, and how alike."""

    ours: tuple[int, int]
    theirs: tuple[int, int]
    alike: float
    same_sound: bool
    short: bool = False


@lru_cache(maxsize=400_000)
def compare_words(one: Token, other: Token) -> tuple[float, bool]:
    """How alike two words are, 0..1, and whether they sound the same.

    >>> from pledgewatch.resolve.matching.tokens import prepare_name
    >>> one, other = (prepare_name(name).tokens[0] for name in ("Noorullah", "Nurullah"))
    >>> compare_words(one, other)[0] > 0.8
    True
    """
    if one.key == other.key:
        return 1.0, True
    if one.kind == "number" or other.kind == "number":
        return 0.0, False
    sound = bool(one.sound) and any(a == b for a in one.sounds for b in other.sounds if a)
    if not (one.vowels and other.vowels):
        if sound:
            # Two letters alone say little: "mr" is Omar, Amir and Mary.
            return (0.93 if len(one.sound) >= 3 else 0.85), True
        best = max(OSA.normalized_similarity(a, b) for a in one.sounds for b in other.sounds)
        return max(0.0, best * 0.9 - 0.05), False
    return compare_spelling(one.text, other.text, one.sounds, other.sounds)


def compare_spelling(a: str, b: str, a_sounds: tuple[str, ...], b_sounds: tuple[str, ...]) -> tuple[float, bool]:
    """How alike two Latin words are, and whether they sound the same; what many names end in counts little."""
    one, other = _stem(a), _stem(b)
    if one and other:
        # "Atiqullah" and "Matiullah" share the half that everybody bears.
        alike, sound = _compare_letters(one, other, sound_of(one) == sound_of(other) != "")
        return 0.2 + 0.8 * alike if alike > 0.5 else 0.6 * alike + 0.2, sound
    return _compare_letters(a, b, bool(a_sounds[0]) and bool(set(a_sounds) & set(b_sounds)))


def _stem(word: str) -> str:
    ends = _COMMON_END.search(word)
    return word[: ends.start()] if ends and ends.start() >= 2 else ""


def _compare_letters(a: str, b: str, sound: bool) -> tuple[float, bool]:
    raw = OSA.normalized_similarity(a, b)
    winkler = JaroWinkler.similarity(a, b, prefix_weight=0.08)
    alike = 0.6 * raw + 0.4 * winkler
    if spell_vowels(a) == spell_vowels(b):
        return max(alike, 0.93), True
    if sound:
        # Spelled with other vowels only: short words are soon alike, and the first letter counts more than the rest.
        floor = 0.86 if len(sound_of(a)) >= 3 else 0.74
        return max(alike, floor if a[0] == b[0] or _vowel(a[0]) == _vowel(b[0]) else floor - 0.06), True
    return alike, False


@lru_cache(maxsize=200_000)
def spell_vowels(word: str) -> str:
    """A Latin word with each vowel in one spelling and no letter doubled: "roodi" and "rudi" are one.

    >>> spell_vowels("roodi"), spell_vowels("rudi"), spell_vowels("omar"), spell_vowels("umar")
    ('rudi', 'rudi', 'umar', 'umar')
    """
    for old, new in _VOWELS:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def _vowel(letter: str) -> bool:
    return letter in "aeiouyw"


@lru_cache(maxsize=100_000)
def _join_tokens(tokens: tuple[Token, ...]) -> Token:
    text = "".join(token.text for token in tokens)
    sounds = tuple(dict.fromkeys((sound_of(text), "".join(token.sound for token in tokens))))
    weight = min(1.0, sum(token.weight for token in tokens if token.kind != "particle") or 0.2)
    return Token(text, text, sounds[0], sounds, "word", weight, all(token.vowels for token in tokens))


def align_words(ours: Name, theirs: Name) -> tuple[_Pair, ...]:
    """The best pairs of words, one to one, the likeliest first; two or three words may stand for one."""
    mine, other = ours.tokens, theirs.tokens
    found: list[_Pair] = []
    for i, a in enumerate(mine):
        for j, b in enumerate(other):
            if a.kind == "initial" or b.kind == "initial":
                if a.text[:1] == b.text[:1] and a.kind != "particle" and b.kind != "particle":
                    found.append(_Pair((i, i + 1), (j, j + 1), 0.75 if a.kind != b.kind else 1.0, False))
                continue
            alike, sound = compare_words(a, b)
            if alike >= PAIR_AT:
                found.append(_Pair((i, i + 1), (j, j + 1), alike, sound))
            elif _short_of(a, b):
                found.append(_Pair((i, i + 1), (j, j + 1), 0.8, False, short=True))
    for width in range(2, _ADJACENT + 1):
        found += _joins(mine, other, width)
        found += [_Pair(pair.theirs, pair.ours, pair.alike, pair.same_sound) for pair in _joins(other, mine, width)]
    # Where two words would do, the pair in like places comes first.
    found.sort(
        key=lambda pair: (
            -pair.alike * (pair.ours[1] - pair.ours[0] + pair.theirs[1] - pair.theirs[0]),
            abs(pair.ours[0] / max(1, len(mine)) - pair.theirs[0] / max(1, len(other))),
            pair.ours,
            pair.theirs,
        )
    )
    taken_ours: set[int] = set()
    taken_theirs: set[int] = set()
    chosen = []
    for pair in found:
        a_places, b_places = range(*pair.ours), range(*pair.theirs)
        if taken_ours.isdisjoint(a_places) and taken_theirs.isdisjoint(b_places):
            taken_ours.update(a_places)
            taken_theirs.update(b_places)
            chosen.append(pair)
    return tuple(sorted(chosen, key=lambda pair: pair.ours))


def _joins(many: tuple[Token, ...], single: tuple[Token, ...], width: int) -> list[_Pair]:
    """Places where ``width`` words of one name are one word of the other, and not just one of them with a rest."""
    found = []
    for i in range(len(many) - width + 1):
        parts = many[i : i + width]
        if any(part.kind in ("number", "initial") for part in parts):
            continue
        length = sum(len(part.text) for part in parts)
        for j, b in enumerate(single):
            if len(b.text) < 5 or abs(length - len(b.text)) > 3 or b.kind != "word":
                continue
            alike, sound = compare_words(_join_tokens(parts), b)
            if alike >= JOIN_AT and alike > 0.05 + max(compare_words(part, b)[0] for part in parts):
                found.append(_Pair((i, i + width), (j, j + 1), alike, sound))
    return found


def _short_of(a: Token, b: Token) -> bool:
    sets = matching_words().short_forms
    return bool(sets.get(a.key, frozenset()) & sets.get(b.key, frozenset()))


def compare_names(
    ours: Name, theirs: Name, kind: str = "person", weights: dict[str, float] | None = None
) -> Comparison:
    """How two names compare, with the probability that they name one.

    Args:
        kind: ``person`` or ``group``; each has its own scorer, and names of two scripts have theirs.
        weights: by word, 0..1, what a list knows of how many bear it; the lower of it and the word's own counts.

    >>> from pledgewatch.resolve.matching.tokens import prepare_name
    >>> same = compare_names(prepare_name("NURISTANI, Abdul Aziz"), prepare_name("Abdul Aziz Nooristani"))
    >>> same.probability > 0.8
    True
    """
    pairs = align_words(ours, theirs)
    features = _features(ours, theirs, pairs, weights or {})
    crossed = ours.script != theirs.script and "Arab" in (ours.script, theirs.script)
    probability = score_features(features, "crossed" if crossed else kind)
    return _explain(ours, theirs, pairs, features, probability)


def _features(ours: Name, theirs: Name, pairs: tuple[_Pair, ...], weights: dict[str, float]) -> dict[str, float]:
    mine = [weight_on(token, weights) for token in ours.tokens]
    other = [weight_on(token, weights) for token in theirs.tokens]
    left_ours, left_theirs = dict(enumerate(mine)), dict(enumerate(other))
    got_ours = got_theirs = sounds = exact = 0.0
    heaviest_match = 0.0
    worst = 1.0
    slips = 0.0
    for pair in pairs:
        a = sum(left_ours.pop(i) for i in range(*pair.ours))
        b = sum(left_theirs.pop(j) for j in range(*pair.theirs))
        got_ours += a * pair.alike
        got_theirs += b * pair.alike
        weight = max(a, b)
        sounds += weight if pair.same_sound else 0.0
        exact += weight if pair.alike == 1.0 else 0.0
        heaviest_match = max(heaviest_match, weight * pair.alike)
        if weight >= 0.3:
            worst = min(worst, pair.alike)
            slips += weight * (1.0 - pair.alike)
    total_ours, total_theirs = sum(mine), sum(other)
    matched = sum(
        max(sum(mine[i] for i in range(*pair.ours)), sum(other[j] for j in range(*pair.theirs))) for pair in pairs
    )
    extra_ours = max(left_ours.values(), default=0.0)
    extra_theirs = max(left_theirs.values(), default=0.0)
    order = [pair.theirs[0] for pair in pairs]
    swaps = sum(1 for a, b in pairwise(order) if b < a)
    last_ours, last_theirs = len(mine) - 1, len(other) - 1
    is_last = any(pair.ours[1] - 1 == last_ours and pair.theirs[1] - 1 == last_theirs for pair in pairs)
    is_first = any(pair.ours[0] == 0 and pair.theirs[0] == 0 for pair in pairs)
    both_legal = bool(ours.legal and theirs.legal)
    values = {
        "covered_ours": got_ours / total_ours if total_ours else 0.0,
        "covered_theirs": got_theirs / total_theirs if total_theirs else 0.0,
        "covered_both": (got_ours + got_theirs) / max(1e-9, total_ours + total_theirs),
        "extra_ours": extra_ours,
        "extra_theirs": extra_theirs,
        "conflict": min(extra_ours, extra_theirs),
        "conflicts": min(sum(left_ours.values()), sum(left_theirs.values())),
        "slips": slips,
        "worst": 1.0 - worst,
        "heaviest": heaviest_match,
        "matched": min(3.0, matched),
        "sounds": sounds / max(1e-9, matched) if pairs else 0.0,
        "exact": exact / max(1e-9, matched) if pairs else 0.0,
        "swaps": min(2.0, float(swaps)),
        "last": float(is_last),
        "first": float(is_first),
        "joined": OSA.normalized_similarity(ours.joined, theirs.joined),
        "one_word": float(min(len(ours.words), len(theirs.words)) == 1),
        "longer": min(3.0, abs(len(ours.words) - len(theirs.words))),
        "numbers": float(_numbers(ours) != _numbers(theirs)),
        "legal": float(both_legal and not ours.legal & theirs.legal),
        "same": float(ours.joined == theirs.joined),
        "short_form": float(any(pair.short for pair in pairs)),
    }
    assert tuple(values) == FEATURES, "the features and their names stand in one order"
    return values


def _numbers(name: Name) -> frozenset[str]:
    return frozenset(token.key for token in name.tokens if token.kind == "number")


def _explain(
    ours: Name, theirs: Name, pairs: tuple[_Pair, ...], features: dict[str, float], probability: float
) -> Comparison:
    agreed, slips = [], []
    free_ours, free_theirs = set(range(len(ours.tokens))), set(range(len(theirs.tokens)))
    for pair in pairs:
        free_ours -= set(range(*pair.ours))
        free_theirs -= set(range(*pair.theirs))
        a = " ".join(ours.tokens[i].text for i in range(*pair.ours))
        b = " ".join(theirs.tokens[j].text for j in range(*pair.theirs))
        if a == b:
            agreed.append(a)
        elif pair.alike >= 0.8:
            agreed.append(f"{a} = {b} ({'sounds alike' if pair.same_sound else f'{pair.alike:.2f}'})")
        else:
            slips.append(f"{a} / {b} ({pair.alike:.2f})")
    only_ours = [ours.tokens[i].text for i in sorted(free_ours) if ours.tokens[i].kind != "particle"]
    only_theirs = [theirs.tokens[j].text for j in sorted(free_theirs) if theirs.tokens[j].kind != "particle"]
    missing: list[str] = []
    if only_ours and only_theirs:
        slips += [f"{' '.join(only_ours)} / {' '.join(only_theirs)}"]
    elif only_theirs:
        missing.append(f"{' '.join(only_theirs)}: not in the name given")
    elif only_ours:
        missing.append(f"{' '.join(only_ours)}: not in the listed name")
    if features["legal"]:
        slips.append("forms of company")
    return Comparison(probability, features, tuple(agreed), tuple(slips), tuple(missing))
