"""What learners and mentors of the demo do together: invitations, evidence, submissions and reviews."""

from collections.abc import Callable

from sqlalchemy import select

from roadmap.demo.steps import Step, Submitted
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.mentoring.invitations import InvitedAs
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.submissions import Outcome
from roadmap.operations.learning.enrollments import outline_of
from roadmap.operations.learning.evidence import EvidenceDraft, add_evidence, revise_evidence
from roadmap.operations.mentoring.invitations import invite as invite_by_mail
from roadmap.operations.mentoring.mentorships import answer_invitation, mark_seen, set_mentor_note
from roadmap.operations.mentoring.reviews import Answer, claim_submission, review_submission
from roadmap.operations.mentoring.sign_offs import sign_off_milestones
from roadmap.operations.mentoring.submissions import submit_milestone, withdraw_submission

SITE = "https://example.org"


def invite(step: Step) -> None:
    """Invite a mentor, for all roadmaps or `only_here`."""
    value, installation = step.value, step.installation
    mentor, only_here = (value["mentor"], value["only_here"]) if isinstance(value, dict) else (value, False)
    _, secret = step.perform(
        invite_by_mail,
        email=f"{mentor}@example.org",
        invited_as=InvitedAs.MENTOR,
        slug=step.entry.roadmap if only_here else "",
        base_url=installation.base_url,
    )
    installation.invitations[step.learner, step.entry.roadmap, mentor] = secret


def accept(step: Step) -> None:
    """Accept the learner's invitation."""
    secret = step.installation.invitations[step.learner, step.entry.roadmap, step.entry.by.handle]
    step.perform(answer_invitation, secret, accepts=True)


def look(step: Step) -> None:
    """Look at the page of a mentee."""
    step.perform(mark_seen, _mentorship(step).public_id)


def mentor_note(step: Step) -> None:
    """Write down what one knows of a mentee."""
    mentorship = _mentorship(step)
    set_mentor_note(step.session, mentorship.public_id, step.value, version=0, by=step.by)


def sign_off(step: Step) -> None:
    """Verify milestones in person; the value has their keys and the feedback."""
    step.perform(
        sign_off_milestones,
        _mentorship(step).public_id,
        step.value["milestones"],
        enrollment_id=step.enrollment.public_id,
        feedback=step.value["feedback"],
    )


def _mentorship(step: Step) -> Mentorship:
    query = select(Mentorship).where(
        Mentorship.mentor_id == step.by.id, Mentorship.learner_id == step.enrollment.user_id
    )
    return step.session.scalars(query.order_by(Mentorship.id).limit(1)).one()


def show(step: Step) -> None:
    """Add the evidence of a milestone."""
    _add(step, _work(step))


def extend(step: Step) -> None:
    """Add a second piece of evidence after a review."""
    url = f"{SITE}/{step.learner}/changes/{step.milestone}"
    _add(step, EvidenceDraft("What changed since the review", url=url))


def revise(step: Step) -> None:
    """Change the first piece of evidence after a review: the link moves on, or a paragraph joins."""
    first, added = _work(step), step.installation.texts.data["added_after_review"]
    milestone_id = outline_of(step.session, step.enrollment).ids[step.milestone]
    query = select(Evidence).where(
        Evidence.enrollment_id == step.enrollment.id, Evidence.milestone_id == milestone_id
    )
    piece = step.session.scalars(query.order_by(Evidence.id).limit(1)).one()
    revised = EvidenceDraft(
        first.title, url=first.url and f"{first.url}/v2", text=first.text and f"{first.text}\n\n{added}"
    )
    step.perform(
        revise_evidence,
        step.enrollment,
        step.milestone,
        piece.public_id,
        revised,
        version=piece.revision_id or 0,
    )


def _work(step: Step) -> EvidenceDraft:
    """What a learner shows for this milestone."""
    learner, key = step.entry.learner, step.milestone
    fields = step.installation.texts.data["evidence"].get(key, {"title": "Write-up", "path": f"notes/{key}"})
    words = {name: text.format(project=learner.project) for name, text in fields.items()}
    url = f"{SITE}/{learner.handle}/{words['path']}" if "path" in words else ""
    return EvidenceDraft(words["title"], url=url, text=words.get("text", ""))


def _add(step: Step, draft: EvidenceDraft) -> None:
    step.perform(add_evidence, step.enrollment, step.milestone, draft)


def submit(step: Step) -> None:
    """Submit a milestone, the first time with its evidence; the value is a comment of its own."""
    is_first = not step.submissions
    if is_first:
        show(step)
    comment = step.value
    if comment is None:
        comment = step.installation.texts.next("comments" if is_first else "comments_again")
    submission, _ = step.perform(submit_milestone, step.enrollment, step.milestone, comment)
    step.submissions.append(Submitted(submission.public_id, tuple(submission.criteria)))


def withdraw(step: Step) -> None:
    """Withdraw the submission."""
    step.perform(withdraw_submission, step.enrollment, step.milestone)


def claim(step: Step) -> None:
    """Claim the submission, to read it."""
    step.perform(claim_submission, step.submissions[-1].public_id)


def verify(step: Step) -> None:
    """Verify the submission, with all criteria met."""
    texts, is_first = step.installation.texts, len(step.submissions) == 1
    feedback = texts.next("verified" if is_first else "verified_again")
    _answer(step, Answer(Outcome.VERIFIED, feedback, _criteria(step)))


def return_work(step: Step) -> None:
    """Return the submission, with all criteria met but the last."""
    criterion = step.submissions[-1].criteria[-1]
    feedback = step.installation.texts.on_milestone("returned", step.milestone)
    _answer(step, Answer(Outcome.RETURNED, feedback.format(criterion=criterion), _criteria(step)[:-1]))


def reconsider(step: Step) -> None:
    """Replace the answer to the submission: it is returned after all."""
    texts = step.installation.texts.data["reconsidered"]
    replaced = step.installation.reviews[step.submissions[-1].public_id]
    answer = Answer(Outcome.RETURNED, texts["feedback"], _criteria(step)[:-1], replaced, texts["reason"])
    _answer(step, answer)


def _criteria(step: Step) -> range:
    """The numbers of the criteria."""
    return range(1, len(step.submissions[-1].criteria) + 1)


def _answer(step: Step, answer: Answer) -> None:
    public_id = step.submissions[-1].public_id
    review = step.perform(review_submission, public_id, answer)
    step.installation.reviews[public_id] = review.public_id


MENTORING_ACTIONS: dict[str, Callable[[Step], None]] = {
    "invite": invite,
    "accept": accept,
    "look": look,
    "mentor_note": mentor_note,
    "sign_off": sign_off,
    "show": show,
    "extend": extend,
    "revise": revise,
    "submit": submit,
    "withdraw": withdraw,
    "claim": claim,
    "verify": verify,
    "return": return_work,
    "reconsider": reconsider,
}
