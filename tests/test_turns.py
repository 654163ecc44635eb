"""Requests take turns at the interpreter, in their order, but never wait for long."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from roadmap import turns
from roadmap.turns import Turns


def ask(app: Turns, name: str) -> threading.Thread:
    """Ask in a thread of its own, and let it come as far as it can."""
    thread = threading.Thread(target=lambda: app({"name": name}, lambda *_: lambda _: None), daemon=True)
    thread.start()
    time.sleep(0.02)
    return thread


def held_app(entered: list[str], gate: threading.Event) -> Callable[..., Iterable[bytes]]:
    """An application that notes who came and keeps the first until the gate opens."""

    def app(environ: dict[str, Any], _: object) -> Iterable[bytes]:
        entered.append(environ["name"])
        if len(entered) == 1:
            gate.wait(10)
        return [b""]

    return app


def test_requests_go_one_after_another_in_the_order_they_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 10)
    entered: list[str] = []
    app = Turns(held_app(entered, gate := threading.Event()))
    threads = [ask(app, name) for name in ("first", "second", "third")]
    assert entered == ["first"]
    gate.set()
    for each in threads:
        each.join(10)
    assert entered == ["first", "second", "third"]


def test_nobody_waits_for_long_behind_a_slow_one() -> None:
    entered: list[str] = []
    app = Turns(held_app(entered, gate := threading.Event()))
    slow = ask(app, "slow")
    ask(app, "quick").join(10)
    assert entered == ["slow", "quick"]
    gate.set()
    slow.join(10)
    ask(app, "later").join(10)
    assert entered == ["slow", "quick", "later"]


def test_a_request_that_fails_passes_its_turn_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 10)

    def app(environ: dict[str, Any], _: object) -> Iterable[bytes]:
        raise RuntimeError(environ["name"])

    taken = Turns(app)
    for name in ("first", "second"):
        with pytest.raises(RuntimeError, match=name):
            taken({"name": name}, lambda *_: lambda _: None)
