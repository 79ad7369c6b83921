"""A few reading workers: each does one job at a time, is killed at the deadline, and replaced."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from pydantic import TypeAdapter

from crawlers.reading.announcements import Announcement
from crawlers.reading.child import ReadingChild, ReadingStopped, WorkerLimits
from crawlers.reading.jobs import Job
from crawlers.reading.page_reading import PageReading

__all__ = ["ReadingStopped", "WorkerLimits", "Workers"]
SPARE = 3  # workers that stand in for those that read slow documents


class Workers:
    """A pool of reading workers for one event loop. Close it, or its children live as long as the process.

    ``count`` of them read at a time. While one reads a slow document, a spare one stands in for it, so that hostile
    documents do not hold up honest ones.
    """

    def __init__(self, count: int = 1, limits: WorkerLimits | None = None) -> None:
        self._limits = limits or WorkerLimits()
        self._idle: SimpleQueue[ReadingChild] = SimpleQueue()
        self._all = [ReadingChild(self._limits) for _ in range(count + SPARE)]
        self._spare = self._all[count:]
        for worker in self._all[:count]:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count + SPARE, thread_name_prefix="reading")
        self._closed = threading.Event()

    async def announcement(self, job: Job, body: bytes) -> Announcement:
        """Return what a feed, sitemap or listing announces. Raises ReadingStopped."""
        return TypeAdapter(Announcement).validate_json(await self._run(job, body))

    async def page(self, job: Job, body: bytes) -> PageReading:
        """Return what a page says. Raises ReadingStopped."""
        return TypeAdapter(PageReading).validate_json(await self._run(job, body))

    async def _run(self, job: Job, body: bytes) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._do, job, body)

    def _do(self, job: Job, body: bytes) -> bytes:
        worker = self._idle.get()
        stand_ins: list[ReadingChild] = []
        try:
            if self._closed.is_set():  # asked after the wait: a child that is started now would outlive the close
                raise ReadingStopped("stopped")
            return worker.do(job, body, lambda: self._stand_in(stand_ins))
        except ReadingStopped:
            if self._closed.is_set():
                raise ReadingStopped("stopped") from None
            raise
        finally:
            if worker.is_slow:  # it cannot get its priority back
                worker.kill()
                worker.close()
            if stand_ins:
                self._spare.append(worker)
            else:
                self._idle.put(worker)

    def _stand_in(self, stand_ins: list[ReadingChild]) -> None:
        """Let a spare worker, if there is one, take the place of one that is slow."""
        try:
            stand_ins.append(self._spare.pop())
        except IndexError:
            return
        self._idle.put(stand_ins[0])

    def close(self) -> None:
        """End every worker at once; a job that was under way raises ReadingStopped("stopped")."""
        self._closed.set()
        for worker in self._all:
            worker.kill()
        self._threads.shutdown(wait=True)
        for worker in self._all:
            worker.close()
