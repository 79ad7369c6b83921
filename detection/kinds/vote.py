"""Votes in the bodies of the United Nations that a text reports: who decided what, how, and with which tally."""

from collections.abc import Iterator
from dataclasses import replace

from detection.kinds.vote_assembly import Assembly
from detection.kinds.vote_clauses import Clauses, read_title
from detection.kinds.vote_words import VoteWords, load_vote_words
from detection.relevance import concerns_topic, topic_mentions
from detection.sentences import Reading
from records.finding import Finding, Refusal, Vote

AD_HOC = "Ad Hoc Committee"


def find(reading: Reading) -> tuple[list[Finding], list[Refusal]]:
    """Every vote that the text tells, one for each event, and every candidate turned down, with the reason."""
    vote_words = load_vote_words(reading.language)
    if vote_words is None or not _mentions(reading, vote_words):
        return [], []
    clauses = Clauses(reading, vote_words)
    title = read_title(reading, vote_words)
    titles = [title] if title else []
    votes, refused = Assembly(reading.text, clauses, titles, vote_words, reading.published).assemble()
    return list(_with_topic(reading, votes)), refused


def _mentions(reading: Reading, vote_words: VoteWords) -> bool:
    return any(piece in reading.lowered for piece in vote_words.gate)


def _with_topic(reading: Reading, votes: list[Vote]) -> Iterator[Vote]:
    """The votes, each with whether it concerns the topic.

    Where a text tells several, and some beside a mention of the topic, the others are on other subjects.
    """
    near = [_is_beside_topic(reading, vote) for vote in votes]
    several = len(votes) > 1 and any(near)
    for vote, beside in zip(votes, near, strict=True):
        if several and vote.standing == "reported":
            ours = beside or vote.body == AD_HOC
        else:
            ours = concerns_topic(reading, vote.start, vote.end)
        yield replace(vote, on_topic=ours)


def _is_beside_topic(reading: Reading, vote: Vote) -> bool:
    """Whether the evidence of a vote, or the sentence before it, mentions the topic."""
    start = reading.sentences[max(0, reading.sentence_number(vote.start) - 1)][0]
    return any(start <= first and last <= vote.end for first, last in topic_mentions(reading))
