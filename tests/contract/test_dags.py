"""Every DAG can be read, serialised and run by Airflow, and keeps the rules of this project.

Airflow is looked at in a process of its own: it writes a configuration and changes logging and warnings when imported.
"""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "dags").glob("*.py"))
ALLOWED = {"airflow.sdk", "datetime", "watch.scheduling"}

LOOK = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization
bag = DagBag(dag_folder=sys.argv[1])
facts = {"errors": bag.import_errors, "seconds": {}, "dags": {}}
for stat in bag.dagbag_stats:
    facts["seconds"][stat.file] = stat.duration.total_seconds()
heavy = ("scrapy", "elasticsearch", "trafilatura", "feedparser", "pandas")
facts["heavy"] = [name for name in heavy if name in sys.modules]
for dag in bag.dags.values():
    facts["dags"][dag.dag_id] = {
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "on_failure_callback": getattr(dag.on_failure_callback, "__name__", None),
        "schedule": dag.timetable.expression,
        "tasks": {
            task.task_id: {
                "retries": task.retries,
                "execution_timeout": task.execution_timeout and task.execution_timeout.total_seconds(),
                "trigger_rule": str(task.trigger_rule.value),
                "downstream": sorted(task.downstream_task_ids),
            }
            for task in dag.tasks
        },
        "serialised": len(json.dumps(DagSerialization.to_dict(dag))),
    }
print("FACTS " + json.dumps(facts))
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Airflow sees of the DAGs."""
    home = tmp_path_factory.mktemp("airflow")
    environment = os.environ | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "True",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
    }
    command = [sys.executable, "-c", LOOK, str(ROOT / "dags")]
    seen = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert seen.returncode == 0, seen.stderr
    (line,) = [line for line in seen.stdout.splitlines() if line.startswith("FACTS ")]
    found: dict[str, Any] = json.loads(line.removeprefix("FACTS "))
    return found


def test_there_is_one_dag_in_each_file(facts: dict[str, Any]) -> None:
    """Every file loads without an error and gives the DAG of its name."""
    assert facts["errors"] == {}
    assert sorted(facts["dags"]) == [file.stem for file in FILES]


@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_a_dag_keeps_the_rules(facts: dict[str, Any], name: str) -> None:
    """No catching up, one run at a time, failures told, each task retried and bounded in time, few tasks."""
    dag = facts["dags"][name]
    assert dag["catchup"] is False
    assert dag["max_active_runs"] == 1
    assert dag["on_failure_callback"] == "report_failure"
    assert dag["serialised"] > 0
    assert len(dag["tasks"]) <= 5
    for task_id, task in dag["tasks"].items():
        if task_id != "fail":
            assert task["retries"] >= 1, task_id
            assert task["execution_timeout"] is not None, task_id


def test_monitor_goes_on_after_a_failed_stage_and_still_fails(facts: dict[str, Any]) -> None:
    """Each stage runs whatever became of the one before; a run with a failed stage is a failed run."""
    tasks = facts["dags"]["monitor"]["tasks"]
    assert tasks["crawl"]["downstream"] == ["detect", "fail"]
    assert tasks["detect"]["downstream"] == ["alert", "fail", "index"]
    assert {tasks[name]["trigger_rule"] for name in ("detect", "index", "alert")} == {"all_done"}
    assert tasks["fail"]["trigger_rule"] == "one_failed"
    assert facts["dags"]["monitor"]["schedule"] == "*/15 * * * *"


def test_reading_the_dags_imports_nothing_heavy(facts: dict[str, Any]) -> None:
    """Airflow reads each file every few seconds: none loads a crawler or a client."""
    assert facts["heavy"] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_dag_file_holds_no_logic(file: Path) -> None:
    """It imports Airflow's SDK, dates and the runner, and has neither loop nor condition."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= ALLOWED
    assert not [
        node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.If | ast.For | ast.While | ast.Try)
    ]
