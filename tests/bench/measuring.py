"""A child process, measured: CPU seconds of it and its children, wall time, and memory by watching it run."""

import os
import subprocess
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.05
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run took. ``peak_process_mb``: the largest resident set of any of its processes at one moment;
    ``peak_tree_mb``: of all of them together (pages that they share are counted for each).
    """

    wall_seconds: float
    cpu_seconds: float
    peak_process_mb: float
    peak_tree_mb: float
    output: str


class RunFailed(Exception):
    """The measured process failed; its figures would mean nothing."""


def measure(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Measured:
    """Run a command to its end and return what it took; raise RunFailed when it fails."""
    started = time.monotonic()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as child:
        memory = MemoryWatch(child.pid)
        memory.start()
        before = os.times()
        output, errors = child.communicate()
        after = os.times()
        memory.stop()
    if child.returncode:
        raise RunFailed(f"{' '.join(map(str, command))} exited with {child.returncode}:\n{errors[-4000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(time.monotonic() - started, cpu, memory.peak_process_mb, memory.peak_tree_mb, output)


class MemoryWatch(threading.Thread):
    """Reads the resident sets of a process and its descendants from /proc until it is stopped.

    ``left_out``: processes that are none of the matter, such as a server that another test has started.
    """

    def __init__(self, pid: int, left_out: Collection[int] = ()) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.left_out = left_out
        self.peak_process_mb = 0.0
        self.peak_tree_mb = 0.0
        self._ended = threading.Event()

    def run(self) -> None:
        """Sample."""
        while not self._ended.wait(SAMPLE_SECONDS):
            sizes = [_resident_mb(pid) for pid in descendants(self.pid) if pid not in self.left_out]
            self.peak_process_mb = max([self.peak_process_mb, *sizes])
            self.peak_tree_mb = max(self.peak_tree_mb, sum(sizes))

    def stop(self) -> None:
        """End the sampling."""
        self._ended.set()
        self.join()


def descendants(pid: int) -> list[int]:
    """Return the process and those that it has started, and they in turn, which run now."""
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found.extend(int(child) for child in (task / "children").read_text(encoding="ascii").split())
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
    return found


def _resident_mb(pid: int) -> float:
    try:
        resident = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0.0
    return resident * PAGE_SIZE / 1e6
