"""Handing a mail to an SMTP server, so that each answer is told apart: never, later, or nobody is there."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from alerting.cleaning import clean_line
from alerting.rendering import Letter
from alerting.server import Server
from alerting.sessions import ConnectionLost, MayHaveArrived, ServerUnreachable, Session
from records.errors import MailRefused, MailUnreachable

log = structlog.get_logger(__name__)

_LINE_WITH_DOT = re.compile(rb"(?m)^\.")


class SmtpTransport:
    """Mails by SMTP: STARTTLS where offered, certificates verified, a password never in clear over a network."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Connect; the connection is made anew when it breaks. ServerUnreachable when nobody answers."""
        session = SmtpSession(self._server)
        session.connect()
        try:
            yield session
        finally:
            session.quit()


class SmtpSession:
    """One connection at a time, one mail at a time."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def connect(self) -> None:
        """Connect, encrypt and log in; every refusal here concerns all mails, so it is ServerUnreachable."""
        server = self._server
        try:
            if server.encrypted:
                context = ssl.create_default_context()
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=server.command_seconds, context=context
                )
            else:
                smtp = smtplib.SMTP(server.host, server.port, timeout=server.command_seconds)
        except (OSError, smtplib.SMTPException) as error:
            raise ServerUnreachable(f"{server.host}:{server.port}: {_words(error)}") from error
        try:
            self._prepare(smtp)
        except (OSError, smtplib.SMTPException) as error:
            smtp.close()
            raise ServerUnreachable(f"{server.host}:{server.port}: {_words(error)}") from error
        except ServerUnreachable:
            smtp.close()
            raise
        self._smtp = smtp

    def _prepare(self, smtp: smtplib.SMTP) -> None:
        server = self._server
        smtp.ehlo_or_helo_if_needed()
        # On loopback a mail server shows a certificate of its own making, and there is nobody to hide from.
        if not server.encrypted and not server.loopback and smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        elif server.password is not None and not server.encrypted and not server.loopback:
            raise ServerUnreachable(
                f"{server.host}:{server.port} offers no STARTTLS: the password is not sent in clear"
            )
        if server.user is not None and server.password is not None:
            smtp.login(server.user, server.password)

    def send(self, letter: Letter) -> str:
        """Hand over one letter and return the server's words.

        Raises MailRefused (5xx), MailUnreachable (4xx), ConnectionLost, MayHaveArrived, ServerUnreachable.
        """
        smtp = self._begin(letter)
        try:
            self._expect(smtp, smtp.rcpt(letter.to), 250, 251)
            self._expect(smtp, smtp.docmd("DATA"), 354)
            # smtplib has this in data(), but there a break before the dot looks like one after it.
            smtp.send(_LINE_WITH_DOT.sub(b"..", letter.content) + b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise ConnectionLost(f"{self._server.host}: {_words(error)}") from error
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(self._server.acceptance_seconds)
            answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise MayHaveArrived(f"{self._server.host}: no answer after the final dot: {_words(error)}") from error
        if smtp.sock is not None:
            smtp.sock.settimeout(self._server.command_seconds)
        return self._expect(smtp, answer, 250)

    def _begin(self, letter: Letter) -> smtplib.SMTP:
        """MAIL FROM. A server may close or refuse a connection that has carried enough mails: then once more, anew."""
        reused = self._smtp is not None
        smtp = self._connected()
        try:
            code, words = smtp.mail(letter.sender)
        except (OSError, smtplib.SMTPException) as error:
            code, words = 421, _words(error).encode()
        if code == 250:
            return smtp
        self._drop()
        if reused:
            return self._begin(letter)
        # The sender is the same for all mails: a refusal of it says nothing about this one.
        raise ServerUnreachable(f"{self._server.host}: the sender {letter.sender}: {code} {_decode(words)}")

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self.connect()
        assert self._smtp is not None  # noqa: S101 - connect() has just set it
        return self._smtp

    def _expect(self, smtp: smtplib.SMTP, answer: tuple[int, bytes], *wanted: int) -> str:
        code, words = answer
        if code in wanted:
            return f"{code} {_decode(words)}"
        if code in (421, -1):
            self._drop()
            raise ConnectionLost(f"{self._server.host}: {code} {_decode(words)}")
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()
        kind = MailRefused if code >= 500 else MailUnreachable
        raise kind(f"{self._server.host}: {code} {_decode(words)}")

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def quit(self) -> None:
        """Take leave; what the server says to that changes nothing."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException) as error:
                log.debug("The mail server broke off at QUIT", error=_words(error))
            self._drop()


def _decode(words: bytes) -> str:
    return clean_line(words.decode("utf-8", "replace"), 300)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        raw = error.smtp_error
        return f"{error.smtp_code} {_decode(raw if isinstance(raw, bytes) else str(raw).encode())}"
    return clean_line(str(error) or type(error).__name__, 300)
