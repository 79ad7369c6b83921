"""The shape of each index, as plain data: the JSON files under ``mappings/`` and what names they go by."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Collection = Literal["articles", "developments", "votes", "statements", "milestones", "passes", "pulses"]
COLLECTIONS: tuple[Collection, ...] = (
    "articles", "developments", "votes", "statements", "milestones", "passes", "pulses",
)  # fmt: skip
MAPPINGS = Path(__file__).parent / "mappings"


@dataclass(frozen=True)
class Schema:
    """Settings and mappings of one collection; ``digest`` names exactly this pair."""

    collection: Collection
    settings: dict[str, Any]
    mappings: dict[str, Any]
    digest: str

    @property
    def properties(self) -> dict[str, Any]:
        """The top-level fields of the mapping."""
        properties: dict[str, Any] = self.mappings["properties"]
        return properties

    @property
    def body(self) -> dict[str, Any]:
        """What is sent to create an index: the digest travels in ``_meta``, to be compared at every start."""
        return {"settings": self.settings, "mappings": {**self.mappings, "_meta": {"digest": self.digest}}}


@cache
def load_schema(collection: Collection) -> Schema:
    """Return the schema of a collection."""
    settings = json.loads((MAPPINGS / "settings.json").read_text(encoding="utf-8"))
    mappings = json.loads((MAPPINGS / f"{collection}.json").read_text(encoding="utf-8"))
    told = json.dumps([settings, mappings], sort_keys=True, ensure_ascii=False)
    return Schema(collection, settings, mappings, hashlib.sha256(told.encode()).hexdigest()[:16])
