"""Which of a sentence's numbers may count votes: not those of dates, symbols, sessions, money and the like."""

from detection.calendar_forms import DateMention
from detection.kinds.vote_number_words import stands_near_votes
from detection.kinds.vote_signs import CASTING, LABELS, is_dash, separation
from detection.kinds.vote_words import VoteWords
from detection.numbers import Number
from detection.phrases import Mark
from detection.words import Words

MOST_VOTES = 193
"""Members of the United Nations: no tally holds a greater number."""

_COUNTED_SO = frozenset((*CASTING, "opposed_against"))
_OF_ANOTHER = frozenset((*CASTING, "opposed", "while"))

_MEMBERSHIPS = frozenset((15, 47, 53, 54, 55, 93, 192, 193))
"""How many members the bodies of the United Nations have, or had."""

_OF = ("along", "by")
"""Classes that hold the word "of" in some languages ("13 votos de 15", "13 von 15")."""

_SHARE_REACH = 4
"""Words between a number and the membership it is a part of: "13 votes out of 15"."""

_NEEDED_REACH = 8
"""Words between a number of votes and the word that they are needed."""

_BODY_REACH = 6
"""Words of a body's name between "of" and the number of its members."""

_MEMBERSHIP_FIGURES = frozenset(map(str, _MEMBERSHIPS))


def numbers_of_votes(
    vote_words: VoteWords,
    words: Words,
    marks: tuple[Mark, ...],
    dates: tuple[DateMention, ...],
    numbers: tuple[Number, ...],
) -> tuple[Number, ...]:
    """The ``numbers`` that may count votes: not those of dates, symbols, sessions, money, thresholds and the like."""
    if not numbers:
        return ()
    taken = {at for mark in marks if mark.kind not in ("not", "other") for at in range(mark.first, mark.last)}
    taken |= {
        at
        for mention in dates
        if mention.day or mention.year or mention.month
        for at in range(mention.first, mention.last)
    }
    after = {mark.first: mark for mark in marks}
    before = {mark.last: mark for mark in marks}
    found: list[Number] = []
    for number in numbers:
        if (number.first in taken and not number.counted) or number.value > MOST_VOTES:
            continue
        if number.value == MOST_VOTES and not _beside_label(number, after):
            continue
        if _is_needed(number, words, marks):
            continue
        if _is_other(number, words, after, before) or _is_share(number, words, found, after):
            continue
        if number.spelled and not number.counted and not stands_near_votes(number, words, after, before, vote_words):
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
    if leader is not None and (leader.kind in ("unlike_before", "threshold") or leader.kind in _made_up_of(number)):
        return True
    if follower is not None and follower.kind.startswith("object:"):
        return True
    if leader is not None and leader.kind.startswith("object:") and not _is_counted_so(follower):
        return True
    if last < len(words) and words.starts[last] == words.ends[last - 1]:
        sign = words.written[last]
        if sign == "/" and last + 1 < len(words) and words.written[last + 1] in _MEMBERSHIP_FIGURES:
            return False
        if sign in "/%‰°" or (sign[0].isalpha() and sign.isascii() and not number.spelled):
            return True
        if is_dash(sign) and last + 1 < len(words) and words.starts[last + 1] == words.ends[last]:
            tied = words.written[last + 1]
            return tied[0].isalpha() and not (after.get(last + 1) and after[last + 1].kind == "opposed")
    if first and words.ends[first - 1] == words.starts[first]:
        sign = words.written[first - 1]
        return sign in "/№$€£#" or (sign == "." and first > 1 and words.written[first - 2].isalnum())
    return False


def _is_needed(number: Number, words: Words, marks: tuple[Mark, ...]) -> bool:
    """Whether so many are told to be needed: "nine votes and no veto required for adoption"."""
    return any(
        0 <= mark.first - number.last <= _NEEDED_REACH
        and not any(separation(word) for word in words.written[number.last : mark.first])
        for mark in marks
        if mark.kind == "threshold_after"
    )


def _made_up_of(number: Number) -> tuple[str, ...]:
    """The class of words that also lead the membership of a body: "the Council, including 15 members"."""
    return ("including",) if number.value in _MEMBERSHIPS else ()


def _is_counted_so(follower: Mark | None) -> bool:
    """Whether a word of voting follows a number, so that it does not name the text before it ("resolution 93")."""
    return follower is not None and follower.kind in _COUNTED_SO


def _is_share(number: Number, words: Words, found: list[Number], after: dict[int, Mark]) -> bool:
    """The M of "N of M" and "N of the M": the membership of a body, or after a word that says so."""
    if not found or number.value < found[-1].value:
        return False
    last = found[-1].last
    if found[-1].weak and any(at in after and after[at].kind == "ballot" for at in range(last, number.first)):
        return False  # "a vote of 47": an article, and no part of 47
    between = after.get(last)
    if between is not None and between.kind == "share":
        if number.first - between.last <= 1:
            if found[-1].value == 1 and number.value not in _MEMBERSHIPS:
                found.pop()  # "one of the 19 that abstained": the group is counted, not the one
                return False
            return True
        named = any(
            after[at].kind.startswith(("body:", "weak:")) for at in range(between.last, number.first) if at in after
        )
        if named and number.first - between.last <= _BODY_REACH and number.value in _MEMBERSHIPS:
            return True
    before = [after[at] for at in (number.first - 1, number.first - 2) if at >= last and at in after]
    led = any(mark.kind == "share" or (mark.kind in _OF and mark.last == number.first) for mark in before)
    if led and number.first - last <= _SHARE_REACH and number.value in _MEMBERSHIPS:
        return True
    apart = [word for word in words.written[last : number.first] if word[0].isalpha()]
    joined = len(apart) == number.first - last and 1 <= len(apart) <= 2
    other = any(at in after and after[at].kind in _OF_ANOTHER for at in range(last, number.first))
    return joined and not other and number.value in _MEMBERSHIPS
