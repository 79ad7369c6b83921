"""The tables of the built-in index: documents, their labels (what filters match), and the words of articles.

The words live in a contentless FTS5 table: it is given the words again to forget them, so they are always made from
the stored document by this module alone.
"""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from indexing.analysis import ANALYSIS_VERSION, analyse, fold, tokenize
from indexing.documents import Document
from indexing.schemas import COLLECTIONS, load_schema

LABELS = ("language", "source", "publisher", "kinds", "states", "speakers", "affiliations")
"""Fields of an article that filters match, folded."""

CURRENT, NEXT = "", "_next"
"""What the names of tables end in: those that are searched, and those that a rebuild is filling."""

TABLES = """
CREATE TABLE documents{place} (
    number INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    published REAL,
    story TEXT,
    fields TEXT NOT NULL,
    UNIQUE (collection, id)
);
CREATE INDEX documents_by_time_{token} ON documents{place} (collection, published);
CREATE TABLE labels{place} (
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    shown TEXT NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (field, value, document)
) WITHOUT ROWID;
CREATE INDEX labels_by_document_{token} ON labels{place} (document);
CREATE VIRTUAL TABLE words{place} USING fts5(
    title, body, title_stems, body_stems, every,
    content='', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
CREATE TABLE about{place} (made_for TEXT NOT NULL, token TEXT NOT NULL);
"""
NAMES = ("documents", "labels", "words", "about")


class About(NamedTuple):
    """For which shape of documents tables were made, and what tells them from tables made later."""

    made_for: str
    token: str


def made_for() -> str:
    """Return what an index made by this release says of itself."""
    parts = [TABLES, *LABELS, str(ANALYSIS_VERSION), *(load_schema(collection).digest for collection in COLLECTIONS)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def create_tables(conn: sqlite3.Connection, place: str = CURRENT) -> str:
    """Make the tables of a place anew, empty, inside the transaction that is open; return the token of these."""
    token = secrets.token_hex(8)
    drop_tables(conn, place)
    for statement in TABLES.format(place=place, token=token).split(";"):
        if statement.strip():
            conn.execute(statement)
    conn.execute(f"INSERT INTO about{place} VALUES (?, ?)", (made_for(), token))  # noqa: S608
    return token


def drop_tables(conn: sqlite3.Connection, place: str) -> None:
    """Remove the tables of a place, as far as they are there."""
    for name in NAMES:
        conn.execute(f"DROP TABLE IF EXISTS {name}{place}")


def switch_tables(conn: sqlite3.Connection) -> None:
    """Let the next tables be the current ones."""
    drop_tables(conn, CURRENT)
    for name in NAMES:
        conn.execute(f"ALTER TABLE {name}{NEXT} RENAME TO {name}")


def read_about(conn: sqlite3.Connection, place: str = CURRENT) -> About | None:
    """Return what the tables of a place say of themselves; None when there are none."""
    if not conn.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (f"about{place}",)).fetchone():
        return None
    columns = conn.execute(f"SELECT * FROM about{place}")  # noqa: S608
    names = [column[0] for column in columns.description]
    told = dict(zip(names, columns.fetchone(), strict=True))
    return About(told["made_for"], told.get("token", ""))


def store_document(conn: sqlite3.Connection, document: Document, place: str = CURRENT) -> bool:
    """Store one document with its labels and words; False when a newer version of it is there already."""
    fields = document.fields
    held = conn.execute(
        f"SELECT number, version, fields FROM documents{place} WHERE collection = ? AND id = ?",  # noqa: S608
        (document.collection, document.id),
    ).fetchone()
    if held and held[1] > document.version:
        return False
    if held:
        _forget(conn, place, held[0], document.collection, json.loads(held[2]))
    number = conn.execute(
        f"INSERT INTO documents{place} VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",  # noqa: S608
        (
            held[0] if held else None,
            document.collection,
            document.id,
            document.version,
            document.checksum,
            _seconds(fields.get("published_at")),
            fields.get("story"),
            json.dumps(_without_copies(fields), ensure_ascii=False),
        ),
    ).fetchone()[0]
    if document.collection == "articles":
        conn.executemany(
            f"INSERT OR IGNORE INTO labels{place} VALUES (?, ?, ?, ?)",  # noqa: S608
            ((*label, number) for label in _labels(fields)),
        )
        conn.execute(
            f"INSERT INTO words{place} (rowid, title, body, title_stems, body_stems, every) "  # noqa: S608
            "VALUES (?, ?, ?, ?, ?, ?)",
            (number, *_words(fields)),
        )
    return True


def _forget(conn: sqlite3.Connection, place: str, number: int, collection: str, fields: Mapping[str, Any]) -> None:
    if collection == "articles":
        conn.execute(
            f"INSERT INTO words{place} (words{place}, rowid, title, body, title_stems, body_stems, every) "  # noqa: S608
            "VALUES ('delete', ?, ?, ?, ?, ?, ?)",
            (number, *_words(fields)),
        )
        conn.execute(f"DELETE FROM labels{place} WHERE document = ?", (number,))  # noqa: S608
    conn.execute(f"DELETE FROM documents{place} WHERE number = ?", (number,))  # noqa: S608


def _without_copies(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "by_language"}


def _labels(fields: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for field in LABELS:
        values = fields.get(field, ())
        for value in (values,) if isinstance(values, str) else values:
            yield field, fold_label(value), value


def fold_label(value: str) -> str:
    """Return a label as filters compare it."""
    return " ".join(fold(token.written) for token in tokenize(value)) or value


def _words(fields: Mapping[str, Any]) -> tuple[str, str, str, str, str]:
    language = fields.get("language")
    title, title_stems = analyse(fields.get("title", ""), language)
    body, body_stems = analyse(fields.get("body", ""), language)
    return title, body, title_stems, body_stems, "x"


def _seconds(instant: str | None) -> float | None:
    return None if instant is None else datetime.fromisoformat(instant).timestamp()
