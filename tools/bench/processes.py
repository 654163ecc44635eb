"""Server processes: started on a free port, measured from outside, stopped politely."""

import os
import re
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit


def cpu_seconds(pid: int) -> float:
    """The processor time that a process took so far, in user and in kernel mode."""
    # What clock_getcpuclockid() of the C library returns; /proc only counts hundredths of a second.
    return time.clock_gettime(~pid << 3 | 2)


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
            self.close()
            raise SystemExit(f"{' '.join(arguments)} did not start: {line}")
        address = urlsplit(found[0])
        self.host, self.port = str(address.hostname), int(address.port or 0)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def cpu_seconds(self) -> float:
        """The processor time it took so far."""
        return cpu_seconds(self.pid)

    @property
    def peak_megabytes(self) -> float:
        """The most memory it ever held."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    def ask(
        self, method: str, path: str, body: str = "", *, status: int = 200, **headers: str
    ) -> tuple[dict[str, str], bytes]:
        """Send one request on its own connection; gives headers and body. Another status ends the run."""
        connection = HTTPConnection(self.host, self.port, timeout=30)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, names)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status != status:
            raise SystemExit(f"{method} {path} answers {answer.status}")
        return dict(answer.headers), content

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(30)
        if self._process.stdout is not None:
            self._process.stdout.close()
