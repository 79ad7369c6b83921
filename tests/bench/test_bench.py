"""The measurement itself: repeatable pages, honest figures, and a report that can be made."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from detection.relevance import names_topic
from tests.bench.measuring import RunFailed, measure
from tests.bench.web import build_pages, host_addresses


def test_the_pages_are_the_same_each_time_and_name_the_topic_only_when_asked() -> None:
    """Two builds give the same bytes; of 20 pages all name the topic, or none does."""
    hosts = host_addresses(2)
    for topic in (True, False):
        pages = build_pages(hosts, 10, 80, topic=topic)
        assert pages == build_pages(hosts, 10, 80, topic=topic)
        articles = [body.decode() for (_, path), (_, body) in pages.items() if path.startswith("/news/")]
        assert {names_topic(article) for article in articles} == {topic}


def test_cpu_time_and_memory_of_grandchildren_count() -> None:
    """A process that burns a second of CPU time in a child of its own, with 80 MB, is charged for both."""
    burn = "import time; held = b'x' * 80_000_000; end = time.process_time() + 1\nwhile time.process_time() < end: pass"
    took = measure([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"])
    assert took.cpu_seconds >= 1
    assert took.peak_process_mb >= 80
    assert took.peak_tree_mb > took.peak_process_mb


def test_a_run_that_fails_gives_no_figures() -> None:
    """The error names the exit status and what was written."""
    with pytest.raises(RunFailed, match=r"exited with 3:\nno luck"):
        measure([sys.executable, "-c", "import sys; sys.stderr.write('no luck'); sys.exit(3)"])


def test_the_report_can_be_made(tmp_path: Path) -> None:
    """A run over very few pages writes every row, the ratios and the machine as JSON."""
    command = [
        sys.executable,
        "-m",
        "tests.bench",
        "--hosts",
        "3",
        "--pages",
        "2",
        "--articles",
        "60",
        "--without-elasticsearch",
        "--json",
        str(tmp_path / "report.json"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert len(report["rows"]) == 11
    assert all(row["cpu_seconds"] > 0 and row["items"] > 0 for row in report["rows"])
    assert set(report) == {"machine", "rows", "ratios", "examine", "scale"}
    assert next(one["items"] for one in report["scale"] if "cpu_seconds" in one) == 60
    assert all(one["hits"] > 0 for one in report["scale"] if "hits" in one)
