"""How templates write addresses for other programs: lines that show a badge, calendars to subscribe to."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask

from roadmap.exports.badges import badge_html, badge_markdown


def webcal(url: str) -> str:
    """The address that opens a calendar program instead of the browser."""
    return f"webcal:{url.partition(':')[2]}"


def is_loopback(url: str) -> bool:
    """Whether only the machine itself can open it."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def init_link_texts(app: Flask) -> None:
    """Give them to all templates."""
    app.jinja_env.filters.update(badge_markdown=badge_markdown, badge_html=badge_html, webcal=webcal)
    app.jinja_env.tests["loopback"] = is_loopback
