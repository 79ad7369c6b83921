"""Pages that stand in front of a page: challenges, consent, logins. With status 200 they look like content."""

import re

_CHALLENGE = re.compile(
    r"cf-challenge|challenge-platform|_cf_chl|cf_chl_opt|<title>\s*just a moment|<title>\s*attention required!"
    r"|servicepipe|ddos-guard|__ddg\d|qrator|<title>[^<]{0,40}\bcaptcha\b|px-captcha|_incapsula_resource"
    r"|enable javascript and cookies to continue|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|datadome|<title>\s*(?:access denied|доступ ограничен)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"<title>[^<]{0,60}(?:cookie|consent|privacy (?:choices|settings)|before you continue)[^<]{0,60}</title>"
    r"|<form[^<>]{0,300}action=[\"'][^\"'<>]{0,200}consent",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"<input[^<>]{0,300}type=[\"']?password", re.IGNORECASE)
_LOGIN_TITLE = re.compile(
    r"<title>[^<]{0,60}(?:log[ -]?in|sign[ -]?in|anmeld|connexion|вход|iniciar sesi|登录|تسجيل)", re.IGNORECASE
)
_ENOUGH = 1200  # characters of paragraphs: a page with that much is a page, whatever else it carries
_HEAD = 30_000  # characters in which a wall shows itself


def is_wall(page: str) -> bool:
    """Tell whether an HTML page is a challenge, a consent page or a login, and carries no article."""
    head = page[:_HEAD]
    found = _CHALLENGE.search(head) or _CONSENT.search(head) or (_LOGIN.search(page) and _LOGIN_TITLE.search(head))
    return bool(found) and _words_in_paragraphs(page) < _ENOUGH


def _words_in_paragraphs(page: str) -> int:
    paragraphs = re.findall(r"<p\b[^<>]{0,500}>([^<]{40,})", page[:500_000], re.IGNORECASE)
    return sum(len(paragraph) for paragraph in paragraphs)
