"""How often one network address may request what is costly or can be guessed."""

import logging
import re
import threading
import time
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from flask import request
from limits import RateLimitItem, parse
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter

from roadmap.config import ConfigProblem
from roadmap.domain.errors import TooMany

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# One home or server usually has as many addresses as it likes within these bits.
IPV6_NETWORK_BITS = 64
PATIENCE_SECONDS = 1
PAUSE_SECONDS = 10

LIMITS = {
    "archives.download": "20 per minute",
    "sign_ins.create": "60 per minute",
    "accounts.create": "30 per minute",
    "accounts.edit": "60 per minute",
    "accounts.update": "60 per minute",
    "addresses.create": "30 per minute",
    "addresses.edit": "60 per minute",
    "addresses.update": "60 per minute",
    "passwords.create": "30 per minute",
    "passwords.edit": "60 per minute",
    "passwords.update": "60 per minute",
    "invitations.create": "30 per minute",
    "invitations.update": "30 per minute",
    "invitations.show": "60 per minute",
    "invitations.answer": "60 per minute",
    "messages.create": "20 per minute",
    "submissions.remind": "20 per minute",
    "new_roadmaps.create": "30 per minute",
    "copies.create": "30 per minute",
    "roadmaps.download": "120 per minute",
    "row_reviews.update": "120 per minute",
    "draft_texts.update": "120 per minute",
    "searches.show": "120 per minute",
    "shared_reports.show": "300 per minute",
    "shared_reports.download": "60 per minute",
    "shared_reports.card": "60 per minute",
    "feed_files.badge": "600 per minute",
    "feed_files.calendar": "300 per minute",
    "monitoring.metrics": "120 per minute",
    "issued_reports.create": "20 per minute",
    "verifications.show": "60 per minute",
    "verifications.create": "30 per minute",
}
_RULES = {endpoint: parse(rule) for endpoint, rule in LIMITS.items()}
log = logging.getLogger(__name__)


class ProcessStorage(MemoryStorage):
    """Counts of this process; two threads at once would both start its timer, which raises RuntimeError."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        super().__init__()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count a request and give the number in its window."""
        with self._lock:
            return super().incr(key, expiry, amount)


class RateLimits:
    """Counts requests by endpoint and address; in memory for one process, in Redis for several."""

    def __init__(self, redis_url: str = "") -> None:
        self._here = FixedWindowRateLimiter(ProcessStorage())
        self._shared = self._here
        self._retries_at = 0.0
        if redis_url:
            self._shared = FixedWindowRateLimiter(_storage(redis_url))

    def storage_answers(self) -> bool:
        """Whether what counts for all processes can be reached now."""
        return self._shared.storage.check()

    def hit(self, endpoint: str, address: str) -> None:
        """Count one request; raises TooMany above the limit of its endpoint, if it has one."""
        rule = _RULES.get(endpoint)
        if rule is None:
            return
        if time.monotonic() >= self._retries_at:
            try:
                self._count(self._shared, rule, endpoint, address)
            except StorageError:
                # Redis that is gone must neither close the site nor slow it: each process counts for itself.
                self._retries_at = time.monotonic() + PAUSE_SECONDS
                log.warning("limits are counted in this process: ROADMAP_REDIS_URL does not respond")
            else:
                return
        self._count(self._here, rule, endpoint, address)

    def _count(self, limiter: FixedWindowRateLimiter, rule: RateLimitItem, *key: str) -> None:
        if not limiter.hit(rule, *key):
            left = limiter.get_window_stats(rule, *key).reset_time - time.time()
            raise TooMany("Too many requests from your address.", retry_after=max(1, int(left) + 1))


def _storage(url: str) -> RedisStorage:
    # Valkey speaks Redis, and its own package would be one more to install.
    address = re.sub("^valkey", "redis", url)
    wait = PATIENCE_SECONDS
    try:
        return RedisStorage(address, wrap_exceptions=True, socket_timeout=wait, socket_connect_timeout=wait)
    except ConfigurationError as missing:
        why = "needs the package redis: install roadmap-tracker with its extra 'redis'"
        raise ConfigProblem("ROADMAP_REDIS_URL", why) from missing


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
