"""The stack's certificates: good for their hosts, kept while they are good, made anew when they are not."""

import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from records.errors import ConfigurationError
from watch.stack.certificates import AUTHORITY_LIFETIME, LIFETIME, certify

HOSTS = ("elasticsearch", "localhost", "127.0.0.1")
NOW = datetime.now(UTC)


def outcomes(folder: Path, hosts: tuple[str, ...] = HOSTS, now: datetime = NOW) -> tuple[str, str]:
    """What had to be made: the authority, and the server's certificate."""
    authority, server = certify(folder / "servers", folder / "authority", hosts, now=now)
    return authority.outcome, server.outcome


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """A server that shows the certificate in ``folder``; gives its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "elasticsearch.pem", folder / "elasticsearch.key")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as secured:
                    secured.sendall(b"x")
            except ssl.SSLError:
                connection.close()

        thread = Thread(target=answer)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def shake_hands(servers: Path, authority: Path, host: str) -> bytes:
    """Connect to the server by the name ``host``, trusting ``authority`` alone; one byte when it is trusted."""
    trusting = ssl.create_default_context(cafile=str(authority))
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT  # what Python 3.13 asks for
    with (
        serving(servers) as port,
        socket.create_connection(("127.0.0.1", port)) as plain,
        trusting.wrap_socket(plain, server_hostname=host) as secured,
    ):
        return secured.recv(1)


@pytest.mark.parametrize("host", HOSTS)
def test_a_server_can_prove_each_of_its_names(tmp_path: Path, host: str) -> None:
    """By the authority's file, and by nothing else; not a name that it was not given."""
    assert outcomes(tmp_path) == ("made", "made")
    servers = tmp_path / "servers"
    assert shake_hands(servers, servers / "ca.pem", host) == b"x"
    with pytest.raises(ssl.SSLCertVerificationError, match="ismatch"):
        shake_hands(servers, servers / "ca.pem", "kibana")
    assert outcomes(tmp_path / "other") == ("made", "made")
    with pytest.raises(ssl.SSLCertVerificationError, match="CERTIFICATE_VERIFY_FAILED"):
        shake_hands(servers, tmp_path / "other" / "servers" / "ca.pem", host)


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    """Not a byte of what is good."""
    outcomes(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert outcomes(tmp_path) == ("kept", "kept")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_what_is_good_no_longer_is_made_anew(tmp_path: Path) -> None:
    """Other hosts, the end near, another authority, an authority that ends before what it would sign."""
    outcomes(tmp_path)
    assert outcomes(tmp_path, (*HOSTS, "search.example.org")) == ("kept", "made")
    assert outcomes(tmp_path, (*HOSTS, "search.example.org"), NOW + LIFETIME - timedelta(days=30)) == ("kept", "made")
    shutil.rmtree(tmp_path / "authority")
    assert outcomes(tmp_path) == ("made", "made")
    assert outcomes(tmp_path, now=NOW + AUTHORITY_LIFETIME - LIFETIME) == ("made", "made")


def test_keys_are_not_for_everybody(tmp_path: Path) -> None:
    """The authority's is its owner's; the server's also its group's; and the servers never see the authority's."""
    outcomes(tmp_path)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "servers").iterdir()}
    assert modes == {"ca.pem": 0o644, "elasticsearch.pem": 0o644, "elasticsearch.key": 0o640}
    assert (tmp_path / "authority" / "ca.key").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    """It is not overwritten: it may be somebody's."""
    outcomes(tmp_path)
    (tmp_path / "servers" / "elasticsearch.pem").write_text("mine")
    with pytest.raises(ConfigurationError, match=r"elasticsearch\.pem: is not a certificate"):
        outcomes(tmp_path)
