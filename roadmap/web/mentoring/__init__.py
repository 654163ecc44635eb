"""Mentoring: invitations, mentorships, submissions and reviews."""

from roadmap.web.mentoring import dashboard, invitations, mentorships, messages, submissions

BLUEPRINTS = (
    dashboard.blueprint,
    invitations.blueprint,
    mentorships.blueprint,
    messages.blueprint,
    submissions.blueprint,
)
