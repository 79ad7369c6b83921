"""From what the ledger holds to what is searched: one flat document per article and per development.

Each document is typed once: here, in finding_documents and in operation_documents; the mappings have the same fields (a
contract test holds them together). A field without a value is left out of what is sent. ``checksum`` is that of all
other fields: the ledger and an index agree when they agree on it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from indexing.finding_documents import FindingDocument
from indexing.operation_documents import PassDocument, PulseDocument
from indexing.schemas import Collection


@dataclass(frozen=True, slots=True)
class LanguageText:
    """Title and body once more, for the analyzer of one language."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """The text under the language it is written in; all others stay None. Other languages have only the folded text."""

    ar: LanguageText | None = None
    de: LanguageText | None = None
    en: LanguageText | None = None
    es: LanguageText | None = None
    fa: LanguageText | None = None
    fr: LanguageText | None = None
    it: LanguageText | None = None
    ja: LanguageText | None = None
    ko: LanguageText | None = None
    pt: LanguageText | None = None
    ru: LanguageText | None = None
    tr: LanguageText | None = None
    zh: LanguageText | None = None


LANGUAGES = tuple(field.name for field in fields(ByLanguage))


@dataclass(frozen=True, slots=True)
class ArticleDocument:
    """One article. ``story`` is the id of the article it is a copy of, its own when it is none.

    ``lag_seconds`` is from publication until we first had it. ``states`` are ISO 3166 codes of the states that speak
    or act in it; ``kinds``, ``speakers`` and the counts speak of findings on the topic only.
    """

    id: str
    url: str
    source: str
    publisher: str
    language: str | None
    title: str
    body: str
    by_language: ByLanguage
    published_at: datetime | None
    date_source: str | None
    date_zone_known: bool
    fetched_at: datetime
    first_seen: datetime
    lag_seconds: int | None
    origin: str
    content_hash: str
    text_scope: str
    truncated: bool
    version: int
    story: str
    on_topic: bool | None
    relevance: float | None
    kinds: tuple[str, ...]
    states: tuple[str, ...]
    speakers: tuple[str, ...]
    affiliations: tuple[str, ...]
    developments: tuple[str, ...]
    vote_count: int
    statement_count: int
    milestone_count: int
    checksum: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceFields:
    """The first report's proof: a sentence, and where it stands in which version of which article."""

    sentence: str
    start: int
    end: int
    rule: str
    content_hash: str
    article: str
    url: str


@dataclass(frozen=True, slots=True)
class DevelopmentDocument:
    """One development of any kind; what only its kind has is in the document of its vote, statement or milestone.

    ``published_at`` is that of its first dated report as news, as are ``url`` and ``title``. ``states`` are ISO 3166
    codes of the states that speak or act; ``speakers`` the full names where they are known.
    """

    id: str
    kind: str
    headline: str
    status: str
    first_seen: datetime
    event_date: date | None
    published_at: datetime | None
    lag_seconds: int | None
    publishers: int
    independent: int
    sighting_count: int
    recalled_count: int
    not_told_because: str | None
    on_topic: bool
    url: str | None
    urls: tuple[str, ...]
    title: str | None
    sources: tuple[str, ...]
    publisher_families: tuple[str, ...]
    articles: tuple[str, ...]
    states: tuple[str, ...]
    speakers: tuple[str, ...]
    evidence: EvidenceFields | None
    checksum: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What is sent to an index: a JSON object under an id, in a version that only grows.

    ``content`` is written once: it is what the checksum is of, beside the checksum itself, and what is sent.
    """

    collection: Collection
    id: str
    version: int
    checksum: str
    content: str

    @property
    def fields(self) -> Mapping[str, Any]:
        """The object's fields."""
        fields: dict[str, Any] = json.loads(self.content)
        return fields


TypedDocument = ArticleDocument | DevelopmentDocument | FindingDocument | PassDocument | PulseDocument


def make_document(collection: Collection, typed: TypedDocument, version: int) -> Document:
    """Return the document to send. ``version`` is the external version: an older one never replaces a newer one."""
    told = _TO_JSON.encode(_as_json(typed))
    checksum = hashlib.sha256(told.encode()).hexdigest()
    return Document(collection, typed.id, version, checksum, f'{told[:-1]},"checksum":"{checksum}"}}')


_TO_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@cache
def _names(record: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record)) if is_dataclass(record) else ()


def _as_json(value: Any) -> Any:
    # Called some fifty times for each document of a rebuild: the commonest types come first.
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    items = [(name, _as_json(getattr(value, name))) for name in _names(value.__class__)]
    return {name: item for name, item in items if item is not None and item != [] and item != {}}


_PLAIN = frozenset((str, int, float, bool))
