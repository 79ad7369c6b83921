"""Many words as one regular expression."""

from collections.abc import Iterable


def alternation(sources: Iterable[str]) -> str:
    """Alternatives in the order given, each beginning with a letter or an escaped sign; matches as ``a|b|…`` does.

    Grouped by how they begin: a search then looks at a few letters where it would look at every word.
    """
    groups: dict[str, list[str]] = {}
    for source in sources:
        first = source[: 1 + (source[0] == "\\")]
        groups.setdefault(first, []).append(source[len(first) :])
    return "|".join(first + (f"(?:{'|'.join(rest)})" if len(rest) > 1 else rest[0]) for first, rest in groups.items())
