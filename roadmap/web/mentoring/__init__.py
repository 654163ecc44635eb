"""Mentoring: invitations, mentorships, submissions and reviews."""

from roadmap.web.mentoring import dashboard, invitations, mentee_tables, mentorships, submissions

BLUEPRINTS = (
    dashboard.blueprint,
    invitations.blueprint,
    mentee_tables.blueprint,
    mentorships.blueprint,
    submissions.messages,
    submissions.blueprint,
)
