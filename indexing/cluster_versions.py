"""The life of an index: version 1 behind its aliases, mappings that grow in place, a new version, the switch."""

from dataclasses import dataclass
from typing import Any

import structlog
from elastic_transport import TransportError
from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError

from indexing.index import Readiness
from indexing.schemas import Collection, load_schema

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of indices and aliases; ``following`` is the alias of a version that is being filled."""

    prefix: str

    def reading(self, collection: Collection) -> str:
        """The alias that searches use."""
        return f"{self.prefix}-{collection}"

    def writing(self, collection: Collection) -> str:
        """The alias that writers use."""
        return f"{self.prefix}-{collection}-write"

    def following(self, collection: Collection) -> str:
        """The alias of the version that a rebuild is filling."""
        return f"{self.prefix}-{collection}-next"

    def version(self, collection: Collection, number: int) -> str:
        """The name of one version's index."""
        return f"{self.prefix}-{collection}-v{number}"


class Versions:
    """The versions of every collection on one server."""

    def __init__(self, client: Elasticsearch, names: Names, collections: tuple[Collection, ...]) -> None:
        self._client = client
        self._names = names
        self._collections = collections

    def prepare(self, collection: Collection) -> Readiness:
        """Make version 1 when there is none; put the mapping when it only grew."""
        schema = load_schema(collection)
        current = self._current(collection)
        if current is None:
            return self._create_first(collection)
        live = self._client.indices.get_mapping(index=current)[current]["mappings"]
        if live.get("_meta", {}).get("digest") == schema.digest:
            return "ready"
        if not only_grew(live, schema.mappings) or self._settings_differ(current, schema.settings):
            return "to_rebuild"
        self._client.indices.put_mapping(index=current, properties=schema.properties, meta={"digest": schema.digest})
        log.info("The mapping grew in place", index=current)
        return "to_fill"

    def write_targets(self, collection: Collection) -> tuple[str, ...]:
        """The aliases a document must go to: the write alias, and the next version's while there is one."""
        following = self._names.following(collection)
        if self._client.indices.exists_alias(name=following):
            return self._names.writing(collection), following
        return (self._names.writing(collection),)

    def begin(self) -> dict[Collection, str]:
        """Make an empty next version of every collection; what an interrupted rebuild left is removed first."""
        return {collection: self._begin(collection) for collection in self._collections}

    def switch(self, fresh: dict[Collection, str]) -> None:
        """Give the new versions the aliases of the old ones, in one call; versions older than those are removed."""
        actions: list[dict[str, Any]] = []
        superseded: list[str] = []
        for collection, index in fresh.items():
            interval = load_schema(collection).settings["index"]["refresh_interval"]
            self._client.indices.put_settings(index=index, settings={"index": {"refresh_interval": interval}})
            old = self._current(collection)
            if old is not None:
                actions += [{"remove": {"index": old, "alias": alias}} for alias in self._serving(collection)]
            actions += [{"add": {"index": index, "alias": self._names.reading(collection)}}]
            actions += [
                {"add": {"index": index, "alias": self._names.writing(collection), "is_write_index": True}},
                {"remove": {"index": index, "alias": self._names.following(collection)}},
            ]
            superseded += [name for name in self._all_versions(collection) if name not in (old, index)]
        # What was put meanwhile went to old and new: again, just before and after, so that no reader misses it.
        self._client.indices.refresh(index=list(fresh.values()))
        self._client.indices.update_aliases(actions=actions)
        self._client.indices.refresh(index=list(fresh.values()))
        log.info("The aliases were switched to new versions", indices=sorted(fresh.values()))
        if superseded:
            self._client.indices.delete(index=superseded)

    def abandon(self, fresh: dict[Collection, str]) -> None:
        """Remove versions that will not be finished, as far as the server can be reached."""
        try:
            self._client.indices.delete(index=list(fresh.values()), ignore_unavailable=True)
        except (ApiError, TransportError) as error:
            log.warning(
                "An unfinished version stays until the next rebuild", indices=list(fresh.values()), error=str(error)
            )

    def _serving(self, collection: Collection) -> tuple[str, str]:
        return self._names.reading(collection), self._names.writing(collection)

    def _current(self, collection: Collection) -> str | None:
        """The index behind the read alias, None when there is none."""
        try:
            return str(next(iter(self._client.indices.get_alias(name=self._names.reading(collection)))))
        except NotFoundError:
            return None

    def _create_first(self, collection: Collection) -> Readiness:
        index = self._next_version(collection)
        aliases = {self._names.reading(collection): {}, self._names.writing(collection): {"is_write_index": True}}
        try:
            self._client.indices.create(index=index, aliases=aliases, **load_schema(collection).body)
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
            log.info("Another process made the index first", index=index)
        return "to_fill"

    def _begin(self, collection: Collection) -> str:
        # Numbered past the unfinished version too: its writer may still live, and removes only what it made.
        index = self._next_version(collection)
        try:
            unfinished = list(self._client.indices.get_alias(name=self._names.following(collection)))
            self._client.indices.delete(index=unfinished)
        except NotFoundError:
            pass
        body = load_schema(collection).body
        settings = {"index": {**body["settings"]["index"], "refresh_interval": "-1"}}
        self._client.indices.create(
            index=index, settings=settings, mappings=body["mappings"], aliases={self._names.following(collection): {}}
        )
        return index

    def _next_version(self, collection: Collection) -> str:
        return self._names.version(collection, 1 + max(self._all_versions(collection).values(), default=0))

    def _all_versions(self, collection: Collection) -> dict[str, int]:
        beginning = f"{self._names.reading(collection)}-v"
        found = self._client.indices.get(index=f"{beginning}*", features="aliases")
        numbers = {name: name.removeprefix(beginning) for name in found}
        return {name: int(number) for name, number in numbers.items() if number.isdecimal()}

    def _settings_differ(self, index: str, wanted: dict[str, Any]) -> bool:
        live = self._client.indices.get_settings(index=index)[index]["settings"]["index"]
        return bool(_as_text(live.get("analysis")) != _as_text(wanted["index"]["analysis"]))


def only_grew(live: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether every field of the live mapping is in the wanted one unchanged, so that it can be put in place."""
    live_fields, wanted_fields = live.get("properties", {}), wanted.get("properties", {})
    if not live_fields.keys() <= wanted_fields.keys():
        return False
    for name, field in live_fields.items():
        other = wanted_fields[name]
        if "properties" in field or "properties" in other:
            if not ("properties" in field and "properties" in other and only_grew(field, other)):
                return False
        elif _as_text(field) != _as_text(other):
            return False
    return True


def _as_text(value: Any) -> Any:
    """Settings come back from the server with every leaf as a string."""
    if isinstance(value, dict):
        return {name: _as_text(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return str(value)
