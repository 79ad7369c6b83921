"""The command: every subcommand explains itself, and wrong use is answered with 2 before anything is touched."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from watch.cli import build_app
from watch.settings import PREFIX


def _paths(command: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    children = getattr(command, "commands", {})
    return [path, *(found for name, child in children.items() for found in _paths(child, (*path, name)))]


COMMANDS = _paths(typer.main.get_command(build_app()))
CONTRACT = (
    *("run", "crawl", "detect", "index", "alert", "digest"),
    *("search", "developments", "examine", "sources", "subscriptions", "doctor"),
)


def call(home: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Call the real command in a child process, with nothing of our own environment's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environ = {**kept, PREFIX + "HOME": str(home), **{PREFIX + name: value for name, value in settings.items()}}
    command = [sys.executable, "-m", "watch.cli", *arguments]
    return subprocess.run(command, env=environ, input="", capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...], tmp_path: Path) -> None:
    """--help works for each command, says what it does, and touches nothing."""
    answer = call(tmp_path / "home", *path, "--help")
    assert answer.returncode == 0, answer.stderr
    assert "Usage" in answer.stdout
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", CONTRACT)
def test_the_contract_is_kept(name: str) -> None:
    """Every command that the design promises is there."""
    assert (name,) in COMMANDS


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (["no-such-command"], {}, "No such command"),
        (["crawl", "no-such-source"], {}, "no such source"),
        (["run"], {"SOURCES": "/nonexistent"}, "is not a folder"),
        (["run"], {"SMPT": "maildir:x"}, "did you mean CONVENTION_WATCH_SMTP"),
        (["run"], {"SUBSCRIPTIONS": "/nonexistent.yml"}, "cannot be read"),
        (["run"], {"LEDGER": "mysql://localhost/watch"}, "must be sqlite or postgresql"),
        (["examine", "/nonexistent.jsonl"], {}, "cannot be read"),
        (["developments", "no-such-id"], {}, "no development"),
        (["subscriptions", "check"], {}, "no subscription file"),
        (["search", "x", "--limit", "many"], {}, "--limit"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_use_is_answered(arguments: list[str], settings: dict[str, str], said: str, tmp_path: Path) -> None:
    """Wrong use or configuration: exit status 2, one clear message, no traceback."""
    answer = call(tmp_path, *arguments, **settings)
    assert answer.returncode == 2, answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_examine_answers_every_line_in_order(tmp_path: Path) -> None:
    """A good line is examined, a bad one answered with an error, and the rest goes on."""
    file = tmp_path / "articles.jsonl"
    file.write_text(
        '{"id": "a", "text": "Nothing here."}\nnot json\n[]\n{"id": "b", "text": 3}\n{"id": "c", "text": ""}\n'
    )
    answer = call(tmp_path / "home", "examine", str(file))
    assert answer.returncode == 0, answer.stderr
    lines = answer.stdout.splitlines()
    assert [line.startswith('{"id": null, "error": ') for line in lines] == [False, True, True, True, False]
    assert not (tmp_path / "home").exists()


def test_doctor_tries_every_part(tmp_path: Path) -> None:
    """On a fresh machine every part is well; an index that does not answer is named, and the exit status is 1."""
    well = call(tmp_path, "doctor")
    assert well.returncode == 0, well.stdout + well.stderr
    ill = call(tmp_path, "doctor", INDEX="http://127.0.0.1:9")
    assert ill.returncode == 1
    assert "FAIL  index" in ill.stdout
