"""Wires everything together into one application."""

from types import TracebackType
from typing import TYPE_CHECKING

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from roadmap import paths
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.passwords import Passwords
from roadmap.server.logs import mask_tokens
from roadmap.web import accounts, admin, learning, mentoring, monitoring, reports, roadmaps
from roadmap.web.access import init_access
from roadmap.web.access_table import ACCESS
from roadmap.web.accounts.recent_accounts import init_recent_accounts
from roadmap.web.assets import init_assets
from roadmap.web.compression import init_compression
from roadmap.web.forms.posted import init_posted_forms
from roadmap.web.limits.input_limits import init_input_limits
from roadmap.web.limits.rate_limits import PlainAddresses, RateLimits
from roadmap.web.login import init_login
from roadmap.web.problems import init_problems
from roadmap.web.rendering.template_filters import init_template_filters
from roadmap.web.security_headers import init_security_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ExceptionInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]
FEATURES = (accounts, roadmaps, learning, mentoring, reports, admin)


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
    app.wsgi_app = _with_client_address(app.wsgi_app, proxies=config.proxies)  # type: ignore[method-assign]  # as Flask documents it

    init_security_headers(app, is_secure=config.is_secure)
    init_compression(app)
    init_input_limits(app)
    init_problems(app)
    init_posted_forms(app)
    init_login(app, config)
    init_recent_accounts(app)
    init_template_filters(app)
    init_assets(app, paths.STATIC)
    app.register_blueprint(monitoring.blueprint)
    for feature in FEATURES:
        for blueprint in feature.BLUEPRINTS:
            app.register_blueprint(blueprint)
    app.jinja_env.globals["sends_mail"] = config.sends_mail
    init_access(app, ACCESS, RateLimits(config.redis_url))
    return app


def _with_client_address(app: "WSGIApplication", *, proxies: int) -> ProxyFix | PlainAddresses:
    """Middleware that reads what trusted proxies say about the client, and then its address from that."""
    plain = PlainAddresses(app)
    return ProxyFix(plain, x_for=proxies, x_proto=proxies, x_host=proxies) if proxies else plain
