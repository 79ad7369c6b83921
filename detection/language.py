"""Which language a text is written in, among those that we read."""

import re
from collections import Counter
from functools import cache

from detection.lexicon import languages, load_lexicon

_SAMPLE = 1_500
"""Characters of the text that are looked at: enough to be sure, and cheap."""

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("Kana", re.compile(r"[\u3041-\u30ff]")),
    ("Han", re.compile(r"[\u4e00-\u9fff]")),
    ("Arabic", re.compile(r"[\u0620-\u064a\u0671-\u06d3]")),
    ("Cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("Latin", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
)


def read_language(text: str, title: str | None, declared: str | None) -> str | None:
    """The ISO 639-1 code of the language to read the text in; None when it is none of ours.

    ``declared`` is believed when the text does not speak against it.
    """
    sample = f"{title or ''} {text[:_SAMPLE]}"
    script = script_of(sample)
    candidates = [code for code in languages() if load_lexicon(code)["script"] == script]
    claim = (declared or "").lower().replace("_", "-").split("-")[0]
    if not candidates:
        return None
    if len(candidates) == 1:
        return candidates[0]
    scores = _scores(sample, candidates)
    best = max(candidates, key=lambda code: scores[code])
    if claim in candidates and (scores[claim] >= 0.5 * scores[best] or scores[best] < 2):
        return claim
    return best if scores[best] > 0 else None


def script_of(sample: str) -> str | None:
    """The script most letters of a sample belong to; None when it holds no letter that we know."""
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    if counts["Kana"] * 8 > counts["Han"] and counts["Kana"] > 3:
        return "Kana"
    counts["Han"] *= 3  # one Han character says as much as a short word
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def _scores(sample: str, candidates: list[str]) -> Counter[str]:
    known = _common_words()
    scores: Counter[str] = Counter(dict.fromkeys(candidates, 0))
    for word in _WORD.findall(sample.lower()):
        for code in known.get(word, ()):
            if code in candidates:
                scores[code] += 1
    return scores


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for code in languages():
        for word in load_lexicon(code)["common_words"]:
            table[word] = (*table.get(word, ()), code)
    return table
