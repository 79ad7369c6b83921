"""The topic's known events, as data (detection/topics/<topic>.timeline.yml)."""

from records.development import KnownEvent


def load_known_events(topic: str = "cybercrime-convention") -> tuple[KnownEvent, ...]:
    """Every event of the topic's timeline, oldest first; ConfigurationError names the entry that is wrong."""
    raise NotImplementedError
