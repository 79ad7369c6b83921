"""The current version of each article, as it is read back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ledger.paging import pages_by_number
from ledger.tables import articles, versions
from records.article import Article, Origin


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the ledger holds it. ``version`` counts from 1; ``first_seen`` is in UTC."""

    article: Article
    origin: Origin
    version: int
    first_seen: datetime


_KEPT = tuple((articles if name in articles.c else versions).c[name] for name in Article.__dataclass_fields__)


def current() -> Select[Any]:
    """Every article with its current version, but without the fingerprint: it is long, and nobody here asks for it."""
    same = (versions.c.article == articles.c.id) & (versions.c.version == articles.c.version)
    rest = ("origin", "version", "first_seen", "copy_of", "number")
    return select(*_KEPT, *(articles.c[name] for name in rest)).join_from(articles, versions, same)


def read_back(row: Row[Any]) -> StoredArticle:
    """A row of ``current`` as a record."""
    return StoredArticle(Article(*row[: len(_KEPT)]), row.origin, row.version, row.first_seen)


def stored_article(conn: Connection, article_id: str) -> StoredArticle | None:
    """The current version of an article and how it came here; None when there is none of this id."""
    row = conn.execute(current().where(articles.c.id == article_id)).one_or_none()
    return None if row is None else read_back(row)


def iter_stored(conn: Connection, *, page: int = 500) -> Iterator[StoredArticle]:
    """Every article in its current version, oldest first, read page by page."""
    for rows in pages_by_number(conn, current(), articles.c.number, page):
        yield from map(read_back, rows)
