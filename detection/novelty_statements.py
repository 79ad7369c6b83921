"""When two reports speak of one statement: one speaker on one occasion, in whatever words and language."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from rapidfuzz.fuzz import token_set_ratio

from detection.names import names_agree
from detection.novelty_contents import telling_words
from detection.novelty_evidence import Telling, content
from detection.novelty_folding import COPY
from records.development import KnownDevelopment, Sighting
from records.finding import Statement
from records.fingerprint import overlap, words

OCCASION = timedelta(days=3)
"""Reports of the same remarks come within this time of one another."""
SAME_DAY = timedelta(hours=30)
"""A day, and the hours between time zones: within it, remarks of a few words are taken for one occasion."""
_SAME_WORDS = 82
"""Likeness (0 to 100) of two quotations from which they are the same words, cut or translated back."""
_ENOUGH_WORDS = 5
"""Words below which two quotations can be alike by chance."""
_SHARED = 0.3
"""Share of the shorter content's telling words that two reports of the same remarks have in common, at least two."""
_TELLING = 3
"""Telling words below which nobody can say whether two remarks are one."""
_FIRST, _LATEST = 20, 40
"""Reports of one occasion with which a new one is compared; what hundreds say, these say."""

_ROLE_WORDS = re.compile(r"\w+")


def speaker_of(statement: Statement) -> str | None:
    """Who speaks, as far as the text tells: a name, or an office with its state; None when nobody can know."""
    if statement.speaker_full:
        return statement.speaker_full
    if statement.speaker and _is_name(statement.speaker):
        return statement.speaker
    if statement.affiliation and (statement.role or statement.speaker):
        return f"{statement.role or statement.speaker} of {statement.affiliation}"
    return None


def same_speaker(one: Statement, other: Statement) -> bool:
    """Whether two statements can be one speaker's: names that agree, for no two different states or bodies."""
    ours, theirs = speaker_of(one), speaker_of(other)
    if ours is None or theirs is None:
        return False
    if one.affiliation and other.affiliation and one.affiliation != other.affiliation:
        return False
    return ours == theirs or names_agree(ours, theirs)


def find_statement(
    told: Telling, said: Sequence[Statement], known: Iterable[KnownDevelopment]
) -> tuple[KnownDevelopment, str] | None:
    """The known development that these statements of one speaker belong to, and why; None for a new occasion."""
    for one in known:
        reason = _why_same(told, said, one)
        if reason is not None:
            return one, reason
    return None


def changed_speaker(told: Statement, now: Statement) -> str | None:
    """What has changed in a told statement, in words; None when nothing told has."""
    ours, theirs = speaker_of(told), speaker_of(now)
    if ours is None or theirs is None or same_speaker(told, now):
        return None
    return f"the words were told as {ours}'s and are now reported as {theirs}'s"


def _why_same(told: Telling, said: Sequence[Statement], known: KnownDevelopment) -> str | None:
    own = [one for one in known.development.sightings if one.article_id == told.article.id]
    evidence = _compared(known.development.sightings) + own
    if known.development.kind != "statement" or not evidence:
        return None
    if own and _same_words(told, said, own):
        return "the same words in an earlier version of the article"
    speakers = [one.finding for one in evidence if isinstance(one.finding, Statement)]
    if not any(same_speaker(said[0], other) for other in speakers):
        return None
    if own or any(overlap(told.fingerprint, one.fingerprint) >= COPY for one in evidence):
        return "the same speaker in the same text"
    if _same_words(told, said, evidence):
        return "the same speaker in the same words"
    return _why_same_occasion(told, said, evidence)


def _compared(evidence: tuple[Sighting, ...]) -> list[Sighting]:
    """The reports of an occasion that another is held against: of many, the first and the latest."""
    return [*evidence[:_FIRST], *evidence[max(_FIRST, len(evidence) - _LATEST) :]]


def _why_same_occasion(told: Telling, said: Sequence[Statement], evidence: Sequence[Sighting]) -> str | None:
    near = [one for one in evidence if one.published_at and abs(told.at - one.published_at) <= OCCASION]
    if not near:
        return None
    if all(one.language != told.language for one in near):
        return "the same speaker on the same occasion, matched across languages by speaker and date"
    peers = [one for one in near if one.language == told.language]
    shared, shorter = _shared_words(told, said, peers)
    if shorter and shared / shorter >= _SHARED and shared >= 2:
        return "the same speaker on the same occasion, in words of the same content"
    same_day = any(one.published_at and abs(told.at - one.published_at) <= SAME_DAY for one in peers)
    if same_day and shorter < _TELLING:
        return "the same speaker on the same day, in too few words to tell two remarks apart"
    return None


def _same_words(told: Telling, said: Sequence[Statement], evidence: Sequence[Sighting]) -> bool:
    ours = [text for one in said if len(words(text := content(told.article.text, one))) >= _ENOUGH_WORDS]
    theirs = [text for one in evidence if len(words(text := _quoted(one))) >= _ENOUGH_WORDS]
    return any(token_set_ratio(mine.casefold(), other.casefold()) >= _SAME_WORDS for mine in ours for other in theirs)


def _shared_words(told: Telling, said: Sequence[Statement], evidence: Sequence[Sighting]) -> tuple[int, int]:
    """How many telling words two reports share, and how many the shorter one has: of the report most alike."""
    ours = _words_of((content(told.article.text, one) for one in said), told.language)
    theirs: dict[str, list[Sighting]] = {}
    for one in evidence:
        theirs.setdefault(one.article_id, []).append(one)
    others = [_words_of(map(_quoted, report), told.language) for report in theirs.values()]
    pairs = [(len(ours & other), min(len(ours), len(other))) for other in others]
    return max(pairs, key=lambda pair: (pair[0] / max(1, pair[1]), -pair[1]), default=(0, 0))


def _words_of(contents: Iterable[str], language: str | None) -> frozenset[str]:
    return frozenset(word for text in contents for word in telling_words(text, language))


def _quoted(one: Sighting) -> str:
    """What was said, out of a sighting's sentence: the article's whole text is not at hand."""
    finding = one.finding
    if not isinstance(finding, Statement):
        return one.sentence
    parts = [
        one.sentence[max(0, start - one.start) : end - one.start] for start, end in finding.spans if end > one.start
    ]
    return " ".join(parts)


def _is_name(speaker: str) -> bool:
    """Whether a mention is more than a pronoun or a common noun: it has a capital, or letters that know none."""
    return any(word[0].isupper() or not word[0].islower() for word in _ROLE_WORDS.findall(speaker)[-1:]) and (
        len(speaker) > 2 or not speaker.isascii()
    )
