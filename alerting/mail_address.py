"""What an e-mail address may look like: in a subscription, as a sender, as an operator."""

from email.errors import MessageError
from email.headerregistry import Address


def mail_address(value: str) -> str:
    """Return a bare address (no display name, one recipient, ASCII, no control characters), as it is; or ValueError."""
    try:
        address = Address(addr_spec=value)
    except (ValueError, IndexError, MessageError) as error:
        raise ValueError(f"{value!r} is not an e-mail address") from error
    if not value.isascii() or not value.isprintable() or not address.username or not address.domain:
        raise ValueError(f"{value!r} is not an e-mail address, such as analyst@example.org")
    return value
