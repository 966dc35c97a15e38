"""The widget: its script, the page for frames, and tokens for the pages of portals."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from ui.api_problems import ProblemError
from ui.api_schema import responses
from ui.api_web import Web
from ui.channel_gate import ChannelGate
from ui.channel_tokens import TOKEN_SECONDS, Claim
from ui.text import WORDINGS
from ui.widget_page import frame_page, widget_script
from ui.widget_schema import TokenIssued, TokenRequest


def widget_router(web: Web, channels: ChannelGate | None) -> APIRouter:
    """The routes of the widget; without channels, pages of this server alone can use it."""
    router = APIRouter(tags=["widget"])
    _add_pages(router, web, channels)

    @router.post("/api/channel/token", response_model=TokenIssued, responses=responses())
    async def token(body: TokenRequest) -> TokenIssued:
        """A token for a user on a page of a portal; for the server of the portal, not its page."""
        claim = Claim(body.channel, body.user, body.origin, body.time)

        def work() -> str | None:
            return channels.exchange(claim, body.signature) if channels else None

        issued = await web.run(work)
        if issued is None:
            raise ProblemError(403, web.wording.claim_wrong)
        return TokenIssued(issued, TOKEN_SECONDS)

    return router


def _add_pages(router: APIRouter, web: Web, channels: ChannelGate | None) -> None:
    @router.api_route("/widget.js", methods=["GET", "HEAD"], include_in_schema=False)
    def script(request: Request) -> Response:
        text = widget_script()
        tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
        headers = {
            "etag": tag,
            "cache-control": "public, max-age=300",
            # Any page may load it; what it may ask is decided when it asks.
            "cross-origin-resource-policy": "cross-origin",
        }
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(text, media_type="text/javascript", headers=headers)

    @router.api_route("/embed", methods=["GET", "HEAD"], include_in_schema=False)
    def embed(request: Request) -> Response:
        channel, language = (request.query_params.get(name, "") for name in ("channel", "lang"))
        ancestors = channels.origins(channel) if channels and channel else ()
        wording = WORDINGS["en" if language == "en" else "zh"]
        page = frame_page(wording, ancestors=ancestors)
        headers = {
            "content-security-policy": page.security_policy,
            "referrer-policy": "no-referrer",
            "cache-control": "no-store",
        }
        return HTMLResponse(page.html, headers=headers)
