"""Every kind of mistake in settings, sources and subscriptions, made one at a time and answered by the real command.

Each is named with the file or variable, the line or key, and what may have been meant; exit status 2, nothing done.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from watch.settings import PREFIX

ROOT = Path(__file__).parents[2]
SOURCE = """\
name: Example Wire
homepage: https://example.org/
publisher: example-wire
country: FR
languages: [en, fr]
state_media: false
find:
  - listing: https://example.org/news
    links: a.headline
every: 15m
expects_per_week: 20
"""
SUBSCRIPTIONS = """\
- name: everything
  to: analyst@example.org
  kinds: [vote, statement]
  delivery: daily
  languages: [en]
  states: [Russia]
  milestones: [signature]
  min_publishers: 2
"""

SETTINGS = {
    "unknown setting": ("SMPT", "maildir:x", "did you mean CONVENTION_WATCH_SMTP?"),
    "unknown file setting": ("KIBANA_API_KY_FILE", "/x", "did you mean CONVENTION_WATCH_KIBANA_API_KEY_FILE?"),
    "home that is a file": ("HOME", __file__, "is a file, not a folder"),
    "ledger that is no URL": ("LEDGER", "ledger dot sqlite", "such as sqlite:///ledger.sqlite"),
    "ledger of another kind": ("LEDGER", "postgrsql://db/watch", "did you mean postgresql?"),
    "index misspelt": ("INDEX", "embeded", "did you mean embedded?"),
    "index of a wrong scheme": ("INDEX", "htps://search:9200", "did you mean https?"),
    "index of a wrong port": ("INDEX", "https://search:99999", "port is not a number from 0 to 65535"),
    "index without a host": ("INDEX", "https://:9200", "with a host"),
    "API key not encoded": ("INDEX_API_KEY", "VuaCfGcBCdbkQm:ui2lp2axTNmsyakw", "has to be put into base64"),
    "authority that is not there": ("INDEX_CA", "/nonexistent/ca.pem", "cannot read /nonexistent/ca.pem"),
    "authority that is none": ("INDEX_CA", __file__, "is no PEM file of certificates"),
    "mail of a wrong scheme": ("SMTP", "stmp://mail:25", "did you mean smtp?"),
    "mail of a wrong port": ("SMTP", "smtp://mail:smtp", "port is not a number from 0 to 65535"),
    "Maildir without a folder": ("SMTP", "maildir:", "names no folder, as in maildir:/var/mail/watch"),
    "sender that is no address": ("MAIL_FROM", "watch.example.org", "is not an e-mail address"),
    "two operators": ("OPERATOR", "a@example.org, b@example.org", "is not an e-mail address"),
    "contact that is none": ("CONTACT", "ask our office", "starts with none of http://, https://"),
    "network with host bits": ("ALLOW_NETWORKS", "127.0.0.0/8, 10.1.2.3/8", "did you mean 10.0.0.0/8?"),
    "network by name": ("ALLOW_NETWORKS", "office", "such as 127.0.0.0/8"),
    "Kibana without a scheme": ("KIBANA_URL", "kibana:5601", "starts with none of http://, https://"),
    "cron of three fields": ("SCHEDULE", "*/15 * *", "such as */15 * * * *"),
    "cron out of range": ("SCHEDULE", "61 * * * *", "minute '61' is not between 0 and 59"),
    "cron by name": ("SCHEDULE", "0 6 * * MON", "weekday 'MON'"),
    "cron backwards": ("SCHEDULE", "0 18-6 * * *", "ends before it begins"),
    "cron without a step": ("SCHEDULE", "*/0 * * * *", "is not between 1 and 59"),
    "instant without a zone": ("AS_OF", "2019-12-28T10:00:00", "did you mean 2019-12-28T10:00:00Z?"),
    "instant with the name of a zone": ("AS_OF", "2019-12-28T10:00 Europe/Vienna", "such as 2019-12-28T10:00:00Z"),
    "secret file that is not there": ("LEDGER_FILE", "/nonexistent/ledger", "cannot read /nonexistent/ledger"),
    "secret file that is a folder": ("LEDGER_FILE", "/tmp", "cannot read /tmp: Is a directory"),
    "secret file that is empty": ("SMTP_PASSWORD_FILE", "HERE/empty", "is empty; write the value into it"),
    "secret file open to all": ("SMTP_PASSWORD_FILE", "HERE/open", "say: chmod o= "),
    "secret file in another encoding": ("SMTP_PASSWORD_FILE", "HERE/binary", "is not text in UTF-8"),
    "sources that are no folder": ("SOURCES", "/nonexistent", "is not a folder of source files"),
    "subscriptions that are not there": ("SUBSCRIPTIONS", "/nonexistent.yml", "cannot be read"),
}
"""A setting, its wrong value, and what is said of it."""

IN_SOURCE = {
    "unknown key": ("country: FR", "contry: FR", "4: contry: is not a key of a source; did you mean country?"),
    "unknown key below": ("links:", "link:", "9: find.0.link: is not a key of a source; did you mean links?"),
    "missing key": ("country: FR\n", "", ": country: is missing"),
    "key twice": ("every: 15m", "every: 15m\nname: Again", "11: name: is given twice, first in line 1"),
    "key twice below": ("    links:", "    links: a\n    links:", "10: links: is given twice, first in line 9"),
    "no address": ("https://example.org/\n", "example.org\n", "2: homepage: starts with none of http://, https://"),
    "wrong scheme": ("https://example.org/news", "htps://example.org/", "8: find.0.listing: starts with none of"),
    "wrong selector": ("a.headline", "'a['", "9: find.0.links: is not a CSS selector"),
    "wrong language": (
        "[en, fr]",
        "[en, french]",
        "5: languages.1: 'french' is not an ISO 639-1 code; did you mean fr?",
    ),
    "wrong country": (
        "country: FR",
        "country: France",
        "4: country: 'France' is not an ISO 3166 code, INT or EU; did you",
    ),
    "bare no": ("country: FR", "country: NO", "4: country: is false: YAML reads a bare no or NO so; put it in quotes"),
    "wrong family": ("example-wire", "Example Wire", "3: publisher: 'Example Wire' is not lower-case letters, digits"),
    "wrong period": ("every: 15m", "every: 15 minutes", "10: every: '15 minutes' is not a period from 1m to 31d"),
    "wrong word": ("every: 15m", "fetch: matchng", "10: fetch: 'matchng' is neither all nor matching; did you mean"),
    "number below range": ("week: 20", "week: -1", "11: expects_per_week: Input should be greater than or equal to 0"),
    "word for a number": ("week: 20", "week: many", "11: expects_per_week: is not a whole number"),
    "word for yes or no": ("media: false", "media: maybe", "6: state_media: is neither true nor false"),
    "one for a list": ("[en, fr]", "en", "5: languages: is not a list, such as [en, fr]"),
    "tab": ("    links:", "\tlinks:", "9: is not YAML: a tab stands where spaces must"),
    "bracket left open": ("[en, fr]", "[en, fr", "is not YAML: "),
    "space left out": ("country: FR", "country:FR", "is not YAML: "),
    "list that holds itself": ("[en, fr]", "&all [en, *all]", "5: languages"),
    "exception without a reason": ("every: 15m", "unverified_tls: true", "10: unverified_tls: needs a reason"),
}
"""What stands in the source file, what is put there instead, and what is said after the file's name and a colon."""

