"""All that detection knows of a language: one file of data, ``languages/<code>.yml``.

A file is a mapping of sections; each section is read by one module. A new language is one new file.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from records.errors import ConfigurationError

Lexicon = Mapping[str, Any]
"""Section name -> its data, exactly as written in the file."""

SECTIONS = (
    "name",
    "script",
    "common_words",
    "sentences",
    "affiliations",
    "relevance",
    "numbers",
    "calendar",
    "votes",
    "milestones",
    "statements",
)
"""The sections a complete language has, in the order in which a file lists them."""

NO_LEXICON: Lexicon = MappingProxyType({})
"""What is known of a language that we do not read: nothing."""


class _WordLoader(yaml.CSafeLoader):
    """Reads words as words: ``no``, ``on`` and ``yes`` stay strings, only true and false are booleans."""


_WordLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@cache
def languages() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages that can be read, sorted."""
    folder = files("detection") / "languages"
    return tuple(sorted(entry.name.removesuffix(".yml") for entry in folder.iterdir() if entry.name.endswith(".yml")))


@cache
def load_lexicon(code: str | None) -> Lexicon:
    """The sections of a language, read once; NO_LEXICON for None or a language that has no file."""
    if code is None or code not in languages():
        return NO_LEXICON
    sections = load_data(f"languages/{code}.yml")
    unknown = sorted(set(sections) - set(SECTIONS))
    if unknown:
        raise ConfigurationError(f"detection/languages/{code}.yml: unknown sections {', '.join(unknown)}")
    return MappingProxyType(sections)


def load_data(name: str) -> dict[str, Any]:
    """A YAML file of this package, ``name`` relative to ``detection/``, as the mapping that it holds."""
    # The tag-free loader above is a SafeLoader: it builds no objects.
    data = yaml.load((files("detection") / name).read_text(encoding="utf-8"), Loader=_WordLoader)  # noqa: S506
    if not isinstance(data, dict):
        raise ConfigurationError(f"detection/{name}: a mapping is expected")
    return data
