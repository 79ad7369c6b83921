"""How a vote ended, by which method, and which number is the yes when only places tell."""

from collections.abc import Sequence

from detection.kinds.vote_bodies import SECURITY, is_committee
from detection.kinds.vote_claims import Claim
from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_gathering import Tally
from records.finding import Method, Outcome

_DENIED = 4
_NINE = 9
"""Votes in favour that the Security Council needs."""

Sides = tuple[int | None, int | None, int | None]


def outcome_of(
    tally: Tally | None, claim: Claim | None, body: str, span: Sequence[Clause], around: Sequence[Clause]
) -> Outcome:
    """What came of the vote. A word of the text decides; without one, the numbers do."""
    positive: Outcome = "approved" if is_committee(body) else "adopted"
    own_yes = claim is not None and claim.polarity == "yes" and span[0].number <= claim.clause <= span[-1].number
    if claim is not None and claim.polarity == "no":
        return "rejected"
    if is_vetoed(around) and body == SECURITY and not own_yes:
        return "rejected"
    if tally is not None and any(clause.has("reject", "rejected") for clause in span) and not own_yes:
        return "rejected"
    if tally is not None and not own_yes and _is_lost(tally, body):
        return "rejected"
    return positive


def is_vetoed(clauses: Sequence[Clause]) -> bool:
    """Whether a veto is told; not that there was none."""
    for clause in clauses:
        for mark in clause.of("veto", "vetoed"):
            if not any(0 <= mark.first - other.last <= _DENIED for other in clause.of("not")):
                return True
    return False


def _is_lost(tally: Tally, body: str) -> bool:
    favour, against = tally.number("for"), tally.number("against")
    if favour is not None and against is not None and against >= favour:
        return True
    return body == SECURITY and favour is not None and favour < _NINE and len(tally.counts) >= 2


def counted_sides(tally: Tally, outcome: Outcome, body: str, span: Sequence[Clause]) -> Sides:
    """Yes, no and abstaining.

    Told by place alone, the greater number of a defeat is the no ("rejected by 102 votes to 23").
    """
    favour, against, abstain = tally.number("for"), tally.number("against"), tally.number("abstain")
    defeated = outcome == "rejected" and tally.positional and favour is not None and against is not None
    excused = body == SECURITY or any(clause.has("veto", "vetoed", "two_thirds") for clause in span)
    if defeated and not excused and favour is not None and against is not None and favour > against:
        favour, against = against, favour
    if favour is not None and against is None and body == SECURITY and is_vetoed(span):
        against = 1 if tally.told >= 2 or "abstain" in tally.counts else None
    return favour, against, abstain


def method_of(tally: Tally | None, claim: Claim | None, near: Sequence[Clause]) -> Method | None:
    """How it was decided; any sign that votes were cast makes it a recorded vote."""
    told = claim.method if claim else None
    if tally is not None:
        opposed = (tally.number("against") or 0) + (tally.number("abstain") or 0)
        return "unanimous" if told == "unanimous" and not opposed else "recorded"
    if told is not None:
        return told
    if claim is not None and claim.polarity == "no":
        return "recorded"
    cast = any(clause.has("recorded", "veto", "vetoed") or _is_divided(clause) for clause in near)
    return "recorded" if cast else None


def _is_divided(clause: Clause) -> bool:
    """Whether a sentence tells that somebody voted against or abstained."""
    if clause.has("against", "abstain"):
        return True
    return any(
        mark.kind in ("against_weak", "for_weak")
        and any(other.kind == "ballot" and abs(other.first - mark.first) <= 4 for other in clause.marks)
        for mark in clause.marks
    )
