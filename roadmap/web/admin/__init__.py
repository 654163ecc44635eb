"""Administration: the pages of those who run the installation."""

from roadmap.web.admin import audits, views

BLUEPRINTS = (
    views.users,
    views.mentor_approvals,
    audits.blueprint,
    views.secret_links,
)
