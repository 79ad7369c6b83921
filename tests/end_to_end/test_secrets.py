"""No secret comes out: planted in every place that holds one, through failures of each kind, with every step logged."""

import base64
import os
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.conftest import OpenWatch
from tests.end_to_end.test_bad_days import closed_port
from tests.newsroom.watching import COMMAND, TIMEOUT_SECONDS, Watch

CANARIES = [f"canary{number:02}secret" for number in range(1, 16)]
ONE = ("neva-wire",)


def _key(canary: str) -> str:
    """Return an API key as Elasticsearch encodes it."""
    return base64.b64encode(f"id:{canary}".encode()).decode()


def _call(watch: Watch, *arguments: str, **environment: str) -> tuple[int, str]:
    """Call the command with every step logged; return its status and all that it wrote."""
    done = subprocess.run(
        [COMMAND, "--verbose", *arguments],
        env={**watch.environment(), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _found(written: str, folder: Path) -> set[str]:
    """Return the canaries, plain or encoded, in what was written and in every file that is kept."""
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and "sources" not in path.parts)
    everything = written.encode() + kept
    return {one for one in CANARIES if one.encode() in everything or _key(one).encode() in everything}


def test_failures_of_every_server_show_no_secret(open_watch: OpenWatch) -> None:
    """Mail, index and Kibana refuse, a proxy is set: logs, errors, notices, mails, ledger and index hold none."""
    port = closed_port()
    secret = {
        "SMTP": f"smtp://user:{CANARIES[0]}@127.0.0.1:{port}",
        "INDEX": f"http://elastic:{CANARIES[1]}@127.0.0.1:{port}",
        "KIBANA_URL": f"http://kibana:{CANARIES[2]}@127.0.0.1:{port}",
        "KIBANA_API_KEY": _key(CANARIES[3]),
        "ELASTIC_PASSWORD": CANARIES[4],
        "KIBANA_PASSWORD": CANARIES[5],
    }
    proxies = dict.fromkeys(("http_proxy", "https_proxy"), f"http://proxy:{CANARIES[6]}@127.0.0.1:{port}")
    watch = open_watch("december_2019", tick="vote", only=ONE, **secret)
    written = ""
    for arguments, expected in ((("run",), 0), (("doctor",), 1), (("search", "vote"), 1), (("kibana", "install"), 1)):
        status, words = _call(watch, *arguments, **proxies)
        assert status == expected, words
        written += words
    for name in ("SMTP", "INDEX", "KIBANA_URL"):
        del watch.settings[name]
    watch.settings |= {"SMTP_PASSWORD": CANARIES[7], "INDEX_API_KEY": _key(CANARIES[8])}
    watch.settings |= {"SMTP": f"smtp://user@127.0.0.1:{port}", "INDEX": f"http://127.0.0.1:{port}"}
    written += _call(watch, "run")[1] + _call(watch, "doctor")[1]
    for name in ("SMTP", "INDEX", "INDEX_API_KEY", "SMTP_PASSWORD"):
        del watch.settings[name]
    watch.settings["AS_OF"] = "2019-12-29T12:00:00Z"
    status, words = _call(watch, "run")
    assert status == 0, words
    assert any(mail["To"] == "operator@example.org" for mail in watch.mails())
    assert _found(written + words, watch.home) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LEDGER", f"postgresql+psycopg://user:{CANARIES[9]}@127.0.0.1:1/watch"),
        ("SMTP", f"smpt://user:{CANARIES[10]}@127.0.0.1:25"),
        ("INDEX", f"http://user:{CANARIES[11]}@127.0.0.1:seven"),
        ("INDEX_API_KEY", CANARIES[12]),
        ("KIBANA_URL", f"kibana://user:{CANARIES[13]}@127.0.0.1"),
    ],
)
def test_a_wrong_setting_is_named_without_its_secret(open_watch: OpenWatch, name: str, value: str) -> None:
    """The refusal names the setting, and shows nothing of what it holds."""
    watch = open_watch("december_2019", tick="vote", only=ONE, **{name: value})
    status, words = _call(watch, "run")
    assert status in {1, 2}
    assert name in words or "ledger" in words
    assert _found(words, watch.home) == set()


def test_credentials_in_a_source_or_a_redirect_are_not_shown(open_watch: OpenWatch) -> None:
    """In a source file they are refused; where a site's own answer holds them they are neither followed nor shown."""
    watch = open_watch("december_2019", tick="vote", only=ONE)
    path = watch.home / "sources" / "neva-wire.yml"
    honest = path.read_text(encoding="utf-8")
    path.write_text(honest.replace("http://", f"http://user:{CANARIES[14]}@"), encoding="utf-8")
    status, words = _call(watch, "sources", "check")
    assert status == 2
    assert "neva-wire.yml" in words
    assert _found(words, watch.home) == set()


def test_enough_secrets_are_planted() -> None:
    """At least twelve, each its own."""
    assert len(set(CANARIES)) >= 12
    assert os.environ.keys().isdisjoint(CANARIES)
