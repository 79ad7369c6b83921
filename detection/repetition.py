"""What a site repeats under many of its articles (boxes, banners, biographies), and no article says itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from detection.relevance import names_topic
from records.article import Neighbour
from records.finding import Document
from records.fingerprint import words

STORIES = 3
"""Stories of one source in which a line stands when it is the site's and not the article's."""
_FEWEST_WORDS = 5
"""A shorter line ("Read more", "Asked about it, he said:") finds nothing by itself, and may belong to what follows."""
_SAME_TITLE = 0.5
"""The share of the shorter title's words from which two titles are alike."""
_SAME_LINES = 0.3
"""The share of the shorter text from which articles under like titles are one story, brought up to date."""
_SAME_TEXT = 0.6
"""The same for articles under unlike titles: a brief may carry a box as long as itself."""
_SAYS_TITLE = 0.7
"""The share of a title's words from which a line says what the title says."""
_TELLING = 3
"""Words that such a line and a title must have in common at least."""


@dataclass(frozen=True, slots=True)
class _Page:
    title: frozenset[str]
    opening: str
    lines: frozenset[str]


def without_repeated(document: Document, around: Sequence[Neighbour]) -> tuple[Document, int]:
    """Return a document whose repeated lines are blank, so that every offset holds, and how many they are.

    ``around`` are articles of the same source. A line is repeated when it stands in ``STORIES`` stories or more, the
    document's own among them. What does not name the topic must stand in half of all articles, too: unlike meetings
    share formulas ("was adopted without a vote"). Never left out is a line that opens its article, unless it opens as
    many others, and one that says what the article's title says: others may repeat it as their teaser.
    """
    own = _page(document.title or "", document.text)
    others = [_page(one.title, one.text) for one in around]
    lines = document.text.split("\n")
    gone = [place for place, line in enumerate(lines) if _is_repeated(line, own, others)]
    for place in gone:
        lines[place] = " " * len(lines[place])
    return (replace(document, text="\n".join(lines)) if gone else document), len(gone)


def _is_repeated(line: str, own: _Page, others: Sequence[_Page]) -> bool:
    said = _said(line)
    sharing = [page for page in others if said in page.lines] if said else []
    if not _are_stories(own, sharing) or _says(said, own.title):
        return False
    if said == own.opening and not _are_stories(own, [page for page in sharing if page.opening == said]):
        return False
    return 2 * len(sharing) >= len(others) or names_topic(line)


def _are_stories(own: _Page, others: Sequence[_Page]) -> bool:
    """Tell whether there are ``STORIES`` among an article and others; versions under several addresses are one."""
    told = [own]
    for page in others:
        if not any(_same_story(page, other) for other in told):
            told.append(page)
        if len(told) == STORIES:
            return True
    return False


def _same_story(one: _Page, other: _Page) -> bool:
    alike = len(one.title & other.title) >= _SAME_TITLE * min(len(one.title), len(other.title))
    enough = _SAME_LINES if alike else _SAME_TEXT
    shared = _length(one.lines & other.lines)
    return shared > 0 and shared >= enough * min(_length(one.lines), _length(other.lines))


def _length(lines: frozenset[str]) -> int:
    return sum(map(len, lines))


def _says(line: str, title: frozenset[str]) -> bool:
    shared = len(title.intersection(line.split()))
    return shared >= _TELLING and shared >= _SAYS_TITLE * len(title)


@lru_cache(512)  # each is the neighbour of all around it
def _page(title: str, text: str) -> _Page:
    said = [line for line in map(_said, text.split("\n")) if line]
    return _Page(frozenset(words(title)), said[0] if said else "", frozenset(said))


@lru_cache(4096)
def _said(line: str) -> str:
    """Return a line as it is compared; empty when it is too short to be."""
    said = words(line)
    return " ".join(said) if len(said) >= _FEWEST_WORDS else ""
