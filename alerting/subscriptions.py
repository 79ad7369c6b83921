"""The subscription file: who wants to be told of what. A YAML list, checked whole before anything runs."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, get_args

from babel import Locale
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from alerting.mail_address import mail_address
from detection.states import english_names, find_states
from records.alert import Delivery, Subscription
from records.config_file import read_config_file
from records.development import Kind
from records.errors import ConfigurationError
from records.finding import MilestoneType

_ENGLISH: Any = Locale("en")
LANGUAGES: dict[str, str] = {code: name for code, name in _ENGLISH.languages.items() if len(code) == 2}


def _address(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("is not one e-mail address (for several recipients, write several subscriptions)")
    return mail_address(value)


def _word_of(words: tuple[str, ...]) -> BeforeValidator:
    def check(value: Any) -> Any:
        if value in words:
            return value
        near = get_close_matches(str(value), words, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(words[:12])}"
        raise ValueError(f"{value!r} is unknown; {hint}")

    return BeforeValidator(check)


def _language(value: Any) -> Any:
    if value in LANGUAGES:
        return value
    said = str(value).lower()
    by_name = {name.lower(): code for code, name in LANGUAGES.items()}
    near = get_close_matches(said, by_name, n=1, cutoff=0.8)
    code = by_name[near[0]] if near else said[:2] if said[2:3] in ("-", "_") else ""
    hint = f"; did you mean {code!r}?" if code in LANGUAGES else ", such as en"
    raise ValueError(f"{value!r} is unknown: it is not an ISO 639-1 code{hint}")


def _state(value: Any) -> Any:
    """Return the English name that findings use; "Russian Federation" and "Viet Nam" are understood."""
    found = find_states(value, "en") if isinstance(value, str) else ()
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(value)):
        return found[0].name
    near = get_close_matches(str(value), english_names().values(), n=1, cutoff=0.5)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"{value!r} is not the English name of a state{hint}")


_Text = Annotated[str, Field(min_length=1, max_length=200)]
_Some = Field(min_length=1)


class _Request(BaseModel):
    """One entry of the file, as written."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: _Text
    to: Annotated[str, BeforeValidator(_address)]
    kinds: Annotated[list[Annotated[Kind, _word_of(get_args(Kind))]], _Some]
    delivery: Annotated[Delivery, _word_of(get_args(Delivery))] = "immediate"
    languages: Annotated[list[Annotated[str, BeforeValidator(_language)]], _Some] | None = None
    states: Annotated[list[Annotated[str, BeforeValidator(_state)]], _Some] | None = None
    speakers: Annotated[list[_Text], _Some] | None = None
    min_publishers: Annotated[int, Field(ge=1)] = 1
    milestones: Annotated[list[Annotated[str, _word_of(get_args(MilestoneType))]], _Some] | None = None

    def as_subscription(self) -> Subscription:
        """Return the record of this entry; what is not given keeps the record's default."""
        given = self.model_dump(exclude_none=True)
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in given.items()
        }
        return Subscription(**values)


def load_subscriptions(path: Path | None) -> tuple[Subscription, ...]:
    """Return the subscriptions in a file, none for None; ConfigurationError names file, entry, key and nearest word."""
    if path is None:
        return ()
    file = read_config_file(path)
    if file.content is None:
        return ()
    if not isinstance(file.content, list):
        raise ConfigurationError(f"{path}: must be a list of subscriptions, each beginning with “- name:”")
    problems = list(file.repeated)
    for position, entry in enumerate(file.content):
        problems += [file.complain((position, *place), problem) for place, problem in _problems(entry, position + 1)]
    problems += [file.complain((position, "name"), problem) for position, problem in _repetitions(file.content)]
    if problems:
        raise ConfigurationError("\n".join(problems))
    return tuple(_Request.model_validate(entry).as_subscription() for entry in file.content)


def _problems(entry: Any, number: int) -> list[tuple[tuple[str | int, ...], str]]:
    name = entry.get("name") if isinstance(entry, Mapping) else None
    place = f"subscription {number}" + (f" ({name})" if isinstance(name, str) else "")
    try:
        _Request.model_validate(entry)
    except ValidationError as error:
        return [(item["loc"], f"{place}: {_explain(item)}") for item in error.errors(include_url=False)]
    return []


def _explain(item: Any) -> str:
    key = ".".join(str(part) for part in item["loc"])
    if item["type"] == "extra_forbidden":
        near = get_close_matches(key, _Request.model_fields, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(_Request.model_fields)}"
        return f"unknown key {key!r}; {hint}"
    if item["type"] == "missing":
        return f"{key}: is missing"
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"{key}: {message}" if key else f"must be a mapping of keys to values: {message}"


def _repetitions(entries: list[Any]) -> Iterator[tuple[int, str]]:
    seen: set[tuple[str, str]] = set()
    for position, entry in enumerate(entries):
        if isinstance(entry, Mapping):
            identity = (str(entry.get("name")), str(entry.get("to")).casefold())
            if identity in seen:
                yield position, f"subscription {position + 1} ({identity[0]}): name: is used twice for {identity[1]}"
            seen.add(identity)