IN_SUBSCRIPTIONS = {
    "unknown key": ("kinds:", "kind:", "3: subscription 1 (everything): unknown key 'kind'; did you mean 'kinds'?"),
    "unknown kind": (
        "[vote, ",
        "[votes, ",
        "3: subscription 1 (everything): kinds.0: 'votes' is unknown; did you mean 'vote'",
    ),
    "unknown delivery": (
        "daily",
        "dayly",
        "4: subscription 1 (everything): delivery: 'dayly' is unknown; did you mean 'daily'",
    ),
    "unknown language": (
        "[en]",
        "[English]",
        "5: subscription 1 (everything): languages.0: 'English' is unknown: it is",
    ),
    "regional language": ("[en]", "[en-GB]", "did you mean 'en'?"),
    "unknown state": (
        "[Russia]",
        "[Rusia]",
        "6: subscription 1 (everything): states.0: 'Rusia' is not the English name",
    ),
    "unknown milestone": (
        "[signature]",
        "[signatur]",
        "7: subscription 1 (everything): milestones.0: 'signatur' is unknown",
    ),
    "number below range": ("publishers: 2", "publishers: 0", "8: subscription 1 (everything): min_publishers: "),
    "no address": (
        "analyst@example.org",
        "analyst",
        "2: subscription 1 (everything): to: 'analyst' is not an e-mail address",
    ),
    "two addresses": ("analyst@", "'a@example.org, analyst@", "is not YAML: "),
    "list of addresses": (
        "analyst@example.org",
        "[a@b.org, c@d.org]",
        "2: subscription 1 (everything): to: is not one e-mail",
    ),
    "key twice": ("  delivery: daily", "  to: b@example.org", "4: to: is given twice, first in line 2"),
    "subscription twice": (SUBSCRIPTIONS, SUBSCRIPTIONS * 2, "9: subscription 2 (everything): name: is used twice"),
    "no list": (SUBSCRIPTIONS, "name: everything\n", "must be a list of subscriptions"),
    "tab": ("  to:", "\tto:", "2: is not YAML: a tab stands where spaces must"),
}
"""The same of the subscription file."""


