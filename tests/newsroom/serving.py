"""One HTTP/1.1 server per site, each on its own loopback address, all on one port."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from tests.newsroom.exchanges import Reply, Request, RequestLog

Answer = Callable[[Request], Reply | None]
"""How a site answers; None breaks the connection off without a word."""


class SiteServer(ThreadingHTTPServer):
    """Serves one site until it is closed; a thread for each connection."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, site: str, address: tuple[str, int], answer: Answer, log: RequestLog) -> None:
        super().__init__(address, SiteHandler)
        self.site = site
        self.answer = answer
        self.log = log

    def server_bind(self) -> None:
        """Bind without the standard library's look-up of the host's name, which can wait 5 s for a resolver."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a visitor who hung up: tests break connections on purpose."""


class SiteHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD, logs both, and keeps the connection open."""

    protocol_version = "HTTP/1.1"
    server: SiteServer
    timeout = 30
    disable_nagle_algorithm = True  # else the body waits 40 ms for the headers' acknowledgement

    def do_GET(self) -> None:
        """Answer, and log how."""
        number = self.server.log.arrive(self._request())
        status = None
        try:
            reply = self.server.answer(self.server.log.requests()[number])
            if reply is None:
                self.close_connection = True
            else:
                self._send(reply)
                status = reply.status
        finally:
            self.server.log.leave(number, status)

    do_HEAD = do_GET  # noqa: N815 - the standard library's name

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        """Keep standard error quiet: the log is in RequestLog."""

    def _request(self) -> Request:
        header = self.headers.get
        return Request(
            site=self.server.site,
            method=self.command,
            path=self.path,
            if_none_match=header("If-None-Match"),
            if_modified_since=header("If-Modified-Since"),
            user_agent=header("User-Agent"),
            in_flight=0,
        )

    def _send(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        self.send_header("Date", self.date_time_string())
        whole = reply.body if isinstance(reply.body, bytes) else None
        told_length = False
        for name, value in reply.headers:
            self.send_header(name, value)
            told_length |= name.lower() == "content-length"
            if not isinstance(reply.headers, tuple):
                self.flush_headers()
        if whole is None:
            self.send_header("Transfer-Encoding", "chunked")
        elif reply.status != 304 and not told_length:
            self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        if self.command == "HEAD" or reply.status == 304:
            return
        if whole is not None:
            self.wfile.write(whole)
            return
        for piece in reply.body:
            assert isinstance(piece, bytes)
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")


def open_servers(
    addresses: Mapping[str, str], port: int, answer: Answer, logs: Mapping[str, RequestLog]
) -> dict[str, SiteServer]:
    """Start a server for each site on one port (0: a port free on every address); return them by site."""
    for _attempt in range(20):
        servers: dict[str, SiteServer] = {}
        chosen = port
        try:
            for site, address in addresses.items():
                servers[site] = SiteServer(site, (address, chosen), answer, logs[site])
                chosen = servers[site].server_address[1]
        except OSError:
            close_servers(servers, serving=False)
            if port:
                raise
            continue
        for server in servers.values():
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return servers
    raise OSError("found no port that is free on every address of the newsroom")


def close_servers(servers: Mapping[str, SiteServer], *, serving: bool = True) -> None:
    """Stop the servers and give back their port."""
    if serving and servers:
        with ThreadPoolExecutor(len(servers)) as stopping:  # each waits for its own loop to come round
            list(stopping.map(SiteServer.shutdown, servers.values()))
    for server in servers.values():
        server.server_close()
