"""Which addresses of the internet protocol are the public network's, as IANA's registries of special ones have it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# https://www.iana.org/assignments/iana-ipv4-special-registry, without those that are reachable from everywhere.
_NOT_PUBLIC_4 = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared behind a provider's address translation
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; clouds keep their machines' secrets there
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_PUBLIC_6 = ip_network("2000::/3")  # all that is handed out; loopback, link-local, unique-local … lie outside
_NOT_PUBLIC_6 = tuple(
    ip_network(each)
    for each in (
        "2001::/23",  # protocol assignments, among them Teredo, which holds an address of version 4
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which holds an address of version 4
        "3fff::/20",  # documentation
    )
)
_TRANSLATED = ip_network("64:ff9b::/96")  # NAT64: the last 32 bits are the address of version 4 that is meant


def is_public(address: str) -> bool:
    """Whether an address is one of the public network; what is no address is not.

    >>> is_public("8.8.8.8"), is_public("10.1.2.3"), is_public("::ffff:8.8.8.8"), is_public("64:ff9b::127.0.0.1")
    (True, False, False, False)
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_PUBLIC_4)
    return _is_public_6(found)


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if address in _TRANSLATED:
        return is_public(str(IPv4Address(int(address) & 0xFFFFFFFF)))
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)
