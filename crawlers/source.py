"""A source as data: where an outlet announces its articles, how often to look, and what to expect of it."""

import re
from collections.abc import Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from crawlers.source_values import country, language, period, reason, selector, suggest, web_address
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
    publisher: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
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
    if wrong:
        raise ConfigurationError("\n".join(wrong))
    if not found:
        raise ConfigurationError(f"{folder}: holds no source file (<id>.yml)")
    return tuple(found)


def load_source(path: Path) -> Source:
    """Return the source that a file describes; the file's name is its id. Raises ConfigurationError."""
    if path.suffix != ".yml":
        raise ConfigurationError(f"{path}: a source file ends in .yml")
    if not _ID.fullmatch(path.stem):
        raise ConfigurationError(f"{path}: a source's id is lower-case letters, digits and single hyphens")
    content = _load_yaml(path)
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path}: is not a mapping of keys")
    if "id" in content:
        raise ConfigurationError(f"{path}: id: is the file's name; leave the key out")
    try:
        return Source.model_validate({**content, "id": path.stem})
    except ValidationError as error:
        lines = [_explain(item) for item in error.errors(include_url=False)]
        raise ConfigurationError("\n".join(f"{path}: {line}" for line in lines)) from None


class _StrictLoader(yaml.SafeLoader):
    """YAML in which a key may not be given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for position, key in enumerate(keys) if key in keys[:position]), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"{twice} is given twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _load_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise ConfigurationError(f"{path}: is not YAML: {' '.join(str(error).split())}") from error


def _explain(item: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in item["loc"])
    if item["type"] == "extra_forbidden":
        known = (Way if item["loc"][0] == "find" else Source).model_fields
        key = str(item["loc"][-1])
        near = get_close_matches(key, [name for name in known if name != "id"], n=1, cutoff=0.5)
        hint = suggest(near) or f"; known are {', '.join(name for name in known if name != 'id')}"
        return f"{where}: is not a key of a source{hint}"
    if item["type"] == "missing":
        return f"{where}: is missing"
    if item["type"] == "literal_error":
        near = get_close_matches(str(item["input"]), ["all", "matching"], n=1, cutoff=0.4)
        return f"{where}: {item['input']!r} is neither all nor matching{suggest(near)}"
    return f"{where + ': ' if where else ''}{item['msg'].removeprefix('Value error, ')}"
