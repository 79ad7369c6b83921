"""What an article says: votes, statements, milestones, and whether it is about the topic.

Offsets (``start``, ``end``, ``spans``, ``speaker_start``…) count characters (code points) of the
examined text, end exclusive, so that ``text[start:end]`` is the evidence. ``rule`` names the rule
that fired. ``on_topic`` says whether this very finding concerns the watched topic.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Outcome = Literal["adopted", "approved", "rejected"]
Method = Literal["recorded", "unanimous", "consensus", "without_vote"]
Standing = Literal["reported", "recalled", "announced"]
Mode = Literal["direct", "indirect", "mixed"]
Stance = Literal["support", "oppose", "concern", "neutral"]
Certainty = Literal["announced", "domestic", "done", "deposited"]
MilestoneType = Literal[
    "signature",
    "ratification_step",
    "deposit",
    "entry_into_force",
    "session",
    "draft_text",
    "protocol",
    "election",
    "eu_procedure",
    "refusal",
    "implementation",
]


@dataclass(frozen=True, slots=True)
class Document:
    """A text to examine. ``published_at`` (UTC) anchors "Friday" and "yesterday"; None leaves them open."""

    id: str
    text: str
    title: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Relevance:
    """Whether a text is about the topic: a score from 0 to 1, and the reasons for it."""

    on_topic: bool
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """One decision of one body of the United Nations on one text. A number the text does not give is None."""

    in_favour: int | None
    against: int | None
    abstain: int | None
    outcome: Outcome | None
    method: Method | None
    body: str | None
    object: str | None
    symbol: str | None
    event_date: date | None
    standing: Standing
    start: int
    end: int
    rule: str
    on_topic: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """One act of attribution: somebody said something.

    ``speaker`` is the shortest mention in the text, with its offsets; None (and None offsets) when it
    cannot be known. ``speaker_full`` is what the text resolves the mention to. ``affiliation`` is a state
    or body, in English. ``spans`` are the stretches of content, without marks and cue.
    """

    speaker: str | None
    speaker_start: int | None
    speaker_end: int | None
    speaker_full: str | None
    role: str | None
    affiliation: str | None
    mode: Mode
    spans: tuple[tuple[int, int], ...]
    cue: str | None
    stance: Stance | None
    rule: str
    on_topic: bool = True


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step in the treaty's life that is neither a vote nor a statement.

    ``subject`` is the state or body in English, None for a ceremony of many, whose ``count`` is given.
    """

    type: MilestoneType
    subject: str | None
    event_date: date | None
    certainty: Certainty
    start: int
    end: int
    rule: str
    count: int | None = None
    on_topic: bool = True


Finding = Vote | Statement | Milestone


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that was looked at and turned down, and why (``examine --explain``)."""

    kind: Literal["vote", "statement", "milestone"]
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Examination:
    """All that one text says. ``language`` is the one it was read in, None when it is none we read."""

    id: str
    language: str | None
    relevance: Relevance
    votes: tuple[Vote, ...] = ()
    statements: tuple[Statement, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    refused: tuple[Refusal, ...] = ()
