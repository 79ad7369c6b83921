"""Developments as the contract's JSON shows them (design, section 5)."""

from collections.abc import Sequence
from typing import Any

from records.development import Development, Told


def as_json(development: Development, told: Sequence[Told]) -> dict[str, Any]:
    """One development as a JSON object: instants in ISO 8601 with ``Z``, dates as YYYY-MM-DD, unknown as null."""
    raise NotImplementedError
