"""What a ledger remembers between articles, without a database: enough to test decisions one after another."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from detection.novelty import decide
from records.article import Article, Origin
from records.development import Decision, Development, KnownDevelopment, KnownEvent
from records.finding import Finding
from tests.unit.ledger.writing import examination


@dataclass
class Memory:
    """Decides on articles in turn and keeps what was decided."""

    known: dict[str, KnownDevelopment] = field(default_factory=dict)
    told: list[tuple[str, str]] = field(default_factory=list)

    def knowing(self, *events: KnownEvent) -> "Memory":
        """Start with events of the timeline."""
        for event in events:
            born = datetime.combine(event.begins, datetime.min.time(), UTC)
            development = Development(
                event.id, "vote", event.headline, "official", born, event.begins, 0, 0, event.finding
            )
            self.known[event.id] = KnownDevelopment(development, known_event=True)
        return self

    def read(
        self, article: Article, *findings: Finding, origin: Origin = "live", on_topic: bool = True
    ) -> tuple[Decision, ...]:
        """Decide on one article, and remember it."""
        decisions = decide(
            article,
            examination(article, *findings, on_topic=on_topic),
            list(self.known.values()),
            origin=origin,
            now=article.fetched_at,
        )
        for decision in decisions:
            if decision.development is not None:
                self._keep(decision, decision.development)
        return decisions

    def _keep(self, decision: Decision, development: Development) -> None:
        before = self.known.get(development.id)
        told = before.told if before else None
        if decision.tell is not None and not (decision.tell == "new" and told is not None):
            self.told.append((development.id, decision.tell))
            told = development.finding
        self.known[development.id] = KnownDevelopment(development, told, before.known_event if before else False)

    @property
    def developments(self) -> list[Development]:
        """What is known, in order of arrival."""
        return [one.development for one in self.known.values()]
