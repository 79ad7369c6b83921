"""A few reading workers: each does one job at a time, is killed at the deadline, and replaced."""

import asyncio
import select
import struct
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import structlog
from pydantic import TypeAdapter

from crawlers.reading.announcements import Announcement
from crawlers.reading.jobs import Job
from crawlers.reading.page_reading import PageReading
from records.errors import ReadingError

log = structlog.get_logger()
_ROOT = Path(__file__).parents[2]


class ReadingStopped(ReadingError):
    """A document took too long, too much memory, or broke its worker; ``reason`` is the word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """Bounds on one document: seconds of processor time and of waiting, bytes of memory of the whole worker.

    The slowest of 1,466 honest pages took 1.8 s of processor time.
    """

    cpu_seconds: int = 10
    seconds: float = 60.0
    memory_bytes: int = 320 * 1024 * 1024


class _Worker:
    """One child process, started when it is first needed."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def do(self, job: Job, body: bytes) -> bytes:
        """Return the child's answer. Raises ReadingStopped; the child is then gone."""
        child = self._child = self._child or self._start()
        jobs: Any = child.stdin
        deadline = time.monotonic() + self._limits.seconds
        try:
            described = TypeAdapter(Job).dump_json(job)
            for frame in (described, body):
                jobs.write(struct.pack(">I", len(frame)))
                jobs.write(frame)
            jobs.flush()
            (length,) = struct.unpack(">I", self._read(child, 4, deadline))
            return self._read(child, length, deadline)
        except BrokenPipeError:
            raise self._stopped(child, "reading_failed") from None

    def _start(self) -> subprocess.Popen[bytes]:
        limits = (str(self._limits.cpu_seconds), str(self._limits.memory_bytes))
        # An environment of its own: what parses strangers' bytes must not hold our secrets.
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", "crawlers.reading.worker", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8"},
        )

    def _read(self, child: subprocess.Popen[bytes], length: int, deadline: float) -> bytes:
        answers: Any = child.stdout
        received = bytearray()
        while len(received) < length:
            wait = deadline - time.monotonic()
            if wait <= 0 or not select.select([answers], [], [], wait)[0]:
                raise self._stopped(child, "reading_too_long")
            part = answers.read1(length - len(received))
            if not part:
                raise self._stopped(child, "reading_failed")
            received += part
        return bytes(received)

    def _stopped(self, child: subprocess.Popen[bytes], reason: str) -> ReadingStopped:
        child.kill()
        status = child.wait()
        self._forget(child)
        if status == -24:  # SIGXCPU: the limit on processor time
            reason = "reading_too_long"
        log.warning("A reading worker ended and is replaced", status=status, reason=reason)
        return ReadingStopped(reason)

    def kill(self) -> None:
        """End the child, whatever it is doing; who waits for its answer sees it end."""
        child = self._child
        if child is not None:
            child.kill()

    def close(self) -> None:
        """Give back what a killed child leaves. Nobody may be waiting for its answer."""
        child = self._child
        if child is not None:
            child.wait()
            self._forget(child)

    def _forget(self, child: subprocess.Popen[bytes]) -> None:
        self._child = None
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    log.debug("A worker's pipe was already closed")


class Workers:
    """A pool of reading workers for one event loop. Close it, or its children live as long as the process."""

    def __init__(self, count: int = 1, limits: WorkerLimits | None = None) -> None:
        self._limits = limits or WorkerLimits()
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all = [_Worker(self._limits) for _ in range(count)]
        for worker in self._all:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
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
        if self._closed.is_set():
            raise ReadingStopped("stopped")
        worker = self._idle.get()
        try:
            return worker.do(job, body)
        except ReadingStopped:
            if self._closed.is_set():
                raise ReadingStopped("stopped") from None
            raise
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End every worker at once; a job that was under way raises ReadingStopped("stopped")."""
        self._closed.set()
        for worker in self._all:
            worker.kill()
        self._threads.shutdown(wait=True)
        for worker in self._all:
            worker.close()
