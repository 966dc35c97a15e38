"""The page where administrators add documents, and what its forms and its script send.

The gate lets nobody in here who is no administrator, and nothing that another site sends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from corpus.errors import CorpusError, DocumentTooLarge
from ui.access import person_of
from ui.api_problems import PlainJson, ProblemError
from ui.api_web import Web
from ui.guests import guest_of
from ui.page_shell import Dress, address
from ui.publishing import Publishing
from ui.rebuilding import Tell, rebuild
from ui.shelf_list import PATH
from ui.site import asset, style_of
from ui.text import WORDINGS, Language
from ui.upload_page import Desktop, upload_page
from ui.upload_rows import replaced_policies, shelf_rows, waiting_rows
from ui.uploads import UploadRefused, Uploads

_MAX_FIELDS = 2_000
_MAX_NAME = 400  # characters of a file name that are looked at

Form = dict[str, list[str]]


def uploads_router(web: Web, *, rebuilds: Callable[[Path, Tell], list[str]] = rebuild) -> APIRouter:
    """The routes of the page.

    Args:
        web: the server.
        rebuilds: makes the index of a data folder anew.
    """
    folder = Path(web.settings.data_folder)
    routes = _Routes(web, Uploads(folder), Publishing(partial(rebuilds, folder)))
    router = APIRouter(include_in_schema=False)
    router.add_api_route(PATH, routes.page, methods=["GET"])
    router.add_api_route(f"{PATH}/files", routes.take, methods=["POST"])
    for action in ("live", "discard", "withdraw", "restore", "build"):
        router.add_api_route(f"{PATH}/{action}", partial(routes.act, action), methods=["POST"])
    return router


class _Routes:
    """What the addresses do."""

    def __init__(self, web: Web, uploads: Uploads, publishing: Publishing) -> None:
        self._web = web
        self._uploads = uploads
        self._publishing = publishing

    async def page(self, request: Request) -> Response:
        """The page as it is now."""
        words = request.query_params.get("q", "")[:_MAX_NAME].strip()
        desktop = await self._web.run(partial(self._desktop, words))
        if request.query_params.get("busy") and desktop.state.is_running:
            desktop = replace(desktop, is_refused=True)
        page = upload_page(desktop, self._dress(request))
        headers = {"content-security-policy": page.security_policy, "cache-control": "no-store"}
        content = page.html.encode("utf-8", "replace")
        return HTMLResponse(content, headers=headers)

    async def take(self, request: Request, name: str = "") -> Response:
        """Take one file: the body is the file, nothing else."""
        sentences = self._dress(request).wording.group("upload_errors")
        who = person_of(request.scope).name
        try:
            file = await self._web.run(partial(self._room_for, name[:_MAX_NAME]))
        except UploadRefused as error:
            raise ProblemError(422, sentences[error.reason]) from error
        try:
            await self._receive(request, file)
            preview = await self._web.run(partial(self._uploads.accept, file))
        except (CorpusError, UploadRefused) as error:
            reason = error.reason if isinstance(error, UploadRefused) else type(error).__name__
            self._note("upload", file.name, who, succeeded=False)
            raise ProblemError(422, sentences.get(reason, sentences["other"])) from error
        finally:
            await self._web.run(partial(self._uploads.drop, file))
        self._note("upload", preview.name, who)
        return PlainJson({"name": preview.name, "policies": len(preview.policies)})

    async def act(self, action: str, request: Request) -> Response:
        """Do what a form asks for, and show the page again."""
        body = (await request.body()).decode("utf-8", "replace")
        fields = parse_qs(body, max_num_fields=_MAX_FIELDS)
        who = person_of(request.scope).name
        in_turn = await self._web.run(partial(self._do, action, fields, who))
        busy = "" if in_turn else "1"
        return RedirectResponse(address(PATH, self._dress(request).wording, busy=busy), 303)

    def _do(self, action: str, fields: Form, who: str) -> bool:
        """Whether a build that this needs could start."""
        name = fields.get("name", [""])[0]
        known = {row.name for row in self._desktop("").shelf}
        if action == "live":
            return self._put_live(fields, who)
        if action == "build":
            return self._build(who)
        if action == "discard":
            self._uploads.discard(name)
            self._note(action, name, who)
        elif name in known:
            change = self._uploads.withdraw if action == "withdraw" else self._uploads.restore
            change(name)
            self._note(action, name, who)
        return True

    def _put_live(self, fields: Form, who: str) -> bool:
        library = self._web.service.policies()
        chosen = set(fields.get("file", ()))
        previews = [preview for preview in self._uploads.pending() if preview.name in chosen]
        waiting = waiting_rows(previews, library)
        replaced = replaced_policies(waiting, fields.get("replace", ()), library)
        moved = self._uploads.put_live((preview.name for preview in previews), replaced)
        for name in moved:
            self._note("put live", name, who)
        for name in replaced.keys() - set(moved):
            self._note("replace", name, who)
        return self._build(who) if moved else True

    def _build(self, who: str) -> bool:
        started = self._publishing.start()
        self._note("build", "", who, succeeded=started)
        return started

    def _desktop(self, words: str) -> Desktop:
        service, uploads = self._web.service, self._uploads
        library = service.policies()
        left_out = uploads.choices.left_out()
        return Desktop(
            waiting_rows(uploads.pending(), library),
            shelf_rows(library, service.document, uploads.live(), left_out),
            self._publishing.state,
            words,
            self._web.settings.max_file_bytes,
        )

    def _room_for(self, name: str) -> Path:
        library = [policy.source for policy in self._web.service.policies()]
        return self._uploads.incoming(name, library=library)

    async def _receive(self, request: Request, file: Path) -> None:
        """Write the body to the file, as it comes."""
        limit, size = self._web.settings.max_file_bytes, 0
        with file.open("wb") as content:
            async for chunk in request.stream():
                size += len(chunk)
                if size > limit:
                    raise DocumentTooLarge("more than may be sent")
                content.write(chunk)
        if size != int(request.headers.get("content-length", size)):
            raise UploadRefused("cut")

    def _note(self, action: str, name: str, who: str, *, succeeded: bool = True) -> None:
        if self._web.records is not None:
            self._web.records.audit.add_action(action, name, who=who, succeeded=succeeded)

    def _dress(self, request: Request) -> Dress:
        named = request.query_params.get("lang", "")
        language: Language = "en" if named == "en" else self._web.settings.language
        script = asset("page.js") + asset("upload.js")
        guest = guest_of(request.scope, self._web.settings)
        return Dress(style_of("page.css", "upload.css"), script, WORDINGS[language], guest)
