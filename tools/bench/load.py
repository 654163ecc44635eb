"""The load generator, a process of its own: asks on keep-alive connections and notes how long answers took.

Reads a JSON object per line from standard input (`host port connections seconds requests`), asks the requests
in turn, round and round, and writes one JSON object per line: `seconds`, `latencies`, `refused`.
"""

import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from typing import Any

LENGTH = b"\r\nContent-Length: "


class Connection:
    """One keep-alive connection with one request on its way."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._begun = 0.0
        self._received = b""

    def send(self, request: bytes) -> None:
        self._begun, self._received = time.perf_counter(), b""
        self.socket.sendall(request)

    def receive(self) -> tuple[float, bool] | None:
        """Seconds and whether the answer was 200, once it is whole."""
        read = self.socket.recv(1 << 18)
        if not read:
            raise ConnectionError("the server closed the connection")
        self._received += read
        head, parted, body = self._received.partition(b"\r\n\r\n")
        if not parted or len(body) < int(head.partition(LENGTH)[2].partition(b"\r\n")[0]):
            return None
        return time.perf_counter() - self._begun, head.startswith(b"HTTP/1.1 200 ")


def run(job: dict[str, Any], requests: Iterator[bytes]) -> dict[str, Any]:
    """Keep all connections busy for the seconds of the job."""
    connections = [Connection(job["host"], job["port"]) for _ in range(job["connections"])]
    answers: list[tuple[float, bool]] = []
    begun = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for each in connections:
            selector.register(each.socket, selectors.EVENT_READ, each)
            each.send(next(requests))
        busy = len(connections)
        while busy:
            for key, _ in selector.select():
                answer = key.data.receive()
                if answer is None:
                    continue
                answers.append(answer)
                if time.perf_counter() - begun < job["seconds"]:
                    key.data.send(next(requests))
                else:
                    busy -= 1
    seconds = time.perf_counter() - begun
    for each in connections:
        each.socket.close()
    return {
        "seconds": seconds,
        "latencies": [latency for latency, _ in answers],
        "refused": sum(not was_fine for _, was_fine in answers),
    }


def main() -> None:
    """Work off jobs until there are no more; a series of requests goes on where its last job ended."""
    series: dict[str, Iterator[bytes]] = {}
    for line in sys.stdin:
        job = json.loads(line)
        if "requests" in job:
            series[job["name"]] = cycle([request.encode("latin-1") for request in job["requests"]])
            continue
        print(json.dumps(run(job, series[job["name"]])), flush=True)


if __name__ == "__main__":
    main()
