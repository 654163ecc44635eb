"""Administration: the pages of those who run the installation."""

from roadmap.web.admin import views

BLUEPRINTS = (views.users, views.mentor_approvals, views.audits, views.secret_links)
