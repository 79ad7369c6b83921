"""One pass, from sources to mails: crawl → detect → index → alert. The ledger is all that the stages have in common."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from alerting.delivering import MailCounts
from alerting.delivering import deliver as deliver_mail
from alerting.digesting import enter_digests
from alerting.matching import recipients
from alerting.sessions import Transport
from alerting.subscriptions import load_subscriptions
from alerting.transports import open_transport
from crawlers.crawling import CrawlOptions, crawl, met_outage
from crawlers.source import Source, load_sources
from detection.timeline import load_known_events
from indexing.delivering import IndexCounts
from indexing.delivering import deliver as deliver_documents
from indexing.links import development_links
from indexing.opening import Index, open_index
from ledger.leases import this_owner
from ledger.opening import Ledger, open_ledger
from ledger.pulses import take_pulse
from ledger.sources import SourcePass, source_health
from records.alert import Recipient, Subscription
from records.development import Development, Occasion
from records.errors import ConfigurationError
from watch.detecting import DetectionCounts, detect
from watch.faults import tell_faulty_sources, tell_index_outage, tell_network_outage
from watch.settings import Settings

Progress = Callable[[str], None]
"""Called with one short sentence whenever something worth showing was done."""


@dataclass(frozen=True, slots=True)
class PassReport:
    """What one pass did; every item that was found is accounted for."""

    passes: tuple[SourcePass, ...]
    detected: DetectionCounts
    indexed: IndexCounts
    told: MailCounts

    def as_json(self) -> dict[str, Any]:
        """The contract's object: found = known + off_topic + stored + the sum of dropped."""
        dropped: Counter[str] = Counter()
        for source_pass in self.passes:
            dropped.update(source_pass.dropped)
        return {
            **{
                name: sum(getattr(one, name) for one in self.passes)
                for name in ("found", "known", "off_topic", "stored")
            },
            "dropped": dict(dropped),
            "sources": dict(Counter(one.state for one in self.passes)),
            "detected": asdict(self.detected),
            "indexed": asdict(self.indexed),
            "told": asdict(self.told),
        }


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The parts of one watch, opened and checked before any request is made."""

    settings: Settings
    ledger: Ledger
    index: Index
    transport: Transport
    sources: tuple[Source, ...]
    subscriptions: tuple[Subscription, ...]

    def run(self, progress: Progress, *, only_due: bool = False) -> PassReport:
        """Make one pass. Sources that fail, and an index or mail server that is down, are in the report, not raised."""
        passes = self.crawl((), progress, only_due=only_due)
        return PassReport(tuple(passes), self.detect(progress), self.deliver_index(), self.alert())

    def crawl(self, names: Sequence[str], progress: Progress, *, only_due: bool = False) -> list[SourcePass]:
        """Bring new articles of the named sources (none: of all) into the ledger.

        ``only_due`` leaves out those whose ``every`` has not passed since they were last asked.
        """
        known = {source.id: source for source in self.sources}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise ConfigurationError(f"no such source: {', '.join(unknown)}; known are {', '.join(known)}")
        chosen = [known[name] for name in names] if names else list(self.sources)
        options = CrawlOptions(
            contact=self.settings.contact,
            allow_networks=self.settings.allow_networks,
            as_of=self.settings.as_of,
            even_if_not_due=not only_due,
            unreadable=self.settings.home / "unreadable",
        )
        passes = crawl(chosen, self.ledger, options=options, on_progress=progress)
        operator, now = self.settings.operator, self.settings.now()
        if met_outage(passes):
            tell_network_outage(self.ledger, operator=operator, now=now)
        else:
            tell_faulty_sources(self.ledger, self.sources, operator=operator, now=now)
        return passes

    def detect(self, progress: Progress) -> DetectionCounts:
        """Examine what has not been examined; decide what is new and who must be told."""
        return detect(self.ledger, recipients=self._recipients, now=self.settings.now(), on_progress=progress)

    def deliver_index(self) -> IndexCounts:
        """Bring the index up to date with the ledger, with a reading of what waits and how the sources do."""
        expects = {source.id: float(source.expects_per_week) for source in self.sources}
        with self.ledger.begin() as conn:
            take_pulse(conn, source_health(conn, expects, now=self.settings.now()), now=self.settings.now())
        counts = deliver_documents(self.ledger, self.index, now=self.settings.now(), owner=this_owner())
        tell_index_outage(self.ledger, counts.error, operator=self.settings.operator, now=self.settings.now())
        return counts

    def alert(self) -> MailCounts:
        """Send every mail that is due; with a Kibana in the settings each development leads there."""
        base = self.settings.kibana_url
        return deliver_mail(
            self.ledger,
            self.transport,
            sender=self.settings.mail_from,
            operator=self.settings.operator,
            now=self.settings.now(),
            owner=this_owner(),
            readers={one.to.casefold() for one in self.subscriptions},
            links_of=partial(development_links, base) if base else None,
        )

    def digest(self) -> MailCounts:
        """Enter the daily digests that are due, and send them."""
        enter_digests(self.ledger, self.subscriptions, now=self.settings.now())
        return self.alert()

    def _recipients(self, development: Development, occasion: Occasion) -> Sequence[Recipient]:
        return recipients(self.subscriptions, development, occasion)


@contextmanager
def opened_ledger(settings: Settings) -> Iterator[Ledger]:
    """Give the ledger of these settings, created when it is not there yet, and close it at the end."""
    settings.home.mkdir(parents=True, exist_ok=True)
    ledger = open_ledger(
        settings.ledger_url,
        now=settings.now(),
        known_events=load_known_events(),
        mail_domain=settings.mail_domain,
    )
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def opened_index(settings: Settings) -> Iterator[Index]:
    """Give the index of these settings and close it at the end; whether it answers shows at the first use."""
    key = settings.index_api_key.get_secret_value() if settings.index_api_key else None
    index = open_index(settings.index, home=settings.home, api_key=key, ca=settings.index_ca)
    try:
        yield index
    finally:
        index.close()


@contextmanager
def opened_pipeline(settings: Settings) -> Iterator[Pipeline]:
    """Give the whole pipeline; everything that can be wrong in settings and files is found before any request."""
    sources, subscriptions = _read_files(settings)
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    transport = open_transport(settings.mail_target, password=password)
    with opened_index(settings) as index, opened_ledger(settings) as ledger:
        yield Pipeline(settings, ledger, index, transport, sources, subscriptions)


def _read_files(settings: Settings) -> tuple[tuple[Source, ...], tuple[Subscription, ...]]:
    """Return what sources and subscriptions say; ConfigurationError names the mistakes of all files at once."""
    sources: tuple[Source, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    wrong: list[str] = []
    try:
        sources = load_sources(settings.sources)
    except ConfigurationError as error:
        wrong.append(str(error))
    try:
        subscriptions = load_subscriptions(settings.subscription_file)
    except ConfigurationError as error:
        wrong.append(str(error))
    if wrong:
        raise ConfigurationError("\n".join(wrong))
    return sources, subscriptions
