"""The resolver of the whole crawl: every name and every literal goes through it, and comes out checked.

What it answers is what is connected to, so that a name that changes its answer between check and use
(rebinding) gains nothing. Scrapy sends literals through the resolver too.
"""

import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import ip_network
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.fetching.addresses import AddressGuard

Addresses = list[tuple[int, str]]
"""Pairs of address family and address, in the order in which to try them."""


def look_up(host: str) -> Addresses:
    """Return the addresses of a host, by the system's resolver. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((int(family), str(where[0])) for family, _, _, _, where in found))


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to cancel: an answer that comes late is thrown away."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves in threads of its own, within ``timeout`` seconds, and lets only allowed addresses pass.

    A slow name server holds up neither other names (a thread each) nor the end of the process (daemons).
    ``refused`` maps each host whose every address was refused to those addresses.
    """

    def __init__(
        self, reactor: Any, guard: AddressGuard, timeout: float, look_up: Callable[[str], Addresses] = look_up
    ) -> None:
        self._reactor = reactor
        self._guard = guard
        self._timeout = timeout
        self._look_up = look_up
        self.refused: dict[str, list[str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        """Return the resolver of a crawl, as Scrapy asks for it; settings are the process's."""
        networks = [ip_network(text) for text in crawler.settings.getlist("ALLOW_NETWORKS")]
        return cls(reactor, AddressGuard(networks), crawler.settings.getfloat("DNS_TIMEOUT"))

    def install_on_reactor(self) -> None:
        """Make every connection of this process ask here."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[Any] | None = None,  # noqa: ARG002, N803
        transportSemantics: str = "TCP",  # noqa: ARG002, N803
    ) -> Any:
        """Tell the receiver each allowed address of a host; none when there is none in time."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        done = False

        def finish(addresses: Addresses) -> None:
            nonlocal done
            if done:
                return
            done = True
            if late.active():
                late.cancel()
            for address in self._allowed(hostName, addresses, portNumber):
                resolutionReceiver.addressResolved(address)
            resolutionReceiver.resolutionComplete()

        late = self._reactor.callLater(self._timeout, finish, [])
        thread = threading.Thread(target=self._answer, args=(hostName, finish), daemon=True, name="resolving")
        thread.start()
        return resolution

    def _answer(self, host: str, finish: Callable[[Addresses], None]) -> None:
        try:
            addresses = self._look_up(host)
        except (OSError, UnicodeError):
            addresses = []
        self._reactor.callFromThread(finish, addresses)

    def _allowed(self, host: str, addresses: Addresses, port: int) -> list[IPv4Address | IPv6Address]:
        allowed: list[IPv4Address | IPv6Address] = []
        for family, address in addresses:
            if self._guard.allows(address):
                kind = IPv6Address if family == socket.AF_INET6 else IPv4Address
                allowed.append(kind("TCP", address, port))
        if addresses and not allowed:
            self.refused[host] = [address for _, address in addresses]
        return allowed
