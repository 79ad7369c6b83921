"""Developments as the contract's JSON shows them (design, section 5)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ledger.encoding import encode
from records.development import Development, Sighting, Told


def as_json(development: Development, told: Sequence[Told]) -> dict[str, Any]:
    """One development as a JSON object: instants in ISO 8601 with ``Z``, dates as YYYY-MM-DD, unknown as null."""
    return {
        "id": development.id,
        "kind": development.kind,
        "headline": development.headline,
        "status": development.status,
        "first_seen": _instant(development.first_seen),
        "event_date": development.event_date.isoformat() if development.event_date else None,
        "publishers": development.publishers,
        "independent": development.independent,
        "sightings": _sightings(development.sightings),
        development.kind: encode(development.finding),
        "told": [
            {"to": one.to, "at": _instant(one.at), "occasion": one.occasion, "message_id": one.message_id}
            for one in told
        ],
        "not_told_because": development.not_told_because,
    }


def _sightings(evidence: Sequence[Sighting]) -> list[dict[str, Any]]:
    """Each sentence of each article once, although it may hold two acts of saying."""
    once: dict[tuple[str, int, int], Sighting] = {}
    for one in evidence:
        once.setdefault((one.article_id, one.start, one.end), one)
    return [_sighting(one) for one in once.values()]


def _sighting(one: Sighting) -> dict[str, Any]:
    return {
        "url": one.url,
        "source": one.source,
        "publisher": one.publisher,
        "published_at": _instant(one.published_at),
        "title": one.title,
        "sentence": one.sentence,
        "recalled": one.recalled,
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")
