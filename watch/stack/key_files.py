"""Keeps each role's API key in a file of its own, readable by its owner alone: what ``…_API_KEY_FILE`` points to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from elasticsearch import Elasticsearch

from indexing.keys import Role, drop_key, is_good, make_key
from watch.stack.files import write_whole


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A role's key: its file, and whether it had to be made."""

    role: Role
    path: Path
    outcome: Literal["made", "kept"]


def keep_keys(
    client: Elasticsearch, folder: Path, roles: Sequence[Role], *, rotate: bool, now: datetime
) -> Iterator[KeptKey]:
    """Have a good key of each role in ``<folder>/<role>-api-key``; ``rotate`` makes all of them anew.

    The key that a new one takes the place of is dropped once the new one is in the file, and no other is: keys that
    were made for another machine live on. A death in between leaves one key that nobody has, until it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for role in roles:
        path = folder / f"{role}-api-key"
        held = path.read_text(encoding="utf-8", errors="replace").strip() if path.exists() else ""
        if held and not rotate and is_good(client, role, held, now=now):
            path.chmod(0o600)
            yield KeptKey(role, path, "kept")
            continue
        write_whole(path, make_key(client, role).encode() + b"\n", mode=0o600)
        drop_key(client, held)
        yield KeptKey(role, path, "made")
