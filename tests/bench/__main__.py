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
from tests.bench.scaling import measure_scale

LIBRARIES = ("scrapy", "trafilatura", "lxml", "sqlalchemy", "elasticsearch")
SIZES = {"small": (10, 10, 2_000), "middle": (60, 10, 100_000), "large": (60, 10, 1_000_000)}
"""Sources, articles of each, and articles in the ledger."""


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
        scale = []
        for figure in measure_scale(
            Path(folder) / "scale", options.articles, cluster=not options.without_elasticsearch
        ):
            console.print(f"measured: {figure['name']}")
            scale.append(figure)
    report = {
        "machine": describe_machine(),
        "rows": [row.as_json() for row in rows],
        "ratios": ratios(rows),
        "examine": measure_examining(),
        "scale": scale,
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
    for figure in report["scale"]:
        console.print(f"{figure['name']}: " + ", ".join(f"{key} {figure[key]}" for key in figure if key != "name"))
    for name in ("ratios", "examine", "machine"):
        console.print(f"{name}: " + ", ".join(f"{key}: {value}" for key, value in report[name].items()))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--size",
        choices=SIZES,
        default="small",
        help="how much: 2,000 articles in the ledger (default), 100,000 or a million",
    )
    parser.add_argument("--hosts", type=int, help="sources")
    parser.add_argument("--pages", type=int, help="articles of each source")
    parser.add_argument("--articles", type=int, help="articles in the ledger whose index is measured")
    parser.add_argument("--without-elasticsearch", action="store_true", help="measure the built-in index only")
    parser.add_argument("--json", type=Path, help="file to write the figures into, too")
    options = parser.parse_args()
    for name, usual in zip(("hosts", "pages", "articles"), SIZES[options.size], strict=True):
        if getattr(options, name) is None:
            setattr(options, name, usual)
    return options


if __name__ == "__main__":
    main()
