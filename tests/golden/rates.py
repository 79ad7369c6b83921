"""Rates that the measures share."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from records.finding import Examination

Row = Mapping[str, Any]
"""A passage: ``id``, ``language``, ``text``, ``title``?, ``published``? and what is to be found in it."""

Measure = Callable[[Sequence[Row], Mapping[str, Examination]], dict[str, float]]
"""Takes the passages and what was found in them (id -> examination); a measure's value is from 0 to 1, 1 is best."""


def f1(hits: int, false_alarms: int, misses: int) -> float:
    """The harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
    return 2 * hits / (2 * hits + false_alarms + misses) if hits + false_alarms + misses else 1.0


def share(hits: int, of: int) -> float:
    """The part of ``of`` that was hit; 1 of nothing."""
    return hits / of if of else 1.0
