"""Votes told without a tally: a body's decision on a text, in a sentence of its own or beside another's."""

from collections.abc import Sequence
from dataclasses import replace

from detection.kinds import vote_bodies as bodies
from detection.kinds.vote_claims import Claim
from detection.kinds.vote_clauses import Clause, Clauses
from detection.kinds.vote_drafts import Drafts, object_in
from detection.kinds.vote_merging import Candidate
from detection.kinds.vote_outcomes import method_of, outcome_of
from detection.kinds.vote_standing import is_dated


class Decisions:
    """The decisions of one text that no tally tells."""

    def __init__(self, clauses: Clauses, drafts: Drafts) -> None:
        self._clauses = clauses
        self._drafts = drafts

    def told(self, claim: Claim) -> Candidate | None:
        """A vote told without a tally."""
        clause = self._clauses[claim.clause]
        found = bodies.body_near(self._clauses, claim.clause, claim.first, bodies.Size(0, 0), None, own_sentence=True)
        reason = self._reason_against(claim, clause, found)
        if found.name is None or reason is not None:
            if bodies.body_marks(clause) or claim.object:
                self._drafts.refuse(claim.clause, claim.clause, reason or found.reason)
            return None
        outcome = outcome_of(None, claim, found.name, [clause], [clause])
        near = self._clauses.between(claim.clause, claim.clause + 2)
        return self._drafts.draft(
            claim.clause,
            claim.clause,
            (claim.clause, claim.first),
            claim,
            found.name,
            (None, None, None),
            outcome,
            method_of(None, claim, near),
            "vote/claim-passive" if not claim.active else "vote/claim-active",
        )

    def near(self, claim: Claim, candidates: Sequence[Candidate]) -> Candidate | None:
        """A vote whose body another sentence names."""
        return self._beside(claim, candidates) or self._after(claim, candidates)

    def _beside(self, claim: Claim, candidates: Sequence[Candidate]) -> Candidate | None:
        """A text adopted without counting votes, told right after a counted vote of the same body."""
        near = [found for found in candidates if 0 < claim.clause - found.last <= 1]
        named = bodies.body_marks(self._clauses[claim.clause])
        if not is_uncounted(claim) or claim.passing or not claim.object or named or not near:
            return None
        known = near[-1].vote
        if known.method != "recorded" or known.in_favour is None:
            return None
        outcome = outcome_of(None, claim, known.body or "", [self._clauses[claim.clause]], [])
        return self._drafts.draft(
            claim.clause, claim.clause, (claim.clause, claim.first), claim, known.body or "",
            (None, None, None), outcome, claim.method, "vote/claim-beside",
        )  # fmt: skip

    def _after(self, claim: Claim, candidates: Sequence[Candidate]) -> Candidate | None:
        """A text told to be adopted so or so, in the sentence after the one that names who met on it."""
        number = claim.clause - 1
        told = any(0 <= claim.clause - found.last <= 2 for found in candidates)
        if number < 0 or told or claim.passing or claim.background or self._clauses[claim.clause].has("foreign"):
            return None
        before = self._clauses[number]
        thing = claim.object or object_in([before])
        if not bodies.body_marks(before) or thing is None or before.is_rule or self._clauses[claim.clause].is_rule:
            return None
        found = bodies.body_near(self._clauses, number, len(before.words), bodies.Size(0, 0), None, own_sentence=True)
        if found.name is None:
            return None
        outcome = outcome_of(None, claim, found.name, [self._clauses[claim.clause]], [])
        return self._drafts.draft(
            number, claim.clause, (claim.clause, claim.first), replace(claim, object=thing), found.name,
            (None, None, None), outcome, claim.method, "vote/claim-after",
        )  # fmt: skip

    def _reason_against(self, claim: Claim, clause: Clause, found: bodies.Body) -> str | None:
        """Why a claim without a tally is no vote; None when it is one."""
        if found.name is None:
            return found.reason
        if clause.is_rule:
            return "a rule, not a decision"
        if claim.passing and not (claim.method or is_dated(clause, claim.last)):
            return "a decision mentioned in passing"
        return None if claim.object else "no text that is decided upon"


def is_uncounted(claim: Claim) -> bool:
    """Whether a decision was taken without counting votes, so that no tally near it is its own."""
    return claim.method in ("without_vote", "consensus")
