"""The load generator, a process of its own: asks on keep-alive connections and notes how long answers took.

Reads a JSON object per line from standard input. One with `requests` names a series of requests, which are
asked in turn, round and round. One with `seconds` is a job, answered with one JSON object: `latencies` and
`seconds` of its answers, the server's `cpu_seconds` for them, and how many were `refused`. A job that names
another series as `before` first asks a request of that on each connection; their answers are not counted.
"""

import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from typing import Any

from tools.bench.processes import cpu_seconds

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


class Connections:
    """Some connections that ask at the same time."""

    def __init__(self, host: str, port: int, number: int) -> None:
        self._selector, self._number = selectors.DefaultSelector(), number
        for _ in range(number):
            connection = Connection(host, port)
            self._selector.register(connection.socket, selectors.EVENT_READ, connection)

    def ask(self, requests: Iterator[bytes], *, until: float = 0.0) -> list[tuple[float, bool]]:
        """Ask once on each connection, and go on until that moment; returns what each answer was like."""
        for key in self._selector.get_map().values():
            key.data.send(next(requests))
        answers, busy = [], self._number
        while busy:
            for key, _ in self._selector.select():
                answer = key.data.receive()
                if answer is None:
                    continue
                answers.append(answer)
                if time.perf_counter() < until:
                    key.data.send(next(requests))
                else:
                    busy -= 1
        return answers

    def close(self) -> None:
        for key in self._selector.get_map().values():
            key.data.socket.close()
        self._selector.close()


def run(job: dict[str, Any], series: dict[str, Iterator[bytes]]) -> dict[str, Any]:
    """Keep all connections busy for the seconds of the job."""
    requests, before = series[job["name"]], series.get(job["before"])
    answers: list[tuple[float, bool]] = []
    seconds = cpu = 0.0
    refused = 0
    until = time.perf_counter() + job["seconds"]
    with closing(Connections(job["host"], job["port"], job["connections"])) as connections:
        while time.perf_counter() < until:
            if before:
                refused += sum(not was_fine for _, was_fine in connections.ask(before))
            cpu_begun, begun = cpu_seconds(job["pid"]), time.perf_counter()
            answers += connections.ask(requests, until=0.0 if before else until)
            seconds += time.perf_counter() - begun
            cpu += cpu_seconds(job["pid"]) - cpu_begun
    return {
        "seconds": seconds,
        "cpu_seconds": cpu,
        "latencies": [latency for latency, _ in answers],
        "refused": refused + sum(not was_fine for _, was_fine in answers),
    }


def main() -> None:
    """Work off jobs until there are no more; a series of requests goes on where its last job ended."""
    series: dict[str, Iterator[bytes]] = {}
    for line in sys.stdin:
        job = json.loads(line)
        if "requests" in job:
            series[job["name"]] = cycle([request.encode("latin-1") for request in job["requests"]])
            continue
        print(json.dumps(run(job, series)), flush=True)


if __name__ == "__main__":
    main()
