"""The settings of a crawl: what is open, how much is taken, and that there is no way out beside the guard."""

import ast
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawlers.fetching.clock import Clock
from crawlers.fetching.options import CrawlOptions
from crawlers.fetching.politeness import LONGEST_WAIT, WAIT, HostFails, Hosts, HostWaits, read_retry_after
from crawlers.fetching.settings import scrapy_settings, user_agent

CRAWLERS = Path(__file__).parents[3] / "crawlers"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WAYS_OUT = {
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "http",
    "ftplib",
    "smtplib",
    "xmlrpc",
    "urllib.request",
    "pycurl",
    "elasticsearch",
    "elastic_transport",
    "socket.create_connection",
    "create_connection",
    "open_connection",
    "urlopen",
    "urlretrieve",
    "fetch_url",
    "trafilatura.downloads",
}
BY_SETTING = {
    "alerting/smtp.py",
    "indexing/installing.py",
    "watch/airflow_health.py",
    "watch/commands/stack.py",
    "watch/probing.py",
    "watch/stack/key_files.py",
}


@pytest.fixture
def chosen() -> Settings:
    """The settings of a crawl with nothing opened."""
    return Settings(scrapy_settings(CrawlOptions(as_of=NOW)))


def test_only_http_and_https_have_a_handler(chosen: Settings) -> None:
    """Files, data, FTP and S3 cannot be fetched."""
    handlers = chosen.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


def test_no_port_is_opened_and_nothing_is_asked_past_the_guard(chosen: Settings) -> None:
    """Control ports and proxies are off, certificates are verified, names go through the guarded resolver."""
    assert not any(
        chosen.getbool(name) for name in ("TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "HTTPPROXY_ENABLED")
    )
    assert chosen.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert chosen["TWISTED_DNS_RESOLVER"] == "crawlers.fetching.resolver.GuardedResolver"
    assert chosen.getlist("ALLOW_NETWORKS") == []


def test_answers_are_bounded(chosen: Settings) -> None:
    """10 MiB decoded, 30 seconds, 5 redirects, 4 items at a time, one retry that is not for 429 or 503."""
    assert chosen.getint("DOWNLOAD_MAXSIZE") == 10 * 1024 * 1024
    assert chosen.getint("DOWNLOAD_TIMEOUT") == 30
    assert (chosen.getint("REDIRECT_MAX_TIMES"), chosen.getint("RETRY_TIMES"), chosen.getint("CONCURRENT_ITEMS")) == (
        5,
        1,
        4,
    )
    assert not {429, 503} & {int(code) for code in chosen.getlist("RETRY_HTTP_CODES")}


def test_hosts_are_asked_politely(chosen: Settings) -> None:
    """robots.txt is obeyed, one request at a time, a pause of at least a second, and never none."""
    assert chosen.getbool("ROBOTSTXT_OBEY")
    assert chosen.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert (chosen.getfloat("DOWNLOAD_DELAY"), chosen.getfloat("DOWNLOAD_DELAY_JITTER")) == (1.0, 0.0)
    assert scrapy_settings(CrawlOptions(as_of=NOW, delay=0))["DOWNLOAD_DELAY"] > 0


def test_the_user_agent_says_what_this_is_and_whom_to_write_to() -> None:
    """With a contact when one is set."""
    assert user_agent("https://example.org/about").endswith("(+https://example.org/about)")
    assert user_agent("a@b.example").startswith("ConventionWatch/")
    assert "no contact" in user_agent(None)


def test_named_networks_reach_the_resolver() -> None:
    """ALLOW_NETWORKS is handed on as it was given."""
    options = CrawlOptions(as_of=NOW, allow_networks=(ip_network("127.0.0.0/8"), ip_network("fd00:1::/64")))
    assert scrapy_settings(options)["ALLOW_NETWORKS"] == ["127.0.0.0/8", "fd00:1::/64"]


def _clients(path: Path) -> set[str]:
    """Return what a module imports or calls that could open a connection of its own."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
    return {name for name in names if name in WAYS_OUT or name.split(".")[0] in WAYS_OUT - {"urllib.request"}}


@pytest.mark.parametrize("path", sorted(CRAWLERS.rglob("*.py")), ids=lambda path: path.stem)
def test_there_is_no_other_way_out(path: Path) -> None:
    """No module of the crawlers imports another client: every request goes through Scrapy, and so the guard."""
    assert not _clients(path)


def test_the_other_rooms_reach_only_what_the_operator_named() -> None:
    """A client stands only where a setting names the server: mail, index, Kibana, Airflow, a health check."""
    root = CRAWLERS.parent
    found = {
        str(path.relative_to(root))
        for room in ("alerting", "dags", "detection", "indexing", "ledger", "records", "watch")
        for path in (root / room).rglob("*.py")
        if {name for name in _clients(path) if room != "indexing" or not name.startswith("elastic")}
    }
    assert found == BY_SETTING


@pytest.mark.parametrize(
    ("value", "date", "pause"),
    [
        ("120", None, timedelta(seconds=120)),
        (" 3600 ", None, timedelta(hours=1)),
        ("0", None, timedelta()),
        ("Tue, 24 Nov 2026 12:30:00 GMT", None, timedelta(minutes=30)),
        ("Fri, 27 Dec 2019 12:30:00 GMT", "Fri, 27 Dec 2019 12:00:00 GMT", timedelta(minutes=30)),
        ("Tue, 24 Nov 2026 11:00:00 GMT", None, timedelta()),
        ("999999999999", None, LONGEST_WAIT),
        ("soon", None, WAIT),
        ("-5", None, WAIT),
        ("", None, WAIT),
        (None, None, WAIT),
    ],
)
def test_retry_after_is_read(value: str | None, date: str | None, pause: timedelta) -> None:
    """Seconds or a date, against the answer's own date; bounded; without one some minutes."""
    assert read_retry_after(value, date, now=NOW) == pause


def test_a_host_that_asks_to_wait_or_fails_is_left_alone() -> None:
    """429 and 503 hold at once; other failures after three in a row; a success begins anew."""
    hosts = Hosts(Clock(NOW))
    hosts.answered("busy.example", 503, "60", None)
    with pytest.raises(HostWaits):
        hosts.check("busy.example")
    for status in (500, 403, 200, 500, 403):
        hosts.answered("shaky.example", status, None, None)
        hosts.check("shaky.example")
    hosts.answered("shaky.example", 500, None, None)
    with pytest.raises(HostFails):
        hosts.check("shaky.example")
    hosts.failed("nowhere.example", for_good=True)
    with pytest.raises(HostFails):
        hosts.check("nowhere.example")
    hosts.check("other.example")


def test_a_wait_carried_from_an_earlier_pass_ends_in_time() -> None:
    """What the ledger kept holds until its moment, and no longer."""
    hosts = Hosts(Clock(NOW))
    hosts.wait("one.example", NOW + timedelta(minutes=5))
    hosts.wait("two.example", NOW - timedelta(minutes=5))
    assert hosts.not_before("one.example") == NOW + timedelta(minutes=5)
    assert hosts.not_before("two.example") is None
    hosts.check("two.example")
