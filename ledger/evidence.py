"""Developments and their sightings, as they are kept and read back, and those a new article may be about."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select

from ledger.encoding import decode, encode
from ledger.holding import hold
from ledger.tables import developments, sightings
from records.article import Article
from records.development import Development, KnownDevelopment, Sighting
from records.finding import Examination, Finding, Statement

OCCASION = timedelta(days=5)
"""Statements this far from an article's date can be of the same occasion: three days, and two for time zones
and for a report that is dated by its update."""


def known_developments(conn: Connection, examination: Examination, article: Article) -> list[KnownDevelopment]:
    """What is known that an article's findings could be about; in a write transaction nobody else decides meanwhile."""
    hold(conn, "decisions")
    own = select(sightings.c.development).where(sightings.c.article == article.id)
    conditions: list[ColumnElement[bool]] = [developments.c.id.in_(own)]
    if examination.votes:
        conditions.append(developments.c.kind == "vote")
    if examination.milestones:
        conditions.append(developments.c.kind == "milestone")
    if examination.statements:
        conditions.append(_nearby_statements(examination.statements, article.published_at or article.fetched_at))
    return read_developments(conn, select(developments).where(or_(*conditions)).order_by(developments.c.number))


def read_developments(conn: Connection, chosen: Select[Any]) -> list[KnownDevelopment]:
    """The developments of a selection, in its order, each with its sightings in order of arrival."""
    rows = conn.execute(chosen).all()
    by_development: dict[str, list[Sighting]] = {}
    evidence = select(sightings).where(sightings.c.development.in_([row.id for row in rows]))
    kinds = {row.id: row.kind for row in rows}
    for row in conn.execute(evidence.order_by(sightings.c.number)):
        by_development.setdefault(row.development, []).append(_sighting(row, kinds[row.development]))
    return [_known(row, by_development.get(row.id, ())) for row in rows]


def keep_sightings(conn: Connection, development: Development, *, article: str) -> None:
    """Keep one article's evidence of a development in place of what its earlier version gave."""
    here = (sightings.c.development == development.id) & (sightings.c.article == article)
    conn.execute(sightings.delete().where(here))
    rows = [_sighting_row(development, one) for one in development.sightings if one.article_id == article]
    if rows:
        conn.execute(sightings.insert(), rows)


def speaker_key(finding: Finding) -> str | None:
    """A speaker's name without case, for the same words quoted years later; None for other findings."""
    if not isinstance(finding, Statement):
        return None
    return (finding.speaker_full or finding.speaker or "").casefold() or None


def last_report(development: Development) -> datetime:
    """When the development was last reported as news; when it was first seen if it never was."""
    dates = [one.published_at for one in development.sightings if one.published_at and not one.recalled]
    return max(dates, default=development.first_seen)


def _nearby_statements(said: Iterable[Statement], at: datetime) -> ColumnElement[bool]:
    keys = {key for statement in said if (key := speaker_key(statement))}
    near = developments.c.last_report.between(at - OCCASION, at + OCCASION)
    return (developments.c.kind == "statement") & (near | developments.c.speaker_key.in_(keys))


def _known(row: Row[Any], seen: Iterable[Sighting]) -> KnownDevelopment:
    found = Development(
        id=row.id,
        kind=row.kind,
        headline=row.headline,
        status=row.status,
        first_seen=row.first_seen,
        event_date=row.event_date,
        publishers=row.publishers,
        independent=row.independent,
        finding=decode(row.kind, row.finding),
        sightings=tuple(seen),
        not_told_because=row.not_told_because,
    )
    told = None if row.told is None else decode(row.kind, row.told)
    return KnownDevelopment(found, told=told, known_event=row.known_event)


def _sighting(row: Row[Any], kind: str) -> Sighting:
    kept = {name: row._mapping[name] for name in Sighting.__dataclass_fields__ if name in sightings.c}
    rest = {
        "article_id": row.article,
        "finding": decode(kind, row.finding),
        "fingerprint": tuple(row.fingerprint),
    }
    return Sighting(**(kept | rest))


def _sighting_row(development: Development, one: Sighting) -> dict[str, Any]:
    kept = {name: getattr(one, name) for name in Sighting.__dataclass_fields__ if name in sightings.c}
    rest = {
        "development": development.id,
        "article": one.article_id,
        "finding": encode(one.finding),
        "fingerprint": list(one.fingerprint),
    }
    return kept | rest
