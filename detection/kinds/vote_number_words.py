"""Which number words count votes: those beside a noun or a label of voting; a word alone is too common."""

from detection.kinds.vote_signs import CASTING, LABELS, QUOTES, is_dash, separation
from detection.kinds.vote_words import VoteWords
from detection.numbers import Number
from detection.phrases import Mark
from detection.words import Words

_LEADING = frozenset((*LABELS, "opposed"))
_OPPOSING = frozenset((*LABELS, "opposed", "opposed_against"))
_FOLLOWING = frozenset((*CASTING, "while"))
_LONGEST_BRACKET = 60
_ASIDES = {"(": ")）", "（": ")）", "–": "–—", "—": "–—"}


def stands_near_votes(
    number: Number, words: Words, after: dict[int, Mark], before: dict[int, Mark], vote_words: VoteWords
) -> bool:
    """Whether a number word stands beside a noun or label of voting; a word alone is too common to count."""
    reach = 2 if not (number.weak or number.none) else 1
    close = CASTING if number.weak else (*CASTING, "opposed", "other", "share")
    at, steps = number.last, 0
    if not number.weak and _is_aside(at, after):
        return True
    while at < len(words) and steps <= reach:
        if words.written[at] in _ASIDES:
            at = _after_bracket(at, words)
            continue
        if (at in after and after[at].kind in close) or words.forms[at][0] in vote_words.short_no:
            return True
        if separation(words.written[at]) > 1.0:
            if not number.weak and _is_aside(at + 1, after):
                return True
            break
        linking = words.forms[at][0] in vote_words.articles and not (number.weak and steps)  # no "one record of yes"
        steps += words.written[at] not in QUOTES and not linking
        at += 1
    if number.weak:
        return _stands_alone(number, words, after, before)
    return _follows_label(number, words, before)


def _follows_label(number: Number, words: Words, before: dict[int, Mark]) -> bool:
    """Whether a label stands before a number word, with little between."""
    at, steps = number.first, 0
    reach = 2
    while at > 0 and steps <= reach:
        if at in before and before[at].kind in _LEADING:
            return True
        if steps == reach or separation(words.written[at - 1]) > 1.0:
            break
        steps += words.written[at - 1] not in QUOTES and not is_dash(words.written[at - 1])
        at -= 1
    return False


def _is_aside(at: int, after: dict[int, Mark]) -> bool:
    """Whether examples of who voted begin at a word: "thirty-five, among them China, abstained"."""
    return at in after and after[at].kind == "including"


def _stands_alone(number: Number, words: Words, after: dict[int, Mark], before: dict[int, Mark]) -> bool:
    """Whether a word that may be an article is a number for itself: right after a label, with no noun behind it."""
    leader = before.get(number.first)
    if leader is None or leader.kind not in _OPPOSING:
        return False
    if number.last >= len(words):
        return True
    follower = after.get(number.last)
    ends = not words.written[number.last][0].isalnum()
    return ends or (follower is not None and follower.kind in _FOLLOWING)


def _after_bracket(at: int, words: Words) -> int:
    """The word behind a bracket that opens at a word; the next word when it does not close soon."""
    closing = _ASIDES[words.written[at]]
    for here in range(at + 1, min(at + _LONGEST_BRACKET, len(words))):
        if words.written[here] in closing:
            return here + 1
    return at + 1
