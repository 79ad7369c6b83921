"""What an account of a pass is, and that a watch which gives a wrong one is noticed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger.opening import open_ledger
from ledger.sources import SourcePass, record_pass
from ledger.tables import passes
from tests.newsroom.accounting import NotAccounted, check_accounts, is_accounted

NOW = datetime(2019, 12, 28, tzinfo=UTC)


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


def test_a_ledger_is_read_for_what_its_passes_say(tmp_path: Path) -> None:
    """Also passes that another program made, such as Airflow, are seen; a wrong one is named by its source."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    ledger = open_ledger(url, now=NOW)
    with ledger.begin() as conn:
        record_pass(conn, SourcePass("tidings", "ok", NOW, NOW, 2, 1, 0, 1, {}))
    assert check_accounts(url) == 1
    with ledger.begin() as conn:
        conn.execute(passes.update().values(found=3))
    ledger.close()
    with pytest.raises(NotAccounted, match="tidings"):
        check_accounts(url)
