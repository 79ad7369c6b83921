"""``make run`` for real: Airflow starts, `monitor` runs on its schedule, and the end leaves no process."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.airflow.composing import ROOT
from tests.airflow.launching import launched
from tests.airflow.waiting import processes_in, wait_for
from tests.newsroom import Newsroom, load_play
from tests.newsroom.exchanges import Request, RequestLog
from tests.newsroom.watching import Watch

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]

STARTING_SECONDS = 200.0
STOPPING_SECONDS = 20.0
SITES = ("neva-wire", "hudson-dispatch")
SUBSCRIPTIONS = [{"name": "all", "to": "analyst@example.org", "kinds": ["vote", "statement", "milestone"]}]


def repetitions(log: RequestLog) -> list[Request]:
    """The requests for what a site was asked before, and has answered; robots.txt may be read anew each time."""
    paths = {request.path for request in log.requests()} - {"/robots.txt"}
    return [request for path in paths for request in log.requests(path)[1:] if request.status is not None]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """A watch over two sites, each asked at every pass."""
    newsroom = Newsroom(load_play("december_2019"), sites=SITES)
    newsroom.advance("vote")
    with newsroom:
        opened = Watch.over(newsroom, tmp_path, SUBSCRIPTIONS)
        for source in (tmp_path / "sources").glob("*.yml"):
            source.write_text(re.sub(r"every: .*", "every: 1m", source.read_text(encoding="utf-8")), encoding="utf-8")
        yield opened


def test_monitor_runs_on_its_schedule_and_asks_only_for_news(watch: Watch) -> None:
    """Two runs on the schedule; the second sends only conditional requests; Ctrl-C ends everything in 20 s."""
    with launched(watch) as launcher:
        assert launcher.says("Convention Watch is running", STARTING_SECONDS), launcher.said()
        assert len(processes_in(launcher.folder)) >= 6
        for words in ("http://127.0.0.1:", str(watch.home / "mail"), str(watch.home / "ledger.sqlite")):
            assert words in launcher.said()
        # The first run comes at once: the next may come before its sources are due again.
        logs = watch.newsroom.logs.values()
        assert wait_for(lambda: launcher.runs("success") >= 2 and all(map(repetitions, logs)), 330, pause=2)
        assert watch.developments("vote")
        assert [one for log in logs for one in repetitions(log) if not one.conditional or one.status != 304] == []
        assert launcher.runs("failed") == 0
        assert launcher.stop(signal.SIGINT) <= STOPPING_SECONDS
    assert launcher.process.returncode == 0
    assert "no process is left" in launcher.said()
    assert processes_in(launcher.folder) == {}


def test_a_stop_while_it_starts_leaves_no_process(watch: Watch) -> None:
    """SIGTERM while Airflow is still starting ends everything too."""
    with launched(watch) as launcher:
        assert wait_for(
            lambda: any("scheduler" in line for line in processes_in(launcher.folder).values()), STARTING_SECONDS
        )
        assert launcher.stop(signal.SIGTERM) <= STOPPING_SECONDS
    assert launcher.process.returncode == 0
    assert processes_in(launcher.folder) == {}


def test_wrong_settings_are_refused_before_airflow_starts(watch: Watch) -> None:
    """Exit status 2 and the name of what is wrong, without a single process."""
    watch.settings["INDEX"] = "elsewhere"
    with launched(watch) as launcher:
        assert launcher.process.wait(60) == 2
    assert "CONVENTION_WATCH_INDEX" in launcher.said()
    assert not (watch.home / "airflow").exists()


def test_a_failed_run_is_mailed_to_the_operator_once(watch: Watch) -> None:
    """A subscription file that became wrong: every run fails, and one mail says so. Nothing is tried twice here."""
    dags = watch.home / "dags"
    dags.mkdir()
    for file in (ROOT / "dags").glob("*.py"):
        text = file.read_text(encoding="utf-8").replace('"retries": 2', '"retries": 0')
        (dags / file.name).write_text(text, encoding="utf-8")
    with launched(watch, AIRFLOW__CORE__DAGS_FOLDER=str(dags)) as launcher:
        assert launcher.says("Starting Airflow", STARTING_SECONDS), launcher.said()
        (watch.home / "subscriptions.yml").write_text("not: a list", encoding="utf-8")
        assert launcher.says("Convention Watch is running", STARTING_SECONDS), launcher.said()
        assert wait_for(lambda: launcher.runs("failed") >= 2, 330, pause=2)
        assert wait_for(lambda: bool(watch.mails()), 60)
        assert launcher.stop(signal.SIGTERM) <= STOPPING_SECONDS
    mails = [mail for mail in watch.mails() if "monitor" in mail["Subject"]]
    assert [mail["To"] for mail in mails] == ["operator@example.org"]
    assert processes_in(launcher.folder) == {}
