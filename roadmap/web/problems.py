"""Errors, translated once: a page for people, problem details (RFC 9457) for programs."""

import json
import logging
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from roadmap.db.errors import Cause, DatabaseUnavailable
from roadmap.domain.accounts.sessions import LinkGone, TokenPurpose
from roadmap.domain.errors import (
    Conflict,
    Forbidden,
    ForbiddenReason,
    Invalid,
    NotFound,
    RuleError,
    StaleText,
    TooMany,
)
from roadmap.web.forbidden import Guidance, Steps, guidance_for, steps_after_link
from roadmap.web.forms.posted import Field, typed_fields
from roadmap.web.redirects import ForeignOrigin, page_of_form
from roadmap.web.requests import config

log = logging.getLogger(__name__)
RETRY_SECONDS = 5
JSON_TYPE = "application/problem+json"
_STATUS: dict[type[RuleError], int] = {
    NotFound: 404,
    Forbidden: 403,
    Conflict: 409,
    Invalid: 422,
    TooMany: 429,
    RuleError: 409,
}
_WORDS = {
    400: ("We couldn’t process this", "Go back and try again."),
    403: ("You don’t have access to this", "Its owner or an administrator can help."),
    404: ("Page not found", "Check the address, or go to one of these pages."),
    405: ("You can’t open this page directly", "Go back and use the form there."),
    409: ("This can’t be done", "Open the page again to see the current version."),
    413: ("This is too large", "Go back and send less at once."),
    422: ("Something needs to be corrected", "Go back, correct what’s listed here, and send the form again."),
    429: ("Too many attempts", "Wait a moment, then try again."),
    500: (
        "Something went wrong",
        "It wasn’t your fault, and it has been logged. Try again, or tell an administrator.",
    ),
    503: ("We can’t do this right now", "Nothing was lost. Try again in a moment."),
}


_BROKEN = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{0}</title>'
    '<main><h1>{0}</h1><p>{1}</p><p><a href="/">Start page</a></p></main></html>'
)

_CAUSES = {
    Cause.BUSY: "The database is busy.",
    Cause.FULL: "The disk is full, so nothing can be saved until an administrator frees up space.",
    Cause.UNREACHABLE: "The database can’t be reached.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One error; `fields` is what the person typed, empty when there was no form."""

    status: int
    message: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    retry_after: int | None = None
    current: str | None = None
    reason: ForbiddenReason | None = None
    link: TokenPurpose | None = None

    @property
    def guidance(self) -> Guidance | None:
        """What the page of a 403 says and where it links; None for other errors."""
        if self.reason is None:
            return None
        return guidance_for(self.reason, request.endpoint or "", request.view_args or {})

    @property
    def title(self) -> str:
        if self.guidance:
            return self.guidance.title
        if self.link:
            return "This link no longer works"
        return _WORDS[self.status][0] if self.status in _WORDS else HTTPStatus(self.status).phrase

    @property
    def advice(self) -> str:
        if self.guidance:
            return self.guidance.advice
        return _WORDS[self.status][1] if self.status in _WORDS else "Go back and try again."

    @property
    def steps(self) -> Steps:
        """Where the page leads on, the best first; empty for the usual pages."""
        if self.guidance:
            return self.guidance.steps
        return steps_after_link(self.link) if self.link else ()


def wants_json() -> bool:
    """Whether a program asks: by its path, or because it prefers JSON to pages."""
    best = request.accept_mimetypes.best_match(["text/html", JSON_TYPE, "application/json"])
    return request.path.startswith("/api/") or best in {JSON_TYPE, "application/json"}


def answer_problem(problem: Problem) -> Response:
    """The page or the problem details, with Retry-After where waiting helps."""
    if wants_json():
        details = {"type": "about:blank", "title": problem.title, "status": problem.status}
        details |= {"detail": problem.message} if problem.message else {}
        details |= {"errors": problem.errors} if problem.errors else {}
        response = Response(json.dumps(details), problem.status, mimetype=JSON_TYPE)
    else:
        response = Response(render_template("errors/show.html", problem=problem), problem.status)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _on_roadmap_error(roadmap_error: RuleError) -> Response:
    return answer_problem(
        Problem(
            status=next(_STATUS[kind] for kind in type(roadmap_error).__mro__ if kind in _STATUS),
            message=roadmap_error.message,
            errors=roadmap_error.errors if isinstance(roadmap_error, Invalid) else {},
            fields=typed_fields() if _can_be_sent_again(roadmap_error) else [],
            retry_after=roadmap_error.retry_after if isinstance(roadmap_error, TooMany) else None,
            current=roadmap_error.current if isinstance(roadmap_error, StaleText) else None,
            reason=roadmap_error.reason if isinstance(roadmap_error, Forbidden) else None,
            link=roadmap_error.purpose if isinstance(roadmap_error, LinkGone) else None,
        )
    )


def _can_be_sent_again(roadmap_error: RuleError) -> bool:
    """Whether to show again what was typed: an archived roadmap may be made active and take it then."""
    may_open = isinstance(roadmap_error, Forbidden) and roadmap_error.reason is ForbiddenReason.ARCHIVED
    return may_open or isinstance(roadmap_error, Invalid | Conflict | TooMany)


def _on_stale_form(_: CSRFError) -> Response:
    message = "This form was open too long, or you’ve signed in or out since. Check it and send it again."
    return answer_problem(Problem(400, message, fields=typed_fields()))


def _on_foreign_form(_: ForeignOrigin) -> Response:
    # Without what was sent: another site may have filled it in.
    address = config().base_url
    message = (
        f"This form wasn’t sent from {address}, the address of this site. Open the page there and send it "
        "again. If people use another address, an administrator has to set ROADMAP_BASE_URL to it."
    )
    return answer_problem(Problem(400, message))


def _on_unavailable(error: DatabaseUnavailable) -> Response:
    log.warning("answered 503, the database is %s: %s", error.cause, error)
    return answer_problem(
        Problem(503, _CAUSES[error.cause], fields=typed_fields(), retry_after=RETRY_SECONDS)
    )


def _on_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    if isinstance(error, MethodNotAllowed) and not wants_json() and (page := page_of_form()):
        return redirect(page, 303)
    # werkzeug's own sentences are for developers; only what our code gave to abort() is shown.
    own = error.description if error.description != type(error).description else ""
    response = answer_problem(Problem(error.code, own or ""))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _on_bug(_: InternalServerError) -> Response:
    # No template: it may be the template that is broken.
    return Response(_BROKEN.format(*_WORDS[500]), 500)


def init_problems(app: Flask) -> None:
    app.register_error_handler(RuleError, _on_roadmap_error)
    app.register_error_handler(CSRFError, _on_stale_form)
    app.register_error_handler(ForeignOrigin, _on_foreign_form)
    app.register_error_handler(DatabaseUnavailable, _on_unavailable)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(InternalServerError, _on_bug)
