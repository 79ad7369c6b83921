"""The bare libraries on the same pages, as a yardstick: Scrapy that only downloads, trafilatura that only extracts.

``python -m tests.bench.bare download URL-FILE PAGES-DIR`` · ``python -m tests.bench.bare extract PAGES-DIR``
"""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy
import trafilatura
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

SETTINGS = {
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOG_LEVEL": "ERROR",
    "CONCURRENT_REQUESTS": 32,
    "RETRY_ENABLED": False,
}


class Downloader(scrapy.Spider):
    """Downloads each URL once and writes the body to a file."""

    name = "bare"

    def __init__(self, urls: list[str], folder: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls
        self.folder = folder

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every URL."""
        for url in self.urls:
            yield scrapy.Request(url)

    def parse(self, response: Response) -> None:
        """Keep the body."""
        (self.folder / response.url.rpartition("/")[2]).write_bytes(response.body)


def download(urls: Path, folder: Path) -> None:
    """Download the URLs named in a file, one a line, into a folder."""
    process = CrawlerProcess(SETTINGS)
    process.crawl(Downloader, urls=urls.read_text(encoding="utf-8").split(), folder=folder)
    process.start()


def extract(folder: Path) -> None:
    """Extract text and metadata of each page, and keep neither."""
    for path in sorted(folder.glob("*.html")):
        trafilatura.bare_extraction(path.read_text(encoding="utf-8"), with_metadata=True)


if __name__ == "__main__":
    if sys.argv[1] == "download":
        download(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        extract(Path(sys.argv[2]))
