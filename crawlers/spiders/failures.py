"""What went wrong with a request, in the words that are counted."""

from typing import Any

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    UnsupportedURLSchemeError,
)

from crawlers.fetching.budget import OutOfTime
from crawlers.fetching.headers import HeadersTooLarge
from crawlers.fetching.politeness import HostFails, HostWaits
from crawlers.fetching.robots import RobotsForbids, RobotsUnreadable


def reason_of(error: BaseException | None, host: str) -> tuple[str, str]:
    """Return the word for a failed request, and a sentence for the operator."""
    if isinstance(error, CannotResolveHostError):
        refused = _refused(host)
        if refused:
            return "address_refused", _not_public(host, refused)
        return "no_address", f"{host} has no address"
    if isinstance(error, DownloadCancelledError):
        stopped = str(error) == "stopped"
        return ("stopped", "the pass was stopped") if stopped else ("too_large", "more than 10 MiB")
    if isinstance(error, DownloadTimeoutError):
        return "unreachable", "no whole answer in time"
    if isinstance(error, HeadersTooLarge):
        return "headers_too_large", str(error)
    if isinstance(error, NotSupported | UnsupportedURLSchemeError):
        return "bad_link", "neither http nor https"
    if isinstance(error, IgnoreRequest):
        return _ignored(error, host)
    return "unreachable", f"{type(error).__name__}: {error}"[:300]


def _ignored(error: IgnoreRequest, host: str) -> tuple[str, str]:
    if isinstance(error, RobotsForbids):
        return "robots", "robots.txt forbids it"
    if isinstance(error, HostWaits):
        return "waiting", str(error)
    if isinstance(error, RobotsUnreadable):
        return _unruled(error, host)
    if isinstance(error, OutOfTime):
        return "no_time", str(error)
    if isinstance(error, HostFails):
        refused = _refused(host)
        return ("address_refused", _not_public(host, refused)) if refused else ("unreachable", str(error))
    if "DOWNLOAD_MAXSIZE" in str(error):  # Scrapy has no error of its own for what unpacks to too much
        return "too_large", "more than 10 MiB when unpacked"
    return "redirects", str(error)


def _unruled(error: RobotsUnreadable, host: str) -> tuple[str, str]:
    """Return why a host whose robots.txt cannot be read is not asked: for the reason that hit robots.txt itself."""
    if error.cause is None or isinstance(error.cause, RobotsUnreadable):
        return "unreachable", str(error)
    reason, note = reason_of(error.cause, host)
    return reason if reason in _OF_ROBOTS else "unreachable", f"robots.txt: {note}"


def reason_of_status(status: int) -> tuple[str, str] | None:
    """Return the word for an answer that is no page, and a sentence; None for one that is."""
    if 200 <= status < 300:
        return None
    word = "redirects" if status < 400 else _REFUSALS.get(status, "blocked" if status < 500 else "unreachable")
    return word, f"status {status}"


_OF_ROBOTS = {"address_refused", "headers_too_large", "no_address", "no_time", "waiting", "stopped"}
_REFUSALS = {404: "gone", 410: "gone", 429: "waiting", 503: "waiting", 408: "unreachable"}


def _not_public(host: str, refused: list[str]) -> str:
    return f"{host} is at {', '.join(refused)}: not a public address"


def _refused(host: str) -> list[str]:
    """Return the addresses of a host that the guard refused in this process."""
    from twisted.internet import reactor

    resolver: Any = getattr(reactor, "nameResolver", None)
    refused: dict[str, list[str]] = getattr(resolver, "refused", {})
    return refused.get(host, [])
