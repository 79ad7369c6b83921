"""Votes written down from what was read: their objects, symbols and days; and what was turned down."""

from collections.abc import Sequence
from datetime import date

from detection.kinds.vote_claims import Claim
from detection.kinds.vote_clauses import Clause, Clauses
from detection.kinds.vote_merging import Candidate
from detection.kinds.vote_standing import when_held
from detection.kinds.vote_symbols import symbol_near
from records.finding import Refusal, Vote


class Drafts:
    """Where the votes of one text are written down, and why others are not."""

    def __init__(self, text: str, clauses: Clauses, published: date | None) -> None:
        self._text = text
        self._clauses = clauses
        self._published = published
        self.refused: list[Refusal] = []

    def refuse(self, first: int, last: int, reason: str) -> None:
        """Notes why what the sentences tell is no vote."""
        self.refused.append(Refusal("vote", self._clauses[first].start, self._clauses[last].end, reason))

    def draft(
        self, first: int, last: int, anchor: tuple[int, int], claim: Claim | None, body: str,
        numbers: tuple[int | None, int | None, int | None], outcome: str | None, method: str | None, rule: str,
    ) -> Candidate:  # fmt: skip
        """The vote that the sentences from ``first`` to ``last`` tell."""
        begin, end = first, last
        if claim is not None and abs(claim.clause - first) <= 1:
            begin, end = min(first, claim.clause), max(last, claim.clause)
        span = self._clauses.between(begin, end + 1)
        background = claim is not None and (claim.passing if numbers == (None, None, None) else claim.background)
        when = when_held(span, anchor, self._published, background=background)
        start, stop = self._clauses[begin].start, self._clauses[end].end
        vote = Vote(
            *numbers, outcome=outcome, method=method, body=body,  # type: ignore[arg-type]
            object=(claim.object if claim else None) or object_in(span) or "resolution",
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


def object_in(span: Sequence[Clause]) -> str | None:
    """What sort of text the sentences name first."""
    for clause in span:
        for mark in clause.of("object:"):
            return mark.kind.partition(":")[2]
    return None
