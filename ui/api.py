"""The web server: the chat page, questions as JSON, clauses as pages, one process.

The only module that imports FastAPI, Starlette and uvicorn. Errors are problem+json (RFC 9457)
whose ``detail`` is one sentence for the person who asked. A question that was understood as a
request always comes back as an answer object, a refusal included.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Protocol

import uvicorn
from fastapi import Body, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from assistant.schema import Answer, Question
from corpus.schema import Clause, Document, Policy
from ui.event_loop import call_in_loop
from ui.frames import LibraryEntry
from ui.guard import Guard, Message, Refuse, Scope, Send
from ui.render import answer_to_json
from ui.site import ROOTS, Site, Visit
from ui.text import WORDINGS, Language, Wording

_ASSETS = Path(__file__).parent / "assets"
_PROBLEM = "application/problem+json"
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class AssistantService(Protocol):
    """What the server needs of the assistant; every method may be called from many threads."""

    def ask(self, question: Question) -> Answer:
        """Answer a question."""

    def policies(self) -> Sequence[Policy]:
        """The policies of the library in the order to list them."""

    def clause(self, clause_id: str) -> Clause | None:
        """The clause with this id; None where there is none."""

    def document(self, name: str) -> Document | None:
        """The document with this file name; None where there is none."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What a deployment may choose of the web server."""

    examples: tuple[str, ...] = ()  # questions that the chat offers before the first one
    language: Language = "zh"  # of error sentences and of the pages of clauses
    max_question_chars: int = 2_000
    max_history: int = 50
    max_body_bytes: int = 1_048_576


class ProblemError(Exception):
    """A request that cannot be served: an HTTP status and one sentence that says why."""

    def __init__(self, status: int, detail: str) -> None:
        """Keep both for the handler."""
        super().__init__(detail)
        self.status = status
        self.detail = detail


def create_app(assistant_service: AssistantService, *, settings: WebSettings) -> FastAPI:
    """The application: API, pages of clauses, and the chat in both languages.

    Args:
        assistant_service: answers, and knows the policies.
        settings: bounds and wording.
    """
    wording = WORDINGS[settings.language]
    # No docs pages: FastAPI's load their scripts from another machine.
    app = FastAPI(title=wording.product, docs_url=None, redoc_url=None)
    _handle_errors(app, wording)
    _add_api(app, assistant_service, settings, wording)
    _add_pages(app, Site(assistant_service, language=settings.language))
    call_in_loop(lambda: _add_chat(app, assistant_service, settings))
    app.add_middleware(
        Guard, max_body_bytes=settings.max_body_bytes, refuse=_refuse(settings, wording)
    )
    return app


def serve(app: FastAPI, *, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve until interrupted; logs nothing but warnings.

    Args:
        app: what to serve.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        on_ready: called once with the address of the page, when connections are accepted.

    Raises:
        OSError: if nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
        shown = f"[{host}]" if ":" in host else host
        on_ready(f"http://{shown}:{listener.getsockname()[1]}")
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,  # open pages hold a stream each
        )
        with suppress(KeyboardInterrupt):  # how a person stops it
            uvicorn.Server(config).run(sockets=[listener])


def _problem(status: int, detail: str) -> JSONResponse:
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type=_PROBLEM)


def _handle_errors(app: FastAPI, wording: Wording) -> None:
    @app.exception_handler(ProblemError)
    def on_problem(_: Request, error: ProblemError) -> JSONResponse:
        return _problem(error.status, error.detail)

    @app.exception_handler(RequestValidationError)
    def on_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        # Only where and what: the value itself is not echoed.
        place = ".".join(str(part) for part in first["loc"])
        problem = f"{place}: {first['msg']}"
        return _problem(422, wording.bad_request.format(problem=problem))

    @app.exception_handler(HTTPException)
    def on_http(_: Request, error: HTTPException) -> JSONResponse:
        return _problem(error.status_code, error.detail)

    @app.exception_handler(Exception)
    def on_failure(_: Request, __: Exception) -> JSONResponse:
        return _problem(500, wording.internal_error)


def _refuse(settings: WebSettings, wording: Wording) -> Refuse:
    details = {
        404: wording.not_here,
        413: wording.large_body.format(limit=settings.max_body_bytes),
    }

    async def refuse(status: int, scope: Scope, send: Send) -> None:
        async def nothing() -> Message:
            return {"type": "http.disconnect"}

        await _problem(status, details[status])(scope, nothing, send)

    return refuse


def _add_api(
    app: FastAPI, service: AssistantService, settings: WebSettings, wording: Wording
) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """Whether the process answers."""
        return {"status": "ok"}

    @app.post("/api/ask", response_model=None)
    def ask(
        question: Annotated[str, Body(examples=["安丘市公立医院医护比要达到多少？"])],
        history: Annotated[list[str], Body(description="Earlier questions, oldest first.")] = [],  # noqa: B006
        id: Annotated[str, Body(description="Comes back with the answer.")] = "",  # noqa: A002
    ) -> dict[str, Any]:
        """Answer a question; the object is the same as that of the command line."""
        asked = Question(question, id=id, history=tuple(history))
        _check(asked, settings, wording)
        return answer_to_json(service.ask(asked))

    @app.api_route("/api/{path:path}", methods=_METHODS, include_in_schema=False)
    def nothing_here(request: Request) -> None:
        matches = [route.matches(request.scope)[0] for route in app.routes]
        raise ProblemError(405 if Match.PARTIAL in matches else 404, wording.not_here)


def _check(question: Question, settings: WebSettings, wording: Wording) -> None:
    if not question.text.strip():
        raise ProblemError(422, wording.blank_question)
    limit = settings.max_question_chars
    for text in (question.text, *question.history):
        if len(text) > limit:
            raise ProblemError(422, wording.long_question.format(length=len(text), limit=limit))
    length, limit = len(question.history), settings.max_history
    if length > limit:
        raise ProblemError(422, wording.long_history.format(length=length, limit=limit))


def _add_pages(app: FastAPI, site: Site) -> None:
    def page(request: Request) -> Response:
        reply = site.reply(Visit(request.scope["path"], dict(request.query_params)))
        headers = dict(reply.headers)
        return Response(reply.body, reply.status, headers, media_type=reply.content_type)

    for root in ROOTS:
        app.add_api_route(f"/{root}", page, include_in_schema=False)
        app.add_api_route(f"/{root}/{{rest:path}}", page, include_in_schema=False)

    @app.get("/favicon.svg", include_in_schema=False)
    @app.get("/favicon.ico", include_in_schema=False)
    def favicon() -> FileResponse:
        return FileResponse(_ASSETS / "favicon.svg")


def _add_chat(app: FastAPI, service: AssistantService, settings: WebSettings) -> None:
    # Gradio takes a second to import: commands that serve nothing do without it.
    from ui.chat import build_chat, mount_chat

    @app.get("/en", include_in_schema=False)
    def english() -> RedirectResponse:
        return RedirectResponse("/en/")

    def library() -> list[LibraryEntry]:
        return [LibraryEntry.of(policy) for policy in service.policies()]

    pages: tuple[tuple[str, Language, str], ...] = (("/en", "en", "/"), ("/", "zh", "/en/"))
    for path, language, other in pages:
        blocks = build_chat(
            service.ask,
            library,
            examples=settings.examples,
            language=language,
            other_language_url=other,
        )
        mount_chat(app, blocks, path)
