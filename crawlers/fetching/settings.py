"""Scrapy's settings for a crawl: bounded, verified, polite, and with every control port off."""

from importlib.metadata import version
from typing import Any

from crawlers.fetching.options import CrawlOptions

BODY_BYTES = 10 * 1024 * 1024


def user_agent(contact: str | None) -> str:
    """Return the name under which pages are asked for: what this is, and whom to write to."""
    about = f" (+{contact})" if contact else " (a news monitor; its operator gave no contact)"
    return f"ConventionWatch/{version('convention-watch')}{about}"


def scrapy_settings(options: CrawlOptions) -> dict[str, Any]:
    """Return the settings of one crawl. They must be the process's: the resolver is not read from a spider's."""
    return {
        **_bounds(options),
        **_politeness(options),
        "ALLOW_NETWORKS": [str(network) for network in options.allow_networks],
        "TWISTED_DNS_RESOLVER": "crawlers.fetching.resolver.GuardedResolver",
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {
            "http": "crawlers.fetching.downloading.StoppableHandler",
            "https": "crawlers.fetching.downloading.StoppableHandler",
            "file": None,
            "data": None,
            "ftp": None,
            "s3": None,
        },
        "HTTPPROXY_ENABLED": False,  # a proxy would connect in our place, past the guard
        "COOKIES_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,  # the spider gives every answer its word
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "EXTENSIONS": {  # what is only switched off is loaded all the same, and takes 0.2 s of processor time
            "scrapy.extensions.telnet.TelnetConsole": None,
            "scrapy.extensions.remote_control.RemoteControl": None,
            "scrapy.extensions.feedexport.FeedExporter": None,
            "scrapy.extensions.logstats.LogStats": None,
            "scrapy.extensions.memusage.MemoryUsage": None,
        },
    }


def _bounds(options: CrawlOptions) -> dict[str, Any]:
    return {
        "DOWNLOAD_MAXSIZE": BODY_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": options.timeout,
        "DNS_TIMEOUT": 5,
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_MAXDELAY": 10,
        "CONCURRENT_ITEMS": 4,  # the default starts 100 tasks for every response
        "CONCURRENT_REQUESTS": 24,
        "CLOSESPIDER_TIMEOUT": options.seconds,
    }


def _politeness(options: CrawlOptions) -> dict[str, Any]:
    return {
        "USER_AGENT": user_agent(options.contact),
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "ConventionWatch",
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        # Without a delay Scrapy 2.19 does not keep the limit of one.
        "DOWNLOAD_DELAY": max(options.delay, 0.001),
        "DOWNLOAD_DELAY_JITTER": 0,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504, 522, 524],  # 429 and 503 ask us to wait
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.DownloadConnectionRefusedError",
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.ResponseDataLossError",
        ],
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawlers.fetching.politeness.HostMiddleware": 90,
            "crawlers.fetching.robots.RobotsMiddleware": 100,
        },
    }
