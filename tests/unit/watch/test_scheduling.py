"""The command as a child process: followed, bounded, never left behind."""

import logging
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from watch import scheduling
from watch.scheduling import CommandFailed, report_failure, run_command


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def lives(pid: int) -> bool:
    """Whether a process is there and not only waiting to be buried."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def stand_in(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let another Python program stand for the command."""
    monkeypatch.setattr(scheduling, "COMMAND", (sys.executable, "-c", textwrap.dedent(code)))


def test_log_and_results_become_lines_of_our_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Each line keeps its level; results come after the log, a last line without its end is not lost."""
    stand_in(
        monkeypatch,
        """
        import sys
        print('{"found": 3}')
        print("2026-11-24T10:00:00Z [warning  ] A mail has to wait  to=a", file=sys.stderr)
        print("2026-11-24 [scrapy] ERROR: broken", file=sys.stderr)
        print("plain", file=sys.stderr)
        print("no end", end="", file=sys.stderr)
        """,
    )
    with caplog.at_level(logging.INFO, logger="convention-watch"):
        run_command("crawl")
    assert [(record.levelname, record.message.split("] ")[-1]) for record in caplog.records] == [
        ("WARNING", "A mail has to wait  to=a"),
        ("ERROR", "ERROR: broken"),
        ("INFO", "plain"),
        ("INFO", "no end"),
        ("INFO", '{"found": 3}'),
    ]


def test_a_failed_command_is_an_error_with_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 2 of the real command, for a setting that does not exist, reaches the caller."""
    monkeypatch.setenv("CONVENTION_WATCH_SMPT", "maildir:x")
    with pytest.raises(CommandFailed, match="convention-watch alert --json ended with status 2") as caught:
        run_command("alert", "--json")
    assert caught.value.status == 2


def test_a_failed_run_is_mailed_to_the_operator_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The real command puts one mail into the Maildir, however many runs fail that day."""
    monkeypatch.setenv("CONVENTION_WATCH_HOME", str(tmp_path))
    monkeypatch.setenv("CONVENTION_WATCH_OPERATOR", "operator@example.org")
    for number in range(2):
        report_failure({"dag_run": SimpleNamespace(dag_id="monitor", run_id=f"run-{number}")})
    (mail,) = (tmp_path / "mail" / "new").iterdir()
    assert b"run-0" in mail.read_bytes()


def test_an_interruption_ends_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A time limit (an exception in the main thread) lets the child finish, and is raised on."""
    stand_in(
        monkeypatch,
        f"""
        import os, pathlib, signal, sys, time
        signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path(r"{tmp_path}/ended").write_text("orderly"), sys.exit(0)))
        pathlib.Path(r"{tmp_path}/pid").write_text(str(os.getpid()))
        time.sleep(60)
        """,
    )

    class TooLong(BaseException):
        """The limit has passed."""

    def alarm(*_: object) -> None:
        raise TooLong

    previous = signal.signal(signal.SIGALRM, alarm)

    def interrupt() -> None:
        wait_for((tmp_path / "pid").exists)
        os.kill(os.getpid(), signal.SIGALRM)

    waiter = threading.Thread(target=interrupt, daemon=True)
    waiter.start()
    try:
        with pytest.raises(TooLong):
            run_command("crawl")
    finally:
        signal.signal(signal.SIGALRM, previous)
        waiter.join()
    assert (tmp_path / "ended").read_text() == "orderly"
    assert not lives(int((tmp_path / "pid").read_text()))


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs Linux: the kernel tells the child of its parent's death")
def test_a_child_does_not_outlive_a_parent_that_was_killed(tmp_path: Path) -> None:
    """SIGKILL of the task process alone ends the command too."""
    child = f"import os, pathlib, time; pathlib.Path(r'{tmp_path}/pid').write_text(str(os.getpid())); time.sleep(60)"
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import sys; from watch import scheduling; "
            f"scheduling.COMMAND = (sys.executable, '-c', {child!r}); scheduling.run_command()",
        ]
    )
    assert wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text() != "")
    pid = int((tmp_path / "pid").read_text())
    parent.kill()
    parent.wait()
    assert wait_for(lambda: not lives(pid))
