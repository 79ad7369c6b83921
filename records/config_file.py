"""A YAML file that people write, read strictly: what is wrong in it is told with the file and the line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from records.errors import ConfigurationError

Place = tuple[str | int, ...]
"""Keys and positions from the top of the file down to a value, as pydantic names them."""


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """What a file says (None: nothing), the line of every key, and a sentence for each key that is given twice."""

    path: Path
    content: Any
    lines: Mapping[Place, int]
    repeated: tuple[str, ...]

    def complain(self, place: Sequence[str | int], sentence: str) -> str:
        """Return the sentence with file and line before it: the line of the nearest known key above ``place``."""
        above = (tuple(place[:end]) for end in range(len(place), 0, -1))
        known = next((self.lines[one] for one in above if one in self.lines), None)
        return f"{self.path}:{known}: {sentence}" if known else f"{self.path}: {sentence}"


def read_config_file(path: Path) -> ConfigFile:
    """Return what a file says; raise ConfigurationError when it cannot be read or is not YAML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: cannot be read: it is not text in UTF-8; save it as UTF-8") from error
    loader = yaml.SafeLoader(text)
    try:
        top = loader.get_single_node()
        content = None if top is None else loader.construct_document(top)
    except yaml.MarkedYAMLError as error:
        raise ConfigurationError(_explain(path, error)) from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise ConfigurationError(f"{path}: is not YAML: {' '.join(str(error).split())}") from error
    finally:
        loader.dispose()
    lines: dict[Place, int] = {}
    repeated: list[str] = []
    for place, line in _places(top, (), set()):
        if place in lines:
            repeated.append(f"{path}:{line}: {place[-1]}: is given twice, first in line {lines[place]}; keep one")
        else:
            lines[place] = line
    return ConfigFile(path, content, lines, tuple(repeated))


def _places(node: Any, place: Place, seen: set[int]) -> Iterator[tuple[Place, int]]:
    if id(node) in seen:  # an alias: what it stands for has its lines already, and may hold itself
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = (*place, str(key.value))
            yield below, key.start_mark.line + 1
            yield from _places(value, below, seen)
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            below = (*place, position)
            yield below, value.start_mark.line + 1
            yield from _places(value, below, seen)


def _explain(path: Path, error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    where = f"{path}:{mark.line + 1}" if mark else str(path)
    if "'\\t'" in str(error.problem):
        return f"{where}: is not YAML: a tab stands where spaces must; did you mean two spaces?"
    hint = "; is a quote or a bracket left open, or a space missing after a colon?"
    return f"{where}: is not YAML: {error.problem}{hint}"
