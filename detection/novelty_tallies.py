"""The numbers of votes, and how two reports' numbers stand to each other."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from records.finding import Vote

Tally = tuple[int | None, int | None, int | None]
Likeness = Literal["equal", "typing_error", "consistent", "silent", "conflict"]


def tally(vote: Vote) -> Tally:
    """The three numbers of a vote, None where it gives none."""
    return vote.in_favour, vote.against, vote.abstain


def compare_tallies(one: Vote, other: Vote) -> Likeness:
    """How the numbers of two reports stand to each other."""
    pairs = [(a, b) for a, b in zip(tally(one), tally(other), strict=True) if a is not None and b is not None]
    if len(pairs) < 2:
        # A lone number is too little to contradict with: it may be a count of something else.
        return "conflict" if counted_against_none(one, other) else "silent"
    if all(a == b for a, b in pairs):
        return "equal" if len(pairs) == 3 else "consistent"
    return "typing_error" if len(pairs) == 3 and _typing_error(pairs) else "conflict"


def show_tally(vote: Vote) -> str:
    """The numbers as 79-60-33, a dash of its own for each that is not known."""
    if known_numbers(vote) == 0:
        return (vote.method or "a vote without numbers").replace("_", " ")
    return "-".join("?" if number is None else str(number) for number in tally(vote))


def known_numbers(vote: Vote) -> int:
    """How many of the three numbers a vote gives."""
    return sum(number is not None for number in tally(vote))


def counted_against_none(one: Vote, other: Vote) -> bool:
    """Whether one report counts votes against and the other says that nobody voted."""
    for counted, uncounted in ((one, other), (other, one)):
        if counted.against and uncounted.method in ("without_vote", "consensus") and not known_numbers(uncounted):
            return True
    return False


def same_outcome(one: Vote, other: Vote) -> bool:
    """Whether two reports can agree on passing or failing; adopted and approved are one to most of the press."""
    return one.outcome is None or other.outcome is None or (one.outcome == "rejected") == (other.outcome == "rejected")


def with_tally(vote: Vote, numbers: Tally) -> Vote:
    """The vote with other numbers."""
    return replace(vote, in_favour=numbers[0], against=numbers[1], abstain=numbers[2])


def _typing_error(pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether one number of three differs by one key: a wrong, a missing, or two exchanged digits."""
    wrong = [(a, b) for a, b in pairs if a != b]
    return len(wrong) == 1 and DamerauLevenshtein.distance(str(wrong[0][0]), str(wrong[0][1])) == 1
