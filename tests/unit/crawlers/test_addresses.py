"""The guard: which addresses may be connected to. No test here opens a connection."""

import socket
from ipaddress import ip_address, ip_network

import pytest

from crawlers.fetching.addresses import AddressGuard, is_public
from crawlers.fetching.resolver import look_up


def _words(text: str) -> list[str]:
    return text.split()


CLOSED = _words("""
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.254 127.0.0.1 127.1.2.3
    127.255.255.254 168.63.129.16 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1
    192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1
    198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::2 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:8.8.8.8
    ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::8.8.8.8 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1
    2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe::1
    2002:808:808::1 3fff::1 3ffe::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
    ff0e::1 2620:4f:8000::1 4000::1
""")
OPEN = _words("""
    8.8.8.8 1.1.1.1 93.184.215.14 172.15.0.1 172.32.0.1 192.167.1.1 2606:4700::1111 2a00:1450:4001::1 2620:0:2d0::1
""")
SPELLINGS = _words("""
    2130706433 0x7f000001 0x7f.1 0177.0.0.1 0177.1 127.1 127.0.1 017700000001 0x7f.0x0.0x0.0x1 localhost 0 0x0 [::1]
""")


def test_enough_forms_are_tried() -> None:
    """The table holds at least sixty addresses and spellings that must be refused."""
    assert len(CLOSED) + len(SPELLINGS) >= 60


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    """Loopback, private, shared, link-local, metadata, multicast, reserved, and every wrapping of IPv4 in IPv6."""
    assert not AddressGuard().allows(address)


@pytest.mark.parametrize("address", OPEN)
def test_a_public_address_is_allowed(address: str) -> None:
    """What belongs to the public internet may be reached."""
    assert AddressGuard().allows(address)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_a_closed_address_resolves_to_one_that_is_refused(spelling: str) -> None:
    """Decimal, hexadecimal, octal and short forms come out of the resolver as what they are."""
    try:
        addresses = look_up(spelling.strip("[]"))
    except socket.gaierror:
        return
    assert addresses
    assert not any(AddressGuard().allows(address) for _, address in addresses)


def test_what_is_no_address_is_refused() -> None:
    """A name, nothing, or noise is not an address."""
    for text in ("", "localhost", "8.8.8.8 ", "8.8.8", "::ffff", "1.2.3.4/8"):
        assert not AddressGuard().allows(text)


def test_named_networks_are_opened_and_nothing_beside_them() -> None:
    """ALLOW_NETWORKS opens what it names, in IPv4 also when mapped into IPv6, and no other closed address."""
    guard = AddressGuard([ip_network("127.0.0.0/8"), ip_network("fd00:1::/64")])
    assert all(guard.allows(address) for address in ("127.0.0.1", "127.9.9.9", "::ffff:127.0.0.1", "fd00:1::5"))
    assert not any(guard.allows(address) for address in ("10.0.0.1", "fd00:2::5", "::1", "169.254.169.254"))


def test_all_of_the_ipv4_special_registry_is_closed_at_both_ends() -> None:
    """The first and last address of each special-purpose network is closed."""
    for text in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"):
        network = ip_network(text)
        assert not is_public(ip_address(str(network[0])))
        assert not is_public(ip_address(str(network[-1])))
