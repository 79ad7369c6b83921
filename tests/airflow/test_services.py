"""The compose file's services, run as plain processes on a real PostgreSQL and a real Elasticsearch, make a pass."""

import json
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import make_url

from tests.airflow.composing import ROOT, Composition, free_port
from tests.airflow.waiting import end_all_in, processes_in, wait_for
from tests.newsroom import Newsroom, load_play
from tests.newsroom.accounting import check_accounts
from tests.newsroom.watching import Watch
from tests.servers.elasticsearch import ElasticsearchServer
from tests.servers.postgresql import own_database
from tests.servers.smtp import MailServer, running_mail_server

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.postgresql,
    pytest.mark.elasticsearch,
    pytest.mark.timeout(900),
]

SITES = ("neva-wire", "hudson-dispatch")
SUBSCRIPTIONS = [{"name": "all", "to": "analyst@example.org", "kinds": ["vote"]}]
STARTING_SECONDS = 240.0
LASTING = ("airflow-api-server", "airflow-scheduler", "airflow-dag-processor")


@pytest.fixture
def composition(
    tmp_path: Path, postgresql_server: str, secured_elasticsearch_server: ElasticsearchServer
) -> Iterator[tuple[Composition, Watch, MailServer]]:
    """The services, the watch they keep, and the mail server they use."""
    assert secured_elasticsearch_server.password
    newsroom = Newsroom(load_play("december_2019"), sites=SITES)
    newsroom.advance("vote")
    with ExitStack() as stack:
        airflow, ledger = (stack.enter_context(own_database(postgresql_server)) for _ in range(2))
        mail_server = stack.enter_context(running_mail_server())
        stack.enter_context(newsroom)
        watch = Watch.over(newsroom, tmp_path, SUBSCRIPTIONS)
        port = free_port()
        places = {
            "postgresql+psycopg2://watch:0123456789@postgres:5432/airflow": _for_airflow(airflow),
            "postgresql+psycopg://watch:0123456789@postgres:5432/watch": ledger,
            "https://elasticsearch:9200": secured_elasticsearch_server.url,
            "/run/convention-watch/certificates/ca.pem": str(secured_elasticsearch_server.ca),
            "/run/convention-watch/snapshots": str(secured_elasticsearch_server.snapshots),
            "mail-catcher:1025": f"127.0.0.1:{mail_server.port}",
            "airflow-api-server:8080": f"127.0.0.1:{port}",
            "localhost:8080": f"127.0.0.1:{port}",
            "localhost:8974": f"127.0.0.1:{(health := free_port())}",
            "/opt/convention-watch": str(ROOT),
            "/var/lib/convention-watch": str(tmp_path),
            "/etc/convention-watch": str(tmp_path),
            "/var/log/airflow": str(tmp_path / "logs"),
            "/run/convention-watch": str(tmp_path / "run"),
        }
        given = {
            "POSTGRES_PASSWORD": "0123456789",
            "ELASTIC_PASSWORD": secured_elasticsearch_server.password,
            "KIBANA_PASSWORD": "kibana0123456789",
            "AIRFLOW_ADMIN_PASSWORD": "admin0123456789",
            "AIRFLOW_JWT_SECRET": "j" * 64,
            "AIRFLOW_SECRET_KEY": "s" * 64,
            "AIRFLOW_FERNET_KEY": Fernet.generate_key().decode(),
            "CONVENTION_WATCH_MAIL_FROM": "watch@example.org",
            "CONVENTION_WATCH_OPERATOR": "operator@example.org",
            "CONVENTION_WATCH_CONTACT": "https://convention-watch.example/about",
            "CONVENTION_WATCH_SCHEDULE": "* * * * *",
        }
        extra = {
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(health),
            "CONVENTION_WATCH_SOURCES": str(tmp_path / "sources"),
            "CONVENTION_WATCH_ALLOW_NETWORKS": "127.0.0.0/8",
            "CONVENTION_WATCH_AS_OF": newsroom.as_of,
        }
        yield Composition(tmp_path, given, places, extra), watch, mail_server


def _for_airflow(url: str) -> str:
    """The same database for the driver that Airflow uses."""
    return make_url(url).set(drivername="postgresql+psycopg2").render_as_string(hide_password=False)


@contextmanager
def started(composition: Composition) -> Iterator[dict[str, "subprocess.Popen[bytes]"]]:
    """Run the lasting services, each with its own command."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name in LASTING:
            running[name] = composition.start(name)
        yield running
    finally:
        for process in running.values():
            if process.poll() is None:
                process.kill()
            process.wait()
        end_all_in(composition.folder)


def successes(composition: Composition) -> int:
    """How many runs of `monitor` have succeeded, asked of Airflow's server with the admin's password."""
    server = composition.text("http://localhost:8080")
    login = json.dumps({"username": "admin", "password": composition.given["AIRFLOW_ADMIN_PASSWORD"]}).encode()
    asked = urllib.request.Request(f"{server}/auth/token", login, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=90) as answer:
        token = json.load(answer)["access_token"]
    asked = urllib.request.Request(
        f"{server}/api/v2/dags/~/dagRuns?state=success", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(asked, timeout=90) as answer:
        return sum(run["dag_id"] == "monitor" for run in json.load(answer)["dag_runs"])


def test_the_services_make_a_pass(composition: tuple[Composition, Watch, MailServer]) -> None:
    """Init services end well, also a second time; the others become healthy; a vote is crawled, indexed and told."""
    services, watch, mail_server = composition
    for name in ("certificates", "elasticsearch-init", "elasticsearch-init", "airflow-init"):
        assert services.start(name).wait(STARTING_SECONDS) == 0, services.said(name)
    assert (watch.home / "run" / "certificates" / "elasticsearch.pem").exists()
    assert services.said("elasticsearch-init").count("kept      key") == 3
    assert "FAIL" not in services.said("airflow-init")
    with started(services) as running:
        for name in LASTING:
            assert wait_for(lambda name=name: services.is_healthy(name), STARTING_SECONDS, pause=3), services.said(name)  # type: ignore[misc]
        assert wait_for(lambda: successes(services) >= 1, STARTING_SECONDS, pause=3), services.said("airflow-scheduler")
        assert [
            mail for mail in mail_server.received_by("analyst@example.org") if "79-60-33" in mail.message["Subject"]
        ]
        found = subprocess.run(
            ["convention-watch", "search", "cybercrime", "--json"],
            env=services.environment("airflow-scheduler"),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert found.returncode == 0, found.stderr
        assert len(found.stdout.splitlines()) >= 1
        for name in ("airflow-scheduler", "airflow-dag-processor", "airflow-api-server"):
            running[name].send_signal(signal.SIGTERM)
        assert wait_for(lambda: all(one.poll() is not None for one in running.values()), 90)
    assert processes_in(watch.home) == {}
    assert check_accounts(services.text("postgresql+psycopg://watch:0123456789@postgres:5432/watch"))
