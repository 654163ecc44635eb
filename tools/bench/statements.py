"""How many statements a page, a mark and a sign-in send, counted in this process."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from flask.testing import FlaskClient

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from tests.support.statements import counted_statements
from tools.bench.installations import Installation

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


@contextmanager
def _client(made: Installation) -> Iterator[tuple[FlaskClient, Database]]:
    config = Config(data=made.data, database_url=made.url, secret_key="a key for counting statements only")
    database = Database(config)
    app = create_app(config, database)
    client = app.test_client()
    client.set_cookie("roadmap_session", made.reader.secret)
    yield client, database
    database.dispose()


def count_statements(made: Installation) -> dict[str, int]:
    """Statements without BEGIN and COMMIT, those of the session and the header included, by kind of load."""
    page = f"/enrollments/{made.reader.enrollment}"
    form = urlencode({"status": "in_progress"})
    with _client(made) as (client, database):
        token = TOKEN.findall(client.get(page).text)[0]
        with counted_statements(database) as of_page:
            assert client.get(page).status_code == 200
        with counted_statements(database) as of_mark:
            path = f"{page}/milestones/{made.keys[-1]}/progress"
            answer = client.post(
                path,
                data=form,
                content_type="application/x-www-form-urlencoded",
                headers={"X-Fragment": "1", "X-CSRFToken": token},
            )
            assert answer.status_code == 200
        client.set_cookie("roadmap_session", made.mentor)
        assert client.get("/mentoring").status_code == 200
        with counted_statements(database) as of_table:
            assert client.get("/mentoring").status_code == 200
    return {"page": len(of_page), "mark": len(of_mark), "table": len(of_table)}
