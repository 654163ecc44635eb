"""Where ROADMAP_BASE_URL is set, a request that names another site is refused."""

from dataclasses import replace

import pytest
from flask import Flask

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database


@pytest.fixture
def public(config: Config, database: Database) -> Flask:
    settings = replace(config, base_url="https://roadmap.example.org:8443", proxies=1)
    return create_app(replace(settings, given=frozenset({"ROADMAP_BASE_URL"})), database)


def status(app: Flask, host: str, path: str = "/login", **headers: str) -> int:
    return app.test_client().get(path, headers={"Host": host, **headers}).status_code


@pytest.mark.parametrize(
    "host", ["evil.example", "roadmap.example.org.evil.example", "example.org:8443", "1.2.3.4.evil.example"]
)
def test_another_domain_is_refused_with_the_address_of_this_site(public: Flask, host: str) -> None:
    answer = public.test_client().get("/login", headers={"Host": host})
    assert answer.status_code == 400
    assert "Open this site at https://roadmap.example.org:8443." in answer.text


@pytest.mark.parametrize(
    "host",
    [
        *("roadmap.example.org", "Roadmap.Example.org.:8443", "roadmap.example.org:1"),
        *("127.0.0.1:8000", "[::1]:8000", "localhost", "app:8000"),
    ],
)
def test_its_own_name_and_names_of_this_machine_are_served(public: Flask, host: str) -> None:
    assert status(public, host) == 200


def test_what_a_proxy_forwards_counts(public: Flask) -> None:
    assert status(public, "app:8000", **{"X-Forwarded-Host": "evil.example"}) == 400


def test_supervisors_use_any_name(public: Flask) -> None:
    assert status(public, "evil.example", "/healthz") == 200


def test_without_the_setting_any_name_is_served(app: Flask) -> None:
    assert status(app, "evil.example") == 200
