"""Rejects requests to a name that is not this site's: another site's name may lead to this machine too."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import abort, request

from roadmap.web.requests import config

# Supervisors and load balancers use whatever name they have for the machine.
_FOR_PROGRAMS = "monitoring."


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
