"""Where a learner stands: Today with its news, the activity of an enrollment, its history, and undo."""

import logging
from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from roadmap import clock
from roadmap.db.errors import DatabaseUnavailable
from roadmap.domain.news.items import OFFERS, SENTENCES, NewsItem, NewsKind
from roadmap.exports.languages import text_attributes
from roadmap.operations.accounts.profiles import mark_news_seen
from roadmap.operations.learning.enrollments import lock_enrollment
from roadmap.operations.learning.undo import undo_change
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.histories import find_history_page, milestones_of_change
from roadmap.queries.learning.snapshots import own_snapshot
from roadmap.queries.pages.activity import find_activity_page
from roadmap.queries.pages.today import find_today_page
from roadmap.web.learning.change_descriptions import describe_change
from roadmap.web.learning.forms import UndoForm
from roadmap.web.learning.fragments import render_changes, with_numbers
from roadmap.web.redirects import flash_change, referring_page, with_anchor
from roadmap.web.rendering.template_filters import as_markup
from roadmap.web.requests import current_person, database, is_asked_ahead, redirect_after_post, wants_fragment

today = Blueprint("today", __name__)
activities = Blueprint("activities", __name__)
histories = Blueprint("histories", __name__)
histories.add_app_template_filter(describe_change, "described")
log = logging.getLogger(__name__)
_PERSON = Markup("<bdi>{}</bdi>")
_LINK = Markup('<a href="{}">{}</a>')
_TITLE = Markup('“<a href="{}"{}>{}</a>”')


@today.get("/today", endpoint="show")
def show_today() -> str:
    """What is new and what is next on each roadmap, what to revisit, and this week's hours."""
    with database().reading() as session:
        page = find_today_page(session, seen_by=current_person(), at=clock.now())
    _mark_seen(page.news)
    current = next(iter([*(card.enrollment for card in page.cards), *page.paused]), None)
    return render_template("learning/today/index.html", page=page, enrollment=current)


def _mark_seen(news: Sequence[NewsItem]) -> None:
    """Note that the person of this request sees these; a page never fails because this could not be written.

    The moment is that of the latest of them, so that what is being written meanwhile is shown next time.
    """
    if not news or is_asked_ahead():
        return
    latest = max(item.happened_at for item in news)
    try:
        with database().writing(waits=False) as session:
            mark_news_seen(session, by=current_person(), until=latest)
            session.commit()
    except DatabaseUnavailable:
        log.info("news not marked as seen: the database is busy")


@today.app_template_filter("news_sentence")
def news_sentence(item: NewsItem) -> Markup:
    """The sentence of an item as HTML, with a link to what it is about."""
    url, who = _url(item), _PERSON.format(item.who)
    if not item.what and item.kind not in OFFERS:
        who = _LINK.format(url, who)
    what = _TITLE.format(url, text_attributes(item.language, finds_out=True), item.what)
    return as_markup(SENTENCES[item.kind]).format(who=who, what=what)


def _url(item: NewsItem) -> str:
    if item.milestone:
        is_talk = item.kind in {NewsKind.MESSAGE, NewsKind.QUESTION}
        anchor = "conversation" if is_talk else "submission"
        return url_for("milestones.show", public_id=item.enrollment, key=item.milestone, _anchor=anchor)
    if item.submission:
        return url_for("submissions.show", public_id=item.submission)
    if item.kind is NewsKind.EDITION:
        return url_for("editions.edit", public_id=item.enrollment)
    if item.kind is NewsKind.LINK_OPENED:
        return url_for("shares.index", public_id=item.enrollment)
    return url_for("mentoring.index")


@activities.get("/enrollments/<public_id>/activity", endpoint="show")
def show_activity(public_id: str) -> str:
    with database().reading() as session:
        page = find_activity_page(session, public_id, seen_by=current_person(), at=clock.now())
    return render_template("learning/activity.html", page=page)


@histories.get("/enrollments/<public_id>/history", endpoint="index")
def show_history(public_id: str) -> str:
    """Every change, newest first, a page at a time."""
    before = request.args.get("before", type=int)
    with database().reading() as session:
        enrollment = find_enrollment(session, public_id, seen_by=current_person(), at=clock.now())
        page = find_history_page(session, enrollment, seen_by=current_person(), before=before)
    return render_template("learning/history.html", page=page)


@histories.post("/enrollments/<public_id>/history/<int:event>/undo", endpoint="create")
def undo(public_id: str, event: int) -> ResponseReturnValue:
    """Take back the whole change that an event belongs to."""
    with database().writing() as session:
        person, moment = current_person(), clock.now()
        enrollment = lock_enrollment(session, public_id, by=person)
        change = undo_change(session, enrollment, event, by=person, at=moment)
        snapshot = own_snapshot(session, enrollment, at=moment)
        keys = milestones_of_change(session, snapshot.enrollment, change)
        session.commit()
    form = UndoForm()
    message = "Redone" if form.redo.data else "Undone"
    the_list = url_for("enrollments.show", public_id=public_id)
    here = referring_page(the_list if wants_fragment() else url_for("histories.index", public_id=public_id))
    if keys and wants_fragment() and here.partition("?")[0] == the_list:
        return render_changes(snapshot, keys, message, change, view=form.view.data)
    text = with_numbers(message, snapshot.numbers) if keys else f"{message}."
    flash_change(text, public_id=public_id, change=change)
    skill_of = snapshot.enrollment.stored.outline.skill_of
    skill = next((skill_of[key].key for key in keys if key in skill_of), None)
    return redirect_after_post(with_anchor(here, public_id, skill))
