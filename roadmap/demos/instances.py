"""A demo from nothing to today, in one transaction and only by what the product itself does."""

from collections.abc import Callable
from datetime import datetime, timedelta

from roadmap.bootstrap import BUILT_IN
from roadmap.database import Database
from roadmap.demos.arrivals import arrivals
from roadmap.demos.editions import earlier_outline
from roadmap.demos.people import ADMINISTRATOR
from roadmap.demos.stages import Script, Stage
from roadmap.demos.stories import LENGTH, NEWER_EDITION
from roadmap.demos.worlds import World
from roadmap.imports.outlines import read_outline
from roadmap.operations.catalogs import import_outline, load_built_in
from roadmap.operations.outbox import clear_outbox
from roadmap.operations.prunings import prune
from roadmap.paths import PACKAGE

TEAM_ROADMAP = PACKAGE / "demos" / "first-weeks.yaml"
LENGTH_OF_HISTORY = timedelta(weeks=LENGTH, days=1)


def fill_demo(
    database: Database,
    *,
    at: datetime,
    password_hash: str,
    base_url: str,
    key: str,
    tell: Callable[[datetime], object] = lambda _: None,
) -> None:
    """Play nine months up to `at` into an empty database; `key` signs links, `tell` hears how far it is."""
    with database.writing() as session:
        stage = Stage(at - LENGTH_OF_HISTORY, at)
        world = World(session, stage, base_url, key)
        for script in (_catalogue(world), *arrivals(world, password_hash)):
            stage.add(script)
        stage.play(tell)
        # As the thread that sends mail does on every installation: what is too old goes.
        clear_outbox(session, at=at)
        prune(session, at=at)
        session.commit()


def _catalogue(world: World) -> Script:
    """The built-in roadmap in an earlier edition, the team's own, and three weeks ago the present edition."""
    outline = read_outline(BUILT_IN.read_bytes())
    load_built_in(world.session, earlier_outline(outline), at=world.stage.now)
    yield world.stage.until - timedelta(weeks=LENGTH) + timedelta(hours=3)
    author = world.people[ADMINISTRATOR.handle]
    import_outline(world.session, read_outline(TEAM_ROADMAP.read_bytes()), by=author, at=world.stage.now)
    yield world.stage.until - timedelta(weeks=NEWER_EDITION)
    load_built_in(world.session, outline, at=world.stage.now)
