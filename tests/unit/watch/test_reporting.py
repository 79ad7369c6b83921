"""The operator is told of a failed run whatever the cause."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from watch.reporting import tell_operator
from watch.settings import Settings, read_settings


def make_settings(home: Path, **more: str) -> Settings:
    """Settings with an operator, and mail in a Maildir in ``home``."""
    given = {"HOME": str(home), "SMTP": f"maildir:{home / 'mail'}", "OPERATOR": "operator@example.org", **more}
    return read_settings({f"CONVENTION_WATCH_{name}": value for name, value in given.items()})


def mails(home: Path) -> list[EmailMessage]:
    """What is in the Maildir."""
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in (home / "mail" / "new").iterdir()]


def test_a_fault_is_told_once(tmp_path: Path) -> None:
    """The same key twice is one mail; another key another."""
    for key in ("first", "first", "second"):
        assert tell_operator(make_settings(tmp_path), key, "what happened")
    assert sorted(mail["Subject"] for mail in mails(tmp_path)) == [
        "Convention Watch: first",
        "Convention Watch: second",
    ]


def test_a_wrong_source_or_subscription_file_does_not_silence_it(tmp_path: Path) -> None:
    """What a run cannot read is no reason not to tell that it failed."""
    (tmp_path / "subscriptions.yml").write_text("not: a list")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "bad.yml").write_text("nothing: right")
    assert tell_operator(make_settings(tmp_path, SOURCES=str(tmp_path / "sources")), "run", "failed")
    assert len(mails(tmp_path)) == 1


def test_without_a_ledger_it_is_sent_all_the_same(tmp_path: Path) -> None:
    """A ledger that cannot be reached is named in the mail, without its password."""
    url = "postgresql+psycopg://watch:s3cret@127.0.0.1:1/none?connect_timeout=2"
    assert tell_operator(make_settings(tmp_path, LEDGER=url), "run", "it failed")
    (mail,) = mails(tmp_path)
    body = mail.get_body(("plain",))
    assert body is not None
    assert "it failed" in body.get_content()
    assert "The ledger cannot be used" in body.get_content()
    assert "s3cret" not in mail.as_string()


def test_without_an_operator_nobody_is_told(tmp_path: Path) -> None:
    """It says so, and makes nothing."""
    settings = read_settings({"CONVENTION_WATCH_HOME": str(tmp_path / "home")})
    assert not tell_operator(settings, "run", "it failed")
    assert not (tmp_path / "home").exists()
