"""Faults that the operator must hear of."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from crawlers.source import Source
from ledger.mails import enter_notice
from ledger.opening import Ledger
from ledger.sources import SourceHealth, source_health

FAULTY = frozenset({"blocked", "parse_error", "unreachable", "silent", "gone"})


def tell_faulty_sources(ledger: Ledger, sources: Sequence[Source], *, operator: str | None, now: datetime) -> None:
    """Enter one mail to the operator whenever the set of faulty sources has changed to another that is not empty.

    One mail for all: when our own network is down every source fails at once.
    """
    if operator is None:
        return
    expects = {source.id: float(source.expects_per_week) for source in sources}
    with ledger.begin() as conn:
        faulty = [one for one in source_health(conn, expects, now=now) if one.state in FAULTY and one.since]
        if faulty:
            described = "\n".join(_describe(one) for one in faulty)
            key = (
                "sources:"
                + sha256("\n".join(f"{one.id} {one.state} {one.since}" for one in faulty).encode()).hexdigest()
            )
            enter_notice(
                conn, key, f"{len(faulty)} of {len(sources)} sources at fault", described, to=operator, now=now
            )


def tell_network_outage(ledger: Ledger, *, operator: str | None, now: datetime) -> None:
    """Enter one mail a day to the operator while no host at all can be reached; no source is named."""
    if operator is None:
        return
    with ledger.begin() as conn:
        text = f"At {now:%Y-%m-%d %H:%M} UTC no host answered. It looks like our own network; no source is blamed."
        enter_notice(conn, f"network-outage:{now:%Y-%m-%d}", "No host can be reached", text, to=operator, now=now)


def tell_index_outage(ledger: Ledger, error: str | None, *, operator: str | None, now: datetime) -> None:
    """Enter one mail a day to the operator while documents have to wait because the index cannot be used."""
    if error is None or operator is None:
        return
    with ledger.begin() as conn:
        text = (
            f"At {now:%Y-%m-%d %H:%M} UTC the index could not be used: {error}\nDocuments wait in the ledger's outbox."
        )
        enter_notice(conn, f"index-outage:{now:%Y-%m-%d}", "The index cannot be used", text, to=operator, now=now)


def _describe(health: SourceHealth) -> str:
    since = f"since {health.since:%Y-%m-%d %H:%M} UTC" if health.since else "from the start"
    last = f"last new article {health.last_new:%Y-%m-%d}" if health.last_new else "no article so far"
    return f"{health.id}: {health.state} {since} ({last}){': ' + health.error if health.error else ''}"
