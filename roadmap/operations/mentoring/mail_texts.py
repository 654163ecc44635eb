"""The texts of mails about mentoring."""

from collections.abc import Sequence

from roadmap.domain.accounts.mails import DIGEST
from roadmap.domain.mentoring.invitations import INVITATION_LIFETIME, InvitedAs
from roadmap.operations.mails import Text, letter


def invitation(inviter_email: str, invited_as: InvitedAs, slug: str | None, url: str) -> Text:
    """Return the mail to an invited person, whose link opens the invitation without answering it.

    Anybody can invite any address, so the inviter is named by their own address and not by what they typed.
    """
    if invited_as is InvitedAs.MENTOR:
        where = f"on the roadmap {slug}" if slug else "on all their roadmaps"
        offer = f"{inviter_email} invites you to be their mentor {where}."
    else:
        where = f"on the roadmap {slug}" if slug else "on all your roadmaps"
        offer = f"{inviter_email} offers to be your mentor {where}."
    return letter(
        "You’re invited to Roadmap",
        None,
        f"{offer} To read the invitation and respond, open:",
        url,
        f"The invitation expires in {INVITATION_LIFETIME.days} days."
        " If you don’t know this person, ignore this email.",
    )


def nudge(name: str, learner: str, title: str, days: int, url: str) -> Text:
    """Return the mail to a mentor about a submission that waits for a review."""
    return letter(
        f"{learner} has been waiting {days} days for a review",
        name,
        f"{learner} submitted “{title}” {days} days ago, and nobody has reviewed it yet. To review it, open:",
        url,
    )


def reminder(name: str, learner: str, title: str, days: int, url: str) -> Text:
    """Return the mail to a mentor whom a learner reminds of a submission."""
    return letter(
        f"{learner} is asking for a review",
        name,
        f"{learner} submitted “{title}” {days} days ago and would like a review. To review it, open:",
        url,
        "If you don’t have time, let them know, so that they can invite another mentor.",
    )


def long_wait(name: str, title: str, days: int, url: str, *, has_mentor: bool) -> Text:
    """Return the mail to a learner whose submission has waited for four weeks."""
    if has_mentor:
        waited = f"You submitted “{title}” {days} days ago, and no mentor has answered."
        choices = "You can ask a mentor directly, invite another one, or just continue."
    else:
        waited = f"You submitted “{title}” {days} days ago, and you have no mentor on this roadmap."
        choices = "You can invite a mentor, or just continue."
    return letter(
        f"Nobody has reviewed “{title}” yet",
        name,
        waited,
        f"{choices} Whatever you choose, the milestone counts as claimed. To see it, open:",
        url,
    )


def digest(name: str, news: Sequence[str], submissions: Sequence[str], waiting: int, base_url: str) -> Text:
    """Return the digest: a line for each piece of news and each new submission, `waiting` of them in all."""
    paragraphs = []
    if news:
        paragraphs += ["Here’s what’s new:", _list(news)]
    if submissions:
        total = "1 submission" if waiting == 1 else f"{waiting} submissions"
        paragraphs += ["New submissions:", _list(submissions), f"You have {total} to review in all."]
    return letter(
        DIGEST,
        name,
        *paragraphs,
        "To see more, open:",
        f"{base_url}/today",
        "To stop this daily email, turn off the digest in your settings:",
        f"{base_url}/settings",
    )


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
