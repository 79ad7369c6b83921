"""The documents we send and the mappings we send them to have the same fields."""

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from indexing.documents import LANGUAGES, ArticleDocument, DevelopmentDocument
from indexing.finding_documents import MilestoneDocument, StatementDocument, VoteDocument
from indexing.operation_documents import PassDocument, PulseDocument
from indexing.schemas import COLLECTIONS, Collection, load_schema
from ledger.pulses import Pulse
from ledger.sources import SourcePass
from records.article import Article
from records.development import Development, Sighting
from records.finding import Milestone, Statement, Vote

DOCUMENTS: dict[Collection, type] = {
    "articles": ArticleDocument,
    "developments": DevelopmentDocument,
    "votes": VoteDocument,
    "statements": StatementDocument,
    "milestones": MilestoneDocument,
    "passes": PassDocument,
    "pulses": PulseDocument,
}
SIGHTED_AS: dict[str, str | None] = {
    "article_id": "article",
    "recalled": "recalled_count",
    "finding": None,
    "fingerprint": None,
}
RECORDED_AS: dict[tuple[type, type], dict[str, str | None]] = {
    (Article, ArticleDocument): {"text": "body", "guid": None},
    (Development, DevelopmentDocument): {"finding": None, "sightings": "evidence"},
    (Vote, VoteDocument): {},
    (Statement, StatementDocument): {"speaker": "mention", "speaker_full": "speaker", "spans": "quote"},
    (Milestone, MilestoneDocument): {},
    (Sighting, VoteDocument): SIGHTED_AS,
    (Sighting, StatementDocument): SIGHTED_AS,
    (Sighting, MilestoneDocument): SIGHTED_AS,
    (SourcePass, PassDocument): {},
    (Pulse, PulseDocument): {"number": "id"},
}
"""The records that documents are made of, and which of their fields have another name there, or none."""
MAPPED_AS: dict[type, set[str]] = {
    str: {"keyword", "text"},
    int: {"integer", "long"},
    float: {"float"},
    bool: {"boolean"},
    datetime: {"date"},
    date: {"date"},
}


def typed_fields(document: type) -> dict[str, Any]:
    """The fields of a document's type: its Python type for a leaf, a dictionary for an object."""
    hints = get_type_hints(document)
    return {field.name: leaf_type(hints[field.name]) for field in fields(document)}


def leaf_type(hint: Any) -> Any:
    """The type of one value: without None, and of the items where there may be several."""
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = [choice for choice in get_args(hint) if choice is not type(None)]
    if get_origin(hint) is tuple:
        hint = get_args(hint)[0]
    return typed_fields(hint) if isinstance(hint, type) and is_dataclass(hint) else hint


def differences(documented: dict[str, Any], mapped: dict[str, Any], path: str = "") -> list[str]:
    """Every field that is only on one side, or is of another type on the other."""
    found = [f"{path}{name} is on one side only" for name in documented.keys() ^ mapped.keys()]
    for name in documented.keys() & mapped.keys():
        kind, field = documented[name], mapped[name]
        if isinstance(kind, dict):
            found += differences(kind, field.get("properties", {}), f"{path}{name}.")
        elif field.get("type") not in MAPPED_AS[kind]:
            found.append(f"{path}{name} is {kind.__name__} here and {field.get('type')} there")
    return found


@pytest.mark.parametrize(("record", "document"), RECORDED_AS)
def test_every_field_of_a_record_is_in_its_document(record: type, document: type) -> None:
    """What is added to a record is searchable, or left out by name; a name that no longer exists is noticed."""
    renamed = RECORDED_AS[record, document]
    names = {field.name for field in fields(record)}
    assert set(renamed) <= names
    told = {renamed.get(name, name) for name in names} - {None}
    assert told <= {field.name for field in fields(document)}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_documents_and_mapping_have_the_same_fields(collection: Collection) -> None:
    """Recursively, and of matching types: a field that is added on one side only is noticed here."""
    assert differences(typed_fields(DOCUMENTS[collection]), load_schema(collection).properties) == []


def test_the_comparison_notices_a_difference() -> None:
    """A missing, a surplus and a mistyped field are each named."""
    documented = {"a": str, "b": {"c": int}, "d": bool}
    mapped = {"a": {"type": "date"}, "b": {"properties": {"x": {"type": "integer"}}}, "d": {"type": "boolean"}}
    assert sorted(differences(documented, mapped)) == [
        "a is str here and date there",
        "b.c is on one side only",
        "b.x is on one side only",
    ]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_unknown_fields_are_refused_at_every_level(collection: Collection) -> None:
    """``dynamic: strict`` stands in the mapping and in each object of it."""

    def loose(mapping: dict[str, Any], path: str) -> list[str]:
        here = [] if mapping.get("dynamic") == "strict" else [path]
        inner = {name: field for name, field in mapping["properties"].items() if "properties" in field}
        return here + [name for key, field in inner.items() for name in loose(field, f"{path}{key}.")]

    assert loose(load_schema(collection).mappings, "") == []


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_facets_are_exact(collection: Collection) -> None:
    """Whatever is counted or filtered is a keyword, a number, a boolean or a date; only prose is analysed text."""
    prose = {"title", "body", "headline", "by_language", "evidence", "sentence", "sentences", "quote"}
    types_found = {name: field.get("type") for name, field in load_schema(collection).properties.items()}
    assert [name for name, kind in types_found.items() if kind == "text" and name not in prose] == []


def test_articles_have_a_top_level_url() -> None:
    """Others find an article by its URL."""
    assert load_schema("articles").properties["url"]["type"] == "keyword"


def test_every_language_has_title_and_body_of_its_own_analyzer() -> None:
    """Both fields of a language are analysed alike, and no language is left to the folded text by mistake."""
    by_language = load_schema("articles").properties["by_language"]["properties"]
    assert set(by_language) == set(LANGUAGES)
    for code, field in by_language.items():
        analyzers = {part["analyzer"] for part in field["properties"].values()}
        assert len(analyzers) == 1, code
        assert "folded" not in analyzers, code