@dataclass
class Mistake:
    """A folder with one mistake in it or in the settings, and what must be said."""

    said: list[str]
    settings: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def mistakes() -> dict[str, Mistake]:
    """All of them, by name."""
    found: dict[str, Mistake] = {}
    for name, (setting, value, said) in SETTINGS.items():
        named = value if setting in ("SOURCES", "SUBSCRIPTIONS") else PREFIX + setting
        found[f"setting: {name}"] = Mistake([named, said], {setting: value})
    for name, (right, wrong, said) in IN_SOURCE.items():
        assert right in SOURCE, name
        found[f"source: {name}"] = Mistake(
            ["example.yml:", said], files={"sources/example.yml": SOURCE.replace(right, wrong, 1).encode()}
        )
    for name, (right, wrong, said) in IN_SUBSCRIPTIONS.items():
        assert right in SUBSCRIPTIONS, name
        found[f"subscription: {name}"] = Mistake(
            ["subscriptions.yml:", said], files={"subscriptions.yml": SUBSCRIPTIONS.replace(right, wrong, 1).encode()}
        )
    found["setting: value and file at once"] = Mistake(
        ["CONVENTION_WATCH_SMTP_PASSWORD_FILE", "is given twice"],
        {"SMTP_PASSWORD": "x", "SMTP_PASSWORD_FILE": "HERE/open"},
    )
    found["source: another encoding"] = Mistake(
        ["example.yml: cannot be read", "save it as UTF-8"], files={"sources/example.yml": SOURCE.encode("utf-16")}
    )
    found["source: wrong ending"] = Mistake(
        ["more.yaml: a source file ends in .yml"], files={"sources/more.yaml": SOURCE.encode()}
    )
    found["source: wrong name"] = Mistake(
        ["My_Wire.yml: a source's id is"], files={"sources/My_Wire.yml": SOURCE.encode()}
    )
    found["source: address of another file"] = Mistake(
        ["second.yml: find: https://example.org/news stands in example.yml, too"],
        files={"sources/second.yml": SOURCE.encode()},
    )
    found["subscription: another encoding"] = Mistake(
        ["subscriptions.yml: cannot be read", "save it as UTF-8"],
        files={"subscriptions.yml": SUBSCRIPTIONS.encode("utf-16")},
    )
    found["several mistakes in several files"] = Mistake(
        ["example.yml:4: country", "example.yml:10: every", "subscriptions.yml:3: ", "subscriptions.yml:4: "],
        files={
            "sources/example.yml": SOURCE.replace("FR", "France").replace("15m", "often").encode(),
            "subscriptions.yml": SUBSCRIPTIONS.replace("vote,", "votes,").replace("daily", "weekly").encode(),
        },
    )
    found["several mistakes in settings"] = Mistake(
        [
            "CONVENTION_WATCH_SMPT ",
            "CONVENTION_WATCH_INDEX: ",
            "CONVENTION_WATCH_AS_OF: ",
            "CONVENTION_WATCH_LEDGER_FILE: ",
        ],
        {"SMPT": "x", "INDEX": "embeded", "AS_OF": "today", "LEDGER_FILE": "/nonexistent/ledger"},
    )
    return found


