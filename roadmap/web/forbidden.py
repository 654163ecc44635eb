"""What a page says where something is forbidden: what that is, and where it leads on from there."""

from dataclasses import dataclass

from roadmap.domain.errors import ForbiddenReason

Steps = tuple[tuple[str, str], ...]
_MENTORING = ("Mentoring", "/mentoring")
_TODAY = ("Today", "/today")


@dataclass(frozen=True, slots=True)
class Guidance:
    """The title of the page, a sentence on what to do instead, and links: words and path, the best first."""

    title: str
    advice: str
    steps: Steps


_MARKS = ("Only the learner marks milestones", "Say in a review what you think of the work.")
# What a mentor may not do to a learner's roadmap, by the words of its path; the last that is here counts,
# since a milestone may be called like one of them.
_LEARNERS = {
    "settings": (
        "Only the learner changes these settings",
        "Pathways, hours and the target are theirs to choose. Tell them what you would choose.",
    ),
    "edition": (
        "Only the learner accepts an edition",
        "Which edition they follow is theirs to choose. Tell them what you think of the new one.",
    ),
    "shares": (
        "Only the learner shares this report",
        "Who else reads it is theirs to choose. You can read it yourself, and take it as a file.",
    ),
    "progress": _MARKS,
    "known": _MARKS,
    "revisit": ("Only the learner sets this day", "It is a day for them to come back to the milestone."),
    "note": ("Only the learner keeps this note", "For a note of your own there is a place on their page."),
    "submission": ("Only the learner submits", "What they submit waits for you under Mentoring."),
    "withdrawal": ("Only the learner takes this back", "Say in a review what is missing."),
    "evidence": ("Only the learner changes the evidence", "Say in a review what is missing."),
    "undo": ("Only the learner undoes this", "Tell them what you would take back."),
    "badge": ("Only the learner makes a badge", "It shows their numbers to others, so it is theirs to make."),
    "calendar": ("Only the learner makes this calendar", "It shows their days, so it is theirs to make."),
}

# The rest, where `{here}` is the page of the thing that the path names.
_OTHERS: dict[ForbiddenReason, tuple[str, str, Steps]] = {
    ForbiddenReason.OWN_WORK: (
        "This is your own work",
        "Without another mentor it waits; you can invite one.",
        (("See your submission", "{here}"), _MENTORING),
    ),
    ForbiddenReason.ISSUER: (
        "This report is not yours to withdraw",
        "Ask one of them to withdraw it. Until then it holds.",
        (("See the report", "{here}"), _TODAY),
    ),
    ForbiddenReason.OWN_INVITATION: (
        "This invitation is your own",
        "Send its link to the person you invite.",
        (_MENTORING, _TODAY),
    ),
    ForbiddenReason.ANOTHER_ADDRESS: (
        "This invitation is for somebody else",
        "Its page says which address that is, and lets you sign out.",
        (("See the invitation", "{here}"), _TODAY),
    ),
    ForbiddenReason.SIGN_UP: (
        "No account can be made here now",
        "If you have an account already, sign in with it.",
        (("Sign in", "/login"), ("Start page", "/")),
    ),
    ForbiddenReason.ADMINISTRATORS: (
        "This is for administrators",
        "Accounts, links and the audit log are in their care. Your own are in your settings.",
        (_TODAY, ("Your settings", "/settings")),
    ),
}


def guidance_for(barrier: ForbiddenReason, path: str) -> Guidance:
    """What to say about this barrier on the page at `path`, and the steps from there."""
    parts = path.split("/")
    here = "/".join(parts[:3])
    if barrier is ForbiddenReason.LEARNER:
        title, advice = next((_LEARNERS[part] for part in reversed(parts) if part in _LEARNERS), _MARKS)
        return Guidance(title, advice, _steps_of_mentor(parts, here))
    if barrier is ForbiddenReason.ARCHIVED:
        return _guidance_in_archive(parts, here)
    title, advice, steps = _OTHERS[barrier]
    return Guidance(title, advice, tuple((text, to.format(here=here)) for text, to in steps))


def _guidance_in_archive(parts: list[str], here: str) -> Guidance:
    if parts[1] == "submissions":
        advice = "Ask them to take it out of the archive, then send your answer again."
        return Guidance("This roadmap is archived", advice, (("See the submission", here), _MENTORING))
    advice = "In its settings you take it out of the archive; then everything can be changed again."
    return Guidance(
        "This roadmap is archived", advice, (("Its settings", f"{here}/settings"), ("See the roadmap", here))
    )


def _steps_of_mentor(parts: list[str], here: str) -> Steps:
    """Back to what they may look at: the milestone, the report, or the whole roadmap."""
    if parts[1] != "enrollments":
        return (_MENTORING, _TODAY)
    if parts[3] == "milestones":
        return (("See the milestone", "/".join(parts[:5])), ("See the roadmap", here))
    if parts[3] == "shares":
        return (("See the report", f"{here}/report"), ("See the roadmap", here))
    return (("See the roadmap", here), _MENTORING)
