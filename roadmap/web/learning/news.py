"""News on Today: its sentences with their links, and the mark that the person has seen it."""

import logging
from collections.abc import Sequence

from flask import url_for
from markupsafe import Markup

from roadmap.db.database import DatabaseUnavailable
from roadmap.domain.news.items import OFFERS, SENTENCES, NewsItem, NewsKind
from roadmap.exports.languages import text_attributes
from roadmap.operations.accounts.profiles import mark_news_seen
from roadmap.web.rendering.template_filters import as_markup
from roadmap.web.requests import current_person, database, is_asked_ahead

log = logging.getLogger(__name__)
_PERSON = Markup("<bdi>{}</bdi>")
_LINK = Markup('<a href="{}">{}</a>')
_TITLE = Markup('“<a href="{}"{}>{}</a>”')


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


def mark_seen(news: Sequence[NewsItem]) -> None:
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
