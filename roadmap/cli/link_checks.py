"""Which links of a roadmap file answer: asked in parallel, each for a bounded time."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import OpenerDirector, build_opener

AT_ONCE = 16
SECONDS = 10
_HEADERS = [("User-Agent", "Mozilla/5.0 (roadmap catalog check)"), ("Accept", "*/*")]
# The page is there, but only for people with an account or a browser.
_THERE = frozenset({401, 403, 405, 406, 429})


def find_dead_links(urls: Iterable[str], *, seconds: float = SECONDS) -> dict[str, str]:
    """Return why an address does not answer, for those that do not, in their order; each is asked once."""
    opener = build_opener()
    opener.addheaders = _HEADERS
    distinct = list(dict.fromkeys(urls))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        problems = pool.map(lambda url: _problem(opener, url, seconds), distinct)
        return {url: problem for url, problem in zip(distinct, problems, strict=True) if problem}


def _problem(opener: OpenerDirector, url: str, seconds: float) -> str:
    """Return what is wrong with an address, or nothing; its page is not read."""
    try:
        with opener.open(url.partition("#")[0], timeout=seconds):
            return ""
    except HTTPError as error:
        error.close()
        return "" if error.code in _THERE else f"answers {error.code}"
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        is_late = isinstance(reason, TimeoutError)
        return f"no response within {seconds:g} seconds" if is_late else str(reason) or type(error).__name__
