"""Votes that are still to come: a body will vote on a text on a day that is named."""

from collections.abc import Iterable, Iterator
from datetime import date

from detection.kinds.vote_bodies import Size, body_near
from detection.kinds.vote_clauses import Clause, Clauses
from detection.kinds.vote_symbols import symbol_near
from records.finding import Vote

_NEAR = 14
"""Words between the announcement and its day."""


def announced_votes(text: str, clauses: Clauses, told: Iterable[int], published: date | None) -> Iterator[Vote]:
    """The votes announced in sentences that tell none; ``told`` are the numbers of those that do.

    How somebody is expected to vote is no announcement.
    """
    seen: set[tuple[str, date | None]] = set()
    taken = set(told)
    for clause in clauses.voting:
        if clause.number in taken or not clause.has("will_vote") or clause.has("for", "against", "abstain"):
            continue
        vote = _announced(text, clauses, clause, published)
        if vote is not None and (vote.body or "", vote.event_date) not in seen:
            seen.add((vote.body or "", vote.event_date))
            yield vote


def _announced(text: str, clauses: Clauses, clause: Clause, published: date | None) -> Vote | None:
    mark = clause.of("will_vote")[0]
    if any(other.kind in ("for_weak", "against_weak") and 0 <= other.first - mark.last <= 1 for other in clause.marks):
        return None
    objects = clause.of("object:")
    near = [
        mention for mention in clause.dates if abs(mention.first - mark.last) <= _NEAR and mention.precision == "day"
    ]
    body = body_near(clauses, clause.number, mark.first, Size(0, 0), None, own_sentence=True).name
    if not objects or not near or body is None:
        return None
    day = near[0].day
    if day is not None and published is not None and day < published:
        # "will vote on Friday" names the Friday to come; a date that has passed was announced once.
        if not near[0].relative:
            return None
        day = day.fromordinal(day.toordinal() + 7)
    return Vote(
        None,
        None,
        None,
        outcome=None,
        method=None,
        body=body,
        object=objects[0].kind.partition(":")[2],
        symbol=symbol_near(text, clause.start, clause.end, body),
        event_date=day,
        standing="announced",
        start=clause.start,
        end=clause.end,
        rule="vote/announced",
    )
