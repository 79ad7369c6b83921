"""Whether a text is about the watched topic, and which of its passages are."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache

from detection.evidence import NOTHING, Evidence, Gist, read_gist
from detection.lexicon import load_data
from detection.phrases import split_words
from detection.sentences import Reading
from detection.topic import TOPIC, Word, topic_words, weights
from records.finding import Relevance

Span = tuple[int, int]

_NEAR = 3
"""Sentences before and after that may lend a sentence what it lacks (the title lends to all)."""

_REASONS = 5
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CRIMES = frozenset({"cybercrime", "old_name"})
_SURE = ("named", "old_name", "committee", "symbol", "resolution", "hanoi", "hanoi_name")


def judge_relevance(reading: Reading) -> Relevance:
    """Whether a text is about the topic, how surely, and why."""
    return _judged(reading)


def topic_mentions(reading: Reading) -> tuple[Span, ...]:
    """Where the text speaks of the topic beyond doubt, as offset pairs in order."""
    return _survey(reading).mentions


def concerns_topic(reading: Reading, start: int, end: int) -> bool:
    """Whether the passage from ``start`` to ``end`` concerns the topic, seen in its sentence and what precedes it."""
    survey = _survey(reading)
    first = reading.sentence_number(start)
    last = reading.sentence_number(max(start, end - 1))
    for number in range(last, max(-1, first - 1 - _REACH), -1):
        gist = survey.gists[number]
        if survey.sums[number] >= weights()["threshold"]:
            return True
        if gist.elsewhere:
            return False
    return judge_relevance(reading).on_topic


_REACH = 4
"""Sentences before a passage in which what it speaks of is looked for, before the whole text decides."""


def names_topic(raw: str) -> bool:
    """Whether the raw text of a page may name the topic: fast, and rather once too often than too rarely."""
    page = html.unescape(raw) if "&" in raw else raw
    page = page.lower()
    if not page.isascii():
        page = _INVISIBLE.sub("", unicodedata.normalize("NFC", page))
    words = _page_words()
    if _holds(page, words["alone"]):
        return True
    if not _holds(page, words["subject"]) and not (_holds(page, words["technology"]) and _holds(page, words["crime"])):
        return False
    return _holds(page, words["instrument"]) or _page_nations().search(page) is not None


def _holds(page: str, words: Sequence[str]) -> bool:
    return any(word in page for word in words)


class _Survey:
    """The gists of a text's sentences (and of its title), and how much each sentence weighs with its neighbours."""

    def __init__(self, reading: Reading) -> None:
        self.title = _title_gist(reading.title)
        self.gists = _sentence_gists(reading)
        self.sums = [self._weigh(number) for number in range(len(self.gists))]
        self.title_sum = self._weigh(-1)
        sure = [found for gist in self.gists for found in gist.evidence if found.kind in _SURE]
        self.mentions = tuple(sorted((found.start, found.end) for found in sure))

    def _near(self, number: int) -> list[Gist]:
        if number < 0:
            return self.gists[:_NEAR]
        return [self.title, *self.gists[max(0, number - _NEAR) : number], *self.gists[number + 1 : number + 1 + _NEAR]]

    def _weigh(self, number: int) -> float:
        gist = self.title if number < 0 else self.gists[number]
        if not gist.kinds:
            return 0.0
        around = gist.kinds.union(*(other.kinds for other in self._near(number)))
        best = max((_weight(evidence, gist, around) for evidence in gist.evidence), default=0.0)
        return max(best, _parted(gist, self._beside(number), around))

    def _beside(self, number: int) -> list[Gist]:
        if number < 0:
            return self.gists[:1]
        return [self.title, *self.gists[max(0, number - 1) : number], *self.gists[number + 1 : number + 2]]


