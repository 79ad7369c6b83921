"""A development as it stands on its evidence: reading, status, counts and headline."""

from collections.abc import Iterable
from dataclasses import replace

from detection import novelty_counting as counting
from detection import novelty_readings as readings
from detection import novelty_statements as statements
from detection.headlines import headline
from records.development import Development, KnownDevelopment, Sighting
from records.finding import Finding, Statement, Vote


def restate(known: KnownDevelopment, evidence: Iterable[Sighting]) -> Development:
    """A development as it stands on its evidence; a known event keeps its own reading."""
    seen = tuple(evidence)
    before = known.development
    finding = before.finding if known.known_event else _reading(before.finding, seen)
    conflict = isinstance(finding, Vote) and readings.contradicted(seen, finding)
    alone = counting.independent(seen)
    status = counting.status(seen, alone=alone, contradicted=conflict, known_event=known.known_event)
    if before.status == "withdrawn" and not counting.reports(seen):
        status = "withdrawn"  # to recall it does not bring it back
    title = before.headline
    if finding != before.finding and _facts_of(finding) != _facts_of(before.finding):
        title = headline(finding, _proof_of(seen))
    return replace(
        before,
        headline=title,
        status=status,
        event_date=getattr(finding, "event_date", None) or before.event_date,
        publishers=counting.publishers(seen),
        independent=alone,
        finding=finding,
        sightings=seen,
    )


def _reading(before: Finding, evidence: tuple[Sighting, ...]) -> Finding:
    """The best reading of an event: of a vote what most say, of all else what was said first."""
    if isinstance(before, Vote):
        return readings.best_reading(evidence, before)
    heard = counting.reports(evidence) or list(evidence)
    if not heard:
        return before
    if isinstance(before, Statement):
        named = [one.finding for one in heard if isinstance(one.finding, Statement) and one.finding.speaker_full]
        return named[0] if named else heard[0].finding
    return heard[0].finding


def _facts_of(finding: Finding) -> object:
    """What a headline shows of a finding."""
    if isinstance(finding, Statement):
        return statements.speaker_of(finding), finding.affiliation
    shown = {"start": 0, "end": 0, "rule": ""}
    return replace(finding, **shown)  # type: ignore[arg-type]


def _proof_of(evidence: tuple[Sighting, ...]) -> str:
    return evidence[0].sentence if evidence else ""
