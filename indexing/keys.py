"""Roles and API keys of least privilege: what each part of the watch may do, as data in ``roles.json``.

``writer``: put and compare documents, in indices that exist; neither make nor delete an index. ``reader``: search.
``installer``: make, rebuild and remove our indices. ``dashboards``: put data views and dashboards into Kibana. None of
them can read any other index.
"""

import base64
import binascii
import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from elasticsearch import ApiError, AuthenticationException, Elasticsearch, NotFoundError

from indexing.opening import INDEX_PREFIX

Role = Literal["writer", "reader", "installer", "dashboards"]
ROLES: tuple[Role, ...] = get_args(Role)
LIFETIME = timedelta(days=365)
RENEWED_BEFORE = timedelta(days=60)


def load_role(role: Role, prefix: str = INDEX_PREFIX) -> dict[str, Any]:
    """Return the privileges of a role, for the indices that begin with ``prefix``."""
    told = Path(__file__).with_name("roles.json").read_text(encoding="utf-8")
    privileges: dict[str, Any] = json.loads(told.replace("PREFIX", prefix))[role]
    return privileges


def put_role(client: Elasticsearch, role: Role, prefix: str = INDEX_PREFIX) -> str:
    """Have the role on the server, for people's accounts, as ``<prefix>-<role>``; return that name."""
    name = f"{prefix}-{role}"
    client.security.put_role(name=name, **load_role(role, prefix))
    return name


def make_key(client: Elasticsearch, role: Role, prefix: str = INDEX_PREFIX, *, lifetime: timedelta = LIFETIME) -> str:
    """Make an API key for a role and return it in the form that the setting INDEX_API_KEY takes."""
    privileges = load_role(role, prefix)
    made = client.security.create_api_key(
        name=f"{prefix}-{role}",
        expiration=f"{lifetime.days}d",
        role_descriptors={role: privileges},
        metadata={"privileges": _digest(privileges)},
    )
    return str(made["encoded"])


def is_good(client: Elasticsearch, role: Role, key: str, prefix: str = INDEX_PREFIX, *, now: datetime) -> bool:
    """Whether the server takes ``key``, it holds just the privileges of ``role``, and it does not end soon."""
    identity = _identity(key)
    if identity is None:
        return False
    try:
        client.options(api_key=key).security.authenticate()
        (held,) = client.security.get_api_key(id=identity)["api_keys"]
    except (AuthenticationException, NotFoundError):
        return False
    ends = datetime.fromtimestamp(held.get("expiration", 0) / 1000, UTC)
    same = held.get("metadata", {}).get("privileges") == _digest(load_role(role, prefix))
    return same and ends - now > RENEWED_BEFORE


def key_end(client: Elasticsearch) -> datetime | None:
    """Return when the key of this client ends (UTC), None when it never does or the client has no key."""
    try:
        own = client.security.authenticate().get("api_key")
        held = client.security.get_api_key(id=own["id"], owner=True)["api_keys"] if own else []
    except ApiError as error:
        if error.meta.status == 403:
            return None
        raise
    ends = [key["expiration"] for key in held if "expiration" in key]
    return datetime.fromtimestamp(ends[0] / 1000, UTC) if ends else None


def drop_key(client: Elasticsearch, key: str) -> None:
    """Let the server take ``key`` no longer; one that it does not know is no error."""
    identity = _identity(key)
    if identity is not None:
        client.options(ignore_status=404).security.invalidate_api_key(ids=[identity])


def _identity(key: str) -> str | None:
    try:
        return base64.b64decode(key, validate=True).decode().partition(":")[0] or None
    except (binascii.Error, ValueError):
        return None


def _digest(privileges: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(privileges, sort_keys=True).encode()).hexdigest()[:16]
