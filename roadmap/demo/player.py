"""Plays the demo into an empty database: each step is an operation at its moment, the earliest first.

Who acts for the first time joins, and everybody signs in now and then.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from roadmap.bootstrap import BUILT_IN
from roadmap.db.database import Database
from roadmap.demo.entries import FOLDER, check_entries, read_cast, read_entries, schedule_entries
from roadmap.demo.learning_actions import LEARNING_ACTIONS
from roadmap.demo.mentoring_actions import MENTORING_ACTIONS
from roadmap.demo.report_actions import REPORT_ACTIONS
from roadmap.demo.roadmap_actions import ROADMAP_ACTIONS, earlier_outline
from roadmap.demo.steps import Installation, Step
from roadmap.imports.outlines import read_outline
from roadmap.operations.accounts.accounts import create_account
from roadmap.operations.accounts.profiles import mark_news_seen
from roadmap.operations.accounts.sign_ins import begin_session
from roadmap.operations.accounts.users import approve_mentor as approve
from roadmap.operations.roadmaps.catalogs import load_built_in
from roadmap.operations.scheduled import prune

TEAM_ROADMAP = FOLDER / "first-weeks.yaml"
LENGTH_OF_HISTORY = timedelta(weeks=40)
INSTALLED_BEFORE = timedelta(hours=3)
SIGNS_IN_AFTER = timedelta(days=20)
BY_STRANGERS = {"open_share"}
AGENTS = {
    "administrator": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "mentor": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15",
    "learner": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604.1",
}


def join(step: Step) -> None:
    """Make an account; the first one is the administrator's."""
    person = step.entry.by
    step.installation.users[person.handle] = create_account(
        step.session,
        email=person.email,
        name=person.name,
        password_hash=step.installation.password_hash,
        time_zone=person.zone,
        is_open=True,
        at=step.at,
    )


def sign_in(step: Step) -> None:
    """Begin a session."""
    begin_session(
        step.session,
        by=step.by,
        at=step.at,
        is_remembered=True,
        agent=AGENTS[step.entry.by.role],
        address=f"192.0.2.{10 + list(step.installation.users).index(step.entry.by.handle)}",
    )
    step.installation.signed_in_at[step.entry.by.handle] = step.at


def approve_mentor(step: Step) -> None:
    """Approve somebody as a mentor."""
    approve(step.session, step.installation.users[step.value], by=step.by, at=step.at)


ACTIONS: dict[str, Callable[[Step], object]] = {
    "join": join,
    "sign_in": sign_in,
    "approve_mentor": approve_mentor,
    **ROADMAP_ACTIONS,
    **LEARNING_ACTIONS,
    **MENTORING_ACTIONS,
    **REPORT_ACTIONS,
}


def fill_demo(
    database: Database,
    *,
    at: datetime,
    password_hash: str,
    base_url: str,
    name: str,
    key: str,
    on_progress: Callable[[datetime], object] = lambda _: None,
) -> None:
    """Play nine months up to `at` into an empty database, as the installation of this `name`.

    `on_progress` gets the moment of each step.
    """
    newest, team = read_outline(BUILT_IN.read_bytes()), read_outline(TEAM_ROADMAP.read_bytes())
    earlier = earlier_outline(newest)
    entries = read_entries(read_cast())
    check_entries(entries, ACTIONS, {newest.slug: (earlier, newest), team.slug: (team,)})
    schedule = schedule_entries(entries, end=at)
    with database.writing() as session:
        installation = Installation(session, at, newest, password_hash, base_url, name, key)
        load_built_in(session, earlier, at=schedule[0][0] - INSTALLED_BEFORE)
        for moment, entry in schedule:
            on_progress(moment)
            play(Step(installation, entry, moment))
        for handle, moment in installation.last_here_at.items():
            mark_news_seen(session, by=installation.users[handle], until=moment)
        # As the thread that sends mail does on every installation: what is too old goes.
        prune(session, at=at)
        session.commit()


def play(step: Step) -> None:
    """Do one step, signed in; when a rule refuses it, the error says which entry it was."""
    handle, signed_in_at = step.entry.by.handle, step.installation.signed_in_at
    try:
        if handle in signed_in_at and step.at - signed_in_at[handle] > SIGNS_IN_AFTER:
            sign_in(step)
        ACTIONS[step.entry.action](step)
        if handle not in signed_in_at:
            sign_in(step)
        if step.entry.action not in BY_STRANGERS:
            step.installation.last_here_at[handle] = step.at
    except Exception as error:
        error.add_note(f"in the demo's entry {step.entry}")
        raise
