"""A newsroom and a watch over it for each test, and one played story that many tests only read."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.steps import EVERYTHING, Step, make_pass
from tests.newsroom import Newsroom, load_play
from tests.newsroom.watching import Watch

OpenWatch = Callable[..., Watch]


@pytest.fixture
def open_watch(tmp_path: Path) -> Iterator[OpenWatch]:
    """A function that opens a newsroom at a tick of a play, with a watch over it (or over ``only`` some sites)."""
    with ExitStack() as opened:

        def opener(
            *plays: str,
            tick: str,
            only: tuple[str, ...] | None = None,
            subscriptions: list[dict[str, Any]] | None = None,
            **settings: str,
        ) -> Watch:
            newsroom = Newsroom(load_play(*plays), sites=only)
            if newsroom.tick.name != tick:
                newsroom.advance(tick)
            opened.enter_context(newsroom)
            asked = EVERYTHING if subscriptions is None else subscriptions
            return Watch.over(newsroom, tmp_path, asked, **settings)

        yield opener


@pytest.fixture(scope="session")
def december_story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Watch, dict[str, Step]]:
    """December 2019 as watched with the built-in index and a Maildir: the watch at its end, and its steps."""
    newsroom = Newsroom(load_play("december_2019"))
    newsroom.advance("vote")
    with newsroom:
        watch = Watch.over(newsroom, tmp_path_factory.mktemp("december"), EVERYTHING)
        steps = {"vote": make_pass(watch), "again": make_pass(watch, later=timedelta(hours=1))}
        while not newsroom.finished:
            tick = newsroom.advance()
            steps[tick.name] = make_pass(watch)
        return watch, steps


@pytest.fixture(scope="session")
def december(december_story: tuple[Watch, dict[str, Step]]) -> dict[str, Step]:
    """The steps of December 2019: a pass at each tick from the vote on, and ``again`` an hour after the vote."""
    return december_story[1]


@pytest.fixture(scope="session")
def december_watch(december_story: tuple[Watch, dict[str, Step]]) -> Watch:
    """The watch at the end of December 2019, its newsroom closed: only to be asked."""
    return december_story[0]


@pytest.fixture(scope="session")
def later_years(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Step]:
    """The years after, on a watch that began in December 2024."""
    newsroom = Newsroom(load_play("later_years"))
    with newsroom:
        watch = Watch.over(newsroom, tmp_path_factory.mktemp("later"), EVERYTHING)
        steps = {newsroom.tick.name: make_pass(watch)}
        while not newsroom.finished:
            tick = newsroom.advance()
            steps[tick.name] = make_pass(watch)
        return steps
