"""Mentoring: invitations, mentorships, submissions and reviews."""

from roadmap.web.mentoring import dashboard, invitations, mentorships, submissions

BLUEPRINTS = (
    dashboard.blueprint,
    invitations.blueprint,
    mentorships.blueprint,
    submissions.blueprint,
)
