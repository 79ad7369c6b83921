"""A real SMTP server (aiosmtpd) on a loopback port, with faults that can be switched on and off while it runs."""

import asyncio
import threading
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from aiosmtpd.smtp import Session as Peer

Fault = Literal[
    "greylisted",  # 451 on the first attempt of each recipient
    "recipient refused",  # 550 on RCPT
    "mailbox full",  # 452 on RCPT
    "content refused",  # 554 after the final dot
    "try again after the dot",  # 451 after the final dot
    "nobody welcome",  # 421 on MAIL
    "sender refused",  # 553 on MAIL
    "dropped at DATA",  # connection closed before the dot
    "dropped after the dot",  # message kept, connection closed instead of 250
    "silent after the dot",  # message kept, no answer within the client's patience
    "dropped at QUIT",
]
ALL: tuple[Fault, ...] = Fault.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Received:
    """One message that the server accepted, or kept without saying so."""

    sender: str
    to: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        return message_from_bytes(self.content, policy=policy.SMTP)

    @property
    def message_id(self) -> str:
        """Its Message-ID."""
        return str(self.message["Message-ID"])


@dataclass
class MailServer:
    """A running server. ``fault`` holds for the recipients in ``victims``, or for all when that is None."""

    port: int = 0
    users: dict[str, str] = field(default_factory=dict)
    fault: Fault | None = None
    victims: frozenset[str] | None = None
    silence: float = 30.0
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    attempts: Counter[str] = field(default_factory=Counter)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _server: asyncio.Server | None = None
    _protocols: set[SMTP] = field(default_factory=set)

    @property
    def url(self) -> str:
        """How to reach it."""
        return f"smtp://127.0.0.1:{self.port}"

    def received_by(self, to: str) -> list[Received]:
        """What one recipient got, copies included."""
        return [mail for mail in self.received if mail.to == (to,)]

    def stop(self) -> None:
        """Close the port: connections are refused from now on."""
        self._call(self._stop())

    def start(self) -> None:
        """Open the port, the same one as before after a stop."""
        self._call(self._start())

    async def _start(self) -> None:
        self._server = await self._loop.create_server(self._protocol, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
            for protocol in self._protocols:
                _break_off(protocol)
            self._protocols.clear()
            await self._server.wait_closed()
            self._server = None

    def _protocol(self) -> SMTP:
        self.connections += 1
        protocol = SMTP(
            _Handler(self),
            hostname="mail.test",
            loop=self._loop,
            enable_SMTPUTF8=False,
            authenticator=self._authenticate if self.users else None,
            auth_require_tls=False,
        )
        self._protocols.add(protocol)
        return protocol

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and self.users.get(data.login.decode()) == data.password.decode()
        return AuthResult(success=known, handled=False)

    def _call(self, coroutine: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    def _hits(self, to: str | None, *faults: Fault) -> bool:
        return self.fault in faults and (to is None or self.victims is None or to in self.victims)


class _Handler:
    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_MAIL(  # noqa: N802 - aiosmtpd calls it so
        self, protocol: SMTP, peer: Peer, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._server.users and not peer.authenticated:
            return "530 5.7.0 authentication required"
        if self._server.fault == "nobody welcome":
            return "421 4.3.2 too busy, come back later"
        if self._server.fault == "sender refused":
            return "553 5.7.1 this sender may not send here"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, protocol: SMTP, peer: Peer, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        server = self._server
        server.attempts[address] += 1
        if server._hits(address, "greylisted") and server.attempts[address] == 1:
            return "451 4.7.1 greylisted, come back later"
        if server._hits(address, "recipient refused"):
            return "550 5.1.1 no such user"
        if server._hits(address, "mailbox full"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        if server._hits(address, "dropped at DATA"):
            _break_off(protocol)
        return "250 OK"

    async def handle_DATA(self, protocol: SMTP, peer: Peer, envelope: Envelope) -> str:  # noqa: N802
        server, to = self._server, tuple(envelope.rcpt_tos)
        victim = to[0] if to else None
        if server._hits(victim, "content refused"):
            return "554 5.6.0 not this message"
        if server._hits(victim, "try again after the dot"):
            return "451 4.3.0 disk trouble"
        server.received.append(Received(envelope.mail_from or "", to, envelope.original_content or b""))
        if server._hits(victim, "dropped after the dot"):
            _break_off(protocol)
        if server._hits(victim, "silent after the dot"):
            await asyncio.sleep(server.silence)
        return "250 2.0.0 kept"

    async def handle_QUIT(self, protocol: SMTP, peer: Peer, envelope: Envelope) -> str:  # noqa: N802
        if self._server.fault == "dropped at QUIT":
            _break_off(protocol)
        return "221 Bye"


def _break_off(protocol: SMTP) -> None:
    if isinstance(protocol.transport, asyncio.Transport):
        protocol.transport.abort()


@contextmanager
def running_mail_server(**options: Any) -> Iterator[MailServer]:
    """Run a mail server in a thread of its own."""
    server = MailServer(**options)
    thread = threading.Thread(target=server._loop.run_forever, name="mail server", daemon=True)
    thread.start()
    server.start()
    try:
        yield server
    finally:
        server.stop()
        asyncio.run_coroutine_threadsafe(_finish(), server._loop).result(10)
        server._loop.call_soon_threadsafe(server._loop.stop)
        thread.join(10)
        server._loop.close()


async def _finish() -> None:
    """End what a fault left waiting, so that nothing outlives the test."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
