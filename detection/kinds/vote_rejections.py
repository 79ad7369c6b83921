"""What a body is told to have rejected: a text put before it, or an act of others, by adopting a text against it."""

from collections.abc import Iterable

from detection.kinds.vote_bodies import PLENARY, body_marks
from detection.kinds.vote_claims import Claim
from detection.kinds.vote_clauses import Clause, Clauses
from detection.kinds.vote_gathering import Tally

_BACK = 2
"""Sentences before a rejection in which the text that was rejected may be named ("… the Assembly rejected it")."""

_AHEAD = 3
"""Sentences after a rejection in which the text that was adopted by it may be named."""


def is_of_an_act(claim: Claim, tally: Tally, claims: Iterable[Claim], clauses: Clauses) -> bool:
    """Whether what was rejected is no text before the body, so that the greater number of the tally is the yes.

    "The Assembly rejected the annexation by 143 votes to 5" tells of a resolution adopted. A council can reject a
    text that more are for than against, and two thirds of the Assembly may be needed: those are left alone.
    """
    favour, against = tally.number("for"), tally.number("against")
    if claim.polarity != "no" or claim.object not in (None, "decision") or favour is None or against is None:
        return False
    around = clauses.between(tally.first - _BACK, tally.last + 1)
    if favour <= against or not _is_of_plenary(around) or any(clause.has("two_thirds", "vetoed") for clause in around):
        return False
    adopted = any(
        other.polarity == "yes" and other.object == "resolution" and -_BACK <= other.clause - claim.clause <= _AHEAD
        for other in claims
    )
    return adopted or not any(clause.of("object:") for clause in around if clause.number != claim.clause)


def _is_of_plenary(around: Iterable[Clause]) -> bool:
    """Whether the sentences name the Assembly, and no other body."""
    named = {mark.kind.partition(":")[2] for clause in around for mark in body_marks(clause)}
    return named == {PLENARY}
