"""Puts data views and dashboards into Kibana, once for each release: a second run changes nothing.

The digest of what was sent stands at the end of a dashboard's description, because Kibana adds defaults to what it
keeps and would never answer word for word. A dashboard that people changed is left alone until a release changes it.
"""

import hashlib
import json
import ssl
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from indexing.cluster_client import shown
from indexing.dashboards import Dashboard, DataView, load_dashboards, load_data_views
from records.errors import ConfigurationError, IndexingError, IndexUnreachable

OLDEST = (9, 5)
SECONDS = 30
EXPLAINED = {
    400: "does not understand what we send: this release writes for Kibana 9.5, and it may be a later one",
    401: "refuses our API key: make a new one, and give it by KIBANA_API_KEY",
    403: "does not let our API key do this: it needs all of Dashboards, Discover, Data Views in this space",
    404: "has no such address: is it Kibana 9.5 or later, and does the URL hold its base path and space?",
    409: "holds an object of this id in another space: install into that space, or delete it there",
    406: "is spoken to by another version of its API: the URL may lead to another server",
    413: "takes no request of this size: raise the limit of the proxy before it",
}


@dataclass(frozen=True, slots=True)
class Installed:
    """One object in Kibana, and whether it had to be sent."""

    kind: Literal["data view", "dashboard"]
    id: str
    outcome: Literal["sent", "unchanged"]


class Kibana:
    """A Kibana at a URL, spoken to by an API key."""

    def __init__(self, url: str, *, api_key: str | None, ca: Path | None = None) -> None:
        if not url.startswith(("http://", "https://")):
            raise ConfigurationError("the URL of Kibana begins with neither http:// nor https://")
        self._url = shown(url).rstrip("/")
        self._headers = {"kbn-xsrf": "convention-watch", "Content-Type": "application/json"}
        user = urlsplit(url).netloc.rpartition("@")[0]
        if api_key:
            self._headers["Authorization"] = f"ApiKey {api_key}"
        elif user:  # credentials in the URL, for a local trial
            self._headers["Authorization"] = f"Basic {b64encode(unquote(user).encode()).decode()}"
        self._tls = ssl.create_default_context(cafile=str(ca)) if ca else None

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Return the answer to a request, None for 404 to a GET; raise IndexUnreachable, or IndexingError in words."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self._url}{path}", data, self._headers, method=method)  # noqa: S310 - checked above
        try:
            with urlopen(request, timeout=SECONDS, context=self._tls) as answer:  # noqa: S310
                return json.loads(answer.read() or b"null")
        except HTTPError as error:
            if error.code == 404 and method == "GET":
                return None
            raise self._explain(error, f"{method} {path}") from error
        except (URLError, TimeoutError, OSError) as error:
            raise IndexUnreachable(f"{self._url} does not answer: {getattr(error, 'reason', error)}") from error
        except json.JSONDecodeError as error:
            raise IndexingError(f"{self._url} answers, but it is not Kibana") from error

    def _explain(self, error: HTTPError, asked: str) -> IndexingError:
        told = error.read().decode(errors="replace")[:500]
        if error.code == 429 or error.code >= 500:
            return IndexUnreachable(f"{self._url} cannot do it now ({error.code} to {asked}): {told}")
        word = EXPLAINED.get(error.code, "refuses what we send")
        return IndexingError(f"{self._url} {word} ({error.code} to {asked}): {told}")


def install(url: str, *, api_key: str | None, ca: Path | None = None) -> tuple[Installed, ...]:
    """Put every data view and dashboard into Kibana; send only what is missing or of another release."""
    kibana = Kibana(url, api_key=api_key, ca=ca)
    _check_version(kibana, shown(url))
    views = [_install_view(kibana, view) for view in load_data_views()]
    return (*views, *(_install_dashboard(kibana, key, board) for key, board in load_dashboards().items()))


def _check_version(kibana: Kibana, url: str) -> None:
    status = kibana.ask("GET", "/api/status")
    try:
        version = str(status["version"]["number"])
    except (TypeError, KeyError) as error:
        raise IndexingError(f"{url} answers, but it is not Kibana (or has a base path that is missing here)") from error
    if tuple(int(part) for part in version.split("-")[0].split(".")[:2]) < OLDEST:
        raise IndexingError(f"{url} is Kibana {version}; the dashboards need 9.5 or later")


def _install_view(kibana: Kibana, view: DataView) -> Installed:
    wanted = view.model_dump()
    there = kibana.ask("GET", f"/api/data_views/data_view/{view.id}")
    held = (there or {}).get("data_view", {})
    if all(held.get(name) == value for name, value in wanted.items()):
        return Installed("data view", view.id, "unchanged")
    kibana.ask("POST", "/api/data_views/data_view", {"data_view": wanted, "override": True})
    return Installed("data view", view.id, "sent")


def _install_dashboard(kibana: Kibana, dashboard_id: str, dashboard: Dashboard) -> Installed:
    body = dashboard_body(dashboard)
    there = kibana.ask("GET", f"/api/dashboards/{dashboard_id}")
    held = (there or {}).get("data", there) or {}
    if held.get("description") == body["description"]:
        return Installed("dashboard", dashboard_id, "unchanged")
    kibana.ask("PUT", f"/api/dashboards/{dashboard_id}", body)
    return Installed("dashboard", dashboard_id, "sent")


def dashboard_body(dashboard: Dashboard) -> dict[str, Any]:
    """Return what is sent: the dashboard without what it leaves open, its digest at the end of its description."""
    body = dashboard.model_dump(mode="json", exclude_none=True)
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:8]
    return {**body, "description": f"{body['description']} (edition {digest})"}
