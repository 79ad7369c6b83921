"""A child process that reads strangers' documents, one at a time, within bounds."""

import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from pydantic import TypeAdapter

from crawlers.reading.jobs import Job
from records.errors import ReadingError

log = structlog.get_logger()
_ROOT = Path(__file__).parents[2]
PATIENCE = 3.0  # seconds of processor time after which a document counts as slow; it may be honest
_START = 2.0  # seconds of processor time that a worker may take to start
_GLANCE = 0.5  # seconds between two looks at how much a worker has used
_LOWEST = 19  # priority of who reads a slow document


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


class ReadingChild:
    """One child process, started when it is first needed."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self.is_slow = False

    def do(self, job: Job, body: bytes, on_slow: Callable[[], None]) -> bytes:
        """Return the child's answer. Raises ReadingStopped; the child is then gone.

        ``on_slow`` is called when the document turns out to be slow; the child has then lost its priority.
        """
        fresh = self._child is None
        child = self._child = self._child or self._start()
        jobs: Any = child.stdin
        deadline = time.monotonic() + self._limits.seconds
        try:
            described = TypeAdapter(Job).dump_json(job)
            for frame in (described, body):
                jobs.write(struct.pack(">I", len(frame)))
                jobs.write(frame)
            jobs.flush()
            slow_at = _cpu_seconds(child.pid) + PATIENCE + (_START if fresh else 0.0)
            self._watch(child, slow_at, deadline, on_slow)
            (length,) = struct.unpack(">I", self._read(child, 4, deadline))
            return self._read(child, length, deadline)
        except BrokenPipeError:
            raise self._stopped(child, "reading_failed") from None

    def _watch(
        self, child: subprocess.Popen[bytes], slow_at: float, deadline: float, on_slow: Callable[[], None]
    ) -> None:
        """Wait for the beginning of an answer, the end of the child, or the deadline."""
        answers: Any = child.stdout
        while not select.select([answers], [], [], _GLANCE)[0] and time.monotonic() < deadline:
            if not self.is_slow and _cpu_seconds(child.pid) > slow_at:
                self.is_slow = True
                os.setpriority(os.PRIO_PROCESS, child.pid, _LOWEST)
                on_slow()

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
        self.is_slow = False
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


def _cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used; 0 where the system does not say."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")
