"""What a site repeats is told by its own articles that came before or together, and by no later ones."""

from datetime import timedelta

from ledger.articles import store_article
from ledger.neighbours import Neighbours
from ledger.opening import Ledger
from ledger.versions import stored_article
from tests.unit.ledger.writing import NOW, article


def test_neighbours_are_of_the_same_source_and_time(ledger: Ledger) -> None:
    """Earlier ones and those of the same hour, in their current version; not itself, nor other sources', nor later."""
    texts = {"before": 0, "own": 60, "together": 90, "later": 200}  # minutes
    with ledger.begin() as conn:
        for name, minutes in texts.items():
            one = article(f"A text of its own: {name}.", url=f"https://tidings.example/{name}", title=f"On {name}")
            store_article(conn, one, "live", NOW + timedelta(minutes=minutes))
        other = article("Another source's text.", url="https://other.example/1", source="other", title="Elsewhere")
        store_article(conn, other, "live", NOW + timedelta(minutes=60))
        edited = article("The text, edited.", url="https://tidings.example/before", title="On before")
        store_article(conn, edited, "live", NOW + timedelta(minutes=70))
    neighbours = Neighbours()
    own = article("", url="https://tidings.example/own")
    for _ in range(2):  # asked, and from memory
        with ledger.read() as conn:
            stored = stored_article(conn, own.id)
            assert stored is not None
            around = neighbours.around(conn, stored)
        assert [(one.title, one.text) for one in around] == [
            ("On before", "The text, edited."),
            ("On together", "A text of its own: together."),
        ]
