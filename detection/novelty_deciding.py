"""One report against one known development, or none: the verdict, the event as it then stands, and who hears of it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from detection import novelty_counting as counting
from detection import novelty_readings as readings
from detection import novelty_statements as statements
from detection.headlines import headline
from detection.novelty_evidence import Report, Telling, content, sightings
from detection.novelty_restating import restate
from detection.retractions import is_retracted
from records.article import Article, Origin
from records.development import Decision, Development, Kind, KnownDevelopment, Occasion, Sighting, Status, Verdict
from records.finding import Finding, Statement, Vote
from records.fingerprint import overlap

FRESH = timedelta(days=7)
"""How long after its first report a development may still be told to somebody for the first time."""
_INTACT = 0.5
"""Overlap of two versions from which a finding missing in the later one was taken out on purpose."""


NOT_LIVE = {
    "backfill": "backfill: published before the watch could report it as news",
    "replay": "replay: found by a later reading of a stored article",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """The article that is being decided on, why we have it, and the pass's now."""

    told: Telling
    origin: Origin
    now: datetime


def decide_report(
    setting: Setting,
    report: Report,
    same: KnownDevelopment | None,
    *,
    why: str | None = None,
    again: bool = False,
) -> Decision:
    """What one report means for the development it speaks of; ``same`` is None for one not known before.

    ``again``: another report of the same article is a sighting of it already, and stays one.
    """
    if same is None:
        return _decide_new(setting, report)
    report = replace(report, recalled=report.recalled or _lies_behind(setting.told, same))
    evidence = sightings(setting.told, report)
    mine = setting.told.article.id
    others = [one for one in same.development.sightings if again or one.article_id != mine]
    after = restate(same, (*others, *evidence))
    occasion, reason = _occasion(setting, report, same, after)
    if occasion == "new":
        after = replace(after, not_told_because=None)
    verdict: Verdict = "recalled" if report.recalled else "sighting"
    if occasion in ("correction", "digest"):
        verdict = "correction"
    known_as = why or f"known: {same.development.headline}"
    return Decision(verdict, same.development.kind, report.findings, after, occasion, reason or known_as)


def decide_gone(setting: Setting, known: KnownDevelopment) -> list[Decision]:
    """What it means that a new version of an article no longer speaks of a development it once reported.

    Nothing, unless the text is otherwise the same or says that it is retracted: a page that came back
    short or broken takes nothing back.
    """
    mine = setting.told.article.id
    own = [one for one in known.development.sightings if one.article_id == mine]
    retracted = is_retracted(setting.told.article)
    same_version = all(one.content_hash == setting.told.article.content_hash for one in own)
    intact = any(overlap(one.fingerprint, setting.told.fingerprint) >= _INTACT for one in own)
    others = [one for one in known.development.sightings if one.article_id != mine]
    if setting.origin == "replay" and same_version:
        return [_decide_unfound(known, others)]
    if same_version or not (retracted or intact):
        return []
    if counting.reports(others) or known.known_event or not counting.reports(own):
        after = restate(known, others or own)
        change = _change(known.told, after.finding) if known.told else None
        tell = _once_told(setting, known, "correction") if change else None
        reason = change or "a later version of the article no longer says it; others do"
        return [Decision("correction", known.development.kind, (), after, tell, reason)]
    withdrawn = tuple(
        replace(one, recalled=True) if one.article_id == mine else one for one in known.development.sightings
    )
    after = replace(known.development, status="withdrawn", publishers=0, independent=0, sightings=withdrawn)
    reason = f"withdrawn: {setting.told.article.publisher}, the only one to report it, no longer does"
    return [Decision("correction", known.development.kind, (), after, _once_told(setting, known, "correction"), reason)]