MISTAKES = mistakes()
ASKING = """
import contextlib, io, json, os, sys
from watch.cli import main
for line in sys.stdin:
    case = json.loads(line)
    for name in [name for name in os.environ if name.startswith("CONVENTION_WATCH_")]:
        del os.environ[name]
    os.environ.update(case["environ"])
    said, status = io.StringIO(), 0
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            main(case["arguments"])
        except SystemExit as ended:
            status = ended.code
    print(json.dumps({"status": status, "said": said.getvalue()}), flush=True)
"""
"""The real command, again and again in one process: its start alone would take two seconds for each mistake."""


def prepare(folder: Path, mistake: Mistake) -> dict[str, str]:
    """Write what is right, and over it the mistake; return the environment of the command."""
    folder.mkdir()
    right = {"sources/example.yml": SOURCE.encode(), "subscriptions.yml": SUBSCRIPTIONS.encode()}
    for name, content in {**right, **mistake.files, "empty": b"\n", "open": b"x\n", "binary": b"\xff\xfe\x00"}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o644 if name == "open" else 0o600)
    usual = {
        "HOME": str(folder / "home"),
        "SOURCES": str(folder / "sources"),
        "SUBSCRIPTIONS": str(folder / "subscriptions.yml"),
        "SMTP": f"maildir:{folder / 'mail'}",
    }
    given = {**usual, **mistake.settings}
    return {PREFIX + name: value.replace("HERE", str(folder)) for name, value in given.items()}


@dataclass(frozen=True)
class Answer:
    """How the command ended, what it said, and what was in its folder before and after."""

    status: int
    said: str
    home_made: bool


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """The command's answer to every mistake, and to none."""
    top = tmp_path_factory.mktemp("mistakes")
    cases = {name: prepare(top / str(at), mistake) for at, (name, mistake) in enumerate(MISTAKES.items())}
    asked = [{"environ": environ, "arguments": ["run"]} for environ in cases.values()]
    right = prepare(top / "right", Mistake([]))
    asked += [{"environ": right, "arguments": [group, "check"]} for group in ("sources", "subscriptions")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    done = subprocess.run(
        [sys.executable, "-c", ASKING],
        input="".join(json.dumps(one) + "\n" for one in asked),
        env=kept, cwd=ROOT, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    names = [*MISTAKES, "right sources", "right subscriptions"]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    made = [(top / str(at) / "home").exists() for at in range(len(MISTAKES))] + [False, False]
    return {name: Answer(one["status"], one["said"], home) for name, one, home in zip(names, told, made, strict=True)}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_before_anything_runs(name: str, answers: dict[str, Answer]) -> None:
    """Exit status 2; the file or variable, the line or key, the nearest right word; no traceback; nothing is made."""
    answer = answers[name]
    assert answer.status == 2, answer.said
    assert not [part for part in MISTAKES[name].said if part not in answer.said], answer.said
    assert "Traceback" not in answer.said
    assert "after validation" not in answer.said
    assert not answer.home_made


def test_without_a_mistake_there_is_nothing_to_say(answers: dict[str, Answer]) -> None:
    """What the mistakes are made in is right."""
    assert answers["right sources"] == answers["right subscriptions"] == Answer(0, "", False)


def test_there_are_mistakes_of_many_kinds() -> None:
    """More than the forty that are promised."""
    assert len(MISTAKES) >= 75
