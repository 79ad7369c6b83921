"""Strings that have broken mail programs, or could: our own collection, for titles, sentences, sources and speakers."""

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
BREAKS = ["\r\n", "\n\r", "\n\n", "\r\n\r\n", "\u2028", "\u2029", "\x85", "\v", "\f", "\x1c", "\x1d", "\x1e"]
DIRECTIONS = [chr(code) for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u115f", "\u3164", "\U000e0041"]
BROKEN = ["\ud800", "\udfff", "\udc80", "\ud83d", "\ude00\ud83d", "\ufffe", "\uffff", "\ue000", "\U0010ffff", "\ufdd0"]
SURROUNDED = [
    form.format(bad)
    for bad in (*CONTROLS, *BREAKS, *DIRECTIONS, *INVISIBLE, *BROKEN)
    for form in ("{}start", "mid{}dle", "end{}", "a {} b")
]
HEADERS = [
    "Vote\r\nBcc: everybody@example.org",
    "Vote\nBcc: everybody@example.org",
    "Vote\rBcc: everybody@example.org",
    "Vote\u2028Bcc: everybody@example.org",
    "Vote\x85Bcc: everybody@example.org",
    "Vote\r\n\r\n<html><script>steal()</script>",
    "Vote\r\n Folded: yes",
    "Vote\r\n\tBcc: everybody@example.org",
    "Vote%0d%0aBcc: everybody@example.org",
    "Content-Type: text/html",
    "Subject: another subject",
    ".\r\n.\r\nMAIL FROM:<x@example.org>",
    ".",
    "..",
    "\r\n.\r\n",
    "From here on",
    ": no name",
    "a: b; c=d",
    '"quoted" <someone@example.org>',
    "someone@example.org, other@example.org",
    "(a comment) after it",
    "back\\slash \\r\\n",
]
ENCODED_WORDS = [
    "=?utf-8?q?=0d=0aBcc:=20x@example.org?=",
    "=?utf-8?q?=0D=0ABcc:_x@example.org?=",
    "=?UTF-8?B?DQpCY2M6IHhAZXhhbXBsZS5vcmc=?=",
    "=?iso-8859-1?q?caf=e9?=",
    "=?utf-8?q?=00?=",
    "=?utf-8?q?=ED=A0=80?=",
    "=?utf-7?q?+AA0ACg-Bcc:_x?=",
    "=?unknown?q?a?=",
    "=?utf-8?x?a?=",
    "=?utf-8?b?%%%?=",
    "=?utf-8?q??=",
    "=?utf-8?q?a?= =?utf-8?q?b?=",
    "=?utf-8?q?a?==?utf-8?q?b?=",
    "=\u202e?utf-8?q?=0d=0aBcc:=20x@example.org?\u202e=",
    "=\x00?utf-8?q?=0d=0aBcc:=20x@example.org?\x00=",
    "==??utf-8?q?=0a?==",
    "=?utf-8*en?q?=0aBcc:_x?=",
    "vote =?utf-8?q?=0aBcc:_x@example.org?= vote",
    "(=?utf-8?q?=0aBcc:_x@example.org?=)",
    '"=?utf-8?q?=0aBcc:_x@example.org?="',
    "=?",
    "?=",
    "=?=?=?",
    "=?utf-8?q?" + "a" * 400 + "?=",
]
MARKUP = [
    "<script>steal()</script>",
    "</title><script>steal()</script>",
    "</blockquote></body></html><script>steal()</script>",
    "<img src=x onerror=steal()>",
    "<svg onload=steal()>",
    '"><b onmouseover="steal()">',
    "' onclick='steal()",
    "<a href='javascript:steal()'>vote</a>",
    "<iframe src=//bad.example></iframe>",
    "<style>*{display:none}</style>",
    "<!-- hidden",
    "]]><![CDATA[",
    "&lt;script&gt;steal()&lt;/script&gt;",
    "&#60;script&#62;",
    "&amp;amp;",
    "<\u200bscript>",
    "\uff1cscript\uff1esteal()\uff1c/script\uff1e",
    "<scr\x00ipt>steal()</scr\x00ipt>",
    "<meta http-equiv=refresh content=0;url=//bad.example>",
    "<form action=//bad.example><input>",
    "<object data=//bad.example>",
    "<base href=//bad.example>",
]
TEMPLATES = [
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{# gone #}",
    "{{ developments }}",
    "{{ ''.__class__ }}",
    "{% include '/etc/passwd' %}",
    "{0} %s %(name)s ${HOME} #{x}",
    "$(reboot) `reboot` ; reboot",
    "'; DROP TABLE mails; --",
    "\\N{BULLET} \\u0000 \\x00",
]
SCRIPTS = [
    "الجمعية العامة تعتمد القرار",
    "הצבעה על האמנה",
    "联合国大会通过决议",
    "国連総会、サイバー犯罪条約を採択",
    "Генеральная Ассамблея приняла резолюцию",
    "نامه = ?utf-8? میان",
    "สมัชชาใหญ่",
    "👩\u200d👩\u200d👧\u200d👦 voted 👍🏽",
    "🇺🇳 79-60-33",
    "Z" + "\u0301\u0302\u0303\u0304" * 60 + "algo",
    "e\u0301" * 200,
    "ﷺ" * 80,
    "\u0130stanbul İıẞß",
    "raison d’être — « vote »",
    "a  b   c    d",
    "é " * 100,
    "я" * 149 + "\u0301",
    "x" * 149 + "\U0001f469\u200d\U0001f469",
    "word " * 40,
]
LENGTHS = ["x" * 998, "x" * 1_000_000, "é" * 100_000, "=?" * 50_000, "\r\n" * 50_000, "a b" * 100_000, "<" * 100_000]
NOTHING = ["", " ", "\n", "\x00", "\u202e", "\ud800", "\u200b"]

NASTY = (*SURROUNDED, *HEADERS, *ENCODED_WORDS, *MARKUP, *TEMPLATES, *SCRIPTS, *LENGTHS, *NOTHING)

BAD_LINKS = (
    "javascript:steal()",
    "JaVaScRiPt:steal()",
    " javascript:steal()",
    "data:text/html,<script>steal()</script>",
    "file:///etc/passwd",
    "vbscript:steal()",
    "//bad.example/x",
    "/relative",
    "",
    "http://",
    "http:///path",
    "https://news.example/\r\nBcc: x@example.org",
    "https://news.example/\u202egpj.exe",
    'https://news.example/"onmouseover="steal()',
    "https://news.example/<script>",
    "https://news.example/a b",
    "https://[broken",
    "mailto:x@example.org",
    "https://news.example/" + "a" * 3000,
    "https://news.example/\x00",
    "https://news.example/\ud800",
)
