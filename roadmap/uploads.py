"""Bodies that are too large for waitress: the application says so on a page of its own and reads nothing."""

from copy import copy
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

# The application refuses larger bodies by itself; these limits are for what never reaches it.
MOST_BYTES = 2**22
MOST_FILE_BYTES = 11 * 2**20
FILE_PATH = "/verify"
MOST_DRAINED = 2**26


class Parser(HTTPRequestParser):
    """Cuts a body that is too large off and hands the request on with its length, which is refused there."""

    is_cut = False
    adj: Adjustments
    path: str
    headers: dict[str, str]

    def parse_header(self, header_plus: bytes) -> None:
        """Read the header, and let the one page that takes files have larger ones."""
        super().parse_header(header_plus)
        if self.path == FILE_PATH:
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = MOST_FILE_BYTES

    def received(self, data: bytes) -> int:
        """Take in what came; how much of it was used."""
        consumed: int = super().received(data)
        if not isinstance(self.error, RequestEntityTooLarge):
            return consumed
        self.error, self.is_cut, self.expect_continue = None, True, False
        self.headers["CONNECTION"] = "close"
        self.headers["CONTENT_LENGTH"] = str(max(self.content_length, self.body_bytes_received))
        return len(data)


class Channel(HTTPChannel):
    """Lets the rest of a body that was cut off run into nothing; a reset would take the answer along."""

    parser_class = Parser
    requests: list[Parser]
    _closes = False
    _drains = False
    _drained = 0

    @property
    def close_when_flushed(self) -> bool:
        """Whether the connection ends with the answer."""
        return self._closes

    @close_when_flushed.setter
    def close_when_flushed(self, value: bool) -> None:
        self._drains = self._drains or (value and any(each.is_cut for each in self.requests))
        self._closes = value and not self._drains

    def received(self, data: bytes) -> Any:
        """Take in what came, or let it go."""
        if not self._drains:
            return super().received(data)
        self._drained += len(data)
        self.will_close = self.will_close or self._drained > MOST_DRAINED
        return False
