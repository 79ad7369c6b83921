"""The sides of one vote, gathered from the sentences that tell them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from detection.kinds.vote_claims import Claim
from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_counts import Count, Side
from detection.kinds.vote_numbers import MOST_VOTES
from detection.kinds.vote_tallies import count_votes
from detection.kinds.vote_words import VoteWords

_NEXT = 2
"""Sentences after a count in which a further side of the same tally may stand."""

_REPEAT = 6
"""Sentences after a tally in which a side told again is a repetition."""


@dataclass(slots=True)
class Tally:
    """The counts of one vote; ``first`` and ``last`` are the sentences that tell it."""

    counts: dict[Side, Count] = field(default_factory=dict)
    first: int = 0
    last: int = 0

    def number(self, side: Side) -> int | None:
        """How many were on a side, named voters counted; None when the text does not say."""
        count = self.counts.get(side)
        if count is None:
            return None
        return count.value if count.value is not None else len(count.voters)

    @property
    def total(self) -> int:
        """All votes told."""
        return sum(self.number(side) or 0 for side in self.counts)

    @property
    def told(self) -> int:
        """How many sides are told as numbers."""
        return sum(1 for count in self.counts.values() if count.value is not None)

    @property
    def positional(self) -> bool:
        """Whether yes and no are told apart by their place alone."""
        return any(count.positional for side, count in self.counts.items() if side != "abstain")

    @property
    def anchor(self) -> tuple[int, int]:
        """The sentence and word at which the first count begins."""
        first = min(self.counts.values(), key=lambda count: (count.clause, count.first))
        return first.clause, first.first

    def is_whole(self, *, small_body: bool, vetoed: bool, decided: Claim | None) -> bool:
        """Whether enough is told to be a vote: two sides, or the winning side of a decision that is told.

        Names alone count only in a small body, where a veto tells what came of the votes for a text.
        """
        if self.total > MOST_VOTES or self.total == 0:
            return False
        if small_body:
            return (
                len(self.counts) >= 2
                or (vetoed and self.counts.keys() == {"for"} and self.told == 1)
                or (decided is not None and (self.told == 1 or "for" in self.counts))
            )
        if self.told == 0:
            return False
        winner: Side = "against" if decided and decided.polarity == "no" else "for"
        return (
            self.told >= 2
            or ("for" in self.counts and len(self.counts) >= 2)
            or (decided is not None and (winner in self.counts or self._is_beside(decided)))
            or (decided is not None and decided.polarity == "no" and self.first == self.last == decided.clause)
        )

    def _is_beside(self, decided: Claim) -> bool:
        """Whether a side is counted in the sentence that tells the decision, and that votes were recorded."""
        return decided.method == "recorded" and self.first == self.last == decided.clause


def gather_tallies(clauses: Iterable[Clause], vote_words: VoteWords) -> list[Tally]:
    """The tallies of a text, in order; a side told twice in a row begins a new one."""
    tallies: list[Tally] = []
    told: set[int] = set()
    lists: set[int] = set()
    for clause in clauses:
        counts = count_votes(clause, vote_words)
        if clause.states and not clause.marks:
            lists.add(clause.number)
        if clause.has("for", "against", "abstain"):
            told.add(clause.number)
        for place, count in enumerate(counts):
            another = tallies and _is_another(tallies[-1], counts[place:])
            if another or not (tallies and _joins(tallies, count, told, lists)):
                tallies.append(Tally({count.side: count}, count.clause, count.clause))
    return tallies


def _is_another(tally: Tally, counts: Sequence[Count]) -> bool:
    """Whether counts that begin by repeating a side tell another vote: another side of theirs differs."""
    if counts[0].value is None or counts[0].clause == tally.first or tally.number(counts[0].side) != counts[0].value:
        return False
    own: dict[Side, Count] = {}
    for count in counts:
        if count.side in own:
            break
        own[count.side] = count
    known = tally.counts
    return any(
        count.value is not None and side in known and known[side].value not in (None, count.value)
        for side, count in own.items()
    )


def _joins(tallies: list[Tally], count: Count, told: set[int], lists: set[int]) -> bool:
    """Enters a count in the tally told last, when it belongs there.

    ``told`` are the sentences that name a side, ``lists`` those that hold nothing but states: lines of a list.
    """
    tally = tallies[-1]
    known = tally.counts.get(count.side)
    if known is None:
        apart = count.clause - tally.last - len(lists.intersection(range(tally.last + 1, count.clause)))
        if apart > _NEXT or (count.value is None and apart > 1 and count.clause - 1 not in told):
            return False
        tally.counts[count.side] = count
        tally.last = max(tally.last, count.clause)
        return True
    near = count.clause - tally.last <= _REPEAT
    if known.value is None and count.value is None:
        if near:
            names = tuple(dict.fromkeys((*known.voters, *count.voters)))
            tally.counts[count.side] = Count(count.side, None, names, known.clause, known.first, known.last)
            tally.last = max(tally.last, count.clause) if count.clause - tally.last <= _NEXT else tally.last
        return near
    if known.value is None and near and count.clause - tally.last <= _NEXT:
        tally.counts[count.side] = count
        tally.last = max(tally.last, count.clause)
        return True
    if count.value is not None and not (near and _is_repeated(tallies, count)):
        return False
    if len(tally.counts) == 1 and count.clause - tally.last == 1 and known.value == count.value:
        tally.last = count.clause  # the only side is told again, with more: "of 147 that voted, 105 supported it"
    return True


def _is_repeated(tallies: Sequence[Tally], count: Count) -> bool:
    tally = tallies[-1]
    known = tally.counts[count.side]
    return known.value == count.value and count.clause != known.clause
