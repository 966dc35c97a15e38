"""What watches the server: whether it lives, whether it can answer, and its figures."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, FastAPI, Response

from assistant.schema import Question
from ui.api_problems import ProblemError
from ui.api_schema import Health, responses
from ui.api_web import Web
from ui.metrics import CONTENT_TYPE
from ui.waiting_room import AGAIN_SECONDS

_READY_SECONDS = 5.0
_PROBE = "目标"  # any words: what counts is that they are searched


def add_health(app: FastAPI, web: Web) -> None:
    """Add the routes."""
    router = APIRouter(tags=["operation"])
    check = _check(web)

    @router.get("/healthz")
    async def healthz() -> Health:
        """Whether the process answers."""
        return Health("ok")

    @router.get("/readyz", responses=responses())
    async def readyz() -> Health:
        """Whether the index is open and can be searched."""
        await web.desk.run(check, seconds=_READY_SECONDS)
        return Health("ready")

    @router.get("/metrics", response_class=Response, responses=responses())
    async def metrics() -> Response:
        """Figures for Prometheus."""

        def work() -> bytes:
            policies = web.service.policies()
            clauses = sum(len(policy.clauses) for policy in policies)
            return web.metrics.exposition(policies=len(policies), clauses=clauses)

        return Response(await web.run(work), media_type=CONTENT_TYPE)

    app.include_router(router)


def _check(web: Web) -> Callable[[], None]:
    def check() -> None:
        if sentence := web.preparing(web.wording):
            raise ProblemError(503, sentence, headers={"retry-after": str(AGAIN_SECONDS)})
        if not web.service.policies():
            raise ProblemError(503, web.wording.not_ready)
        web.service.find(Question(_PROBE), top_k=1)

    return check
