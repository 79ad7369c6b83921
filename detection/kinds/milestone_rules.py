"""The steps in a treaty's life as a sentence tells them: which step, whose, how certain."""

from collections.abc import Iterator

from detection.kinds.milestone_ratifications import ratifications
from detection.kinds.milestone_steps import FUTURE, Rule, Step, of_other
from detection.kinds.milestone_subjects import count_near, subjects_near
from detection.kinds.milestone_words import Line, MilestoneWords
from detection.phrases import Mark
from records.finding import Certainty

AD_HOC, PARTIES = "Ad Hoc Committee", "Conference of the States Parties"


_SESSION_REACH = 18
_NEXT = 3
_UNION_REACH = 12
"""Words between what the Union allows and the signing that is allowed."""


def steps_in(line: Line, words: MilestoneWords) -> Iterator[Step]:
    """All the steps that a sentence tells, in the order of the rules."""
    for rule in RULES:
        yield from rule(line, words)


def _signatures(line: Line, words: MilestoneWords) -> Iterator[Step]:
    for mark in line.of("signed", "sign", "will_sign"):
        if _signs_other(line, mark):
            continue
        if line.near(mark, "call", before=words.reach + 3):
            yield Step("signature", None, "announced", "milestone/signature", mark, refused="a call, not a step")
            continue
        negated = line.near(mark, "not", before=3)
        became = line.near(mark, "became", before=words.reach + 3)
        future = mark.kind == "will_sign" or line.near(mark, *FUTURE, before=words.reach)
        if became is not None and not negated and not line.near(became, *FUTURE, before=2):
            yield from _signed(line, words, mark, "done", "milestone/signature-became")
            continue
        if negated:
            yield from _refusals(line, words, mark)
        elif not future and (mark.kind == "signed" or _heads(line, mark)):
            yield from _signed(line, words, mark, "done", "milestone/signature-done")
        elif future:
            yield from _signed(line, words, mark, "announced", "milestone/signature-announced")


def _heads(line: Line, mark: Mark) -> bool:
    """Whether a bare verb follows those who do it at once, as in headlines ("72 states sign")."""
    return line.near(mark, "unit", "more", before=0) is not None


def _signs_other(line: Line, mark: Mark) -> bool:
    """Whether it is another thing that is signed (a law, a memorandum), or the signing itself is authorised."""
    if line.near(mark, "law", before=6, after=6) or line.near(mark, "ratify_step", after=_NEXT):
        return True
    if of_other(line, mark):
        return True
    authorised = line.near(mark, "authorised", before=_UNION_REACH if _union_body(line) else 3)
    return line.near(mark, "noun_sign", before=0) is not None or authorised is not None


def _signed(line: Line, words: MilestoneWords, mark: Mark, certainty: Certainty, rule: str) -> Iterator[Step]:
    count = count_near(line, mark, words)
    if count is not None:
        yield Step("signature", None, certainty, rule, mark, count=count)
        return
    for subject in subjects_near(line, mark, words):
        yield Step("signature", subject, certainty, rule, mark)


def _refusals(line: Line, words: MilestoneWords, mark: Mark) -> Iterator[Step]:
    certainty: Certainty = "announced" if mark.kind == "will_sign" or line.near(mark, *FUTURE, before=6) else "done"
    for subject in subjects_near(line, mark, words):
        yield Step("refusal", subject, certainty, "milestone/refusal-negated", mark)


def _refused(line: Line, words: MilestoneWords) -> Iterator[Step]:
    for mark in line.of("refused"):
        if line.near(mark, "call", before=8):
            yield Step("refusal", None, "announced", "milestone/refusal", mark, refused="a call, not a step")
            continue
        certainty: Certainty = "announced" if line.near(mark, *FUTURE, before=4) else "done"
        for subject in subjects_near(line, mark, words):
            yield Step("refusal", subject, certainty, "milestone/refusal-worded", mark)


def _openings(line: Line, words: MilestoneWords) -> Iterator[Step]:
    for mark in line.of("open_signature"):
        future = line.near(mark, *FUTURE, before=5)
        certainty: Certainty = "announced" if future else "done"
        count = count_near(line, mark, words)
        yield Step("signature", None, certainty, "milestone/signature-opening", mark, count=count)


def _entries(line: Line, words: MilestoneWords) -> Iterator[Step]:  # noqa: ARG001 - all rules are called alike
    for mark in line.of("force"):
        if line.of("condition") and not _is_dated(line, mark):
            yield Step(
                "entry_into_force", None, "announced", "milestone/force", mark, refused="a condition, not a date"
            )
            continue
        dated = [mention for mention in line.dates if mention.day or (mention.month and mention.year)]
        if not dated:
            yield Step("entry_into_force", None, "announced", "milestone/force", mark, refused="no concrete date")
            continue
        certainty: Certainty = "announced" if line.near(mark, *FUTURE, before=4) or mark.kind != "force" else "done"
        yield Step("entry_into_force", None, certainty, "milestone/force-dated", mark)


