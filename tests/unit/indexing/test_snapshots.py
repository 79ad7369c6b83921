"""Snapshots as they are asked for: against a stand-in that keeps what it is given (the real server has no policies)."""

import json
from contextlib import closing
from typing import Any

import pytest

from indexing.cluster_client import connect
from indexing.snapshots import POLICY, REPOSITORY, keep_snapshots, load_policy
from records.errors import IndexingError
from tests.servers.faulty_elasticsearch import Answer, Asked, faulty_elasticsearch

LOCATION = "/run/snapshots"


def test_what_is_there_is_sent_once() -> None:
    """The repository and the policy, whole; a second run sends neither; one that was changed is put right."""
    held: dict[str, Any] = {}

    def answering(asked: Asked) -> Answer | None:
        key = {f"/_snapshot/{REPOSITORY}": REPOSITORY, f"/_slm/policy/{POLICY}": POLICY}.get(asked.path)
        if key is None:
            return None
        if asked.method == "PUT":
            body = json.loads(asked.body)
            held[key] = body if key == REPOSITORY else {"version": 1, "policy": body}
            return Answer(body={"acknowledged": True})
        return Answer(body={key: held[key]}) if key in held else Answer(404, {"error": "missing"})

    with faulty_elasticsearch(answering) as server, closing(connect(server.url, api_key=None, ca=None)) as client:
        runs = [[one.outcome for one in keep_snapshots(client, LOCATION)] for _ in range(2)]
        assert runs == [["sent", "sent"], ["unchanged", "unchanged"]]
        assert held[REPOSITORY] == {"type": "fs", "settings": {"location": LOCATION, "compress": "true"}}
        assert held[POLICY]["policy"] == load_policy()
        held[POLICY]["policy"] = {**load_policy(), "schedule": "0 0 * * * ?"}
        assert [one.outcome for one in keep_snapshots(client, "/elsewhere")] == ["sent", "sent"]
        assert held[POLICY]["policy"] == load_policy()


def test_old_snapshots_are_removed_but_never_all() -> None:
    """The policy keeps thirty days, seven snapshots at least, of our indices and of the server's own state."""
    policy = load_policy()
    assert policy["retention"] == {"expire_after": "30d", "min_count": 7, "max_count": 60}
    assert policy["repository"] == REPOSITORY
    assert policy["config"]["indices"] == ["convention-watch-*"]
    assert policy["config"]["include_global_state"] is True


def test_a_server_without_policies_is_told_in_words() -> None:
    """The repository is there then, and the word says what is lacking."""

    def answering(asked: Asked) -> Answer | None:
        if asked.path.startswith("/_slm/"):
            return Answer(400, {"error": f"no handler found for uri [{asked.path}] and method [{asked.method}]"})
        if asked.path.startswith("/_snapshot/") and asked.method == "GET":
            return Answer(404, {"error": "missing"})
        return None

    with (
        faulty_elasticsearch(answering) as server,
        closing(connect(server.url, api_key=None, ca=None)) as client,
        pytest.raises(IndexingError, match="has no snapshot lifecycle"),
    ):
        list(keep_snapshots(client, LOCATION))
