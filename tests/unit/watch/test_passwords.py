"""``make secrets``: each secret is made once, in the right form, for its owner alone; what is there stays."""

import base64
import re
import shutil
import subprocess
import sys
from pathlib import Path

from watch.stack.passwords import fill_in

ROOT = Path(__file__).parents[3]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
FOR_PEOPLE = ["CONVENTION_WATCH_MAIL_FROM", "CONVENTION_WATCH_OPERATOR", "CONVENTION_WATCH_CONTACT"]


def values(text: str) -> dict[str, str]:
    """The variables of a file."""
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))


def make_secrets(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run it as `make secrets` does, with no library but Python's own."""
    command = [sys.executable, "-S", "-m", "watch.stack.passwords", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_secret_of_the_example_is_made(tmp_path: Path) -> None:
    """In its form, no two alike, shown nowhere; the file is its owner's; what is for people to say is named."""
    shutil.copy(ROOT / ".env.example", tmp_path)
    done = make_secrets(tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    given = values((tmp_path / ".env").read_text())
    assert [name for name, value in given.items() if not value] == FOR_PEOPLE
    made = {name: value for name, value in given.items() if name not in FOR_PEOPLE and name != "SUBSCRIPTIONS_FILE"}
    assert len(made) == len(set(made.values())) == 8
    assert not [value for value in made.values() if value in done.stdout + done.stderr]
    assert all(len(value) >= 44 and re.fullmatch(r"[A-Za-z0-9_=-]+", value) for value in made.values())
    assert len(base64.urlsafe_b64decode(made["AIRFLOW_FERNET_KEY"])) == 32
    assert len(made["AIRFLOW_JWT_SECRET"]) >= 64
    assert ", ".join(FOR_PEOPLE) in done.stdout


def test_what_is_there_stays(tmp_path: Path) -> None:
    """Values, comments and variables of one's own; only what is empty or lacking is added; others lose their access."""
    shutil.copy(ROOT / ".env.example", tmp_path)
    mine = "# mine\nPOSTGRES_PASSWORD=chosen\nKIBANA_PASSWORD=\nMY_OWN=1\nCONVENTION_WATCH_OPERATOR=me@example.org\n"
    (tmp_path / ".env").write_text(mine)
    (tmp_path / ".env").chmod(0o644)
    assert make_secrets(tmp_path).returncode == 0
    text = (tmp_path / ".env").read_text()
    assert text.startswith("# mine\nPOSTGRES_PASSWORD=chosen\nKIBANA_PASSWORD=")
    given = values(text)
    assert (given["MY_OWN"], given["CONVENTION_WATCH_OPERATOR"]) == ("1", "me@example.org")
    assert values(EXAMPLE).keys() <= given.keys()
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    again = make_secrets(tmp_path)
    assert "every secret is there" in again.stdout
    assert (tmp_path / ".env").read_text() == text


def test_what_is_commented_out_is_not_filled_in() -> None:
    """An optional password stays a comment."""
    text, made, _ = fill_in(EXAMPLE, None)
    assert "#CONVENTION_WATCH_SMTP_PASSWORD=\n" in text
    assert "CONVENTION_WATCH_SMTP_PASSWORD" not in made


def test_without_an_example_it_says_so(tmp_path: Path) -> None:
    """One line, and exit status 2."""
    done = make_secrets(tmp_path)
    assert done.returncode == 2
    assert ".env.example" in done.stderr
    assert len(done.stderr.splitlines()) == 1
