"""Errors of the web server: problem+json (RFC 9457), OpenAI's form for its clients, else pages.

``detail`` is one sentence for the person who asked, and never holds a value that was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from index.errors import IndexingError
from ui.access import Refused
from ui.asking import dump
from ui.desk import DeskBusy
from ui.guard import Message, Refuse, Scope, Send
from ui.page_shell import Dress
from ui.problem_page import problem_page, wants_page
from ui.records_schema import RecordInvalid, RecordMissing, RecordsError
from ui.site import asset, style_of
from ui.text import Wording
from ui.waiting_room import AGAIN_SECONDS, AskToWait

PROBLEM = "application/problem+json"
_OPENAI_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}
_BUSY_SECONDS = 2


class PlainJson(JSONResponse):
    """JSON that can always be sent: what is not Unicode becomes a question mark."""

    def render(self, content: object) -> bytes:
        """JSON as UTF-8; Chinese stays readable."""
        return dump(content).encode("utf-8")


class ProblemError(Exception):
    """A request that cannot be served: an HTTP status and one sentence that says why."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        """Keep all for the handler."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


def problem_body(status: int, detail: str) -> dict[str, object]:
    """A problem object."""
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


def error_body(status: int, detail: str) -> dict[str, object]:
    """An error object as OpenAI's clients read it."""
    kind = _OPENAI_TYPES.get(status, "invalid_request_error" if status < 500 else "server_error")
    return {"error": {"message": detail, "type": kind, "param": None, "code": None}}


def problem(
    path: str, status: int, detail: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The response to a request for this path that cannot be served."""
    own = dict(headers or {})
    if path.startswith("/v1/"):
        return JSONResponse(error_body(status, detail), status_code=status, headers=own)
    body = problem_body(status, detail)
    return JSONResponse(body, status_code=status, headers=own, media_type=PROBLEM)


def turned_down(
    scope: Scope,
    status: int,
    detail: str,
    wording: Wording,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The same for whoever asks: a page for people, a problem for programs."""
    if status < HTTPStatus.BAD_REQUEST or not wants_page(scope):
        return problem(scope["path"], status, detail, headers)
    dress = Dress(style_of("document.css", "page.css"), asset("page.js"), wording)
    page = problem_page(detail, dress)
    own = {**(headers or {}), "content-security-policy": page.security_policy}
    return HTMLResponse(page.html, status_code=status, headers=own)


def handle_errors(app: FastAPI, wording: Wording) -> None:
    """Have every error of the application end as a problem."""

    def add(kind: type[Exception], status: int, detail: str, seconds: int = 0) -> None:
        headers = {"retry-after": str(seconds)} if seconds else {}

        @app.exception_handler(kind)
        def handle(request: Request, _: Exception) -> Response:
            return turned_down(request.scope, status, detail, wording, headers)

    add(Exception, 500, wording.internal_error)
    add(DeskBusy, 503, wording.busy, _BUSY_SECONDS)
    add(TimeoutError, 504, wording.too_slow)
    add(RecordsError, 503, wording.records_failed, _BUSY_SECONDS)
    add(IndexingError, 503, wording.not_ready, _BUSY_SECONDS)
    add(RecordMissing, 404, wording.not_here)
    handle_invalid(app, wording)

    @app.exception_handler(RecordInvalid)
    def on_invalid_record(request: Request, error: RecordInvalid) -> JSONResponse:
        return problem(request.url.path, 422, wording.bad_request.format(problem=error))

    @app.exception_handler(ProblemError)
    def on_problem(request: Request, error: ProblemError) -> Response:
        return turned_down(request.scope, error.status, error.detail, wording, error.headers)

    @app.exception_handler(HTTPException)
    def on_http(request: Request, error: HTTPException) -> Response:
        return turned_down(request.scope, error.status_code, error.detail, wording, error.headers)


def handle_invalid(app: FastAPI, wording: Wording) -> None:
    """Have every request of the wrong form end as a problem that says where and what.

    The value itself is not echoed: FastAPI's own handler does, and fails where it is no number.
    """

    @app.exception_handler(RequestValidationError)
    def on_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        detail = wording.bad_request.format(problem=f"{place}: {first['msg']}")
        return problem(request.url.path, 422, detail)


def refuse_with(wording: Wording, *, max_body_bytes: int) -> Refuse:
    """How the outer wall turns a request away."""
    details = {
        404: wording.not_here,
        408: wording.slow_body,
        413: wording.large_body.format(limit=max_body_bytes),
    }

    async def refuse(status: int, scope: Scope, send: Send) -> None:
        # What is still to come of a body that was not waited for is no next request.
        headers = {"connection": "close"} if status == HTTPStatus.REQUEST_TIMEOUT else {}
        response = turned_down(scope, status, details[status], wording, headers)
        await response(scope, _nothing, send)

    return refuse


class TurnAway:
    """How the door turns somebody away."""

    def __init__(self, wording: Wording) -> None:
        """Sentences by their name."""
        self._wording = wording
        self._sentences = wording.group("refusals_at_the_door")

    async def __call__(self, refused: Refused, scope: Scope, send: Send) -> None:
        """Send the refusal."""
        detail = self._sentences[refused.sentence]
        response = turned_down(scope, refused.status, detail, self._wording, refused.headers)
        await response(scope, _nothing, send)


def ask_to_wait(wording: Wording) -> AskToWait:
    """How who comes before the index is asked to come again; a browser does so by itself."""

    async def ask(sentence: str, scope: Scope, send: Send) -> None:
        headers = {"retry-after": str(AGAIN_SECONDS), "refresh": str(AGAIN_SECONDS)}
        response = turned_down(scope, 503, sentence, wording, headers)
        await response(scope, _nothing, send)

    return ask


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
