"""Where a request came from, and which host it names, which must be this site's."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import abort, request

from roadmap.web.requests import config

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# One home or server usually has as many addresses as it likes within these bits.
IPV6_NETWORK_BITS = 64
# Supervisors and load balancers use whatever name they have for the machine.
_FOR_PROGRAMS = "monitoring."


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


def reject_foreign_host() -> None:
    """400 where ROADMAP_BASE_URL is set and the request names another domain; ports do not matter.

    An address, or a name without a dot, cannot be another site's: a proxy may use one for this machine.
    """
    if "ROADMAP_BASE_URL" not in config().given or (request.endpoint or "").startswith(_FOR_PROGRAMS):
        return
    name = host_name(request.host)
    if name == host_name(urlsplit(config().base_url).netloc) or _is_local(name):
        return
    abort(400, f"Open this site at {config().base_url}.")


def host_name(host: str) -> str:
    """The name or the address in a Host header, without port and brackets, in lower case."""
    name = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    return name.rstrip(".").lower()


def _is_local(name: str) -> bool:
    if "." not in name or name.endswith(".localhost"):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
