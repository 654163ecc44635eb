"""What the map costs beside the list, and how much of it travels."""

from tools.bench.installations import Installation
from tools.bench.processes import Server
from tools.bench.reports import Target

TIMES = 150
BLOCKS = 6
MOST_SHARE, MOST_KILOBYTES = 1.5, 16


def map_targets(server: Server, made: Installation) -> list[Target]:
    """The map's processor time as a share of the list's, in alternating blocks, and its compressed weight."""
    path = f"/enrollments/{made.reader.enrollment}"
    cookie = f"roadmap_session={made.reader.secret}"
    seconds_of = {"": 0.0, "?view=map&skills=all": 0.0}
    for number in range(BLOCKS + 1):
        for query in seconds_of:
            cost = _cost(server, path + query, cookie)
            # The first block fills the caches.
            seconds_of[query] += cost if number else 0.0
    of_list, of_map = seconds_of.values()
    compressed = server.ask("GET", f"{path}?view=map&skills=all", Cookie=cookie, Accept_Encoding="gzip")[2]
    return [
        Target("map, share of the list in cpu", "at most", MOST_SHARE, of_map / of_list),
        Target("map compressed, KB", "at most", MOST_KILOBYTES, len(compressed) / 1024),
    ]


def _cost(server: Server, address: str, cookie: str) -> float:
    begun = server.cpu_seconds
    for _ in range(TIMES):
        status, _, _ = server.ask("GET", address, Cookie=cookie)
        if status != 200:
            raise SystemExit(f"{address} answers {status}")
    return server.cpu_seconds - begun
