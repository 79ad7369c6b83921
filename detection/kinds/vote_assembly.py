"""Votes put together from tallies and claims: one for each event, with its evidence; the rest turned down."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from detection.kinds import vote_bodies as bodies
from detection.kinds.vote_announcements import announced_votes
from detection.kinds.vote_claims import Claim, claims_in
from detection.kinds.vote_clauses import Clause, Clauses
from detection.kinds.vote_decisions import Decisions, is_uncounted
from detection.kinds.vote_drafts import Drafts, object_in
from detection.kinds.vote_gathering import Tally, gather_tallies
from detection.kinds.vote_merging import Candidate, entered, merged, with_method
from detection.kinds.vote_numbers import MOST_VOTES
from detection.kinds.vote_outcomes import counted_sides, is_vetoed, method_of, outcome_of
from detection.kinds.vote_rejections import is_of_an_act
from detection.kinds.vote_signs import separation
from detection.kinds.vote_words import VoteWords
from records.finding import Refusal, Vote

_CLAIM_BEFORE = 3
_CLAIM_AFTER = 1
_BEHIND_COMMA = 3.0


class Assembly:
    """One text's sentences, on the way to its votes."""

    def __init__(
        self, text: str, clauses: Clauses, titles: Sequence[Clause], vote_words: VoteWords, published: date | None
    ) -> None:
        self._text = text
        self._clauses = clauses
        self._titles = titles
        self._words = vote_words
        self._published = published
        self._claims = [claim for clause in clauses.voting for claim in claims_in(clause, vote_words)]
        self._drafts = Drafts(text, clauses, published)
        self._decisions = Decisions(clauses, self._drafts)

    def assemble(self) -> tuple[list[Vote], list[Refusal]]:
        """The votes in the order of the text, and the candidates turned down."""
        candidates: list[Candidate] = []
        spent: set[int] = set()
        for tally in gather_tallies(self._clauses.voting, self._words):
            claim = self._claim_of(tally, spent)
            candidate = self._counted(tally, claim)
            if candidate is None:
                continue
            spent.update(
                place
                for place, other in enumerate(self._claims)
                if (tally.first <= other.clause <= tally.last and not is_uncounted(other)) or other is claim
            )
            candidates.append(candidate)
        candidates = merged(candidates)
        for place, claim in enumerate(self._claims):
            if place not in spent:
                candidate = self._decisions.told(claim)
                if candidate is None and claim.method is not None:
                    candidates = with_method(candidates, claim.clause, claim.method)
                    another = self._decisions.near(claim, candidates)
                    candidates = candidates if another is None else entered(another, candidates)
                elif candidate is not None:
                    candidates = entered(candidate, candidates)
        candidates.sort(key=lambda candidate: candidate.first)
        told = (number for candidate in candidates for number in range(candidate.first, candidate.last + 1))
        coming = announced_votes(self._text, self._clauses, told, self._published)
        return [*(candidate.vote for candidate in candidates), *coming], self._drafts.refused

    def _claim_of(self, tally: Tally, spent: set[int]) -> Claim | None:
        """The claim that a tally belongs to: in its sentences, else shortly before, else right after."""
        clause, word = tally.anchor
        counted = [(place, claim) for place, claim in enumerate(self._claims) if not is_uncounted(claim)]
        inside = [claim for _, claim in counted if tally.first <= claim.clause <= tally.last]
        if inside:
            return min(
                inside,
                key=lambda claim: (
                    claim.clause != clause,
                    claim.passing and not claim.object,
                    self._distance(claim, clause, word),
                ),
            )
        beside = [(place, claim) for place, claim in counted if self._may_tell(claim, tally)]
        before = [
            claim for place, claim in beside if 0 < tally.first - claim.clause <= _CLAIM_BEFORE and place not in spent
        ]
        after = [claim for _, claim in beside if 0 < claim.clause - tally.last <= _CLAIM_AFTER]
        if before and not (after and before[-1].passing):
            return before[-1]
        return after[0] if after and not self._starts_anew(after[0]) else (before[-1] if before else None)

    def _distance(self, claim: Claim, clause: int, word: int) -> float:
        """How far a decision is told from a tally; one that follows behind a comma is another's more likely."""
        parted = claim.clause == clause and word < claim.first
        written = self._clauses[clause].words.written[word : claim.first] if parted else ()
        return abs(claim.first - word) + _BEHIND_COMMA * sum(separation(sign) >= 3 for sign in written)

    def _may_tell(self, claim: Claim, tally: Tally) -> bool:
        """Whether a claim in another sentence can tell of a tally: a recalled one only of a recalled tally."""
        return not claim.background or self._clauses[tally.first].has("background", "earlier")

    def _starts_anew(self, claim: Claim) -> bool:
        """Whether a claim names a body of its own, and so tells another vote."""
        return bool(bodies.body_marks(self._clauses[claim.clause])) and claim.polarity == "yes"

    def _counted(self, tally: Tally, claim: Claim | None) -> Candidate | None:
        if claim is not None and is_of_an_act(claim, tally, self._claims, self._clauses):
            claim = replace(claim, polarity="yes")
        number, word = tally.anchor
        known = sum(1 for side in tally.counts if tally.number(side) is not None)
        size = bodies.Size(tally.total, known)
        anchor = claim.first if claim and claim.clause == number else word
        found = bodies.body_near(
            self._clauses, number, anchor, size, (claim.clause, claim.first) if claim else None, titles=self._titles
        )
        if found.name is None:
            if tally.told >= 2 or claim:
                self._drafts.refuse(tally.first, tally.last, found.reason)
            return None
        small = found.name == bodies.SECURITY
        vetoed = small and is_vetoed(self._clauses.between(tally.first - 1, tally.last + 2))
        if not tally.is_whole(small_body=small, vetoed=vetoed, decided=claim) and not self._is_carried(tally):
            return None
        if (
            any(clause.has("election") for clause in self._clauses.between(tally.first, tally.last + 1))
            and claim is None
        ):
            self._drafts.refuse(tally.first, tally.last, "an election, not a decision")
            return None
        span = self._clauses.between(tally.first, tally.last + 1)
        if len(tally.counts) == 1 and any(clause.is_rule for clause in span):
            self._drafts.refuse(tally.first, tally.last, "a threshold, not a tally")
            return None
        if any(clause.has("example") for clause in span) and any(
            clause.is_rule for clause in self._clauses.between(tally.first - 1, tally.first + 1)
        ):
            self._drafts.refuse(tally.first, tally.last, "an example of a rule")
            return None
        around = self._clauses.between(tally.first - 1, tally.last + 2)
        outcome = outcome_of(tally, claim, found.name, span, around)
        favour, against, abstain = counted_sides(tally, outcome, found.name, span, around)
        return self._drafts.draft(
            tally.first,
            tally.last,
            (number, word),
            claim,
            found.name,
            (favour, against, abstain),
            outcome,
            method_of(tally, claim, span),
            f"vote/tally-{self._manner(tally)}",
        )

    def _is_carried(self, tally: Tally) -> bool:
        """Whether the text tells that more than half of all members voted for a text."""
        sentences = self._clauses.between(tally.first, tally.last + 1)
        cast = any(clause.has("ballot") for clause in sentences) and object_in(sentences) is not None
        return cast and (tally.number("for") or 0) > MOST_VOTES // 2

    def _manner(self, tally: Tally) -> str:
        if tally.positional:
            return "by-place"
        return "labelled" if tally.told else "by-names"
