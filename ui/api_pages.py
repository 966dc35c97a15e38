"""The pages for people: the chat in both languages, the pages of the library, and the login."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from fastapi.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)

from assistant.schema import Answer
from assistant.suggestions import example_questions
from corpus.schema import Policy
from ui.access import LOGIN_COOKIE, cookie_header, person_of
from ui.api_problems import handle_invalid
from ui.api_web import Web
from ui.event_loop import call_in_loop
from ui.frames import LibraryEntry, home_parts
from ui.guests import guest_of
from ui.login_page import back_to, login_page
from ui.my_conversations import ROOTS as PERSONAL
from ui.my_conversations import MyConversations
from ui.originals import Originals
from ui.page_shell import Dress, Page
from ui.records import Records
from ui.replies import Visit
from ui.site import ROOTS, Site, asset, style_of
from ui.text import WORDINGS, Language
from ui.turns import Talking

_ASSETS = Path(__file__).parent / "assets"
_EXAMPLES = 4  # questions that the chat offers before the first one
_PAGES: tuple[tuple[str, Language, str], ...] = (("/en", "en", "/"), ("/", "zh", "/en/"))


def add_pages(app: FastAPI, web: Web) -> None:
    """Add all pages; the chat comes last, because it takes every address that is left."""
    talking = _talking(web)
    _add_site(app, _site(web), web)
    _add_home(app, web)
    if web.records is not None:
        records = web.records
        mine = MyConversations(web.service, records.conversations, records.feedback, talking)
        _add_conversations(app, mine, web)
    call_in_loop(lambda: _add_chat(app, web, talking))


def _site(web: Web) -> Site:
    language, folder = web.settings.language, web.settings.data_folder
    if not folder:
        return Site(web.service, language=language)
    originals = Originals(Path(folder))
    image, has = originals.page_image, originals.has
    return Site(web.service, language=language, page_image=image, has_image=has)


def _add_site(app: FastAPI, site: Site, web: Web) -> None:
    def page(request: Request) -> Response:
        guest = guest_of(request.scope, web.settings)
        path, parameters = request.scope["path"], dict(request.query_params)
        reply = site.reply(Visit(path, parameters, guest=guest))
        headers = dict(reply.headers)
        return Response(reply.body, reply.status, headers, media_type=reply.content_type)

    for root in ROOTS:
        app.add_api_route(f"/{root}", page, include_in_schema=False)
        app.add_api_route(f"/{root}/{{rest:path}}", page, include_in_schema=False)

    @app.get("/favicon.svg", include_in_schema=False)
    @app.get("/favicon.ico", include_in_schema=False)
    def favicon() -> FileResponse:
        return FileResponse(_ASSETS / "favicon.svg")


def _add_home(app: FastAPI, web: Web) -> None:
    """What of the chat page changes while the server runs, for whoever looks at it."""

    def home(request: Request) -> Response:
        named = request.query_params.get("lang", "")
        language: Language = "en" if named == "en" else "zh"
        policies = web.service.policies()
        parts = home_parts(
            [LibraryEntry.of(policy) for policy in policies],
            _examples(web, policies),
            wording=WORDINGS[language],
            guest=guest_of(request.scope, web.settings),
            keeps=web.records is not None,
            preparing=web.preparing(WORDINGS[language]),
        )
        return JSONResponse(parts, headers={"cache-control": "no-store"})

    app.add_api_route("/home", home, methods=["GET"], include_in_schema=False)


def _examples(web: Web, policies: Sequence[Policy]) -> Sequence[str]:
    """The questions that a deployment chose, or some that its library answers now."""
    return web.settings.examples or example_questions(policies, count=_EXAMPLES)


def _add_conversations(app: FastAPI, mine: MyConversations, web: Web) -> None:
    async def personal(request: Request) -> Response:
        visit = Visit(
            request.scope["path"],
            dict(request.query_params),
            person_of(request.scope).name,
            request.method,
            await request.body(),
        )
        reply = await web.run(lambda: mine.reply(visit))
        headers = dict(reply.headers)
        return Response(reply.body, reply.status, headers, media_type=reply.content_type)

    for root in PERSONAL:
        for path in (f"/{root}", f"/{root}/{{rest:path}}"):
            app.add_api_route(path, personal, methods=["GET", "POST"], include_in_schema=False)


def _talking(web: Web) -> dict[Language, Talking]:
    """What answers the chat, in each language of its page."""

    def note(answer: Answer, who: str) -> None:
        web.recorder.note(answer, who=who, channel="chat")

    kept = web.records.conversations if web.records else None
    return {
        language: Talking(web.service, wording, kept, note)
        for language, wording in WORDINGS.items()
    }


def add_login(app: FastAPI, web: Web, records: Records) -> None:
    """Add the page where people log in and out."""
    lasts = timedelta(hours=web.settings.login_hours)

    @app.get("/login", include_in_schema=False)
    def login_form(request: Request) -> Response:
        secret = request.cookies.get(LOGIN_COOKIE, "")
        user = records.users.logged_in(secret) if secret else None
        back = back_to(request.query_params.get("next", "/"))
        page = login_page(_dress(request, web), back=back, user=user.name if user else "")
        return _html(page, status=200)

    @app.post("/login", include_in_schema=False)
    async def log_in(request: Request) -> Response:
        given = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
        name, password, back = (given.get(field, [""])[0] for field in ("name", "password", "next"))
        secret = await web.run(lambda: records.users.log_in(name, password, lasts=lasts))
        if secret is None:
            page = login_page(_dress(request, web), back=back_to(back), failed=True)
            return _html(page, status=403)
        return _with_login(request, RedirectResponse(back_to(back), 303), secret, lasts)

    @app.post("/logout", include_in_schema=False)
    def log_out(request: Request) -> Response:
        records.users.log_out(request.cookies.get(LOGIN_COOKIE, ""))
        return _with_login(request, RedirectResponse("/login", 303), "", timedelta(0))


def _with_login(request: Request, response: Response, secret: str, lasts: timedelta) -> Response:
    https = request.url.scheme == "https"
    seconds = int(lasts.total_seconds())
    cookie = cookie_header(LOGIN_COOKIE, secret, seconds=seconds, https=https)
    response.headers.append("set-cookie", cookie)
    return response


def _dress(request: Request, web: Web) -> Dress:
    language: Language = "en" if request.query_params.get("lang") == "en" else web.settings.language
    guest = guest_of(request.scope, web.settings)
    return Dress(style_of("document.css", "page.css"), asset("page.js"), WORDINGS[language], guest)


def _html(page: Page, *, status: int) -> HTMLResponse:
    headers = {"content-security-policy": page.security_policy, "cache-control": "no-store"}
    return HTMLResponse(page.html, status_code=status, headers=headers)


def _add_chat(app: FastAPI, web: Web, talking: Mapping[Language, Talking]) -> None:
    # Gradio takes a second to import: commands that serve nothing do without it.
    from ui.chat import build_chat, mount_chat

    @app.get("/en", include_in_schema=False)
    def english() -> RedirectResponse:
        return RedirectResponse("/en/")

    policies = web.service.policies()
    library = [LibraryEntry.of(policy) for policy in policies]
    examples = _examples(web, policies)
    for path, language, other in _PAGES:
        blocks = build_chat(talking[language], library, examples=examples, other_language_url=other)
        mount_chat(app, blocks, path)
        chat = getattr(app.routes[-1], "app", None)
        if isinstance(chat, FastAPI):
            handle_invalid(chat, web.wording)
