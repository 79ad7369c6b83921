"""Each step that sets up the stack, as the real command against a real, secured Elasticsearch."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from elasticsearch import AuthenticationException, AuthorizationException, Elasticsearch

from indexing.administering import administering
from indexing.cluster_client import connect
from indexing.keys import LIFETIME, load_role
from indexing.snapshots import REPOSITORY
from records.errors import IndexUnreachable
from tests.contract.test_commands import call
from tests.servers.elasticsearch import ElasticsearchServer
from watch.stack.certificates import certify

pytestmark = [
    pytest.mark.elasticsearch,
    pytest.mark.timeout(900),
]  # each step is a process, beside a server that starts
KIBANA_PASSWORD = "kibana-reads-by-this"


@pytest.fixture
def server(secured_elasticsearch_server: ElasticsearchServer) -> Iterator[ElasticsearchServer]:
    """The secured server, with somebody else's index on it; ours are removed at the end."""
    with closing(administrator(secured_elasticsearch_server)) as client:
        client.index(index="payroll", id="1", document={"secret": True}, refresh=True)
        yield secured_elasticsearch_server
        ours = list(client.indices.get(index="convention-watch-*", features="aliases"))
        if ours:
            client.indices.delete(index=ours)


def administrator(server: ElasticsearchServer) -> Elasticsearch:
    """A client of the superuser."""
    return connect(server.url, api_key=None, ca=server.ca, basic=("elastic", str(server.password)))


def step(
    server: ElasticsearchServer, home: Path, *arguments: str, **settings: str
) -> "subprocess.CompletedProcess[str]":
    """Run ``convention-watch`` with the superuser's password in a file, as the one-shot services do."""
    home.mkdir(exist_ok=True)
    (home / "elastic").write_text(f"{server.password}\n")
    (home / "elastic").chmod(0o600)
    given = {
        "INDEX": server.url,
        "INDEX_CA": str(server.ca),
        "ELASTIC_PASSWORD_FILE": str(home / "elastic"),
        **settings,
    }
    return call(home, *arguments, **given)


def holder(server: ElasticsearchServer, key: Path) -> Elasticsearch:
    """A client of whoever holds a key's file."""
    return connect(server.url, api_key=key.read_text().strip(), ca=server.ca)


def test_each_role_has_a_key_in_a_file_of_its_own(server: ElasticsearchServer, tmp_path: Path) -> None:
    """Made once, kept, rotated when asked for; then the old one is taken no longer; only the owner reads the files."""
    keys = tmp_path / "keys"
    made = step(server, tmp_path, "stack", "keys", str(keys), KIBANA_PASSWORD=KIBANA_PASSWORD)
    assert made.returncode == 0, made.stderr
    assert {path.name: path.stat().st_mode & 0o777 for path in keys.iterdir()} == dict.fromkeys(
        ("writer-api-key", "reader-api-key", "installer-api-key", "dashboards-api-key"), 0o600
    )
    first = {path.name: path.read_text() for path in keys.iterdir()}
    assert not [key for key in first.values() if key.strip() in made.stdout + made.stderr]
    again = step(server, tmp_path, "stack", "keys", str(keys), KIBANA_PASSWORD=KIBANA_PASSWORD)
    assert again.stdout.count("kept") == 5
    assert {path.name: path.read_text() for path in keys.iterdir()} == first
    old = holder(server, keys / "writer-api-key")
    rotated = step(server, tmp_path, "stack", "keys", str(keys), "--role", "writer", "--rotate")
    assert rotated.returncode == 0, rotated.stderr
    with closing(old), closing(holder(server, keys / "writer-api-key")) as fresh:
        assert fresh.security.authenticate()["authentication_type"] == "api_key"
        with pytest.raises(AuthenticationException):
            old.security.authenticate()
    assert (keys / "reader-api-key").read_text() == first["reader-api-key"]
    with closing(connect(server.url, api_key=None, ca=server.ca, basic=("kibana_system", KIBANA_PASSWORD))) as kibana:
        assert kibana.security.authenticate()["username"] == "kibana_system"
    with closing(administrator(server)) as client:
        held = client.security.get_role(name="convention-watch-reader")["convention-watch-reader"]
    assert held["indices"][0]["privileges"] == load_role("reader")["indices"][0]["privileges"]


