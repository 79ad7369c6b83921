"""Leases: who may do what at this moment, kept in the ledger so that two passes never overlap."""

import os
import socket
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from ledger.tables import leases
from ledger.upserting import upsert_with

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def this_owner() -> str:
    """A name for this piece of work that tells others whether its process still lives; new on each call."""
    pid = os.getpid()
    return "/".join((socket.gethostname(), _boot(), str(pid), _started(pid), uuid.uuid4().hex[:8]))


def is_gone(owner: str) -> bool:
    """Whether the owner's process surely lives no more: on this machine, before its last start or by its number."""
    parts = owner.split("/")
    if len(parts) != 5 or parts[0] != socket.gethostname():
        return False
    _, boot, pid, started, _ = parts
    if boot != _boot():
        return True
    return not _alive(int(pid)) or _started(int(pid)) != started


def gone(owners: Iterable[str | None]) -> set[str]:
    """Those owners whose process surely lives no more."""
    return {owner for owner in set(owners) if owner is not None and is_gone(owner)}


def lease(conn: Connection, name: str, *, owner: str, now: datetime, seconds: float) -> bool:
    """Take or renew the lease ``name`` until ``now`` + ``seconds``; False when another living owner holds it.

    A lease whose process is gone from this machine, or whose time has passed, is free.
    """
    until = now + timedelta(seconds=seconds)
    upsert_with(conn, leases, {"name": name, "owner": owner, "until": until}, keys=("name",), again={})
    held = conn.execute(select(leases).where(leases.c.name == name).with_for_update()).one()
    if held.owner != owner and held.until > now and not is_gone(held.owner):
        return False
    conn.execute(leases.update().where(leases.c.name == name).values(owner=owner, until=until))
    return True


def release(conn: Connection, name: str, *, owner: str) -> None:
    """Give the lease back; nothing happens when ``owner`` does not hold it."""
    conn.execute(leases.delete().where(leases.c.name == name, leases.c.owner == owner))


def _boot() -> str:
    return _BOOT.read_text().strip() if _BOOT.exists() else "unknown"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _stat(pid)[:1] != ["Z"]  # dead, but nobody has asked for its status: a container without an init


def _started(pid: int) -> str:
    """When a process started, in ticks since boot: a number used again belongs to another process."""
    return next(iter(_stat(pid)[19:20]), "unknown")


def _stat(pid: int) -> list[str]:
    """What Linux says of a process, from its state on; nothing where it cannot be read."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []
