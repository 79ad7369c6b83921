"""One vote for each event: what several sentences tell of the same vote is brought together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from records.finding import Vote

_ALIKE = frozenset(("resolution", "convention", "decision"))
"""Things decided upon that one report calls by the one name and another by the other."""


@dataclass(frozen=True, slots=True)
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


def _filled(vote: Vote, other: Vote) -> Vote:
    return replace(vote, symbol=vote.symbol or other.symbol, event_date=vote.event_date or other.event_date)


def _told(vote: Vote) -> int:
    return sum(value is not None for value in (vote.in_favour, vote.against, vote.abstain))


def _same_tally(one: Vote, other: Vote) -> bool:
    pairs = ((one.in_favour, other.in_favour), (one.against, other.against), (one.abstain, other.abstain))
    agree = all(a is None or b is None or a == b for a, b in pairs)
    return agree and one.in_favour == other.in_favour and one.body == other.body


def is_told(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a vote without a tally is one that another sentence tells."""
    vote = candidate.vote
    for other in (known.vote for known in others):
        if other.body != vote.body or (other.outcome == "rejected") != (vote.outcome == "rejected"):
            continue
        if vote.symbol and other.symbol and vote.symbol != other.symbol:
            continue
        if vote.event_date and other.event_date and vote.event_date != other.event_date:
            continue
        if vote.method in ("without_vote", "consensus") and other.method == "recorded" and vote.standing == "reported":
            continue
        if vote.object == other.object or {vote.object, other.object} <= _ALIKE:
            return True
    return False
