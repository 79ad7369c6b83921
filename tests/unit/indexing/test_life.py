"""The life of an index: versions of documents, rebuilding, growing; the same promises for both indexes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexing import embedded_tables
from indexing.cluster import ClusterIndex
from indexing.describing import describe_development
from indexing.documents import Document, make_document
from indexing.embedded import EmbeddedIndex
from indexing.index import Index
from indexing.schemas import Collection, Schema, load_schema
from indexing.searching import SearchRequest
from records.errors import IndexUnreachable
from tests.servers.elasticsearch import ElasticsearchServer
from tests.unit.indexing.builders import make_article_document, make_development, make_vote
from tests.unit.indexing.conftest import open_cluster, remove_cluster


def states(index: Index, *documents: Document) -> list[str]:
    """What became of each document put."""
    return [putting.state for putting in index.put(documents)]


def titles(index: Index) -> list[str]:
    """All titles in the index."""
    index.refresh()
    return sorted(hit.title for hit in index.search(SearchRequest()).hits)


def test_a_replay_is_harmless(index: Index) -> None:
    """The same version again is taken, an older one is answered as such and changes nothing."""
    assert states(index, make_article_document(version=3, title="New")) == ["indexed"]
    assert states(index, make_article_document(version=3, title="New")) == ["indexed"]
    assert states(index, make_article_document(version=2, title="Old")) == ["older"]
    assert titles(index) == ["New"]


def test_a_newer_version_replaces_every_word_of_the_older(index: Index) -> None:
    """What an article no longer says is no longer found."""
    states(index, make_article_document(version=1, title="Abstention", text="Ransomware", source="a"))
    states(index, make_article_document(version=2, title="Ratification", text="Phishing", source="b"))
    index.refresh()
    assert index.search(SearchRequest("ransomware | abstention")).total == 0
    assert index.search(SearchRequest(sources=("a",))).total == 0
    assert index.search(SearchRequest("phishing ratification", sources=("b",))).total == 1


def test_documents_of_both_collections_are_counted_and_compared(index: Index) -> None:
    """An article and a development may even have the same id."""
    article = make_article_document()
    development = make_document("developments", describe_development(make_development(make_vote())), 1)
    assert states(index, article, development) == ["indexed", "indexed"]
    index.refresh()
    assert (index.count("articles"), index.count("developments")) == (1, 1)
    assert index.checksums("articles", [article.id, "absent"]) == {article.id: article.checksum}
    assert index.checksums("developments", [development.id]) == {development.id: development.checksum}
    assert index.checksums("articles", []) == {}


def test_preparing_twice_changes_nothing(index: Index) -> None:
    """An index that is as it should be is left alone."""
    states(index, make_article_document())
    assert index.prepare() == "ready"
    assert len(titles(index)) == 1


def test_a_rebuild_replaces_all_there_was(index: Index) -> None:
    """Documents that are no longer known disappear, at one instant."""
    states(index, make_article_document("gone", title="Gone"))
    done = list(index.rebuild(make_article_document(name, version=0, title=name) for name in ("a", "b")))
    assert [putting.state for putting in done] == ["indexed", "indexed"]
    assert titles(index) == ["a", "b"]
    assert index.prepare() == "ready"


def test_readers_see_the_old_index_until_the_new_one_is_whole(index: Index) -> None:
    """A rebuild that is interrupted leaves everything as it was, and the next one starts clean."""
    states(index, make_article_document("old", title="old"))

    def interrupted() -> Iterator[Document]:
        yield make_article_document("new", title="new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(index.rebuild(interrupted()))
    assert titles(index) == ["old"]
    list(index.rebuild([make_article_document("new", title="new")]))
    assert titles(index) == ["new"]


def test_writers_go_on_while_the_built_in_index_is_made_anew(tmp_path: Path) -> None:
    """What another process puts meanwhile is in the old tables at once, and in the new ones, where the newest wins."""
    index, other = EmbeddedIndex(tmp_path / "index.sqlite"), EmbeddedIndex(tmp_path / "index.sqlite")
    index.prepare()
    states(index, make_article_document("a", version=1, title="a1"))

    def while_others_write() -> Iterator[Document]:
        yield make_article_document("b", version=1, title="b1")
        assert states(other, make_article_document("a", version=2, title="a2")) == ["indexed"]
        assert states(other, make_article_document("c", version=1, title="c1")) == ["indexed"]
        assert titles(other) == ["a2", "c1"]
        yield make_article_document("a", version=1, title="a1")

    done = [putting.state for putting in index.rebuild(while_others_write())]
    assert done == ["indexed", "older"]
    assert titles(other) == ["a2", "b1", "c1"]
    for each in (index, other):
        each.close()


def test_a_killed_rebuild_of_the_built_in_index_leaves_no_obstacle(tmp_path: Path) -> None:
    """The next one begins anew, and the killed one, should it live after all, touches nothing of it."""
    killed, index = EmbeddedIndex(tmp_path / "index.sqlite"), EmbeddedIndex(tmp_path / "index.sqlite")
    index.prepare()
    rebuild = killed.rebuild(make_article_document(f"n{number}") for number in range(1000))
    next(rebuild)  # the process ends here: nothing of it is closed

    def while_the_killed_one_lives() -> Iterator[Document]:
        yield make_article_document("whole")
        with pytest.raises(IndexUnreachable):
            list(rebuild)

    list(index.rebuild(while_the_killed_one_lives()))
    assert len(titles(index)) == 1
    for each in (killed, index):
        each.close()


def test_texts_of_any_kind_are_taken(index: Index) -> None:
    """Zero bytes, lone marks, emoji, one very long word, an empty title."""
    texts = ["\0 a\0b", "\u0301\u064b", "🗳️ vote", "x" * 40_000, "word " * 50_000, "\ue000private\ue001"]
    documents = [make_article_document(f"n{at}", text=text, title=text[:50]) for at, text in enumerate(texts)]
    assert states(index, *documents, make_article_document("empty", title="", text="")) == ["indexed"] * 7
    index.refresh()
    assert index.count("articles") == 7


def test_another_process_sees_what_was_put(tmp_path: Path) -> None:
    """The built-in index is one file: what is committed is there for whoever opens it, and needs no preparing."""
    writer, reader = EmbeddedIndex(tmp_path / "index.sqlite"), EmbeddedIndex(tmp_path / "index.sqlite")
    assert reader.prepare() == "to_fill"
    states(writer, make_article_document(title="seen"))
    assert titles(reader) == ["seen"]
    writer.close()
    reader.close()


def check_nothing_found(index: Index) -> None:
    """An index that does not exist yet is empty, not an error."""
    answer = index.search(SearchRequest("vote", facets=("source",)))
    assert (answer.total, answer.hits) == (0, ())
    assert list(index.export(SearchRequest())) == []
    assert index.checksums("articles", ["a"]) == {}
    assert index.count("articles") == 0
    index.refresh()


def test_a_search_before_the_first_pass_finds_nothing(tmp_path: Path) -> None:
    """The built-in index has no file yet."""
    index = EmbeddedIndex(tmp_path / "index.sqlite")
    check_nothing_found(index)
    index.close()


@pytest.mark.elasticsearch
def test_a_search_before_the_first_pass_finds_nothing_on_a_server(elasticsearch_server: ElasticsearchServer) -> None:
    """Elasticsearch has no aliases of ours yet."""
    index = open_cluster(elasticsearch_server)
    check_nothing_found(index)
    remove_cluster(index)


def test_a_damaged_built_in_index_is_made_anew(tmp_path: Path) -> None:
    """The file is derived: what is no database is put beside, and the index is to be filled from the ledger."""
    file = tmp_path / "index.sqlite"
    file.write_bytes(b"this is no database at all" * 1000)
    index = EmbeddedIndex(file)
    assert index.prepare() == "to_fill"
    assert states(index, make_article_document()) == ["indexed"]
    assert (tmp_path / "index.sqlite.damaged").exists()
    index.close()


def test_a_built_in_index_of_another_release_asks_for_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words analysed differently cannot be searched together."""
    index = EmbeddedIndex(tmp_path / "index.sqlite")
    index.prepare()
    monkeypatch.setattr(embedded_tables, "ANALYSIS_VERSION", -1)
    assert index.prepare() == "to_rebuild"
    list(index.rebuild([make_article_document()]))
    assert index.prepare() == "ready"
    index.close()


