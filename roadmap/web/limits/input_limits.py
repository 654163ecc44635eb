"""Rejects what no browser sends by itself, and requests for another site, before any view sees them."""

import re
from contextlib import suppress
from ipaddress import ip_address
from itertools import chain
from urllib.parse import quote_from_bytes, urlsplit

from flask import Flask, abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter, Map

from roadmap.web.requests import config

# Supervisors and load balancers use whatever name they have for the machine.
_FOR_PROGRAMS = "monitoring."
MAX_BYTES = 1_048_576
MAX_FILE_BYTES = 10 * MAX_BYTES
# A list or a roadmap of 2 MiB, in a form that may write each byte as three.
MAX_ROADMAP_BYTES = 7 * MAX_BYTES
TOO_LARGE = "The limit is 1 MB."
TOO_LARGE_ROADMAP = "Lists and roadmap files are limited to 2 MB. Import longer ones in parts."
TOO_LARGE_TO_VERIFY = "Files to check are limited to 10 MB. Reports are much smaller."
# What stands around the file in the body of its form.
_LARGER = {
    "verifications.create": (MAX_FILE_BYTES + 65_536, TOO_LARGE_TO_VERIFY),
    "new_roadmaps.create": (MAX_ROADMAP_BYTES, TOO_LARGE_ROADMAP),
    "row_reviews.update": (MAX_ROADMAP_BYTES, TOO_LARGE_ROADMAP),
    "draft_texts.update": (MAX_ROADMAP_BYTES, TOO_LARGE_ROADMAP),
}
# What docs/running.md tells a proxy in front to let through.
_MOST_THROUGH_PROXY = 11 * MAX_BYTES
_ASCII = bytes(range(128))
_LARGEST = 2**31 - 1
# PostgreSQL stores no NUL, and nothing encodes half of a surrogate pair.
_ODD = re.compile("[\0\ud800-\udfff]")


class NumberConverter(IntegerConverter):
    """Numbers in paths that fit a database column; larger ones are simply not there."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=_LARGEST)


def _is_odd(values: MultiDict[str, str]) -> bool:
    return any(_ODD.search(text) for text in chain.from_iterable(values.items(multi=True)))


def _size() -> int:
    if request.content_length is not None:
        return request.content_length
    # A chunked body says no length, and werkzeug would quietly cut it off at the limit.
    return len(request.get_data()) if "Transfer-Encoding" in request.headers else 0


def _read_to_end() -> None:
    """Read and drop a body that is too large: a client that still sends would see a reset, no answer.

    waitress has the whole body by now; with gunicorn a proxy in front has, up to the proxy's limit.
    """
    if (request.content_length or 0) > _MOST_THROUGH_PROXY:
        return
    left = _MOST_THROUGH_PROXY
    with suppress(OSError):
        while left > 0 and (part := request.environ["wsgi.input"].read(65_536)):
            left -= len(part)


def reject_malformed_input() -> None:
    """404 for a path, 400 for a query or a form with NUL or half characters, 413 for too many bytes."""
    if not request.query_string.isascii():
        # Read as text, such bytes would raise wherever the query is looked at, on error pages too.
        request.query_string = quote_from_bytes(request.query_string, safe=_ASCII).encode()
    most, why = _LARGER.get(request.endpoint or "", (MAX_BYTES, TOO_LARGE))
    request.max_content_length = most + 1
    request.max_form_memory_size = max(most, MAX_BYTES)
    if _size() > most:
        _read_to_end()
        abort(413, why)
    if _ODD.search(request.path):
        abort(404)
    if request.query_string and _is_odd(request.args):
        abort(400, "The address contains characters that can’t be stored.")
    if request.method == "POST" and _is_odd(request.form):
        abort(400, "The form contains characters that can’t be stored.")


def init_input_limits(app: Flask) -> None:
    """Limit sizes and numbers; the gate calls the check itself before anything else."""
    app.config.update(MAX_CONTENT_LENGTH=MAX_BYTES + 1, MAX_FORM_MEMORY_SIZE=MAX_BYTES, MAX_FORM_PARTS=2_000)
    app.url_map.converters["int"] = NumberConverter
    # The redirect that joins doubled slashes copies the query into a header, whatever it holds.
    app.url_map.merge_slashes = False


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
