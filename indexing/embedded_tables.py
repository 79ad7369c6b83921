"""The tables of the built-in index: documents, their labels (what filters match), and the words of articles.

The words live in a contentless FTS5 table: it is given the words again to forget them, so they are always made from
the stored document by this module alone.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from indexing.analysis import ANALYSIS_VERSION, STEMMED_LANGUAGES, fold, stem, tokenize
from indexing.documents import Document
from indexing.schemas import COLLECTIONS, load_schema

LABELS = ("language", "source", "publisher", "kinds", "states", "speakers", "affiliations")
"""Fields of an article that filters match, folded."""

TABLES = """
CREATE TABLE documents (
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
CREATE INDEX documents_by_time ON documents (collection, published);
CREATE TABLE labels (
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    shown TEXT NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (field, value, document)
) WITHOUT ROWID;
CREATE INDEX labels_by_document ON labels (document);
CREATE VIRTUAL TABLE words USING fts5(
    title, body, title_stems, body_stems, every,
    content='', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
CREATE TABLE about (made_for TEXT NOT NULL);
"""
DROPS = "".join(f"DROP TABLE IF EXISTS {table};" for table in ("documents", "labels", "words", "about"))


def made_for() -> str:
    """Return what an index made by this release says of itself."""
    parts = [TABLES, *LABELS, str(ANALYSIS_VERSION), *(load_schema(collection).digest for collection in COLLECTIONS)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def create_tables(conn: sqlite3.Connection) -> None:
    """Make the tables anew, empty, inside the transaction that is open."""
    for statement in (DROPS + TABLES).split(";"):
        if statement.strip():
            conn.execute(statement)
    conn.execute("INSERT INTO about VALUES (?)", (made_for(),))


def store_document(conn: sqlite3.Connection, document: Document) -> bool:
    """Store one document with its labels and words; False when a newer version of it is there already."""
    fields = document.fields
    held = conn.execute(
        "SELECT number, version, fields FROM documents WHERE collection = ? AND id = ?",
        (document.collection, document.id),
    ).fetchone()
    if held and held[1] > document.version:
        return False
    if held:
        _forget(conn, held[0], document.collection, json.loads(held[2]))
    number = conn.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
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
            "INSERT OR IGNORE INTO labels VALUES (?, ?, ?, ?)",
            ((*label, number) for label in _labels(fields)),
        )
        conn.execute(
            "INSERT INTO words (rowid, title, body, title_stems, body_stems, every) VALUES (?, ?, ?, ?, ?, ?)",
            (number, *_words(fields)),
        )
    return True


def _forget(conn: sqlite3.Connection, number: int, collection: str, fields: Mapping[str, Any]) -> None:
    if collection == "articles":
        conn.execute(
            "INSERT INTO words (words, rowid, title, body, title_stems, body_stems, every) "
            "VALUES ('delete', ?, ?, ?, ?, ?, ?)",
            (number, *_words(fields)),
        )
        conn.execute("DELETE FROM labels WHERE document = ?", (number,))
    conn.execute("DELETE FROM documents WHERE number = ?", (number,))


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
    title, title_stems = _analyse(fields.get("title", ""), language)
    body, body_stems = _analyse(fields.get("body", ""), language)
    return title, body, title_stems, body_stems, "x"


def _analyse(text: str, language: str | None) -> tuple[str, str]:
    tokens = list(tokenize(text))
    folded = " ".join(token.folded for token in tokens)
    if language not in STEMMED_LANGUAGES:
        return folded, ""
    return folded, " ".join(stem(token.written, language) for token in tokens if not token.paired)


def _seconds(instant: str | None) -> float | None:
    return None if instant is None else datetime.fromisoformat(instant).timestamp()
