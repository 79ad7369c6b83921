"""``kill -9`` among Airflow's processes while a run of ``monitor`` is under way: task, supervisor and scheduler."""

import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from tests.airflow.composing import ROOT
from tests.airflow.launching import Launched, launched
from tests.airflow.waiting import processes_in, wait_for
from tests.reliability.standing import compare, compare_mails
from tests.reliability.world import World, open_worlds

STAGES = ("crawl", "detect", "index", "alert")
DELAY = "timedelta(minutes=1)"
STARTING_SECONDS = 400.0
RUN_SECONDS = 600.0
SETTINGS = {
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "30",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
}
"""Airflow waits five minutes before it believes that a supervisor is dead; here half a minute."""


class Unseen(AssertionError):
    """What was to happen in Airflow did not, in the time it was given."""


def killed(seed: int, long: bool) -> dict[str, Any]:
    """Lives of one run each, in which task, supervisor and scheduler die, each in another stage of the run."""
    chance = random.Random(seed)
    lost: list[str] = []
    doubled: list[str] = []
    doubled_mails = 0
    deaths: list[str] = []
    with open_worlds() as worlds:
        reference = worlds.undisturbed()
        for _ in range(3 if long else 1):
            with worlds.new() as world:
                deaths += _live(world, chance)
                found = world.look()
                difference, mails = compare(found, reference), compare_mails(found, world.server)
                lost += difference.lost + mails.lost
                doubled += difference.doubled
                doubled_mails += len(mails.doubled)
    at_most = sum(death.endswith("in alert") for death in deaths)
    return {
        "kills": len(deaths),
        "deaths": deaths,
        "lost": lost,
        "doubled": doubled,
        "mails_doubled": doubled_mails,
        "held": not lost and not doubled and doubled_mails <= at_most,
    }


def _live(world: World, chance: random.Random) -> list[str]:
    """Start Airflow, kill three of its processes in three stages, and see the run through; what died, and where."""
    stages = sorted(chance.sample(STAGES, 3), key=STAGES.index)
    victims = ["task", "supervisor"]
    chance.shuffle(victims)
    home = world.watch.home
    with tempfile.TemporaryDirectory() as dags:
        settings = SETTINGS | {"AIRFLOW__CORE__DAGS_FOLDER": _hasty_dags(Path(dags))}
        with launched(world.watch, as_of=True, **settings) as launcher:
            for victim, stage in zip(victims, stages[:2], strict=True):
                _kill(launcher, victim, stage, chance.uniform(0.0, 1.5))
            _kill(launcher, "scheduler", stages[2], chance.uniform(0.0, 1.5))
            if not wait_for(lambda: launcher.process.poll() is not None, 120):
                raise Unseen("the launcher goes on without its scheduler")
        with launched(world.watch, as_of=True, **settings) as launcher:
            _await(lambda: launcher.says("is running", 0), STARTING_SECONDS, "Airflow did not start again")
            _await(lambda: _is_through(launcher), RUN_SECONDS, "no run went through after the kills")
            launcher.stop(signal.SIGTERM)
    assert processes_in(home) == {}
    return [f"{victim} in {stage}" for victim, stage in zip((*victims, "scheduler"), stages, strict=True)]


def _is_through(launcher: Launched) -> bool:
    """Whether the interrupted run and one more have ended well."""
    try:
        return launcher.runs("success") >= 2 and launcher.runs("running") == 0
    except OSError:
        return False  # a server that is just starting


def _kill(launcher: Launched, victim: str, stage: str, after: float) -> None:
    """Wait until a stage's command runs, and a moment more; then kill one of the processes that brought it about."""
    line: list[psutil.Process] = []

    def runs() -> bool:
        try:
            line[:] = [one for command in _commands(launcher.folder, stage)[:1] for one in command.parents()[:2]]
        except psutil.NoSuchProcess:
            return False  # it has ended meanwhile
        return len(line) == 2

    if not wait_for(runs, RUN_SECONDS, pause=0.05):
        raise Unseen(f"{stage} never ran:\n{launcher.said()}")
    task, supervisor = line
    time.sleep(after)
    if victim == "scheduler":
        pids = [pid for pid, text in processes_in(launcher.folder).items() if "airflow scheduler" in text]
    else:
        pids = [task.pid if victim == "task" else supervisor.pid]
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _commands(folder: Path, stage: str) -> list[psutil.Process]:
    lines = processes_in(folder)
    return [psutil.Process(pid) for pid, line in lines.items() if f"watch.cli --verbose {stage}" in line]


def _await(condition: Callable[[], bool], seconds: float, complaint: str) -> None:
    if not wait_for(condition, seconds, pause=1):
        raise Unseen(complaint)


def _hasty_dags(folder: Path) -> str:
    """The real DAGs, which try again after seconds, not a minute."""
    for file in (ROOT / "dags").glob("*.py"):
        text = file.read_text(encoding="utf-8").replace(
            '"retry_delay": timedelta(minutes=1)', '"retry_delay": timedelta(seconds=5)'
        )
        (folder / file.name).write_text(text, encoding="utf-8")
    return str(folder)
