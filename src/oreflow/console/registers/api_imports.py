"""Exports and imports of the registers in the data interface: the same files and steps as on the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language
from ninja import File, Path, Query, Router, UploadedFile
from ninja.responses import Status

from oreflow.console.api_ground import needs, page
from oreflow.console.people.access import viewer_of

from . import api_rows, exporting, tasks
from .api_schemas import LARGEST_ID, MOST_ROWS, ImportLinePage, ImportRunOut, ImportRunPage, Shapes, Verdict, singular
from .imports import runs
from .models import ImportLine, ImportRun
from .spec import Register

READ, WRITE = "registers:read", "registers:write"
RunId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="id of the import")]
Upload = Annotated[UploadedFile, File(description="the filled template as .xlsx or .csv")]
Rows = Annotated[int, Query(ge=1, le=MOST_ROWS, description="rows of a page")]
After = Annotated[str, Query(max_length=2_000, description="`next` of the page before; empty for the first page")]
Only = Annotated[Verdict | None, Query(description="only rows of this verdict")]
CSV = {
    "responses": {
        200: {
            "description": "the table, with a byte-order mark and labels in the reader's language",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    }
}
router = Router(tags=["imports"])


def mount(of: Router, register: Register, shapes: Shapes) -> None:
    """Put export and upload of a register on its router."""
    name = singular(register.key)

    @needs(READ)
    def export(request: HttpRequest, asked: Any) -> Any:
        """The records as filtered, as CSV that can be imported again; data that may not leave is left out."""
        api_rows.check_names(request, set(shapes.exported.model_fields))
        rows = api_rows.selected(register, viewer_of(request), asked)
        language = "zh" if (get_language() or "en").startswith("zh") else "en"
        wanted = exporting.Export(register, viewer_of(request), rows, language)
        response = StreamingHttpResponse(exporting.csv_lines(wanted), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{register.key}.csv"'
        return response

    in_query: Any = Query(...)  # type: ignore[type-arg] # generic for type checkers only
    export.__annotations__.update(request=HttpRequest, asked=Annotated[shapes.exported, in_query])
    of.get(
        f"/registers/{register.key}/export", response={200: None}, summary=f"Export: {register.name.en}",
        operation_id=f"export{name}", openapi_extra=CSV,
    )(export)  # fmt: skip

    @of.post(
        f"/registers/{register.key}/imports", response={202: ImportRunOut}, summary=f"Upload: {register.name.en}",
        operation_id=f"import{name}",
    )  # fmt: skip
    @needs(WRITE)
    def upload(request: HttpRequest, response: HttpResponse, file: Upload) -> Any:
        """Upload a file; it is read and compared in the background, and nothing is written before it is asked for."""
        run = runs.start(register, viewer_of(request), file.name or "", file.read(), tasks.enqueue_preview)
        response.headers["Location"] = f"/api/imports/{run.pk}"
        return Status(202, _out(run))


@router.get("/imports", response=ImportRunPage, summary="Imports", operation_id="listImports")
@needs(READ)
def imports(request: HttpRequest, limit: Rows = 100, cursor: After = "") -> Any:
    """The imports that the caller started, the newest first."""
    cut = page(runs.visible_runs(viewer_of(request)), "-created_at", limit, cursor)
    return {"items": [_out(run) for run in cut.items], "next": cut.next}


@router.get("/imports/{int:run_id}", response=ImportRunOut, summary="One import", operation_id="readImport")
@needs(READ)
def one(request: HttpRequest, run_id: RunId) -> Any:
    """How far an import is, and what it would add and change."""
    return _out(runs.find(viewer_of(request), run_id))


@router.get(
    "/imports/{int:run_id}/lines", response=ImportLinePage, summary="Rows of an import", operation_id="listImportLines"
)
@needs(READ)
def lines(request: HttpRequest, run_id: RunId, verdict: Only = None, limit: Rows = 100, cursor: After = "") -> Any:
    """What each row of an upload would add or change, or what is wrong with it."""
    rows = ImportLine.objects.filter(run=runs.find(viewer_of(request), run_id))
    if verdict is not None:
        rows = rows.filter(verdict=verdict)
    cut = page(rows, "line", limit, cursor, query=f"{run_id} {verdict}")
    return {"items": [_line(row) for row in cut.items], "next": cut.next}


@router.post(
    "/imports/{int:run_id}/write", response=ImportRunOut, summary="Write an import", operation_id="writeImport"
)
@needs(WRITE)
def write(request: HttpRequest, run_id: RunId) -> Any:
    """Have a previewed import written, whole or not at all, in the background."""
    return _out(runs.order_write(viewer_of(request), run_id, tasks.enqueue_write))


@router.post(
    "/imports/{int:run_id}/again", response=ImportRunOut, summary="Compare an import anew", operation_id="againImport"
)
@needs(WRITE)
def again(request: HttpRequest, run_id: RunId) -> Any:
    """Compare an upload with the register as it stands now."""
    return _out(runs.again(viewer_of(request), run_id, tasks.enqueue_preview))


@router.post(
    "/imports/{int:run_id}/discard", response=ImportRunOut, summary="Discard an import", operation_id="discardImport"
)
@needs(WRITE)
def discard(request: HttpRequest, run_id: RunId) -> Any:
    """Give up an import that was not written."""
    return _out(runs.discard(viewer_of(request), run_id))


def _out(run: ImportRun) -> dict[str, Any]:
    names = (
        "id", "file_name", "state", "total", "adds", "changes", "same", "errors", "message", "created_at", "written_at"
    )  # fmt: skip
    return {name: getattr(run, name) for name in names} | {
        "register_key": run.register,
        "progress": runs.progress(run),
    }


def _line(row: ImportLine) -> dict[str, Any]:
    return {
        "line": row.line, "verdict": row.verdict, "record_id": row.record_id, "named": _named(row.values | row.before),
        "values": _plain(row.values), "before": _plain(row.before), "problems": row.problems,
    }  # fmt: skip


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if not key.startswith("_")}


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a row calls itself; kept with a mark before the field's name."""
    return {key[1:]: value for key, value in values.items() if key.startswith("_")}
