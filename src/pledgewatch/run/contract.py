"""The engine's contract: running one pure function over many things, on one machine or on many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Runs a stage's function over items, each apart from the others, so that one bad item stops nobody."""

    def map(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        seconds: float,
        on_failure: Callable[[Item, str], Result],
    ) -> Iterator[tuple[Item, Result]]:
        """Yields each item with its result, in the order of the items.

        Only a bounded number of items is taken ahead of the one yielded, so ``items`` may be endless.

        Args:
            function: a function that other processes can import by its name (or a ``functools.partial`` of one), whose
                items and results pickle.
            seconds: the longest time for one item.
            on_failure: makes the result of an item that failed, from the item and the reason as a sentence without a
                full stop. It runs in this process.

        Raises:
            Bug: the function itself can't be given to other processes.
        """
