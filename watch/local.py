"""The launcher behind ``make run``: Airflow with our DAGs on this machine, until Ctrl-C; then nothing is left."""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from records.errors import ConfigurationError, ConventionWatchError
from watch.airflow import airflow_environment, free_port, is_healthy, start_migration, start_parts
from watch.pipeline import opened_pipeline
from watch.processes import Component, adopt_orphans, family, runs, tell, wait_until
from watch.settings import PREFIX, Settings, read_settings

STARTING_SECONDS = 180.0
FIRST_SUBSCRIPTION = """\
# Who is told of what. `convention-watch subscriptions check` says what is wrong with this file.
- name: everything
  to: me@localhost
  kinds: [vote, statement, milestone]
"""


def main() -> int:
    """Run until a signal comes (exit status 0) or a part of Airflow ends (1); 2 for wrong settings."""
    try:
        settings = read_settings(os.environ)
        _prepare(settings)
    except ConventionWatchError as error:
        _say(f"convention-watch: {error}")
        return 2 if isinstance(error, ConfigurationError) else 1
    stop = _stop_on_signals()
    adopt_orphans()
    launcher = _Launcher(settings, stop)
    try:
        return launcher.run()
    finally:
        launcher.end()


def _prepare(settings: Settings) -> None:
    """Find what is wrong before Airflow starts; write a first subscription, as long as mail goes to the Maildir."""
    settings.home.mkdir(parents=True, exist_ok=True)
    if settings.subscription_file is None and settings.smtp is None:
        (settings.home / "subscriptions.yml").write_text(FIRST_SUBSCRIPTION, encoding="utf-8")
    with opened_pipeline(settings):
        pass


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


class _Launcher:
    """Airflow from start to end."""

    def __init__(self, settings: Settings, stop: threading.Event) -> None:
        self._settings = settings
        self._stop = stop
        self._home = settings.home.resolve()
        self._port = free_port()
        self._parts: Sequence[Component] = ()

    def run(self) -> int:
        """Start all parts, say where everything is, and wait."""
        here = {f"{PREFIX}AIRFLOW_URL": f"http://127.0.0.1:{self._port}"}
        environ = here | dict(os.environ) | {f"{PREFIX}HOME": str(self._home)}
        environment = airflow_environment(self._home, self._port, environ)
        logs = self._home / "airflow" / "logs"
        _say("Starting Airflow; this takes half a minute …")
        migration = start_migration(environment, logs)
        wait_until(lambda: migration.process.poll() is not None or self._stop.is_set(), STARTING_SECONDS)
        if self._stop.is_set():
            return 0
        if migration.process.poll() != 0:
            return _complain([migration])
        self._parts = start_parts(environment, logs)
        wait_until(lambda: self._must_end() or is_healthy(self._port), STARTING_SECONDS)
        if not self._must_end():
            _say(_whereabouts(self._settings, self._port))
        while not self._must_end():
            family()  # buries the orphans that have ended
            self._stop.wait(1)
        return 0 if self._stop.is_set() else _complain(self._ended())

    def end(self) -> None:
        """End every process within 15 seconds: our commands first, so that Airflow can note how their tasks ended."""
        _say("Stopping …")
        scheduler = [part.process.pid for part in self._parts if part.name == "scheduler"]
        first = [process for process in family() if process.pid in scheduler or runs(process, "watch.cli")]
        tell(first, signal.SIGTERM)
        wait_until(lambda: not any(process.is_running() for process in first) or not family(), 6)
        tell(family(), signal.SIGTERM)
        wait_until(lambda: not family(), 5)
        while living := family():
            tell(living, signal.SIGKILL)
            wait_until(lambda: not family(), 1)
        _say("Stopped: no process is left.")

    def _ended(self) -> list[Component]:
        return [part for part in self._parts if part.process.poll() is not None]

    def _must_end(self) -> bool:
        return self._stop.is_set() or bool(self._ended())


def _complain(parts: Sequence[Component]) -> int:
    for part in parts:
        _say(f"Airflow's {part.name} ended by itself; its log: {part.log}")
    return 1


def _whereabouts(settings: Settings, port: int) -> str:
    home = settings.home.resolve()
    target = settings.mail_target
    maildir = target.removeprefix("maildir:") if target.startswith("maildir:") else None
    mail = f"{Path(maildir).resolve()} (a Maildir; set {PREFIX}SMTP to send it)" if maildir else "by SMTP, as set"
    ledger = "as set" if settings.ledger else home / "ledger.sqlite"
    index = home / "index.sqlite" if settings.index == "embedded" else settings.index.rpartition("@")[2]
    return f"""\
Convention Watch is running; Ctrl-C stops all of it.
  schedule       http://127.0.0.1:{port}  (Airflow; a pass by {settings.schedule} UTC)
  mail           {mail}
  subscriptions  {settings.subscription_file}
  ledger         {ledger}
  index          {index}
  faults         told to {settings.operator or f"nobody (set {PREFIX}OPERATOR)"}
  logs           {home / "airflow" / "logs"}
Ask it: .venv/bin/convention-watch developments | search QUERY | sources health | doctor"""


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
