"""Pages that stand in front of a page: challenges, consent, logins. With status 200 they look like content."""

import re

_MARKS = (
    "cf-challenge", "challenge-platform", "_cf_chl", "servicepipe", "ddos-guard", "__ddg", "qrator", "px-captcha",
    "_incapsula_resource", "enable javascript and cookies to continue", "checking your browser", "datadome",
    "verify you are human", "verifying you are human", "verify that you are human",
)  # fmt: skip
"""Words that challenges leave in their pages, in lower case; plain words, because this runs on every page."""
_TITLES = (
    "just a moment", "attention required", "captcha", "access denied", "доступ ограничен", "cookie", "consent",
    "privacy choices", "privacy settings", "before you continue", "are you a robot", "robot check",
)  # fmt: skip
_LOGIN_TITLES = ("log in", "login", "sign in", "anmeld", "connexion", "вход", "iniciar sesi", "登录", "تسجيل")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,200})")
_CONSENT_FORM = re.compile(r"<form[^<>]{0,300}action=[\"'][^\"'<>]{0,200}consent")
_PASSWORD = re.compile(r"<input[^<>]{0,300}type=[\"']?password")
_PARAGRAPH = re.compile(r"<p\b[^<>]{0,500}>([^<]{40,})")
_ENOUGH = 1200  # characters of paragraphs: a page with that much is a page, whatever else it carries
_HEAD = 30_000  # characters in which a wall shows itself
_LONGEST_TITLE = 80  # characters: a headline about cookies is longer than a wall's


def is_wall(page: str) -> bool:
    """Tell whether an HTML page is a challenge, a consent page or a login, and carries no article."""
    head = page[:_HEAD].lower()
    found = _TITLE.search(head)
    title = found[1].strip() if found else ""
    if not _looks_like_a_wall(head, title if len(title) <= _LONGEST_TITLE else ""):
        return False
    return sum(len(paragraph) for paragraph in _PARAGRAPH.findall(page[:500_000].lower())) < _ENOUGH


def _looks_like_a_wall(head: str, title: str) -> bool:
    if any(mark in head for mark in _MARKS) or any(word in title for word in _TITLES):
        return True
    if any(word in title for word in _LOGIN_TITLES) and _PASSWORD.search(head):
        return True
    return "consent" in head and _CONSENT_FORM.search(head) is not None
