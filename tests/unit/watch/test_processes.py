"""A family of processes is found whole and ended whole."""

import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from watch.airflow import PROGRAM, airflow_environment, free_port, is_healthy

GRANDCHILD = "import os, sys, time; os.setsid(); print(os.getpid(), flush=True); time.sleep(60)"
LAUNCHER = f"""
import os, signal, subprocess, sys, time
from pathlib import Path
from watch.processes import adopt_orphans, family, start_component, tell, wait_until
adopt_orphans()
child = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', {GRANDCHILD!r}])"
log = Path(sys.argv[1])
part = start_component("part", [sys.executable, "-c", child], dict(os.environ), log)
part.process.wait()
assert wait_until(lambda: log.read_text() != "", 30)
print("found", [process.pid for process in family()] == [int(log.read_text())])
tell(family(), signal.SIGTERM)
print("ended", wait_until(lambda: not family(), 30))
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs Linux, where orphans can be adopted")
def test_an_orphan_in_a_session_of_its_own_is_found_and_ended(tmp_path: Path) -> None:
    """A grandchild that left session and parent behind is still of the family, and ends with it."""
    command = [sys.executable, "-c", textwrap.dedent(LAUNCHER), str(tmp_path / "log")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == ["found True", "ended True"], done.stderr
    assert not Path(f"/proc/{(tmp_path / 'log').read_text().strip()}").exists()


def test_airflow_listens_to_this_machine_alone(tmp_path: Path) -> None:
    """Server on loopback, no examples, our DAGs, on from the start; state under HOME."""
    environment = airflow_environment(tmp_path, 8081, {"PATH": "/bin", "PYTHONDONTWRITEBYTECODE": "1"})
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:8081/execution/"
    assert environment["AIRFLOW_HOME"] == str(tmp_path / "airflow")
    assert Path(environment["AIRFLOW__CORE__DAGS_FOLDER"], "monitor.py").exists()
    assert environment["PATH"] == "/bin"
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert PROGRAM[0] == sys.executable


def test_what_the_caller_says_of_airflow_counts_more(tmp_path: Path) -> None:
    """An AIRFLOW__ variable of the caller is not overwritten."""
    given = {"AIRFLOW__CORE__PARALLELISM": "16"}
    assert airflow_environment(tmp_path, 8080, given)["AIRFLOW__CORE__PARALLELISM"] == "16"


def test_a_port_in_use_is_passed_over() -> None:
    """The next free one is taken; nobody there is not healthy."""

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = free_port(port)
    assert found != port
    assert not is_healthy(found)
