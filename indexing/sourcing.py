"""Reads documents out of the ledger: those that an outbox row names, and all of them."""

from collections.abc import Collection as Container
from collections.abc import Iterator

from sqlalchemy import Connection

from indexing.batches import in_batches
from indexing.describing import describe_article, describe_development
from indexing.describing_findings import COLLECTION_OF_KIND, describe_finding
from indexing.describing_operations import describe_pass, describe_pulse
from indexing.documents import Document, make_document
from indexing.schemas import Collection
from ledger.articles import indexable_article, iter_articles
from ledger.developments import development, iter_developments
from ledger.outbox import OutboxRow, index_versions
from ledger.pulses import iter_pulses, pulse
from ledger.sources import iter_passes, kept_pass
from records.development import Development

BATCH = 200
UNCHANGING = ("pass", "pulse")
"""Subjects of the outbox that never change once they are there."""
DEVELOPMENTS = ("developments", *COLLECTION_OF_KIND.values())


def read_documents(conn: Connection, row: OutboxRow, collections: Container[Collection]) -> tuple[Document, ...]:
    """Return the documents an outbox row makes due, as the ledger has them now; none when the subject is gone.

    A finding's document is made only when its collection is one of ``collections``.
    """
    noun, _, name = row.subject.partition(":")
    if noun == "article":
        article = indexable_article(conn, name)
        return () if article is None else (make_document("articles", describe_article(article), row.version),)
    if noun == "development":
        event = development(conn, name)
        return () if event is None else _of_development(event, row.version, collections)
    if noun == "pass":
        kept = kept_pass(conn, int(name))
        return () if kept is None else (make_document("passes", describe_pass(kept), row.version),)
    reading = pulse(conn, int(name))
    return () if reading is None else (make_document("pulses", describe_pulse(reading), row.version),)


def read_all_documents(conn: Connection, collections: Container[Collection]) -> Iterator[Document]:
    """Yield every document of ``collections``, in the version last entered in the outbox (0: never entered).

    The documents of one development follow each other.
    """
    if "articles" in collections:
        for articles in in_batches(iter_articles(conn), BATCH):
            subjects = [f"article:{one.stored.article.id}" for one in articles]
            versions = index_versions(conn, subjects)
            for subject, article in zip(subjects, articles, strict=True):
                yield make_document("articles", describe_article(article), versions.get(subject, 0))
    if any(name in collections for name in DEVELOPMENTS):
        for events in in_batches(iter_developments(conn), BATCH):
            subjects = [f"development:{event.id}" for event in events]
            versions = index_versions(conn, subjects)
            for subject, event in zip(subjects, events, strict=True):
                documents = _of_development(event, versions.get(subject, 0), collections)
                yield from (document for document in documents if document.collection in collections)
    if "passes" in collections:
        yield from (make_document("passes", describe_pass(kept), 0) for kept in iter_passes(conn))
    if "pulses" in collections:
        yield from (make_document("pulses", describe_pulse(one), 0) for one in iter_pulses(conn))


def _of_development(event: Development, version: int, collections: Container[Collection]) -> tuple[Document, ...]:
    itself = make_document("developments", describe_development(event), version)
    flat = COLLECTION_OF_KIND[event.kind]
    return (itself, make_document(flat, describe_finding(event), version)) if flat in collections else (itself,)
