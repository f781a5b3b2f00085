# ruff: noqa: ARG001 - addresses and parameters are read from the signatures, and the query by one parser
"""The part of the data interface about regions: the same values as the pages, read-only, open to everybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from oreflow.console.errors_api import ApiError
from oreflow.core.provenance import FindingClass
from oreflow.core.region import Region

from . import access, outputs, page_schemas, schemas
from .forms import Setting, setting_of

router = Router()

Id = Annotated[str, Path(max_length=120, pattern=r"^[A-Za-z0-9._-]+$", description="id, as in the lists")]
Word = Annotated[str, Query(max_length=120, description="keep only this id; empty for all")]
Year = Annotated[int | None, Query(ge=1900, le=2100, description="year; for chains the last one by default")]
Limit = Annotated[int, Query(ge=1, le=500, description="rows of a page")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="rows left out before the page")]
Shares = Annotated[list[str], Query(description="route shares as process:share, 0 to 1")]
Run = Annotated[float | None, Query(ge=0, le=1, description="utilisation of stated capacity, 0 to 1")]
Buys = Annotated[list[str], Query(description="purchases as material:amount in the material's unit")]


def _page(rows: Iterable[Any], out: Any, limit: int, offset: int) -> dict[str, Any]:
    found = list(rows)
    return {"count": len(found), "items": [out(row) for row in found[offset : offset + limit]]}


def _setting(request: HttpRequest, region: Region) -> Setting:
    """The scenario of a query; what cannot be read is an error here, not left out."""
    setting = setting_of(region, request.GET)
    if setting.problems:
        raise ApiError(422, "scenario", setting.problems[0])
    return setting


@router.get("/regions", response=list[schemas.RegionOut], tags=["regions"], summary="Regions")
def regions(request: HttpRequest) -> Any:
    """Every region that this console shows."""
    return [outputs.region(access.region(region_id)) for region_id in access.region_ids()]


@router.get("/regions/{region_id}", response=schemas.RegionOut, tags=["regions"], summary="One region")
def region(request: HttpRequest, region_id: Id) -> Any:
    """One region with its edition and hash."""
    return outputs.region(access.region(region_id))


@router.get("/regions/{region_id}/figures", response=page_schemas.FiguresPage, tags=["figures"], summary="Figures")
def figures(
    request: HttpRequest, region_id: Id, area: Word = "", indicator: Word = "", year: Year = None,
    limit: Limit = 100, offset: Offset = 0,
) -> Any:  # fmt: skip
    """Printed actual values."""
    of = access.region(region_id)
    rows = (
        f for f in of.figures.values()
        if area in ("", f.area) and indicator in ("", f.indicator) and year in (None, f.year)
    )  # fmt: skip
    return _page(rows, lambda f: outputs.figure(of, f), limit, offset)


@router.get("/regions/{region_id}/targets", response=page_schemas.TargetsPage, tags=["targets"], summary="Targets")
def targets(
    request: HttpRequest, region_id: Id, area: Word = "", indicator: Word = "", year: Year = None,
    limit: Limit = 100, offset: Offset = 0,
) -> Any:  # fmt: skip
    """Targets of the plans."""
    of = access.region(region_id)
    rows = (
        t for t in of.targets.values()
        if area in ("", t.area) and indicator in ("", t.indicator) and year in (None, t.year)
    )  # fmt: skip
    return _page(rows, lambda t: outputs.target(of, t), limit, offset)


@router.get("/regions/{region_id}/checks", response=page_schemas.FindingsPage, tags=["checks"], summary="Checks")
def checks(
    request: HttpRequest, region_id: Id, kind: FindingClass | None = None, limit: Limit = 100, offset: Offset = 0
) -> Any:
    """What the checks of figures and targets found, errors first."""
    order = list(FindingClass)
    rows = [f for f in access.findings(access.region(region_id)) if kind in (None, f.kind)]
    return _page(sorted(rows, key=lambda f: order.index(f.kind)), outputs.finding, limit, offset)


@router.get(
    "/regions/{region_id}/chain/requirements", response=schemas.RequirementsOut, tags=["chain"],
    summary="What a year requires",
)  # fmt: skip
def requirements(
    request: HttpRequest, region_id: Id, year: Year = None, share: Shares = [], utilisation: Run = None,  # noqa: B006
    buy: Buys = [],  # noqa: B006
) -> Any:  # fmt: skip
    """Balances, activities and burdens of a year."""
    of = access.region(region_id)
    setting = _setting(request, of)
    return outputs.requirements(access.requirements(of, setting.year, setting.scenario))


@router.get("/regions/{region_id}/chain/view", response=schemas.ViewOut, tags=["chain"], summary="The first page")
def view(
    request: HttpRequest, region_id: Id, year: Year = None, share: Shares = [], utilisation: Run = None,  # noqa: B006
    buy: Buys = [],  # noqa: B006
) -> Any:  # fmt: skip
    """Sentences, comparisons, sliders and flows for one setting."""
    of = access.region(region_id)
    setting = _setting(request, of)
    return outputs.view(access.plan_view(of, setting.year, setting.scenario), setting.scenario)


@router.get(
    "/regions/{region_id}/chain/origin/{key}", response=list[schemas.OriginOut], tags=["chain"],
    summary="Where an amount comes from",
)  # fmt: skip
def origin(
    request: HttpRequest, region_id: Id, key: Id, year: Year = None, share: Shares = [],  # noqa: B006
    utilisation: Run = None, buy: Buys = [],  # noqa: B006
) -> Any:  # fmt: skip
    """Both sides and the gap of a comparison, or need and arising of a material or burden."""
    of = access.region(region_id)
    setting = _setting(request, of)
    compared = {c.id for c in of.comparisons if c.year == setting.year}
    ask = access.answer_origins if key in compared else access.origins
    sides = ask(of, setting.year, setting.scenario, key)
    return [outputs.origin(side, found) for side, found in sides.items()]


@router.get(
    "/regions/{region_id}/library/materials", response=page_schemas.MaterialsPage, tags=["library"],
    summary="Materials",
)  # fmt: skip
def materials(request: HttpRequest, region_id: Id, category: Word = "", limit: Limit = 100, offset: Offset = 0) -> Any:
    """Materials of the library."""
    rows = (m for m in access.region(region_id).library.materials.values() if category in ("", m.category))
    return _page(rows, outputs.material, limit, offset)


@router.get(
    "/regions/{region_id}/library/materials/{material_id}", response=schemas.MaterialOut, tags=["library"],
    summary="One material",
)  # fmt: skip
def material(request: HttpRequest, region_id: Id, material_id: Id) -> Any:
    """One material with its contents."""
    return outputs.material(access.one(access.region(region_id).library.materials, material_id))


@router.get(
    "/regions/{region_id}/library/processes", response=page_schemas.ProcessesPage, tags=["library"],
    summary="Processes",
)  # fmt: skip
def processes(request: HttpRequest, region_id: Id, chain: Word = "", limit: Limit = 100, offset: Offset = 0) -> Any:
    """Processes of the library."""
    rows = (p for p in access.region(region_id).library.processes.values() if chain in ("", p.chain))
    return _page(rows, outputs.process, limit, offset)


@router.get(
    "/regions/{region_id}/library/processes/{process_id}", response=schemas.ProcessOut, tags=["library"],
    summary="One process",
)  # fmt: skip
def process(request: HttpRequest, region_id: Id, process_id: Id) -> Any:
    """One process with its flows, burdens and recoveries."""
    return outputs.process(access.one(access.region(region_id).library.processes, process_id))


@router.get("/regions/{region_id}/sources", response=list[schemas.DocumentOut], tags=["sources"], summary="Documents")
def sources(request: HttpRequest, region_id: Id) -> Any:
    """Documents that figures and targets come from."""
    return [outputs.document(d) for d in access.region(region_id).documents.values()]
