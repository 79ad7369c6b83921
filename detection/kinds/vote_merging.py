"""One vote for each event: what several sentences tell of the same vote is brought together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detection.kinds.vote_bodies import SOME_COMMITTEE, may_be_one
from records.finding import Method, Vote

_BESIDE = 3
_METHOD_REACH = 2
"""Sentences after a decision in which its method may be told ("the text, adopted without a vote, …")."""


_ALIKE = frozenset(("resolution", "convention", "decision"))
"""Things decided upon that one report calls by the one name and another by the other."""


@dataclass(slots=True)
class Candidate:
    """A vote on its way: the record, and the sentences that tell it."""

    vote: Vote
    first: int
    last: int


def merged(candidates: list[Candidate]) -> list[Candidate]:
    """Tallies told twice become one, at the place where most is told."""
    kept: list[Candidate] = []
    for candidate in candidates:
        twin = next((place for place, other in enumerate(kept) if _same_tally(other.vote, candidate.vote)), None)
        if twin is None:
            kept.append(candidate)
        elif _told(candidate.vote) > _told(kept[twin].vote):
            kept[twin] = replace(candidate, vote=_filled(candidate.vote, kept[twin].vote))
        else:
            kept[twin] = replace(kept[twin], vote=_filled(kept[twin].vote, candidate.vote))
    return kept


def with_method(candidates: list[Candidate], clause: int, method: Method) -> list[Candidate]:
    """The candidates, the one told shortly before a sentence given the method that this sentence tells of it."""
    found: list[Candidate] = []
    for candidate in candidates:
        if candidate.vote.method is None and 0 < clause - candidate.last <= _METHOD_REACH:
            candidate = replace(candidate, vote=replace(candidate.vote, method=method))
        found.append(candidate)
    return found


def _filled(vote: Vote, other: Vote) -> Vote:
    body = other.body if vote.body == SOME_COMMITTEE else vote.body
    date = vote.event_date or other.event_date
    return replace(vote, body=body, symbol=vote.symbol or other.symbol, event_date=date)


def _told(vote: Vote) -> int:
    return sum(value is not None for value in (vote.in_favour, vote.against, vote.abstain))


def _same_tally(one: Vote, other: Vote) -> bool:
    pairs = ((one.in_favour, other.in_favour), (one.against, other.against), (one.abstain, other.abstain))
    agree = all(a is None or b is None or a == b for a, b in pairs)
    return agree and one.in_favour == other.in_favour and may_be_one(one.body, other.body)


def entered(candidate: Candidate, others: list[Candidate]) -> list[Candidate]:
    """The candidates with a vote without a tally: added, or brought together with the one it repeats."""
    place = _told_by(candidate, others)
    if place is None:
        return [*others, candidate]
    known = others[place]
    if abs(candidate.first - known.last) <= _BESIDE and candidate.vote.standing == known.vote.standing:
        filled = _filled(known.vote, candidate.vote)
        known = replace(known, vote=replace(filled, method=filled.method or candidate.vote.method))
    return [*others[:place], known, *others[place + 1 :]]


def _told_by(candidate: Candidate, others: Sequence[Candidate]) -> int | None:
    """The place of the vote that a vote without a tally repeats; None when it is another."""
    counted = [other for other in others if _told(other.vote) and may_be_one(other.vote.body, candidate.vote.body)]
    for place, other in enumerate(others):
        if not _agree(candidate.vote, other.vote):
            continue
        same = candidate.vote.object == other.vote.object
        if len(counted) > 1 and other in counted:
            # A text of several votes: only what stands beside a tally tells of it.
            if same and -_BESIDE <= candidate.first - other.last <= _BESIDE:
                return place
        elif same or {candidate.vote.object, other.vote.object} <= _ALIKE:
            return place
    return None


def _agree(vote: Vote, other: Vote) -> bool:
    """Whether nothing that two votes state keeps them from being one."""
    if not may_be_one(other.body, vote.body) or (other.outcome == "rejected") != (vote.outcome == "rejected"):
        return False
    if vote.symbol and other.symbol and vote.symbol != other.symbol:
        return False
    if vote.event_date and other.event_date and vote.event_date != other.event_date:
        return False
    return not (
        vote.method in ("without_vote", "consensus") and other.method == "recorded" and vote.standing == "reported"
    )
