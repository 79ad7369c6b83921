"""Whether a text is about the watched topic, and which of its passages are."""

import html
import re
from functools import cache, lru_cache

from detection.lexicon import load_data
from detection.sentences import Reading
from records.finding import Relevance

Span = tuple[int, int]
TOPIC = "topics/cybercrime-convention.yml"


def names_topic(raw: str) -> bool:
    """Whether the raw text of a page may name the topic: fast, and rather once too often than too rarely."""
    text = html.unescape(raw) if "&" in raw else raw
    return _anywhere().search(text) is not None


def judge_relevance(reading: Reading) -> Relevance:
    """Whether a text is about the topic, how surely, and why."""
    mentions = topic_mentions(reading)
    titled = reading.title is not None and _names().search(reading.title) is not None
    score = min(1.0, 0.5 * titled + 0.4 * len(mentions))
    because = tuple(dict.fromkeys(f"names the convention: {reading.text[a:b]}" for a, b in mentions[:5]))
    return Relevance(on_topic=score >= 0.4, score=score, because=because)


@lru_cache(maxsize=8)
def topic_mentions(reading: Reading) -> tuple[Span, ...]:
    """Where the text names the topic, as offset pairs in order."""
    return tuple(match.span() for match in _names().finditer(reading.text))


def concerns_topic(reading: Reading, start: int, end: int) -> bool:
    """Whether the passage from ``start`` to ``end`` concerns the topic, seen in its sentence and paragraph."""
    first = reading.sentence_number(start)
    last = reading.sentence_number(max(start, end - 1))
    near = reading.sentences[max(0, first - 1)][0], reading.sentences[last][1]
    if any(a < near[1] and b > near[0] for a, b in topic_mentions(reading)):
        return True
    return bool(topic_mentions(reading)) or judge_relevance(reading).on_topic


@cache
def _names() -> re.Pattern[str]:
    data = load_data(TOPIC)
    return re.compile("|".join(f"(?:{pattern})" for names in data["names"].values() for pattern in names), re.IGNORECASE)


@cache
def _anywhere() -> re.Pattern[str]:
    data = load_data(TOPIC)
    return re.compile("|".join(f"(?:{pattern})" for patterns in data["anywhere"].values() for pattern in patterns), re.IGNORECASE)
