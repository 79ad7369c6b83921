"""What the tests of the crawlers may ask for: a site, and a way to crawl it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.crawlers.newsstand import Newsstand
from tests.unit.crawlers.serving import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A real site on loopback, with nothing on it yet."""
    with serving() as site:
        yield site


@pytest.fixture
def newsstand(tmp_path: Path) -> Newsstand:
    """A folder of sources and a ledger, to crawl with."""
    return Newsstand(tmp_path)
