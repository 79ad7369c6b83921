"""Cuts a stream of any length into pieces of bounded size."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def in_batches(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Yield the items in order, ``size`` at a time, the last ones fewer."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch
