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


def processes_in(folder: Path) -> dict[int, str]:
    """The number and command line of every process that works in a folder: all that came from a test that began there.

    The environment would not do: Airflow's processes write their titles over it.
    """
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder and (process / "cmdline").read_bytes():
                line = (process / "cmdline").read_bytes().replace(b"\0", b" ")
                found[int(process.name)] = line.decode("utf-8", "replace")
        except OSError:
            continue
    return found


def end_all_in(folder: Path) -> None:
    """End every process that works in a folder."""

    def gone() -> bool:
        for pid in processes_in(folder):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        return not processes_in(folder)

    assert wait_for(gone, 30)
