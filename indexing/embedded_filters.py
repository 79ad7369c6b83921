"""Queries and filters of the built-in index in SQL's terms."""

import sqlite3
from typing import Any

from indexing.embedded_tables import fold_label
from indexing.embedded_words import match_expression
from indexing.filters import Filter, Label, LabelField, Published
from indexing.queries import Either, Every, Query, Without

PLACES = {
    "relevance": (("score", "<"), ("coalesce(published, -1e18)", "<"), ("id", ">")),
    "newest": (("coalesce(published, -1e18)", "<"), ("id", ">")),
    "oldest": (("coalesce(published, 1e18)", ">"), ("id", ">")),
}
"""What an order goes by, each with what comes after; an undated article comes last in every order of time."""


class Conditions:
    """Conditions on rows of the table ``documents``, and the values they hold."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.values: dict[str, Any] = {}
        self._languages = languages

    def of_query(self, query: Query) -> str:
        """Return the condition for a query of words and filters in any mixture."""
        if not has_filter(query):
            expression = self.name(match_expression(query, self._languages))
            return f"number IN (SELECT rowid FROM words WHERE words MATCH {expression})"  # noqa: S608
        if isinstance(query, Without):
            return f"NOT ({self.of_query(query.part)})"
        if isinstance(query, Every | Either):
            joint = " AND " if isinstance(query, Every) else " OR "
            return "(" + joint.join(self.of_query(part) for part in query.parts) + ")"
        assert isinstance(query, Label | Published)  # noqa: S101 - the only other queries with a filter in them
        return self.of_filter(query)

    def of_filter(self, chosen: Filter) -> str:
        """Return the condition for a filter; never unknown, so that its opposite is true of the other rows."""
        if isinstance(chosen, Label):
            return self._of_label(chosen)
        bounds = [(chosen.since, ">="), (chosen.until, "<")]
        told = [f"published {sign} {self.name(instant.timestamp())}" for instant, sign in bounds if instant]
        return f"(published IS NOT NULL AND {' AND '.join(told)})"

    def after(self, order: str, place: list[Any]) -> str:
        """Return the condition for the rows that come after a place of an order."""
        condition = "0"
        for (told, sign), value in reversed(list(zip(PLACES[order], place, strict=True))):
            name = self.name(value)
            condition = f"({told} {sign} {name} OR ({told} = {name} AND {condition}))"
        return condition

    def name(self, value: Any) -> str:
        """Keep a value and return the name it goes by in the statement."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def _of_label(self, label: Label) -> str:
        names = [self.name(fold_label(value)) for value in label.values]
        if label.field == "speakers":
            value = " OR ".join(f"instr(' ' || value || ' ', ' ' || {name} || ' ')" for name in names)
        else:
            value = f"value IN ({', '.join(names)})"
        return f"number IN (SELECT document FROM labels WHERE field = '{label.field}' AND ({value}))"  # noqa: S608


def has_filter(query: Query) -> bool:
    """Whether a query holds a filter anywhere."""
    if isinstance(query, Without):
        return has_filter(query.part)
    if isinstance(query, Every | Either):
        return any(has_filter(part) for part in query.parts)
    return isinstance(query, Label | Published)


def split(query: Query | None) -> tuple[Query | None, tuple[Query, ...]]:
    """Return what of a query is of words alone, to be scored, and what else every match must be."""
    if query is None or not has_filter(query):
        return query, ()
    if not isinstance(query, Every):
        return None, (query,)
    words = tuple(part for part in query.parts if not has_filter(part))
    rest = tuple(part for part in query.parts if has_filter(part))
    return (Every(words) if len(words) > 1 else (words[0] if words else None)), rest


def count_labels(conn: sqlite3.Connection, field: LabelField, most: int, *, few: bool) -> tuple[tuple[str, int], ...]:
    """Return the commonest values of a field among the rows of the table ``found``, with how many have each."""
    rows = "temp.found CROSS JOIN labels ON document = number" if few else "labels"
    found = "1" if few else "document IN (SELECT number FROM temp.found)"
    counted = conn.execute(
        f"""SELECT min(shown), count(*) AS times FROM {rows} WHERE field = :facet AND {found}
        GROUP BY value ORDER BY times DESC, value LIMIT :most""",  # noqa: S608
        {"facet": field, "most": most},
    )
    return tuple((value, times) for value, times in counted)
