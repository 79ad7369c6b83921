"""Articles: addresses seen, stories and their versions, and what is still to be examined."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from records.article import Article, Origin
from records.finding import Examination

Storing = Literal["stored", "version", "unchanged", "known"]
"""A new article; a new version of one; the same version again; another source's article already held."""


@dataclass(frozen=True, slots=True)
class SeenAddress:
    """One address of one source that has been dealt with.

    ``entry_hash`` is what the crawler made of the announcing entry (title, summary, date…): when it
    differs at the next pass the article may have been edited. ``outcome`` dropped means for good.
    """

    url: str
    outcome: Literal["stored", "off_topic", "dropped"]
    entry_hash: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the ledger holds it. ``version`` counts from 1; ``first_seen`` is in UTC."""

    article: Article
    origin: Origin
    version: int
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class IndexableArticle:
    """All that the index holds of one article. ``examination`` is None until it has been examined."""

    stored: StoredArticle
    examination: Examination | None
    developments: tuple[str, ...]
    copy_of: str | None


def known_urls(conn: Connection, source: str, urls: Iterable[str]) -> set[str]:
    """Those of ``urls`` (canonical) that this source has already brought: stored, off topic or dropped for good."""
    raise NotImplementedError


def seen_addresses(conn: Connection, source: str, urls: Iterable[str]) -> dict[str, SeenAddress]:
    """What is known of each of ``urls`` that this source has already brought."""
    raise NotImplementedError


def remember(
    conn: Connection,
    url: str,
    source: str,
    outcome: Literal["off_topic", "dropped"],
    reason: str | None,
    at: datetime,
    *,
    entry_hash: str | None = None,
) -> None:
    """Note that an address was dealt with and need not be fetched again unless its entry changes."""
    raise NotImplementedError


def store_article(
    conn: Connection,
    article: Article,
    origin: Origin,
    at: datetime,
    *,
    announced: str | None = None,
    entry_hash: str | None = None,
) -> Storing:
    """Store an article, mark it to be examined, and enter it in the outbox for the index.

    One source's story under a changed address, guid or title becomes a version of the article it was;
    another source's article is never touched, whatever address it claims. ``announced`` is the address the
    entry gave, when it differs from the canonical one.
    """
    raise NotImplementedError


def articles_to_examine(conn: Connection, *, detector: str, limit: int) -> list[StoredArticle]:
    """The oldest articles whose current version has not been examined yet, by any ``detector``."""
    raise NotImplementedError


def article(conn: Connection, article_id: str) -> Article | None:
    """The current version of an article; None when there is none of this id."""
    raise NotImplementedError


def indexable_article(conn: Connection, article_id: str) -> IndexableArticle | None:
    """The current version of an article with what was found in it; None when there is none of this id."""
    raise NotImplementedError


def iter_articles(conn: Connection, *, page: int = 500) -> Iterator[IndexableArticle]:
    """Every article, oldest first, read page by page (for a rebuild of the index, and for replay)."""
    raise NotImplementedError
