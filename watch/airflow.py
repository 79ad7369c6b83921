"""Airflow on this machine: what its parts need to know, and how each is started.

The parts of ``airflow standalone`` are started one by one: that command leaves its children behind on
SIGTERM, and opens ports to the network that nothing here needs (the log servers of scheduler and triggerer).
"""

import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from watch.airflow_health import ailing_parts
from watch.processes import Component, start_component

ROOT = Path(__file__).parents[1]
PROGRAM = (sys.executable, "-m", "airflow")
PARTS = {
    "api-server": ("api-server",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
}


def airflow_environment(home: Path, port: int, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of Airflow's parts; what ``environ`` says of Airflow counts more than our choice."""
    ours = {
        "AIRFLOW_HOME": str(home / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "300",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    # Without compiled modules Airflow takes three times as long to start.
    inherited = {name: value for name, value in environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return ours | inherited


def start_migration(environment: Mapping[str, str], logs: Path) -> Component:
    """Start the making or migrating of Airflow's own database; it ends by itself."""
    return start_component("db migrate", (*PROGRAM, "db", "migrate"), environment, logs / "db-migrate.log")


def start_parts(environment: Mapping[str, str], logs: Path) -> tuple[Component, ...]:
    """Start every part of Airflow."""
    return tuple(
        start_component(name, (*PROGRAM, *arguments), environment, logs / f"{name}.log")
        for name, arguments in PARTS.items()
    )


def is_healthy(port: int) -> bool:
    """Tell whether server, scheduler and DAG processor all report themselves well."""
    try:
        return not ailing_parts(f"http://127.0.0.1:{port}")
    except OSError:
        return False


def free_port(first: int = 8080) -> int:
    """Return the first port from ``first`` on that nobody listens to on the loopback interface."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {first} to {first + 99}")
