"""Tries every part that a pass needs, and says in one line each how it is, and what to do."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from sqlalchemy import text

from alerting.subscriptions import load_subscriptions
from alerting.transports import open_transport
from crawlers.source import load_sources
from records.errors import ConventionWatchError
from watch.airflow_health import ailing_parts
from watch.diagnosis import Diagnosis, ill
from watch.pipeline import opened_index, opened_ledger
from watch.settings import Settings
from watch.trying_sources import try_sources

LEAST_FREE_BYTES = 500 * 2**20
"""Below this a day's articles of 25 sources, the index and Airflow's logs may not fit."""

KEY_ENDS_SOON = timedelta(days=30)


def examine_parts(settings: Settings, *, ask_sources: bool = False) -> Iterator[Diagnosis]:
    """Try each part in turn; one that cannot be used is a diagnosis, never an error. Sends no mail.

    ``ask_sources`` asks each source, too, and compares the clock with what their servers say; else no site is asked.
    """
    parts: dict[str, Callable[[Settings], str]] = {
        "sources": _try_sources,
        "subscriptions": _try_subscriptions,
        "ledger": _try_ledger,
        "index": _try_index,
        "mail": _try_mail,
        "operator": _try_operator,
        "disk": _try_disk,
        "clock": _try_clock,
        "airflow": _try_airflow,
    }
    for part, attempt in parts.items():
        try:
            yield Diagnosis(part, True, attempt(settings))
        except (ConventionWatchError, OSError) as error:
            yield ill(part, str(error))
    if ask_sources:
        try:
            yield from try_sources(settings)
        except (ConventionWatchError, OSError) as error:
            yield ill("sources", str(error))


def _try_sources(settings: Settings) -> str:
    return f"{len(load_sources(settings.sources))} files are right"


def _try_subscriptions(settings: Settings) -> str:
    file = settings.subscription_file
    return f"{len(load_subscriptions(file))} in {file}" if file else "none: nobody will be told"


def _try_ledger(settings: Settings) -> str:
    with opened_ledger(settings) as ledger, ledger.read() as conn:
        conn.execute(text("select 1"))
        return f"{ledger.engine.dialect.name}, opened and read"


def _try_index(settings: Settings) -> str:
    with opened_index(settings) as index:
        articles = index.count("articles")
        empty = "answers, and holds nothing yet; the next pass, or `convention-watch index`, fills it"
        said = f"{index.name}: {f'{articles} articles' if articles else empty}"
    ends = _key_end(settings)
    if ends is None:
        return said
    if ends - datetime.now(UTC) < KEY_ENDS_SOON:
        raise OSError(f"{said}; its API key ends on {ends:%Y-%m-%d}: `convention-watch stack keys` makes a new one")
    return f"{said}; its API key is good until {ends:%Y-%m-%d}"


def _key_end(settings: Settings) -> datetime | None:
    if settings.index == "embedded" or settings.index_api_key is None:
        return None
    from indexing.cluster_client import connect, explained, shown  # the client takes a while to load
    from indexing.keys import key_end

    key = settings.index_api_key.get_secret_value()
    with (
        explained(shown(settings.index)),
        closing(connect(settings.index, api_key=key, ca=settings.index_ca)) as client,
    ):
        return key_end(client)


def _try_mail(settings: Settings) -> str:
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    with open_transport(settings.mail_target, password=password).session():
        return f"takes mail from {settings.mail_from}"


def _try_operator(settings: Settings) -> str:
    return settings.operator or "not set: nobody hears of faults"


def _try_disk(settings: Settings) -> str:
    folder = next(path for path in (settings.home.absolute(), *settings.home.absolute().parents) if path.exists())
    if not os.access(folder, os.W_OK):
        raise OSError(f"{folder} cannot be written to")
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        raise OSError(f"only {free >> 20} MiB are free in {settings.home}")
    return f"{free >> 30} GiB free in {settings.home}"


def _try_clock(settings: Settings) -> str:
    real = datetime.now(UTC)
    return f"stands at {settings.as_of} (AS_OF)" if settings.as_of else f"{real:%Y-%m-%d %H:%M} UTC; not compared"


def _try_airflow(settings: Settings) -> str:
    if settings.airflow_url:
        ailing = ailing_parts(settings.airflow_url)
        if ailing:
            raise OSError(f"{settings.airflow_url} reports as not healthy: {', '.join(ailing)}")
        return f"{settings.airflow_url}: server, scheduler and DAG processor are healthy"
    try:
        return f"{version('apache-airflow')} is installed; CONVENTION_WATCH_AIRFLOW_URL, by which to ask it, is not set"
    except ModuleNotFoundError:
        return "is not installed: run the command by another scheduler"
