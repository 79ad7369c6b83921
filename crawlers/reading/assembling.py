"""From an entry and its page to an article: which text, title, date, language and address hold."""

import hashlib
from datetime import datetime, timedelta

from crawlers.reading.dates import Instant, date_in_url
from crawlers.reading.identity import article_id, choose_canonical, clean_address
from crawlers.reading.page_reading import PageReading
from crawlers.source import Source
from detection.language import read_language
from records.article import Article, DateSource, Entry, TextScope

_SAME_DAY = timedelta(hours=36)


def assemble_article(
    source: Source, entry: Entry, page: PageReading | None, *, url: str, now: datetime
) -> Article | None:
    """Return the article, from its page where that has a text, else from what the entry said; None without either.

    ``url`` is where the page was found, after redirects.
    """
    full = page is not None and page.problem is None
    text = page.text if page is not None and full else entry.summary or ""
    title = (page.title if page is not None and full else None) or entry.title
    if not text and title:
        text = title
    if not text:
        return None
    title = title or text.split("\n", 1)[0][:200]
    address = choose_canonical(url, page.canonical) if page is not None and full else clean_address(entry.url)
    dated = choose_date(entry, page if full else None, url=url, now=now)
    scope: TextScope = "full" if full and page is not None and not page.summary_only else "summary"
    declared = (page.language if page else None) or entry.language or source.languages[0]
    return Article(
        id=article_id(address),
        url=address,
        source=source.id,
        publisher=source.publisher,
        title=title,
        text=text,
        language=read_language(text, title, declared) or _only_code(declared),
        published_at=dated[1].at if dated else None,
        date_source=dated[0] if dated else None,
        date_zone_known=dated[1].zone_known if dated else True,
        fetched_at=now,
        content_hash=hashlib.sha256(f"{title}\n{text}".encode()).hexdigest(),
        text_scope=scope,
        truncated=page.truncated if page else False,
        guid=entry.guid,
    )


def choose_date(
    entry: Entry, page: PageReading | None, *, url: str, now: datetime
) -> tuple[DateSource, Instant] | None:
    """Return the most trusted date and where it was read; None when nothing gives one.

    A page that gives only a day, or no zone, yields to a feed that gives the instant within that day.
    """
    said = [*page.dates] if page else []
    announced = _announced(entry)
    named = date_in_url(url, now=now)
    by_url: list[tuple[DateSource, Instant]] = [("url", named)] if named else []
    candidates: list[tuple[DateSource, Instant]] = [
        *(date for date in said if date[0] != "text"),
        *([announced] if announced else []),
        *by_url,
        *(date for date in said if date[0] == "text"),
    ]
    if not candidates:
        return None
    first = candidates[0]
    if announced and announced[1].zone_known and not first[1].zone_known:
        return announced if abs(first[1].at - announced[1].at) <= _SAME_DAY else first
    return first


def _announced(entry: Entry) -> tuple[DateSource, Instant] | None:
    if entry.published_at is None or entry.date_source is None:
        return None
    return entry.date_source, Instant(entry.published_at, entry.date_zone_known)


def _only_code(declared: str) -> str | None:
    code = declared.lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isalpha() else None
