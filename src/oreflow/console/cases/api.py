"""The cases' part of the data interface: cases, steps, notices and the summary of home."""

from __future__ import annotations

import json
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from ninja.responses import Status

from oreflow.console.api_ground import IfMatch, etag, needs, page, version_of
from oreflow.console.people.access import viewer_of
from oreflow.console.records import Door
from oreflow.console.refusals import Invalid
from oreflow.console.registers import access as registers
from oreflow.console.registers import actions as register_actions
from oreflow.console.registers.registry import REGISTERS
from oreflow.core.provenance import Text

from . import access, actions, api_rows, tables
from .api_schemas import (
    CaseDetailOut,
    CasesAsked,
    CasesPage,
    ChangeIn,
    EditIn,
    HomeOut,
    NoticesPage,
    SeenIn,
    SeenOut,
    StepIn,
)
from .models import CaseFile

READ, WRITE = "cases:read", "cases:write"
MOST = 100
router = Router(tags=["cases"])
Id = Annotated[int, Path(ge=1, le=access.BIGGEST_ID, description="id, as in the lists")]


@router.get("/cases", response=CasesPage, by_alias=True, summary="List cases", operation_id="listCases")
@needs(READ)
def cases(request: HttpRequest, asked: Annotated[CasesAsked, Query()]) -> Any:
    """The cases that the caller may see, filtered and in order, page by page."""
    given = asked.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"cursor", "limit", "sort"})
    rows = tables.filtered(viewer_of(request), {k: str(v) for k, v in given.items()})
    if asked.record_id is not None:
        rows = rows.filter(record_id=asked.record_id)
    column = tables.SORTS[asked.sort.lstrip("-")]
    sort = f"-{column}" if asked.sort.startswith("-") else column
    found = page(
        rows.select_related("organisation"), sort, asked.limit, asked.cursor, query=json.dumps(given, sort_keys=True)
    )
    return {"items": [api_rows.case_out(c) for c in found.items], "next": found.next}


@router.post(
    "/cases", response={201: CaseDetailOut}, by_alias=True, summary="Ask for a change", operation_id="openCase"
)
@needs(WRITE)
def open_case(request: HttpRequest, response: HttpResponse, given: ChangeIn) -> Any:
    """Ask for a change that needs a decision; fields that need none are changed at once, as the register does."""
    viewer = viewer_of(request)
    register = registers.register_of(given.register_)
    values = {k: v if isinstance(v, dict) else "" if v is None else str(v) for k, v in given.values.items()}
    direct = [k for k in values if k not in {f.key for f in register.fields if registers.needs_approval(f, viewer)}]
    if direct:
        said = Text(
            "这些字段的变更无须审批，请在登记册中修改。", "These fields need no decision: change them in the register."
        )
        raise Invalid(dict.fromkeys(direct, said))
    changed = register_actions.change(
        REGISTERS[register.key], viewer, given.record_id, given.version, values, door=str(Door.API), reason=given.note
    )
    if changed.case_number is None:
        raise Invalid({"values": Text("与现值相同，没有要变更的内容。", "Nothing differs from what stands.")})
    row = CaseFile.objects.get(number=changed.case_number)
    response.headers["Location"] = f"/api/cases/{row.pk}"
    return Status(201, _detail(request, response, row.pk))


@router.get("/cases/{int:case_id}", response=CaseDetailOut, by_alias=True, summary="One case", operation_id="readCase")
@needs(READ)
def case(request: HttpRequest, response: HttpResponse, case_id: Id) -> Any:
    """A case with its events, opinions, letters and what the caller may do; the header ETag holds its version."""
    return _detail(request, response, case_id)


@router.patch(
    "/cases/{int:case_id}", response=CaseDetailOut, by_alias=True, summary="Edit what is asked", operation_id="editCase"
)
@needs(WRITE)
def edit(request: HttpRequest, response: HttpResponse, case_id: Id, given: EditIn, if_match: IfMatch = None) -> Any:
    """Change what a draft, or a case waiting for supplements, asks for."""
    version = version_of(given.version, if_match)
    values = {k: v if isinstance(v, dict) else "" if v is None else str(v) for k, v in given.values.items()}
    actions.edit(viewer_of(request), case_id, version, values, note=given.note)
    return _detail(request, response, case_id)


@router.post(
    "/cases/{int:case_id}/steps/{slug:step}",
    response=CaseDetailOut,
    by_alias=True,
    summary="Take a step",
    operation_id="takeStep",
)
@needs(WRITE)
def take(
    request: HttpRequest, response: HttpResponse, case_id: Id, step: str, given: StepIn, if_match: IfMatch = None
) -> Any:
    """Take a step of a case: submit, accept, ask for opinions, approve, and so on, as its procedure has them."""
    version = version_of(given.version, if_match) if given.version is not None or if_match else None
    actions.take(
        viewer_of(request),
        case_id,
        step,
        reason=given.reason,
        bodies=given.bodies,
        agrees=given.agrees,
        version=version,
    )
    return _detail(request, response, case_id)


@router.get("/notices", response=NoticesPage, summary="List notices", operation_id="listNotices")
@needs(READ)
def notices(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str, Query(max_length=2_000)] = "",
) -> Any:
    """Tasks, reminders, escalations and results for the caller's roles, the newest first."""
    viewer = viewer_of(request)
    found = page(access.notices(viewer), "-at", limit, cursor)
    return {"items": api_rows.notices_out(viewer, found.items), "next": found.next}


@router.post("/notices/seen", response=SeenOut, summary="Mark notices as seen", operation_id="markNoticesSeen")
@needs(WRITE)
def seen(request: HttpRequest, given: SeenIn) -> Any:
    """Mark notices as seen by the caller."""
    return {"seen": actions.mark_seen(viewer_of(request), given.notices)}


@router.get("/home", response=HomeOut, by_alias=True, summary="What needs the caller", operation_id="home")
@needs(READ)
def home(request: HttpRequest) -> Any:
    """Counts of tasks and notices, and the ten tasks that are due first."""
    viewer = viewer_of(request)
    tasks = access.tasks(viewer).select_related("organisation")[:10]
    return {
        "tasks": access.count_tasks(viewer),
        "unseen": access.unseen(viewer).order_by()[:MOST].count(),
        "next_tasks": [api_rows.case_out(c) for c in tasks],
    }


def _detail(request: HttpRequest, response: HttpResponse, case_id: int) -> dict[str, Any]:
    row = access.find(viewer_of(request), case_id)
    response.headers["ETag"] = etag(row.version)
    return api_rows.detail_out(row, viewer_of(request))
