"""Certificates are verified, unless a source file names a reason; the exception holds for that source's hosts alone."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawlers.source import load_source
from records.errors import ConfigurationError
from tests.unit.crawlers.newsstand import Newsstand, report, rss
from tests.unit.crawlers.serving import Answer, Site, serving

REASON = "the ministry signs its certificate itself"


def self_signed(folder: Path) -> ssl.SSLContext:
    """Return the context of a server whose certificate nobody else has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    certificate = builder.sign(key, hashes.SHA256())
    path = folder / "server.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*form) + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@pytest.fixture
def secure_site(tmp_path: Path) -> Iterator[Site]:
    """A site over https with a certificate that it signed itself."""
    with serving(self_signed(tmp_path)) as site:
        items = [{"title": "T", "link": f"{site.url}/a/1", "pubDate": "Fri, 27 Dec 2019 23:10:00 GMT"}]
        site.answers = {"/rss": Answer(rss(*items)), "/a/1": Answer(report())}
        yield site


def test_a_self_signed_certificate_is_refused(secure_site: Site, newsstand: Newsstand) -> None:
    """Nothing is asked of a server that cannot prove its name."""
    newsstand.add("one", {"feed": f"{secure_site.url}/rss"})
    assert newsstand.crawl()["one"]["state"] == "unreachable"
    assert secure_site.asked == []


def test_an_exception_holds_for_the_hosts_of_its_source(secure_site: Site, newsstand: Newsstand) -> None:
    """The source that is an exception is read; another's host is verified all the same."""
    newsstand.add("one", {"feed": f"{secure_site.url}/rss"}, unverified_tls=REASON)
    other = secure_site.url.replace("localhost", "127.0.0.1")
    newsstand.add("two", {"feed": f"{other}/rss"})
    done = newsstand.crawl()
    assert (done["one"]["stored"], done["two"]["state"]) == (1, "unreachable")


@pytest.mark.parametrize("reason", ["", "true", "self-signed", "because so"])
def test_an_exception_without_a_reason_is_refused(newsstand: Newsstand, reason: str) -> None:
    """A reason is a sentence; the file and the key are named."""
    newsstand.add("one", {"feed": "https://one.example/rss"}, unverified_tls=reason)
    with pytest.raises(ConfigurationError, match=r"one\.yml:\d+: unverified_tls: needs a reason"):
        load_source(newsstand.folder / "one.yml")
