"""Documents made to exhaust their reader, each within what an answer may hold: bounded in memory and processor time."""

import asyncio
import os
import random
import resource
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from crawlers.reading.jobs import Job, JobKind
from crawlers.reading.workers import ReadingStopped, Workers
from tests.bench.measuring import MemoryWatch, descendants

MOST = 10 * 2**20  # bytes of one answer
MOST_MB, MOST_CPU_SECONDS = 400, 20
NOW = datetime(2026, 11, 24, tzinfo=UTC)
Maker = Callable[[], bytes]


def _feed(body: bytes) -> bytes:
    return b"<?xml version='1.0'?><rss version='2.0'><channel><title>F</title>" + body + b"</channel></rss>"


def _fill(piece: bytes, before: bytes = b"", after: bytes = b"", most: int = MOST) -> bytes:
    """Return as many pieces as an answer may hold."""
    return before + piece * ((most - len(before) - len(after)) // len(piece)) + after


_LAUGHS = b"<!DOCTYPE r [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
_ITEM = b"<item><title>N</title><link>/%d</link></item>"
BOMBS: dict[str, tuple[JobKind, Maker]] = {
    "laughs": ("feed", lambda: _LAUGHS + b"]><rss><channel><item><title>&j;</title></item></channel></rss>"),
    "quadratic entity": (
        "feed",
        lambda: (
            b"<!DOCTYPE r [<!ENTITY a '" + b"x" * 100_000 + b"'>]>" + _feed(b"<item>" + b"&a;" * 50_000 + b"</item>")
        ),
    ),
    "100,000 entries": ("feed", lambda: _feed(b"".join(_ITEM % n for n in range(100_000)))),
    "a title of 10 MB": ("feed", lambda: _feed(_fill(b"word ", b"<item><title>", b"</title></item>", MOST - 200))),
    "a description of 10 MB of HTML": (
        "feed",
        lambda: _feed(_fill(b"&lt;b&gt;x&lt;/b&gt; ", b"<item><description>", b"</description></item>", MOST - 200)),
    ),
    "nested XML": ("feed", lambda: _feed(b"<a>" * 1_000_000)),
    "nested closed XML": ("feed", lambda: _feed(b"<item>" + b"<a>" * 600_000 + b"</a>" * 600_000 + b"</item>")),
    "open comments": ("feed", lambda: _feed(b"<item><description>" + b"&lt;!--" * 100_000 + b"</description></item>")),
    "attributes": ("feed", lambda: _feed(b"<item " + b"".join(b"a%d='' " % n for n in range(100_000)) + b"/>")),
    "namespaces": ("feed", lambda: _feed(b"<item " + b"".join(b"xmlns:a%d='b' " % n for n in range(100_000)) + b"/>")),
    "items never closed": ("feed", lambda: _feed(b"<item><title>T" * 100_000)),
    "bad references": ("feed", lambda: _feed(b"<item><title>" + b"&#xD800;" * 1_000_000 + b"</title></item>")),
    "JSON nested": ("feed", lambda: b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 5_000_000),
    "JSON numbers": ("feed", lambda: _fill(b"1," * 100, b'{"version": "https://jsonfeed.org/version/1", "items": [')),
    "a sitemap of 100,000": (
        "news_sitemap",
        lambda: (
            b"<urlset>" + b"".join(b"<url><loc>https://x.org/%d</loc></url>" % n for n in range(100_000)) + b"</urlset>"
        ),
    ),
    "a listing of 100,000": ("listing", lambda: b"".join(b"<li><a href='/%d'>x</a>" % n for n in range(100_000))),
    "nested elements": ("page", lambda: _fill(b"<div>")),
    "paragraphs never closed": ("page", lambda: _fill(b"<p>")),
    "nested inline": ("page", lambda: _fill(b"<b><i>", most=2_000_000)),
    "nested tables": ("page", lambda: b"<table><tr><td>" * 100_000),
    "nested lists": ("page", lambda: b"<ul><li>x" * 100_000),
    "links": ("page", lambda: b"<p>" + b"<a href='/x'>x</a> " * 100_000),
    "attributes of an element": ("page", lambda: b"<p " + b"".join(b"a%d=1 " % n for n in range(100_000)) + b">x"),
    "one text of 10 MB": ("page", lambda: _fill(b"word ", b"<html><body><p>", b"</p></body></html>")),
    "one line of 10 MB without blanks": ("page", lambda: _fill(b"x", b"<html><body><p>", b"</p></body></html>")),
    "a script never closed": ("page", lambda: _fill(b"var a; ", b"<html><body><script>")),
    "JSON-LD of 10 MB": ("page", lambda: _fill(b"[", b"<html><script type='application/ld+json'>", b"</script>")),
    "metas": ("page", lambda: _fill(b"<meta name='date' content='1 January 2020'>")),
    "headings": ("page", lambda: _fill(b"<h1>x</h1>", most=3_000_000)),
    "times": ("page", lambda: _fill(b"<time>1 January 2020 10:00</time>", b"<h1>x</h1>", most=3_000_000)),
    "class names": ("page", lambda: _fill(b"related-", b"<div class='", b"'><p>x</p></div>")),
    "tags never closed": ("page", lambda: _fill(b"<form action='consent ")),
    "titles never closed": ("page", lambda: _fill(b"<title ")),
    "less-than signs": ("page", lambda: _fill(b"<")),
    "references": ("page", lambda: _fill(b"&#1;", b"<html><body><p>")),
    "entities": ("page", lambda: _fill(b"&lt;p&gt;&amp;", b"<html><body><p>")),
    "NUL": ("page", lambda: _fill(b"\x00", b"<html><body><p>")),
    "noise": ("page", lambda: b"<html>" + random.Random(1).randbytes(MOST - 6)),
    "Cyrillic that nobody declares": ("page", lambda: _fill("слово ".encode("koi8-r"), b"<html><body><p>")),
    "marks that combine": ("page", lambda: _fill("е́".encode() + b"\xcc\x81" * 100, b"<html><body><p>")),
}
SHORT = ("laughs", "nested XML", "a title of 10 MB", "one text of 10 MB", "nested elements", "class names")


def read(seed: int, long: bool) -> dict[str, Any]:
    """Each in a worker of its own: 400 MB and 20 s of processor time at most, an answer or a word."""
    seen = {name: _try(*BOMBS[name]) for name in (BOMBS if long else SHORT)}
    worst = {f"most_{key}": max(one[key] for one in seen.values()) for key in ("peak_mb", "reader_seconds")}
    held = worst["most_peak_mb"] <= MOST_MB and worst["most_reader_seconds"] <= MOST_CPU_SECONDS
    return {"documents": len(seen), **worst, "seen": seen, "held": held}


def _try(kind: JobKind, make: Maker) -> dict[str, Any]:
    body = make()[: MOST + 1]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    memory = MemoryWatch(os.getpid(), left_out=descendants(os.getpid()))
    memory.start()
    word = asyncio.run(_read(Job(kind, "https://example.org/bomb", None, NOW), body))
    memory.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"became": word, "peak_mb": round(memory.peak_process_mb), "reader_seconds": round(used, 1)}


async def _read(job: Job, body: bytes) -> str:
    workers = Workers(1)
    try:
        if job.kind == "page":
            page = await workers.page(job, body)
            return page.problem or ("truncated" if page.truncated else f"{len(page.text)} characters")
        announcement = await workers.announcement(job, body)
        return announcement.problem or f"{len(announcement.entries)} entries"
    except ReadingStopped as stopped:
        return stopped.reason
    finally:
        workers.close()
