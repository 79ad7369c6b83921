"""Installing into Kibana, against a stand-in that records what it is asked and keeps what it is given."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from indexing.dashboards import load_dashboards, load_data_views
from indexing.installing import EXPLAINED, install
from records.errors import ConfigurationError, IndexingError, IndexUnreachable


@dataclass
class Recorded:
    """A running stand-in: what it was asked, with which headers, and what it holds."""

    url: str = ""
    version: str = "9.5.3"
    refusal: int | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    held: dict[str, Any] = field(default_factory=dict)

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """What Kibana would say: it keeps dashboards and data views, and adds defaults to the former."""
        if path == "/api/status":
            return 200, {"version": {"number": self.version}}
        if method == "GET":
            return (200, self.held[path]) if path in self.held else (404, {"message": "not found"})
        if self.refusal:
            return self.refusal, {"message": "because of the test"}
        if path == "/api/data_views/data_view":
            self.held[f"{path}/{body['data_view']['id']}"] = {"data_view": {**body["data_view"], "version": "WzEsMV0="}}
        else:
            self.held[path] = {"id": path.rsplit("/", 1)[1], "data": {**body, "options": {"auto": 1}}, "meta": {}}
        return 200, {}


@contextmanager
def kibana() -> Iterator[Recorded]:
    """Run the stand-in until the block ends."""
    recorded = Recorded()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"null")
            recorded.asked.append((self.command, self.path))
            recorded.headers.append({name.lower(): value for name, value in self.headers.items()})
            status, answer = recorded.answer(self.command, self.path, body)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_GET = do_POST = do_PUT = _answer  # noqa: N815 - the library's names

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    recorded.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield recorded
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_everything_is_sent_once_and_a_second_run_changes_nothing() -> None:
    """Data views first, then dashboards, each under an id of ours, with the headers that Kibana demands."""
    with kibana() as stand_in:
        first = install(stand_in.url, api_key="key")
        writes = [request for request in stand_in.asked if request[0] != "GET"]
        second = install(stand_in.url, api_key="key")
        assert [request for request in stand_in.asked if request[0] != "GET"] == writes
    assert {one.outcome for one in first} == {"sent"}
    assert {one.outcome for one in second} == {"unchanged"}
    assert writes == [("POST", "/api/data_views/data_view")] * len(load_data_views()) + [
        ("PUT", f"/api/dashboards/{key}") for key in load_dashboards()
    ]
    for headers in stand_in.headers:
        assert headers["kbn-xsrf"]
        assert headers["authorization"] == "ApiKey key"


def test_only_what_differs_is_sent() -> None:
    """A dashboard of an older release is replaced, a data view of another name too."""
    with kibana() as stand_in:
        install(stand_in.url, api_key=None)
        stand_in.held["/api/dashboards/convention-watch-votes"]["data"]["description"] = "Old. (edition 00000000)"
        stand_in.held["/api/data_views/data_view/convention-watch-articles"]["data_view"]["name"] = "Mine"
        again = [one.id for one in install(stand_in.url, api_key=None) if one.outcome == "sent"]
    assert again == ["convention-watch-articles", "convention-watch-votes"]


@pytest.mark.parametrize("status", [*EXPLAINED, 418])
def test_a_refusal_is_explained(status: int) -> None:
    """The message says what to do, and holds Kibana's own words."""
    with kibana() as stand_in:
        stand_in.refusal = status
        with pytest.raises(IndexingError, match="because of the test") as caught:
            install(stand_in.url, api_key="hush")
    assert EXPLAINED.get(status, "refuses what we send") in str(caught.value)
    assert "hush" not in str(caught.value)


def test_another_version_and_another_server_are_told_apart() -> None:
    """An older Kibana, something else, and nothing at all."""
    with kibana() as stand_in:
        stand_in.version = "9.4.2"
        with pytest.raises(IndexingError, match=r"is Kibana 9\.4\.2"):
            install(stand_in.url, api_key=None)
        with pytest.raises(IndexingError, match="not Kibana"):
            install(f"{stand_in.url}/elsewhere", api_key=None)
    with pytest.raises(IndexUnreachable, match="does not answer"):
        install("http://127.0.0.1:1", api_key=None)
    with pytest.raises(ConfigurationError):
        install("kibana.example", api_key=None)
