"""The rules of where a message may be sent: to the outside, unless the operator says otherwise.

A receiver's address is somebody's input, and the service stands inside a network: an address that
leads inside would make the service knock there in its own name (CWE-918). So the spelling is
strict, every address that a name resolves to is looked at, and the connection is made to the very
address that was looked at.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from service.delivery.errors import AddressRefused

IP = IPv4Address | IPv6Address

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
NAME = re.compile(rf"{LABEL}(?:\.{LABEL})*", re.ASCII)
URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<host>\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(?P<port>\d{1,5}))?"
    r"(?P<target>[/?][!-~]*)?",
    re.ASCII | re.IGNORECASE,
)
LIKE_A_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)", re.ASCII)
"""A last part of digits is an IPv4 address to a resolver, whatever it looks like (WHATWG URL)."""

LONGEST = 500
PORTS = {"https": 443, "http": 80}
OPEN_PORTS: Mapping[str, tuple[int, ...]] = {
    "https": (443, 8443),
    "smtps": (465,),
    "smtp+starttls": (587, 25),
}
"""What is encrypted, and where it is usual: the rest takes the operator's word."""

OUTSIDE = ip_network("2000::/3")
"""The only global unicast space of IPv6 (IANA)."""

NOT_OUTSIDE = tuple(
    ip_network(each)
    for each in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        # within 2000::/3: protocol assignments with Teredo, documentation, 6to4
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
"""IANA's special-purpose registries (RFC 6890 and its successors)."""


@dataclass(frozen=True)
class Address:
    """What a URL names: `host` in small letters, without brackets."""

    scheme: str
    host: str
    port: int

    @property
    def literal(self) -> IP | None:
        """The IP address that the host is, None where it is a name."""
        return ip_address(self.host) if _is_ip(self.host) else None


@dataclass(frozen=True)
class Allowed:
    """Hosts and networks that the operator vouches for: there any port, and http, is in order."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def covers(self, ip: IP) -> bool:
        return any(ip in network for network in self.networks)


def read_allowed(raw: str) -> Allowed:
    """Return what a comma list of host names, addresses and networks allows. Raises ValueError."""
    hosts, networks = [], []
    for each in filter(None, (part.strip().lower() for part in raw.split(","))):
        if re.fullmatch(r"[0-9a-f:.]+(/\d{1,3})?", each) and ("." in each or ":" in each):
            networks.append(ip_network(each))
        elif NAME.fullmatch(each):
            hosts.append(each)
        else:
            raise ValueError(each)
    return Allowed(frozenset(hosts), tuple(networks))


def read(url: str) -> Address:
    """Return what the URL names. Raises AddressRefused for any but a plain spelling."""
    matched = URL.fullmatch(url) if len(url) <= LONGEST else None
    if matched is None or "\\" in url or "#" in url:
        raise AddressRefused(
            why=(
                "须为不含账号、片段和特殊字符的网址，例如 https://example.org/huyuan",
                "it must be plain, with no user, fragment or odd sign: https://example.org/huyuan",
            )
        )
    scheme = matched["scheme"].lower()
    if scheme not in PORTS:
        raise AddressRefused(why=("只支持 https", "only https is served"))
    host = matched["host"].lower()
    port = int(matched["port"]) if matched["port"] else PORTS[scheme]
    if host.startswith("["):
        host = host[1:-1]
        spelled = ":" in host and _is_ip(host)
    elif LIKE_A_NUMBER.fullmatch(host):
        spelled = _is_ip(host)
    else:
        spelled = NAME.fullmatch(host) is not None and len(host) <= 253
    if not spelled or not 1 <= port <= 65535:
        raise AddressRefused(
            why=(
                "主机或端口写法有误：域名须为 ASCII，IP 地址须为标准写法",
                "its host or port is not spelled plainly: a name in ASCII, an IP address in full",
            )
        )
    return Address(scheme, host, port)


def must_be_open(address: Address, found: Sequence[str], allowed: Allowed) -> str:
    """Return the IP address to connect to, of those that the host resolved to.

    Raises AddressRefused where one of them lies inside, where there is none, and for what is not
    encrypted or an unusual port of a host that the operator does not vouch for.
    """
    if not found:
        raise AddressRefused(why=("域名无法解析", "its host does not resolve"))
    if address.host in allowed.hosts:
        return found[0]
    ips = [ip_address(each) for each in found]
    vouched = [allowed.covers(ip) for ip in ips]
    if not all(known or is_outside(ip) for ip, known in zip(ips, vouched, strict=True)):
        raise AddressRefused(why=("该地址位于内部网络", "it lies inside the network"))
    if not all(vouched) and address.port not in OPEN_PORTS.get(address.scheme, ()):
        raise AddressRefused(
            why=(
                "须使用 https 的 443 或 8443 端口，邮件用 smtps 的 465 或 smtp+starttls 的 587、25",
                "it takes https on port 443 or 8443, mail smtps on 465 or smtp+starttls on 587, 25",
            )
        )
    return found[0]


def is_outside(ip: IP) -> bool:
    """Tell whether anybody on the internet may have the address.

    IPv6 that carries IPv4 (mapped, compatible, NAT64, 6to4, Teredo) is not outside: where it
    leads is decided by a gateway, not by the address.
    """
    if ip.version == 6 and ip not in OUTSIDE:
        return False
    return not any(ip in network for network in NOT_OUTSIDE)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
