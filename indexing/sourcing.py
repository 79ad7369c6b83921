"""Reads documents out of the ledger: those that an outbox row names, and all of them."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from indexing.batches import in_batches
from indexing.describing import describe_article, describe_development
from indexing.documents import Document, make_document
from indexing.schemas import Collection
from ledger.articles import indexable_article, iter_articles
from ledger.developments import development, iter_developments
from ledger.outbox import OutboxRow, index_versions

BATCH = 200
SUBJECTS: dict[str, Collection] = {"article": "articles", "development": "developments"}
"""How the outbox calls what is in each collection."""


def read_document(conn: Connection, row: OutboxRow) -> Document | None:
    """Return the document an outbox row makes due, as the ledger has it now; None when the subject is gone."""
    noun, _, subject_id = row.subject.partition(":")
    if SUBJECTS[noun] == "articles":
        article = indexable_article(conn, subject_id)
        return None if article is None else make_document("articles", describe_article(article), row.version)
    event = development(conn, subject_id)
    return None if event is None else make_document("developments", describe_development(event), row.version)


def read_all_documents(conn: Connection, collections: Sequence[Collection]) -> Iterator[Document]:
    """Yield every document of ``collections``, in the version last entered in the outbox (0: never entered)."""
    if "articles" in collections:
        for articles in in_batches(iter_articles(conn), BATCH):
            subjects = [f"article:{one.stored.article.id}" for one in articles]
            versions = index_versions(conn, subjects)
            for subject, article in zip(subjects, articles, strict=True):
                yield make_document("articles", describe_article(article), versions.get(subject, 0))
    if "developments" in collections:
        for events in in_batches(iter_developments(conn), BATCH):
            subjects = [f"development:{event.id}" for event in events]
            versions = index_versions(conn, subjects)
            for subject, event in zip(subjects, events, strict=True):
                yield make_document("developments", describe_development(event), versions.get(subject, 0))
