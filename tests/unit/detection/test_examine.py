"""A line in, a line out: the contract of ``examine``."""

import json
from datetime import UTC, datetime

import pytest

from detection import examine as examining
from detection.examine import answer_line, examine, kinds_of_finding, read_line
from records.finding import Document


def answer(**line: object) -> dict[str, object]:
    """The answer to one line of input."""
    found = json.loads(answer_line(json.dumps(line, ensure_ascii=False)))
    assert isinstance(found, dict)
    return found


def test_answer_has_the_keys_of_the_contract() -> None:
    """Whatever the text, the answer has its id, language, relevance and three lists."""
    found = answer(id="a", text="", title=None, extra=1)
    assert found == {
        "id": "a",
        "language": None,
        "relevance": {"on_topic": False, "score": 0.0, "because": []},
        "votes": [],
        "statements": [],
        "milestones": [],
    }


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '{"id": "a"}',
        '{"text": "a"}',
        '{"id": 7, "text": "a"}',
        '{"id": "a", "text": null}',
        '{"id": "a", "text": "b", "title": 7}',
        '{"id": "a", "text": "b", "published_at": "yesterday"}',
        '{"id": "a", "text": "b", "published_at": 7}',
        '{"id": "a", "text": "b", "published_at": "0001-01-01T00:00:00+14:00"}',
        "[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_bad_line_is_answered_with_what_is_wrong(line: str | bytes) -> None:
    """A line that is no document is answered with a null id and a reason; nothing is raised."""
    found = json.loads(answer_line(line))
    assert found["id"] is None
    assert isinstance(found["error"], str)
    assert found["error"]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2019-12-28", datetime(2019, 12, 28, tzinfo=UTC)),
        ("2019-12-28T03:00:00+03:00", datetime(2019, 12, 28, tzinfo=UTC)),
        ("2019-12-28T00:00:00Z", datetime(2019, 12, 28, tzinfo=UTC)),
        (None, None),
    ],
)
def test_publication_is_read_in_utc(given: str | None, read: datetime | None) -> None:
    """An instant is converted to UTC; one without a zone counts as UTC; null leaves it open."""
    assert read_line(json.dumps({"id": "a", "text": "b", "published_at": given})).published_at == read


def test_half_a_surrogate_pair_is_answered() -> None:
    """A text that UTF-8 cannot write is answered in ASCII, with its offsets unchanged."""
    line = answer_line('{"id": "\\ud800", "text": "UN cybercrime treaty \\ud800"}')
    assert line.encode("ascii")
    assert json.loads(line)["id"] == "\ud800"


def test_refusals_are_told_when_asked() -> None:
    """``--explain`` adds the candidates that were refused, each with its place and reason."""
    line = json.dumps({"id": "a", "text": "Parliament passed the law by 79 votes to 60."})
    assert "refused" in json.loads(answer_line(line, explain=True))
    assert "refused" not in json.loads(answer_line(line))


def test_only_the_beginning_of_a_huge_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text beyond the limit is read up to it, and the answer says so."""
    monkeypatch.setattr(examining, "LONGEST_TEXT", 100)
    found = examine(Document(id="a", text="word " * 100))
    assert "only the first 100 of 500 characters were read" in found.relevance.because


def test_kinds_are_found_by_their_modules() -> None:
    """Each module of ``detection.kinds`` with a ``find`` is a kind."""
    assert {"vote", "statement"} <= set(kinds_of_finding())
