"""Developments of our own making, a ledger to keep them in, and a mail server to send them to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ledger.articles import articles_to_examine, store_article
from ledger.developments import apply_decisions
from ledger.opening import Ledger, open_ledger
from records.alert import Recipient
from records.article import Article
from records.development import Decision, Development, Kind, Occasion, Sighting
from records.finding import Examination, Finding, Milestone, Relevance, Statement, Vote
from tests.servers.postgresql import own_database
from tests.servers.smtp import MailServer, running_mail_server

NOW = datetime(2019, 12, 28, 10, 0, tzinfo=UTC)
VOTE = Vote(
    79, 60, 33, "adopted", "recorded", "GA plenary", "resolution", None, date(2019, 12, 27), "reported", 0, 9, "v"
)
STATEMENT = Statement(
    "he", 5, 7, "Andrey Krutskikh", "presidential envoy", "Russia", "direct", ((10, 20),), "said", "support", "s"
)
MILESTONE = Milestone("signature", "Viet Nam", date(2025, 10, 25), "done", 0, 10, "m")


def make_sighting(number: int = 1, **changes: Any) -> Sighting:
    """One report of the vote; every test changes what it is about."""
    url = f"https://news{number}.example/article"
    sighting = Sighting(
        article_id=sha256(url.encode()).hexdigest(),
        url=url,
        source=f"source-{number}",
        publisher=f"publisher-{number}",
        published_at=NOW,
        title="Assembly adopts a text on cybercrime",
        sentence="The text was adopted by a vote of 79 in favour to 60 against, with 33 abstentions.",
        start=0,
        end=9,
        content_hash="0" * 64,
        rule="v",
        recalled=False,
        finding=VOTE,
        language="en",
    )
    return replace(sighting, **changes)


def make_development(number: int = 1, finding: Finding = VOTE, **changes: Any) -> Development:
    """One development with one report."""
    kinds: dict[type, Kind] = {Vote: "vote", Statement: "statement", Milestone: "milestone"}
    development = Development(
        id=f"development-{number}",
        kind=kinds[type(finding)],
        headline=f"What happened, number {number}",
        status="reported",
        first_seen=NOW,
        event_date=date(2019, 12, 27),
        publishers=1,
        independent=1,
        finding=finding,
        sightings=(make_sighting(number, finding=finding),),
    )
    return replace(development, **changes)


Tell = Callable[..., None]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger: a file, or a database of its own on a real PostgreSQL."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
        if request.param == "postgresql":
            url = stack.enter_context(own_database(request.getfixturevalue("postgresql_server")))
        opened = open_ledger(url, now=NOW)
        stack.callback(opened.close)
        yield opened


@pytest.fixture
def tell(ledger: Ledger) -> Tell:
    """Enter a development in the ledger and make it due to recipients, as the pipeline does."""

    def enter(
        development: Development, *to: str, occasion: Occasion = "new", now: datetime = NOW, delivery: Any = "immediate"
    ) -> None:
        people = tuple(Recipient(one, delivery, "everything") for one in to)
        with ledger.begin() as conn:
            for sighting in development.sightings:
                text = f"A text of its own, number {sighting.url}, seen {now}."
                article = Article(
                    sighting.article_id, sighting.url, sighting.source, sighting.publisher, sighting.title, text, "en",
                    NOW, "feed", True, now, sha256(text.encode()).hexdigest(),
                )  # fmt: skip
                store_article(conn, article, "live", now)
            for stored in articles_to_examine(conn, detector="1", owner="test/1", now=now, limit=100):
                examination = Examination(stored.article.id, "en", Relevance(True, 1.0, ()))
                findings = (development.finding,)
                decision = Decision("new", development.kind, findings, development, occasion, "it is new")
                apply_decisions(
                    conn, stored, examination, [decision], detector="1", now=now, recipients=lambda _, __: people
                )

    return enter


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A real SMTP server without faults."""
    with running_mail_server() as server:
        yield server
