"""docs/access.md, made from the access table: `uv run python -m tests.support.access_page` writes it anew."""

from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from roadmap.web.access import Access
from roadmap.web.access_table import ACCESS

PAGE = Path(__file__).parents[2] / "docs" / "access.md"
PEOPLE = {
    "visitor": "Visitor",
    "holder": "Holder of a share link",
    "learner": "Learner",
    "mentor": "Their mentor",
    "otto": "Another learner",
    "mina": "Mentor on another roadmap",
    "mona": "Former mentor",
    "admin": "Administrator",
}
IN, SIGN_IN, FORBIDDEN, ABSENT = "yes", "sign in", "403", "404"


def _answers(default: str, **others: str) -> dict[str, str]:
    """What a visitor gets, whoever holds a share link gets too: it opens one report and nothing else."""
    found = dict.fromkeys(PEOPLE, default) | others
    return found | {"holder": found["visitor"]}


ANSWERS = {
    Access.VISITOR: _answers(IN),
    Access.LINK: _answers(IN),
    Access.SIGNED_IN: _answers(IN, visitor=SIGN_IN),
    Access.LEARNER: _answers(ABSENT, visitor=SIGN_IN, learner=IN, mentor=FORBIDDEN),
    Access.READER: _answers(ABSENT, visitor=SIGN_IN, learner=IN, mentor=IN),
    Access.REVIEWER: _answers(ABSENT, visitor=SIGN_IN, learner=FORBIDDEN, mentor=IN),
    Access.ISSUER: _answers(ABSENT, visitor=SIGN_IN, learner=IN, mentor=IN),
    Access.MENTOR: _answers(ABSENT, visitor=SIGN_IN, mentor=IN),
    Access.SIDE: _answers(ABSENT, visitor=SIGN_IN, learner=IN, mentor=IN, admin=IN),
    Access.MAKER: _answers(ABSENT, visitor=SIGN_IN, learner=IN),
    Access.REVOKER: _answers(ABSENT, visitor=SIGN_IN, learner=IN, admin=IN),
    Access.WRITER: _answers(ABSENT, visitor=SIGN_IN, learner=IN, mentor=FORBIDDEN),
    Access.INVITED: _answers(FORBIDDEN, visitor=SIGN_IN, otto=IN),
    Access.AUTHOR: _answers(ABSENT, visitor=SIGN_IN, learner=IN, admin=IN),
    Access.ADMIN: _answers(FORBIDDEN, visitor=SIGN_IN, admin=IN),
    Access.METRICS: _answers(ABSENT),
}
"""What each person of the cast gets; the learner invited the other learner."""

HEAD = """\
# Who may use which page

Generated from the table that the application itself checks on every request; it doesn't start if a route is
missing from it. `uv run python -m tests.support.access_page` regenerates this page.

## Kinds of access

What you may not see answers 404, like what doesn't exist. What you can see but may not do answers 403.
Rights are checked on each request, so access ends the moment a mentorship does.
"""
ROUTES = """
## Routes

HEAD needs the same access as GET. OPTIONS only lists methods.
"""


def access_page(app: Flask) -> str:
    """The page as it should be."""
    return "\n".join([HEAD, *_kinds(), ROUTES, *_routes(app), ""])


def _kinds() -> Iterator[str]:
    yield from _row("Access", "Who", *PEOPLE.values())
    yield from _row(*["---"] * (len(PEOPLE) + 2))
    for access, answers in ANSWERS.items():
        yield from _row(_name(access), access.value, *(answers[person] for person in PEOPLE))


def _routes(app: Flask) -> Iterator[str]:
    paths = {rule.endpoint: rule.rule.replace("<int:", "<") for rule in app.url_map.iter_rules()}
    yield from _row("Method", "Path", "Access")
    yield from _row(*["---"] * 3)
    for (method, endpoint), access in ACCESS.items():
        yield from _row(method, f"`{paths[endpoint]}`", _name(access))


def _row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def _name(access: Access) -> str:
    return access.name.lower().replace("_", " ")


def main() -> None:
    """Write the page."""
    from roadmap.app import create_app
    from roadmap.config import Config

    app = create_app(Config(data=Path(), database_url="sqlite:///never.opened", secret_key="none"))
    PAGE.write_text(access_page(app), encoding="utf-8")


if __name__ == "__main__":
    main()
