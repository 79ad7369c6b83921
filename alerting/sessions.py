"""What a way to hand over a mail promises: one letter, one recipient, one clear answer."""

from contextlib import AbstractContextManager
from typing import Protocol

from alerting.rendering import Letter
from records.errors import MailUnreachable


class ServerUnreachable(MailUnreachable):
    """The server does not answer, or turns everybody away: no mail can be handed over now, whoever it is for."""


class ConnectionLost(MailUnreachable):
    """The connection broke while this mail was handed over; it was not accepted."""


class MayHaveArrived(ConnectionLost):
    """The connection broke after the final dot: whether the mail was accepted cannot be known (RFC 5321, 6.1)."""


class Session(Protocol):
    """An open way to the server."""

    def send(self, letter: Letter) -> str:
        """Hand over one letter; return the server's words. Raises MailRefused (never) or MailUnreachable (later)."""
        ...


class Transport(Protocol):
    """A place where mails are handed over."""

    def session(self) -> AbstractContextManager[Session]:
        """Open a session, with nothing sent yet; ServerUnreachable when there is nobody to talk to."""
        ...
