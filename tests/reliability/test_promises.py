"""The short form of every promise; the long one is ``make torture``."""

import json
from typing import Any

import pytest

from tests.reliability.promises import PROMISES

LONG_ONLY = {"airflow-kills", "beside-the-hostile", "compiled", "index-faults-elasticsearch"}
"""Each starts servers of its own, or takes minutes."""
ON_POSTGRESQL = {"overlap-postgresql", "migrations"}
ON_ELASTICSEARCH = {"index-kills-elasticsearch"}


def marked(name: str) -> Any:
    """A promise's name with the mark of the server that it needs."""
    if name in ON_ELASTICSEARCH:
        return pytest.param(name, marks=pytest.mark.elasticsearch)
    return pytest.param(name, marks=pytest.mark.postgresql) if name in ON_POSTGRESQL else name


@pytest.mark.parametrize("name", [marked(name) for name in PROMISES if name not in LONG_ONLY])
def test_the_promise_holds(name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken as its module says, the watch keeps what docs/guarantees.md promises; the result says what was seen."""
    if name in ON_ELASTICSEARCH:  # the server that the session has started anyway
        monkeypatch.setenv("TEST_ELASTICSEARCH_URL", request.getfixturevalue("elasticsearch_server").url)
    result = PROMISES[name](1, False)
    assert result["held"], json.dumps(result, ensure_ascii=False, default=str)[:5000]
