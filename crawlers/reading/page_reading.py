"""What one page says: the record that a reading worker answers."""

from dataclasses import dataclass
from typing import Literal

from crawlers.reading.dates import Instant
from records.article import DateSource

Closed = Literal["wall", "no_text", "not_html"]


@dataclass(frozen=True, slots=True)
class PageReading:
    """What one page says. ``problem`` is None when ``text`` is its article.

    ``canonical`` is the page's own claim, not to be believed unchecked. ``dates`` in order of trust.
    ``summary_only``: the page says it is closed, and shows a beginning. ``certain_characters`` is False when
    the charset was guessed. ``truncated``: the page held more than could be read.
    """

    title: str | None = None
    text: str = ""
    language: str | None = None
    canonical: str | None = None
    dates: tuple[tuple[DateSource, Instant], ...] = ()
    summary_only: bool = False
    truncated: bool = False
    certain_characters: bool = True
    problem: Closed | None = None
