"""What was compiled is used for the sources that it was built from, and for no others."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[3]
ASK = """
import detection.compiled, detection.words, detection.kinds.vote
print(detection.compiled.place_for_compiled())
print(detection.words.__file__)
print(detection.kinds.vote.__file__)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of the rooms that examine articles, of which nothing is compiled."""
    for room in ("detection", "records"):
        shutil.copytree(CHECKOUT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def _ask(checkout: Path) -> tuple[Path, Path, Path]:
    asked = subprocess.run([sys.executable, "-c", ASK], cwd=checkout, capture_output=True, text=True, check=True)
    place, words, vote = map(Path, asked.stdout.split())
    return place, words, vote


def _stand_in(checkout: Path, place: Path) -> None:
    """Modules in the place of compiled ones; they are the sources, so that no compiler is needed here."""
    (place / "detection/kinds").mkdir(parents=True)
    for name in ("words.py", "kinds/vote.py"):
        shutil.copy(checkout / "detection" / name, place / "detection" / name)


def test_the_sources_run_where_nothing_is_compiled(checkout: Path) -> None:
    """Compiling is a choice: without it the modules are those of the checkout."""
    _, words, vote = _ask(checkout)
    assert (words, vote) == (checkout / "detection/words.py", checkout / "detection/kinds/vote.py")


def test_what_was_compiled_of_these_sources_runs(checkout: Path) -> None:
    """Modules of the room and of its kinds are taken from the folder that the digest of the sources names."""
    place, *_ = _ask(checkout)
    _stand_in(checkout, place)
    assert _ask(checkout) == (place, place / "detection/words.py", place / "detection/kinds/vote.py")


def test_an_edited_source_is_never_hidden(checkout: Path) -> None:
    """After an edit anywhere in the room, also of another module, the sources run again."""
    place, *_ = _ask(checkout)
    _stand_in(checkout, place)
    with (checkout / "detection/phrases.py").open("a", encoding="utf-8") as source:
        source.write("\n# edited\n")
    now, words, vote = _ask(checkout)
    assert now != place
    assert (words, vote) == (checkout / "detection/words.py", checkout / "detection/kinds/vote.py")
