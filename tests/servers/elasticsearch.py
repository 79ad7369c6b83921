"""A real Elasticsearch for the tests: one server per test session, started when the first test asks for it.

It is the server at TEST_ELASTICSEARCH_URL when that is set; else the integration-test distribution from Maven Central
(the real server without its optional modules), run on a Java of 21 or later, with the analysis parts it lacks brought
by our own plugin. Without Maven or Java the tests are skipped with a plain word; under CI they fail instead.
"""

import base64
import os
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import chown, copytree, rmtree
from typing import Any

import pytest

from tests.servers.elasticsearch_distribution import ServerMissing, find_java, install_server, unprivileged_user
from watch.stack.certificates import certify

HEAP = "512m"
START_SECONDS = 240
STOP_SECONDS = 30
HOSTS = ("localhost", "elasticsearch")
SECURED = {
    "xpack.security.http.ssl.enabled": "true",
    "xpack.security.http.ssl.key": "certificates/localhost.key",
    "xpack.security.http.ssl.certificate": "certificates/localhost.pem",
    "xpack.security.transport.ssl.enabled": "false",
}


@dataclass(frozen=True)
class ElasticsearchServer:
    """A running server: its URL; where it may keep snapshots.

    When security is on: the password of the user ``elastic``, and the authority that signed its certificate.
    """

    url: str
    snapshots: Path | None = None
    password: str | None = None
    ca: Path | None = None


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[ElasticsearchServer]:
    """A real Elasticsearch without security, shared by the whole session: use index names of your own."""
    given = os.environ.get("TEST_ELASTICSEARCH_URL")
    if given:
        yield ElasticsearchServer(given)
        return
    with _started_or_skipped(password=None) as server:
        yield server


@pytest.fixture(scope="session")
def secured_elasticsearch_server() -> Iterator[ElasticsearchServer]:
    """A second real Elasticsearch, with TLS (as ``localhost``), users, roles and API keys."""
    with _started_or_skipped(password="correct-horse-battery") as server:
        yield server


@contextmanager
def running_elasticsearch() -> Iterator[ElasticsearchServer]:
    """The server at TEST_ELASTICSEARCH_URL, or one of our own until the block ends; raise ServerMissing."""
    given = os.environ.get("TEST_ELASTICSEARCH_URL")
    if given:
        yield ElasticsearchServer(given)
        return
    java = find_java(minimum=21)
    with run_server(install_server(java), java) as server:
        yield server


@contextmanager
def _started_or_skipped(password: str | None) -> Iterator[ElasticsearchServer]:
    try:
        java = find_java(minimum=21)
        home = install_server(java)
    except ServerMissing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no Elasticsearch, and under CI nothing is skipped: {missing}")
        pytest.skip(f"no Elasticsearch: {missing}")
    with run_server(home, java, password) as server:
        yield server


@contextmanager
def run_server(home: Path, java: Path, password: str | None = None) -> Iterator[ElasticsearchServer]:
    """Run the server unpacked at ``home`` until the block ends; its data lives and dies with it."""
    user = unprivileged_user()
    place = Path(tempfile.mkdtemp(prefix="elasticsearch-"))
    try:
        copytree(home / "config", place / "config")
        (place / "tmp").mkdir()  # the server refuses a temporary folder that holds its configuration
        (place / "snapshots").mkdir()
        place.chmod(0o755)
        authority = certify(place / "config" / "certificates", place / "authority", HOSTS, now=datetime.now(UTC))[
            0
        ].path
        for path in (place, *place.rglob("*")):
            if user:
                chown(path, user, user_group(user))
        port = _free_port()
        environment = _environment(place, java)
        if password:
            _set_password(home, environment, user, password)
        with _launched(home, place, port, environment, user, secured=password is not None) as process:
            running = ElasticsearchServer(f"http://127.0.0.1:{port}", place / "snapshots")
            if password:
                running = ElasticsearchServer(f"https://localhost:{port}", running.snapshots, password, authority)
            _wait_until_ready(running, process, place)
            yield running
    finally:
        rmtree(place, ignore_errors=True)


def user_group(user: str) -> int:
    """Return the primary group of ``user``."""
    import pwd

    return pwd.getpwnam(user).pw_gid


def _environment(place: Path, java: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return kept | {
        "ES_JAVA_HOME": str(java),
        "ES_PATH_CONF": str(place / "config"),
        "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
        "ES_TMPDIR": str(place / "tmp"),
        "HOME": str(place),
    }


def _set_password(home: Path, environment: dict[str, str], user: str | None, password: str) -> None:
    keystore = str(home / "bin" / "elasticsearch-keystore")
    for arguments, given in ((["create"], ""), (["add", "-x", "bootstrap.password"], password)):
        subprocess.run(
            [keystore, *arguments],
            input=given,
            text=True,
            check=True,
            env=environment,
            capture_output=True,
            **_as(user),
        )


def _as(user: str | None) -> dict[str, Any]:
    return {"user": user, "group": user_group(user), "extra_groups": []} if user else {}


@contextmanager
def _launched(
    home: Path, place: Path, port: int, environment: dict[str, str], user: str | None, *, secured: bool
) -> Iterator[subprocess.Popen[bytes]]:
    settings = {
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": _free_port(),
        "path.data": place / "data",
        "path.logs": place / "logs",
        "xpack.security.enabled": str(secured).lower(),
        "path.repo": place / "snapshots",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        **(SECURED if secured else {}),
    }
    command = [str(home / "bin" / "elasticsearch"), "-p", str(place / "pid")]
    command += [part for name, value in settings.items() for part in ("-E", f"{name}={value}")]
    with (place / "output").open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, cwd=place, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **_as(user)
        )
    try:
        yield process
    finally:
        _stop(process, place / "pid")


def _stop(launcher: subprocess.Popen[bytes], pid_file: Path) -> None:
    """Stop the server itself by its id; the launcher, which only waits for it, ends with it."""
    server = int(pid_file.read_text()) if pid_file.exists() else launcher.pid
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(server, sign)
        except ProcessLookupError:
            break
        try:
            launcher.wait(STOP_SECONDS)
            return
        except subprocess.TimeoutExpired:
            continue
    launcher.kill()
    launcher.wait(STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: ElasticsearchServer, process: subprocess.Popen[bytes], place: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"Elasticsearch ended at its start:\n{(place / 'output').read_text()[-3000:]}")
        if _is_ready(server):
            return
        time.sleep(0.5)
    raise RuntimeError(f"Elasticsearch was not ready in {START_SECONDS} s:\n{(place / 'output').read_text()[-3000:]}")


def _is_ready(server: ElasticsearchServer) -> bool:
    request = urllib.request.Request(f"{server.url}/_cluster/health?wait_for_status=yellow&timeout=5s")
    if server.password:
        credentials = base64.b64encode(f"elastic:{server.password}".encode()).decode()
        request.add_header("Authorization", f"Basic {credentials}")
    tls = ssl.create_default_context(cafile=str(server.ca)) if server.ca else None
    try:
        with urllib.request.urlopen(request, timeout=10, context=tls) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
