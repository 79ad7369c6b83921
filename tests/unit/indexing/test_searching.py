"""Searching: every promise holds for the built-in index and for Elasticsearch alike."""

from datetime import UTC, datetime, timedelta
from typing import Any

from indexing.describing import describe_article
from indexing.documents import Document, make_document
from indexing.index import Index
from indexing.searching import SearchRequest
from tests.unit.indexing.builders import (
    PUBLISHED,
    make_article,
    make_article_document,
    make_examination,
    make_indexable,
    make_milestone,
    make_statement,
    make_vote,
)

TEXTS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Assembly votes on cybercrime",
        "text": "The General Assembly voted 79 in favour.",
        "language": "en",
    },
    "ru": {
        "title": "Голосование в ООН",
        "text": "Генассамблея приняла конвенцию против киберпреступности; всё ещё впереди.",
        "language": "ru",
    },
    "zh": {"title": "联合国通过公约", "text": "联合国大会通过打击网络犯罪公约。", "language": "zh"},
    "ar": {
        "title": "الجمعية العامة تعتمد الاتفاقية",
        "text": "صوّتت الجمعية العامة للأمم المتحدة على اتفاقية مكافحة الجريمة السيبرانية",
        "language": "ar",
    },
    "fr": {
        "title": "L’ONU adopte un traité",
        "text": "L'Assemblée générale a adopté la convention contre la cybercriminalité.",
        "language": "fr",
    },
    "es": {
        "title": "La Asamblea aprueba",
        "text": "La Asamblea General aprobó la convención contra la ciberdelincuencia.",
        "language": "es",
    },
    "vi": {
        "title": "Lễ mở ký Công ước Hà Nội",
        "text": "Công ước của Liên hợp quốc về chống tội phạm mạng.",
        "language": "vi",
    },
}

FOUND = [
    ("votes", {"en"}),
    ("VOTING", {"en"}),
    ("79 favour", {"en"}),
    ('"general assembly"', {"en"}),
    ('"assembly general"', set()),
    ("cyber*", {"en", "fr"}),
    ("assembly -vote", set()),
    ("vote | голосование", {"en", "ru"}),
    ("киберпреступность", {"ru"}),
    ("конвенция ООН", {"ru"}),
    ("все еще", {"ru"}),
    ("网络犯罪", {"zh"}),
    ("联合国公约", {"zh"}),
    ('"打击网络"', {"zh"}),
    ('"打击犯罪"', set()),
    ("约", {"zh"}),
    ("الاتفاقية", {"ar"}),
    ("صوتت", {"ar"}),
    ("اتفاقية", {"ar"}),
    ("assemblee", {"fr"}),
    ("adopter", {"fr"}),
    ("ONU", {"fr"}),
    ("l'assemblée", {"fr"}),
    ("ciberdelincuencia convencion", {"es"}),
    ("cong uoc", {"vi"}),
    ("Công ước", {"vi"}),
    ("nowhere", set()),
    ("&", set()),
    ("", set(TEXTS)),
    ("-vote", set(TEXTS) - {"en"}),
]


def put(index: Index, *documents: Document) -> None:
    """Put documents and make them visible."""
    assert {putting.state for putting in index.put(documents)} <= {"indexed"}
    index.refresh()


def names(index: Index, request: SearchRequest) -> list[str]:
    """The last part of each URL found, in order."""
    return [hit.url.rsplit("/", 1)[1] for hit in index.search(request).hits]


def test_words_are_found_in_every_language(index: Index) -> None:
    """Inflection, accents, clitics, elision, vowel marks and stretches without spaces do not hide an article."""
    put(index, *(make_article_document(name, **text) for name, text in TEXTS.items()))
    found = {query: set(names(index, SearchRequest(query))) for query, _ in FOUND}
    assert found == dict(FOUND)


def test_a_hit_has_the_shape_of_the_contract(index: Index) -> None:
    """Url, title, source, language, publication in UTC, a score, and highlights."""
    put(index, make_article_document("one"))
    (hit,) = index.search(SearchRequest("convention")).hits
    shown = hit.as_json()
    assert shown.pop("score") > 0
    assert shown == {
        "url": "https://news.example/one",
        "title": "General Assembly adopts convention against cybercrime",
        "source": "example-news",
        "language": "en",
        "published_at": "2024-12-24T15:00:00Z",
        "highlights": [
            "General Assembly adopts <em>convention</em> against cybercrime",
            "The General Assembly adopted the <em>convention</em> without a vote.",
        ],
    }