def _decide_unfound(known: KnownDevelopment, others: list[Sighting]) -> Decision:
    """Newer rules no longer find in a text what older ones did: its evidence goes, and nobody is told."""
    reason = "a later reading of the same text no longer finds it"
    after = restate(known, others)
    if not others and not known.known_event:
        after = replace(after, status="withdrawn")
    return Decision("correction", known.development.kind, (), after, None, reason)


def _decide_new(setting: Setting, report: Report) -> Decision:
    evidence = sightings(setting.told, report)
    kind = _kind(report.finding)
    reason = _why_untold(setting, report)
    alone = counting.independent(evidence)
    status: Status = counting.status(evidence, alone=alone, contradicted=False, known_event=False)
    development = Development(
        id=_new_id(setting.told.article, report.finding),
        kind=kind,
        headline=headline(report.finding, _said(setting.told, report.finding)),
        status=status,
        first_seen=setting.now,
        event_date=getattr(report.finding, "event_date", None),
        publishers=counting.publishers(evidence),
        independent=alone,
        finding=report.finding,
        sightings=evidence,
        not_told_because=reason,
    )
    verdict: Verdict = "recalled" if report.recalled else "new"
    tell: Occasion | None = None if reason else "new"
    return Decision(verdict, kind, report.findings, development, tell, reason or "not known before")


def _occasion(
    setting: Setting, report: Report, same: KnownDevelopment, after: Development
) -> tuple[Occasion | None, str | None]:
    """On what occasion a known development is told again, and what has changed; None for one more sighting."""
    change = _change(same.told, after.finding) if same.told else None
    if same.told and same.development.status == "withdrawn" and after.status != "withdrawn":
        change = change or f"it was told as withdrawn, and {setting.told.article.publisher} reports it"
    if change is not None:
        return _once_told(setting, same, "correction"), change
    if after.status == "contradicted" and same.development.status != "contradicted" and same.told:
        return _once_told(setting, same, "digest"), "publishers contradict one another"
    if same.known_event or report.recalled or setting.origin != "live":
        return None, None
    return "new", None


def _lies_behind(told: Telling, known: KnownDevelopment) -> bool:
    """Whether what an article speaks of is no news any more on the day it is published."""
    development = known.development
    mine = told.article.id
    heard = [one.published_at for one in counting.reports(development.sightings) if one.published_at]
    if any(one.article_id == mine for one in counting.reports(development.sightings)):
        return False
    if development.kind == "statement":
        return bool(heard) and min(abs(told.at - at) for at in heard) > statements.OCCASION
    began = [datetime.combine(development.event_date, time.max, UTC)] if development.event_date else heard
    return bool(began) and told.at - min(began) > FRESH


def _once_told(setting: Setting, known: KnownDevelopment, occasion: Occasion) -> Occasion | None:
    return occasion if known.told is not None and setting.origin == "live" else None


def _change(told: Finding, now: Finding) -> str | None:
    if isinstance(told, Vote) and isinstance(now, Vote):
        return readings.changed_facts(told, now)
    if isinstance(told, Statement) and isinstance(now, Statement):
        return statements.changed_speaker(told, now)
    return None


def _why_untold(setting: Setting, report: Report) -> str | None:
    if setting.origin != "live":
        return NOT_LIVE[setting.origin]
    if report.recalled:
        day = getattr(report.finding, "event_date", None)
        return f"remembered: the event of {day} lies behind the report" if day else "remembered, not reported as news"
    return None


def _said(told: Telling, finding: Finding) -> str:
    return content(told.article.text, finding) if isinstance(finding, Statement) else ""


def _kind(finding: Finding) -> Kind:
    return "vote" if isinstance(finding, Vote) else "statement" if isinstance(finding, Statement) else "milestone"


def _new_id(article: Article, finding: Finding) -> str:
    """The same article's same words always make the same development, in whichever process they are read."""
    name = f"{article.id}\n{article.content_hash}\n{finding!r}"
    return f"{_kind(finding)}-{sha256(name.encode()).hexdigest()[:16]}"
