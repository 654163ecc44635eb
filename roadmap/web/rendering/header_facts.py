"""What the header of each page shows of a person: read once for a request, when its template asks."""

from flask import g

from roadmap import clock
from roadmap.queries.pages.header import HeaderFacts, find_header
from roadmap.web.requests import database, person_or_none


def header_facts() -> HeaderFacts:
    """How much waits for this person, their roadmaps and their news; nothing for a visitor."""
    person = person_or_none()
    if person is None:
        return HeaderFacts(0, ())
    if "header_facts" not in g:
        with database().reading() as session:
            g.header_facts = find_header(session, person, at=clock.now())
    facts: HeaderFacts = g.header_facts
    return facts
