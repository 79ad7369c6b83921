"""From a development to a mail: who asked, and what is due to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from records.development import Development, Kind, Occasion

Delivery = Literal["immediate", "daily"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One request to be told; the filters that are None let everything pass.

    ``milestones`` are the types told for the kind ``milestone``. ``languages`` are those of the
    reporting articles; ``states`` English names; ``speakers`` any part of a full name.
    """

    name: str
    to: str
    kinds: tuple[Kind, ...]
    delivery: Delivery = "immediate"
    languages: tuple[str, ...] | None = None
    states: tuple[str, ...] | None = None
    speakers: tuple[str, ...] | None = None
    min_publishers: int = 1
    milestones: tuple[str, ...] = ("signature", "deposit", "entry_into_force", "protocol")


@dataclass(frozen=True, slots=True)
class Link:
    """An address of our own that a mail leads to, and what is to be found there."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who must be told of one development: by a mail of its own, or in the daily digest.

    ``subscription`` is the name of the one that asked, for "why you got this".
    """

    to: str
    delivery: Delivery
    subscription: str


@dataclass(frozen=True, slots=True)
class Alert:
    """One mail that is due: one recipient, one occasion, one development (several for a digest).

    ``message_id`` is fixed when the alert is entered in the outbox and never changes again;
    ``in_reply_to`` is the first message on the same development to the same recipient.
    ``subscription`` names what asked for it; ``note`` says what changed, for a correction.
    """

    id: int
    to: str
    occasion: Occasion
    developments: tuple[Development, ...]
    message_id: str
    in_reply_to: str | None
    due_at: datetime
    attempts: int = 0
    subscription: str | None = None
    note: str | None = None