@pytest.mark.elasticsearch
def test_an_unknown_field_is_refused_and_the_others_go_on(cluster: ClusterIndex) -> None:
    """The mapping is strict: a document with a field too many is refused by itself, with the reason."""
    wrong = make_article_document("wrong")
    wrong = Document("articles", wrong.id, 1, wrong.checksum, json.dumps({**wrong.fields, "mood": "good"}))
    done = list(cluster.put([make_article_document("a"), wrong, make_article_document("b")]))
    assert [putting.state for putting in done] == ["indexed", "refused", "indexed"]
    assert done[1].error is not None
    assert "mood" in done[1].error


@pytest.mark.elasticsearch
def test_nothing_is_written_past_the_aliases(elasticsearch_server: ElasticsearchServer) -> None:
    """Without its alias a document waits: no index is ever made by writing to it."""
    opened = open_cluster(elasticsearch_server)
    try:
        (putting,) = opened.put([make_article_document()])
        assert putting.state == "postponed"
        assert not opened.client.indices.exists(index=f"{opened.prefix}-articles-write")
    finally:
        remove_cluster(opened)


@pytest.mark.elasticsearch
def test_writers_go_on_during_a_rebuild_and_lose_nothing(cluster: ClusterIndex) -> None:
    """A document put by another process while the new version is filled is in both versions, the newest one wins."""
    other = ClusterIndex(cluster.client, cluster.name, cluster.prefix, cluster.collections)
    states(cluster, make_article_document("a", version=1, title="a1"))

    def while_others_write() -> Iterator[Document]:
        yield make_article_document("b", version=1, title="b1")
        assert states(other, make_article_document("a", version=2, title="a2")) == ["indexed"]
        assert states(other, make_article_document("c", version=1, title="c1")) == ["indexed"]
        assert titles(cluster) == ["a2", "c1"]
        yield make_article_document("a", version=1, title="a1")

    done = [putting.state for putting in cluster.rebuild(while_others_write())]
    assert done == ["indexed", "older"]
    assert titles(cluster) == ["a2", "b1", "c1"]


