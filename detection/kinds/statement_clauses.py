"""The records of attribution: a clause as one cue sees it, what was found there, or why nothing was."""

from dataclasses import dataclass

from detection.kinds.statement_contents import Contents
from detection.kinds.statement_lexicon import Words
from detection.kinds.statement_tokens import Unit
from detection.speakers import Mention
from detection.speakers_grammar import Grammar

Span = tuple[int, int]
SPEAKING = frozenset({"person", "role", "body", "state", "group", "pronoun"})
"""Kinds of mentions that can speak; a document cannot."""


@dataclass(slots=True)
class Attribution:
    """One act of saying in a unit. ``speaker`` None: the clause has no subject of its own."""

    cue: Span
    speaker: Mention | None
    contents: Contents
    rule: str


@dataclass(slots=True)
class Refused:
    """A cue that attributes nothing to anybody, and why."""

    cue: Span
    reason: str


@dataclass(slots=True)
class Clause:
    """A unit as one cue sees it: nothing before token ``floor`` is free any more."""

    unit: Unit
    floor: int
    words: Words
    grammar: Grammar
    spoken: bool
    resumed: bool = False
    """Whether the clause before ``floor`` is a relative one, behind which the main verb stands."""

    @property
    def bare(self) -> bool:
        """Whether the language needs no conjunction between the verb and the content."""
        return self.words.setting("bare_content")


def cue_span(unit: Unit, at: int) -> Span:
    """The offsets of a cue."""
    return unit.starts[at], unit.ends[at]
