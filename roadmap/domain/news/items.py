"""One piece of news, and the sentence that pages and emails say it with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class NewsKind(StrEnum):
    """What somebody else did."""

    VERIFIED = "verified"
    SIGNED_OFF = "signed_off"
    RETURNED = "returned"
    MESSAGE = "message"
    QUESTION = "question"
    EDITION = "edition"
    LINK_OPENED = "link_opened"
    OFFERED_MENTOR = "offered_mentor"
    ASKED_TO_MENTOR = "asked_to_mentor"
    MENTOR = "mentor"
    MENTEE = "mentee"
    ENDED = "ended"
    ENDED_WITH_WORK = "ended_with_work"


CELEBRATED = frozenset({NewsKind.VERIFIED, NewsKind.SIGNED_OFF})
OFFERS = frozenset({NewsKind.OFFERED_MENTOR, NewsKind.ASKED_TO_MENTOR})

SENTENCES = {
    NewsKind.VERIFIED: "{who} verified {what}",
    NewsKind.SIGNED_OFF: "{who} signed off on {what}",
    NewsKind.RETURNED: "{who} requested changes on {what}",
    NewsKind.MESSAGE: "{who} sent you a message about {what}",
    NewsKind.QUESTION: "{who} asked about {what}",
    NewsKind.EDITION: "{what} has a new edition",
    NewsKind.LINK_OPENED: "Your share link for {what} was opened for the first time",
    NewsKind.OFFERED_MENTOR: "{who} offered to mentor you; open the link in your email to answer",
    NewsKind.ASKED_TO_MENTOR: "{who} asked you to be their mentor; open the link in your email to answer",
    NewsKind.MENTOR: "{who} is now your mentor",
    NewsKind.MENTEE: "You’re now mentoring {who}",
    NewsKind.ENDED: "Your mentorship with {who} ended",
    NewsKind.ENDED_WITH_WORK: "Your mentorship with {who} ended; open submissions wait for your next mentor",
}
"""The sentence of each kind, to be formatted with `who` and `what`, as text or as HTML."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One piece of news; `who` and `what` are names and titles, empty where the sentence has none.

    `enrollment` and `submission` are public ids. `milestone` is the key in the edition that the learner
    follows, None where it is not about one or the edition has it no more; `language` is that of `what`.
    """

    kind: NewsKind
    happened_at: datetime
    who: str
    what: str
    language: str
    enrollment: str | None
    milestone: str | None
    submission: str | None

    @property
    def is_celebrated(self) -> bool:
        """Whether a milestone of this person was verified."""
        return self.kind in CELEBRATED

    @property
    def sentence(self) -> str:
        """The sentence as plain text, without a full stop."""
        return SENTENCES[self.kind].format(who=self.who, what=f"“{self.what}”")


def news_items(rows: Iterable[Any]) -> tuple[NewsItem, ...]:
    """Return the items of the rows of a news statement: what needs changes first, then the newest first."""
    items = [
        NewsItem(
            kind=NewsKind(row.kind),
            happened_at=row.happened_at,
            who=row.who or "",
            what=row.what or "",
            language=row.language or "",
            enrollment=row.enrollment,
            milestone=row.milestone,
            submission=row.submission,
        )
        for row in rows
    ]
    by_name = sorted(items, key=lambda item: (item.what, item.who))
    newest_first = sorted(by_name, key=lambda item: item.happened_at, reverse=True)
    return tuple(sorted(newest_first, key=lambda item: item.kind is not NewsKind.RETURNED))
