"""Whom a development concerns: pure, from subscriptions and a development to recipients."""

import unicodedata
from collections.abc import Iterable, Sequence

from records.alert import Recipient, Subscription
from records.development import Development, Occasion
from records.finding import Milestone, Statement


def recipients(
    subscriptions: Sequence[Subscription], development: Development, occasion: Occasion
) -> tuple[Recipient, ...]:
    """Return who is to be told of a development on this occasion, each address once, in the spelling that
    stands first in the file, immediate before daily.

    On a ``correction`` the filters on content do not count: what was wrong may be the very thing they
    look at (a speaker, a state). The ledger tells a correction only to those who were told before.
    What is left for the ``digest`` (a contradiction) is never a mail of its own.
    """
    chosen: dict[str, Recipient] = {}
    spelling: dict[str, str] = {}
    for subscription in subscriptions:
        address = spelling.setdefault(subscription.to.casefold(), subscription.to)
        wanted = concerns(subscription, development) if occasion == "new" else _asks_for(subscription, development)
        if not wanted:
            continue
        delivery = "daily" if occasion == "digest" else subscription.delivery
        known = chosen.get(subscription.to.casefold())
        if known is None or (known.delivery, delivery) == ("daily", "immediate"):
            recipient = Recipient(to=address, delivery=delivery, subscription=subscription.name)
            chosen[subscription.to.casefold()] = recipient
    return tuple(chosen.values())


def concerns(subscription: Subscription, development: Development) -> bool:
    """Tell whether a development passes every filter; a filter counts for the kinds that have such a thing.

    Votes have neither state nor speaker; a ceremony of many (no subject) may hold any state.
    """
    return (
        _asks_for(subscription, development)
        and development.independent >= subscription.min_publishers
        and _in_languages(subscription.languages, development)
        and _of_states(subscription.states, development)
        and _by_speakers(subscription.speakers, development)
    )


def _asks_for(subscription: Subscription, development: Development) -> bool:
    if development.kind not in subscription.kinds:
        return False
    finding = development.finding
    return not isinstance(finding, Milestone) or finding.type in subscription.milestones


def _in_languages(languages: tuple[str, ...] | None, development: Development) -> bool:
    return languages is None or any(
        sighting.language in languages for sighting in development.sightings if not sighting.recalled
    )


def _of_states(states: tuple[str, ...] | None, development: Development) -> bool:
    finding = development.finding
    if states is None or not isinstance(finding, Statement | Milestone):
        return True
    if isinstance(finding, Milestone):
        return finding.subject is None or _plain(finding.subject) in _plain_all(states)
    return finding.affiliation is not None and _plain(finding.affiliation) in _plain_all(states)


def _by_speakers(speakers: tuple[str, ...] | None, development: Development) -> bool:
    finding = development.finding
    if speakers is None or not isinstance(finding, Statement):
        return True
    name = _plain(finding.speaker_full or finding.speaker or "")
    return any(speaker in name for speaker in _plain_all(speakers))


def _plain(text: str) -> str:
    """``text`` without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).strip()


def _plain_all(texts: Iterable[str]) -> set[str]:
    return {_plain(text) for text in texts}
