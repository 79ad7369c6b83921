"""Where things are on a site: URLs of its articles and feeds."""

from tests.newsroom.editions import Edition
from tests.newsroom.sites import Site


def site_root(site: Site, port: int) -> str:
    """Return the site's origin, without a closing slash."""
    return f"http://{site.address}:{port}"


def article_path(site: Site, edition: Edition) -> str:
    """Return the path of an article on its site."""
    return site.article_path.format(
        slug=edition.slug,
        number=70000 + edition.number,
        year=f"{edition.published:%Y}",
        month=f"{edition.published:%m}",
        day=f"{edition.published:%d}",
    )