def test_a_key_does_its_work_and_no_other(server: ElasticsearchServer, tmp_path: Path) -> None:
    """The command itself: the installer installs, the writer indexes, the reader searches; each is refused the rest."""
    keys = tmp_path / "keys"
    assert step(server, tmp_path, "stack", "keys", str(keys)).returncode == 0

    def as_role(role: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return step(server, tmp_path, *arguments, INDEX_API_KEY_FILE=str(keys / f"{role}-api-key"))

    too_early = as_role("writer", "index", "--verify")
    assert too_early.returncode == 1
    assert as_role("installer", "index", "--rebuild").returncode == 0
    for role, arguments, status in (
        ("writer", ("index",), 0),
        ("writer", ("index", "--rebuild"), 1),
        ("reader", ("search", "convention"), 0),
    ):
        done = as_role(role, *arguments)
        assert done.returncode == status, (role, arguments, done.stderr)
        assert len(done.stderr.splitlines()) == (1 if status else 0), done.stderr
        assert not status or "only a key of the role installer" in done.stderr
    ends = f"its API key is good until {datetime.now(UTC) + LIFETIME:%Y-%m-%d}"
    assert ends in as_role("writer", "doctor").stdout
    with (
        closing(holder(server, keys / "writer-api-key")) as writer,
        closing(holder(server, keys / "reader-api-key")) as reader,
    ):
        forbidden: list[Callable[[], object]] = [
            lambda: writer.indices.delete(index="convention-watch-articles-v1"),
            lambda: writer.search(index="payroll"),
            lambda: writer.indices.create(index="convention-watch-more"),
            lambda: reader.index(index="convention-watch-articles", document={}),
            lambda: reader.search(index="payroll"),
        ]
        for act in forbidden:
            with pytest.raises(AuthorizationException):
                act()


def test_a_server_that_cannot_prove_its_name_is_refused(server: ElasticsearchServer, tmp_path: Path) -> None:
    """The word says what to do: wrong authority, none, other host, no TLS, wrong password."""
    other = certify(tmp_path, tmp_path / "authority", ["localhost"], now=datetime.now(UTC))[0].path
    port = server.url.rpartition(":")[2]
    for url, ca, password, said in (
        (server.url, other, server.password, "no authority we trust has signed: give its authority's PEM file by"),
        (server.url, None, server.password, "no authority we trust has signed"),
        (f"https://127.0.0.1:{port}", server.ca, server.password, "shows a certificate for other hosts"),
        (f"http://localhost:{port}", server.ca, server.password, "does not answer"),
        (server.url, server.ca, "wrong", r"refuses our credentials \(401\)"),
    ):
        with pytest.raises(IndexUnreachable, match=said), administering(url, password=password, ca=ca):
            pass
    with administering(server.url, password=server.password, ca=server.ca) as client:
        assert client.security.authenticate()["username"] == "elastic"


def test_a_wrong_authority_is_one_line(server: ElasticsearchServer, tmp_path: Path) -> None:
    """Exit status 1 when the server is to blame, 2 when a file of ours is."""
    other = certify(tmp_path, tmp_path / "authority", ["localhost"], now=datetime.now(UTC))[0].path
    (tmp_path / "empty.pem").touch()
    for ca, status, said in ((other, 1, "no authority we trust has signed"), (tmp_path / "empty.pem", 2, "is no PEM")):
        done = step(server, tmp_path, "index", "--verify", INDEX_CA=str(ca))
        assert (done.returncode, len(done.stderr.splitlines())) == (status, 1), done.stderr
        assert said in done.stderr


def test_snapshots_are_registered_and_restored(server: ElasticsearchServer, tmp_path: Path) -> None:
    """The folder is verified by the server; what a snapshot holds comes back as it was."""
    assert server.snapshots
    registered = step(server, tmp_path, "stack", "snapshots", str(server.snapshots))
    assert "repository convention-watch" in registered.stdout
    # The test server is without the module of the policy; a full one takes it. It is told, and is no success.
    assert (registered.returncode, "no snapshot lifecycle" in registered.stderr) == (1, True)
    with closing(administrator(server)) as client:
        client.index(index="convention-watch-kept", id="1", document={"it": "is back"}, refresh=True)
        client.snapshot.create(
            repository=REPOSITORY, snapshot="by-hand", indices="convention-watch-*", wait_for_completion=True
        )
        client.indices.delete(index="convention-watch-kept")
        client.snapshot.restore(
            repository=REPOSITORY, snapshot="by-hand", indices="convention-watch-kept", wait_for_completion=True
        )
        assert client.get(index="convention-watch-kept", id="1")["_source"] == {"it": "is back"}
        client.snapshot.delete(repository=REPOSITORY, snapshot="by-hand")
    elsewhere = step(server, tmp_path, "stack", "snapshots", "/somewhere/else")
    assert elsewhere.returncode == 1
    assert "path.repo" in elsewhere.stderr
