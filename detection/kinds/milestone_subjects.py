"""Whose step it is: one state or body, several, or a number of them."""

from detection.kinds.milestone_words import Line, MilestoneWords
from detection.phrases import Mark
from detection.states import StateMention, english_names

_REACH = 22
_LINK = 4
_ACTOR_REACH = 1
_POSSESSED = 2
"""Words between a number and its noun in "13 of its member states"."""

_VENUE = "VN"
"""The treaty is signed, and named, in the capital of this state."""

_MOST = 197
"""States that can sign a treaty, the European Union and observers counted."""


def count_near(line: Line, verb: Mark, words: MilestoneWords) -> int | None:
    """How many states did it ("72 countries signed"), those named before "and 64 others" added; None if not said."""
    units = {mark.first: mark for mark in line.marks if mark.kind in ("unit", "more")}
    for number in line.numbers:
        unit = units.get(number.last) or units.get(number.last + 1) or units.get(number.last + _POSSESSED)
        if number.value < 2 or number.value > _MOST or unit is None:
            continue
        gap = verb.first - unit.last if unit.first < verb.first else number.first - verb.last
        if 0 <= gap <= _REACH * (1 / words.far) and not line.near(
            _at(number.first), "not_signers", "condition", before=3
        ):
            possessed = unit.first == number.last + _POSSESSED
            return number.value + _named_beside(line, number.first, possessed=possessed)
    return None


def _at(word: int) -> Mark:
    return Mark("number", word, word)


def _named_beside(line: Line, at: int, *, possessed: bool) -> int:
    """The states named right before "and 64 other countries", or the Union before "and 13 of its members"."""
    if not possessed and line.near(_at(at), "more", before=1, after=3) is None:
        return 0
    names = 0
    for mention in reversed(line.states):
        first, last = line.state_words(mention)
        if last <= at:
            if at - last > 3:
                break
            names += 1
            at = first
    return names


def subjects_near(line: Line, verb: Mark, words: MilestoneWords, *, adjectives: bool = False) -> list[str]:
    """The states or bodies that act, in English: who it is done for, else the list before the verb, else after it."""
    mentions = [mention for mention in line.states if _may_act(line, mention, adjectives=adjectives)]
    behalf = next((mark for mark in line.of("behalf")), None)
    if behalf is not None:
        for mention in mentions:
            first, _ = line.state_words(mention)
            if 0 <= first - behalf.last <= 4:
                return [mention.name]
    before = _list_before(line, mentions, verb)
    after = _list_after(line, mentions, verb, reach=6 if words.verb_first else 3)
    if words.verb_first:
        return after or before
    return before or after


def only_state(line: Line) -> list[str]:
    """The one state that a sentence names, itself or by its parliament; nothing when it names several."""
    names = {mention.name for mention in line.states}
    if not names:
        names = {english_names()[mark.kind.partition(":")[2]] for mark in line.of("parliament:")}
    return list(names) if len(names) == 1 else []


def _may_act(line: Line, mention: StateMention, *, adjectives: bool) -> bool:
    """Whether a mention can be of who acts: a name; an adjective only beside who acts for the state; not the venue."""
    if mention.kind == "capital":
        return mention.code != _VENUE
    if mention.kind != "adjective" or adjectives:
        return True
    first, last = line.state_words(mention)
    return any(
        0 <= mark.first - last <= _ACTOR_REACH or 0 <= first - mark.last <= _ACTOR_REACH for mark in line.of("actor")
    )


def _list_before(line: Line, mentions: list[StateMention], verb: Mark) -> list[str]:
    found: list[str] = []
    at, reach = verb.first, _REACH
    for mention in reversed(mentions):
        first, last = line.state_words(mention)
        if last > at:
            continue
        if at - last > reach:
            break
        found.insert(0, mention.name)
        if _is_possessed(line, last):
            break
        at, reach = first, _LINK
    return list(dict.fromkeys(found))


def _is_possessed(line: Line, last: int) -> bool:
    """Whether a name is tied to a noun ("Canada's ambassador"): the list then ends with it."""
    return last + 1 < len(line.words) and line.words.written[last] in "'’"


def _list_after(line: Line, mentions: list[StateMention], verb: Mark, *, reach: int) -> list[str]:
    found: list[str] = []
    at = verb.last
    for mention in mentions:
        first, last = line.state_words(mention)
        if first < at:
            continue
        if first - at > (reach if not found else _LINK):
            break
        found.append(mention.name)
        at = last
    return list(dict.fromkeys(found))
