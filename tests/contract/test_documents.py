"""Documents: every link leads somewhere, every command, setting and make target named exists."""

import re
from functools import cache
from pathlib import Path

import pytest
import typer

from watch.cli import build_app
from watch.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}


@cache
def command_names() -> frozenset[str]:
    """Return the names of all commands, groups included."""
    return frozenset(getattr(typer.main.get_command(build_app()), "commands", {}))


@pytest.fixture(params=DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def document(request: pytest.FixtureRequest) -> Path:
    """Return each document of the repository in turn."""
    assert isinstance(request.param, Path)
    return request.param


def test_links_lead_somewhere(document: Path) -> None:
    """Every relative link of a document names a file that is in the repository."""
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
        if not target.startswith(("http://", "https://", "mailto:", "#")):
            assert (document.parent / target.partition("#")[0]).exists(), target


def test_commands_exist(document: Path) -> None:
    """Every `convention-watch …` in a document is a command."""
    for name in re.findall(r"`[^`\n]*\bconvention-watch (?:--?\w+ )*([a-z]+)", document.read_text()):
        assert name in command_names(), name


def test_settings_exist(document: Path) -> None:
    """Every CONVENTION_WATCH_… in a document is a setting, or the file form of one."""
    for name in re.findall(PREFIX + r"[A-Z_]*[A-Z]", document.read_text()):
        assert name.removesuffix("_FILE") in SETTINGS, name


def test_make_targets_exist(document: Path) -> None:
    """Every `make …` in a document is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for name in re.findall(r"`make ([a-z]+)", document.read_text()):
        assert name in targets, name


def test_every_setting_is_documented() -> None:
    """The README names every setting."""
    readme = (ROOT / "README.md").read_text()
    assert [name for name in sorted(SETTINGS) if f"`{name.removeprefix(PREFIX)}`" not in readme] == []
