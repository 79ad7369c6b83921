"""Handing over one letter: to a Maildir, and to a real SMTP server in all of its moods."""

import mailbox
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from alerting.rendering import Letter, Letterhead, render_notices
from alerting.server import Server, read_server
from alerting.sessions import ConnectionLost, MayHaveArrived, ServerUnreachable
from alerting.smtp import SmtpTransport
from alerting.transports import open_transport
from records.errors import ConfigurationError, MailRefused, MailUnreachable
from tests.servers.smtp import Fault, MailServer, running_mail_server
from tests.unit.alerting.conftest import NOW


def make_letter(number: int = 1, to: str = "analyst@example.org", text: str = "text") -> Letter:
    """A small letter."""
    letterhead = Letterhead("watch@example.org", NOW)
    return render_notices(to, f"<letter-{number}@watch.invalid>", [("subject", text)], letterhead)


def impatient(server: MailServer) -> SmtpTransport:
    """A transport that waits one second only."""
    return SmtpTransport(replace(read_server(server.url, None), command_seconds=1.0, acceptance_seconds=0.5))


def test_a_maildir_keeps_the_letter_for_any_mail_program(tmp_path: Path) -> None:
    """What is written is read back by the standard library, with the same headers."""
    with open_transport(f"maildir:{tmp_path / 'mail'}").session() as session:
        session.send(make_letter(1))
        session.send(make_letter(2))
    found = mailbox.Maildir(tmp_path / "mail", create=False)
    assert sorted(message["Message-ID"] for message in found) == [
        "<letter-1@watch.invalid>",
        "<letter-2@watch.invalid>",
    ]
    assert not list((tmp_path / "mail" / "tmp").iterdir())


def test_a_letter_handed_to_a_maildir_twice_is_there_once(tmp_path: Path) -> None:
    """After a crash before the commit the same Message-ID leaves one file, also when it was read meanwhile."""
    transport = open_transport(f"maildir:{tmp_path}")
    with transport.session() as session:
        session.send(make_letter())
        session.send(make_letter())
        (new,) = (tmp_path / "new").iterdir()
        new.rename(tmp_path / "cur" / f"{new.name}:2,S")
        session.send(make_letter())
    assert not list((tmp_path / "new").iterdir())
    assert len(list((tmp_path / "cur").iterdir())) == 1


def test_a_maildir_that_cannot_be_written_is_an_outage(tmp_path: Path) -> None:
    """A file in the way is no crash: the mail waits."""
    (tmp_path / "mail").write_text("not a folder")
    with pytest.raises(ServerUnreachable), open_transport(f"maildir:{tmp_path / 'mail'}").session():
        pass


def test_a_server_without_faults_takes_the_letter(mail_server: MailServer) -> None:
    """Two letters go over one connection, byte for byte, also a line that is a dot."""
    letters = [make_letter(1), make_letter(2, text="one\n.\n..\n.x\nend")]
    with open_transport(mail_server.url).session() as session:
        answers = [session.send(letter) for letter in letters]
    assert answers == ["250 2.0.0 kept", "250 2.0.0 kept"]
    assert [mail.content for mail in mail_server.received] == [letter.content for letter in letters]
    assert [mail.to for mail in mail_server.received] == [("analyst@example.org",)] * 2
    assert mail_server.connections == 1


@pytest.mark.parametrize(
    ("fault", "error", "kept"),
    [
        ("greylisted", MailUnreachable, 0),
        ("mailbox full", MailUnreachable, 0),
        ("try again after the dot", MailUnreachable, 0),
        ("recipient refused", MailRefused, 0),
        ("content refused", MailRefused, 0),
        ("nobody welcome", ServerUnreachable, 0),
        ("sender refused", ServerUnreachable, 0),
        ("dropped at DATA", ConnectionLost, 0),
        ("dropped after the dot", MayHaveArrived, 1),
        ("silent after the dot", MayHaveArrived, 1),
    ],
)
def test_each_fault_is_told_apart(
    mail_server: MailServer, fault: Fault, error: type[MailUnreachable], kept: int
) -> None:
    """Never, later, nobody there, lost before the dot, or unknown: each has an error of its own."""
    mail_server.fault = fault
    with impatient(mail_server).session() as session:
        with pytest.raises(error) as caught:
            session.send(make_letter(1))
        assert caught.type is error
        assert len(mail_server.received) == kept
        mail_server.fault = None
        session.send(make_letter(2))
    assert mail_server.received[-1].message_id == "<letter-2@watch.invalid>"


