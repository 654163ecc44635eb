"""What the header of a page says about the person of this request; asked once, when it is drawn."""

from flask import Flask, g

from roadmap.queries.pages.header import HeaderFacts, find_header
from roadmap.web.requests import database, person_or_none


def header_facts() -> HeaderFacts:
    """How much waits for this person, and their roadmap; nothing for a visitor."""
    person = person_or_none()
    if person is None:
        return HeaderFacts(0, None)
    if "header_facts" not in g:
        with database().reading() as session:
            g.header_facts = find_header(session, person)
    facts: HeaderFacts = g.header_facts
    return facts


def init_page_headers(app: Flask) -> None:
    """Let templates ask."""
    app.jinja_env.globals["header_facts"] = header_facts
