"""Which of a sentence's numbers may count votes: not those of dates, symbols, sessions, money and the like."""

from detection.calendar_forms import DateMention
from detection.kinds.vote_signs import CASTING, LABELS, QUOTES, is_dash, separation
from detection.kinds.vote_words import VoteWords
from detection.numbers import Number
from detection.phrases import Mark
from detection.words import Words

MOST_VOTES = 193
"""Members of the United Nations: no tally holds a greater number."""

_MEMBERSHIPS = frozenset((15, 47, 53, 54, 55, 93, 192, 193))
"""How many members the bodies of the United Nations have, or had."""


def numbers_of_votes(
    vote_words: VoteWords, words: Words, marks: tuple[Mark, ...], dates: tuple[DateMention, ...]
) -> tuple[Number, ...]:
    """The numbers that may count votes: not those of dates, symbols, sessions, money, thresholds and the like."""
    taken = {at for mark in marks if mark.kind != "not" for at in range(mark.first, mark.last)}
    taken |= {
        at
        for mention in dates
        if mention.day or mention.year or mention.month
        for at in range(mention.first, mention.last)
    }
    after = {mark.first: mark for mark in marks}
    before = {mark.last: mark for mark in marks}
    found: list[Number] = []
    for number in vote_words.numbers.find(words):
        if (number.first in taken and not number.counted) or number.value > MOST_VOTES:
            continue
        if number.value == MOST_VOTES and not _beside_label(number, after):
            continue
        if _is_other(number, words, after, before) or _is_share(number, words, found, after):
            continue
        if number.spelled and not number.counted and not _near_votes(number, words, after, before, vote_words):
            continue
        found.append(number)
    return tuple(found)


def _beside_label(number: Number, after: dict[int, Mark]) -> bool:
    """Whether a label or a word for votes follows at once: "193 members" is the membership, "193 votes" are votes."""
    follower = after.get(number.last)
    if follower is not None and follower.kind == "ballot":
        return True
    return any(at in after and after[at].kind in LABELS for at in range(number.last, number.last + 3))


def _is_other(number: Number, words: Words, after: dict[int, Mark], before: dict[int, Mark]) -> bool:
    """Numbers of other things: "193-member", "81st", "L.24", "23 million", "at least nine", "article 5"."""
    first, last = number.first, number.last
    follower, leader = after.get(last), before.get(first)
    if follower is not None and follower.kind == "unlike":
        return True
    if leader is not None and leader.kind in ("unlike_before", "threshold"):
        return True
    if follower is not None and follower.kind.startswith("object:"):
        return True
    if leader is not None and leader.kind.startswith("object:") and (follower is None or follower.kind not in CASTING):
        return True
    if last < len(words) and words.starts[last] == words.ends[last - 1]:
        sign = words.written[last]
        if sign in "/%‰°" or (sign[0].isalpha() and sign.isascii() and not number.spelled):
            return True
        if is_dash(sign) and last + 1 < len(words) and words.starts[last + 1] == words.ends[last]:
            tied = words.written[last + 1]
            return tied[0].isalpha() and not (after.get(last + 1) and after[last + 1].kind == "opposed")
    if first and words.ends[first - 1] == words.starts[first]:
        sign = words.written[first - 1]
        return sign in "/№$€£#" or (sign == "." and first > 1 and words.written[first - 2].isalnum())
    return False


def _is_share(number: Number, words: Words, found: list[Number], after: dict[int, Mark]) -> bool:
    """The M of "N of M" and "N of the M": the membership of a body, or after a word that says so."""
    if not found or number.value < found[-1].value:
        return False
    last = found[-1].last
    between = after.get(last)
    if between is not None and between.kind == "share" and number.first - between.last <= 1:
        return True
    apart = [word for word in words.written[last : number.first] if word[0].isalpha()]
    joined = len(apart) == number.first - last and 1 <= len(apart) <= 2
    other = any(at in after and after[at].kind in (*CASTING, "opposed", "while") for at in range(last, number.first))
    return joined and not other and number.value in _MEMBERSHIPS


def _near_votes(
    number: Number, words: Words, after: dict[int, Mark], before: dict[int, Mark], vote_words: VoteWords
) -> bool:
    """Whether a number word stands beside a noun or label of voting; a word alone is too common to count."""
    reach = 2 if not (number.weak or number.none) else 1
    close = CASTING if number.weak else (*CASTING, "opposed", "other", "share")
    at, steps = number.last, 0
    while at < len(words) and steps <= reach:
        if at in after and after[at].kind in close:
            return True
        if separation(words.written[at]) > 1.0:
            break
        steps += words.written[at] not in QUOTES and words.forms[at][0] not in vote_words.articles
        at += 1
    at, steps = number.first, 0
    reach = 2 if number.none else reach
    while at > 0 and steps <= reach:
        if at in before and before[at].kind in (*LABELS, "opposed"):
            return True
        if steps == reach or separation(words.written[at - 1]) > 1.0:
            break
        steps += words.written[at - 1] not in QUOTES and not is_dash(words.written[at - 1])
        at -= 1
    return False
