"""The cheap test of raw pages: whether one may name the topic at all, before anything is extracted from it."""

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from detection.lexicon import load_data
from detection.topic import TOPIC

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


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
    return _holds(page, words["instrument"]) or _nations().search(page) is not None


def _holds(page: str, words: Sequence[str]) -> bool:
    return any(word in page for word in words)


@cache
def _page_words() -> dict[str, Sequence[str]]:
    return {kind: tuple(words) for kind, words in load_data(TOPIC)["pages"].items() if isinstance(words, list)}


@cache
def _nations() -> re.Pattern[str]:
    return re.compile(load_data(TOPIC)["pages"]["nations"])
