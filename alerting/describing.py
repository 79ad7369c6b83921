"""A development in words: the lines that a mail shows of it, the same in text and HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from alerting.cleaning import clean_header, clean_line, web_link
from records.alert import Link
from records.development import Development, Occasion, Sighting
from records.finding import Finding, Milestone, Statement, Vote

SENTENCE_LENGTH = 2000
TITLE_LENGTH = 300
SENTENCES_SHOWN = 12
SOURCES_SHOWN = 20

_STATUS = {
    "reported": "not yet corroborated",
    "corroborated": "corroborated",
    "official": "confirmed by an official record",
    "contradicted": "CONTRADICTED: the reports do not agree",
    "withdrawn": "WITHDRAWN by its source",
}
_METHOD = {
    "recorded": "recorded vote",
    "unanimous": "unanimously",
    "consensus": "by consensus",
    "without_vote": "without a vote",
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """One proving sentence and who printed it."""

    sentence: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Report:
    """One source's report: its link is None when its address is not one of the web."""

    title: str
    source: str
    published: str
    link: str | None
    recalled: bool


@dataclass(frozen=True, slots=True)
class Description:
    """What a mail shows of one development; every string is one clean line, not yet escaped for HTML."""

    id: str
    occasion: Occasion
    label: str
    headline: str
    facts: str
    status: str
    first_seen: str
    when: date
    quotations: tuple[Quotation, ...]
    reports: tuple[Report, ...]
    reports_left_out: int
    publishers: int
    independent: int
    links: tuple[Link, ...] = ()


def describe(development: Development, occasion: Occasion, links: Sequence[Link] = ()) -> Description:
    """Return the lines a mail shows of ``development``; ``links`` are our own and lead to more on it."""
    sightings = sorted(development.sightings, key=lambda sighting: (sighting.recalled, _instant(sighting)))
    articles = list({sighting.url: sighting for sighting in sightings}.values())
    return Description(
        id=clean_header(development.id, 200),
        occasion=occasion,
        label=_label(development, occasion),
        headline=clean_line(development.headline, TITLE_LENGTH),
        facts=clean_line(facts_of(development.finding), SENTENCE_LENGTH),
        status=_STATUS[development.status],
        first_seen=f"{development.first_seen:%Y-%m-%d %H:%M} UTC",
        when=development.event_date or development.first_seen.date(),
        quotations=_quotations(sightings),
        reports=tuple(_report(sighting) for sighting in articles[:SOURCES_SHOWN]),
        reports_left_out=max(0, len(articles) - SOURCES_SHOWN),
        publishers=development.publishers,
        independent=development.independent,
        links=tuple(links),
    )


def facts_of(finding: Finding) -> str:
    """Return the finding as a phrase: the tally, the speaker, or the step; what the text does not give is left out."""
    match finding:
        case Vote():
            return _vote_facts(finding)
        case Statement():
            return _statement_facts(finding)
        case Milestone():
            return _milestone_facts(finding)


def tally_of(vote: Vote) -> str | None:
    """Return ``79-60-33`` as far as the numbers are known, None when the text gives none."""
    numbers = (vote.in_favour, vote.against, vote.abstain)
    if all(number is None for number in numbers):
        return None
    return "-".join("?" if number is None else str(number) for number in numbers)


def _vote_facts(vote: Vote) -> str:
    counts = ((vote.in_favour, "in favour"), (vote.against, "against"), (vote.abstain, "abstaining"))
    tally = ", ".join(f"{number} {side}" for number, side in counts if number is not None)
    what = " ".join(part for part in (vote.object, vote.symbol) if part)
    how = _METHOD[vote.method] if vote.method else None
    return ", ".join(part for part in (tally, vote.outcome, how, what, vote.body, _day(vote.event_date)) if part)


def _statement_facts(statement: Statement) -> str:
    name = statement.speaker_full or statement.speaker or "speaker not named"
    who = ", ".join(part for part in (statement.role, statement.affiliation) if part)
    stance = f" [{statement.stance}]" if statement.stance and statement.stance != "neutral" else ""
    return f"{name} ({who}){stance}" if who else f"{name}{stance}"


def _milestone_facts(milestone: Milestone) -> str:
    count = f"{milestone.count} states" if milestone.count else None
    parts = (
        milestone.type.replace("_", " "),
        milestone.subject,
        count,
        milestone.certainty,
        _day(milestone.event_date),
    )
    return ", ".join(part for part in parts if part)


def _label(development: Development, occasion: Occasion) -> str:
    if development.status == "withdrawn":
        return "Withdrawn"
    if occasion == "correction":
        return "Correction"
    if development.status == "contradicted":
        return "Contradiction"
    return {"vote": "Vote", "statement": "Statement", "milestone": "Milestone"}[development.kind]


def _quotations(sightings: Sequence[Sighting]) -> tuple[Quotation, ...]:
    """Return each sentence once, those that report before those that recall."""
    first: dict[str, Quotation] = {}
    for sighting in sightings:
        sentence = clean_line(sighting.sentence, SENTENCE_LENGTH)
        first.setdefault(sentence, Quotation(sentence, clean_line(sighting.publisher, TITLE_LENGTH)))
    return tuple(first.values())[:SENTENCES_SHOWN]


def _report(sighting: Sighting) -> Report:
    return Report(
        title=clean_line(sighting.title, TITLE_LENGTH) or "(no title)",
        source=clean_line(sighting.source, TITLE_LENGTH),
        published=f"{sighting.published_at:%Y-%m-%d}" if sighting.published_at else "undated",
        link=web_link(sighting.url),
        recalled=sighting.recalled,
    )


def _instant(sighting: Sighting) -> datetime:
    return sighting.published_at or datetime.max.replace(tzinfo=UTC)


def _day(day: date | None) -> str | None:
    return f"{day.day} {day:%B %Y}" if day else None
