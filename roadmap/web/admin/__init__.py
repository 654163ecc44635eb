"""Administration: the pages of those who run the installation."""

from roadmap.web.admin import mentor_approvals, views

BLUEPRINTS = (
    views.users,
    mentor_approvals.blueprint,
    views.audits,
    views.secret_links,
)
