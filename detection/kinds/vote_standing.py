"""When the vote was taken, and so whether it is told as news, recalled, or announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detection.calendar_forms import DateMention, likely_year
from detection.kinds.vote_clauses import Clause
from detection.kinds.vote_signs import separation
from records.finding import Standing

_FRESH_DAYS = 10
_FRESH_MONTHS = 1
_DATED_REACH = 14


@dataclass(slots=True)
class When:
    """The day of an event, None when unknown, and how the text stands to it."""

    day: date | None
    standing: Standing


def when_held(clauses: Sequence[Clause], anchor: tuple[int, int], published: date | None, *, background: bool) -> When:
    """The day and standing of a vote told in some sentences; ``anchor`` is the (clause, word) that decides."""
    mention = _nearest(clauses, anchor)
    if mention is None:
        return When(None, "recalled" if background or _recalls(clauses, anchor) else "reported")
    if mention.day is not None and published is not None:
        age = (published - mention.day).days
        if age > _FRESH_DAYS:
            return When(mention.day, "recalled")
        return When(mention.day, "recalled" if background and age > 2 else "reported")
    if mention.precision != "day" and _is_old(mention, published):
        return When(None, "recalled")
    old = background or (published is None and mention.year is not None and _recalls(clauses, anchor))
    return When(mention.day, "recalled" if old else "reported")


def is_dated(clause: Clause, at: int) -> bool:
    """Whether a word is followed, before long, by the day or the year of what it tells."""
    return any(
        0 <= mention.first - at <= _DATED_REACH and (mention.day or mention.year) and not mention.relative
        for mention in clause.dates
        if _usable(clause, mention)
    )


def _nearest(clauses: Sequence[Clause], anchor: tuple[int, int]) -> DateMention | None:
    """The date that stands nearest to the decisive word in its sentence, else the first of the other sentences."""
    number, at = anchor
    own = [clause for clause in clauses if clause.number == number]
    others = [clause for clause in clauses if clause.number != number]
    for clause in own:
        dated = [mention for mention in clause.dates if _usable(clause, mention) and not _to_come(clause, at, mention)]
        if dated:
            return min(dated, key=lambda mention: _distance(clause, mention, at))
    for clause in others:
        for mention in clause.dates:
            if _usable(clause, mention) and mention.precision == "day":
                return mention
    return None


def _usable(clause: Clause, mention: DateMention) -> bool:
    """A date that is not the limit or name of something else ("until 2026", "resolution 2019/5", in brackets)."""
    return not any(mark.kind == "until" and 0 <= mention.first - mark.last <= 1 for mark in clause.marks)


def _to_come(clause: Clause, at: int, mention: DateMention) -> bool:
    """Whether a date belongs to something that will follow the decision ("and will open for signature in 2025")."""
    return any(at <= mark.first <= mention.first for mark in clause.of("future", "will_vote"))


def _distance(clause: Clause, mention: DateMention, at: int) -> float:
    first, last = (mention.last, at) if mention.last <= at else (at, mention.first)
    parted = sum(separation(word) for word in clause.words.written[first:last])
    return (
        abs(last - first)
        + 2 * parted
        + (8 if mention.precision != "day" else 0)
        + (6 if clause.bracketed(mention.first) else 0)
    )


def _recalls(clauses: Sequence[Clause], anchor: tuple[int, int]) -> bool:
    """Whether a word near the decisive one looks back ("earlier", "last year")."""
    number, at = anchor
    return any(
        mark.kind == "earlier" and abs(mark.first - at) <= 12
        for clause in clauses
        if clause.number == number
        for mark in clause.marks
    )


def _is_old(mention: DateMention, published: date | None) -> bool:
    year = mention.year or (likely_year(mention.month, published) if mention.month else None)
    if year is None or published is None:
        return year is not None
    if mention.month is None:
        return year < published.year
    return (published.year - year) * 12 + published.month - mention.month > _FRESH_MONTHS
