"""The short form of every promise; the long one is ``make torture``."""

import json

import pytest

from tests.reliability.promises import PROMISES

LONG_ONLY = {"airflow-kills"}
ON_POSTGRESQL = {"overlap-postgresql", "migrations"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.postgresql) if name in ON_POSTGRESQL else name
        for name in PROMISES
        if name not in LONG_ONLY
    ],
)
def test_the_promise_holds(name: str) -> None:
    """Broken as its module says, the watch keeps what docs/guarantees.md promises; the result says what was seen."""
    result = PROMISES[name](1, False)
    assert result["held"], json.dumps(result, ensure_ascii=False, default=str)[:5000]
