"""Sources out to other programs and in from them: OPML for feed readers, CSV for everybody else."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Literal, cast

import yaml
from lxml import etree

from crawlers.source import Source, Way
from records.errors import ConfigurationError

Format = Literal["opml", "csv"]
COLUMNS = (
    "id", "name", "homepage", "publisher", "country", "languages", "state_media", "kind", "url", "links", "fetch",
    "every", "expects_per_week",
)  # fmt: skip


def export_sources(sources: Sequence[Source], form: Format) -> str:
    """Return sources as OPML (their feeds only, as feed readers take them) or CSV (a row for each way in)."""
    return _to_opml(sources) if form == "opml" else _to_csv(sources)


def import_sources(text: str, form: Format) -> dict[str, str]:
    """Return the content of a source file for each id that an OPML or CSV document describes.

    OPML knows less than a source: what it does not say (country, state media, expectation) gets INT, false
    and 0, to be looked over. Raises ConfigurationError when the document cannot be read.
    """
    rows = _from_opml(text) if form == "opml" else _from_csv(text)
    files: dict[str, dict[str, object]] = {}
    for row in rows:
        identifier = row.get("id") or _slug(row["name"])
        kept = files.setdefault(identifier, _frame(row))
        ways = cast("list[dict[str, str]]", kept["find"])
        way = {row.get("kind") or "feed": row["url"]} | ({"links": row["links"]} if row.get("links") else {})
        if way not in ways:
            ways.append(way)
    return {name: yaml.safe_dump(content, allow_unicode=True, sort_keys=False) for name, content in files.items()}


def period_text(period: timedelta) -> str:
    """Return a period as a source file writes it: 15m, 2h, 1d."""
    minutes = int(period.total_seconds() // 60)
    for unit, length in (("d", 1440), ("h", 60)):
        if minutes % length == 0:
            return f"{minutes // length}{unit}"
    return f"{minutes}m"


def _to_opml(sources: Sequence[Source]) -> str:
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Convention Watch: sources"
    body = etree.SubElement(root, "body")
    for source in sources:
        for way in source.find:
            if way.kind == "feed":
                said = {"type": "rss", "text": source.name, "title": source.name, "xmlUrl": way.url}
                etree.SubElement(body, "outline", {**said, "htmlUrl": source.homepage, "language": source.languages[0]})
    return etree.tostring(root, encoding="unicode", pretty_print=True)


def _to_csv(sources: Sequence[Source]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for source in sources:
        for way in source.find:
            writer.writerow({name: _safe(value) for name, value in _row(source, way).items()})
    return out.getvalue()


def _row(source: Source, way: Way) -> dict[str, str]:
    return {
        "id": source.id,
        "name": source.name,
        "homepage": source.homepage,
        "publisher": source.publisher,
        "country": source.country,
        "languages": " ".join(source.languages),
        "state_media": str(source.state_media).lower(),
        "kind": way.kind,
        "url": way.url,
        "links": way.links or "",
        "fetch": source.fetch,
        "every": period_text(source.every),
        "expects_per_week": str(source.expects_per_week),
    }


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _from_csv(text: str) -> Iterable[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text))
    missing = {"name", "url"} - set(reader.fieldnames or ())
    if missing:
        raise ConfigurationError(f"the CSV has no column {', '.join(sorted(missing))}")
    for row in reader:
        yield {name: value.removeprefix("'") for name, value in row.items() if name and value}


def _from_opml(text: str) -> Iterable[dict[str, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise ConfigurationError(f"the OPML cannot be read: {error}") from error
    for outline in root.iter("outline"):
        url = outline.get("xmlUrl")
        if url:
            home = outline.get("htmlUrl") or "/".join(url.split("/")[:3])
            row = {"name": outline.get("title") or outline.get("text") or url, "url": url, "homepage": home}
            yield row | {"languages": outline.get("language") or "en"}


def _frame(row: dict[str, str]) -> dict[str, object]:
    return {
        "name": row["name"],
        "homepage": row.get("homepage") or "/".join(row["url"].split("/")[:3]),
        "publisher": row.get("publisher") or _slug(row["name"]),
        "country": row.get("country") or "INT",
        "languages": (row.get("languages") or "en").split(),
        "state_media": row.get("state_media") == "true",
        "find": [],
        "fetch": row.get("fetch") or "all",
        "every": row.get("every") or "1h",
        "expects_per_week": int(row.get("expects_per_week") or 0),
    }


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "source"
