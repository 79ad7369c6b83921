"""``make run`` as a child process over a watch of the newsroom, and what can be asked of it."""

import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError

from tests.airflow.waiting import end_all_in, wait_for
from tests.newsroom.accounting import check_accounts
from tests.newsroom.watching import Watch


class Launched:
    """A launcher that is running, and what it has said so far; the newsroom's time is its own if ``as_of``."""

    def __init__(self, watch: Watch, *, as_of: bool = False, **airflow: str) -> None:
        self.folder = watch.home
        self.output = watch.home / "launcher.log"
        environment = watch.environment() | {"CONVENTION_WATCH_SCHEDULE": "* * * * *"} | airflow
        if not as_of:
            del environment["CONVENTION_WATCH_AS_OF"]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "watch.local"],
                env=environment,
                cwd=watch.home,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )

    def said(self) -> str:
        """What it has printed."""
        return self.output.read_text(encoding="utf-8")

    def says(self, words: str, seconds: float) -> bool:
        """Wait until it prints some words, or ends."""
        wait_for(lambda: words in self.said() or self.process.poll() is not None, seconds)
        return words in self.said()

    def ask(self, path: str) -> Any:
        """Ask Airflow's server."""
        address = re.search(r"http://127\.0\.0\.1:\d+", self.said())
        assert address, self.said()
        with urllib.request.urlopen(f"{address[0]}/api/v2/{path}", timeout=90) as answer:
            return json.load(answer)

    def runs(self, state: str) -> int:
        """How many runs of `monitor` are in a state."""
        try:
            return sum(run["state"] == state for run in self.ask("dags/monitor/dagRuns")["dag_runs"])
        except HTTPError:
            return 0  # the DAG has not been read yet

    def stop(self, number: signal.Signals) -> float:
        """Send a signal and wait for the end; how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(60)
        return time.monotonic() - began


@contextmanager
def launched(watch: Watch, *, as_of: bool = False, **airflow: str) -> Iterator[Launched]:
    """Run the launcher; whatever happens, end it. Then each pass that its tasks made must account for every item."""
    launcher = Launched(watch, as_of=as_of, **airflow)
    try:
        yield launcher
    finally:
        if launcher.process.poll() is None:
            launcher.process.kill()
            launcher.process.wait()
        end_all_in(launcher.folder)
    if (ledger := watch.home / "ledger.sqlite").exists():
        check_accounts(f"sqlite:///{ledger}")
