"""Whether what an article says is new: pure, from records to records.

An article's findings are gathered into reports, one for each event they speak of. Each report is held
against what is known: it is a new development, one more sighting, a correction, or a memory.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import datetime
from typing import Any

from detection import novelty_milestones as milestones
from detection import novelty_readings as readings
from detection import novelty_statements as statements
from detection import novelty_votes as votes
from detection.novelty_deciding import Setting, decide_gone, decide_report
from detection.novelty_evidence import Report, Telling, telling
from detection.novelty_months import falls_in, month_named
from detection.retractions import is_retracted
from records.article import Article, Origin
from records.development import Decision, Development, Kind, KnownDevelopment
from records.finding import Examination, Finding, Milestone, Statement, Vote

OFF_TOPIC = "the article is not about the topic"

_BREATH = 250
"""Characters between two statements of one speaker who goes on about the same thing: a cue and half a sentence."""


def decide(
    article: Article,
    examination: Examination,
    known: Sequence[KnownDevelopment],
    *,
    origin: Origin,
    now: datetime,
) -> tuple[Decision, ...]:
    """What each finding of one article means for what is known: one decision for each event, and for each noise.

    Only ``live`` articles make anybody be told.
    """
    told = telling(article, examination.language or article.language)
    setting = Setting(told, origin, now)
    held = {one.development.id: one for one in known}
    decisions: list[Decision] = []
    reported: set[str] = set()
    for report_or_noise in _gather(told, examination):
        if isinstance(report_or_noise, Decision):
            decisions.append(report_or_noise)
            continue
        decision = _decide(setting, report_or_noise, list(held.values()), reported)
        decisions.append(decision)
        if decision.development is not None:
            reported.add(decision.development.id)
            held[decision.development.id] = _as_known(decision, held.get(decision.development.id))
    for one in known:
        if one.development.id not in reported and any(s.article_id == article.id for s in one.development.sightings):
            decisions += decide_gone(setting, one)
    return tuple(decisions)


def _gather(told: Telling, examination: Examination) -> Iterator[Report | Decision]:
    """The reports of an article, in the order of kinds, and a decision for each finding that is noise."""
    findings: list[tuple[Kind, Finding]] = [("vote", vote) for vote in examination.votes]
    findings += [("statement", statement) for statement in examination.statements]
    findings += [("milestone", milestone) for milestone in examination.milestones]
    kept: list[Finding] = []
    retracted = is_retracted(told.article)
    for kind, finding in findings:
        reason = "the article is retracted" if retracted else _noise(examination, finding)
        if reason is None:
            kept.append(finding)
        else:
            yield Decision("noise", kind, (finding,), None, None, reason)
    today = told.at.date()
    for group in _grouped([one for one in kept if isinstance(one, Vote)], votes.within_one_article):
        united = readings.unite(group)
        old = united.event_date is not None and today - united.event_date > votes.STALE
        yield Report(united, tuple(group), recalled=old or united.standing == "recalled")
    for group in _grouped([one for one in kept if isinstance(one, Statement)], statements.same_speaker):
        yield Report(_best_named(group), tuple(group), recalled=False)
    for group in _grouped([one for one in kept if isinstance(one, Milestone)], milestones.within_one_article):
        step = milestones.unite(group)
        old = step.event_date is not None and today - step.event_date > milestones.STALE
        yield Report(step, tuple(group), recalled=old)


def _noise(examination: Examination, finding: Finding) -> str | None:
    """Why a finding can be no development; None when it can."""
    if not examination.relevance.on_topic:
        return OFF_TOPIC
    if not finding.on_topic and not (isinstance(finding, Statement) and _continues(examination, finding)):
        return "it concerns another subject than the topic"
    if isinstance(finding, Statement):
        return None if statements.speaker_of(finding) else "nobody can tell who speaks"
    if isinstance(finding, Vote) and finding.standing == "announced":
        return "the vote has not been held yet"
    return None


def _continues(examination: Examination, statement: Statement) -> bool:
    """Tell whether a speaker goes on, without a break, from what was said of the topic ("nor does it…", he added)."""
    said = sorted((one for one in examination.statements if one.spans), key=lambda one: one.spans)
    on_topic_until: int | None = None
    for one in said:
        if not statements.same_speaker(one, statement):
            on_topic_until = None
        elif one.on_topic or (on_topic_until is not None and one.spans[0][0] - on_topic_until <= _BREATH):
            on_topic_until = one.spans[-1][1]
        else:
            on_topic_until = None
        if one == statement:
            return on_topic_until is not None
    return False


def _decide(setting: Setting, report: Report, known: Sequence[KnownDevelopment], reported: Container[str]) -> Decision:
    """Hold one report against what is known; the article's earlier reports have reached ``reported`` already."""
    finding, today, why = report.finding, setting.told.at.date(), None
    if isinstance(finding, Vote):
        month = month_named(setting.told, finding)
        days = [(one, one.development.event_date) for one in known]
        fitting = [one for one, day in days if month is None or day is None or falls_in(day, month)]
        same = votes.find_vote(finding, today, fitting)
        if same is None and report.recalled and not votes.is_identified(finding):
            return Decision("noise", "vote", report.findings, None, None, "remembered with neither date nor tally")
    elif isinstance(finding, Milestone):
        proof = setting.told.article.text[finding.start : finding.end]
        same = milestones.find_milestone(finding, today, known)
        same = same or milestones.find_ceremony(finding, proof, today, known)
    else:
        said = [one for one in report.findings if isinstance(one, Statement)]
        same, why = statements.find_statement(setting.told, said, known) or (None, None)
    again = same is not None and same.development.id in reported
    return decide_report(setting, report, same, why=why, again=again)


def _grouped(findings: Sequence[Any], together: Callable[[Any, Any], bool]) -> list[list[Any]]:
    """Findings of one event each, in text order."""
    groups: list[list[Any]] = []
    for finding in findings:
        home = next((group for group in groups if all(together(finding, other) for other in group)), None)
        if home is None:
            groups.append([finding])
        else:
            home.append(finding)
    return groups


def _best_named(said: Sequence[Statement]) -> Statement:
    """The first statement that names its speaker in full, else the first."""
    return next((one for one in said if one.speaker_full), said[0])


def _as_known(decision: Decision, before: KnownDevelopment | None) -> KnownDevelopment:
    development: Development | None = decision.development
    assert development is not None  # noqa: S101
    told = before.told if before else None
    return KnownDevelopment(development, told=told, known_event=before.known_event if before else False)
