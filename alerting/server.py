"""Which SMTP server, read from its address."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from records.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server. ``encrypted``: TLS from the first byte (smtps).

    ``acceptance_seconds``: how long the answer to the final dot may take. Giving up after the dot can
    mean a second copy, so patience is cheap there.
    """

    host: str
    port: int
    encrypted: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    command_seconds: float = 30.0
    acceptance_seconds: float = 300.0

    @property
    def loopback(self) -> bool:
        """Whether the way to the server never leaves this machine."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")


def read_server(url: str, password: str | None) -> Server:
    """Return the server that ``smtp://[user@]host[:port]`` or ``smtps://…`` names; no error shows a password."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise ConfigurationError("the port of the SMTP server is not a number from 0 to 65535") from error
    if not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ConfigurationError(f"{parts.scheme}:// needs a host and no path, as in {parts.scheme}://user@host:587")
    user = unquote(parts.username) if parts.username else None
    secret = password or unquote(parts.password or "") or None
    if secret and user is None:
        raise ConfigurationError("there is a password for the SMTP server but no user: write smtp://user@host:port")
    encrypted = parts.scheme == "smtps"
    default = 465 if encrypted else 587 if user else 25
    return Server(parts.hostname, port or default, encrypted, user, secret)
