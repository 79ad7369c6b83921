"""An article as it stands on a site at a tick, and how publishing, copying and correcting make the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tests.newsroom.plays import Copy, Correction, Text, Tick, load_text


@dataclass(frozen=True, slots=True)
class Edition:
    """What a reader is served: ``published`` is what the page says, ``changed`` when these bytes appeared."""

    site: str
    slug: str
    number: int
    title: str
    summary: str
    author: str | None
    paragraphs: tuple[str, ...]
    published: datetime
    changed: datetime
    corrected: bool = False


def publish_tick(editions: Mapping[str, Edition], tick: Tick) -> dict[str, Edition]:
    """Return the editions that stand after ``tick``, by ``site/slug``; ``editions`` is left as it was."""
    after = dict(editions)
    for article in tick.publish:
        site, slug = article.split("/")
        _add(after, edition_of(load_text(article), site, slug, len(after) + 1, tick.at))
    for copy in tick.copies:
        _add(after, _copy(after[copy.of], copy, len(after) + 1, tick.at))
    for correction in tick.corrections:
        after[correction.article] = _correct(after[correction.article], correction, tick.at)
    return after


def edition_of(text: Text, site: str, slug: str, number: int, changed: datetime) -> Edition:
    """Return the first edition of a text on a site."""
    paragraphs = tuple(" ".join(paragraph.split()) for paragraph in text.text.strip().split("\n\n"))
    return Edition(site, slug, number, text.title, text.summary, text.author, paragraphs, text.published, changed)


def _add(editions: dict[str, Edition], edition: Edition) -> None:
    article = f"{edition.site}/{edition.slug}"
    if article in editions:
        raise ValueError(f"{article} appears twice")
    editions[article] = edition


def _copy(original: Edition, copy: Copy, number: int, at: datetime) -> Edition:
    kept = original.paragraphs[: len(original.paragraphs) - copy.drop_last]
    return replace(
        original,
        site=copy.site,
        number=number,
        paragraphs=_replace_pieces(kept, copy.replace, f"copy of {copy.of}"),
        title=copy.title or original.title,
        published=copy.published,
        changed=at,
        author=copy.credit or original.author,
    )


def _correct(edition: Edition, correction: Correction, at: datetime) -> Edition:
    return replace(
        edition,
        title=correction.title or edition.title,
        paragraphs=_replace_pieces(edition.paragraphs, correction.replace, f"correction of {correction.article}"),
        changed=at,
        corrected=True,
    )


def _replace_pieces(paragraphs: tuple[str, ...], pieces: Mapping[str, str], where: str) -> tuple[str, ...]:
    for old, new in pieces.items():
        if not any(old in paragraph for paragraph in paragraphs):
            raise ValueError(f"{where}: {old!r} is not in the text")
        paragraphs = tuple(paragraph.replace(old, new) for paragraph in paragraphs)
    return paragraphs
