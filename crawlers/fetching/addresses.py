"""Which IP addresses may be reached: public ones, and networks named by the operator; nothing else."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

# From IANA's special-purpose registries, plus what clouds answer metadata on. ``is_global`` of the standard
# library is not enough: depending on its version it calls several of these public.
_CLOSED = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32", "100.100.100.200/32",
    )
)  # fmt: skip
_OPEN_V6 = ip_network("2000::/3")  # all that is given out for the public internet
_CLOSED_V6 = tuple(
    ip_network(text)
    for text in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "3ffe::/16")
)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address belongs to the public internet, and wraps no address that may not."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED)
    if address.scope_id is not None or address not in _OPEN_V6:
        return False  # mapped, NAT64, loopback, link-local, unique local, site-local, multicast
    return not any(address in network for network in _CLOSED_V6)


class AddressGuard:
    """The one place that says which address may be connected to."""

    def __init__(self, allow_networks: Sequence[Network] = ()) -> None:
        self._allowed = tuple(allow_networks)

    def allows(self, address: str) -> bool:
        """Tell whether an IP address, as the resolver wrote it, may be connected to."""
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        if any(parsed.version == network.version and parsed in network for network in self._allowed):
            return True
        inner = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
        if inner is not None and any(inner in network for network in self._allowed if network.version == 4):
            return True
        return is_public(parsed)
