"""Tries every part that a pass needs, and says in one line each how it is."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from sqlalchemy import text

from alerting.subscriptions import load_subscriptions
from alerting.transports import open_transport
from crawlers.source import load_sources
from records.errors import ConventionWatchError
from watch.pipeline import opened_index, opened_ledger
from watch.settings import Settings

LEAST_FREE_BYTES = 500 * 2**20
"""Below this a day's articles of 25 sources, the index and Airflow's logs may not fit."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How one part is: ``well`` or not, and a sentence about it."""

    part: str
    well: bool
    said: str


def examine_parts(settings: Settings) -> Iterator[Diagnosis]:
    """Try each part in turn; one that cannot be used is a diagnosis, never an error. Sends no mail, fetches no page."""
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
            yield Diagnosis(part, False, str(error))


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
        empty = f"{index.name}: answers, and holds nothing yet; the next pass, or `convention-watch index`, fills it"
        return f"{index.name}: {articles} articles" if articles else empty


def _try_mail(settings: Settings) -> str:
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    with open_transport(settings.mail_target, password=password).session():
        return f"takes mail from {settings.mail_from}"


def _try_operator(settings: Settings) -> str:
    return settings.operator or "not set: nobody hears of faults"


def _try_disk(settings: Settings) -> str:
    free = shutil.disk_usage(settings.home if settings.home.exists() else settings.home.absolute().parent).free
    if free < LEAST_FREE_BYTES:
        raise OSError(f"only {free >> 20} MiB are free in {settings.home}")
    return f"{free >> 30} GiB free in {settings.home}"


def _try_clock(settings: Settings) -> str:
    real = datetime.now(UTC)
    return f"stands at {settings.as_of} (AS_OF)" if settings.as_of else f"{real:%Y-%m-%d %H:%M} UTC"


def _try_airflow(_: Settings) -> str:
    try:
        return f"{version('apache-airflow')} is installed"
    except ModuleNotFoundError:
        return "is not installed: run the command by another scheduler"
