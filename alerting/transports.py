"""Ways to hand over a mail: an SMTP server (alerting.smtp) or a Maildir (alerting.maildir), chosen by its address."""

from pathlib import Path

from alerting.maildir import MaildirTransport
from alerting.server import read_server
from alerting.sessions import Transport
from alerting.smtp import SmtpTransport
from records.errors import ConfigurationError


def open_transport(target: str, *, password: str | None = None) -> Transport:
    """Return the transport for ``smtp://…``, ``smtps://…`` or ``maildir:PATH``; ConfigurationError for anything else.

    Nothing is connected or created yet. A password in the URL counts when ``password`` is None; no error shows it.
    """
    if target.startswith("maildir:"):
        path = target.removeprefix("maildir:")
        if not path:
            raise ConfigurationError("maildir: names no folder, as in maildir:/var/mail/watch")
        return MaildirTransport(Path(path).expanduser())
    if target.startswith(("smtp://", "smtps://")):
        return SmtpTransport(read_server(target, password))
    raise ConfigurationError("the way to send mail begins with none of smtp://, smtps://, maildir:")
