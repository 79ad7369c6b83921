"""The report from which this project began, as an article of one source."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.end_to_end.conftest import OpenWatch
from tests.end_to_end.steps import TALLY, make_pass, sources_of, texts_of
from tests.newsroom.editions import Edition
from tests.newsroom.watching import Watch

SEED = Path(__file__).parents[3] / "shared" / "seed"
SITES = ("neva-wire", "hudson-dispatch")


@pytest.mark.shared
def test_the_seed_gives_one_vote_five_statements_and_one_mail(open_watch: OpenWatch) -> None:
    """The very text of 28 December 2019: one vote, one speaker, five contents; the next day adds a sighting."""
    files = sorted(SEED.glob("*.txt"))
    if not files:
        pytest.skip("../shared/seed is not beside the checkout")
    watch = open_watch("december_2019", tick="eve", only=SITES)
    watch.newsroom.put(_seed_edition(files[0].read_text(encoding="utf-8")))
    _tell_the_seed(watch)
    watch.newsroom.advance("second-outlet")
    _hear_it_again(watch)


def _tell_the_seed(watch: Watch) -> None:
    watch.newsroom.clear_logs()
    step = make_pass(watch)
    (vote,) = step.votes(TALLY)
    assert len([one for one in step.votes() if one["told"]]) == 1
    assert (vote["vote"]["outcome"], vote["vote"]["method"], vote["vote"]["body"]) == (
        "adopted",
        "recorded",
        "GA plenary",
    )
    assert len(step.mails_to("votes")) == 1
    (envoy,) = step.of_kind("statement")
    assert "Andrey Krutskikh" in envoy["statement"]["speaker_full"]
    text = texts_of(step.mails_to("statements"))
    for words in (
        "tackling together this serious evil",
        "does not juxtapose its initiative",
        "update it as much as possible",
        "lists only nine types",
        "does not include the topic of cyber terrorism",
    ):
        assert words in text


def _hear_it_again(watch: Watch) -> None:
    step = make_pass(watch)
    (vote,) = step.votes(TALLY)
    assert "hudson-dispatch" in sources_of(vote)
    assert step.mails_to("votes") == []


def _seed_edition(text: str) -> Edition:
    paragraphs = [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]
    _rubric, title, summary, *body = paragraphs
    return Edition(
        site="neva-wire",
        slug="seed",
        number=99,
        title=title,
        summary=summary,
        author=None,
        paragraphs=tuple(body),
        published=datetime(2019, 12, 28, 1, 0, tzinfo=UTC),
        changed=datetime(2019, 12, 28, 1, 0, tzinfo=UTC),
    )
