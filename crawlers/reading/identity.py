"""Which addresses are one story: tracking, scheme, www, mobile and AMP folded; strangers' claims refused."""

import hashlib
import re
from functools import cache
from urllib.parse import parse_qsl, unquote, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

import tldextract
from courlan import clean_url

_DRESS = re.compile(r"^(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp/?$|\.amp(?=(?:\.s?html?)?$)", re.IGNORECASE)
_AMP_QUERY = {"amp", "outputtype", "output", "ref", "from", "source", "share", "cmp", "spm"}
_DEFAULT_PORTS = {("http", 80), ("https", 443)}
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_WEB = re.compile(r"https?:", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{5,}")
_ITEM = "#item-"  # no address from outside has a fragment
_SPLIT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def absolute_url(link: str | None, base: str) -> str | None:
    """Return a link as an absolute http(s) address without fragment or credentials; None when it is none."""
    if not link or len(link) > 4000:
        return None
    link = _LINE_BREAKS.sub("", link).strip()  # as browsers do
    try:
        link.encode("utf-8")  # half a character, as JSON can hold, is no part of an address
        if _WEB.match(link) and not urlsplit(link).hostname:
            return None
        parts = urlsplit(urljoin(base, link.replace(" ", "%20")))
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None or parts.password is not None:
        return None
    if "%" in host or any(character.isspace() or ord(character) < 33 for character in parts.netloc):
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and (parts.scheme, port) not in _DEFAULT_PORTS:
        netloc = f"{netloc}:{port}"
    return urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))


def item_address(way: str, *said: str | None) -> str:
    """Return the address of an item that leads to no page: its way's, with a digest of what it says as fragment."""
    digest = hashlib.sha256("\n".join(part or "" for part in said).encode("utf-8", errors="replace")).hexdigest()
    return f"{urldefrag(way).url}{_ITEM}{digest[:16]}"


def clean_address(url: str) -> str:
    """Return an address that still leads to the page, without tracking parameters and fragment."""
    if _ITEM in url:
        return url
    cleaned = clean_url(url)
    return absolute_url(cleaned, url) or url


def identity(url: str) -> str:
    """Return the form that all dresses of one page share. It names a story and need not lead anywhere."""
    parts = urlsplit(clean_address(url))
    host = _DRESS.sub("", (parts.netloc or "").lower())
    path = _AMP_PATH.sub("", unquote(parts.path)).rstrip("/") or "/"
    query = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if k.lower() not in _AMP_QUERY))
    item = f"#{parts.fragment}" if _ITEM in url else ""
    return f"https://{host}{path}{'?' + query if query else ''}{item}"


def article_id(url: str) -> str:
    """Return the id of the article behind an address: the SHA-256 (hex) of its identity."""
    return hashlib.sha256(identity(url).encode("utf-8", errors="replace")).hexdigest()


def choose_canonical(page: str, claimed: str | None) -> str:
    """Return the address by which a page is known: what it claims to be, when that claim can be believed.

    A claim is believed within one registrable domain and for the same story only, so that no page can
    pass for, and so suppress, another: the last part of the path or a long number in it must agree.
    """
    own = clean_address(page)
    target = absolute_url(claimed, page)
    if target is None:
        return own
    target = clean_address(target)
    if identity(target) == identity(own):
        return target if _is_dressed(own) and not _is_dressed(target) else own
    return target if registrable(target) == registrable(own) and _same_story(own, target) else own


@cache
def _registrable(host: str) -> str:
    return _SPLIT(host).top_domain_under_public_suffix or host


def registrable(url: str) -> str:
    """Return the domain somebody registered (``bbc.co.uk``, ``name.github.io``), or the host and port as they are."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    domain = _registrable(host)
    return parts.netloc if domain == host and not re.search("[a-z]", host) else domain


def _is_dressed(url: str) -> bool:
    parts = urlsplit(url)
    return bool(re.match(r"(?:m|mobile|amp|touch|wap)\.", parts.netloc) or _AMP_PATH.search(parts.path) or parts.query)


def _same_story(page: str, target: str) -> bool:
    ours, theirs = urlsplit(page).path.rstrip("/"), urlsplit(target).path.rstrip("/")
    last, other = (_slug(path) for path in (ours, theirs))
    if len(other) >= 5 and last == other:
        return True
    numbers = set(_LONG_NUMBER.findall(theirs))
    return bool(numbers) and numbers == set(_LONG_NUMBER.findall(ours))


def _slug(path: str) -> str:
    return re.sub(r"\.\w{2,5}$", "", _AMP_PATH.sub("", path).rsplit("/", 1)[-1]).lower()