def _parted(gist: Gist, beside: Sequence[Gist], around: frozenset[str]) -> float:
    """What a sentence weighs whose evidence is parted: who decides here, what it is about next to it."""
    table = weights()
    if gist.foreign:
        return 0.0
    crime_beside = any(other.kinds & _CRIMES for other in beside)
    if "nations" in gist.kinds and gist.instrument:
        if around & _CRIMES:
            return table["near"]
        # The committee is named "ad hoc" without its subject; others of that name have theirs beside it.
        if "committee" in around and "treaty" in gist.kinds and "subject" not in around:
            return table["near"]
    if "nations" in gist.kinds and gist.kinds & _CRIMES and any(other.instrument for other in beside):
        return table["near"]
    if "hanoi" in gist.kinds and any("treaty" in other.kinds and other.instrument for other in beside):
        return table["ceremony"] if "nations" in around and "subject" not in around else 0.0
    decides = "committee" in gist.kinds or {"nations", "adoption"} <= gist.kinds
    return table["near_decision"] if decides and crime_beside and "domestic" not in around else 0.0


def _weight(evidence: Evidence, gist: Gist, around: frozenset[str]) -> float:
    table = weights()
    kind = evidence.kind
    crime = bool(around & _CRIMES)
    united = bool(around & {"nations", "committee"})
    match kind:
        case "number" | "hanoi":
            return table["symbol" if kind == "number" else kind] if crime or united else table["theme"]
        case "hanoi_name":
            return table["hanoi" if crime or united else "theme" if "venue" in around else kind]
        case "ceremony":
            return table[kind] if united and (crime or "subject" not in around) else table["theme"]
        case "unnamed" | "worldwide" if "other" in gist.kinds:
            return table["theme"]
        case "unnamed" | "worldwide":
            return table["named"] if united or "hanoi" in around else table[kind]
        case "bare_resolution":
            return table["resolution"] if united and "domestic" not in around else table["theme"]
        case "old_name":
            return table[kind if united or around & {"treaty", "resolution"} else "old_name_only"]
        case "committee" if "domestic" in around:
            return table["theme"]
        case "committee":
            return table[kind if around & {"nations", "treaty", "resolution"} else "committee_only"]
        case _:
            return table[kind]


@lru_cache(maxsize=8)
def _survey(reading: Reading) -> _Survey:
    return _Survey(reading)


@lru_cache(maxsize=8)
def _judged(reading: Reading) -> Relevance:
    survey = _survey(reading)
    total = max([survey.title_sum, *survey.sums], default=0.0)
    if "play" in survey.title.kinds:
        total *= weights()["play"]
    reasons = [f"title: {evidence.kind}" for evidence in survey.title.evidence]
    for gist in survey.gists:
        reasons += [f"{found.kind}: {reading.text[found.start : found.end]}" for found in gist.evidence]
    return Relevance(
        on_topic=total >= weights()["threshold"],
        score=min(1.0, total / 4),
        because=tuple(dict.fromkeys(reasons))[:_REASONS],
    )


def _title_gist(title: str | None) -> Gist:
    if not title:
        return NOTHING
    words = split_words(title, 0, len(title))
    return read_gist(list(topic_words(words, title)))


def _sentence_gists(reading: Reading) -> list[Gist]:
    # Most texts name neither the topic nor anything near it: they are not cut into words for it.
    if not names_topic(f"{reading.title or ''}\n{reading.text}"):
        return [NOTHING] * len(reading.sentences)
    starts = [start for start, _ in reading.sentences]
    groups: dict[int, list[Word]] = {}
    for word in topic_words(reading.words, reading.text):
        groups.setdefault(bisect_right(starts, word.start) - 1, []).append(word)
    return [read_gist(groups[number]) if number in groups else NOTHING for number in range(len(starts))]


@cache
def _page_words() -> dict[str, Sequence[str]]:
    return {kind: tuple(words) for kind, words in load_data(TOPIC)["pages"].items() if isinstance(words, list)}


@cache
def _page_nations() -> re.Pattern[str]:
    return re.compile(load_data(TOPIC)["pages"]["nations"])
