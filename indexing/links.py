"""Links into Kibana for mails and the command, by its locators: a versioned form that later releases still read.

Every character that a mail program or an HTML attribute could break on is percent-encoded.
"""

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from indexing.opening import INDEX_PREFIX
from records.alert import Link
from records.development import Development

LOCATOR_VERSION = "9.5.3"
DAY = timedelta(days=1)


def discover_link(
    base: str, data_view: str, *, kql: str = "", since: datetime, until: datetime, columns: tuple[str, ...] = ()
) -> str:
    """Return the link to the documents of a data view in an absolute span of time (UTC), as Discover shows them.

    ``base`` is Kibana's own URL, with ``/s/<space>`` for a space that is not the default one.
    """
    parameters = {
        "dataViewId": data_view,
        "timeRange": _span(since, until),
        "query": {"query": kql, "language": "kuery"},
        "columns": list(columns),
    }
    return _locate(base, "DISCOVER_APP_LOCATOR", parameters)


def dashboard_link(base: str, dashboard: str, *, kql: str = "", since: datetime, until: datetime) -> str:
    """Return the link to a dashboard (such as ``votes``) in an absolute span of time (UTC)."""
    parameters = {
        "dashboardId": f"{INDEX_PREFIX}-{dashboard}",
        "timeRange": _span(since, until),
        "query": {"query": kql, "language": "kuery"},
    }
    return _locate(base, "DASHBOARD_APP_LOCATOR", parameters)


def development_link(base: str, development_id: str, *, since: datetime, until: datetime) -> str:
    """Return the link to one development in Discover; ``since`` and ``until`` must span its ``first_seen``."""
    columns = ("kind", "headline", "evidence.sentence", "status", "url")
    kql = f"id : {kql_phrase(development_id)}"
    return discover_link(base, f"{INDEX_PREFIX}-developments", kql=kql, since=since, until=until, columns=columns)


def development_links(base: str, development: Development) -> tuple[Link, ...]:
    """Return where Kibana shows a development with its proof, and the dashboard of its kind in the month around it."""
    seen = development.first_seen
    happened = seen
    if development.event_date is not None and development.kind == "vote":
        happened = datetime.combine(development.event_date, time.min, UTC)
    board = {"vote": "votes", "statement": "statements"}.get(development.kind, "today")
    since, until = happened - timedelta(days=15), happened + timedelta(days=15)
    return (
        Link("This in Kibana", development_link(base, development.id, since=seen - DAY, until=seen + DAY)),
        Link("What was around it", dashboard_link(base, board, since=since, until=until)),
    )


def kql_phrase(value: str) -> str:
    """Return any text as a phrase of Kibana's query language, in which nothing is an operator."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    for character, name in (("\t", "\\t"), ("\r", "\\r"), ("\n", "\\n")):
        escaped = escaped.replace(character, name)
    return f'"{escaped}"'


def _span(since: datetime, until: datetime) -> dict[str, str]:
    return {"from": since.isoformat().replace("+00:00", "Z"), "to": until.isoformat().replace("+00:00", "Z")}


def _locate(base: str, locator: str, parameters: dict[str, Any]) -> str:
    told = json.dumps(parameters, ensure_ascii=True, separators=(",", ":"))
    return f"{base.rstrip('/')}/app/r?l={locator}&v={LOCATOR_VERSION}&p={quote(told, safe='')}"
