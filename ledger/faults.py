"""The databases' own errors, named as the ledger's: which mean that it cannot be reached now."""

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from records.errors import LedgerUnreachable

# SQLite says by name what happened; all else (a wrong statement, a broken constraint) is a programming error.
_SQLITE = {
    "SQLITE_BUSY": "it stayed locked for too long",
    "SQLITE_LOCKED": "it stayed locked for too long",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR": "the disk does not answer",
    "SQLITE_CANTOPEN": "it cannot be opened",
    "SQLITE_READONLY": "it is read-only",
    "SQLITE_CORRUPT": "it is damaged",
    "SQLITE_NOTADB": "it is no database",
    "SQLITE_PERM": "access is denied",
}
_POSTGRES_FULL = ("53100", "53200", "53300")  # disk full, out of memory, too many connections


def unreachable(error: DBAPIError, url: URL) -> LedgerUnreachable | None:
    """The error as LedgerUnreachable, with the ledger's address but no password; None for any other kind."""
    reason = _reason(error)
    if reason is None:
        return None
    return LedgerUnreachable(f"the ledger {url.render_as_string(hide_password=True)} cannot be used: {reason}")


def _reason(error: DBAPIError) -> str | None:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return next((words for key, words in _SQLITE.items() if name.startswith(key)), None)
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return "the connection was lost"
    if isinstance(error, OperationalError):
        state = getattr(error.orig, "sqlstate", None)
        return "the server is out of room" if state in _POSTGRES_FULL else "the server does not answer"
    return None
