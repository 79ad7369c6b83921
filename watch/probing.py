"""``python -m watch.probing URL``: exit 0 when the URL answers with a status below 400. For health checks."""

import sys
import urllib.request

SECONDS = 10


def main() -> int:
    """Ask once; a redirect is followed, a connection error or a status of 400 and above is 1."""
    try:
        with urllib.request.urlopen(sys.argv[1], timeout=SECONDS):  # noqa: S310 - the compose file's own addresses
            return 0
    except OSError as error:
        print(f"{sys.argv[1]}: {error}", file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main())
