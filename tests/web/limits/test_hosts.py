"""Where ROADMAP_BASE_URL is set, a request that names another site is refused."""

import pytest
from flask import Flask

from tests.support.fixtures.web import LendApp


@pytest.fixture
def public(lend_app: LendApp) -> Flask:
    address = "https://roadmap.example.org:8443"
    return lend_app(base_url=address, proxies=1, given=frozenset({"ROADMAP_BASE_URL"}))


def status(app: Flask, host: str, path: str = "/login", **headers: str) -> int:
    return app.test_client().get(path, headers={"Host": host, **headers}).status_code


def test_another_domain_is_refused_with_the_address_of_this_site(public: Flask) -> None:
    for host in (
        "evil.example",
        "roadmap.example.org.evil.example",
        "example.org:8443",
        "1.2.3.4.evil.example",
    ):
        answer = public.test_client().get("/login", headers={"Host": host})
        assert answer.status_code == 400, host
        assert "Open this site at https://roadmap.example.org:8443." in answer.text, host


def test_its_own_name_and_names_of_this_machine_are_served(public: Flask) -> None:
    for host in (
        *("roadmap.example.org", "Roadmap.Example.org.:8443", "roadmap.example.org:1"),
        *("127.0.0.1:8000", "[::1]:8000", "localhost", "app:8000"),
    ):
        assert status(public, host) == 200, host


def test_what_a_proxy_forwards_counts(public: Flask) -> None:
    assert status(public, "app:8000", **{"X-Forwarded-Host": "evil.example"}) == 400


def test_supervisors_use_any_name(public: Flask) -> None:
    assert status(public, "evil.example", "/healthz") == 200


def test_without_the_setting_any_name_is_served(app: Flask) -> None:
    assert status(app, "evil.example") == 200
