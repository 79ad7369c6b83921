"""Articles: stories and their versions, and what is still to be examined.

Whose story an article is, is decided in ledger.identity; addresses are kept in ledger.addresses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, union

from ledger.addresses import SeenAddress, known_urls, note_stored, remember, seen_addresses
from ledger.columns import storable
from ledger.findings import developments_of, examinations_of
from ledger.holding import hold
from ledger.identity import Story, find_copy, find_story, keep_sketch, title_key
from ledger.leases import gone
from ledger.outbox import enter_index
from ledger.paging import pages_by_number
from ledger.tables import articles, versions
from ledger.versions import StoredArticle, current, read_back, stored_article
from records.article import Article, Origin
from records.finding import Examination
from records.fingerprint import fingerprint

__all__ = [
    "IndexableArticle",
    "SeenAddress",
    "StoredArticle",
    "Storing",
    "article",
    "articles_to_examine",
    "indexable_article",
    "iter_articles",
    "known_urls",
    "remember",
    "seen_addresses",
    "store_article",
]

Storing = Literal["stored", "version", "unchanged", "known"]
"""A new article; a new version of one; the same version again; another source's article already held."""


@dataclass(frozen=True, slots=True)
class IndexableArticle:
    """All that the index holds of one article.

    ``examination`` is None until the article has been examined. ``copy_of`` is the id of the oldest article
    whose text this one repeats, None for a text of its own.
    """

    stored: StoredArticle
    examination: Examination | None
    developments: tuple[str, ...]
    copy_of: str | None


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
    another publisher's article is never touched, whatever address it claims. ``announced`` is the address
    the entry gave, when it differs from the canonical one.
    """
    hold(conn, "articles")
    article = _storable(article)
    sketch = fingerprint(article.text)
    story = find_story(conn, article, announced, sketch, at)
    if story is None:
        article_id = _insert(conn, article, origin, at, sketch)
        outcome: Storing = "stored"
    else:
        article_id = story.id
        outcome = _update(conn, story, article, at, sketch)
    for url in {article.url, announced or article.url}:
        note_stored(conn, article.source, url, article_id, entry_hash, at)
    return outcome


def articles_to_examine(
    conn: Connection, *, detector: str, now: datetime, owner: str, limit: int, lease_seconds: float = 600
) -> list[StoredArticle]:
    """Claim for ``owner`` the oldest articles whose current version has not been examined.

    One whose examination failed is tried again only by another ``detector``. No two workers get the same.
    """
    # Two selections, one for each of the small indices of what is due: joined by OR, all articles would be read.
    due = select(articles.c.number)
    failed = articles.c.examining_failed.is_not(None) & (articles.c.examined_by != detector)
    undone = articles.c.number.in_(
        union(due.where(articles.c.examined_version < articles.c.version), due.where(failed))
    )
    held = articles.c.lease_until.is_not(None) & (articles.c.lease_until > now)
    owners = conn.execute(select(articles.c.lease_owner).where(undone, held).distinct()).scalars()
    free = ~held | articles.c.lease_owner.in_(gone(owners))
    oldest = due.where(undone, free).order_by(articles.c.number).limit(limit)
    numbers = list(conn.execute(oldest.with_for_update(skip_locked=True)).scalars())
    until = now + timedelta(seconds=lease_seconds)
    conn.execute(articles.update().where(articles.c.number.in_(numbers)).values(lease_owner=owner, lease_until=until))
    rows = conn.execute(current().where(articles.c.number.in_(numbers)).order_by(articles.c.number))
    return [read_back(row) for row in rows]


def article(conn: Connection, article_id: str) -> Article | None:
    """The current version of an article; None when there is none of this id."""
    found = stored_article(conn, article_id)
    return None if found is None else found.article


def indexable_article(conn: Connection, article_id: str) -> IndexableArticle | None:
    """The current version of an article with what was found in it; None when there is none of this id."""
    rows = conn.execute(current().where(articles.c.id == article_id)).all()
    return next(iter(_indexable(conn, rows)), None)


def iter_articles(conn: Connection, *, page: int = 500) -> Iterator[IndexableArticle]:
    """Every article, oldest first, read page by page (for a rebuild of the index, and for replay)."""
    for rows in pages_by_number(conn, current(), articles.c.number, page):
        yield from _indexable(conn, rows)


def _indexable(conn: Connection, rows: Sequence[Row[Any]]) -> list[IndexableArticle]:
    stored = [(read_back(row), row.copy_of) for row in rows]
    ids = [one.article.id for one, _ in stored]
    examined, reported = examinations_of(conn, ids), developments_of(conn, ids)
    return [
        IndexableArticle(one, examined.get(one.article.id), reported.get(one.article.id, ()), copy_of)
        for one, copy_of in stored
    ]


def _storable(article: Article) -> Article:
    """The article as any database can hold it; its hash names the text that is kept."""
    title, text = storable(article.title), storable(article.text)
    if title is article.title and text is article.text:
        return article
    content_hash = sha256(f"{title}\n{text}".encode()).hexdigest()
    return replace(article, title=title, text=text, content_hash=content_hash)


def _insert(conn: Connection, article: Article, origin: Origin, at: datetime, sketch: tuple[int, ...]) -> str:
    taken = conn.execute(select(articles.c.id).where(articles.c.id == article.id)).scalar()
    article_id = article.id if taken is None else sha256(f"{article.source}\n{article.id}".encode()).hexdigest()
    row = {
        "id": article_id,
        "source": article.source,
        "url": article.url,
        "publisher": article.publisher,
        "origin": origin,
        "first_seen": at,
        "version": 1,
        "title_key": title_key(article.title),
        "copy_of": find_copy(conn, sketch),
        "examined_version": 0,
    }
    conn.execute(articles.insert(), [row])
    _write_version(conn, article_id, 1, article, at, sketch)
    return article_id


def _update(conn: Connection, story: Story, article: Article, at: datetime, sketch: tuple[int, ...]) -> Storing:
    poorer = story.text_scope == "full" and article.text_scope == "summary"
    if story.content_hash == article.content_hash or poorer:
        return "unchanged" if story.source == article.source else "known"
    version = story.version + 1
    changed = {"version": version, "title_key": title_key(article.title)}
    conn.execute(articles.update().where(articles.c.id == story.id).values(**changed))
    _write_version(conn, story.id, version, article, at, sketch)
    return "version"


def _write_version(
    conn: Connection, article_id: str, version: int, article: Article, at: datetime, sketch: tuple[int, ...]
) -> None:
    kept = {name: getattr(article, name) for name in Article.__dataclass_fields__ if name in versions.c}
    row = kept | {"article": article_id, "version": version, "at": at, "fingerprint": list(sketch)}
    conn.execute(versions.insert(), [row])
    keep_sketch(conn, article_id, sketch)
    enter_index(conn, f"article:{article_id}", now=at)
