"""What `roadmap catalog check` says about a file without problems: totals, and links that do not answer."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import OpenerDirector, build_opener

from roadmap.domain.roadmaps.outline_totals import HoursTotal, outline_totals
from roadmap.domain.roadmaps.outlines import Outline

AT_ONCE = 16
SECONDS = 10
_HEADERS = [("User-Agent", "Mozilla/5.0 (roadmap catalog check)"), ("Accept", "*/*")]
# The page is there, but only for people with an account or a browser.
_THERE = frozenset({401, 403, 405, 406, 429})


def totals_lines(outline: Outline) -> Iterator[str]:
    """Yield the hours of areas and pathways with their share of the core, and the shape of the order."""
    totals = outline_totals(outline)
    yield f"Core: {totals.core_low:.0f} to {totals.core_high:.0f} hours"
    yield from (_total("Area", total) for total in totals.areas)
    yield from (_total("Pathway", total) for total in totals.pathways)
    yield f"Longest chain of prerequisites: {totals.depth} milestones"
    yield _keys("Without prerequisites", totals.roots)
    yield _keys("Not connected to any other", totals.unconnected)
    yield _keys("Optional next to alternatives", totals.optional_beside_alternatives)


def dead_links(outline: Outline) -> list[str]:
    """Return a line for each address that does not answer, with the milestones that link it."""
    users: dict[str, list[str]] = {}
    for key, milestone in outline.milestones.items():
        for resource in milestone.resources:
            users.setdefault(resource.url, []).append(key)
    problems = find_dead_links(users)
    return [f"{url} ({', '.join(users[url])}): {problem}" for url, problem in problems.items()]


def _total(kind: str, total: HoursTotal) -> str:
    return f"{kind} {total.key}: {total.low:.0f} to {total.high:.0f} hours, {total.share:.0%} of the core"


def _keys(title: str, keys: Sequence[str]) -> str:
    return f"{title}: {', '.join(keys) or 'none'}"


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
