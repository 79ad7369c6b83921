"""Leases: who may do what at this moment, kept in the ledger so that two passes never overlap."""

from datetime import datetime

from sqlalchemy import Connection


def this_owner() -> str:
    """A name for this piece of work that tells others whether its process still lives; new on each call."""
    raise NotImplementedError


def lease(conn: Connection, name: str, *, owner: str, now: datetime, seconds: float) -> bool:
    """Take or renew the lease ``name`` until ``now`` + ``seconds``; False when another living owner holds it.

    A lease whose process is gone from this machine, or whose time has passed, is free.
    """
    raise NotImplementedError


def release(conn: Connection, name: str, *, owner: str) -> None:
    """Give the lease back; nothing happens when ``owner`` does not hold it."""
    raise NotImplementedError
