"""What travels between a visitor and a site, and the log of it that tests read."""

import json
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Request:
    """One request as a site received it. ``if_none_match`` and ``if_modified_since`` are None when not sent.

    ``status`` is None while it is being answered, or when a fault broke the connection off;
    ``in_flight`` counts the requests of the site that were being answered as this one arrived, itself included.
    ``at`` is when it arrived (seconds, monotonic).
    """

    site: str
    method: str
    path: str
    if_none_match: str | None
    if_modified_since: str | None
    user_agent: str | None
    in_flight: int
    status: int | None = None
    at: float = 0.0

    @property
    def conditional(self) -> bool:
        """Whether the visitor asked for news only."""
        return self.if_none_match is not None or self.if_modified_since is not None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to be sent. A ``body`` of pieces is sent in chunks, as slowly as they come; ``headers`` likewise."""

    status: int
    headers: Iterable[tuple[str, str]]
    body: bytes | Iterable[bytes]


@dataclass
class RequestLog:
    """The requests of one site, oldest first; ``in_flight_max`` is the most that were answered at one moment."""

    site: str
    file: Path | None = None
    in_flight_max: int = 0
    _requests: list[Request] = field(default_factory=list)
    _in_flight: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def arrive(self, request: Request) -> int:
        """Enter a request that has arrived; return its number, for ``leave``."""
        with self._lock:
            self._in_flight += 1
            self.in_flight_max = max(self.in_flight_max, self._in_flight)
            self._requests.append(replace(request, in_flight=self._in_flight, at=time.monotonic()))
            return len(self._requests) - 1

    def leave(self, number: int, status: int | None) -> None:
        """Enter how a request was answered (None: not at all)."""
        with self._lock:
            self._in_flight -= 1
            if number >= len(self._requests):  # the log was cleared meanwhile
                return
            self._requests[number] = replace(self._requests[number], status=status)
            if self.file:
                with self.file.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(asdict(self._requests[number])) + "\n")

    def requests(self, path: str | None = None) -> tuple[Request, ...]:
        """Return the requests so far, those of one path if it is given."""
        with self._lock:
            return tuple(request for request in self._requests if path in (None, request.path))

    def clear(self) -> None:
        """Forget the requests, so that a test reads only those of its next step."""
        with self._lock:
            self._requests.clear()
            self.in_flight_max = self._in_flight
