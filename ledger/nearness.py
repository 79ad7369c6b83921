"""Which developments a new article may be about: few enough to compare, and never too few.

What is chosen here is only looked at; detection.novelty decides. So each choice is wider than its rule.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from ledger.evidence import Evidence, read_developments
from ledger.holding import hold
from ledger.tables import developments, sightings
from records.article import Article
from records.development import KnownDevelopment
from records.finding import Examination, Finding, Milestone, Statement, Vote

_OCCASION = timedelta(days=5)
"""Statements of one occasion are reported within three days; two more for zones, and for dates of updates."""
_SEASON = timedelta(days=65)
"""Votes with equal numbers are one vote within sixty days."""
_STEP = timedelta(days=40)
"""Sessions and steps of ratification are dated loosely."""


def known_developments(
    conn: Connection, examination: Examination, article: Article, evidence: Evidence | None = None
) -> list[KnownDevelopment]:
    """What is known that an article's findings could be about; in a write transaction nobody else decides meanwhile.

    ``evidence`` holds what the same pass has read before.
    """
    hold(conn, "decisions")
    at = article.published_at or article.fetched_at
    own = select(sightings.c.development).where(sightings.c.article == article.id)
    near = [developments.c.id.in_(own), *_votes(examination.votes, at), *_milestones(examination.milestones, at)]
    near += _statements(examination.statements, at)
    # Each condition is sought by its own index: joined by OR, SQLite would read all developments of a kind.
    numbers: set[int] = set()
    for condition in near:
        numbers.update(conn.execute(select(developments.c.number).where(condition)).scalars())
    chosen = select(developments).where(developments.c.number.in_(sorted(numbers)))
    return read_developments(conn, chosen.order_by(developments.c.number), evidence)


def search_keys(finding: Finding) -> dict[str, Any]:
    """What a development is found by, beside its dates: who speaks, which step of whom, the numbers of a vote."""
    numbers: dict[str, Any] = {"in_favour": None, "against": None, "abstain": None}
    if isinstance(finding, Vote):
        numbers = {name: getattr(finding, name) for name in numbers}
    return {"subject_key": _subject_key(finding), **numbers}


def _subject_key(finding: Finding) -> str | None:
    if isinstance(finding, Statement):
        return (finding.speaker_full or finding.speaker or "").casefold() or None
    if isinstance(finding, Milestone):
        return f"{finding.type} {finding.subject or ''}"
    return None


def _votes(votes: Iterable[Vote], at: datetime) -> Iterator[ColumnElement[bool]]:
    for vote in votes:
        numbers = [
            developments.c[name] == getattr(vote, name)
            for name in ("in_favour", "against", "abstain")
            if getattr(vote, name) is not None
        ]
        pairs = [and_(one, other) for place, one in enumerate(numbers) for other in numbers[place + 1 :]]
        for condition in (developments.c.known_event, *_dated(vote, at, _SEASON), *pairs):
            yield and_(developments.c.kind == "vote", condition)


def _milestones(steps: Iterable[Milestone], at: datetime) -> Iterator[ColumnElement[bool]]:
    for step in steps:
        same = developments.c.subject_key == _subject_key(step)
        known = developments.c.known_event & developments.c.subject_key.startswith(f"{step.type} ", autoescape=True)
        of_many = developments.c.subject_key == f"{step.type} "
        for condition in (same, of_many, known, *_dated(step, at, _STEP)):
            yield and_(developments.c.kind == "milestone", condition)


def _statements(said: Iterable[Statement], at: datetime) -> Iterator[ColumnElement[bool]]:
    keys = {key for statement in said if (key := _subject_key(statement))}
    if keys:
        near = developments.c.last_report.between(at - _OCCASION, at + _OCCASION)
        for condition in (near, developments.c.subject_key.in_(keys)):
            yield and_(developments.c.kind == "statement", condition)


def _dated(finding: Vote | Milestone, at: datetime, window: timedelta) -> Iterator[ColumnElement[bool]]:
    """Developments of about the finding's day: by their own day, or by their reports when they have none."""
    day = finding.event_date or at.date()
    yield developments.c.event_date.between(day - window, day + window)
    yield and_(developments.c.event_date.is_(None), developments.c.last_report.between(at - window, at + window))
