"""Where a learner stands: Today, the activity of an enrollment, its history, and undo."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.learning.enrollments import lock_enrollment
from roadmap.operations.learning.undo import undo_change
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.histories import ChangeView, find_history_page, milestones_of_change
from roadmap.queries.pages.activity import find_activity_page
from roadmap.queries.pages.today import find_today_page
from roadmap.web.learning.change_descriptions import describe_change
from roadmap.web.learning.forms import UndoForm
from roadmap.web.learning.fragments import describe_numbers, render_changed_rows
from roadmap.web.learning.news import mark_seen, news_sentence
from roadmap.web.redirects import flash_change, referring_page, with_anchor
from roadmap.web.requests import current_person, database, redirect_after_post, wants_fragment

today = Blueprint("today", __name__)
today.add_app_template_filter(news_sentence)
activities = Blueprint("activities", __name__)
histories = Blueprint("histories", __name__)


@today.get("/today", endpoint="show")
def show_today() -> str:
    """What is new and what is next on each roadmap, what to revisit, and this week's hours."""
    with database().reading() as session:
        page = find_today_page(session, seen_by=current_person(), at=clock.now())
    mark_seen(page.news)
    current = next(iter([*(card.enrollment for card in page.cards), *page.paused]), None)
    return render_template("learning/today/index.html", page=page, current_enrollment=current, here="today")


@activities.get("/enrollments/<public_id>/activity", endpoint="show")
def show_activity(public_id: str) -> str:
    """Progress over time, hours per week, and a year of days."""
    with database().reading() as session:
        page = find_activity_page(session, public_id, seen_by=current_person(), at=clock.now())
    return render_template(
        "learning/activity.html", page=page, current_enrollment=page.enrollment, here="roadmap"
    )


@histories.app_template_filter("described")
def described(change: ChangeView) -> str:
    """What a change did, in words."""
    return describe_change(change)


@histories.get("/enrollments/<public_id>/history", endpoint="index")
def show_history(public_id: str) -> str:
    """Every change, newest first, a page at a time."""
    before = request.args.get("before", type=int)
    with database().reading() as session:
        enrollment = find_enrollment(session, public_id, seen_by=current_person(), at=clock.now())
        page = find_history_page(session, enrollment, seen_by=current_person(), before=before)
    return render_template("learning/history.html", page=page, current_enrollment=enrollment, here="roadmap")


@histories.post("/enrollments/<public_id>/history/<int:event>/undo", endpoint="create")
def undo(public_id: str, event: int) -> ResponseReturnValue:
    """Take back the whole change that an event belongs to."""
    with database().writing() as session:
        enrollment = lock_enrollment(session, public_id, by=current_person())
        change = undo_change(session, enrollment, event, by=current_person(), at=clock.now())
        session.commit()
    message = "Redone" if UndoForm().redo.data else "Undone"
    the_list = url_for("enrollments.show", public_id=public_id)
    here = referring_page(the_list if wants_fragment() else url_for("histories.index", public_id=public_id))
    keys, skill = _marked(public_id, change)
    if keys and wants_fragment() and here.partition("?")[0] == the_list:
        return render_changed_rows(public_id, keys, message, change)
    text = describe_numbers(public_id, message) if keys else f"{message}."
    flash_change(text, public_id=public_id, change=change)
    return redirect_after_post(with_anchor(here, public_id, skill))


def _marked(public_id: str, change: int) -> tuple[list[str], str | None]:
    """The milestones that a change marked, and the skill of the first of them that is still here."""
    with database().reading() as session:
        seen = find_enrollment(session, public_id, seen_by=current_person(), at=clock.now())
        keys = milestones_of_change(session, seen, change)
    skill_of = seen.stored.outline.skill_of
    return keys, next((skill_of[key].key for key in keys if key in skill_of), None)
