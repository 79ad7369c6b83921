"""Developments: what has happened, by which evidence, and who was told."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from ledger.articles import StoredArticle
from records.alert import Recipient
from records.article import Article
from records.development import Decision, Development, KnownDevelopment, Occasion, Told
from records.finding import Examination

Recipients = Callable[[Development, Occasion], Sequence[Recipient]]


def known_developments(conn: Connection, examination: Examination, article: Article) -> list[KnownDevelopment]:
    """What is known that an article's findings could be about; in a write transaction nobody else decides meanwhile."""
    raise NotImplementedError


def apply_decisions(
    conn: Connection,
    stored: StoredArticle,
    examination: Examination,
    decisions: Sequence[Decision],
    *,
    detector: str,
    now: datetime,
    recipients: Recipients,
    mail_domain: str = "convention-watch.invalid",
) -> None:
    """Write what an article says and means: findings, evidence, developments, and the outbox rows of both kinds."""
    raise NotImplementedError


def development(conn: Connection, development_id: str) -> Development | None:
    """One development with its sightings; None when there is none of this id."""
    raise NotImplementedError


def iter_developments(conn: Connection, *, newest_first: bool = True) -> Iterator[Development]:
    """Every development with its sightings, by when it was first seen."""
    raise NotImplementedError


def told(conn: Connection, development_id: str) -> list[Told]:
    """The mails on a development that a server has accepted, oldest first."""
    raise NotImplementedError