def _is_dated(line: Line, mark: Mark) -> bool:
    """Whether a day with its year stands right behind a step: "takes effect on 1 June 2027, 90 days after …"."""
    return any(mention.day and mention.year and 0 <= mention.first - mark.last <= _NEXT for mention in line.dates)


def _sessions(line: Line, words: MilestoneWords) -> Iterator[Step]:
    for mark in line.of("session"):
        body = _body(line, mark)
        if body is None:
            continue
        reach = round(_SESSION_REACH / words.far)
        future = line.near(mark, "session_will", "will_meet", before=reach, after=reach)
        moved = line.near(mark, "opened", "closed", before=reach, after=reach)
        if future is not None:
            yield Step("session", body, "announced", "milestone/session-announced", mark)
        elif moved is not None and not line.near(moved, *FUTURE, before=4):
            yield Step("session", body, "done", f"milestone/session-{moved.kind}", mark)
        elif moved is not None:
            yield Step("session", body, "announced", "milestone/session-announced", mark)


def _meetings(line: Line, words: MilestoneWords) -> Iterator[Step]:  # noqa: ARG001 - all rules are called alike
    """A body that "will meet" on a day: a session that is not called one."""
    for mark in line.of("will_meet", "session_will"):
        body = _body(line, mark)
        # A conference is itself held; of a committee only a meeting on a day is one.
        held = body == PARTIES or (
            mark.kind == "will_meet" and body == AD_HOC and any(mention.precision == "day" for mention in line.dates)
        )
        if held and line.dates and not line.of("session"):
            yield Step("session", body, "announced", "milestone/session-meeting", mark)


def _body(line: Line, mark: Mark) -> str | None:
    bodies = [other for other in line.marks if other.kind.startswith("body:")]
    nearest = min(bodies, key=lambda other: abs(other.first - mark.first), default=None)
    return nearest.kind.partition(":")[2] if nearest else None


def _drafts(line: Line, words: MilestoneWords) -> Iterator[Step]:
    for mark in line.of("draft"):
        moved = line.near(mark, "published", "deposited", before=14, after=12)
        if moved is None or line.near(moved, *FUTURE, before=3):
            continue
        subjects = [subject for subject in subjects_near(line, moved, words) if subject != "Vietnam"][-1:]
        subject = subjects[0] if subjects else _body(line, mark)
        yield Step("draft_text", subject, "done", "milestone/draft-published", mark)


def _protocols(line: Line, words: MilestoneWords) -> Iterator[Step]:  # noqa: ARG001 - all rules are called alike
    for mark in line.of("protocol"):
        moved = line.near(mark, "negotiate", "opened", before=14, after=14)
        if moved is not None:
            to_come = line.of("session_will") and not line.of("opened", "closed")
            certainty: Certainty = "announced" if to_come or line.near(moved, *FUTURE, before=4) else "done"
            yield Step("protocol", _body(line, mark), certainty, "milestone/protocol-talks", mark)


def _elections(line: Line, words: MilestoneWords) -> Iterator[Step]:  # noqa: ARG001 - all rules are called alike
    for mark in line.of("elected"):
        body = _body(line, mark)
        if (
            body is not None
            and line.near(mark, "chair", before=16, after=16)
            and not line.near(mark, *FUTURE, before=4)
        ):
            yield Step("election", body, "done", "milestone/election", mark)


def _union(line: Line, words: MilestoneWords) -> Iterator[Step]:  # noqa: ARG001 - all rules are called alike
    for mark in line.of("authorised"):
        named = _union_body(line)
        if named is None or line.near(mark, "call", before=6):
            continue
        certainty: Certainty = "announced" if line.near(mark, *FUTURE, before=4) else "domestic"
        yield Step("eu_procedure", _EU[named.kind[5:]], certainty, "milestone/eu-procedure", mark)


def _union_body(line: Line) -> Mark | None:
    return next((other for other in line.marks if other.kind.startswith("body:EU ")), None)


_EU = {
    "EU Council": "Council of the European Union",
    "EU Commission": "European Commission",
    "EU Parliament": "European Parliament",
}


def _implementations(line: Line, words: MilestoneWords) -> Iterator[Step]:
    for mark in line.of("implemented"):
        if line.near(mark, "call", before=8):
            continue
        certainty: Certainty = "announced" if line.near(mark, *FUTURE, before=4) else "domestic"
        for subject in subjects_near(line, mark, words, adjectives=True)[-1:]:
            yield Step("implementation", subject, certainty, "milestone/implementation", mark)


RULES: tuple[Rule, ...] = (
    _openings,
    _signatures,
    _refused,
    ratifications,
    _entries,
    _sessions,
    _meetings,
    _drafts,
    _protocols,
    _elections,
    _union,
    _implementations,
)
