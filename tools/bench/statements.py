"""How many statements a page and the mentor's table send, counted in this process."""

from flask.testing import FlaskClient

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from tests.support.statements import counted_statements
from tools.bench.installations import Installation


def count_statements(made: Installation) -> tuple[int, int]:
    """Statements of page and table without BEGIN and COMMIT, those of session and header included."""
    config = Config(data=made.data, database_url=made.url, secret_key="a key for counting statements only")
    looks = ((f"/enrollments/{made.reader.enrollment}", made.reader.secret), ("/mentoring", made.mentor))
    with Database(config) as database:
        client = create_app(config, database).test_client()
        page, table = (_count(client, database, path, secret) for path, secret in looks)
    return page, table


def _count(client: FlaskClient, database: Database, path: str, secret: str) -> int:
    client.set_cookie("roadmap_session", secret)
    client.get(path)  # fills the caches
    with counted_statements(database) as statements:
        status = client.get(path).status_code
    if status != 200:
        raise SystemExit(f"{path} answers {status}")
    return len(statements)
