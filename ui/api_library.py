"""The library for programs: policies, clauses, targets, and what a unit must do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from corpus.schema import Clause, Policy
from ui.api_items import ClauseItem, PolicyItem, TargetItem, UnitClause
from ui.api_problems import ProblemError
from ui.api_schema import FilterText, ItemPage, Limit, Offset, responses
from ui.api_web import Web
from ui.clause_rows import ClauseRows, policy_row, target_row, unit_row
from ui.library_rows import LibraryFilter, shelved
from ui.target_rows import TargetFilter, target_rows
from ui.unit_rows import unit_rows

_Filter = Annotated[FilterText, Query()]
_Limit = Annotated[Limit, Query()]
_Offset = Annotated[Offset, Query()]
_Name = Annotated[str, Path(min_length=1, max_length=200)]
_EXAMPLE = {"openapi_examples": {"one": {"value": "anqiu-2024-21"}}}


def library_router(web: Web) -> APIRouter:
    """The routes under ``/api`` that read the library."""
    router = APIRouter(prefix="/api", tags=["library"], responses=responses())
    _add_policies(router, web)
    _add_clauses(router, web)
    _add_rows(router, web)
    return router


def _add_policies(router: APIRouter, web: Web) -> None:
    @router.get("/policies", response_model=ItemPage[PolicyItem])
    async def policies(
        region: _Filter = "",
        level: _Filter = "",
        year: _Filter = "",
        issuer: _Filter = "",
        unit: _Filter = "",
        state: _Filter = "",
        limit: _Limit = 50,
        offset: _Offset = 0,
    ) -> dict[str, Any]:
        """The policies; `state` is in_force, ended, repealed or unknown."""
        chosen = LibraryFilter(
            region=region, level=level, year=year, issuer=issuer, unit=unit, state=state
        )

        def work() -> dict[str, Any]:
            today = datetime.now(UTC).date()
            kept = [p for p in shelved(web.service.policies(), today=today) if p.holds(chosen)]
            return _page([policy_row(item) for item in kept], limit, offset)

        return await web.run(work)


def _add_clauses(router: APIRouter, web: Web) -> None:
    rows = ClauseRows()

    @router.get(
        "/clauses/{policy_id}/{address:path}",
        response_model=ClauseItem,
        responses=responses(404),
    )
    async def clause(
        policy_id: Annotated[_Name, Path(**_EXAMPLE)],
        address: Annotated[_Name, Path(openapi_examples={"one": {"value": "2.4.1"}})],
    ) -> dict[str, Any]:
        """A clause whole: its neighbours, parts, references and official form of citation."""

        def work() -> dict[str, Any]:
            found = web.service.clause(f"{policy_id}/{address}")
            policies = web.service.policies()
            policy = _policy(policies, found)
            if found is None or policy is None:
                raise ProblemError(404, web.wording.clause_missing)
            return rows.row(found, policy, policies)

        return await web.run(work)


def _add_rows(router: APIRouter, web: Web) -> None:
    @router.get("/targets", response_model=ItemPage[TargetItem])
    async def targets(
        indicator: _Filter = "",
        region: _Filter = "",
        year: _Filter = "",
        unit: _Filter = "",
        limit: _Limit = 50,
        offset: _Offset = 0,
    ) -> dict[str, Any]:
        """The figures that clauses set; `indicator` is words of indicator, subject or title."""
        chosen = TargetFilter(q=indicator, region=region, year=year, unit=unit)

        def work() -> dict[str, Any]:
            kept = [row for row in target_rows(web.service.policies()) if chosen.holds(row)]
            return _page([target_row(row) for row in kept], limit, offset)

        return await web.run(work)

    @router.get(
        "/units/{name}/clauses", response_model=ItemPage[UnitClause], responses=responses(404)
    )
    async def unit_clauses(
        name: Annotated[_Name, Path(openapi_examples={"one": {"value": "市卫健局"}})],
        role: _Filter = "",
        region: _Filter = "",
        limit: _Limit = 50,
        offset: _Offset = 0,
    ) -> dict[str, Any]:
        """The clauses that name a unit; `role` is 牵头, 责任 or 配合."""

        def work() -> dict[str, Any]:
            found = unit_rows(web.service.policies(), name)
            if not found:
                raise ProblemError(404, web.wording.not_here)
            kept = [row for row in found if role in ("", row.role) and region in ("", row.region)]
            return _page([unit_row(row) for row in kept], limit, offset)

        return await web.run(work)


def _policy(policies: Sequence[Policy], clause: Clause | None) -> Policy | None:
    wanted = clause.policy_id if clause else None
    return next((policy for policy in policies if policy.policy_id == wanted), None)


def _page(items: list[dict[str, Any]], limit: int, offset: int) -> dict[str, Any]:
    page = items[offset : offset + limit]
    return {"items": page, "total": len(items), "limit": limit, "offset": offset}
