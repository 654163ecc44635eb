"""Mentoring: invitations, mentorships, submissions and reviews."""

from roadmap.web.mentoring import dashboard, invitations, mentee_tables, mentorships, messages, submissions

BLUEPRINTS = (
    dashboard.blueprint,
    invitations.blueprint,
    mentee_tables.blueprint,
    mentorships.blueprint,
    messages.blueprint,
    submissions.blueprint,
)
