"""The resolver: what it answers is what is connected to, so only what the guard allows comes out of it."""

import socket
import threading
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

from crawlers.fetching.addresses import AddressGuard
from crawlers.fetching.resolver import Addresses, GuardedResolver


class Reactor:
    """A reactor of our own: calls from threads are run when the test says so; time does not pass."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], None]] = []
        self.later: list[Callable[[], None]] = []
        self.called = threading.Event()

    def callFromThread(self, act: Callable[..., None], *args: Any) -> None:  # noqa: N802
        """Note a call that a thread asks for."""
        self.calls.append(lambda: act(*args))
        self.called.set()

    def callLater(self, seconds: float, act: Callable[..., None], *args: Any) -> "Later":  # noqa: N802
        """Note a call that is due later."""
        self.later.append(lambda: act(*args))
        return Later()

    def run(self) -> None:
        """Make the calls that threads asked for."""
        assert self.called.wait(10)
        for call in self.calls:
            call()


class Later:
    """A call that is due later."""

    def active(self) -> bool:
        """Say that it has not been made."""
        return True

    def cancel(self) -> None:
        """Nothing to do."""


class Receiver:
    """Takes what the resolver says."""

    def __init__(self) -> None:
        self.addresses: list[tuple[str, int]] = []
        self.complete = 0

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        """Take note of the beginning."""
        self.resolution = resolution

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        """Take note of an address."""
        self.addresses.append((address.host, address.port))

    def resolutionComplete(self) -> None:  # noqa: N802
        """Take note of the end."""
        self.complete += 1


def _resolve(answers: Addresses, allow: str | None = None) -> tuple[Receiver, GuardedResolver]:
    reactor, receiver = Reactor(), Receiver()
    guard = AddressGuard([ip_network(allow)] if allow else [])
    resolver = GuardedResolver(reactor, guard, 5, lambda host: answers)
    resolver.resolveHostName(receiver, "news.example", 443)
    reactor.run()
    return receiver, resolver


def test_only_allowed_addresses_come_out() -> None:
    """A name with one public and one internal address is reached at the public one only."""
    receiver, resolver = _resolve([(socket.AF_INET, "10.0.0.5"), (socket.AF_INET, "93.184.215.14")])
    assert receiver.addresses == [("93.184.215.14", 443)]
    assert resolver.refused == {}


def test_a_name_with_internal_addresses_only_is_refused_and_noted() -> None:
    """Nothing comes out, and the operator can be told what was refused."""
    receiver, resolver = _resolve([(socket.AF_INET, "169.254.169.254"), (socket.AF_INET6, "::1")])
    assert receiver.addresses == []
    assert receiver.complete == 1
    assert resolver.refused == {"news.example": ["169.254.169.254", "::1"]}


def test_a_name_that_changes_its_answer_gains_nothing() -> None:
    """Each answer is checked when it is used; the second, internal one is refused."""
    answers = iter([[(int(socket.AF_INET), "93.184.215.14")], [(int(socket.AF_INET), "127.0.0.1")]])
    for expected in ([("93.184.215.14", 80)], []):
        reactor, receiver = Reactor(), Receiver()
        GuardedResolver(reactor, AddressGuard(), 5, lambda host: next(answers)).resolveHostName(
            receiver, "re.example", 80
        )
        reactor.run()
        assert receiver.addresses == expected


def test_a_slow_name_ends_in_time_and_its_late_answer_is_thrown_away() -> None:
    """At the time-out the receiver is told that there is no address; what comes later changes nothing."""
    reactor, receiver = Reactor(), Receiver()
    going = threading.Event()

    def slow(host: str) -> Addresses:
        going.wait(10)
        return [(int(socket.AF_INET), "93.184.215.14")]

    GuardedResolver(reactor, AddressGuard(), 5, slow).resolveHostName(receiver, "slow.example", 80)
    reactor.later[0]()
    assert (receiver.addresses, receiver.complete) == ([], 1)
    going.set()
    reactor.run()
    assert (receiver.addresses, receiver.complete) == ([], 1)


def test_a_failing_look_up_gives_no_address() -> None:
    """A name that does not exist, or is none at all, ends with nothing."""

    def fail(host: str) -> Addresses:
        raise socket.gaierror(-2, "no such name")

    reactor, receiver = Reactor(), Receiver()
    GuardedResolver(reactor, AddressGuard(), 5, fail).resolveHostName(receiver, "none.example", 80)
    reactor.run()
    assert (receiver.addresses, receiver.complete) == ([], 1)
