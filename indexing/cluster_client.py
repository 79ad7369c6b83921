"""The connection to an Elasticsearch: how it is made, what its errors mean to us, and whether it is the right one."""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import elasticsearch
import structlog
from elastic_transport import TlsError, TransportError
from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from records.errors import ConfigurationError, IndexingError, IndexUnreachable

log = structlog.get_logger(__name__)

REQUEST_SECONDS = 30
FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 5.0
PORTS = {"http": 9200, "https": 443}
DISTRUSTED = {
    "doesn't match": "shows a certificate for other hosts: use one of its names in the URL",
    "mismatch": "shows a certificate for other hosts: use one of its names in the URL",
    "certificate has expired": "shows a certificate that has ended: renew it",
    "certificate is not yet valid": "shows a certificate that is not good yet: is our clock right?",
    "CERTIFICATE_VERIFY_FAILED": (
        "shows a certificate that no authority we trust has signed: "
        "give its authority's PEM file by CONVENTION_WATCH_INDEX_CA"
    ),
    "WRONG_VERSION_NUMBER": "does not speak TLS: is its address http://… ?",
}
"""What OpenSSL says, and what it means to an operator; the first that is found counts."""
CLIENT_MAJOR = elasticsearch.__version__[0]


def connect(url: str, *, api_key: str | None, ca: Path | None, basic: tuple[str, str] | None = None) -> Elasticsearch:
    """Return a client; no request is made. Without API key ``basic`` (user, password) serves, else what the URL holds.

    Raises ConfigurationError for a URL that is none, and for a ``ca`` that holds no certificate.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ConfigurationError(f"the URL of Elasticsearch is none: {error}") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise ConfigurationError(f"{shown(url)} is not the URL of an Elasticsearch, such as https://host:9200")
    if ca is not None:
        _check_authority(ca)
    for talkative in ("elastic_transport", "urllib3.connection"):
        logging.getLogger(talkative).setLevel(logging.CRITICAL)  # each failure reaches us as an error
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    node = f"{parts.scheme}://{host}:{port or PORTS[parts.scheme]}{parts.path}"
    if basic is None and parts.username:
        basic = (unquote(parts.username), unquote(parts.password or ""))
    return Elasticsearch(
        node,
        api_key=api_key,
        basic_auth=None if api_key else basic,
        ca_certs=str(ca) if ca is not None and parts.scheme == "https" else DEFAULT,
        request_timeout=REQUEST_SECONDS,
        max_retries=2,
        retry_on_status=(429, 502, 503, 504),
        retry_backoff_base=FIRST_WAIT_SECONDS,  # unset, the client repeats at once and adds to the overload
        retry_backoff_cap=LONGEST_WAIT_SECONDS,
        http_compress=False,  # the client compresses as hard as it can: a third of all CPU time of a rebuild
    )


def _check_authority(ca: Path) -> None:
    try:
        ssl.create_default_context(cafile=str(ca))
    except FileNotFoundError:
        raise ConfigurationError(f"the authority's certificate {ca} is not a file") from None
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(
            f"the authority's certificate {ca} cannot be used: it is no PEM file ({error})"
        ) from error


def shown(url: str) -> str:
    """Return the URL as it may be printed: without credentials."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn the client's errors into ours: IndexUnreachable when trying again can help, IndexingError when not."""
    try:
        yield
    except UnsupportedProductError as error:
        raise IndexUnreachable(f"{name} answers, but it is not Elasticsearch") from error
    except ApiError as error:
        raise explain(name, error) from error
    except TlsError as error:
        raise IndexUnreachable(f"{name} {_distrusted(str(error.message))}") from error
    except TransportError as error:
        reason = str(error.message).rsplit(": ", 1)[-1]
        raise IndexUnreachable(f"{name} does not answer: {reason}") from error


def _distrusted(reason: str) -> str:
    """Say in words why a server could not prove its name."""
    for part, words in DISTRUSTED.items():
        if part in reason:
            return words
    return f"cannot be talked to over TLS: {reason.rsplit(': ', 1)[-1]}"


def explain(name: str, error: ApiError) -> IndexingError:
    """Return what an error answer means, in words an operator can act on."""
    status = error.meta.status
    if status in (401, 403) and "security_exception" in str(error):
        hint = "" if status == 401 else "; only a key of the role installer may make or rebuild an index"
        return IndexUnreachable(f"{name} refuses our credentials ({status}): {error.message}{hint}")
    if "media_type_header_exception" in str(error):
        return IndexUnreachable(f"{name} is of another major version than our client ({CLIENT_MAJOR})")
    if status in (401, 403, 404, 408, 429) or status >= 500:
        return IndexUnreachable(f"{name} cannot do it now ({status}): {error.message}")
    return IndexingError(f"{name} refuses the request ({status}): {str(error)[:500]}")


def check_version(client: Elasticsearch, name: str) -> None:
    """Raise IndexUnreachable when the server's major version is not our client's. A key that may not ask is trusted."""
    try:
        nodes = client.nodes.info(filter_path="nodes.*.version")["nodes"].values()
    except ApiError as error:
        if error.meta.status == 403:
            log.info("The key may not ask for the version of Elasticsearch; it is taken for right", index=name)
            return
        raise
    versions = sorted({str(node["version"]) for node in nodes})
    wrong = [version for version in versions if int(version.split(".")[0]) != CLIENT_MAJOR]
    if wrong:
        raise IndexUnreachable(f"{name} is Elasticsearch {', '.join(wrong)}; this release needs major {CLIENT_MAJOR}")
