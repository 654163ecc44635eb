"""A person at a served instance: real HTTP, cookies and CSRF tokens, no browser."""

import re
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener

from tests.support.cast import PASSWORD

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Visitor:
    """Keeps cookies and the last CSRF token; does not follow redirects. `url` may change between requests."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._token = ""
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()), _NoRedirects)

    def get(self, path: str) -> str:
        """The page, whose token the next form sends."""
        text = self._open(Request(self.url + path))[1]
        found = TOKEN.search(text)
        self._token = found[1] if found else self._token
        return text

    def post(self, path: str, **fields: Any) -> tuple[int, str]:
        """Send a form; the status and where it leads."""
        form = urlencode({"csrf_token": self._token, **fields}, doseq=True).encode()
        status, _, place = self._open(Request(self.url + path, form))
        return status, place

    def register(self, name: str = "Lena") -> None:
        """Make an account and be signed in."""
        self.get("/register")
        answer = self.post("/register", name=name, email=f"{name.lower()}@example.org", password=PASSWORD)
        assert answer[0] == 303, answer
        self.get("/roadmaps")

    def _open(self, request: Request) -> tuple[int, str, str]:
        try:
            answer = self._opener.open(request, timeout=30)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.read().decode(), answer.headers.get("Location", "")
