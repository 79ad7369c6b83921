"""Named steps of a pass at which the process can be made to die as by ``kill -9``.

The product knows nothing of them: the child process that makes the pass patches itself before it begins.
"""

import functools
import importlib
import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Moment = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Failpoint:
    """One step: the process dies at the ``count``-th call of ``target``, before or after it did its work.

    ``may_double``: a mail that the server has accepted may come once more.
    """

    name: str
    target: str
    moment: Moment
    count: int = 1
    may_double: bool = False


IN_ORDER = (
    Failpoint("feed fetched", "crawlers.spiders.spider:gather", "after"),
    Failpoint("page fetched", "crawlers.spiders.spider:settle_page", "before", count=2),
    Failpoint("article written, not committed", "crawlers.spiders.remembering:store_article", "after", count=2),
    Failpoint("article stored", "crawlers.spiders.settling:_store", "after"),
    Failpoint("pass written, not committed", "crawlers.spiders.remembering:record_pass", "after"),
    Failpoint("pass recorded", "crawlers.spiders.spider:finish", "after"),
    Failpoint("articles claimed, not committed", "watch.detecting:articles_to_examine", "after"),
    Failpoint("examined", "watch.detecting:_examine", "after"),
    Failpoint("decided", "watch.detecting:decide", "after"),
    Failpoint("outbox written, not committed", "watch.detecting:apply_decisions", "after"),
    Failpoint("decision committed", "watch.detecting:_decide", "after"),
    Failpoint("documents claimed, not committed", "indexing.delivering:claim", "after"),
    Failpoint("documents read", "indexing.delivering:_put", "before"),
    Failpoint("indexed, not settled", "indexing.delivering:_put", "after"),
    Failpoint("index settled", "indexing.delivering:_deliver_batch", "after"),
    Failpoint("mails claimed, not committed", "alerting.claiming:claim_mails", "after"),
    Failpoint("mails claimed", "alerting.claiming:Workload.claim", "after"),
    Failpoint("DATA", "smtplib:SMTP.docmd", "after"),
    Failpoint("half of the message", "smtplib:SMTP.send", "before", count=-1),
    Failpoint("250", "alerting.smtp:SmtpSession.send", "after", may_double=True),
    Failpoint("settled, not committed", "alerting.delivering:settle_mail", "after", may_double=True),
    Failpoint("mail committed", "alerting.delivering:_Round._note", "after"),
)
BY_NAME = {one.name: one for one in IN_ORDER}


def arm(name: str) -> None:
    """Let this process die at a failpoint."""
    point = BY_NAME[name]
    if point.count < 0:
        _arm_half_message()
        return
    holder, attribute = _find(point.target)
    setattr(holder, attribute, _dying(getattr(holder, attribute), point))


def die() -> None:
    """End this process as ``kill -9`` does: nothing is flushed, closed or rolled back."""
    os.kill(os.getpid(), signal.SIGKILL)


def _find(target: str) -> tuple[Any, str]:
    module, _, path = target.partition(":")
    *holders, attribute = path.split(".")
    holder: Any = importlib.import_module(module)
    for name in holders:
        holder = getattr(holder, name)
    return holder, attribute


def _dying(function: Callable[..., Any], point: Failpoint) -> Callable[..., Any]:
    calls = 0

    def is_last() -> bool:
        nonlocal calls
        calls += 1
        return calls == point.count

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def waiting(*given: Any, **named: Any) -> Any:
            last = is_last()
            if last and point.moment == "before":
                die()
            answer = await function(*given, **named)
            if last:
                die()
            return answer

        return waiting

    @functools.wraps(function)
    def calling(*given: Any, **named: Any) -> Any:
        last = is_last()
        if last and point.moment == "before":
            die()
        answer = function(*given, **named)
        if last:
            die()
        return answer

    return calling


def _arm_half_message() -> None:
    """Die when half of a message is on the wire: the server must not take it for a whole one."""
    import smtplib

    send = smtplib.SMTP.send

    def half(self: smtplib.SMTP, s: Any) -> None:
        if len(s) < 500:
            send(self, s)
            return
        send(self, s[: len(s) // 2])
        die()

    smtplib.SMTP.send = half  # type: ignore[method-assign]
