"""Reading workers: what takes too long or too much is killed, said so, and does not hold up what follows."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.reading.jobs import Job
from crawlers.reading.workers import ReadingStopped, WorkerLimits, Workers
from tests.unit.crawlers.newsstand import report, rss

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FEED = Job("feed", "https://example.org/rss", "text/xml", NOW)
PAGE = Job("page", "https://example.org/a", "text/html", NOW)
SLOW = (
    b"<rss><channel><item " + b"".join(b"a%d='' " % n for n in range(100_000)) + b"/></channel></rss>"
)  # 78 s, 126 MB
ENDLESS = b"<html><body>" + b"<p>" * 1_000_000


def test_a_worker_reads_feeds_and_pages() -> None:
    """Both come back as records, dates and all."""

    async def read() -> None:
        workers = Workers()
        try:
            announcement = await workers.announcement(
                FEED, rss({"title": "T", "link": "/1", "pubDate": "2025-11-24T10:00:00Z"})
            )
            assert announcement.entries[0].published_at == datetime(2025, 11, 24, 10, tzinfo=UTC)
            page = await workers.page(PAGE, report())
            assert page.text.startswith("Delegates met on day 1")
        finally:
            workers.close()

    asyncio.run(read())


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (WorkerLimits(cpu_seconds=1), "reading_too_long"),
        (WorkerLimits(cpu_seconds=300, seconds=8, memory_bytes=2**31), "reading_too_long"),
        (WorkerLimits(memory_bytes=60 * 1024 * 1024), "reading_failed"),
    ],
    ids=["processor time", "waiting", "memory"],
)
def test_a_document_beyond_its_bounds_is_stopped_and_the_next_is_read(limits: WorkerLimits, reason: str) -> None:
    """The worker is replaced, so that one hostile page costs only itself."""

    async def read() -> None:
        workers = Workers(limits=limits)
        try:
            with pytest.raises(ReadingStopped) as stopped:
                await workers.page(PAGE, ENDLESS)
            assert stopped.value.reason == reason
            assert (await workers.announcement(FEED, rss({"title": "T", "link": "/1"}))).entries
        finally:
            workers.close()

    asyncio.run(read())


def test_slow_documents_do_not_hold_up_the_others() -> None:
    """While the worker reads a bomb, a spare one reads what comes after."""

    async def read() -> None:
        workers = Workers(1, WorkerLimits(cpu_seconds=600, seconds=600))
        try:
            bomb = asyncio.ensure_future(workers.announcement(FEED, SLOW))
            await asyncio.sleep(0)
            page = await workers.page(PAGE, report())
            assert page.text.startswith("Delegates met on day 1")
            assert not bomb.done()
        finally:
            workers.close()
        await asyncio.gather(bomb, return_exceptions=True)

    asyncio.run(read())


def test_closing_ends_what_is_under_way_and_leaves_no_process() -> None:
    """A pass that is told to stop waits neither for a hostile page nor for those that wait their turn."""

    async def read() -> None:
        workers = Workers()
        asked = [asyncio.ensure_future(workers.page(PAGE, ENDLESS)) for _ in range(5)]
        await asyncio.sleep(1)
        workers.close()
        ended = await asyncio.gather(*asked, return_exceptions=True)
        assert {one.reason for one in ended if isinstance(one, ReadingStopped)} == {"stopped"}
        assert len(ended) == 5
        assert not _children()

    asyncio.run(read())


def test_a_worker_knows_no_secret_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    """What parses strangers' bytes is started without the parent's environment."""
    monkeypatch.setenv("CONVENTION_WATCH_SMTP_PASSWORD", "canary-7f3a")

    async def read() -> None:
        workers = Workers()
        try:
            await workers.page(PAGE, report())
            environments = [Path(f"/proc/{child}/environ").read_bytes() for child in _children()]
            assert environments
            assert not any(b"canary-7f3a" in environment for environment in environments)
        finally:
            workers.close()

    asyncio.run(read())


def _children() -> set[int]:
    """Return the ids of this process's reading workers."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            if b"crawlers.reading.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.add(int(child))
    return found
