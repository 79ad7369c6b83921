"""Pairs of reports through the real detector: which speak of one event, and which do not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from detection.examine import examine
from detection.novelty import decide
from records.article import Article
from records.development import KnownDevelopment
from records.finding import Document
from tests.unit.ledger.writing import article

TEXTS = Path(__file__).with_name("texts")


def pairs(_seed: int, _long: bool) -> dict[str, Any]:
    """Forty pairs of events in six languages."""
    return _ask("events.yml", 40)


def remarks(_seed: int, _long: bool) -> dict[str, Any]:
    """Twenty pairs of remarks of one speaker on one day: the same in edited words, or other ones."""
    return _ask("remarks.yml", 20)


def _ask(file: str, count: int) -> dict[str, Any]:
    """Each pair is read in both orders of arrival, and is right when both are."""
    data = yaml.safe_load((TEXTS / file).read_text(encoding="utf-8"))
    asked = [(one, other, True) for one, other in data["same"]] + [(*two, False) for two in data["different"]]
    wrong, languages = [], set()
    for one, other, same in asked:
        first, second = (_report(name, data["texts"][name]) for name in (one, other))
        languages |= {first.language, second.language}
        found = [_is_one_event(first, second), _is_one_event(second, first)]
        if found != [same, same]:
            wrong.append({"pair": [one, other], "same": same, "found": found})
    return {"pairs": len(asked), "languages": len(languages), "wrong": wrong, "held": not wrong and len(asked) == count}


def _report(name: str, given: dict[str, Any]) -> Article:
    at: datetime = given["at"]
    return article(
        given["text"],
        url=f"https://{name}.example/1",
        source=name,
        title=name,
        published_at=at,
        fetched_at=at + timedelta(minutes=5),
        language=given["language"],
    )


def _is_one_event(first: Article, second: Article) -> bool | None:
    """Whether the second report is a sighting of what the first reported; None when either reports not one event."""
    known = _decide(first, [])
    after = _decide(second, known)
    if len(known) != 1 or len(after) != 1:
        return None
    return after[0].development.id == known[0].development.id


def _decide(one: Article, known: Sequence[KnownDevelopment]) -> list[KnownDevelopment]:
    examined = examine(Document(one.id, one.text, None, one.language, one.published_at, one.url))
    decisions = decide(one, replace(examined, id=one.id), known, origin="live", now=one.fetched_at)
    events = [decision.development for decision in decisions if decision.development is not None]
    return [KnownDevelopment(event, event.finding) for event in events]