def test_highlights_are_safe_html(index: Index) -> None:
    """Markup in an article is shown as text, never as markup."""
    put(index, make_article_document("one", title="<b>Vote</b>", text="A <script>alert('vote')</script> & more"))
    (hit,) = index.search(SearchRequest("vote")).hits
    assert hit.highlights == (
        "&lt;b&gt;<em>Vote</em>&lt;/b&gt;",
        "A &lt;script&gt;alert('<em>vote</em>')&lt;/script&gt; &amp; more",
    )


def test_the_title_weighs_more_than_the_body(index: Index) -> None:
    """An article with the word in its title comes before one with it in its body."""
    put(
        index,
        make_article_document("body", title="Something else", text="A word on ransomware."),
        make_article_document("title", title="Ransomware", text="Something else here."),
    )
    assert names(index, SearchRequest("ransomware")) == ["title", "body"]


def test_filters_narrow_and_match_any_of_their_values(index: Index) -> None:
    """Language, source, publisher, kind, state and speaker, each alone and together."""
    article = make_article("found", source="tass", publisher="ru-state", language="ru")
    examination = make_examination(article, make_vote(), make_statement(), make_milestone())
    document = make_document("articles", describe_article(make_indexable(article, examination)), 1)
    put(index, document, make_article_document("other"))
    for narrow in (
        {"languages": ("ru", "uk")},
        {"sources": ("tass",)},
        {"publishers": ("ru-state",)},
        {"kinds": ("vote",)},
        {"states": ("RU",)},
        {"states": ("ru",)},
        {"states": ("Vietnam", "Chad")},
        {"speakers": ("krutskikh",)},
        {"speakers": ("Andrey Krutskikh",)},
    ):
        assert names(index, SearchRequest(**narrow)) == ["found"], narrow
    assert names(index, SearchRequest(languages=("ru",), sources=("example-news",))) == []
    assert names(index, SearchRequest(speakers=("Andr",))) == []


def test_findings_on_other_topics_are_no_kinds_of_an_article(index: Index) -> None:
    """A vote on another subject does not make the article one with a vote."""
    article = make_article("other-topic")
    examination = make_examination(article, make_vote(on_topic=False))
    put(index, make_document("articles", describe_article(make_indexable(article, examination)), 1))
    assert names(index, SearchRequest(kinds=("vote",))) == []


def test_time_bounds_include_the_first_and_exclude_the_last_instant(index: Index) -> None:
    """``since`` is inclusive, ``until`` exclusive, and an undated article is outside any bound."""
    put(
        index,
        make_article_document("early", published_at=PUBLISHED - timedelta(milliseconds=1)),
        make_article_document("now"),
        make_article_document("later", published_at=PUBLISHED + timedelta(hours=1)),
        make_article_document("undated", published_at=None, date_source=None),
    )
    until = PUBLISHED + timedelta(hours=1)
    assert names(index, SearchRequest(since=PUBLISHED, until=until)) == ["now"]
    assert set(names(index, SearchRequest(until=datetime(2030, 1, 1, tzinfo=UTC)))) == {"early", "now", "later"}
    assert names(index, SearchRequest(order="newest")) == ["later", "now", "early", "undated"]
    assert names(index, SearchRequest(order="oldest")) == ["early", "now", "later", "undated"]


def test_copies_are_articles_of_their_own_unless_collapsed(index: Index) -> None:
    """``collapse`` keeps one of each story; ``total`` still counts all."""
    original = make_article("original", published_at=PUBLISHED)
    copy = make_article("copy", published_at=PUBLISHED + timedelta(hours=1), publisher="other")
    put(
        index,
        make_document("articles", describe_article(make_indexable(original)), 1),
        make_document("articles", describe_article(make_indexable(copy, copy_of=original.id)), 1),
        make_article_document("another", title="Quite another convention"),
    )
    assert len(names(index, SearchRequest("convention"))) == 3
    collapsed = index.search(SearchRequest("convention", collapse=True, order="newest"))
    assert [hit.url.rsplit("/", 1)[1] for hit in collapsed.hits] == ["copy", "another"]
    assert collapsed.total == 3


def test_the_limit_bounds_the_hits_and_not_the_total(index: Index) -> None:
    """``total`` counts all that match."""
    put(index, *(make_article_document(f"n{number}") for number in range(5)))
    answer = index.search(SearchRequest(limit=2))
    assert (len(answer.hits), answer.total) == (2, 5)
