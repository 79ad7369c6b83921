"""Turns a development into the flat document of its vote, statement or milestone: pure, as all describing is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

from detection.states import find_states
from indexing.finding_documents import MilestoneDocument, StatementDocument, VoteDocument
from indexing.schemas import Collection
from indexing.states import state_code
from records.development import Development, Sighting
from records.finding import Milestone, Statement, Vote

MOST_SENTENCES = 50

COLLECTION_OF_KIND: dict[str, Collection] = {"vote": "votes", "statement": "statements", "milestone": "milestones"}


@dataclass(frozen=True, slots=True)
class Reports:
    """The sightings of a development, told apart: those that report it as news, and the first of all."""

    all: tuple[Sighting, ...]
    news: tuple[Sighting, ...]
    first: Sighting | None


def reports_of(development: Development) -> Reports:
    """Return the reports of a development; the first is the earliest dated one, of those that report it as news."""
    news = tuple(one for one in development.sightings if not one.recalled)
    return Reports(development.sightings, news, _first(news) or _first(development.sightings))


def describe_finding(development: Development) -> VoteDocument | StatementDocument | MilestoneDocument:
    """Return the flat document of what a development is about."""
    finding, reports = development.finding, reports_of(development)
    common = _common(development, reports)
    if isinstance(finding, Vote):
        return VoteDocument(**common, **_vote(finding, reports.news))
    if isinstance(finding, Statement):
        return StatementDocument(**common, **_statement(finding, reports.first))
    return MilestoneDocument(**common, **_milestone(finding))


def distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the values that are there, each once, in order."""
    return tuple(sorted({value for value in values if value}))


def seconds_between(earlier: datetime | None, later: datetime) -> int | None:
    """Return whole seconds; None when there is no beginning."""
    return None if earlier is None else round((later - earlier).total_seconds())


def _common(development: Development, reports: Reports) -> dict[str, Any]:
    first = reports.first
    published_at = first.published_at if first and not first.recalled else None
    return {
        "id": development.id,
        "headline": development.headline,
        "status": development.status,
        "on_topic": development.finding.on_topic,
        "happened_at": _happened_at(development, published_at),
        "first_seen": development.first_seen,
        "event_date": development.event_date,
        "published_at": published_at,
        "lag_seconds": seconds_between(published_at, development.first_seen),
        "publishers": development.publishers,
        "independent": development.independent,
        "sighting_count": len(reports.all),
        "recalled_count": len(reports.all) - len(reports.news),
        "not_told_because": development.not_told_because,
        "urls": distinct(one.url for one in reports.all),
        "sources": distinct(one.source for one in reports.all),
        "publisher_families": distinct(one.publisher for one in reports.news),
        "languages": distinct(one.language for one in reports.all),
        "articles": distinct(one.article_id for one in reports.all),
        "sentences": tuple(dict.fromkeys(one.sentence for one in reports.all))[:MOST_SENTENCES],
        "states": _states(development, reports.all),
        **_proof(development, first),
    }


def _proof(development: Development, first: Sighting | None) -> dict[str, Any]:
    """The first report's own fields, all None when nobody has reported the event."""
    names = ("url", "title", "source", "publisher", "language", "sentence", "start", "end", "content_hash")
    return {
        **{name: getattr(first, name) if first else None for name in names},
        "article": first.article_id if first else None,
        "rule": first.rule if first else development.finding.rule,
    }


def _happened_at(development: Development, published_at: datetime | None) -> datetime:
    if development.event_date is not None:
        return datetime.combine(development.event_date, time.min, UTC)
    return published_at or development.first_seen


def _states(development: Development, sightings: Sequence[Sighting]) -> tuple[str, ...]:
    finding = development.finding
    own = None
    if isinstance(finding, Statement):
        own = state_code(finding.affiliation)
    elif isinstance(finding, Milestone):
        own = state_code(finding.subject)
    named = (code for one in sightings for code in _named_states(one.sentence, one.language))
    return distinct([own, *named])


@lru_cache(maxsize=16384)
def _named_states(sentence: str, language: str | None) -> tuple[str, ...]:
    """The states a sentence names by their own names: a capital or an adjective may only be a place or an origin."""
    return distinct(mention.code for mention in find_states(sentence, language) if mention.kind == "name")


def _vote(vote: Vote, news: Sequence[Sighting]) -> dict[str, Any]:
    reported = [one.finding for one in news if isinstance(one.finding, Vote)]
    counted = vote.in_favour is not None and vote.against is not None
    return {
        "tally": _tally(vote),
        "tallies": distinct([_tally(vote), *map(_tally, reported)]),
        "in_favour": vote.in_favour,
        "against": vote.against,
        "abstain": vote.abstain,
        "margin": vote.in_favour - vote.against if counted else None,  # type: ignore[operator]
        "outcome": vote.outcome,
        "method": vote.method,
        "body": vote.body,
        "object": vote.object,
        "symbol": vote.symbol,
        "standing": vote.standing,
    }


def _tally(vote: Vote) -> str | None:
    numbers = (vote.in_favour, vote.against, vote.abstain)
    if numbers == (None, None, None):
        return None
    return "-".join("?" if number is None else str(number) for number in numbers)


def _statement(statement: Statement, first: Sighting | None) -> dict[str, Any]:
    shown = first.finding if first and isinstance(first.finding, Statement) else statement
    return {
        "speaker": statement.speaker_full or statement.speaker,
        "mention": shown.speaker,
        "speaker_start": shown.speaker_start,
        "speaker_end": shown.speaker_end,
        "role": statement.role,
        "affiliation": statement.affiliation,
        "state": state_code(statement.affiliation),
        "mode": statement.mode,
        "cue": statement.cue,
        "stance": statement.stance,
        "quote": _quote(first, shown) if first else None,
    }


def _quote(first: Sighting, shown: Statement) -> str | None:
    """What was said, cut out of the proving sentence, which begins at an offset of its own."""
    parts = [
        first.sentence[max(0, start - first.start) : end - first.start]
        for start, end in shown.spans
        if first.start < end <= first.end
    ]
    return " […] ".join(part for part in parts if part) or None


def _milestone(milestone: Milestone) -> dict[str, Any]:
    return {
        "type": milestone.type,
        "subject": milestone.subject,
        "state": state_code(milestone.subject),
        "certainty": milestone.certainty,
        "count": milestone.count,
    }


def _first(sightings: Iterable[Sighting]) -> Sighting | None:
    dated = sorted(
        sightings, key=lambda sighting: (sighting.published_at is None, sighting.published_at, sighting.article_id)
    )
    return dated[0] if dated else None
