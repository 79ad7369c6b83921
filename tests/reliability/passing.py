"""Passes of the real command, one or several at once, with a failpoint or a moment at which they are killed."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KILLED = -9
COMPLAINTS = "complaints"
"""The file in which the process that forks passes leaves its last words."""


class NurseryEnded(RuntimeError):
    """The process that forks passes is gone before its time."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a pass ended: its exit status (KILLED when it was), and what it wrote."""

    status: int
    output: str
    errors: str

    @property
    def killed(self) -> bool:
        """Whether it died by ``kill -9``."""
        return self.status == KILLED

    @property
    def counts(self) -> dict[str, Any]:
        """The one JSON object that it printed."""
        found: dict[str, Any] = json.loads(self.output)
        return found

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON objects that it printed, one a line."""
        return [json.loads(line) for line in self.output.splitlines()]


class Nursery:
    """A process that forks passes. Nothing of one pass is left for the next but what is on disk."""

    def __init__(self, child: subprocess.Popen[str], folder: Path) -> None:
        self._child = child
        self._folder = folder

    def run(
        self,
        environment: Mapping[str, str],
        *arguments: str,
        failpoint: str | None = None,
        kill_after: float | None = None,
    ) -> Ended:
        """Run the command once; ``kill_after`` is in seconds."""
        job = {"environment": dict(environment), "arguments": arguments, "failpoint": failpoint}
        return self.run_together([job | {"kill_after": kill_after}])[0]

    def run_together(self, jobs: Sequence[Mapping[str, Any]]) -> list[Ended]:
        """Run several commands at the same time, and wait for all."""
        folders = [Path(tempfile.mkdtemp(dir=self._folder)) for _ in jobs]
        asked = [{**job, "output": str(folder)} for job, folder in zip(jobs, folders, strict=True)]
        statuses = json.loads(self._ask(json.dumps(asked)))
        return [
            Ended(status, *((folder / name).read_text(encoding="utf-8") for name in ("stdout", "stderr")))
            for status, folder in zip(statuses, folders, strict=True)
        ]

    def _ask(self, request: str) -> str:
        """Send one line and return the answer; NurseryEnded says by which exit status or signal there is none."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        try:
            self._child.stdin.write(request + "\n")
            self._child.stdin.flush()
            answer = self._child.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            status = self._child.wait()
            said = (self._folder / COMPLAINTS).read_text(encoding="utf-8", errors="replace")
            raise NurseryEnded(f"the process that forks passes ended with {status} at {request}:\n{said[-3000:]}")
        return answer


@contextmanager
def open_nursery() -> Iterator[Nursery]:
    """Start the process that forks passes, and end it."""
    with tempfile.TemporaryDirectory(prefix="passes-") as folder:
        with (Path(folder) / COMPLAINTS).open("wb") as complaints:
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.reliability.nursery"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                encoding="utf-8",
                cwd=Path(__file__).parents[2],
            )
        try:
            yield Nursery(child, Path(folder))
        finally:
            assert child.stdin is not None
            assert child.stdout is not None
            with suppress(BrokenPipeError):  # what it did not read is lost with it; why, was said already
                child.stdin.close()
            child.wait()
            child.stdout.close()