def test_a_break_at_quit_changes_nothing(mail_server: MailServer) -> None:
    """The letter was accepted before; leave is taken without an error."""
    mail_server.fault = "dropped at QUIT"
    with open_transport(mail_server.url).session() as session:
        session.send(make_letter())
    assert len(mail_server.received) == 1


def test_a_server_that_closed_an_idle_connection_is_called_again(mail_server: MailServer) -> None:
    """The second letter goes over a new connection."""
    with open_transport(mail_server.url).session() as session:
        session.send(make_letter(1))
        mail_server.stop()
        mail_server.start()
        session.send(make_letter(2))
    assert [mail.message_id for mail in mail_server.received] == [
        "<letter-1@watch.invalid>",
        "<letter-2@watch.invalid>",
    ]


def test_nobody_at_the_port_is_an_outage(mail_server: MailServer) -> None:
    """A refused connection says where it was refused."""
    mail_server.stop()
    transport = open_transport(mail_server.url)
    with pytest.raises(ServerUnreachable, match=f"127.0.0.1:{mail_server.port}"), transport.session():
        pass


def test_a_port_that_never_answers_is_an_outage() -> None:
    """A server that takes the connection and says nothing costs the patience, not the pass."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        silent = SmtpTransport(Server("127.0.0.1", listener.getsockname()[1], encrypted=False, command_seconds=0.3))
        with pytest.raises(ServerUnreachable), silent.session():
            pass


def test_a_user_logs_in() -> None:
    """User and password are given; the password may stand in the URL or apart."""
    with running_mail_server(users={"watch": "s3cret"}) as server:
        apart = f"smtp://watch@127.0.0.1:{server.port}"
        for target, password in ((apart, "s3cret"), (apart.replace("watch@", "watch:s3cret@"), None)):
            with open_transport(target, password=password).session() as session:
                session.send(make_letter())
    assert len(server.received) == 2


def test_a_wrong_password_is_an_outage_and_is_not_shown() -> None:
    """The mails wait for the right password; no message holds the wrong one."""
    with running_mail_server(users={"watch": "s3cret"}) as server:
        transport = open_transport(f"smtp://watch@127.0.0.1:{server.port}", password="wr0ng")
        with pytest.raises(ServerUnreachable) as caught, transport.session():
            pass
    assert "wr0ng" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, False, None, None)),
        ("smtp://me@mail.example", ("mail.example", 587, False, "me", "given")),
        ("smtps://me@mail.example", ("mail.example", 465, True, "me", "given")),
        ("smtps://a%40b:x%3Ay@mail.example:2465", ("mail.example", 2465, True, "a@b", "x:y")),
        ("smtp://[::1]:1025", ("::1", 1025, False, None, None)),
    ],
)
def test_the_address_of_a_server(url: str, expected: tuple[object, ...]) -> None:
    """Ports have their usual defaults; user and password are decoded."""
    password = "given" if "given" in expected else None
    server = read_server(url, password)
    assert (server.host, server.port, server.encrypted, server.user, server.password) == expected
    assert "given" not in repr(server)


@pytest.mark.parametrize(
    "target", ["smtp://", "smtp://host:port", "smtp://host/path", "maildir:", "imap://host", "", "smtp://:s3cret@host"]
)
def test_a_wrong_address_is_a_configuration_error(target: str) -> None:
    """It is refused before any mail, and shows no password."""
    with pytest.raises(ConfigurationError) as caught:
        open_transport(target)
    assert "s3cret" not in str(caught.value)
