"""How many articles a second detection reads, on one core, in all languages and with all kinds."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path

from detection.examine import examine, kinds_of_finding
from records.finding import Document
from tests.newsroom.plays import ARTICLES as TEXTS
from tests.newsroom.plays import load_text
from tests.newsroom.sites import load_sites

LENGTH = 3_000
"""Characters of an article."""

ARTICLES = 12
"""Articles of each language in a round."""

ROUNDS = 3

_GOLDEN = Path(__file__).parents[1] / "golden"


def measure_examining() -> dict[str, float | int | str]:
    """Articles of 3,000 characters for each CPU second, dense ones and plainer news, in all languages and in each."""
    figures: dict[str, float | int | str] = {
        "kinds": ", ".join(("relevance", *kinds_of_finding())),
        "characters": LENGTH,
    }
    return figures | _measure("articles", _passages()) | _measure("news", _stories())


def _measure(name: str, passages: Mapping[str, list[str]]) -> dict[str, float | int]:
    articles = {language: list(islice(_articles(of_one), ARTICLES)) for language, of_one in passages.items()}
    for documents in articles.values():
        examine(documents[0])  # reads the rules, once for the life of a process
    seconds = {language: min(_seconds(documents) for _ in range(ROUNDS)) for language, documents in articles.items()}
    total = sum(len(documents) for documents in articles.values())
    return {
        name: total,
        f"{name}_per_cpu_second": round(total / sum(seconds.values()), 1),
        **{f"{name}_per_cpu_second_{code}": round(ARTICLES / spent, 1) for code, spent in seconds.items()},
    }


def _seconds(documents: Sequence[Document]) -> float:
    started = time.process_time()
    for document in documents:
        examine(document)
    return time.process_time() - started


def _passages() -> dict[str, list[str]]:
    """The passages of all golden sets, by language: dense with votes and statements, denser than news is."""
    found: dict[str, list[str]] = {}
    for path in sorted(_GOLDEN.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            title = row.get("title")
            found.setdefault(row["language"], []).append(f"{title}\n{row['text']}" if title else row["text"])
    return dict(sorted(found.items()))


def _stories() -> dict[str, list[str]]:
    """The newsroom's stories, by language: reports of votes and of a night train, as they come."""
    sites = load_sites()
    found: dict[str, list[str]] = {}
    for path in sorted(TEXTS.glob("*/*.yml")):
        text = load_text(f"{path.parent.name}/{path.stem}")
        found.setdefault(sites[path.parent.name].language, []).append(f"{text.title}\n{text.text}")
    return dict(sorted(found.items()))


def _articles(passages: list[str]) -> Iterator[Document]:
    """Articles without end, each beginning with another passage, so that none is like the one before."""
    text: list[str] = []
    size = number = 0
    for passage in cycle(passages):
        text.append(passage)
        size += len(passage) + 1
        if size >= LENGTH:
            number += 1
            yield Document(id=str(number), text="\n".join(text)[:LENGTH], title=passage[:80])
            text, size = [], 0


if __name__ == "__main__":
    print(json.dumps(measure_examining(), indent=1))  # noqa: T201
