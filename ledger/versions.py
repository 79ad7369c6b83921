"""The current version of each article, as it is read back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ledger.tables import articles, versions
from records.article import Article, Origin


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the ledger holds it. ``version`` counts from 1; ``first_seen`` is in UTC."""

    article: Article
    origin: Origin
    version: int
    first_seen: datetime


def current() -> Select[Any]:
    """Every article with its current version."""
    same = (versions.c.article == articles.c.id) & (versions.c.version == articles.c.version)
    return select(articles, versions).join(versions, same)


def read_back(row: Row[Any]) -> StoredArticle:
    """A row of ``current`` as a record."""
    kept = row._mapping
    names = [name for name in Article.__dataclass_fields__ if name != "id"]
    found = Article(id=row.id, **{name: kept[name] for name in names})
    return StoredArticle(found, row.origin, kept[articles.c.version], row.first_seen)


def stored_article(conn: Connection, article_id: str) -> StoredArticle | None:
    """The current version of an article and how it came here; None when there is none of this id."""
    row = conn.execute(current().where(articles.c.id == article_id)).one_or_none()
    return None if row is None else read_back(row)


def iter_stored(conn: Connection, *, page: int = 500) -> Iterator[StoredArticle]:
    """Every article in its current version, oldest first, read page by page."""
    after = 0
    while True:
        here = current().where(articles.c.number > after).order_by(articles.c.number).limit(page)
        rows = conn.execute(here).all()
        yield from map(read_back, rows)
        if len(rows) < page:
            return
        after = rows[-1].number
