"""Headers of an answer, bounded while they come in: Scrapy counts the bytes of a body alone."""

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.exceptions import DownloadFailedError
from twisted.internet.defer import Deferred
from twisted.web.iweb import IResponse

MOST_BYTES = 256 * 1024  # what Chromium takes; curl takes 300 KB
MOST_LINES = 1000  # honest answers have some tens
LONGEST_LINE = 64 * 1024


class HeadersTooLarge(Exception):
    """An answer has more headers, or longer ones, than any honest one."""


class BoundedParser(_LenientHTTPClientParser):
    """Scrapy's parser, which gives up beyond a number of header lines or bytes, those of interim answers included."""

    MAX_LENGTH = LONGEST_LINE
    lines = 0
    length = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's interface
        """Take a line. Raises HeadersTooLarge, which ends the connection."""
        self.lines += 1
        self.length += len(line)
        if self.lines > MOST_LINES or self.length > MOST_BYTES:
            raise HeadersTooLarge(f"more than {MOST_LINES} lines or {MOST_BYTES} bytes of headers")
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: ARG002, N802 - Twisted's interface
        """Refuse a line. Raises HeadersTooLarge."""
        raise HeadersTooLarge(f"a header of more than {LONGEST_LINE} bytes")


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's protocol, whose answers are parsed within bounds."""

    def request(self, request: Any) -> Deferred[IResponse]:
        """Send a request; its answer is read by a bounded parser."""
        answer = super().request(request)
        parser: Any = self._parser
        parser.__class__ = BoundedParser  # as Scrapy does: the class cannot be given
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Builds bounded protocols."""

    def buildProtocol(self, addr: Any) -> BoundedProtocol:  # noqa: ARG002, N802 - Twisted's interface
        """Return the protocol of one connection."""
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


def raise_if_too_large(error: DownloadFailedError) -> None:
    """Raise HeadersTooLarge when that is why a download failed: Scrapy has one error for all that Twisted gives up."""
    for reason in getattr(error.__cause__, "reasons", ()):
        if isinstance(reason.value, HeadersTooLarge):
            raise reason.value from error
