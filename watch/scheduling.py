"""What the schedule calls: the command as a child process that never outlives its task. No Airflow in here.

Found out on Airflow 3.3: a killed task gets SIGTERM and, five seconds later, SIGKILL for its process group, so
the child stays in that group; a task process killed alone leaves its children running, so the child asks
the kernel to be told; and a pipe breaks with its reader, so the child writes its log to a file that we follow.
"""

import ctypes
import logging
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from watch.settings import read_schedule

MONITOR_SCHEDULE = read_schedule(os.environ)

COMMAND = (sys.executable, "-m", "watch.cli", "--verbose")

STOPPING_SECONDS = 20.0
"""How long a child may take to come to an orderly end when its task is stopped by a time limit."""

_LEVEL = re.compile(r"\[(debug|info|warning|error|critical) *\]|\] (DEBUG|INFO|WARNING|ERROR|CRITICAL): ")
_PR_SET_PDEATHSIG = 1

log = logging.getLogger("convention-watch")


class CommandFailed(Exception):
    """The command ended with another status than 0; 2 means wrong settings, which no retry will mend."""

    def __init__(self, arguments: tuple[str, ...], status: int) -> None:
        super().__init__(f"convention-watch {' '.join(arguments)} ended with status {status}")
        self.status = status


def run_command(*arguments: str) -> None:
    """Run ``convention-watch --verbose ARGUMENTS`` to its end; its log and its results become lines of our log.

    Raises CommandFailed. When this process is interrupted, the child gets SIGTERM and time to finish.
    """
    with tempfile.TemporaryDirectory(prefix="convention-watch-") as folder:
        log_file, result_file = Path(folder, "log"), Path(folder, "result")
        with log_file.open("wb") as errors, result_file.open("wb") as results:
            child = _start(arguments, errors.fileno(), results.fileno())
        done = threading.Event()
        follower = threading.Thread(target=_follow, args=(log_file, done), daemon=True)
        follower.start()
        try:
            status = child.wait()
        except BaseException:
            _stop(child)
            raise
        finally:
            done.set()
            follower.join(5)
        for line in result_file.read_text(encoding="utf-8", errors="replace").splitlines():
            log.info("%s", line)
    if status != 0:
        raise CommandFailed(arguments, status)


def report_failure(context: Mapping[str, Any]) -> None:
    """Mail the operator that a run of a DAG failed, once a day for each DAG (Airflow calls this with its context)."""
    run = context["dag_run"]
    key = f"schedule:{run.dag_id}:{datetime.now(UTC):%Y-%m-%d}"
    text = (
        f"The run {run.run_id} of {run.dag_id} failed: see its tasks' logs in Airflow.\n"
        f"Further failures of {run.dag_id} today are not mailed."
    )
    run_command("report-fault", key, text)


def _start(arguments: tuple[str, ...], errors: int, results: int) -> subprocess.Popen[bytes]:
    parent, libc = os.getpid(), ctypes.CDLL(None)

    def die_with_parent() -> None:
        if hasattr(libc, "prctl"):
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGTERM)

    return subprocess.Popen(  # noqa: S603 - our own command, no shell
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=results,
        stderr=errors,
        preexec_fn=die_with_parent,
    )


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(STOPPING_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _follow(path: Path, done: threading.Event) -> None:
    with path.open("rb") as file:
        rest = b""
        while True:
            last = done.is_set()
            *lines, rest = (rest + file.read()).split(b"\n")
            for line in lines:
                _repeat(line)
            if last:
                break
            done.wait(0.5)
        if rest:
            _repeat(rest)


def _repeat(line: bytes) -> None:
    text = line.decode("utf-8", "replace")
    found = _LEVEL.search(text)
    level = (found[1] or found[2]).upper() if found else "INFO"
    log.log(logging.getLevelNamesMapping()[level], "%s", text)
