"""Developments and their sightings, as they are kept and read back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_, select

from ledger.encoding import decode, encode
from ledger.tables import developments, sightings
from records.development import Development, KnownDevelopment, Sighting

_AT_ONCE = 100
"""Developments whose new sightings one statement asks for: databases bound the terms of a condition."""

_MOST = 20_000
"""Sightings held: some 100 MB with their fingerprints."""


@dataclass(slots=True)
class _Held:
    replaced: int
    last: int = 0
    sightings: list[Sighting] = field(default_factory=list)


class Evidence:
    """What one pass has read of the developments' sightings: of an event told by hundreds, each is read once.

    Good for one ledger, read in write transactions that ``hold`` the decisions; one that is rolled back
    after its reading leaves nothing behind, as it reads before it writes.
    """

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}

    def read(self, conn: Connection, rows: Sequence[Row[Any]]) -> dict[str, list[Sighting]]:
        """The sightings of each of these developments, in order of arrival."""
        kinds = {row.id: row.kind for row in rows}
        asked = {row.id: self._recall(row) for row in rows}
        grown = [row.id for row in rows if asked[row.id].last != (row.last_sighting or 0)]
        for start in range(0, len(grown), _AT_ONCE):
            for row in _added(conn, {name: asked[name].last for name in grown[start : start + _AT_ONCE]}):
                asked[row.development].sightings.append(_sighting(row, kinds[row.development]))
                asked[row.development].last = row.number
        self._held |= asked
        self._forget()
        return {name: held.sightings for name, held in asked.items()}

    def _recall(self, row: Row[Any]) -> _Held:
        """What is held of a development; nothing when its evidence did more than grow since."""
        held = self._held.pop(row.id, None)
        return held if held is not None and held.replaced == row.replaced else _Held(row.replaced)

    def _forget(self) -> None:
        """Forget what was not asked for the longest, until few enough sightings are held."""
        held = sum(len(one.sightings) for one in self._held.values())
        while held > _MOST:
            held -= len(self._held.pop(next(iter(self._held))).sightings)


def read_developments(
    conn: Connection, chosen: Select[Any], evidence: Evidence | None = None
) -> list[KnownDevelopment]:
    """The developments of a selection, in its order, each with its sightings in order of arrival.

    What ``evidence`` holds already is not read again.
    """
    rows = conn.execute(chosen).all()
    seen = (evidence or Evidence()).read(conn, rows)
    return [_known(row, seen[row.id]) for row in rows]


def keep_sightings(conn: Connection, development: Development, *, article: str) -> None:
    """Keep one article's evidence of a development in place of what its earlier version gave."""
    here = (sightings.c.development == development.id) & (sightings.c.article == article)
    before = conn.execute(select(sightings).where(here).order_by(sightings.c.number)).all()
    there = [_sighting(row, development.kind) for row in before]
    mine = [one for one in development.sightings if one.article_id == article]
    if there == mine:
        return
    grows = there == mine[: len(there)]
    if not grows:
        conn.execute(sightings.delete().where(here))
    rows = [_sighting_row(development, one) for one in (mine[len(there) :] if grows else mine)]
    if rows:
        conn.execute(sightings.insert(), rows)
    _note_change(conn, development.id, grows=grows)


def _added(conn: Connection, read: Mapping[str, int]) -> Iterator[Row[Any]]:
    """The rows of developments beyond the last that was ``read``, oldest first."""
    new = [name for name, last in read.items() if not last]
    grown = [and_(sightings.c.development == name, sightings.c.number > last) for name, last in read.items() if last]
    chosen = or_(sightings.c.development.in_(new), *grown)
    yield from conn.execute(select(sightings).where(chosen).order_by(sightings.c.number))


def last_report(development: Development) -> datetime:
    """When the development was last reported as news; when it was first seen if it never was."""
    dates = [one.published_at for one in development.sightings if one.published_at and not one.recalled]
    return max(dates, default=development.first_seen)


def _note_change(conn: Connection, name: str, *, grows: bool) -> None:
    """Note up to where the evidence of a development goes, and whether it did more than grow.

    SQLite gives the number of a row that is gone to another: only together do the two tell what is new.
    """
    last = select(sightings.c.number).where(sightings.c.development == name)
    newest = last.order_by(sightings.c.number.desc()).limit(1).scalar_subquery()
    changed = {"last_sighting": newest, "replaced": developments.c.replaced + int(not grows)}
    conn.execute(developments.update().where(developments.c.id == name).values(**changed))


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
    kept = row._mapping
    rest = {
        "article_id": row.article,
        "finding": decode(kind, row.finding),
        "fingerprint": tuple(row.fingerprint),
    }
    return Sighting(**({name: kept[name] for name in _PLAIN} | rest))


def _sighting_row(development: Development, one: Sighting) -> dict[str, Any]:
    rest = {
        "development": development.id,
        "article": one.article_id,
        "finding": encode(one.finding),
        "fingerprint": list(one.fingerprint),
    }
    return {name: getattr(one, name) for name in _PLAIN} | rest


_PLAIN = [
    name for name in Sighting.__dataclass_fields__ if name in sightings.c and name not in ("finding", "fingerprint")
]
