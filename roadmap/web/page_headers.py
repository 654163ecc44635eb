"""What the header of a page says about the person of this request; asked once, when it is drawn."""

from flask import Flask, g

from roadmap.queries.headers import HeaderFacts, count_waiting, find_header
from roadmap.web.requests import database, person_or_none


def header_facts(*, is_at_own: bool = False) -> HeaderFacts:
    """How much waits for this person, and their roadmap; nothing for a visitor.

    On the pages of a roadmap of their own, which is the one to name, it is not asked for.
    """
    person = person_or_none()
    if person is None:
        return HeaderFacts(0, None)
    if "header_facts" not in g:
        with database().asking() as connection:
            if is_at_own:
                g.header_facts = HeaderFacts(count_waiting(connection, person), None)
            else:
                g.header_facts = find_header(connection, person)
    found: HeaderFacts = g.header_facts
    return found


def know_header(facts: HeaderFacts) -> None:
    """Spare the header its statement on a page that has read all of it."""
    g.header_facts = facts


def init_page_headers(app: Flask) -> None:
    """Let templates ask."""
    app.jinja_env.globals["header_facts"] = header_facts
