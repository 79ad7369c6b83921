"""What may stand in a source file: addresses, languages, countries, periods, selectors; with the nearest right word."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from babel import Locale
from cssselect import SelectorError
from lxml.cssselect import CSSSelector

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


_ENGLISH: Any = Locale("en")
_LANGUAGES: dict[str, str] = {code: name for code, name in _ENGLISH.languages.items() if len(code) == 2}
_COUNTRIES: dict[str, str] = {
    code: name
    for code, name in _ENGLISH.territories.items()
    if len(code) == 2 and code.isalpha() and code not in {"ZZ", "EZ", "UN"}
} | {"INT": "international"}


def web_address(value: Any) -> Any:
    """Return an http(s) address with a host and without credentials, as it is."""
    if not isinstance(value, str):
        raise ValueError("is not an address")
    parts = _split(value)
    if parts.scheme not in {"http", "https"}:
        near = get_close_matches(parts.scheme, ["http", "https"], n=1)
        raise ValueError(f"starts with none of http://, https://{suggest(near)}: {value}")
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


def language(value: Any) -> Any:
    """Return an ISO 639-1 code, as it is."""
    return _code(value, _LANGUAGES, "an ISO 639-1 code", str.lower)


def country(value: Any) -> Any:
    """Return an ISO 3166 code, INT or EU, as it is."""
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
    raise ValueError(f"{value!r} is not {what}{suggest([by_name[near[0]]] if near else codes)}")


def family(value: Any) -> Any:
    """Return the name of a family of publishers, as it is: lower-case letters, digits and single hyphens."""
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        return value
    meant = "-".join(re.findall(r"[a-z0-9]+", str(value).lower()))
    raise ValueError(
        f"{value!r} is not lower-case letters, digits and single hyphens{suggest([meant] if meant else [])}"
    )


def period(value: Any) -> Any:
    """Return the period that 15m, 2h or 1d means: from a minute to a month."""
    if isinstance(value, timedelta):
        return value
    matched = re.fullmatch(r"(\d{1,4})([mhd])", str(value))
    length = timedelta(**{_UNITS[matched[2]]: int(matched[1])}) if matched else timedelta()
    if not timedelta(minutes=1) <= length <= timedelta(days=31):
        raise ValueError(f"{value!r} is not a period from 1m to 31d such as 15m, 2h or 1d")
    return length


def selector(value: Any) -> Any:
    """Return a CSS selector, as it is."""
    try:
        CSSSelector(value)
    except (SelectorError, TypeError, ValueError) as error:
        raise ValueError(f"is not a CSS selector ({error}): {value!r}") from None
    return value


def reason(value: Any) -> Any:
    """Return a reason, as it is: a sentence that somebody can judge later."""
    if not isinstance(value, str) or len(value.split()) < 3:
        raise ValueError(f"needs a reason of at least three words, such as who signed the certificate, not {value!r}")
    return value


def suggest(near: list[str]) -> str:
    """Return the end of a sentence that offers the nearest right word; nothing when there is none."""
    return f"; did you mean {near[0]}?" if near else ""
