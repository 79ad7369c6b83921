"""A told fact that changes is corrected once, in the thread; a mended spelling tells nobody."""

from tests.end_to_end.conftest import OpenWatch
from tests.end_to_end.steps import make_pass, tally_of, texts_of


def test_a_corrected_number_is_told_in_the_thread_and_a_spelling_is_not(open_watch: OpenWatch) -> None:
    """79-60-30 is told; its correction to 79-60-33 answers the first mail; the spelling mended later sends nothing."""
    watch = open_watch("correction", tick="wrong", only=("hudson-dispatch",))
    (first,) = make_pass(watch).mails_to("votes")
    watch.newsroom.advance("corrected")
    corrected = make_pass(watch)
    (correction,) = corrected.mails_to("votes")
    assert correction["In-Reply-To"] == first["Message-ID"]
    assert "33" in texts_of([correction])
    (vote,) = [one for one in corrected.votes() if one["sightings"]]
    assert tally_of(vote) == (79, 60, 33)
    assert [one["occasion"] for one in vote["told"]] == ["new", "correction"]
    watch.newsroom.advance("typing-error")
    assert make_pass(watch).mails == []
