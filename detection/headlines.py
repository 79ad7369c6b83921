"""A development in one line of English, for lists and subjects of mails."""

from detection.novelty_statements import speaker_of
from detection.novelty_tallies import show_tally
from records.finding import Finding, Milestone, Statement, Vote

LONGEST = 160
"""Characters of a headline; a longer one is cut at a word."""

_STEPS = {
    "signature": "signature",
    "ratification_step": "step towards ratification",
    "deposit": "instrument deposited",
    "entry_into_force": "entry into force",
    "session": "session",
    "draft_text": "draft text",
    "protocol": "additional protocol",
    "election": "election",
    "eu_procedure": "EU procedure",
    "refusal": "refusal to sign",
    "implementation": "implementation",
}


def headline(finding: Finding, proof: str) -> str:
    """The development's headline; ``proof`` is the sentence, or what was said, in its own language."""
    if isinstance(finding, Vote):
        return _cut(_vote(finding))
    if isinstance(finding, Statement):
        return _cut(_statement(finding, proof))
    return _cut(_milestone(finding))


def _vote(vote: Vote) -> str:
    body = vote.body or "UN vote"
    outcome = f" {vote.outcome}" if vote.outcome else ""
    what = f" ({vote.symbol})" if vote.symbol else ""
    return f"{body}: {vote.object or 'text'}{what}{outcome}, {show_tally(vote)}{_day(vote)}"


def _statement(said: Statement, proof: str) -> str:
    who = speaker_of(said) or "unknown speaker"
    place = f" ({said.affiliation})" if said.affiliation and said.affiliation not in who else ""
    return f"{who}{place}: {' '.join(proof.split())}"


def _milestone(step: Milestone) -> str:
    who = step.subject or (f"{step.count} states" if step.count else "the convention")
    promise = " announced" if step.certainty == "announced" else ""
    return f"{who}: {_STEPS[step.type]}{promise}{_day(step)}"


def _day(finding: Vote | Milestone) -> str:
    return f", {finding.event_date.isoformat()}" if finding.event_date else ""


def _cut(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    return line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
