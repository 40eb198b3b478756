"""Which network addresses a fetch may connect to: public ones, whatever form they are written in.

Belongs here: the judgement of one resolved address. Does not belong here: resolving (`fetch`).
Python's own `is_global` is not enough: in 3.11 it holds for NAT64 and 6to4 forms of private
addresses, for site-local and multicast ones, and for 192.0.0.8.
"""

import ipaddress

_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.ip_network("::/96")
# Protocol assignments, the relay anycast of 6to4, benchmarking, documentation and shared space
# (IANA special-purpose registries).
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "100.64.0.0/10", "192.0.2.0/24",
        "198.51.100.0/24", "203.0.113.0/24", "100::/64", "2001:db8::/32", "2001::/23", "3fff::/20",
        "5f00::/16", "fec0::/10",
    )
)  # fmt: skip


def is_public(address: str) -> bool:
    """Whether an address in numbers lies in the public internet; False for what is no address."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    return all(_is_plainly_public(form) for form in _forms(parsed))


def _forms(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """The addresses that packets may end at: the embedded IPv4 address, else the address."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if any(address in network for network in _NAT64) or address in _COMPATIBLE:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    if address.sixtofour is not None:
        return [address.sixtofour]
    if address.teredo is not None:
        return [address, *address.teredo]
    return [address]


def _is_plainly_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return address.is_global and not any(
        address in network for network in _REFUSED if network.version == address.version
    )
