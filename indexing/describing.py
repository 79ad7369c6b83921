"""Turns articles and developments of the ledger into documents: pure, the same input gives the same checksum."""

from indexing.describing_findings import distinct, reports_of, seconds_between
from indexing.documents import (
    LANGUAGES,
    ArticleDocument,
    ByLanguage,
    DevelopmentDocument,
    EvidenceFields,
    LanguageText,
)
from indexing.states import state_code
from ledger.articles import IndexableArticle
from records.article import Article
from records.development import Development, Sighting
from records.finding import Examination, Milestone, Statement, Vote


def describe_article(indexable: IndexableArticle) -> ArticleDocument:
    """Return the document of an article; what only an examination tells is empty until there was one."""
    stored, article = indexable.stored, indexable.stored.article
    examined = indexable.examination
    votes, statements, milestones = _on_topic(examined)
    named = [statement.affiliation for statement in statements] + [milestone.subject for milestone in milestones]
    return ArticleDocument(
        id=article.id,
        url=article.url,
        source=article.source,
        publisher=article.publisher,
        language=article.language,
        title=article.title,
        body=article.text,
        by_language=_by_language(article),
        published_at=article.published_at,
        date_source=article.date_source,
        date_zone_known=article.date_zone_known,
        fetched_at=article.fetched_at,
        first_seen=stored.first_seen,
        lag_seconds=seconds_between(article.published_at, stored.first_seen),
        origin=stored.origin,
        content_hash=article.content_hash,
        text_scope=article.text_scope,
        truncated=article.truncated,
        version=stored.version,
        story=indexable.copy_of or article.id,
        on_topic=examined.relevance.on_topic if examined else None,
        relevance=examined.relevance.score if examined else None,
        kinds=_kinds(votes, statements, milestones),
        states=distinct(state_code(name) for name in named),
        speakers=distinct(statement.speaker_full or statement.speaker for statement in statements),
        affiliations=distinct(named),
        developments=tuple(sorted(indexable.developments)),
        vote_count=len(votes),
        statement_count=len(statements),
        milestone_count=len(milestones),
    )


def describe_development(development: Development) -> DevelopmentDocument:
    """Return the document of a development, flat, with the proof given by its first report as news."""
    finding = development.finding
    reports = reports_of(development)
    first = reports.first
    published_at = first.published_at if first and not first.recalled else None
    statement = finding if isinstance(finding, Statement) else None
    named = [statement.affiliation if statement else None, finding.subject if isinstance(finding, Milestone) else None]
    return DevelopmentDocument(
        id=development.id,
        kind=development.kind,
        headline=development.headline,
        status=development.status,
        first_seen=development.first_seen,
        event_date=development.event_date,
        published_at=published_at,
        lag_seconds=seconds_between(published_at, development.first_seen),
        publishers=development.publishers,
        independent=development.independent,
        sighting_count=len(development.sightings),
        recalled_count=len(development.sightings) - len(reports.news),
        not_told_because=development.not_told_because,
        on_topic=finding.on_topic,
        url=first.url if first else None,
        urls=distinct(sighting.url for sighting in development.sightings),
        title=first.title if first else None,
        sources=distinct(sighting.source for sighting in development.sightings),
        publisher_families=distinct(sighting.publisher for sighting in reports.news),
        articles=distinct(sighting.article_id for sighting in development.sightings),
        states=distinct(state_code(name) for name in named),
        speakers=distinct([statement.speaker_full or statement.speaker] if statement else ()),
        evidence=_evidence(first) if first else None,
    )


def _on_topic(examined: Examination | None) -> tuple[list[Vote], list[Statement], list[Milestone]]:
    if examined is None:
        return [], [], []
    return (
        [vote for vote in examined.votes if vote.on_topic],
        [statement for statement in examined.statements if statement.on_topic],
        [milestone for milestone in examined.milestones if milestone.on_topic],
    )


def _kinds(votes: list[Vote], statements: list[Statement], milestones: list[Milestone]) -> tuple[str, ...]:
    found = {"milestone": milestones, "statement": statements, "vote": votes}
    return tuple(kind for kind, findings in found.items() if findings)


def _by_language(article: Article) -> ByLanguage:
    if article.language not in LANGUAGES:
        return ByLanguage()
    return ByLanguage(**{article.language: LanguageText(article.title, article.text)})


def _evidence(sighting: Sighting) -> EvidenceFields:
    return EvidenceFields(
        sentence=sighting.sentence,
        start=sighting.start,
        end=sighting.end,
        rule=sighting.rule,
        content_hash=sighting.content_hash,
        article=sighting.article_id,
        url=sighting.url,
    )
