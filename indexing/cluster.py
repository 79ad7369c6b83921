"""The index in Elasticsearch: a numbered index of each collection behind a read alias and a write alias."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from indexing.cluster_client import check_version, connect, explained, shown
from indexing.cluster_search import export_body, search_answer, search_body
from indexing.cluster_versions import Names, Versions
from indexing.cluster_writing import put_documents
from indexing.documents import Document
from indexing.equivalents import read_query
from indexing.index import Putting, Readiness
from indexing.queries import positive_leaves
from indexing.schemas import COLLECTIONS, Collection
from indexing.searching import SearchAnswer, SearchRequest
from records.errors import IndexUnreachable

PAGE = 500
KEEP_ALIVE = "2m"
REBUILD_SECONDS = 120
"""How long a rebuild waits for one answer: it keeps a small server busy, and nobody waits for it."""


class ClusterIndex:
    """The index of a team; any number of processes may write to it and rebuild it at once."""

    def __init__(
        self, client: Elasticsearch, name: str, prefix: str, collections: tuple[Collection, ...] = COLLECTIONS
    ) -> None:
        self.name = name
        self.collections = collections
        self.client = client
        self.prefix = prefix
        self._names = Names(prefix)
        self._versions = Versions(client, self._names, collections)

    @classmethod
    def connect(cls, url: str, *, api_key: str | None, ca: Path | None, prefix: str) -> "ClusterIndex":
        """Return the index at ``url``; nothing is asked of it yet."""
        return cls(connect(url, api_key=api_key, ca=ca), shown(url), prefix)

    def prepare(self) -> Readiness:
        """Check the server's version; make the indices that are missing; put mappings that only grew."""
        with explained(self.name):
            check_version(self.client, self.name)
            states = {self._versions.prepare(collection) for collection in self.collections}
        return next(state for state in ("to_rebuild", "to_fill", "ready") if state in states)

    def put(self, documents: Iterable[Document]) -> Iterator[Putting]:
        """Send documents to the write alias, and to the version that a rebuild is filling at this moment."""

        def targets(collection: Collection) -> tuple[str, ...]:
            return self._versions.write_targets(collection)

        return put_documents(self.client, self.name, documents, targets)

    def rebuild(self, documents: Iterable[Document]) -> Iterator[Putting]:
        """Fill new indices and switch all aliases to them in one call; meanwhile others read and write as ever."""
        with explained(self.name):
            check_version(self.client, self.name)
            fresh = self._versions.begin()

        def targets(collection: Collection) -> tuple[str, ...]:
            return (self._names.following(collection),)

        try:
            patient = self.client.options(request_timeout=REBUILD_SECONDS)
            for putting in put_documents(patient, self.name, documents, targets):
                if putting.state == "postponed":
                    raise IndexUnreachable(f"the rebuild stopped: {putting.error}")
                yield putting
            with explained(self.name):
                self._versions.switch(fresh)
        except BaseException:
            self._versions.abandon(fresh)
            raise

    def checksums(self, collection: Collection, ids: Sequence[str]) -> Mapping[str, str]:
        """Return the checksums of those of ``ids`` that are there (also of those not yet visible to searches)."""
        alias = self._names.reading(collection)
        with explained(self.name):
            if not ids or not self.client.indices.exists_alias(name=alias):
                return {}
            answer = self.client.mget(index=alias, ids=list(ids), source_includes=["checksum"])
        return {item["_id"]: item["_source"]["checksum"] for item in answer["docs"] if item.get("found")}

    def count(self, collection: Collection) -> int:
        """Return how many documents searches see."""
        alias = self._names.reading(collection)
        with explained(self.name):
            return int(self.client.count(index=alias, ignore_unavailable=True)["count"])

    def refresh(self) -> None:
        """Make all that was put visible to searches; in a version that is being filled first, as it may follow."""
        with explained(self.name):
            for place in (self._names.following, self._names.reading):
                aliases = [place(collection) for collection in self.collections]
                self.client.indices.refresh(index=aliases, ignore_unavailable=True)

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Return the articles that match; none before the first pass."""
        query = read_query(request.query)
        if query is None and request.query.strip():
            return SearchAnswer(0, ())
        if not positive_leaves(query) and request.order == "relevance":
            request = replace(request, order="newest")  # nothing is scored: the same order, and no score is compared
        alias, body = self._names.reading("articles"), search_body(query, request)
        with explained(self.name):
            answer = self.client.search(index=alias, ignore_unavailable=True, **body)
        return search_answer(answer.body, request)

    def export(self, request: SearchRequest) -> Iterator[Mapping[str, Any]]:
        """Yield the document of every article that matches, page by page from one point in time."""
        query = read_query(request.query)
        if query is None and request.query.strip():
            return
        alias, body = self._names.reading("articles"), export_body(query, request)
        with explained(self.name):
            if not self.client.indices.exists_alias(name=alias):
                return
            point = self.client.open_point_in_time(index=alias, keep_alive=KEEP_ALIVE)["id"]
            try:
                after: list[Any] | None = None
                while True:
                    pit = {"id": point, "keep_alive": KEEP_ALIVE}
                    answer = self.client.search(pit=pit, size=PAGE, search_after=after, **body)
                    hits = answer["hits"]["hits"]
                    yield from (hit["_source"] for hit in hits)
                    if len(hits) < PAGE:
                        return
                    point, after = answer["pit_id"], hits[-1]["sort"]
            finally:
                self.client.options(ignore_status=404).close_point_in_time(id=point)

    def close(self) -> None:
        """Close the connections."""
        self.client.close()
