"""Widens a query by what means the same: other spellings, acronyms, names in other scripts."""

from functools import cache
from pathlib import Path

import yaml

from indexing.analysis import tokenize
from indexing.queries import Either, Every, Query, Without, Word, findable, parse_query

FILE = Path(__file__).with_name("equivalents.yml")


def read_query(text: str) -> Query | None:
    """Return what to search for a query as typed, widened; None when it holds no word."""
    query = findable(parse_query(text))
    return None if query is None else _widen(query)


def _widen(query: Query) -> Query:
    if isinstance(query, Word):
        return _either(_key(query.text), in_title=query.in_title) or query if not query.begins else query
    if isinstance(query, Without):
        return Without(_widen(query.part))
    if isinstance(query, Either):
        return Either(tuple(_widen(part) for part in query.parts))
    if isinstance(query, Every):
        return _widen_row(query.parts)
    return query


def _widen_row(parts: tuple[Query, ...]) -> Query:
    """Words that stand together and are a name together are widened as one, the longest name first."""
    done: list[Query] = []
    at = 0
    while at < len(parts):
        for end in range(min(len(parts), at + _longest()), at, -1):
            found = _either(" ".join(_part_key(part) for part in parts[at:end])) if end > at + 1 else None
            if found:
                done.append(found)
                at = end
                break
        else:
            done.append(_widen(parts[at]))
            at += 1
    return Every(tuple(done)) if len(done) > 1 else done[0]


def _part_key(part: Query) -> str:
    return _key(part.text) if isinstance(part, Word) and not part.begins and not part.in_title else "\0"


def _either(key: str, *, in_title: bool = False) -> Query | None:
    group = _groups().get(key)
    return Either(tuple(Word(spelling, in_title=in_title) for spelling in group)) if group else None


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Every spelling, folded, with its whole line."""
    lines = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {_key(spelling): tuple(line) for line in lines for spelling in line}


@cache
def _longest() -> int:
    return max(key.count(" ") + 1 for key in _groups())


def _key(text: str) -> str:
    return " ".join(token.folded for token in tokenize(text))
