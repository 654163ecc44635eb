"""What `roadmap catalog check` says about a file that has no problems."""

from collections.abc import Iterator, Sequence

from roadmap.cli.link_checks import find_dead_links
from roadmap.domain.roadmaps.outline_totals import HoursTotal, outline_totals
from roadmap.domain.roadmaps.outlines import Outline


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
