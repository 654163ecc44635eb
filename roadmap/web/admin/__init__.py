"""Administration: the pages of those who run the installation."""

from roadmap.web.admin import audits, mentor_approvals, views

BLUEPRINTS = (
    views.users,
    mentor_approvals.blueprint,
    audits.blueprint,
    views.secret_links,
)
