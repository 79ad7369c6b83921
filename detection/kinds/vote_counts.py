"""One side of a vote: how many were on it, or who."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_signs import is_dash
from detection.numbers import Number
from detection.phrases import Mark

Side = Literal["for", "against", "abstain", "absent"]
"""A side of a vote; those who were absent are counted by some reports, and are on none."""

SIDES: tuple[Side, ...] = ("for", "against", "abstain")
NOUNS = ("unit", "unit_one", "ballot")
"""Classes of the nouns that a number of votes stands before."""


@dataclass(slots=True)
class Count:
    """How many were on a side, or who: ``voters`` (English names) when they are only listed.

    ``first`` and ``last`` are words of the clause with that number; ``positional``: no label told the side.
    """

    side: Side
    value: int | None
    voters: tuple[str, ...]
    clause: int
    first: int
    last: int
    positional: bool = False


def placed(clause: Clause, side: Side, number: Number, *, positional: bool = True) -> Count:
    """The count of a number whose side its place, or a verb, tells."""
    return Count(side, number.value, (), clause.number, number.first, number.last, positional=positional)


def is_covered(at: int, marks: list[Mark]) -> bool:
    """Whether a word belongs to one of the marks."""
    return any(mark.first <= at < mark.last for mark in marks)


def dashed(clause: Clause, numbers: Sequence[Number]) -> int:
    """How many of the numbers from the first on hang together by dashes (or a dashed "to")."""
    run = 1
    for left, right in pairwise(numbers):
        between = clause.words.written[left.last : right.first]
        joined = len(between) == 1 and is_dash(between[0])
        worded = len(between) == 3 and is_dash(between[0]) and is_dash(between[2])
        if not (joined or worded) or left.spelled != right.spelled:
            break
        run += 1
    return run
