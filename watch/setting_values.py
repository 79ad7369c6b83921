"""What may stand in a setting: addresses, networks, instants, keys; with the nearest right word."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from alerting.mail_address import mail_address

DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")


def hidden(check: Callable[[str], str]) -> Callable[[Any], Any]:
    """Return the check for a secret: what it says must not hold the value."""

    def checked(value: Any) -> Any:
        check(value.get_secret_value() if isinstance(value, SecretStr) else value)
        return value

    return checked


def near(word: str, known: Sequence[str]) -> str:
    """Return the end of a sentence that offers the nearest right word; nothing when there is none."""
    found = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {found[0]}?" if found else ""


def ledger_url(value: str) -> str:
    """Return the SQLAlchemy URL of a database that can hold the ledger."""
    try:
        address = make_url(value)
    except (ArgumentError, ValueError):
        raise ValueError(
            "is not an SQLAlchemy URL, such as sqlite:///ledger.sqlite or postgresql+psycopg://host/name"
        ) from None
    if address.get_backend_name() not in ("sqlite", "postgresql", "postgres"):
        raise ValueError(f"must be sqlite or postgresql, not {address.drivername}{near(address.drivername, DATABASES)}")
    return value


def index_target(value: str) -> str:
    """Return ``embedded`` or a web address, as it is."""
    if value == "embedded":
        return value
    if "://" not in value:
        raise ValueError(f'is neither "embedded" nor the URL of an Elasticsearch{near(value, ["embedded"])}')
    return web_address(value)


def web_address(value: str) -> str:
    """Return an http(s) address with a host, as it is."""
    _split(value, ("http", "https"))
    return value


def mail_target(value: str) -> str:
    """Return the address of a mail server or of a Maildir, as it is."""
    if value.startswith("maildir:"):
        if not value.removeprefix("maildir:").strip():
            raise ValueError("names no folder, as in maildir:/var/mail/watch")
        return value
    _split(value, ("smtp", "smtps", "maildir"))
    return value


def _split(value: str, schemes: tuple[str, ...]) -> SplitResult:
    scheme = value.partition(":")[0]
    if scheme not in schemes:
        ways = ", ".join("maildir:" if one == "maildir" else f"{one}://" for one in schemes)
        raise ValueError(f"starts with none of {ways}{near(scheme, schemes)}")
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - reading it is the check
    except ValueError:  # whose words may hold a part of a password
        raise ValueError("is not an address: its port is not a number from 0 to 65535, or a bracket is open") from None
    if not parts.hostname or any(character.isspace() for character in value):
        raise ValueError("is not an address with a host and without spaces")
    return parts


def contact_point(value: str) -> str:
    """Return an http(s) address or an e-mail address, as it is."""
    return mail_address(value) if "@" in value and "://" not in value else web_address(value)


def networks(value: Any) -> Any:
    """Return the networks of a list with commas."""
    if not isinstance(value, str):
        return value
    return tuple(_network(part.strip()) for part in value.split(",") if part.strip())


def _network(part: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(part)
    except ValueError:
        pass
    try:
        meant = f"; did you mean {ip_network(part, strict=False)}?"
    except ValueError:
        meant = ""
    raise ValueError(f"{part!r} is not a network such as 127.0.0.0/8{meant}")


def instant(value: Any) -> Any:
    """Return an instant with its zone, from ISO 8601."""
    if not isinstance(value, str):
        return value
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value!r} is not an instant such as 2019-12-28T10:00:00Z") from None
    if read.tzinfo is None:
        raise ValueError(f"{value!r} has no timezone; did you mean {read.isoformat()}Z?")
    return read


def api_key(value: str) -> str:
    """Return an API key in the one form that both servers take."""
    try:
        name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        name = secret = ""
    if not name or not secret:
        hint = "; this looks like id:key, which has to be put into base64" if ":" in value else ""
        raise ValueError(f"is not an API key in its encoded form{hint}")
    return value


def authority(value: Any) -> Any:
    """Return the path of a PEM file of certificates."""
    path = Path(value)
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise ValueError(f"cannot read {path}: {error.strerror}") from None
    if "-----BEGIN CERTIFICATE-----" not in text:
        raise ValueError(f"{path} is no PEM file of certificates")
    return path


def folder(value: Any) -> Any:
    """Return a path that is, or can become, a folder."""
    if Path(value).exists() and not Path(value).is_dir():
        raise ValueError(f"{value} is a file, not a folder")
    return value
