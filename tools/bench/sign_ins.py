"""What signing in costs beside the password hash that it cannot do without."""

import re
import time
from urllib.parse import urlencode

from roadmap.passwords import Passwords
from tests.support.cast import PASSWORD
from tools.bench.installations import Installation
from tools.bench.processes import Server

TIMES = 10
BLOCKS = 5


def measure_sign_ins(server: Server, made: Installation) -> tuple[float, float]:
    """Processor milliseconds of the server for one sign-in, and of one hash; in alternating blocks.

    Not more than the sixty that one address may try in a minute.
    """
    passwords = Passwords()
    stored = passwords.hash(PASSWORD)
    # Each thread of the server takes the memory of its first hash from the system, and keeps it.
    sign_in(server, made)
    of_server = of_hash = 0.0
    for _ in range(BLOCKS):
        begun = time.process_time()
        for _ in range(TIMES):
            passwords.matches(stored, PASSWORD)
        of_hash += time.process_time() - begun
        of_server += sign_in(server, made)[0]
    count = BLOCKS * TIMES
    return 1000 * of_server / count, 1000 * of_hash / count


def sign_in(server: Server, made: Installation) -> tuple[float, list[float]]:
    """Sign in TIMES times; the server's processor seconds for it, and the seconds that each took."""
    _, headers, body = server.ask("GET", "/login")
    token = re.findall(r'name="csrf_token" value="([^"]+)"', body.decode())[0]
    form = urlencode({"csrf_token": token, "email": made.reader.email, "password": PASSWORD})
    asked = {
        "Content_Type": "application/x-www-form-urlencoded",
        "Cookie": headers["Set-Cookie"].partition(";")[0],
    }
    cpu_begun, latencies = server.cpu_seconds, []
    for _ in range(TIMES):
        begun = time.perf_counter()
        status, _, _ = server.ask("POST", "/login", form, **asked)
        latencies.append(time.perf_counter() - begun)
        if status != 303:
            raise SystemExit(f"signing in answers {status}")
    return server.cpu_seconds - cpu_begun, latencies
