"""Developments and their sightings, as they are kept and read back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ledger.encoding import decode, encode
from ledger.tables import sightings
from records.development import Development, KnownDevelopment, Sighting


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


def last_report(development: Development) -> datetime:
    """When the development was last reported as news; when it was first seen if it never was."""
    dates = [one.published_at for one in development.sightings if one.published_at and not one.recalled]
    return max(dates, default=development.first_seen)


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
