"""The web server: the chat, the pages, and the interfaces for programs, in one process.

Puts the parts together; what they do stands in the modules ``ui/api_….py`` and
``ui/openai_api.py``, which alone know FastAPI with this one. A question that was understood as a
request always comes back as an answer object, a refusal included.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

import uvicorn
from fastapi import FastAPI, Request
from starlette.routing import Match

from ui.access import Gate
from ui.api_health import add_health
from ui.api_library import library_router
from ui.api_pages import add_login, add_pages
from ui.api_problems import (
    PlainJson,
    ProblemError,
    TurnAway,
    ask_to_wait,
    handle_errors,
    refuse_with,
)
from ui.api_questions import questions_router
from ui.api_uploads import uploads_router
from ui.api_web import Web
from ui.api_widget import widget_router
from ui.channel_gate import ChannelGate
from ui.channel_secret import ChannelSecret
from ui.cross_origin import CrossOrigin
from ui.desk import Desk
from ui.door import Door
from ui.guard import Guard
from ui.metrics import Metrics
from ui.openai_api import openai_router
from ui.recorder import Recorder
from ui.records import Records
from ui.records_schema import RecordsError
from ui.service import AssistantService, WebSettings
from ui.text import WORDINGS
from ui.waiting_room import Preparing, WaitingRoom, is_ready

__all__ = ["AssistantService", "WebSettings", "create_app", "serve"]

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_LAST_RESORT = ("/api/{path:path}", "/v1/{path:path}", "/login", "/logout")
_TIDY_SECONDS = 6 * 3_600.0


def create_app(
    assistant_service: AssistantService,
    *,
    settings: WebSettings,
    records: Records | None = None,
    preparing: Preparing = is_ready,
) -> FastAPI:
    """The application: everything under one roof, with the guard and the door around it.

    Args:
        assistant_service: answers, and knows the policies.
        settings: bounds, wording, and who may come in.
        records: where answers are logged and feedback is kept; None: nowhere.
        preparing: how far the index is while it is being made.
    """
    wording, metrics = WORDINGS[settings.language], Metrics()
    recorder, desk = Recorder(metrics, records), Desk()
    web = Web(assistant_service, settings, wording, records, recorder, metrics, desk, preparing)
    channels = _channels(settings, records)
    app = _bare(web)
    handle_errors(app, wording)
    add_health(app, web)
    app.include_router(questions_router(web))
    app.include_router(library_router(web))
    app.include_router(openai_router(web))
    app.include_router(widget_router(web, channels))
    if settings.login and records is not None:
        add_login(app, web, records)
    _close_the_rest(app, web)
    if settings.pages:
        if settings.data_folder:
            app.include_router(uploads_router(web))
        add_pages(app, web)
    _surround(app, web, channels)
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


def _bare(web: Web) -> FastAPI:
    # No docs pages: FastAPI's load their scripts from another machine.
    return FastAPI(
        title=web.wording.product,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_lifespan(web),
        default_response_class=PlainJson,
    )


def _surround(app: FastAPI, web: Web, channels: ChannelGate | None) -> None:
    """Put the door and the guard around the application, the outermost last."""
    settings, wording = web.settings, web.wording
    wait = ask_to_wait(wording)
    app.add_middleware(WaitingRoom, preparing=web.preparing, wording=wording, ask_to_wait=wait)
    gate = Gate(
        web.records,
        require_key=settings.require_key,
        login=settings.login,
        requests_per_minute=settings.requests_per_minute,
        portals=channels,
    )
    app.add_middleware(Door, gate=gate, metrics=web.metrics, turn_away=TurnAway(wording))
    if channels is not None:
        app.add_middleware(CrossOrigin, allows=channels.allows)
    limit = settings.max_body_bytes
    refuse = refuse_with(wording, max_body_bytes=limit)
    app.add_middleware(
        Guard,
        max_body_bytes=limit,
        refuse=refuse,
        max_file_bytes=settings.max_file_bytes,
        body_seconds=settings.body_seconds,
    )


def _channels(settings: WebSettings, records: Records | None) -> ChannelGate | None:
    """What lets in pages of portals; nothing where there are no records to keep channels in."""
    if records is None:
        return None
    secret = ChannelSecret(settings.channel_secret, settings.data_folder)
    return ChannelGate(records.channels, secret, shared=records.limits)


def _lifespan(web: Web) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        tidying = asyncio.create_task(_tidy(web))
        try:
            yield
        finally:
            tidying.cancel()

    return running


async def _tidy(web: Web) -> None:
    """Every few hours, delete the records that are too old to be kept."""
    records = web.records
    while records is not None:
        try:
            await asyncio.to_thread(records.forget_older_than, web.settings.retention_days)
        except RecordsError as error:  # next time, perhaps
            logging.getLogger("wenzheng").warning("old records: %s", error)
        await asyncio.sleep(_TIDY_SECONDS)


def _close_the_rest(app: FastAPI, web: Web) -> None:
    """What no route answers under the addresses for programs is a problem, not the chat."""

    @app.api_route("/api/{path:path}", methods=_METHODS, include_in_schema=False)
    @app.api_route("/v1/{path:path}", methods=_METHODS, include_in_schema=False)
    @app.api_route("/login", methods=_METHODS, include_in_schema=False)
    @app.api_route("/logout", methods=_METHODS, include_in_schema=False)
    def nothing_here(request: Request) -> None:
        other = {method for method in _METHODS if _answers(app, request, method)}
        if other:
            allowed = {"allow": ", ".join(sorted(other))}
            raise ProblemError(405, web.wording.wrong_method, headers=allowed)
        raise ProblemError(404, web.wording.not_here)


def _answers(app: FastAPI, request: Request, method: str) -> bool:
    """Whether a route other than the last resort takes this method at the address."""
    scope = {**request.scope, "method": method}
    for route in app.routes:
        if route.matches(scope)[0] is Match.FULL:
            return getattr(route, "path", "") not in _LAST_RESORT
    return False
