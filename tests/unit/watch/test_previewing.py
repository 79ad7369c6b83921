"""``subscriptions preview``: what the subscriptions would have sent, before they send anything."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from ledger.opening import open_ledger
from records.article import Origin
from tests.unit.ledger.passing import Desk
from tests.unit.ledger.writing import NOW, article, milestone, vote
from watch.commands.subscriptions import app

TALLY = "The Assembly adopted the text by 79 votes to 60, with 33 abstentions."
OLD = "Canada has signed the convention against cybercrime."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A ledger that has told nobody of a vote because nobody asked, and of a signature because it was old."""
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", now=NOW)
    desk = Desk(ledger)
    told: list[tuple[str, str, Origin]] = [("vote", TALLY, "live"), ("signature", OLD, "backfill")]
    for name, text, origin in told:
        one = article(text, url=f"https://tidings.example/{name}")
        desk.publish(one, vote(text) if name == "vote" else milestone(text), origin=origin)
    desk.detect(lambda _development, _occasion: ())
    ledger.close()
    return tmp_path


def preview(home: Path, *, later: timedelta = timedelta()) -> list[dict[str, str]]:
    """What a reader who now wants everything is shown."""
    wishes = [{"name": "new", "to": "reader@desk.example", "kinds": ["vote", "statement", "milestone"]}]
    (home / "subscriptions.yml").write_text(yaml.safe_dump(wishes), encoding="utf-8")
    environment = {"CONVENTION_WATCH_HOME": str(home), "CONVENTION_WATCH_AS_OF": (NOW + later).isoformat()}
    done = CliRunner().invoke(app, ["preview", "--json"], env=environment)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_news_that_nobody_asked_for_is_shown_to_who_asks_now(home: Path) -> None:
    """The vote of this month, and not what was old when it was found; nothing is entered to be sent."""
    (row,) = preview(home)
    assert (row["to"], row["delivery"], row["subscription"]) == ("reader@desk.example", "immediate", "new")
    assert "79-60-33" in row["headline"]
    assert list(home.glob("mail/new/*")) == []


def test_only_the_last_thirty_days_are_shown(home: Path) -> None:
    """What is older would not be sent by a subscription that begins now."""
    assert preview(home, later=timedelta(days=31)) == []
