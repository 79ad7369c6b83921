"""Every source file is right; and every kind of mistake in one is named with file, key and the nearest right word."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from crawlers.exchanging import export_sources, import_sources, period_text
from crawlers.source import BUILT_IN, load_source, load_sources
from records.errors import ConfigurationError

FILES = sorted(BUILT_IN.iterdir())
KEYS = [
    "name", "homepage", "publisher", "country", "languages", "state_media", "find", "fetch", "every",
    "expects_per_week",
]  # fmt: skip

RIGHT = """
name: Example Wire
homepage: https://example.org/
publisher: example-wire
country: FR
languages: [en, fr]
state_media: false
find:
  - feed: https://example.org/rss
every: 15m
expects_per_week: 20
"""

MISTAKES = [
    ("name: Example Wire", "nmae: Example Wire", "nmae", "did you mean name?"),
    ("expects_per_week", "expect_per_week", "expect_per_week", "did you mean expects_per_week?"),
    ("  - feed:", "  - feeds:", "find.0.feeds", "did you mean feed?"),
    ("  - feed:", "  - sitemap:", "find.0.sitemap", "did you mean news_sitemap?"),
    ("  - feed:", "  - listing:", "find.0", "listing and links"),
    ("rss\n", "rss\n    links: a\n", "find.0", "listing and links"),
    ("rss\n", "rss\n    news_sitemap: https://example.org/s\n", "find.0", "exactly one of feed, news_sitemap, listing"),
    ("rss\n", "rss\n  - feed: https://example.org/rss\n", "find names", "an address twice"),
    ("feed: https://example.org/rss", "listing: https://example.org/\n    links: 'a['", "find.0.links", "CSS selector"),
    ("https://example.org/rss", "htps://example.org/rss", "find.0.feed", "did you mean https?"),
    ("https://example.org/rss", "file:///etc/passwd", "find.0.feed", "starts with none of http://, https://"),
    ("https://example.org/rss", "https:///rss", "find.0.feed", "host"),
    ("https://example.org/rss", "https://me:secret@example.org/rss", "find.0.feed", "user name or password"),
    ("https://example.org/rss", "https://example.org:99999/rss", "find.0.feed", "is not an address"),
    ("https://example.org/rss", "'https://example.org/a b'", "find.0.feed", "without spaces"),
    ("https://example.org/rss", "5", "find.0.feed", "is not an address"),
    ("https://example.org/\n", "example.org\n", "homepage", "starts with none of"),
    ("[en, fr]", "[english]", "languages.0", "did you mean en?"),
    ("[en, fr]", "[en, French]", "languages.1", "did you mean fr?"),
    ("[en, fr]", "[en-GB]", "languages.0", "did you mean en?"),
    ("[en, fr]", "[xx]", "languages.0", "'xx' is not an ISO 639-1 code"),
    ("[en, fr]", "[no]", "languages.0", "put it in quotes"),
    ("[en, fr]", "[]", "languages", "at least 1"),
    ("[en, fr]", "en", "languages", "is not a list, such as"),
    ("country: FR", "country: France", "country", "did you mean FR?"),
    ("country: FR", "country: UK", "country", "did you mean"),
    ("country: FR", "country: fr", "country", "did you mean FR?"),
    ("country: FR", "country: NO", "country", "put it in quotes"),
    ("state_media: false", "state_media: maybe", "state_media", "is neither true nor false"),
    ("state_media: false\n", "", "state_media", "is missing"),
    ("every: 15m", "every: 15 minutes", "every", "such as 15m, 2h or 1d"),
    ("every: 15m", "every: 0m", "every", "such as 15m, 2h or 1d"),
    ("every: 15m", "every: 90", "every", "such as 15m, 2h or 1d"),
    ("every: 15m", "fetch: some", "fetch", "neither all nor matching"),
    ("every: 15m", "fetch: matchng", "fetch", "did you mean matching?"),
    ("every: 15m", "id: other", "id", "the file's name"),
    ("every: 15m", "name: Twice", "name", "is given twice"),
    ("expects_per_week: 20", "expects_per_week: many", "expects_per_week", "is not a whole number"),
    ("expects_per_week: 20", "expects_per_week: -1", "expects_per_week", "greater than or equal to 0"),
    ("publisher: example-wire", "publisher: Example Wire", "publisher", "did you mean example-wire?"),
    (RIGHT, "- a list", "", "is not a mapping"),
    (RIGHT, "name: [", "", "is not YAML"),
    (RIGHT, "", "", "is not a mapping"),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_source_file_is_right(path: Path) -> None:
    """It can be read, is named by its id, and lists its keys in one order."""
    source = load_source(path)
    assert source.id == path.stem
    written = list(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert written == [key for key in KEYS if key in written]
    assert source.homepage.startswith("https://")


def test_no_two_sources_share_a_way_in_or_a_name() -> None:
    """An address asked twice would be impolite, and counted twice."""
    sources = load_sources()
    for values in ((way.url for source in sources for way in source.find), (source.name for source in sources)):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_the_six_languages_of_the_united_nations_are_covered() -> None:
    """UN News is there in Arabic, Chinese, English, French, Russian and Spanish; and 25 sources at least."""
    sources = load_sources()
    assert {"ar", "zh", "en", "fr", "ru", "es"} <= {language for source in sources for language in source.languages}
    assert len(sources) >= 25


def test_the_right_file_is_right(tmp_path: Path) -> None:
    """The file that the mistakes are made in has none."""
    (tmp_path / "example.yml").write_text(RIGHT, encoding="utf-8")
    [source] = load_sources(tmp_path)
    assert (source.id, source.fetch, period_text(source.every)) == ("example", "all", "15m")


@pytest.mark.parametrize(("right", "wrong", "key", "word"), MISTAKES)
def test_a_mistake_is_named(tmp_path: Path, right: str, wrong: str, key: str, word: str) -> None:
    """File, key and the nearest right word are in the message, and no password is."""
    assert right in RIGHT
    (tmp_path / "example.yml").write_text(RIGHT.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        load_sources(tmp_path)
    message = str(error.value)
    assert str(tmp_path / "example.yml") in message
    assert key in message
    assert word in message
    assert "secret" not in message


@pytest.mark.parametrize("name", ["Example.yml", "ex_ample.yml", "example.yaml", "-a.yml", "a--b.yml"])
def test_a_wrong_file_name_is_named(tmp_path: Path, name: str) -> None:
    """The name is the id, so it is checked like one."""
    (tmp_path / name).write_text(RIGHT, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=name):
        load_sources(tmp_path)


def test_every_wrong_file_is_named_at_once(tmp_path: Path) -> None:
    """One run is enough to see all that is wrong; and a folder without sources is wrong, too."""
    with pytest.raises(ConfigurationError, match="holds no source file"):
        load_sources(tmp_path)
    for name in ("one", "two"):
        (tmp_path / f"{name}.yml").write_text(RIGHT.replace("country: FR", "country: XX"), encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        load_sources(tmp_path)
    assert "one.yml" in str(error.value)
    assert "two.yml" in str(error.value)
    with pytest.raises(ConfigurationError, match="is not a folder"):
        load_sources(tmp_path / "nowhere")


def test_sources_go_out_as_csv_and_come_back_the_same(tmp_path: Path) -> None:
    """Nothing that a source says is lost on the way through CSV."""
    sources = load_sources()
    for name, content in import_sources(export_sources(sources, "csv"), "csv").items():
        (tmp_path / f"{name}.yml").write_text(content, encoding="utf-8")
    assert load_sources(tmp_path) == sources


def test_feeds_go_out_as_opml_and_come_back_as_sources(tmp_path: Path) -> None:
    """Every feed is in the OPML, and what comes in is a source that can be read."""
    sources = load_sources()
    for name, content in import_sources(export_sources(sources, "opml"), "opml").items():
        (tmp_path / f"{name}.yml").write_text(content, encoding="utf-8")
    feeds = {way.url for source in sources for way in source.find if way.kind == "feed"}
    assert {way.url for source in load_sources(tmp_path) for way in source.find} == feeds


@pytest.mark.parametrize(("text", "form"), [("<opml", "opml"), ("a,b\n1,2\n", "csv")])
def test_what_cannot_be_imported_is_refused(text: str, form: str) -> None:
    """A broken document is said to be one."""
    with pytest.raises(ConfigurationError, match=r"OPML|CSV"):
        import_sources(text, form)  # type: ignore[arg-type]
