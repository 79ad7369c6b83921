"""``python -m tests.bench.reports [N …]``: what it takes to decide on so many reports of one story."""

import sys
import time
from collections.abc import Iterator

from detection.examine import examine
from records.article import Article
from records.finding import Document
from tests.bench.writing import write_article
from tests.reliability.newsdesk import Newsdesk, an_article, new_ledger

VOTE = (
    "The General Assembly on Monday adopted the United Nations Convention against Cybercrime by 91 votes to 40, "
    "with 22 abstentions."
)


def measure_reports(count: int) -> dict[str, float | int]:
    """Decide on reports of one vote, each with the remarks of five speakers, each in an outlet of its own.

    ``cpu_seconds`` is without examination: reading what is known, deciding, and writing.
    """
    with new_ledger() as ledger:
        desk = Newsdesk(ledger)
        for one in _reports(count):
            found = examine(Document(one.id, one.text, one.title, one.language, one.published_at, one.url))
            desk.store(one, *found.votes, *found.statements, *found.milestones)
        began = time.process_time()
        counts = desk.detect()
        spent = time.process_time() - began
    return {"reports": count, "decisions": sum(counts.verdicts.values()), "cpu_seconds": round(spent, 1)}


def _reports(count: int) -> Iterator[Article]:
    for number in range(count):
        title, paragraphs = write_article(number, on_topic=True)
        text = "\n".join([paragraphs[0], VOTE, *paragraphs[1:]])
        yield an_article(text, url=f"https://outlet{number}.example/1", source=f"outlet{number}", title=title)


if __name__ == "__main__":
    for asked in map(int, sys.argv[1:] or ("50", "100", "200", "400")):
        print(measure_reports(asked), flush=True)  # noqa: T201
