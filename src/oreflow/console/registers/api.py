"""The registers' part of the data interface: for each register the same addresses, made from its fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from ninja.responses import Status

from oreflow.console.api_ground import IfMatch, etag, needs, page, version_of
from oreflow.console.people.access import viewer_of
from oreflow.console.records import Door

from . import access, actions, api_files, api_imports, api_rows
from .api_schemas import LARGEST_ID, MOST_ROWS, SHAPES, EndIn, HistoryPage, RegisterOut, Shapes, singular
from .registry import REGISTERS
from .spec import Register

READ, WRITE = "registers:read", "registers:write"
DOOR = str(Door.API)
router = Router(tags=["registers"])

Id = Annotated[int, Path(ge=1, le=LARGEST_ID, description="id, as in the lists")]
Rows = Annotated[int, Query(ge=1, le=MOST_ROWS, description="rows of a page")]
After = Annotated[str, Query(max_length=2_000, description="`next` of the page before; empty for the first page")]


@router.get("/registers", response=list[RegisterOut], summary="Registers", operation_id="registers")
@needs(READ)
def registers(request: HttpRequest) -> Any:
    """Every register with its fields: what they mean, who keeps them, what waits for approval."""
    return [api_rows.register_out(register, viewer_of(request)) for register in REGISTERS.values()]


def mount(register: Register) -> None:
    """Put the addresses of a register on the router."""
    _mount_reading(register, SHAPES[register.key])
    _mount_writing(register, SHAPES[register.key])
    api_files.mount(router, register)
    api_imports.mount(router, register, SHAPES[register.key])


def typed(function: Callable[..., Any], **types: Any) -> Callable[..., Any]:
    """The function with the schemas of one register as the types of its parameters."""
    function.__annotations__.update(types)
    return function


def _mount_reading(register: Register, shapes: Shapes) -> None:
    base, name, many = f"/registers/{register.key}", singular(register.key), register.name.en.lower()

    @needs(READ)
    def rows(request: HttpRequest, asked: Any) -> Any:
        """The records within the caller's reach, filtered, searched and in order, page by page."""
        api_rows.check_names(request, set(shapes.asked.model_fields))
        viewer = viewer_of(request)
        found = page(
            api_rows.selected(register, viewer, asked), asked.sort, asked.limit, asked.cursor,
            query=api_rows.asked_as_text(asked),
        )  # fmt: skip
        return {"items": [api_rows.record_out(register, viewer, r) for r in found.items], "next": found.next}

    @needs(READ)
    def one(request: HttpRequest, response: HttpResponse, record_id: int) -> Any:
        """One record; the header ETag holds its version."""
        record = access.find(register, viewer_of(request), record_id)
        response.headers["ETag"] = etag(record.version)
        return api_rows.record_out(register, viewer_of(request), record)

    @needs(READ)
    def history(request: HttpRequest, record_id: int, limit: int = 100, cursor: str = "") -> Any:
        """Every change of a record: when, who, through which door, why, and what each field was and became."""
        record = access.find(register, viewer_of(request), record_id)
        return api_rows.history_page(register, viewer_of(request), record, limit, cursor)

    in_query: Any = Query(...)  # type: ignore[type-arg] # generic for type checkers only
    router.get(base, response=shapes.page, exclude_unset=True, summary=f"List {many}", operation_id=f"list{name}")(
        typed(rows, request=HttpRequest, asked=Annotated[shapes.asked, in_query])
    )
    router.get(
        f"{base}/{{int:record_id}}", response=shapes.out, exclude_unset=True, summary=f"One of the {many}",
        operation_id=f"read{name}",
    )(typed(one, request=HttpRequest, response=HttpResponse, record_id=Id))  # fmt: skip
    router.get(
        f"{base}/{{int:record_id}}/history", response=HistoryPage, summary=f"History of one of the {many}",
        operation_id=f"history{name}",
    )(typed(history, request=HttpRequest, record_id=Id, limit=Rows, cursor=After))  # fmt: skip


def _mount_writing(register: Register, shapes: Shapes) -> None:
    base, name, many = f"/registers/{register.key}", singular(register.key), register.name.en.lower()

    def answered(request: HttpRequest, response: HttpResponse, record_id: int) -> dict[str, Any]:
        record = access.find(register, viewer_of(request), record_id)
        response.headers["ETag"] = etag(record.version)
        return api_rows.record_out(register, viewer_of(request), record)

    @needs(WRITE)
    def create(request: HttpRequest, response: HttpResponse, given: Any) -> Any:
        """Add a record. Organisation, park and area are taken from the caller's organisation where left out."""
        values = api_rows.plain_given(given.model_dump(exclude_unset=True, exclude={"reason"}))
        record = actions.create(register, viewer_of(request), values, door=DOOR, reason=given.reason)
        response.headers["Location"] = f"/api{base}/{record.pk}"
        return Status(201, answered(request, response, record.pk))

    @needs(WRITE)
    def change(
        request: HttpRequest, response: HttpResponse, record_id: int, given: Any, if_match: str | None = None
    ) -> Any:
        """Change some fields. Those that need approval wait for the decision of the case that is named."""
        version = version_of(given.version, if_match)
        values = api_rows.plain_given(given.model_dump(exclude_unset=True, exclude={"reason", "version"}))
        changed = actions.change(
            register, viewer_of(request), record_id, version, values, door=DOOR, reason=given.reason
        )
        waiting = {key: asked["to"] for key, asked in changed.waiting.items()}
        return {"record": answered(request, response, record_id), "waiting": waiting, "case": changed.case_number}

    @needs(WRITE)
    def end(
        request: HttpRequest, response: HttpResponse, record_id: int, given: Any, if_match: str | None = None
    ) -> Any:
        """End a record's validity; it stays, with its history."""
        version = version_of(given.version, if_match)
        actions.end(register, viewer_of(request), record_id, version, given.on.isoformat(), given.reason, door=DOOR)
        return answered(request, response, record_id)

    both = {"request": HttpRequest, "response": HttpResponse}
    router.post(
        base, response={201: shapes.out}, exclude_unset=True, summary=f"Add to {many}", operation_id=f"create{name}"
    )(typed(create, **both, given=shapes.given))
    router.patch(
        f"{base}/{{int:record_id}}", response=shapes.changed, exclude_unset=True, summary=f"Change one of the {many}",
        operation_id=f"change{name}",
    )(typed(change, **both, record_id=Id, given=shapes.change, if_match=IfMatch))  # fmt: skip
    router.post(
        f"{base}/{{int:record_id}}/end", response=shapes.out, exclude_unset=True, summary=f"End one of the {many}",
        operation_id=f"end{name}",
    )(typed(end, **both, record_id=Id, given=EndIn, if_match=IfMatch))  # fmt: skip


for _register in REGISTERS.values():
    mount(_register)
