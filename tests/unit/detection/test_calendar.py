"""Dates in running text, resolved against the day of publication, in every language that we read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.calendar import Calendar
from detection.lexicon import languages, load_lexicon
from detection.words import split_words

FRIDAY = date(2026, 11, 20)


def days(language: str, text: str, published: date | None = FRIDAY) -> list[date | None]:
    """The days of the dates read in a text, in order."""
    calendar = Calendar(load_lexicon(language)["calendar"])
    return [mention.day for mention in calendar.find(split_words(text, 0, len(text)), published)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on December 27, 2019"),
        ("en", "on 27 December 2019"),
        ("en", "on the 27th of December, 2019"),
        ("en", "2019-12-27"),
        ("ru", "27 декабря 2019 года"),
        ("ru", "27.12.2019"),
        ("uk", "27 грудня 2019 року"),
        ("fr", "le 27 décembre 2019"),
        ("es", "el 27 de diciembre de 2019"),
        ("pt", "em 27 de dezembro de 2019"),
        ("de", "am 27. Dezember 2019"),
        ("ar", "في 27 ديسمبر 2019"),
        ("ar", "في 27 كانون الأول/ديسمبر 2019"),
        ("zh", "2019年12月27日"),
        ("vi", "ngày 27/12/2019"),
    ],
)
def test_explicit_date(language: str, text: str) -> None:
    """A day, month and year are that day, with or without a publication date."""
    assert days(language, text) == [date(2019, 12, 27)]
    assert days(language, text, None) == [date(2019, 12, 27)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on Tuesday"),
        ("ru", "во вторник"),
        ("uk", "у вівторок"),
        ("fr", "mardi"),
        ("es", "el martes"),
        ("pt", "na terça-feira"),
        ("de", "am Dienstag"),
        ("ar", "يوم الثلاثاء"),
        ("zh", "周二"),
        ("vi", "hôm thứ ba"),
    ],
)
def test_weekday_is_the_last_one_before_publication(language: str, text: str) -> None:
    """A weekday is the nearest one that is not after the publication; without a publication it stays open."""
    assert days(language, text) == [date(2026, 11, 17)]
    assert days(language, text, None) == [None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yesterday"),
        ("ru", "вчера"),
        ("uk", "учора"),
        ("fr", "hier"),
        ("es", "ayer"),
        ("pt", "ontem"),
        ("de", "gestern"),
        ("ar", "أمس"),
        ("zh", "昨天"),
        ("vi", "hôm qua"),
    ],
)
def test_yesterday(language: str, text: str) -> None:
    """Yesterday is the day before publication."""
    assert days(language, text) == [date(2026, 11, 19)]


def test_year_left_out_is_the_nearest() -> None:
    """A day and month without a year are those nearest to the publication, over the turn of the year too."""
    assert days("en", "on December 27", date(2020, 1, 3)) == [date(2019, 12, 27)]
    assert days("zh", "12月27日", date(2019, 12, 28)) == [date(2019, 12, 27)]


def test_weekday_beside_a_date_is_one_date() -> None:
    """A weekday and the date that explains it are one mention."""
    assert days("uk", "у понеділок, 16 листопада") == [date(2026, 11, 16)]


def test_next_weekday_is_after_publication() -> None:
    """Next Tuesday is still to come."""
    assert days("en", "next Tuesday") == [date(2026, 11, 24)]


def test_no_such_day_is_no_date() -> None:
    """The 31st of February is not read as a day."""
    assert date(2019, 3, 3) not in days("en", "31 February 2019")


@given(st.text(max_size=200), st.sampled_from(languages()))
def test_any_text_is_read(text: str, language: str) -> None:
    """Whatever the text, dates lie inside it, in order, and do not overlap."""
    words = split_words(text, 0, len(text))
    end = 0
    for mention in Calendar(load_lexicon(language)["calendar"]).find(words, FRIDAY):
        assert end <= mention.first < mention.last <= len(words)
        end = mention.last
