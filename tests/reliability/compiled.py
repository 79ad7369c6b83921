"""Detection compiled with mypyc says, of every golden text, byte for byte what the sources say."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.golden.gate import FOLDER

CHECKOUT = Path(__file__).parents[2]
ROOMS = ("detection", "records", "watch")
ANSWER = """
import sys
from detection import words
from detection.examine import answer_line
print(words.__file__)
for line in sys.stdin:
    print(answer_line(line, explain=True))
"""


def says_the_same(_seed: int, _long: bool) -> dict[str, Any]:
    """Examine every golden text before compiling and after; compiling takes minutes."""
    texts = "".join(json.dumps({"id": str(place), "text": text}) + "\n" for place, text in enumerate(_golden_texts()))
    with tempfile.TemporaryDirectory(prefix="compiled-") as folder:
        checkout = Path(folder)
        shutil.copy(CHECKOUT / "pyproject.toml", checkout)
        for room in ROOMS:
            shutil.copytree(CHECKOUT / room, checkout / room, ignore=shutil.ignore_patterns("__pycache__"))
        _, plain = _answers(checkout, texts)
        subprocess.run([sys.executable, "-m", "watch.compiling"], cwd=checkout, check=True, stdout=subprocess.DEVNULL)
        module, compiled = _answers(checkout, texts)
    differing = [place for place, (one, other) in enumerate(zip(plain, compiled, strict=True)) if one != other]
    ran_compiled = module.suffix == ".so"
    return {
        "texts": len(plain),
        "ran_compiled": ran_compiled,
        "differing": differing,
        "held": ran_compiled and not differing,
    }


def _golden_texts() -> list[str]:
    return [json.loads(line)["text"] for file in sorted(FOLDER.glob("*.jsonl")) for line in file.open(encoding="utf-8")]


def _answers(checkout: Path, texts: str) -> tuple[Path, list[str]]:
    command = [sys.executable, "-c", ANSWER]
    answered = subprocess.run(command, input=texts, cwd=checkout, capture_output=True, encoding="utf-8", check=True)
    module, *answers = answered.stdout.splitlines()
    return Path(module), answers
