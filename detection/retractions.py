"""Articles that are taken back by their publisher (the phrases are data: retractions.yml)."""

from functools import cache
from importlib.resources import files

import yaml

from records.article import Article

_OPENING = 200
"""Characters of a text in which a retraction is announced."""


@cache
def _retractions() -> tuple[str, ...]:
    text = files("detection").joinpath("retractions.yml").read_text(encoding="utf-8")
    return tuple(phrase.casefold() for phrases in yaml.safe_load(text).values() for phrase in phrases)


def is_retracted(article: Article) -> bool:
    """Whether an article says, in its title or opening, that it is taken back."""
    opening = f"{article.title}\n{article.text[:_OPENING]}".casefold()
    return any(phrase in opening for phrase in _retractions())
