"""One person under many spellings, and two persons never under one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.names import names_agree

ONE = [
    ("Andrey Krutskikh", "Krutskikh"),
    ("Andrey Krutskikh", "Андрей Крутских"),
    ("Andrey Krutskikh", "أندريه كروتسكيخ"),
    ("Andrey Krutskikh", "克鲁茨基赫"),
    ("Андрей Крутских", "安德烈·克鲁茨基赫"),
    ("António Guterres", "Antonio Guterres"),
    ("António Guterres", "古特雷斯"),
    ("António Guterres", "غوتيريش"),
    ("António Guterres", "Антониу Гутерриш"),
    ("Sergey Lavrov", "Sergueï Lavrov"),
    ("Sergey Lavrov", "拉夫罗夫"),
    ("Nguyễn Hồng Diên", "Nguyen Hong Dien"),
    ("Ernesto Rodríguez Hernández", "Ernesto Rodriguez"),
]
TWO = [
    ("Andrey Krutskikh", "Sergey Lavrov"),
    ("Andrey Krutskikh", "Захарова"),
    ("克鲁茨基赫", "Sergey Lavrov"),
    ("Ivan Petrov", "Sergey Petrov"),
    ("Deborah McCarthy", "Deborah Brown"),
    ("Guterres", "Guterman"),
    ("", "Krutskikh"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_name_in_other_letters_agrees(one: str, other: str) -> None:
    """Spelling, script and a missing first name do not make another person."""
    assert names_agree(one, other)
    assert names_agree(other, one)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_names_disagree(one: str, other: str) -> None:
    """Another family name, or another first name with the same one, is another person."""
    assert not names_agree(one, other)
    assert not names_agree(other, one)


@given(st.text(max_size=30), st.text(max_size=30))
def test_agreement_is_mutual(one: str, other: str) -> None:
    """Whatever is compared, the order does not matter, and nothing fails."""
    assert names_agree(one, other) == names_agree(other, one)
