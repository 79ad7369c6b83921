"""Articles of one source that came before another, or with it: what a site repeats is told by them."""

from datetime import timedelta

from sqlalchemy import Connection, bindparam, func, select

from ledger.tables import articles, versions
from ledger.versions import StoredArticle
from records.article import Neighbour

_BEFORE, _AFTER = 40, 20  # articles: a pass brings those of one source in a row
_TOGETHER = timedelta(hours=1)
"""What came later is not asked: a report that others repeat afterwards stays what it was, also when read again."""
_KEPT = 300  # neighbours held at a time; each text is read once for all whose neighbour it is
_LONGEST = 50_000  # characters of a text that are read; a hostile one may have millions

# Built once: to build a statement for each article costs more than to ask.
_OWN = select(articles.c.number).where(articles.c.id == bindparam("article")).scalar_subquery()
_SAME = select(articles.c.id, articles.c.version).where(articles.c.source == bindparam("source"))
_EARLIER = _SAME.where(articles.c.number < _OWN).order_by(articles.c.number.desc()).limit(_BEFORE)
_LATER = (
    _SAME.where(articles.c.number > _OWN, articles.c.first_seen <= bindparam("until"))
    .order_by(articles.c.number)
    .limit(_AFTER)
)


class Neighbours:
    """The neighbours of articles, for one pass over many."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, int], Neighbour] = {}

    def around(self, conn: Connection, stored: StoredArticle) -> list[Neighbour]:
        """Return the articles of the same source that came shortly before an article, or within the hour after."""
        asked = {
            "article": stored.article.id,
            "source": stored.article.source,
            "until": stored.first_seen + _TOGETHER,
        }
        keys = [(row.id, row.version) for part in (_EARLIER, _LATER) for row in conn.execute(part, asked)]
        if len(self._held) > _KEPT:
            self._held.clear()
        self._hold(conn, [key for key in keys if key not in self._held])
        return [self._held[key] for key in keys if key in self._held]

    def _hold(self, conn: Connection, keys: list[tuple[str, int]]) -> None:
        if not keys:
            return
        those = versions.c.article.in_([article for article, _ in keys])
        beginning = func.substr(versions.c.text, 1, _LONGEST)
        texts = select(versions.c.article, versions.c.version, versions.c.title, beginning).where(those)
        for article, version, title, text in conn.execute(texts):
            if (article, version) in keys:
                self._held[article, version] = Neighbour(title, text)
