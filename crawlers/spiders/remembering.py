"""What the spider asks of the ledger, in one thread beside the network, in order."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from ledger.articles import SeenAddress, Storing, remember, seen_addresses, store_article
from ledger.opening import Ledger
from ledger.robots import RobotsFile, keep_robots, load_robots
from ledger.sources import FeedState, SourcePass, origin_of, record_pass
from records.article import Article

Answer = TypeVar("Answer")


class Memory:
    """The ledger, for one crawl. Every call is one transaction; its errors are the caller's."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="remembering")

    async def seen(self, source: str, urls: Sequence[str]) -> dict[str, SeenAddress]:
        """Return what is known of the addresses that the source has brought before."""
        return await self._read(lambda conn: seen_addresses(conn, source, urls))

    async def off_topic(self, source: str, addresses: Sequence[tuple[str, str]], at: datetime) -> None:
        """Note addresses, with the hashes of their entries, whose pages do not name the topic."""

        def note(conn: Connection) -> None:
            for url, entry_hash in addresses:
                remember(conn, url, source, "off_topic", None, at, entry_hash=entry_hash)

        await self._write(note)

    async def dropped(self, source: str, url: str, entry_hash: str, reason: str, at: datetime) -> None:
        """Note an address that was let go for good."""
        await self._write(lambda conn: remember(conn, url, source, "dropped", reason, at, entry_hash=entry_hash))

    async def store(self, article: Article, announced: str, entry_hash: str, at: datetime) -> Storing:
        """Store an article that ``announced`` led to; whether it is live is decided here."""

        def store(conn: Connection) -> Storing:
            origin = origin_of(conn, article.source, article.published_at, now=at)
            return store_article(conn, article, origin, at, announced=announced, entry_hash=entry_hash)

        return await self._write(store)

    async def record(self, source_pass: SourcePass, feed_states: Sequence[FeedState]) -> None:
        """Record a finished pass with the feed states it leaves."""
        await self._write(lambda conn: record_pass(conn, source_pass, feed_states))

    async def robots(self, origin: str) -> RobotsFile | None:
        """Return what an origin last answered for robots.txt."""
        return await self._read(lambda conn: load_robots(conn, origin))

    async def keep_robots(self, file: RobotsFile) -> None:
        """Keep what an origin answered for robots.txt."""
        await self._write(lambda conn: keep_robots(conn, file))

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown(wait=True)

    async def _write(self, act: Callable[[Connection], Answer]) -> Answer:
        def transaction() -> Answer:
            with self._ledger.begin() as conn:
                return act(conn)

        return await asyncio.get_running_loop().run_in_executor(self._thread, transaction)

    async def _read(self, act: Callable[[Connection], Answer]) -> Answer:
        def view() -> Answer:
            with self._ledger.read() as conn:
                return act(conn)

        return await asyncio.get_running_loop().run_in_executor(self._thread, view)
