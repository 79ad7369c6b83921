"""Whose story an article is: the same one under another address or title, a copy of another's, or its own.

Within one source a story is the same when its address is, or when its text is nearly the same (for good,
so that an old feed replayed brings nothing new), or when its title is the same within 7 days and the text
is still akin. A guid is never asked: publishers change and reuse them. What another publisher brings is
always its own article, whatever address it claims.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ledger.tables import addresses, articles, runs, versions
from records.article import Article
from records.fingerprint import likeness, overlap, words

SAME_TEXT = 0.8
"""Likeness from which one source's text is the same story, edited: an edit seldom touches a fifth of it."""
AKIN = 0.2
"""Likeness from which one title within 7 days is one story: two daily briefings share almost nothing."""
COPY = 0.5
"""Overlap from which a text repeats another publisher's: an agency's report, cut and given a new lead."""
SAME_TITLE_FOR = timedelta(days=7)
_KEPT_RUNS = 12
"""Hashes of a fingerprint that are looked up. Of two texts half alike, all 12 differ once in 4,096 times."""
_SHARERS = 100
"""Articles looked at for one run. What stands under every article of a source is shared by all of them and tells
nothing; the other runs of a copied text are shared by its copies alone, and any of them names the original."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article already held: its current version."""

    id: str
    source: str
    version: int
    content_hash: str
    text_scope: str


def title_key(title: str) -> str:
    """A title without case, marks, width and spaces."""
    return " ".join(words(title))


def find_story(
    conn: Connection, article: Article, announced: str | None, sketch: tuple[int, ...], at: datetime
) -> Story | None:
    """The article already held of which this one is a version; None when it is a new one."""
    return (
        _by_address(conn, article, announced) or _by_text(conn, article, sketch) or _by_title(conn, article, sketch, at)
    )


def find_copy(conn: Connection, sketch: tuple[int, ...]) -> str | None:
    """The oldest article, of whatever source, whose text a new one repeats; None when its text is its own."""
    for row in _sharing(conn, sketch):
        if overlap(tuple(row.fingerprint), sketch) >= COPY:
            return str(row.copy_of or row.id)
    return None


def keep_sketch(conn: Connection, article: str, sketch: tuple[int, ...]) -> None:
    """Keep what a later copy of this article's text will be found by."""
    conn.execute(runs.delete().where(runs.c.article == article))
    if sketch:
        conn.execute(runs.insert(), [{"run": run, "article": article} for run in sketch[:_KEPT_RUNS]])


def _by_address(conn: Connection, article: Article, announced: str | None) -> Story | None:
    urls = {article.url, announced or article.url}
    led = select(addresses.c.article).where(addresses.c.source == article.source, addresses.c.url.in_(urls))
    mine = articles.c.id.in_(led.where(addresses.c.article.is_not(None)))
    row = conn.execute(_held().where(mine).order_by(articles.c.number)).first()
    if row is None:
        family = (articles.c.id == article.id) & (articles.c.publisher == article.publisher)
        row = conn.execute(_held().where(family).order_by(articles.c.number)).first()
    return None if row is None else _story(row)


def _by_text(conn: Connection, article: Article, sketch: tuple[int, ...]) -> Story | None:
    if article.text_scope != "full":
        return None
    # The source is not asked for in the statement: the database would read all articles of the source for it.
    for row in _sharing(conn, sketch):
        if row.source == article.source and likeness(tuple(row.fingerprint), sketch) >= SAME_TEXT:
            return _story(row)
    return None


def _by_title(conn: Connection, article: Article, sketch: tuple[int, ...], at: datetime) -> Story | None:
    same = (articles.c.source == article.source) & (articles.c.title_key == title_key(article.title))
    for row in conn.execute(_held().where(same).order_by(articles.c.number.desc())):
        apart = abs((row.published_at or row.first_seen) - (article.published_at or at))
        if apart <= SAME_TITLE_FOR and _akin(row, article, sketch):
            return _story(row)
    return None


def _akin(row: Any, article: Article, sketch: tuple[int, ...]) -> bool:
    if sketch and row.fingerprint:
        return likeness(tuple(row.fingerprint), sketch) >= AKIN
    shorter, longer = sorted((words(row.text), words(article.text)), key=len)
    return len(set(shorter) & set(longer)) >= 0.6 * len(set(shorter))


def _held() -> Select[Any]:
    current = (versions.c.article == articles.c.id) & (versions.c.version == articles.c.version)
    return select(
        articles.c.id,
        articles.c.source,
        articles.c.version,
        articles.c.copy_of,
        articles.c.first_seen,
        versions.c.content_hash,
        versions.c.text_scope,
        versions.c.fingerprint,
        versions.c.published_at,
        versions.c.text,
    ).join(versions, current)


def _sharing(conn: Connection, sketch: Sequence[int]) -> Sequence[Row[Any]]:
    """Articles that share a run with a sketch, of each run at most so many, oldest first."""
    some: set[str] = set()
    for run in sketch[:_KEPT_RUNS]:
        some.update(conn.execute(select(runs.c.article).where(runs.c.run == run).limit(_SHARERS)).scalars())
    if not some:
        return ()
    return conn.execute(_held().where(articles.c.id.in_(some)).order_by(articles.c.number)).all()


def _story(row: Any) -> Story:
    return Story(row.id, row.source, row.version, row.content_hash, row.text_scope)
