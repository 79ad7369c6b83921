"""``python -m tests.bench``: measures, prints a table, and writes the figures as JSON."""

import argparse
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.crawling import Row, measure_web
from tests.bench.examining import measure_examining

LIBRARIES = ("scrapy", "trafilatura", "lxml", "sqlalchemy")


def main() -> None:
    """Measure crawling and examining on this machine."""
    options = _read_options()
    console = Console(stderr=True)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for topic in (False, True):
            for row in measure_web(Path(folder) / str(topic), options.hosts, options.pages, topic=topic):
                console.print(f"measured: {row.name}")
                rows.append(row)
    report = {
        "machine": describe_machine(),
        "rows": [row.as_json() for row in rows],
        "ratios": ratios(rows),
        "examine": measure_examining(),
    }
    _print_report(report)
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(report) + "\n")


def ratios(rows: list[Row]) -> dict[str, float]:
    """Return the CPU seconds of our crawl divided by those of the bare libraries on the same pages."""
    cpu = {row.name: row.took.cpu_seconds for row in rows}
    download = "bare Scrapy download, {}".format
    without, topical = "without the topic", "with the topic"
    both = cpu[download(topical)] + cpu[f"bare trafilatura, {topical}"]
    return {
        "crawl without the topic / bare download": round(cpu[f"crawl, {without}"] / cpu[download(without)], 2),
        "crawl with the topic / bare download and extraction": round(cpu[f"crawl, {topical}"] / both, 2),
    }


def describe_machine() -> dict[str, Any]:
    """Return what the figures depend on, in general words."""
    return {
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def _print_report(report: dict[str, Any]) -> None:
    columns = ("items", "cpu_seconds", "items_per_cpu_second", "wall_seconds", "peak_process_mb", "peak_tree_mb")
    table = Table("run", *(column.replace("_", " ") for column in columns), show_edge=False)
    for row in report["rows"]:
        table.add_row(row["name"], *(str(row[column]) for column in columns))
    console = Console(width=150)
    console.print(table)
    for name in ("ratios", "examine", "machine"):
        console.print(f"{name}: " + ", ".join(f"{key}: {value}" for key, value in report[name].items()))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--hosts", type=int, default=60, help="sources (default 60)")
    parser.add_argument("--pages", type=int, default=10, help="articles of each source (default 10)")
    parser.add_argument("--json", type=Path, help="file to write the figures into, too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
