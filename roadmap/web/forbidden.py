"""What the page of a 403 says and where it leads on, and where a mailed link that no longer works does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from roadmap.domain.accounts.sessions import TokenPurpose
from roadmap.domain.errors import ForbiddenReason

Steps = tuple[tuple[str, str], ...]
_MENTORING = ("Mentoring", "mentoring.index")
_TODAY = ("Today", "today.show")
_ROADMAP = ("See the roadmap", "enrollments.show")


@dataclass(frozen=True, slots=True)
class Guidance:
    """The title of the page, a sentence on what to do instead, and links: text and URL, the best first."""

    title: str
    advice: str
    steps: Steps


_MARKS = ("Only the learner can mark milestones", "Tell them what you think of the work in a review.")
_WITHDRAWAL = ("Only the learner can withdraw this", "Write what’s missing in a review.")
# What a mentor may not do to a learner's roadmap, by endpoint or blueprint.
LEARNERS = {
    "enrollment_settings": (
        "Only the learner can change these settings",
        "Pathways, hours and the target are theirs to choose. Tell them what you’d choose.",
    ),
    "editions": (
        "Only the learner can accept an edition",
        "Which edition they follow is theirs to choose. Tell them what you think of the new one.",
    ),
    "shares": (
        "Only the learner can share this report",
        "Who else reads it is theirs to choose. You can read and download it yourself.",
    ),
    "progress.revisit": (
        "Only the learner can set this date",
        "It’s when they plan to revisit the milestone.",
    ),
    "notes": ("Only the learner can edit this note", "You can keep your own note on their page."),
    "submissions.create": ("Only the learner can submit", "What they submit appears under Mentoring."),
    "submissions.destroy": _WITHDRAWAL,
    "submissions.remind": ("Only the learner can remind mentors", "Your queue is under Mentoring."),
    "evidence": ("Only the learner can change the evidence", "Write what’s missing in a review."),
    "evidence.destroy": _WITHDRAWAL,
    "histories": ("Only the learner can undo this", "Tell them what you’d undo."),
    "feeds.create_badge": (
        "Only the learner can create a badge",
        "It shows their numbers to others, so only they can create it.",
    ),
    "feeds.create_calendar": (
        "Only the learner can create this calendar",
        "It shows their dates, so only they can create it.",
    ),
}
REVIEWS = {"submissions.claim", "submissions.release", "submissions.review"}

_OTHERS: dict[ForbiddenReason, tuple[str, str, Steps]] = {
    ForbiddenReason.OWN_WORK: (
        "This is your own work",
        "Another mentor has to review it; you can invite one.",
        (("See your submission", "submissions.show"), _MENTORING),
    ),
    ForbiddenReason.ISSUER: (
        "You can’t withdraw this report",
        "Ask one of them to withdraw it. Until then it’s valid.",
        (("See the report", "issued_reports.show"), _TODAY),
    ),
    ForbiddenReason.OWN_INVITATION: (
        "This is your own invitation",
        "Send its link to the person you invite.",
        (_MENTORING, _TODAY),
    ),
    ForbiddenReason.ANOTHER_ADDRESS: (
        "This invitation is for someone else",
        "Its page shows which address it’s for and lets you sign out.",
        (("See the invitation", "invitations.show"), _TODAY),
    ),
    ForbiddenReason.NOT_APPROVED: (
        "Mentors need approval here",
        "An administrator can approve the account. The invitation stays open until then.",
        (("See the invitation", "invitations.show"), _MENTORING),
    ),
    ForbiddenReason.SIGN_UP: (
        "You can’t create an account here right now",
        "If you already have an account, sign in.",
        (("Sign in", "sign_ins.new"), ("Start page", "home.index")),
    ),
    ForbiddenReason.AUTHOR: (
        "Only its author can change this roadmap",
        "You can make your own copy and edit it.",
        (("See the roadmap", "roadmaps.show"), ("Roadmaps", "roadmaps.index")),
    ),
    ForbiddenReason.BUILT_IN: (
        "The built-in roadmap can’t be changed",
        "Open the roadmap to make your own copy.",
        (("See the roadmap", "roadmaps.show"), ("Roadmaps", "roadmaps.index")),
    ),
    ForbiddenReason.RESTRICTED: (
        "This roadmap is for personal use only",
        "That’s all its source allows. You can import the same file yourself.",
        (("New roadmap", "new_roadmaps.new"), ("Roadmaps", "roadmaps.index")),
    ),
    ForbiddenReason.ADMINISTRATORS: (
        "This page is for administrators",
        "They manage accounts and links, and read the audit log. Your own account is in your settings.",
        (_TODAY, ("Your settings", "profiles.edit")),
    ),
}


_AFTER_LINKS: dict[TokenPurpose, Steps] = {
    TokenPurpose.REGISTRATION: (("Sign in", "sign_ins.new"), ("Create an account", "accounts.new")),
    TokenPurpose.PASSWORD: (("Request a new link", "passwords.new"), ("Sign in", "sign_ins.new")),
    TokenPurpose.ADDRESS: (("Change your email", "addresses.new"), _TODAY),
}


def steps_after_link(purpose: TokenPurpose) -> Steps:
    """The steps after a mailed link for this purpose that no longer works."""
    return tuple(_build_urls(_AFTER_LINKS[purpose], {}))


def guidance_for(reason: ForbiddenReason, endpoint: str, values: Mapping[str, Any]) -> Guidance:
    """What to say on the page of this endpoint with these values in its path, and the steps from there."""
    if reason is ForbiddenReason.LEARNER:
        of_blueprint = LEARNERS.get(endpoint.partition(".")[0], _MARKS)
        title, advice = LEARNERS.get(endpoint, of_blueprint)
        steps = _steps_of_mentor(endpoint, values)
    elif reason is ForbiddenReason.ARCHIVED:
        title, (advice, steps) = "This roadmap is archived", _archived(endpoint)
    else:
        title, advice, steps = _OTHERS[reason]
    return Guidance(title, advice, tuple(_build_urls(steps, values)))


def _archived(endpoint: str) -> tuple[str, Steps]:
    if endpoint in REVIEWS:
        advice = "Ask them to unarchive it, then send your review again."
        return advice, (("See the submission", "submissions.show"), _MENTORING)
    advice = "Unarchive it in its settings to make changes again."
    return advice, (("Its settings", "enrollment_settings.edit"), _ROADMAP)


def _steps_of_mentor(endpoint: str, values: Mapping[str, Any]) -> Steps:
    """Back to what they may look at: the milestone, the report, or the whole roadmap."""
    if endpoint.startswith("feeds."):
        return (_MENTORING, _TODAY)
    if "key" in values:
        return (("See the milestone", "milestones.show"), _ROADMAP)
    if endpoint.startswith("shares."):
        return (("See the report", "reports.show"), _ROADMAP)
    return (_ROADMAP, _MENTORING)


def _build_urls(steps: Steps, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each step with its URL; steps whose pages need what this path does not name are left out."""
    for text, endpoint in steps:
        names = next(current_app.url_map.iter_rules(endpoint)).arguments
        if names <= values.keys():
            yield text, url_for(endpoint, **{name: values[name] for name in names})
