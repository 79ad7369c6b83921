"""Waiting for something to be so, and finding every process that came from a test."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path


def wait_for(condition: Callable[[], bool], seconds: float, pause: float = 0.25) -> bool:
    """Wait until something is so; return whether it is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(pause)
    return condition()


def processes_with(marker: str) -> dict[int, str]:
    """The number and command line of every process whose environment holds a marker."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (folder / "environ").read_bytes():
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                found[int(folder.name)] = line.decode("utf-8", "replace")
        except OSError:
            continue
    return found


def end_all_with(marker: str) -> None:
    """End every process whose environment holds a marker."""

    def gone() -> bool:
        for pid in processes_with(marker):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        return not processes_with(marker)

    assert wait_for(gone, 30)
