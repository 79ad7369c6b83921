"""A whole text surveyed for the topic: what each sentence says, and how much it weighs beside its neighbours."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from detection.evidence import NOTHING, Evidence, Gist, read_gist
from detection.pages import names_topic
from detection.sentences import Reading
from detection.topic import Word, topic_words, weights
from detection.words import split_words

_NEAR = 3
"""Sentences before and after that may lend a sentence what it lacks (the title lends to all)."""

_CRIMES = frozenset({"cybercrime", "old_name"})
_MAKERS = frozenset({"nations", "committee", "hanoi"})
"""Classes of words without one of which a sentence without evidence weighs nothing, whatever stands beside it."""
_SURE = ("named", "old_name", "committee", "symbol", "resolution", "hanoi", "hanoi_name")


class Survey:
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
        if not gist.evidence and _MAKERS.isdisjoint(gist.kinds):
            return 0.0
        around = gist.kinds.union(*[other.kinds for other in self._near(number)])
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
        case "unnamed" | "worldwide" if "other" in (gist.kinds if united or "hanoi" in around else around):
            return table["theme"]  # another treaty is named, here or beside it with nothing of this one
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
def survey_topic(reading: Reading) -> Survey:
    """The survey of a reading, made once for all who ask."""
    return Survey(reading)


def _title_gist(title: str | None) -> Gist:
    if not title:
        return NOTHING
    words = split_words(title, 0, len(title))
    return read_gist(topic_words(words, title))


def _sentence_gists(reading: Reading) -> list[Gist]:
    # Most texts name neither the topic nor anything near it: they are not cut into words for it.
    if not names_topic(f"{reading.title or ''}\n{reading.text}"):
        return [NOTHING] * len(reading.sentences)
    starts = [start for start, _ in reading.sentences]
    groups: dict[int, list[Word]] = {}
    for word in topic_words(reading.words, reading.text):
        groups.setdefault(bisect_right(starts, word.start) - 1, []).append(word)
    return [read_gist(groups[number]) if number in groups else NOTHING for number in range(len(starts))]
