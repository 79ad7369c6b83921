"""Settings: typed, read once, wrong ones named before anything runs."""

from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from records.errors import ConfigurationError
from watch.settings import PREFIX, Settings, read_schedule, read_settings

WRONG = {
    "unknown name, near one": ({"SMPT": "maildir:x"}, "did you mean CONVENTION_WATCH_SMTP?"),
    "unknown name, near none": ({"ZZZZZZ": "1"}, "known are"),
    "not an SQLAlchemy URL": ({"LEDGER": "ledger dot sqlite"}, "is not an SQLAlchemy URL"),
    "index without scheme": ({"INDEX": "localhost:9200"}, "neither"),
    "mail without scheme": ({"SMTP": "mail.example.org:25"}, "starts with none of"),
    "sender without @": ({"MAIL_FROM": "nobody"}, "is not an e-mail address"),
    "operator with a line break": ({"OPERATOR": "a@b\nBcc: c@d"}, "is not an e-mail address"),
    "network that is none": ({"ALLOW_NETWORKS": "127.0.0.0/8, office"}, "ALLOW_NETWORKS"),
    "network with host bits": ({"ALLOW_NETWORKS": "127.0.0.1/8"}, "ALLOW_NETWORKS"),
    "schedule of three fields": ({"SCHEDULE": "*/15 * *"}, "five fields of cron"),
    "instant without a zone": ({"AS_OF": "2019-12-28T10:00:00"}, "timezone"),
    "instant that is none": ({"AS_OF": "yesterday"}, "AS_OF"),
    "secret file that is not there": ({"LEDGER_FILE": "/nonexistent/secret"}, "cannot read"),
    "value and file at once": ({"SMTP": "maildir:x", "SMTP_FILE": __file__}, "given twice"),
}


@pytest.mark.parametrize(("environ", "said"), WRONG.values(), ids=WRONG.keys())
def test_wrong_settings_are_named(environ: dict[str, str], said: str) -> None:
    """A wrong setting raises ConfigurationError that names the variable and says what is wrong."""
    with pytest.raises(ConfigurationError) as caught:
        read_settings({PREFIX + name: value for name, value in environ.items()})
    assert said in str(caught.value)
    assert PREFIX + next(iter(environ)) in str(caught.value)


def test_no_settings_are_enough() -> None:
    """With an empty environment everything has a sensible default under HOME."""
    settings = read_settings({})
    assert settings.ledger_url == "sqlite:///.watch/ledger.sqlite"
    assert settings.mail_target == "maildir:.watch/mail"
    assert settings.index == "embedded"
    assert settings.allow_networks == ()


def test_values_are_typed() -> None:
    """Networks are networks, instants are aware and in UTC."""
    settings = read_settings(
        {PREFIX + "ALLOW_NETWORKS": "127.0.0.0/8, ::1/128", PREFIX + "AS_OF": "2019-12-28T13:00:00+03:00"}
    )
    assert settings.allow_networks == (ip_network("127.0.0.0/8"), ip_network("::1/128"))
    assert settings.now() == datetime(2019, 12, 28, 10, tzinfo=UTC)
    assert settings.now().tzinfo is UTC


def test_secrets_come_from_files(tmp_path: Path) -> None:
    """A setting named …_FILE is read from that file, without its last line break."""
    secret = tmp_path / "ledger"
    secret.write_text("postgresql+psycopg://u:p@db/watch\n")
    secret.chmod(0o600)
    spaced = read_settings({PREFIX + "SMTP_PASSWORD": " a b "}).smtp_password
    assert spaced is not None
    assert spaced.get_secret_value() == " a b "
    assert read_settings({PREFIX + "LEDGER_FILE": str(secret)}).ledger_url == "postgresql+psycopg://u:p@db/watch"


def test_secrets_are_not_shown() -> None:
    """Printing the settings prints no secret, nor does the message about a wrong one."""
    settings = read_settings(
        {PREFIX + "LEDGER": "postgresql+psycopg://u:canary-1@db/w", PREFIX + "INDEX_API_KEY": "aWQ6Y2FuYXJ5LTI="}
    )
    assert "canary" not in repr(settings) + str(settings)
    assert "aWQ6" not in repr(settings) + str(settings)
    for name, value in (
        ("SMTP", "ftp://u:canary-3@mail"),
        ("SMTP", "smtp://u:canary-4/x@mail"),
        ("INDEX", "https://u:canary-5@:9200"),
        ("LEDGER", "mysql://u:canary-6@db/w"),
        ("LEDGER", "postgresql://u:canary-7@db:port/w"),
        ("INDEX_API_KEY", "id:canary-8"),
        ("KIBANA_URL", "https://u:canary-9@kibana:x"),
    ):
        with pytest.raises(ConfigurationError) as caught:
            read_settings({PREFIX + name: value})
        assert "canary" not in str(caught.value)


def test_the_schedule_is_read_alone() -> None:
    """Airflow reads its files whatever else is wrong; a wrong schedule itself is named."""
    assert read_schedule({}) == "*/15 * * * *"
    assert read_schedule({PREFIX + "SCHEDULE": "0 6 * * 1-5", PREFIX + "INDEX": "nowhere"}) == "0 6 * * 1-5"
    with pytest.raises(ConfigurationError, match=r"CONVENTION_WATCH_SCHEDULE: .*minute '61' is not between 0 and 59"):
        read_schedule({PREFIX + "SCHEDULE": "61 * * * *"})


def test_other_variables_are_not_ours() -> None:
    """Variables without our prefix are never looked at."""
    assert read_settings({"CONVENTION": "x", "SMTP": "y"}) == Settings()
