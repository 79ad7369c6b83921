"""Copies of one text, found without comparing all reports with all."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from detection.novelty_folding import COPY, fold
from records.fingerprint import SKETCH, highest_overlap, overlap

sketches = st.sets(st.integers(0, 400), min_size=1, max_size=SKETCH).map(lambda found: tuple(sorted(found)))


@given(sketches, sketches)
def test_no_copy_is_left_out_of_the_comparison(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    """What two sketches have in common never overlaps more than its number allows."""
    assert overlap(one, other) <= highest_overlap(len(set(one) & set(other)), one, other) + 1e-9


@given(st.lists(sketches, min_size=1, max_size=6))
def test_families_stand_together_as_their_texts_overlap(texts: list[tuple[int, ...]]) -> None:
    """Two families are one, whatever came first, as soon as a text of one copies a text of the other."""
    stands = fold((f"paper-{number}", text) for number, text in enumerate(texts))
    for one, other in combinations(range(len(texts)), 2):
        if overlap(texts[one], texts[other]) >= COPY:
            assert stands[f"paper-{one}"] == stands[f"paper-{other}"]
