"""The golden gate: quality does not fall, and the gate itself bites."""

import dataclasses
import json
from pathlib import Path

import pytest

from detection import relevance, survey
from detection.sentences import read
from detection.topic import weights
from records.finding import Examination
from tests.golden import gate
from tests.golden.measures import as_document, examine_row
from tests.golden.rates import Row

_THRESHOLD = weights()["threshold"]
_DECISIVE = [
    name for name, weight in weights().items() if (name != "threshold" and weight >= _THRESHOLD) or name == "play"
]


@pytest.mark.parametrize("kind", gate.kinds())
def test_no_floor_falls(kind: str) -> None:
    """Detection reaches every floor that is pinned for the kind's golden set."""
    assert gate.compare(kind, gate.measure(kind), gate.read_floors()[kind]) == []


@pytest.mark.parametrize("kind", gate.kinds())
def test_golden_sets_are_large_enough(kind: str) -> None:
    """Each language has at least 40 passages for a kind, near misses among them, and no passage comes twice."""
    rows = gate.golden_rows(kind)
    languages = {row["language"] for row in rows}
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({(row.get("title"), row["text"]) for row in rows}) == len(rows)
    assert {language: n for language in languages if (n := sum(row["language"] == language for row in rows)) < 40} == {}


def test_lower_measure_is_a_fall() -> None:
    """A measure below its floor by more than rounding is reported with both numbers."""
    pinned = {"digest": gate.set_digest("relevance"), "floors": {"f1": 0.97}}
    assert gate.compare("relevance", {"f1": 0.9697}, pinned) == []
    assert gate.compare("relevance", {"f1": 0.96}, pinned) == [gate.Fall("relevance", "f1", 0.97, 0.96)]
    assert gate.compare("relevance", {}, pinned) == [gate.Fall("relevance", "f1", 0.97, 0.0)]


def test_changed_set_must_be_pinned_anew() -> None:
    """Floors that were pinned for another version of a set are no floors: the gate says so."""
    falls = gate.compare("relevance", {"f1": 1.0}, {"digest": "of an older set", "floors": {"f1": 0.5}})
    assert [fall.measure for fall in falls] == ["the set"]


def test_update_refuses_to_lower_a_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--update`` keeps a floor that would fall, until ``--allow-regression`` says that it is meant."""
    floors = tmp_path / "floors.json"
    too_high = {"relevance": {"digest": gate.set_digest("relevance"), "floors": {"f1": 1.1}}}
    floors.write_text(json.dumps(too_high))
    monkeypatch.setattr(gate, "FLOORS", floors)
    monkeypatch.setattr(gate, "kinds", lambda: ("relevance",))
    monkeypatch.setattr(gate, "measure", lambda kind: {"f1": 0.9})
    assert gate.main(["--update"]) == 1
    assert gate.read_floors() == too_high
    assert gate.main(["--update", "--allow-regression"]) == 0
    assert gate.read_floors()["relevance"]["floors"] == {"f1": 0.9}


@pytest.mark.parametrize("evidence", _DECISIVE)
def test_every_kind_of_evidence_carries_weight(evidence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any one kind of evidence for relevance, some floor falls."""
    without = {**weights(), evidence: 1.0 if evidence == "play" else 0.0}
    monkeypatch.setattr(relevance, "weights", lambda: without)
    monkeypatch.setattr(survey, "weights", lambda: without)
    rows = gate.golden_rows("relevance")
    found = {row["id"]: _judged(row) for row in rows}
    assert (
        gate.compare("relevance", gate.measure_found("relevance", rows, found), gate.read_floors()["relevance"]) != []
    )


@pytest.mark.parametrize("kind", [kind for kind in gate.kinds() if kind != "relevance"])
def test_every_rule_carries_weight(kind: str) -> None:
    """Without what any one rule finds, some floor falls: no rule is there that the golden set does not need."""
    rows = gate.golden_rows(kind)
    found = {row["id"]: examine_row(row) for row in rows}
    floors = gate.read_floors()[kind]
    rules = {finding.rule for examination in found.values() for finding in getattr(examination, kind)}
    idle = [rule for rule in sorted(rules) if not gate.lowered(kind, _measured_without(kind, rule, found), floors)]
    assert rules
    assert idle == []


def _judged(row: Row) -> Examination:
    reading = read(as_document(row))
    return Examination(id=row["id"], language=reading.language, relevance=relevance.judge_relevance(reading))


def _measured_without(kind: str, rule: str, found: dict[str, Examination]) -> dict[str, float]:
    kept = {id_: _without(examination, rule) for id_, examination in found.items()}
    return gate.measure_found(kind, gate.golden_rows(kind), kept)


def _without(examination: Examination, rule: str) -> Examination:
    return dataclasses.replace(
        examination,
        votes=tuple(vote for vote in examination.votes if vote.rule != rule),
        statements=tuple(statement for statement in examination.statements if statement.rule != rule),
        milestones=tuple(milestone for milestone in examination.milestones if milestone.rule != rule),
    )
