"""What an account of a pass is, and that a watch which gives a wrong one is noticed."""

import pytest

from tests.newsroom.accounting import is_accounted


@pytest.mark.parametrize(
    ("counts", "right"),
    [
        ({"found": 4, "known": 1, "off_topic": 1, "stored": 1, "dropped": {"no_text": 1}}, True),
        ({"found": 5, "known": 1, "off_topic": 1, "stored": 1, "dropped": {"no_text": 1}}, False),
        ({"found": 4, "known": 1, "off_topic": 1, "stored": 1, "dropped": {"": 1}}, False),
    ],
)
def test_every_item_is_somewhere(counts: dict[str, object], right: bool) -> None:
    """One that is nowhere, or dropped for no reason, is missed."""
    assert is_accounted(counts) is right
