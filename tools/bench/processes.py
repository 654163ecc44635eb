"""Server processes: started on a free port, measured through /proc, stopped politely."""

import os
import re
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

_TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running server; it prints its address once it serves."""

    def __init__(self, *arguments: str, **environ: str) -> None:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("ROADMAP_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env={**inherited, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = re.search(r"http://\S+:\d+", line)
        if found is None:
            self.stop()
            raise SystemExit(f"{' '.join(arguments)} did not start: {line}")
        address = urlsplit(found[0])
        self.host, self.port = str(address.hostname), int(address.port or 0)

    @property
    def cpu_seconds(self) -> float:
        """The processor time it took so far, in user and in kernel mode."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def peak_megabytes(self) -> float:
        """The most memory it ever held."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    def ask(
        self, method: str, path: str, body: str = "", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request on a connection of its own; gives status, headers and body."""
        connection = HTTPConnection(self.host, self.port, timeout=30)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, names)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, dict(answer.headers), content

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(30)
        if self._process.stdout is not None:
            self._process.stdout.close()
