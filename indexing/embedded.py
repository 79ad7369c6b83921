"""The built-in index: one SQLite file, nothing to install. Derived from the ledger, and disposable, as any index is."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import structlog

from indexing.batches import in_batches
from indexing.documents import Document
from indexing.embedded_search import export_articles, search_articles
from indexing.embedded_tables import (
    CURRENT,
    NEXT,
    create_tables,
    drop_tables,
    made_for,
    read_about,
    store_document,
    switch_tables,
)
from indexing.index import Putting, Readiness
from indexing.schemas import Collection
from indexing.searching import SearchAnswer, SearchRequest
from records.errors import IndexUnreachable

log = structlog.get_logger(__name__)

DAMAGE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
WAIT_SECONDS = 30
BATCH = 200


class EmbeddedIndex:
    """The index in one file; several processes may use it at once. It has nothing of what only Kibana asks for."""

    name = "embedded"
    collections: tuple[Collection, ...] = ("articles", "developments")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._conn: sqlite3.Connection | None = None

    def prepare(self) -> Readiness:
        """Make the file and its tables when they are missing; put a damaged file beside and begin anew."""
        try:
            return self._prepare()
        except IndexUnreachable as error:
            if getattr(error.__cause__, "sqlite_errorcode", None) not in DAMAGE:
                raise
            log.error("The built-in index is damaged; it is made anew from the ledger", error=str(error))
            self._put_beside()
            return self._prepare()

    def _prepare(self) -> Readiness:
        with self._using(write=True) as conn:
            about = read_about(conn)
            if about is None:
                create_tables(conn)
                return "to_fill"
            return "ready" if about.made_for == made_for() else "to_rebuild"

    def put(self, documents: Iterable[Document]) -> Iterator[Putting]:
        """Store documents, a transaction for each batch; also where a rebuild is filling new tables at this moment."""
        for batch in in_batches(documents, BATCH):
            with self._using(write=True) as conn:
                places = self._places(conn)
                done = [_put_one(conn, document, places) for document in batch]
            yield from done

    def rebuild(self, documents: Iterable[Document]) -> Iterator[Putting]:
        """Fill new tables beside the old ones and switch to them at once; meanwhile others read and write as ever."""
        with self._using(write=True) as conn:
            token = create_tables(conn, NEXT)
        try:
            for batch in in_batches(documents, BATCH):
                with self._filling(token) as conn:
                    done = [_put_one(conn, document, (NEXT,)) for document in batch]
                yield from done
            with self._filling(token) as conn:
                switch_tables(conn)
        except BaseException:
            self._abandon(token)
            raise

    def checksums(self, collection: Collection, ids: Sequence[str]) -> Mapping[str, str]:
        """Return the checksums of those of ``ids`` that are there."""
        found: dict[str, str] = {}
        with self._using() as conn:
            if read_about(conn) is None:
                return {}
            for some in in_batches(ids, BATCH):
                marks = ", ".join("?" * len(some))
                found.update(
                    conn.execute(
                        f"SELECT id, checksum FROM documents WHERE collection = ? AND id IN ({marks})",  # noqa: S608
                        (collection, *some),
                    )
                )
        return found

    def count(self, collection: Collection) -> int:
        """Return how many documents there are."""
        with self._using() as conn:
            if read_about(conn) is None:
                return 0
            counted = conn.execute("SELECT count(*) FROM documents WHERE collection = ?", (collection,)).fetchone()
            return int(counted[0])

    def refresh(self) -> None:
        """Nothing to do: what is committed is visible."""

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Return the articles that match; none before the first pass."""
        with self._using() as conn:
            if read_about(conn) is None:
                return SearchAnswer(0, ())
            return search_articles(conn, request)

    def export(self, request: SearchRequest) -> Iterator[Mapping[str, Any]]:
        """Yield the document of every article that matches; writers go on, what they write is not in it."""
        # On a connection of its own: whoever reads slowly may ask for other things meanwhile.
        with closing(EmbeddedIndex(self._path)) as own, own._using() as conn:
            if read_about(conn) is not None:
                yield from export_articles(conn, request)

    def close(self) -> None:
        """Close the file."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None

    def _put_beside(self) -> None:
        self.close()
        self._path.replace(self._path.with_name(f"{self._path.name}.damaged"))
        for leftover in ("-wal", "-shm"):
            self._path.with_name(self._path.name + leftover).unlink(missing_ok=True)

    def _places(self, conn: sqlite3.Connection) -> tuple[str, ...]:
        """The tables that a document must go to: those of today's shape, current and next."""
        found = [
            place for place in (CURRENT, NEXT) if (about := read_about(conn, place)) and about.made_for == made_for()
        ]
        if not found:
            raise IndexUnreachable(f"the built-in index {self._path} must be rebuilt before it can be written to")
        return tuple(found)

    @contextmanager
    def _filling(self, token: str) -> Iterator[sqlite3.Connection]:
        """A transaction of the rebuild that made the next tables."""
        with self._using(write=True) as conn:
            about = read_about(conn, NEXT)
            if about is None or about.token != token:
                raise IndexUnreachable("the rebuild stopped: another one has begun")
            yield conn

    def _abandon(self, token: str) -> None:
        """Remove tables that will not be finished, as far as the file can be used."""
        try:
            with self._filling(token) as conn:
                drop_tables(conn, NEXT)
        except IndexUnreachable as error:
            log.warning("Unfinished tables stay until the next rebuild", index=str(self._path), error=str(error))

    @contextmanager
    def _using(self, *, write: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            conn = self._conn or self._connect()
            conn.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            try:
                yield conn
            except BaseException:
                conn.execute("ROLLBACK")
                raise
            conn.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise IndexUnreachable(f"the built-in index {self._path} cannot be used: {error}") from error

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._conn = sqlite3.connect(self._path, timeout=WAIT_SECONDS, isolation_level=None)
        self._conn.execute("PRAGMA journal_mode = WAL")
        self._conn.execute("PRAGMA synchronous = NORMAL")  # derived: a lost last batch is put again from the ledger
        return self._conn


def _put_one(conn: sqlite3.Connection, document: Document, places: Sequence[str]) -> Putting:
    stored = [store_document(conn, document, place) for place in places]
    return Putting(document.collection, document.id, "indexed" if any(stored) else "older")
