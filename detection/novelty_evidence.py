"""The evidence an article gives for one event: its findings on it, each with its sentence."""

from dataclasses import dataclass
from datetime import datetime

from detection.sentences import split_paragraphs, split_sentences
from records.article import Article
from records.development import Sighting
from records.finding import Finding, Statement
from records.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class Report:
    """All that one article says of one event.

    ``finding`` unites what its ``findings`` say; ``recalled``: the article only remembers the event.
    """

    finding: Finding
    findings: tuple[Finding, ...]
    recalled: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """The article that is being decided on: its text's fingerprint, and the instant its "today" stands for."""

    article: Article
    language: str | None
    fingerprint: tuple[int, ...]
    at: datetime


def telling(article: Article, language: str | None) -> Telling:
    """Measure an article once; undated, it speaks of the day it was fetched."""
    return Telling(article, language, fingerprint(article.text), article.published_at or article.fetched_at)


def sightings(told: Telling, report: Report) -> tuple[Sighting, ...]:
    """One sighting for a vote or a milestone; for a statement one for each act of saying, in text order."""
    chosen = report.findings if isinstance(report.finding, Statement) else report.findings[:1]
    shown = [report.finding] if len(chosen) == 1 and not isinstance(report.finding, Statement) else chosen
    return tuple(_sighting(told, finding, recalled=report.recalled) for finding in shown)


def bounds(finding: Finding) -> tuple[int, int]:
    """Where a finding's proof begins and ends in the text, speaker and content included."""
    if not isinstance(finding, Statement):
        return finding.start, finding.end
    places = [*finding.spans]
    if finding.speaker_start is not None and finding.speaker_end is not None:
        places.append((finding.speaker_start, finding.speaker_end))
    return min(start for start, _ in places), max(end for _, end in places)


def content(text: str, finding: Statement) -> str:
    """What was said, without the words of the reporter."""
    return " ".join(text[start:end] for start, end in finding.spans)


def sentence_around(text: str, start: int, end: int, language: str | None) -> tuple[int, int]:
    """The whole sentence, or sentences, that hold an offset pair."""
    for paragraph in split_paragraphs(text):
        if not paragraph[0] <= start < paragraph[1]:
            continue
        held = [span for span in split_sentences(text, paragraph, language) if span[0] < end and start < span[1]]
        if held:
            return held[0][0], max(end, held[-1][1])
    return start, end


def _sighting(told: Telling, finding: Finding, *, recalled: bool) -> Sighting:
    article = told.article
    start, end = sentence_around(article.text, *bounds(finding), told.language)
    return Sighting(
        article_id=article.id,
        url=article.url,
        source=article.source,
        publisher=article.publisher,
        published_at=article.published_at,
        title=article.title,
        sentence=article.text[start:end],
        start=start,
        end=end,
        content_hash=article.content_hash,
        rule=finding.rule,
        recalled=recalled,
        finding=finding,
        language=told.language,
        fingerprint=told.fingerprint,
    )
