"""Wires everything together into one application."""

from types import TracebackType

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from roadmap import paths
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.passwords import Passwords
from roadmap.server.logs import mask_tokens
from roadmap.web import health
from roadmap.web.access import init_access
from roadmap.web.access_table import ACCESS
from roadmap.web.accounts import (
    accounts,
    addresses,
    deletions,
    password_changes,
    passwords,
    profiles,
    sign_in_list,
    sign_ins,
    themes,
)
from roadmap.web.accounts.themes import init_themes
from roadmap.web.admin import audits, secret_links, users
from roadmap.web.assets import init_assets
from roadmap.web.compression import init_compression
from roadmap.web.input_limits import init_input_limits
from roadmap.web.learning import (
    editions,
    enrollment_settings,
    enrollments,
    evidence,
    milestones,
    overview,
    progress,
)
from roadmap.web.login import init_login
from roadmap.web.mentoring import dashboard, invitations, mentorships, submissions
from roadmap.web.problems import init_problems
from roadmap.web.rate_limits import RateLimits
from roadmap.web.reports import (
    archives,
    feeds,
    issued,
    reports,
    shared_reports,
    shares,
    verifications,
)
from roadmap.web.roadmaps import roadmaps
from roadmap.web.security_headers import init_security_headers
from roadmap.web.template_filters import init_template_filters

ExceptionInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]
BLUEPRINTS = (
    accounts.blueprint,
    overview.activities,
    addresses.blueprint,
    archives.blueprint,
    audits.blueprint,
    deletions.blueprint,
    editions.blueprint,
    enrollment_settings.blueprint,
    enrollments.enrollments,
    evidence.blueprint,
    feeds.feed_files,
    feeds.feeds,
    health.blueprint,
    overview.histories,
    enrollments.hints,
    roadmaps.home,
    invitations.blueprint,
    issued.blueprint,
    dashboard.blueprint,
    mentorships.blueprint,
    milestones.milestones,
    milestones.notes,
    sign_in_list.blueprint,
    password_changes.blueprint,
    passwords.blueprint,
    profiles.blueprint,
    progress.blueprint,
    reports.blueprint,
    roadmaps.roadmaps,
    roadmaps.searches,
    secret_links.blueprint,
    shared_reports.blueprint,
    shares.blueprint,
    sign_ins.blueprint,
    submissions.blueprint,
    themes.blueprint,
    overview.today,
    users.blueprint,
    verifications.blueprint,
)


class Application(Flask):
    """Flask, with a log that keeps no mailed link."""

    def log_exception(self, exc_info: ExceptionInfo) -> None:
        """Name the page that broke, on one line and without the secret part of its path."""
        self.logger.error(
            "Exception on %r [%s]", mask_tokens(request.path), request.method, exc_info=exc_info
        )


def create_app(config: Config, database: Database | None = None) -> Flask:
    """Build the application; raises AccessProblem when a route does not say who may use it."""
    app = Application("roadmap", template_folder=paths.TEMPLATES, static_folder=None)
    app.config.update(SECRET_KEY=config.secret_key)
    app.extensions["config"] = config
    app.extensions["database"] = database or Database(config)
    app.extensions["passwords"] = Passwords(config.password_cost)
    if config.proxies:
        hops = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # as Flask documents it

    init_security_headers(app, is_secure=config.is_secure)
    init_compression(app)
    init_input_limits(app)
    init_problems(app)
    init_login(app, config)
    init_template_filters(app)
    init_themes(app)
    init_assets(app, paths.STATIC)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.jinja_env.globals["has_endpoint"] = app.view_functions.__contains__
    app.jinja_env.globals["sends_mail"] = config.sends_mail
    init_access(app, ACCESS, RateLimits(config.redis_url))
    return app
