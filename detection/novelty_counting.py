"""How well an event is attested: publishers, independent publishers, and the status that follows."""

from collections.abc import Iterable, Sequence

from detection.novelty_folding import fold
from records.development import Sighting, Status

OFFICIAL = frozenset({"united-nations"})
"""Publisher families whose report of a vote or a milestone is the record itself."""


def reports(evidence: Iterable[Sighting]) -> list[Sighting]:
    """The sightings that report the event as news."""
    return [one for one in evidence if not one.recalled]


def publishers(evidence: Iterable[Sighting]) -> int:
    """How many publisher families report the event as news."""
    return len({one.publisher for one in reports(evidence)})


def independent(evidence: Iterable[Sighting]) -> int:
    """How many of them are left when families with copies of one text are folded into one."""
    return len(set(families(evidence).values()))


def families(evidence: Iterable[Sighting]) -> dict[str, str]:
    """Each reporting family with the one that stands for it and all that carry copies of its text."""
    return fold((one.publisher, one.fingerprint) for one in reports(evidence))


def status(evidence: Sequence[Sighting], *, alone: int, contradicted: bool, known_event: bool) -> Status:
    """What the event's attestation by ``alone`` independent families amounts to; an official record outweighs a
    contradiction.
    """
    if known_event or any(one.publisher in OFFICIAL for one in reports(evidence)):
        return "official"
    if contradicted:
        return "contradicted"
    return "corroborated" if alone >= 2 else "reported"
