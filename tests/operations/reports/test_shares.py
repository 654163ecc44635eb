"""Share links are made by the learner alone, end for good, and are counted."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, update
from sqlalchemy.exc import IntegrityError

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden, Invalid, NotFound
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.reports.links import MAX_OPEN_SHARES, Share
from roadmap.operations.reports.links import count_open, revoke_link
from tests.support.cast import add_user
from tests.support.learning import TODAY, Learning
from tests.support.sharing import DAY, audited, restrict, share, token_of


def test_a_link_holds_for_thirty_days_unless_chosen(learning: Learning) -> None:
    assert share(learning).expires_on == TODAY + 30 * DAY
    assert share(learning, expires_on=TODAY).expires_on == TODAY


def test_the_row_has_the_hash_of_the_secret_and_never_the_secret(learning: Learning) -> None:
    link = share(learning)
    stored = [getattr(link, column.key) for column in inspect(type(link)).column_attrs]
    assert token_of(link) not in stored
    assert share(learning).token_hash != link.token_hash


def test_a_mentor_makes_no_link_and_a_stranger_finds_no_roadmap(learning: Learning, milo: User) -> None:
    with pytest.raises(Forbidden):
        share(learning, by=milo)
    with pytest.raises(NotFound):
        share(learning, by=add_user(learning.session, "Otto"))


def test_the_report_of_an_archived_roadmap_can_be_shared(learning: Learning) -> None:
    learning.choose(state=EnrollmentState.ARCHIVED)
    assert share(learning).is_open(TODAY)


def test_a_day_that_has_not_come_where_the_learner_lives_is_refused(learning: Learning) -> None:
    learning.person.time_zone = "Pacific/Honolulu"
    learning.at += timedelta(hours=18)  # the next day in UTC, not in Honolulu
    with pytest.raises(Invalid):
        share(learning, as_of=learning.at.date())


def test_too_many_open_links_are_refused_until_one_ends(learning: Learning) -> None:
    links = [share(learning) for _ in range(MAX_OPEN_SHARES)]
    with pytest.raises(Invalid, match="Revoke one"):
        share(learning)
    revoke_link(learning.session, Share, links[0].public_id, by=learning.person, at=learning.at)
    share(learning)


def test_making_and_revoking_are_in_the_audit_log_once_each(learning: Learning) -> None:
    link = share(learning)
    for later in (1, 2):
        revoke_link(learning.session, Share, link.public_id, by=learning.person, at=learning.at + later * DAY)
    assert link.revoked_at == learning.at + DAY
    assert audited(learning.session)[-2:] == ["share_made", "share_revoked"]


def test_the_report_of_a_restricted_roadmap_is_not_shared(learning: Learning) -> None:
    restrict(learning)
    with pytest.raises(Invalid, match="personal use only, so its report can’t be shared"):
        share(learning)


def test_an_administrator_revokes_any_link_and_others_find_none(learning: Learning, milo: User) -> None:
    link, ada = share(learning), add_user(learning.session, "Ada", is_admin=True)
    for other in (milo, add_user(learning.session, "Otto")):
        with pytest.raises(NotFound):
            revoke_link(learning.session, Share, link.public_id, by=other, at=learning.at)
    _, enrollment = revoke_link(learning.session, Share, link.public_id, by=ada, at=learning.at)
    assert enrollment is learning.enrollment
    assert link.revoked_at == learning.at


def test_opens_are_counted_until_the_link_is_revoked(learning: Learning) -> None:
    link = share(learning)
    for _ in range(2):
        count_open(learning.session, link.id, at=learning.at + DAY)
    revoke_link(learning.session, Share, link.public_id, by=learning.person, at=learning.at)
    count_open(learning.session, link.id, at=learning.at + 2 * DAY)
    learning.session.refresh(link)
    assert (link.opens, link.last_opened_at) == (2, learning.at + DAY)


@pytest.mark.both_databases
@pytest.mark.parametrize("field", ["expires_on", "as_of"])
def test_the_database_refuses_days_that_make_no_link(learning: Learning, field: str) -> None:
    link, day = share(learning, as_of=TODAY), TODAY - DAY if field == "expires_on" else TODAY + DAY
    with pytest.raises(IntegrityError), learning.session.begin_nested():
        learning.session.execute(update(Share).where(Share.id == link.id).values({field: day}))


def test_the_first_opening_is_noted_once(learning: Learning) -> None:
    link = share(learning)
    for days in (1, 2):
        count_open(learning.session, link.id, at=learning.at + days * DAY)
    learning.session.refresh(link)
    assert (link.first_opened_at, link.last_opened_at) == (learning.at + DAY, learning.at + 2 * DAY)
    old = share(learning)
    old.opens, old.last_opened_at = 3, learning.at
    count_open(learning.session, old.id, at=learning.at + DAY)
    learning.session.refresh(old)
    assert (old.opens, old.first_opened_at) == (4, None)
