"""Where a request came from: one spelling for each address, and the network that limits count."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# One home or server usually has as many addresses as it likes within these bits.
IPV6_NETWORK_BITS = 64


class PlainAddresses:
    """WSGI middleware: REMOTE_ADDR is an address only, whatever a trusted proxy wrote around it."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        environ["REMOTE_ADDR"] = plain_address(environ.get("REMOTE_ADDR", ""))
        return self._app(environ, start_response)


def plain_address(text: str) -> str:
    """The address without port, brackets and zone, an IPv4 address in IPv6 as IPv4; other text unchanged."""
    address = _address_in(text)
    return text if address is None else str(address)


def client_network() -> str:
    """What the limits count requests by: the IPv4 address, or the /64 network of an IPv6 address."""
    text = request.remote_addr or ""
    address = _address_in(text)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_NETWORK_BITS), strict=False))
    return text


def _address_in(text: str) -> IPv4Address | IPv6Address | None:
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
