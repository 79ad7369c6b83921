"""API keys of least privilege: what each part of the watch may do in Elasticsearch, as data in ``roles.json``.

``writer``: put and compare documents, in indices that exist; neither make nor delete an index. ``reader``: search.
``installer``: make, rebuild and remove our indices. None of them can read any other index.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from elasticsearch import Elasticsearch

from indexing.opening import INDEX_PREFIX

Role = Literal["writer", "reader", "installer"]
LIFETIME = timedelta(days=365)


def load_role(role: Role, prefix: str = INDEX_PREFIX) -> dict[str, Any]:
    """Return the privileges of a role, for the indices that begin with ``prefix``."""
    told = Path(__file__).with_name("roles.json").read_text(encoding="utf-8")
    privileges: dict[str, Any] = json.loads(told.replace("PREFIX", prefix))[role]
    return privileges


def make_key(client: Elasticsearch, role: Role, prefix: str = INDEX_PREFIX, *, lifetime: timedelta = LIFETIME) -> str:
    """Make an API key for a role and return it in the form that the setting INDEX_API_KEY takes."""
    made = client.security.create_api_key(
        name=f"{prefix}-{role}", expiration=f"{lifetime.days}d", role_descriptors={role: load_role(role, prefix)}
    )
    return str(made["encoded"])
