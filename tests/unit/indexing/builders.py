"""Articles, findings and developments for the tests of the index: plain defaults, anything may be given."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from indexing.describing import describe_article
from indexing.documents import Document, make_document
from ledger.articles import IndexableArticle, StoredArticle
from records.article import Article
from records.development import Development, Sighting
from records.finding import Examination, Milestone, Relevance, Statement, Vote

PUBLISHED = datetime(2024, 12, 24, 15, 0, tzinfo=UTC)
FETCHED = datetime(2024, 12, 24, 15, 30, tzinfo=UTC)


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def make_article(name: str = "one", **given: Any) -> Article:
    """Return an article; its URL is made from ``name``."""
    url = f"https://news.example/{name}"
    values: dict[str, Any] = {
        "id": digest(url),
        "url": url,
        "source": "example-news",
        "publisher": "example",
        "title": "General Assembly adopts convention against cybercrime",
        "text": "The General Assembly adopted the convention without a vote.",
        "language": "en",
        "published_at": PUBLISHED,
        "date_source": "feed",
        "date_zone_known": True,
        "fetched_at": FETCHED,
    } | given
    return Article(**{"content_hash": digest(f"{values['title']}\n{values['text']}"), **values})


def make_indexable(
    article: Article,
    examination: Examination | None = None,
    copy_of: str | None = None,
    version: int = 1,
    at: datetime = FETCHED,
) -> IndexableArticle:
    """Return an article, first seen ``at``, as the ledger gives it to the index."""
    return IndexableArticle(StoredArticle(article, "live", version, at), examination, (), copy_of)


def make_article_document(name: str = "one", version: int = 1, **given: Any) -> Document:
    """Return the document of an article that has not been examined."""
    return make_document("articles", describe_article(make_indexable(make_article(name, **given))), version)


def make_vote(**given: Any) -> Vote:
    """Return the vote of 2019."""
    values: dict[str, Any] = {
        "in_favour": 79, "against": 60, "abstain": 33, "outcome": "adopted", "method": "recorded",
        "body": "GA plenary", "object": "resolution", "symbol": "A/RES/74/247", "event_date": date(2019, 12, 27),
        "standing": "reported", "start": 0, "end": 40, "rule": "tally",
    }  # fmt: skip
    return Vote(**(values | given))


def make_statement(**given: Any) -> Statement:
    """Return a statement of an envoy of Russia's."""
    values: dict[str, Any] = {
        "speaker": "he", "speaker_start": 0, "speaker_end": 2, "speaker_full": "Andrey Krutskikh",
        "role": "presidential envoy", "affiliation": "Russia", "mode": "indirect", "spans": ((10, 30),),
        "cue": "noted", "stance": "support", "rule": "said",
    }  # fmt: skip
    return Statement(**(values | given))


def make_milestone(**given: Any) -> Milestone:
    """Return a signature by Viet Nam."""
    values: dict[str, Any] = {
        "type": "signature", "subject": "Vietnam", "event_date": date(2025, 10, 25), "certainty": "done",
        "start": 0, "end": 20, "rule": "signed",
    }  # fmt: skip
    return Milestone(**(values | given))


def make_examination(article: Article, *findings: Vote | Statement | Milestone) -> Examination:
    """Return what an article says."""
    return Examination(
        id=article.id,
        language=article.language,
        relevance=Relevance(True, 0.97, ("named in the title",)),
        votes=tuple(one for one in findings if isinstance(one, Vote)),
        statements=tuple(one for one in findings if isinstance(one, Statement)),
        milestones=tuple(one for one in findings if isinstance(one, Milestone)),
    )


def make_sighting(article: Article, finding: Vote | Statement | Milestone, **given: Any) -> Sighting:
    """Return an article's report of a finding, proved by its whole text."""
    values: dict[str, Any] = {
        "article_id": article.id, "url": article.url, "source": article.source, "publisher": article.publisher,
        "published_at": article.published_at, "title": article.title, "sentence": article.text, "start": 0,
        "end": len(article.text), "content_hash": article.content_hash, "rule": finding.rule, "recalled": False,
        "finding": finding,
    }  # fmt: skip
    return Sighting(**(values | given))


def make_development(finding: Vote | Statement | Milestone, *sightings: Sighting, **given: Any) -> Development:
    """Return a development with its sightings."""
    kind = {Vote: "vote", Statement: "statement", Milestone: "milestone"}[type(finding)]
    values: dict[str, Any] = {
        "id": f"{kind}-1", "kind": kind, "headline": "79 in favour, 60 against", "status": "reported",
        "first_seen": FETCHED, "event_date": date(2019, 12, 27), "publishers": 1, "independent": 1,
        "finding": finding, "sightings": sightings,
    }  # fmt: skip
    return Development(**(values | given))
