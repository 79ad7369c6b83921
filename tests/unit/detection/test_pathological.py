"""Texts that nobody wrote: detection reads them in linear work, and never raises."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detection.examine import examine, write_line
from records.finding import Document, Examination

UNITS = {
    "no full stop": "79 countries voted for it and the United Nations said that ",
    "quotation marks": '"',
    "opening marks": "“",
    "marks of all kinds": '«a» "b" „c“ ‘d’ 「e」 ',
    "brackets": "(",
    "nested brackets": "(a [b ",
    "mixed scripts": "слово word 词语 كلمة từ ",
    "bidirectional marks": "\u202e\u2066vote\u2069 79\u200f",
    "half surrogate pairs": "he said \ud800. ",
    "full stops": ". ",
    "initials": "A.",
    "line ends": "\n",
    "one word": "a",
    "digits": "7",
    "tallies": "79-60-33 ",
    "dashes": "— ",
    "Chinese tallies": "赞成79票反对60票",
    "Chinese speech": "他说“",
    "combining marks": "e\u0301",
    "Arabic speech": "وقال ",
    "speech": '"x," he said. ',
    "names": "Andrey Krutskikh ",
    "states": "Russia, China, ",
    "topic words": "UN convention cybercrime resolution ",
    "nulls": "\0",
    "emoji": "😀 ",
}
SIZE = 8_000

TraceFunction = Callable[[FrameType, str, object], "TraceFunction"]


def work(call: Callable[[], object]) -> int:
    """How many lines a call runs through, each turn of a loop counted: work that no other process can change."""
    count = 0

    def step(frame: FrameType, event: str, argument: object) -> TraceFunction:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_no_faster_than_the_text(unit: str) -> None:
    """Four times the text is at most about four times the work."""
    short, long = (Document(id="t", text=(UNITS[unit] * SIZE)[:size]) for size in (SIZE // 4, SIZE))
    examine(short)
    examine(long)
    assert work(lambda: examine(long)) < 6 * work(lambda: examine(short)) + 20_000


@pytest.mark.parametrize("unit", UNITS)
def test_answer_to_any_text_can_be_written(unit: str) -> None:
    """A pathological text is examined and its answer written, title and all."""
    text = (UNITS[unit] * SIZE)[: 4 * SIZE]
    found = examine(Document(id="t", text=text, title=text[:500]))
    assert_inside(found, text)
    assert write_line(found, explain=True).startswith('{"id": "t"')


PIECES = (
    *UNITS.values(),
    "“We support the convention,” said Ana Ruiz, minister of Chile. ",
    "Он заявил, что конвенция важна. ",
    "The UN General Assembly adopted the resolution on cybercrime by 79 votes to 60, with 33 abstentions. ",
    "联合国大会以79票赞成通过网络犯罪公约决议。",
    "وقال الوزير إن الاتفاقية مهمة. ",
    "Vietnam signed the UN cybercrime convention in Hanoi on 25 October 2025. ",
    "\n",
    "\r\n\t",
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=25), st.none() | st.text(max_size=30))
def test_evidence_is_cut_out_of_any_text(pieces: list[str], title: str | None) -> None:
    """In whatever text, every offset lies inside it, in order, and cuts out what the finding says."""
    text = "".join(pieces)
    found = examine(Document(id="t", text=text, title=title))
    assert_inside(found, text)
    write_line(found, explain=True)


def assert_inside(found: Examination, text: str) -> None:
    """All offsets of an examination lie in the text and cut out something."""
    places = [(vote.start, vote.end) for vote in found.votes]
    places += [(milestone.start, milestone.end) for milestone in found.milestones]
    places += [(refusal.start, refusal.end) for refusal in found.refused]
    for start, end in places:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    for statement in found.statements:
        assert statement.spans
        position = 0
        for start, end in statement.spans:
            assert position <= start < end <= len(text)
            position = end
        if statement.speaker is None:
            assert statement.speaker_start is None
            assert statement.speaker_end is None
        else:
            assert text[statement.speaker_start : statement.speaker_end] == statement.speaker
