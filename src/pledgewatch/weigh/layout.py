"""Everything about a ballot that stays the same while reliability is learnt from it."""

from __future__ import annotations

import itertools

import numpy as np

from pledgewatch.weigh.ballot import Ballot, Bools, Floats, Ints, add_up

OPEN_SHARE = 0.3
"""Values are an open set (figures, names) when at least this share of all facts has a value of its own."""

NEAR = (0.003, 0.03, 0.3)
"""Borders of relative difference between two numbers: nearly equal, near, same magnitude, far."""

MOST_CANDIDATES = 32
"""Where more values than these are claimed of one item, the best supported (then the middlemost) may be true."""


class Running:
    """Sums over what comes earlier (by rank) within the same group."""

    def __init__(self, rank: Ints, group: Ints) -> None:
        self.order: Ints = np.lexsort((rank, group))
        sorted_group = group[self.order]
        first = np.r_[True, sorted_group[1:] != sorted_group[:-1]][: len(group)]
        self._start = np.maximum.accumulate(np.where(first, np.arange(len(group)), 0)) if len(group) else group

    def before(self, amount: Floats) -> Floats:
        """The sum of the amounts before each, without its own."""
        total = np.cumsum(amount[self.order]) - amount[self.order]
        result = np.empty(len(amount))
        result[self.order] = total - total[self._start]
        return result


