"""A source as data: where an outlet announces its articles, how often to look, and what to expect of it."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from babel import Locale
from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from records.errors import ConfigurationError

BUILT_IN = Path(__file__).parent / "sources"

WayKind = Literal["feed", "news_sitemap", "listing"]
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


_ENGLISH: Any = Locale("en")
_LANGUAGES: dict[str, str] = {code: name for code, name in _ENGLISH.languages.items() if len(code) == 2}
_COUNTRIES: dict[str, str] = {
    code: name
    for code, name in _ENGLISH.territories.items()
    if len(code) == 2 and code.isalpha() and code not in {"ZZ", "EZ", "UN"}
} | {"INT": "international"}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _web_address(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("is not an address")
    parts = _split(value)
    if parts.scheme not in {"http", "https"}:
        near = get_close_matches(parts.scheme, ["http", "https"], n=1)
        raise ValueError(f"starts with none of http://, https://{_suggest(near)}: {value}")
    if not parts.hostname or any(character.isspace() for character in value):
        raise ValueError(f"is not an address with a host and without spaces: {value}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds a user name or password; a source is a public file")
    return value


def _split(value: str) -> Any:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - reading it is the check
    except ValueError as error:
        raise ValueError(f"is not an address ({error}): {value}") from None
    return parts


def _language(value: Any) -> Any:
    return _code(value, _LANGUAGES, "an ISO 639-1 code", str.lower)


def _country(value: Any) -> Any:
    return _code(value, _COUNTRIES, "an ISO 3166 code, INT or EU", str.upper)


def _code(value: Any, known: Mapping[str, str], what: str, fold: Callable[[str], str]) -> Any:
    if isinstance(value, str) and value in known:
        return value
    if value is False:
        raise ValueError("is false: YAML reads a bare no or NO so; put it in quotes")
    said = str(value)
    by_name = {name.lower(): code for code, name in known.items()}
    near = get_close_matches(said.lower(), by_name, n=1, cutoff=0.8)
    start = re.split(r"[-_]", said)[0]
    codes = [fold(start)] if fold(start) in known else get_close_matches(fold(said), sorted(known), n=1, cutoff=0.5)
    raise ValueError(f"{value!r} is not {what}{_suggest([by_name[near[0]]] if near else codes)}")


def _period(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    matched = re.fullmatch(r"(\d{1,4})([mhd])", str(value))
    period = timedelta(**{_UNITS[matched[2]]: int(matched[1])}) if matched else timedelta()
    if not timedelta(minutes=1) <= period <= timedelta(days=31):
        raise ValueError(f"{value!r} is not a period from 1m to 31d such as 15m, 2h or 1d")
    return period


def _selector(value: Any) -> Any:
    try:
        CSSSelector(value)
    except (SelectorError, TypeError, ValueError) as error:
        raise ValueError(f"is not a CSS selector ({error}): {value!r}") from None
    return value


def _suggest(near: list[str]) -> str:
    return f"; did you mean {near[0]}?" if near else ""


Url = Annotated[str, BeforeValidator(_web_address)]
Selector = Annotated[str, BeforeValidator(_selector)]


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
    ``expects_per_week`` counts new articles: fewer, for long, is an alarm. ``tls_exception`` names why a
    certificate that cannot be verified is accepted, None when it is not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str
    name: str = Field(min_length=1)
    homepage: Url
    publisher: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    country: Annotated[str, BeforeValidator(_country)]
    languages: tuple[Annotated[str, BeforeValidator(_language)], ...] = Field(min_length=1, strict=False)
    state_media: bool
    find: tuple[Way, ...] = Field(min_length=1, strict=False)
    fetch: Literal["all", "matching"] = "all"
    every: Annotated[timedelta, BeforeValidator(_period)] = timedelta(minutes=15)
    expects_per_week: int = Field(ge=0)

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
        hint = _suggest(near) or f"; known are {', '.join(name for name in known if name != 'id')}"
        return f"{where}: is not a key of a source{hint}"
    if item["type"] == "missing":
        return f"{where}: is missing"
    if item["type"] == "literal_error":
        near = get_close_matches(str(item["input"]), ["all", "matching"], n=1, cutoff=0.4)
        return f"{where}: {item['input']!r} is neither all nor matching{_suggest(near)}"
    return f"{where + ': ' if where else ''}{item['msg'].removeprefix('Value error, ')}"
