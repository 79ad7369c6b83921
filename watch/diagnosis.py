"""How one part of the watch is, and what to do when it is not well."""

from collections.abc import Mapping
from dataclasses import dataclass

REMEDIES: Mapping[str, str] = {
    "sources": "mend the files; `convention-watch sources check` names every mistake",
    "subscriptions": "mend the file; `convention-watch subscriptions check` names every mistake",
    "ledger": "start its database, or see to its disk; CONVENTION_WATCH_LEDGER says which it is",
    "index": "start it, or name another by CONVENTION_WATCH_INDEX; meanwhile all documents wait in the ledger",
    "mail": "start it, or name another by CONVENTION_WATCH_SMTP; meanwhile all mails wait for up to 48 hours",
    "disk": "free some space, or name another folder by CONVENTION_WATCH_HOME",
    "clock": "set this machine's clock: dates of articles are judged by it",
    "airflow": "see its logs and start it; `convention-watch run` makes a pass without it",
    "blocked": "open its homepage in a browser: a login or a challenge? Find another way in, or ask its webmaster",
    "gone": "find its new address, or remove its file",
    "parse_error": "its address answers something else now: find the new one",
    "unreachable": "try again later; when it lasts, find its new address, or remove its file",
}
"""What to do, by the part; for a source by its state."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How one part is: ``well`` or not, a sentence about it, and what to do (None when it is well)."""

    part: str
    well: bool
    said: str
    remedy: str | None = None


def ill(part: str, error: str, ailment: str | None = None) -> Diagnosis:
    """Return the diagnosis of a part that cannot be used, in one line; ``ailment`` chooses the remedy (None: part)."""
    first, *more = error.splitlines() or ["no reason was given"]
    return Diagnosis(part, False, first + (f" (and {len(more)} more)" if more else ""), REMEDIES[ailment or part])
