"""What mutants are made of: small whole documents of each kind, and pieces that parsers stumble over."""

import json

from crawlers.reading.jobs import JobKind
from tests.unit.crawlers.newsstand import TOPIC, page, rss

RUSSIAN = "Генеральная Ассамблея ООН приняла конвенцию против киберпреступности"
_ITEMS = [
    {
        "title": f"T{number} {RUSSIAN} &amp; more",
        "link": f"/{number}",
        "guid": f"tag:example.org,2025:{number}",
        "pubDate": "Mon, 24 Nov 2025 13:00:00 +0300",
        "description": f"&lt;p&gt;Delegates met on {TOPIC}&lt;/p&gt; <![CDATA[<b>bold</b> &nbsp;]]>",
    }
    for number in range(5)
]
_ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"
 xml:base="https://example.org/">
<title>A</title><entry><title type="html">T &lt;i&gt;1&lt;/i&gt; {RUSSIAN}</title><link rel="alternate" href="1"/>
<id>urn:1</id>
<updated>2025-11-24T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div>
</content></entry><entry><title>T2</title><link href="/2"/><published>2025-11-23</published><summary>S</summary></entry>
</feed>"""
_RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:georss="http://www.georss.org/georss">
<channel rdf:about="/"><title>R</title>
</channel><item rdf:about="/1"><title>One</title><link>/1</link><dc:date>2025-11-24T10:00:00+01:00</dc:date>
<georss:point>45.2 -71.9</georss:point></item><item rdf:about="/2"><title>Two</title><link>/2</link></item></rdf:RDF>"""
_JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "items": [{"id": str(n), "url": f"/{n}", "title": RUSSIAN, "content_html": "<p>x</p>"} for n in range(3)],
    },
    ensure_ascii=False,
)
_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.org/1</loc><news:news>
<news:publication_date>2025-11-24T10:00:00Z</news:publication_date><news:title>One</news:title></news:news></url>
<url><loc>/2</loc><lastmod>2025-11-23</lastmod></url></urlset>"""
_LISTING = """<!doctype html><html><body><ul><li><a href="/1">One</a> <time datetime="2025-11-24">today</time></li>
<li><a href="/2/2025/11/23/x">Two</a><span class="date">23 ноября 2025</span></li></ul></body></html>"""
_HEAD = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Talks", "datePublished":
"2025-11-24T10:00:00+03:00", "mainEntity": {"@type": "WebPage"}}</script><meta property="og:title" content="Talks">
<meta property="article:published_time" content="2025-11-24"><link rel="canonical" href="/a">"""
_AROUND = """<aside class="related"><ul><li><a href="/b">Other</a></li></ul></aside>
<div style="display:none">Hidden</div>
<table><tr><th>Yes</th><td>79</td></tr></table><form class="login"><input type="password"></form>"""
_PARAGRAPHS = (
    f"Delegates met on Monday to go on with their talks about {TOPIC}, officials said in New York.",
    f"{RUSSIAN}: 79 голосами против 60 при 33 воздержавшихся, сообщили в пресс-службе организации.",
    "The chair expected the work on the last chapter to last until the evening, and called for a vote on Friday.",
)
_PAGE = page("Talks on cybercrime go on", *_PARAGRAPHS, head=_HEAD, around=_AROUND)
_CHARSETS = ("utf-8", "windows-1251", "koi8-r", "utf-16", "iso8859-5", "gb18030")
SEEDS: tuple[tuple[JobKind, bytes], ...] = (
    ("feed", rss(*_ITEMS)),
    ("feed", _ATOM.encode()),
    ("feed", _RDF.encode()),
    ("feed", _JSON.encode()),
    ("feed", rss(*_ITEMS).decode().replace('"1.0"?', '"1.0" encoding="windows-1251"?').encode("windows-1251")),
    ("feed", b"\xff\xfe" + _ATOM.replace("utf-8", "utf-16").encode("utf-16-le")),
    ("news_sitemap", _SITEMAP.encode()),
    ("listing", _LISTING.encode()),
    *(("page", _PAGE.decode().replace("utf-8", name).encode(name, "replace")) for name in _CHARSETS),
)
TOKENS: tuple[bytes, ...] = (
    b"<", b">", b"&", b"'", b'"', b"\x00", b"\x0b", b"\xff", b"\xfe\xff", b"\xef\xbf\xbe", b"\xed\xa0\x80", b"\xc3",
    b"\x1b$B", b"&#xD800;", b"&#x110000;", b"&#99999999999;", b"&#0;", b"&#x;", b"&#;", b"&nbsp;", b"&unknown;",
    b"&amp;amp;", b"&lt;script&gt;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<!", b"<?", b"?>",
    b"<?xml version='1.0' encoding='utf-7'?>", b"<!DOCTYPE x [<!ENTITY a 'b'>", b"<item>", b"</item>", b"</rss>",
    b"</channel>", b"<entry>", b"</feed>", b"<georss:where>", b"<gml:Point>", b"<media:content url='", b"<link/>",
    b"<link href=''/>", b"<guid isPermaLink='true'>", b"<title type='xhtml'>", b"<content type='application/xml'>",
    b"<source url='x'>", b"<enclosure length='-1'>", b"xmlns:a='b'", b"xml:base='http://[::1'", b"xml:lang='\xff'",
    b"</div>", b"<div>", b"<pubDate>0000-00-00</pubDate>", b"99999999999999", b"24:00", b"2025-13-45", b"http://[",
    b"javascript:", b"file:///etc/passwd", b"<body>", b"</body>", b"<frameset>", b"<plaintext>", b"<textarea>",
    b"<svg>", b"<math>", b"<template>", b"<base href='http://['>", b"<meta charset='utf-16'>",
    b"<meta charset='x-user-defined'>", b"{", b"}", b"[", b"]", b"null", b"NaN", b"1e999", b"\\ud800", b"\\u0000",
    b"\xe2\x80\xae", b"\xf3\xa0\x81\x81", b"\xcc\x81" * 50, b"x" * 3000, b"<b>" * 300, b"</b>" * 300,
)  # fmt: skip
