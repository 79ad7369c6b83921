"""Turns records of the ledger into documents: pure, the same input gives the same checksum."""

from collections.abc import Iterable
from datetime import datetime

from indexing.documents import (
    LANGUAGES,
    ArticleDocument,
    ByLanguage,
    DevelopmentDocument,
    EvidenceFields,
    LanguageText,
    MilestoneFields,
    StatementFields,
    VoteFields,
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
        lag_seconds=_seconds_between(article.published_at, stored.first_seen),
        origin=stored.origin,
        content_hash=article.content_hash,
        text_scope=article.text_scope,
        truncated=article.truncated,
        version=stored.version,
        story=indexable.copy_of or article.id,
        on_topic=examined.relevance.on_topic if examined else None,
        relevance=examined.relevance.score if examined else None,
        kinds=_kinds(votes, statements, milestones),
        states=_distinct(state_code(name) for name in named),
        speakers=_distinct(statement.speaker_full or statement.speaker for statement in statements),
        affiliations=_distinct(named),
        developments=tuple(sorted(indexable.developments)),
        vote_count=len(votes),
        statement_count=len(statements),
        milestone_count=len(milestones),
    )


def describe_development(development: Development) -> DevelopmentDocument:
    """Return the document of a development, flat, with the proof given by its first report as news."""
    finding = development.finding
    reports = [sighting for sighting in development.sightings if not sighting.recalled]
    first = _first(reports) or _first(development.sightings)
    published_at = first.published_at if first and not first.recalled else None
    vote = _vote(finding) if isinstance(finding, Vote) else None
    statement = _statement(finding) if isinstance(finding, Statement) else None
    milestone = _milestone(finding) if isinstance(finding, Milestone) else None
    return DevelopmentDocument(
        id=development.id,
        kind=development.kind,
        headline=development.headline,
        status=development.status,
        first_seen=development.first_seen,
        event_date=development.event_date,
        published_at=published_at,
        lag_seconds=_seconds_between(published_at, development.first_seen),
        publishers=development.publishers,
        independent=development.independent,
        sighting_count=len(development.sightings),
        recalled_count=len(development.sightings) - len(reports),
        not_told_because=development.not_told_because,
        on_topic=finding.on_topic,
        url=first.url if first else None,
        urls=_distinct(sighting.url for sighting in development.sightings),
        title=first.title if first else None,
        sources=_distinct(sighting.source for sighting in development.sightings),
        publisher_families=_distinct(sighting.publisher for sighting in reports),
        articles=_distinct(sighting.article_id for sighting in development.sightings),
        states=_distinct([statement.state if statement else None, milestone.state if milestone else None]),
        evidence=_evidence(first) if first else None,
        vote=vote,
        statement=statement,
        milestone=milestone,
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


def _first(sightings: Iterable[Sighting]) -> Sighting | None:
    dated = sorted(
        sightings, key=lambda sighting: (sighting.published_at is None, sighting.published_at, sighting.article_id)
    )
    return dated[0] if dated else None


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


def _vote(vote: Vote) -> VoteFields:
    return VoteFields(
        in_favour=vote.in_favour,
        against=vote.against,
        abstain=vote.abstain,
        outcome=vote.outcome,
        method=vote.method,
        body=vote.body,
        object=vote.object,
        symbol=vote.symbol,
        standing=vote.standing,
    )


def _statement(statement: Statement) -> StatementFields:
    return StatementFields(
        speaker=statement.speaker_full or statement.speaker,
        role=statement.role,
        affiliation=statement.affiliation,
        state=state_code(statement.affiliation),
        mode=statement.mode,
        cue=statement.cue,
        stance=statement.stance,
    )


def _milestone(milestone: Milestone) -> MilestoneFields:
    return MilestoneFields(
        type=milestone.type,
        subject=milestone.subject,
        state=state_code(milestone.subject),
        certainty=milestone.certainty,
        count=milestone.count,
    )


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _seconds_between(earlier: datetime | None, later: datetime) -> int | None:
    return None if earlier is None else round((later - earlier).total_seconds())
