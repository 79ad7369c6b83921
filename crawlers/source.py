"""A source as data: where an outlet announces its articles, how often to look, and what to expect of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from crawlers.source_values import country, family, language, period, reason, selector, suggest, web_address
from records.config_file import read_config_file
from records.errors import ConfigurationError

BUILT_IN = Path(__file__).parent / "sources"
WayKind = Literal["feed", "news_sitemap", "listing"]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Url = Annotated[str, BeforeValidator(web_address)]
Selector = Annotated[str, BeforeValidator(selector)]


class Way(BaseModel):
    """One way in: exactly one of a feed, a news sitemap, or a listing with the selector of its links."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    feed: Url | None = None
    news_sitemap: Url | None = None
    listing: Url | None = None
    links: Selector | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Way":
        if sum(value is not None for value in (self.feed, self.news_sitemap, self.listing)) != 1:
            raise ValueError("names exactly one of feed, news_sitemap, listing")
        if (self.listing is None) != (self.links is None):
            raise ValueError("listing and links (the CSS selector of its links) go together")
        return self

    @property
    def kind(self) -> WayKind:
        """Which of the three it is."""
        return "feed" if self.feed else "news_sitemap" if self.news_sitemap else "listing"

    @property
    def url(self) -> str:
        """The address to look at."""
        return self.feed or self.news_sitemap or self.listing or ""


class Source(BaseModel):
    """One outlet. ``publisher`` is the family by which independent reports are counted.

    ``fetch``: ``all`` reads every new entry's page; ``matching`` only those whose entry names the topic.
    ``unverified_tls`` is the reason why the certificates of this source's own hosts are not verified; None: they are.
    ``every`` is the least time between two passes. ``expects_per_week`` counts new articles of any subject: none
    for long is an alarm; 0 expects nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str
    name: str = Field(min_length=1)
    homepage: Url
    publisher: Annotated[str, BeforeValidator(family)]
    country: Annotated[str, BeforeValidator(country)]
    languages: tuple[Annotated[str, BeforeValidator(language)], ...] = Field(min_length=1, strict=False)
    state_media: bool
    find: tuple[Way, ...] = Field(min_length=1, strict=False)
    fetch: Literal["all", "matching"] = "all"
    every: Annotated[timedelta, BeforeValidator(period)] = timedelta(minutes=15)
    expects_per_week: int = Field(ge=0)
    unverified_tls: Annotated[str | None, BeforeValidator(reason)] = None

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that the file names."""
        return frozenset(urlsplit(url).hostname or "" for url in (self.homepage, *(way.url for way in self.find)))

    @model_validator(mode="after")
    def _each_address_once(self) -> "Source":
        urls = [way.url for way in self.find]
        if len(set(urls)) < len(urls):
            raise ValueError("find names an address twice")
        return self


def load_sources(folder: Path | None = None) -> tuple[Source, ...]:
    """Return the sources of a folder (None: the built-in ones), ordered by id.

    Raises ConfigurationError that names every wrong file and key, with the nearest right word.
    """
    folder = folder or BUILT_IN
    if not folder.is_dir():
        raise ConfigurationError(f"{folder}: is not a folder of source files")
    found, wrong = [], []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.is_dir():
            continue
        try:
            found.append(load_source(path))
        except ConfigurationError as error:
            wrong.append(str(error))
    wrong += _asked_twice(folder, found)
    if wrong:
        raise ConfigurationError("\n".join(wrong))
    if not found:
        raise ConfigurationError(f"{folder}: holds no source file (<id>.yml)")
    return tuple(found)


def _asked_twice(folder: Path, sources: Sequence[Source]) -> Iterator[str]:
    first: dict[str, str] = {}
    for source in sources:
        for way in source.find:
            if first.setdefault(way.url, source.id) != source.id:
                yield f"{folder / source.id}.yml: find: {way.url} stands in {first[way.url]}.yml, too; keep one"


def load_source(path: Path) -> Source:
    """Return the source that a file describes; the file's name is its id. Raises ConfigurationError."""
    if path.suffix != ".yml":
        raise ConfigurationError(f"{path}: a source file ends in .yml")
    if not _ID.fullmatch(path.stem):
        raise ConfigurationError(f"{path}: a source's id is lower-case letters, digits and single hyphens")
    file = read_config_file(path)
    if not isinstance(file.content, dict):
        raise ConfigurationError(f"{path}: is not a mapping of keys")
    wrong = list(file.repeated)
    if "id" in file.content:
        wrong.append(file.complain(["id"], "id: is the file's name; leave the key out"))
    try:
        source = Source.model_validate({**file.content, "id": path.stem})
    except ValidationError as error:
        items = error.errors(include_url=False)
        # Of a list whose every entry is wrong pydantic also says that it is empty.
        at_fault = [item for item in items if not (item["type"] == "too_short" and _has_below(items, item["loc"]))]
        wrong += [file.complain(item["loc"], _explain(item)) for item in at_fault]
    if wrong:
        raise ConfigurationError("\n".join(wrong))
    return source


_WRONG_TYPES = {
    "tuple_type": "is not a list, such as [en, fr]",
    "bool_type": "is neither true nor false",
    "int_type": "is not a whole number",
    "string_type": "is not a text; put it in quotes",
}


def _has_below(items: Sequence[Mapping[str, Any]], place: tuple[str | int, ...]) -> bool:
    return any(item["loc"][: len(place)] == place and len(item["loc"]) > len(place) for item in items)


def _explain(item: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in item["loc"])
    if item["type"] == "extra_forbidden":
        known = (Way if item["loc"][0] == "find" else Source).model_fields
        key = str(item["loc"][-1])
        near = get_close_matches(key, [name for name in known if name != "id"], n=1, cutoff=0.5)
        hint = suggest(near) or f"; known are {', '.join(name for name in known if name != 'id')}"
        return f"{where}: is not a key of a source{hint}"
    if item["type"] in _WRONG_TYPES:
        return f"{where}: {_WRONG_TYPES[item['type']]}"
    if item["type"] == "missing":
        return f"{where}: is missing"
    if item["type"] == "literal_error":
        near = get_close_matches(str(item["input"]), ["all", "matching"], n=1, cutoff=0.4)
        return f"{where}: {item['input']!r} is neither all nor matching{suggest(near)}"
    return f"{where + ': ' if where else ''}{item['msg'].removeprefix('Value error, ')}"
