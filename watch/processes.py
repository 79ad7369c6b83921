"""A family of processes that can be ended whole: none of it outlives us, however it was started."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Component:
    """One long-running program of the family; what it prints goes to ``log``."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def adopt_orphans() -> None:
    """Make this process the parent of every descendant whose own parent ends, so that all can be found (Linux)."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 1)


def start_component(name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> Component:
    """Start a program in a session of its own, where a Ctrl-C at the terminal does not reach it before us."""
    libc = ctypes.CDLL(None)

    def die_with_parent() -> None:
        if hasattr(libc, "prctl"):
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - programs of our own choice, no shell
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    return Component(name, process, log)


def family() -> list[psutil.Process]:
    """Return every living descendant of this process, burying those that have ended on the way."""
    living = []
    for process in psutil.Process().children(recursive=True):
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                _bury(process.pid)
            else:
                living.append(process)
        except psutil.NoSuchProcess:
            continue
    return living


def tell(processes: Iterable[psutil.Process], number: signal.Signals) -> None:
    """Send a signal to each process that is still there."""
    for process in processes:
        try:
            process.send_signal(number)
        except psutil.NoSuchProcess:
            continue


def runs(process: psutil.Process, module: str) -> bool:
    """Whether a process was started as ``python -m module``."""
    try:
        return module in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is so, at most ``seconds``; return whether it is."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _bury(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return  # not ours to bury: its own parent lives
