"""A site of the newsroom, read from ``sites/<id>.yml``: its address, its ways in, the furniture round its articles."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent / "sites"

FeedKind = Literal["rss", "atom", "json_feed", "news_sitemap", "listing"]


class Feed(BaseModel):
    """One way in: a feed of a kind at a path, with the newest ``items`` articles.

    ``in_source`` is False for a feed that the site has but its source file does not name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FeedKind
    path: str
    items: int = 30
    in_source: bool = True


class Furniture(BaseModel):
    """The words round an article that must never be taken for it, in the site's language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    navigation: tuple[str, ...]
    cookies: str
    accept: str
    sidebar: str
    headlines: tuple[str, ...]
    related: str
    related_links: tuple[str, ...]
    newsletter: str
    share: str
    comments: str
    remarks: tuple[str, ...]
    footer: tuple[str, ...]


class Site(BaseModel):
    """One invented publisher. ``article_path`` may hold {slug}, {year}, {month}, {day} and {number}.

    ``dates_in`` says where its pages give the date of publication; ``charset`` is that of its pages
    (feeds are UTF-8). ``publisher`` is the family that independent reports are counted by.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    address: str
    country: str
    language: str
    publisher: str
    state_media: bool = False
    fetch: Literal["all", "matching"] = "all"
    layout: Literal["agency", "journal", "portal"]
    article_path: str
    charset: str = "utf-8"
    dates_in: tuple[Literal["json_ld", "meta", "time"], ...] = ("json_ld",)
    feeds: tuple[Feed, ...]
    furniture: Furniture


@cache
def load_sites() -> dict[str, Site]:
    """Return every site by its id, which is its file's name."""
    return {path.stem: _read_site(path) for path in sorted(FOLDER.glob("*.yml"))}


def _read_site(path: Path) -> Site:
    return Site.model_validate({"id": path.stem, **yaml.safe_load(path.read_text(encoding="utf-8"))})