class Layout:
    """What does not change while learning: who could have heard whom, and what is near what."""

    def __init__(self, ballot: Ballot, circles: Ints, echoes: Bools) -> None:
        self.ballot, self.circles = ballot, circles
        self.claims = np.bincount(ballot.source, minlength=ballot.voices).astype(np.float64)
        self.in_circle: Bools = np.bincount(circles, minlength=ballot.voices)[circles] > 1
        self.echoes: Bools = echoes & ~self.in_circle
        rank = np.empty(ballot.voices, dtype=np.int64)
        order = np.lexsort((np.arange(ballot.voices), np.where(self.echoes, 1, -1) * self.claims, self.echoes))
        rank[order] = np.arange(ballot.voices)
        self.rank: Ints = rank[ballot.source]
        self._choose_candidates()
        self.by_item = Running(self.rank, ballot.item)
        self.by_fact = Running(self.rank, ballot.fact)
        self.candidates = add_up(ballot.item_of, ballot.support > 0, len(ballot.items))
        self.unclaimed = np.maximum(ballot.words - self.candidates, 0.0) / max(ballot.words, 1)
        self.is_open = ballot.words > OPEN_SHARE * len(ballot.facts)
        values, shared = np.unique(ballot.source * ballot.words + ballot.word[ballot.fact], return_inverse=True)
        self.shared_value: Ints = shared
        self.shared_values = len(values)
        self._pair_up()
        self._find_near()
        self._find_echoed()

    def _choose_candidates(self) -> None:
        """The values of each item that may be true: all that are claimed, the best supported where they are many."""
        ballot = self.ballot
        self.is_candidate: Bools = ballot.support > 0
        crowded = np.flatnonzero(add_up(ballot.item_of, self.is_candidate, len(ballot.items)) > MOST_CANDIDATES)
        for item in crowded.tolist():
            facts = np.flatnonzero((ballot.item_of == item) & self.is_candidate)
            numbers = ballot.number[facts]
            middle = np.nanmedian(numbers) if not np.isnan(numbers).all() else 0.0
            away = np.nan_to_num(np.abs(numbers - middle), nan=np.inf)
            self.is_candidate[facts[np.lexsort((away, -ballot.support[facts]))[MOST_CANDIDATES:]]] = False

    def _pair_up(self) -> None:
        """Each claim with each candidate of its item."""
        ballot = self.ballot
        facts = np.flatnonzero(self.is_candidate)
        start = np.searchsorted(ballot.item_of[facts], np.arange(len(ballot.items)))
        count = np.searchsorted(ballot.item_of[facts], np.arange(len(ballot.items)), side="right") - start
        each = count[ballot.item]
        self.pair_claim: Ints = np.repeat(np.arange(len(ballot.fact)), each)
        step = np.arange(len(self.pair_claim)) - np.repeat(np.cumsum(each) - each, each)
        self.pair_fact: Ints = facts[np.repeat(start[ballot.item], each) + step]
        self.is_own: Bools = ballot.fact[self.pair_claim] == self.pair_fact
        wide = ballot.voices + 1
        key = (ballot.fact * wide + self.rank)[self.by_fact.order]
        self.pair_from = np.searchsorted(key, self.pair_fact * wide)
        self.pair_to = np.searchsorted(key, self.pair_fact * wide + self.rank[self.pair_claim])

    def _find_near(self) -> None:
        """Pairs of different numbers claimed of one item, and how far apart they are."""
        number, fact = self.ballot.number, self.ballot.fact
        one, two = fact[self.pair_claim], self.pair_fact
        many = max(len(number), 1)
        pairs = np.unique((two * many + one)[(one != two) & ~np.isnan(number[one] + number[two])])
        self.near_fact: Ints = pairs // many
        self.near_other: Ints = pairs % many
        first, second = number[self.near_fact], number[self.near_other]
        size = np.maximum(np.maximum(np.abs(first), np.abs(second)), 1e-12)
        self.near_class: Ints = np.digitize(np.abs(first - second) / size, NEAR).astype(np.int64)

    def _find_echoed(self) -> None:
        """For each claim that may repeat others: which share of what was there before says the same, and is unseen."""
        ballot = self.ballot
        circle = self.circles[ballot.source]
        in_circle = self.in_circle[ballot.source]
        before = Running(self.rank, ballot.item * ballot.voices + circle).before(np.ones(len(circle)))
        alike = Running(self.rank, ballot.fact * ballot.voices + circle).before(np.ones(len(circle)))
        is_echo = self.echoes[ballot.source]
        heard, agreed = self.by_item.before(np.ones(len(circle))), self.by_fact.before(np.ones(len(circle)))
        if (ballot.day >= 0).any():
            heard, agreed = self._hear_last(heard, agreed)
        kinds = self.by_item.before((self.by_fact.before(np.ones(len(circle))) == 0).astype(np.float64))
        before, alike = np.where(is_echo, heard, before * in_circle), np.where(is_echo, agreed, alike * in_circle)
        self.can_echo: Bools = before > 0
        self.same_before: Floats = np.where(self.can_echo, alike / np.maximum(before + is_echo, 1), 0.0)
        self.unseen: Floats = np.where(is_echo & self.can_echo, 1.0 / (before + 1), 0.0)
        # What an echo is worth shows only where there was more than one voice to repeat.
        self.tells: Bools = self.can_echo & (~is_echo | (kinds >= 2))
        self.told = add_up(ballot.source, self.tells, ballot.voices)

    def _hear_last(self, heard: Floats, agreed: Floats) -> tuple[Floats, Floats]:
        """Where days are known, an echo repeats what was said last before it."""
        ballot = self.ballot
        heard, agreed = heard.copy(), agreed.copy()
        order = np.lexsort((ballot.day, ballot.item))
        edges = np.flatnonzero(np.r_[True, ballot.item[order][1:] != ballot.item[order][:-1], True])
        for start, end in itertools.pairwise(edges.tolist()):
            rows = order[start:end]
            for row in rows[self.echoes[ballot.source[rows]] & (ballot.day[rows] >= 0)]:
                earlier = rows[(ballot.day[rows] >= 0) & (ballot.day[rows] < ballot.day[row])]
                last = earlier[ballot.day[earlier] == ballot.day[earlier].max()] if len(earlier) else earlier
                heard[row] = len(earlier)
                agreed[row] = len(earlier) * float(np.mean(ballot.fact[last] == ballot.fact[row])) if len(last) else 0.0
        return heard, agreed