@pytest.mark.elasticsearch
def test_a_rebuild_that_was_killed_leaves_no_obstacle(cluster: ClusterIndex) -> None:
    """Its half-filled version is removed by the next rebuild; the one before the last is kept no longer."""
    rebuild = cluster.rebuild(make_article_document(f"n{number}") for number in range(1000))
    next(rebuild)  # the process ends here: nothing of it is closed
    list(
        ClusterIndex(cluster.client, cluster.name, cluster.prefix, cluster.collections).rebuild(
            [make_article_document("whole")]
        )
    )
    with pytest.raises(IndexUnreachable):
        list(rebuild)
    assert len(titles(cluster)) == 1
    list(cluster.rebuild([make_article_document("again")]))
    kept = cluster.client.indices.get(index=f"{cluster.prefix}-articles-v*", features="aliases")
    assert len(kept) == 2


@pytest.mark.elasticsearch
def test_a_mapping_that_only_grew_is_put_in_place(cluster: ClusterIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """No new version is needed for a new field; the documents are to be put again to have it."""
    schema = load_schema("articles")
    grown = {**schema.mappings, "properties": {**schema.properties, "mood": {"type": "keyword"}}}
    _use(monkeypatch, Schema("articles", schema.settings, grown, "grown"))
    assert cluster.prepare() == "to_fill"
    assert cluster.prepare() == "ready"
    live = cluster.client.indices.get_mapping(index=f"{cluster.prefix}-articles")
    assert [*live] == [f"{cluster.prefix}-articles-v1"]
    assert live[f"{cluster.prefix}-articles-v1"]["mappings"]["properties"]["mood"] == {"type": "keyword"}


@pytest.mark.elasticsearch
def test_a_mapping_that_changed_asks_for_a_rebuild(cluster: ClusterIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field of another type cannot be changed in place; after the rebuild all is as it should be."""
    schema = load_schema("articles")
    changed = {**schema.mappings, "properties": {**schema.properties, "version": {"type": "long"}}}
    _use(monkeypatch, Schema("articles", schema.settings, changed, "changed"))
    assert cluster.prepare() == "to_rebuild"
    list(cluster.rebuild([make_article_document()]))
    assert cluster.prepare() == "ready"


def _use(monkeypatch: pytest.MonkeyPatch, other: Schema) -> None:
    def load(collection: Collection) -> Schema:
        return other if collection == other.collection else load_schema(collection)

    monkeypatch.setattr("indexing.cluster_versions.load_schema", load)
