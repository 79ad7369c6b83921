"""How long a way that failed is left alone: longer each time, by the class of the failure, and never for good."""

from dataclasses import replace
from datetime import datetime, timedelta

from ledger.sources import FailureClass, FeedState

# The first pause and the longest, by class: what may pass by itself is tried again soon.
PAUSES: dict[FailureClass, tuple[timedelta, timedelta]] = {
    "soft": (timedelta(minutes=15), timedelta(hours=4)),
    "hard": (timedelta(minutes=30), timedelta(days=1)),
    "gone": (timedelta(hours=6), timedelta(days=7)),
}
_HARD = {"blocked", "parse_error", "no_address", "address_refused", "bad_link", "redirects"}


def class_of(state: str | None, reason: str | None) -> FailureClass:
    """Return the class of a failure, by the state of the way and the word for what went wrong."""
    if state == "gone":
        return "gone"
    return "hard" if state in _HARD or reason in _HARD else "soft"


def failed(state: FeedState, failure: FailureClass, now: datetime) -> FeedState:
    """Return the state of a way after one more failure: each of the same class doubles the pause."""
    failures = state.failures + 1 if state.failure == failure else 1
    first, longest = PAUSES[failure]
    pause = min(first * 2 ** min(failures - 1, 20), longest)
    return replace(state, failure=failure, failures=failures, retry_at=now + pause)


def recovered(state: FeedState) -> FeedState:
    """Return the state of a way that answers again."""
    return replace(state, failure=None, failures=0, retry_at=None)
