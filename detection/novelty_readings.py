"""What a vote's evidence amounts to: the best reading, contradictions, and changes of what was told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from detection.novelty_counting import OFFICIAL, families, reports
from detection.novelty_tallies import (
    Tally,
    compare_tallies,
    counted_against_none,
    known_numbers,
    same_outcome,
    show_tally,
    tally,
    with_tally,
)
from records.development import Sighting
from records.finding import Vote

_OPEN = ("in_favour", "against", "abstain", "outcome", "method", "body", "object", "symbol", "event_date")
_FITTING = ("equal", "consistent", "silent")


def unite(votes: Sequence[Vote]) -> Vote:
    """One vote out of all that one article says of it: the first that gives a number, filled up from the others."""
    best = max(votes, key=lambda vote: (known_numbers(vote), vote.standing == "reported"))
    told: dict[str, Any] = {
        name: next((said for vote in votes if (said := getattr(vote, name)) is not None), None)
        for name in _OPEN
        if getattr(best, name) is None
    }
    return replace(best, **told) if told else best


def best_reading(evidence: Sequence[Sighting], fallback: Vote) -> Vote:
    """The vote as most independent publishers tell it; an official record outweighs all, and the first wins a tie."""
    heard = reports(evidence) or list(evidence)
    votes = [one.finding for one in heard if isinstance(one.finding, Vote)]
    if not votes:
        return fallback
    kin = families(heard) or {one.publisher: one.publisher for one in heard}
    weights: dict[Tally, set[str]] = {}
    for one in heard:
        if isinstance(one.finding, Vote) and known_numbers(one.finding) == 3:
            weights.setdefault(tally(one.finding), set()).add(
                "official" if one.publisher in OFFICIAL else kin[one.publisher]
            )
    if not weights:
        return unite(votes)
    chosen = max(weights, key=lambda numbers: ("official" in weights[numbers], len(weights[numbers])))
    like = with_tally(votes[0], chosen)
    return unite([vote for vote in votes if compare_tallies(vote, like) in _FITTING])


def contradicted(evidence: Sequence[Sighting], reading: Vote) -> bool:
    """Whether somebody reports the vote with numbers, or in a manner, that no typing error explains."""
    votes = [one.finding for one in reports(evidence) if isinstance(one.finding, Vote)]
    return any(compare_tallies(vote, reading) == "conflict" or not same_outcome(vote, reading) for vote in votes)


def changed_facts(told: Vote, now: Vote) -> str | None:
    """What has changed in a told vote, in words; None when nothing told has."""
    pairs = [(a, b) for a, b in zip(tally(told), tally(now), strict=True) if a is not None and b is not None]
    if any(a != b for a, b in pairs):
        return f"the tally was told as {show_tally(told)} and is now reported as {show_tally(now)}"
    if not same_outcome(told, now):
        return f"the outcome was told as {told.outcome} and is now reported as {now.outcome}"
    if counted_against_none(told, now):
        return f"the vote was told as {told.method} and is now reported as {now.method}"
    return None
