"""Votes put together from tallies and claims: one for each event, with its evidence; the rest turned down."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from detection.kinds import vote_bodies as bodies
from detection.kinds.vote_announcements import announced_votes
from detection.kinds.vote_claims import Claim, claims_in
from detection.kinds.vote_clauses import Clause, Clauses
from detection.kinds.vote_gathering import Tally, gather_tallies
from detection.kinds.vote_merging import Candidate, entered, merged, with_method
from detection.kinds.vote_numbers import MOST_VOTES
from detection.kinds.vote_outcomes import counted_sides, is_vetoed, method_of, outcome_of
from detection.kinds.vote_signs import separation
from detection.kinds.vote_standing import is_dated, when_held
from detection.kinds.vote_symbols import symbol_near
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
        self._refused: list[Refusal] = []

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
                if (tally.first <= other.clause <= tally.last and not _is_uncounted(other)) or other is claim
            )
            candidates.append(candidate)
        candidates = merged(candidates)
        for place, claim in enumerate(self._claims):
            if place not in spent:
                candidate = self._claimed(claim)
                if candidate is None and claim.method is not None:
                    candidates = with_method(candidates, claim.clause, claim.method)
                    another = self._claimed_beside(claim, candidates) or self._claimed_after(claim, candidates)
                    candidates = candidates if another is None else entered(another, candidates)
                elif candidate is not None:
                    candidates = entered(candidate, candidates)
        candidates.sort(key=lambda candidate: candidate.first)
        told = (number for candidate in candidates for number in range(candidate.first, candidate.last + 1))
        coming = announced_votes(self._text, self._clauses, told, self._published)
        return [*(candidate.vote for candidate in candidates), *coming], self._refused

    def _claim_of(self, tally: Tally, spent: set[int]) -> Claim | None:
        """The claim that a tally belongs to: in its sentences, else shortly before, else right after."""
        clause, word = tally.anchor
        counted = [(place, claim) for place, claim in enumerate(self._claims) if not _is_uncounted(claim)]
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

    def _refuse(self, first: int, last: int, reason: str) -> None:
        self._refused.append(Refusal("vote", self._clauses[first].start, self._clauses[last].end, reason))

    def _counted(self, tally: Tally, claim: Claim | None) -> Candidate | None:
        number, word = tally.anchor
        known = sum(1 for side in tally.counts if tally.number(side) is not None)
        size = bodies.Size(tally.total, known)
        anchor = claim.first if claim and claim.clause == number else word
        found = bodies.body_near(
            self._clauses, number, anchor, size, (claim.clause, claim.first) if claim else None, titles=self._titles
        )
        if found.name is None:
            if tally.told >= 2 or claim:
                self._refuse(tally.first, tally.last, found.reason)
            return None
        small = found.name == bodies.SECURITY
        vetoed = small and is_vetoed(self._clauses.between(tally.first - 1, tally.last + 2))
        if not tally.is_whole(small_body=small, vetoed=vetoed, decided=claim) and not self._is_carried(tally):
            return None
        if (
            any(clause.has("election") for clause in self._clauses.between(tally.first, tally.last + 1))
            and claim is None
        ):
            self._refuse(tally.first, tally.last, "an election, not a decision")
            return None
        span = self._clauses.between(tally.first, tally.last + 1)
        if len(tally.counts) == 1 and any(clause.is_rule for clause in span):
            self._refuse(tally.first, tally.last, "a threshold, not a tally")
            return None
        if any(clause.has("example") for clause in span) and any(
            clause.is_rule for clause in self._clauses.between(tally.first - 1, tally.first + 1)
        ):
            self._refuse(tally.first, tally.last, "an example of a rule")
            return None
        around = self._clauses.between(tally.first - 1, tally.last + 2)
        outcome = outcome_of(tally, claim, found.name, span, around)
        favour, against, abstain = counted_sides(tally, outcome, found.name, span, around)
        return self._candidate(
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
        cast = any(clause.has("ballot") for clause in sentences) and _object_in(sentences) is not None
        return cast and (tally.number("for") or 0) > MOST_VOTES // 2

    def _manner(self, tally: Tally) -> str:
        if tally.positional:
            return "by-place"
        return "labelled" if tally.told else "by-names"

    def _claimed(self, claim: Claim) -> Candidate | None:
        """A vote told without a tally."""
        clause = self._clauses[claim.clause]
        found = bodies.body_near(self._clauses, claim.clause, claim.first, bodies.Size(0, 0), None, own_sentence=True)
        reason = self._reason_against(claim, clause, found)
        if found.name is None or reason is not None:
            if bodies.body_marks(clause) or claim.object:
                self._refuse(claim.clause, claim.clause, reason or found.reason)
            return None
        outcome = outcome_of(None, claim, found.name, [clause], [clause])
        near = self._clauses.between(claim.clause, claim.clause + 2)
        return self._candidate(
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

    def _claimed_beside(self, claim: Claim, candidates: Sequence[Candidate]) -> Candidate | None:
        """A text adopted without counting votes, told right after a counted vote of the same body."""
        near = [found for found in candidates if 0 < claim.clause - found.last <= 1]
        named = bodies.body_marks(self._clauses[claim.clause])
        if not _is_uncounted(claim) or claim.passing or not claim.object or named or not near:
            return None
        known = near[-1].vote
        if known.method != "recorded" or known.in_favour is None:
            return None
        outcome = outcome_of(None, claim, known.body or "", [self._clauses[claim.clause]], [])
        return self._candidate(
            claim.clause, claim.clause, (claim.clause, claim.first), claim, known.body or "",
            (None, None, None), outcome, claim.method, "vote/claim-beside",
        )  # fmt: skip

    def _claimed_after(self, claim: Claim, candidates: Sequence[Candidate]) -> Candidate | None:
        """A text told to be adopted so or so, in the sentence after the one that names who met on it."""
        number = claim.clause - 1
        told = any(0 <= claim.clause - found.last <= 2 for found in candidates)
        if number < 0 or told or claim.passing or claim.background or self._clauses[claim.clause].has("foreign"):
            return None
        before = self._clauses[number]
        thing = claim.object or _object_in([before])
        if not bodies.body_marks(before) or thing is None or before.is_rule or self._clauses[claim.clause].is_rule:
            return None
        found = bodies.body_near(self._clauses, number, len(before.words), bodies.Size(0, 0), None, own_sentence=True)
        if found.name is None:
            return None
        outcome = outcome_of(None, claim, found.name, [self._clauses[claim.clause]], [])
        return self._candidate(
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

    def _candidate(
        self, first: int, last: int, anchor: tuple[int, int], claim: Claim | None, body: str,
        numbers: tuple[int | None, int | None, int | None], outcome: str | None, method: str | None, rule: str,
    ) -> Candidate:  # fmt: skip
        begin, end = first, last
        if claim is not None and abs(claim.clause - first) <= 1:
            begin, end = min(first, claim.clause), max(last, claim.clause)
        span = self._clauses.between(begin, end + 1)
        background = claim is not None and (claim.passing if numbers == (None, None, None) else claim.background)
        when = when_held(span, anchor, self._published, background=background)
        start, stop = self._clauses[begin].start, self._clauses[end].end
        vote = Vote(
            *numbers, outcome=outcome, method=method, body=body,  # type: ignore[arg-type]
            object=(claim.object if claim else None) or _object_in(span) or "resolution",
            symbol=symbol_near(self._text, start, stop, body) or self._symbol_before(begin, body),
            event_date=when.day, standing=when.standing,
            start=start, end=stop, rule=rule,
        )  # fmt: skip
        return Candidate(vote, begin, end)

    def _symbol_before(self, begin: int, body: str) -> str | None:
        """The symbol of the text that the sentence before a vote names, when it tells of no vote itself."""
        if begin == 0 or not self._clauses[begin - 1].of("object:") or self._clauses[begin - 1].numbers:
            return None
        before = self._clauses[begin - 1]
        return symbol_near(self._text, before.start, before.end, body)


def _is_uncounted(claim: Claim) -> bool:
    """Whether a decision was taken without counting votes, so that no tally near it is its own."""
    return claim.method in ("without_vote", "consensus")


def _object_in(span: Sequence[Clause]) -> str | None:
    for clause in span:
        for mark in clause.of("object:"):
            return mark.kind.partition(":")[2]
    return None
