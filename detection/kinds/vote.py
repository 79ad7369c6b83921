"""Votes in the bodies of the United Nations that a text reports: who decided what, how, and with which tally."""

from dataclasses import replace

from detection.kinds.vote_assembly import Assembly
from detection.kinds.vote_clauses import Clauses, read_title
from detection.kinds.vote_words import VoteWords, load_vote_words
from detection.relevance import concerns_topic
from detection.sentences import Reading
from records.finding import Finding, Refusal, Vote


def find(reading: Reading) -> tuple[list[Finding], list[Refusal]]:
    """Every vote that the text tells, one for each event, and every candidate turned down, with the reason."""
    vote_words = load_vote_words(reading.language)
    if vote_words is None or not _mentions(reading.text, vote_words):
        return [], []
    clauses = Clauses(reading, vote_words)
    published = reading.document.published_at
    day = published.date() if published else None
    titles = [read_title(reading.title, vote_words, day)] if reading.title else []
    votes, refused = Assembly(reading.text, clauses, titles, vote_words, day).assemble()
    return [_with_topic(reading, vote) for vote in votes], refused


def _mentions(text: str, vote_words: VoteWords) -> bool:
    lowered = text.lower()
    return any(piece in lowered for piece in vote_words.gate)


def _with_topic(reading: Reading, vote: Vote) -> Vote:
    return replace(vote, on_topic=concerns_topic(reading, vote.start, vote.end))
