"""Snapshots to a folder of the server: the repository, and the policy (``snapshots.json``) that fills and clears it.

Our indices can be made anew from the ledger; what people made themselves in Kibana, and who may log in, cannot. Both
are in the server's global state, which each snapshot holds.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError

from records.errors import IndexingError

REPOSITORY = "convention-watch"
POLICY = "convention-watch-nightly"


@dataclass(frozen=True, slots=True)
class Kept:
    """A repository or a policy on the server, and whether it had to be sent."""

    kind: Literal["repository", "policy"]
    name: str
    outcome: Literal["sent", "unchanged"]


def keep_snapshots(client: Elasticsearch, location: str) -> Iterator[Kept]:
    """Have a repository at ``location``, which the server can write to, and the nightly policy with its retention.

    Raises IndexingError when the server was not started with ``path.repo``, or has no snapshot lifecycle.
    """
    yield Kept("repository", REPOSITORY, _keep_repository(client, location))
    yield Kept("policy", POLICY, _keep_policy(client))


def load_policy() -> dict[str, Any]:
    """Return the policy as it is sent."""
    policy: dict[str, Any] = json.loads(Path(__file__).with_name("snapshots.json").read_text(encoding="utf-8"))
    return policy


def _keep_repository(client: Elasticsearch, location: str) -> Literal["sent", "unchanged"]:
    wanted = {"type": "fs", "settings": {"location": location, "compress": "true"}}
    try:
        held = client.snapshot.get_repository(name=REPOSITORY)[REPOSITORY]
    except NotFoundError:
        held = None
    if held is not None and {name: held.get(name) for name in wanted} == wanted:
        client.snapshot.verify_repository(name=REPOSITORY)
        return "unchanged"
    try:
        client.snapshot.create_repository(name=REPOSITORY, repository=wanted, verify=True)
    except ApiError as error:
        if "path.repo" not in str(error.body):
            raise
        raise IndexingError(f"{location} is not a folder that Elasticsearch's path.repo allows") from error
    return "sent"


def _keep_policy(client: Elasticsearch) -> Literal["sent", "unchanged"]:
    wanted = load_policy()
    try:
        try:
            held = client.slm.get_lifecycle(policy_id=POLICY)[POLICY]["policy"]
        except NotFoundError:
            held = None
        if held == wanted:
            return "unchanged"
        client.slm.put_lifecycle(policy_id=POLICY, **wanted)
    except BadRequestError as error:
        if "no handler found" not in str(error):
            raise
        raise IndexingError("this Elasticsearch has no snapshot lifecycle: take snapshots by hand") from error
    return "sent"
