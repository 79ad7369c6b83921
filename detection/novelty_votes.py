"""When two reports speak of one vote: one body deciding one text once."""

from collections.abc import Iterable
from datetime import date, timedelta

from detection.kinds.vote_bodies import may_be_one
from detection.novelty_counting import reports
from detection.novelty_tallies import Likeness, compare_tallies, known_numbers, same_outcome
from records.development import KnownDevelopment
from records.finding import Vote

STALE = timedelta(days=7)
"""A vote this long before the article that tells it is remembered, not reported."""
_NEAR = timedelta(days=1)
"""Two stated dates of one vote: New York's evening is the next day in half of the world."""
_IMPLIED = timedelta(days=4)
"""A vote without a stated date was held at most this long before its report."""
_YEARLY = timedelta(days=60)
"""Beyond this, equal numbers with two stated dates are two votes: the same text comes back each autumn."""
_TEXTS = frozenset({None, "resolution", "convention", "decision"})
"""Objects that name the text as a whole; motions and amendments are votes of their own."""

_SCORES: dict[Likeness, int] = {"equal": 100, "consistent": 70, "typing_error": 60, "silent": 30, "conflict": 10}


def is_identified(vote: Vote) -> bool:
    """Whether a remembered vote says which one it is: a day, a symbol, or at least two of its numbers."""
    return vote.event_date is not None or vote.symbol is not None or known_numbers(vote) >= 2


def within_one_article(one: Vote, other: Vote) -> bool:
    """Whether two findings of one article are one vote: an article does not contradict itself."""
    if one.standing != other.standing and one.event_date != other.event_date:
        return False
    return (
        compare_tallies(one, other) in ("equal", "consistent", "silent")
        and _agree(one.body, other.body)
        and _same_object(one, other)
        and same_outcome(one, other)
        and (one.event_date is None or other.event_date is None or abs(one.event_date - other.event_date) <= _NEAR)
    )


def find_vote(vote: Vote, today: date, known: Iterable[KnownDevelopment]) -> KnownDevelopment | None:
    """The known vote that a report of ``today`` speaks of; None when it is one of its own."""
    scored = [(score, one) for one in known if (score := _score(vote, today, one))]
    latest = [(score, one.development.event_date or date.min, number) for number, (score, one) in enumerate(scored)]
    return scored[max(latest)[2]][1] if scored else None


def _score(vote: Vote, today: date, known: KnownDevelopment) -> int:
    other = known.development.finding
    if not isinstance(other, Vote) or not _same_object(vote, other):
        return 0
    alike = compare_tallies(vote, other)
    days = _days_apart(vote, today, known)
    near = days is not None and days <= (_NEAR if vote.event_date and other.event_date else _IMPLIED)
    if not _agree(vote.body, other.body) and not (alike == "equal" and near):
        return 0
    if not _fits(vote, other, alike, days, near=near):
        return 0
    symbol = vote.symbol is not None and vote.symbol == other.symbol
    same_body = vote.body is not None and vote.body == other.body
    return _SCORES[alike] + 20 * near + 10 * same_body + 50 * symbol + 5 * (vote.object == other.object)


def _fits(vote: Vote, other: Vote, alike: Likeness, days: timedelta | None, *, near: bool) -> bool:
    """Whether numbers and dates together allow one vote."""
    remembered = vote.standing == "recalled"
    if alike == "equal" and bool(vote.against):
        return remembered or vote.event_date is None or days is None or days <= _YEARLY
    if alike in ("equal", "typing_error", "consistent"):
        return near or (days is None or (remembered and vote.event_date is None))
    if not same_outcome(vote, other):
        return False
    if alike == "conflict":
        # Another tally on the same day in the same body is the same vote only if both name the text itself.
        return near and vote.body == other.body and vote.body is not None
    return near or (remembered and vote.event_date is None and vote.body is not None)


def _days_apart(vote: Vote, today: date, known: KnownDevelopment) -> timedelta | None:
    """Between the dates of two reports; the report's own day stands for a date that news leaves out."""
    mine = vote.event_date or (today if vote.standing == "reported" else None)
    other = known.development.event_date or min(
        (one.published_at.date() for one in reports(known.development.sightings) if one.published_at), default=None
    )
    return None if mine is None or other is None else abs(mine - other)


def _same_object(one: Vote, other: Vote) -> bool:
    return one.object == other.object or (one.object in _TEXTS and other.object in _TEXTS)


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or may_be_one(one, other)
