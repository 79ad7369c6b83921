"""Tables read whole, page by page: by number, so that the last page costs what the first did."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, Select


def pages_by_number(
    conn: Connection, chosen: Select[Any], number: Column[int], page: int
) -> Iterator[Sequence[Row[Any]]]:
    """Every row of a selection in the order of ``number``, which it must hold, at most ``page`` rows at a time."""
    after = 0
    while True:
        rows = conn.execute(chosen.where(number > after).order_by(number).limit(page)).all()
        yield rows
        if len(rows) < page:
            return
        after = rows[-1].number
