"""The reading desk's part of the data interface: documents, what was read in them, and the decisions about it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Path, Query, Router, UploadedFile
from ninja.responses import Status

from oreflow.console.api_ground import IfMatch, etag, needs, page, version_of
from oreflow.console.people.access import viewer_of
from oreflow.console.records import Door
from oreflow.console.refusals import Invalid
from oreflow.console.regions import access as regions

from . import access, actions, api_rows, packs, proposals
from .api_schemas import (
    LARGEST_ID,
    AcceptIn,
    AcceptManyIn,
    AddIn,
    BulkOut,
    CarryIn,
    ChecksOut,
    CorrectIn,
    DecisionOut,
    DocumentDetailOut,
    DocumentOut,
    DocumentsPage,
    DocumentTextOut,
    EditionsOut,
    ItemOut,
    ItemsOut,
    ItemsPage,
    Kind,
    MergeIn,
    ProposalOut,
    Reading,
    ReasonIn,
    SplitIn,
    State,
    UndoIn,
    UndoneOut,
    WithdrawIn,
)
from .models import Item

READ, WRITE = "documents:read", "documents:write"
DOOR = str(Door.API)
router = Router(tags=["documents"])
Id = Annotated[int, Path(ge=1, le=LARGEST_ID, description="id, as in the lists")]
Rows = Annotated[int, Query(ge=1, le=500, description="rows of a page")]
After = Annotated[str, Query(max_length=2_000, description="`next` of the page before; empty for the first page")]
Upload = Annotated[UploadedFile, File(description="TXT, DOCX, PDF with a text layer, HTML or XLSX, judged by content")]
BINARY = {
    "responses": {
        200: {
            "description": "the pack as a zip file",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.get("/documents", response=DocumentsPage, summary="List documents", operation_id="listDocuments")
@needs(READ)
def documents(
    request: HttpRequest,
    region: Annotated[str, Query(max_length=40, description="only of this region")] = "",
    state: Annotated[Reading | None, Query(description="only in this state")] = None,
    limit: Rows = 100,
    cursor: After = "",
) -> Any:
    """The documents within the caller's reach and the published ones, the newest first."""
    rows = access.listed_documents(viewer_of(request)).order_by()
    rows = rows.filter(region=region) if region else rows
    rows = rows.filter(state=state) if state else rows
    found = page(rows, "-added_at", limit, cursor, query=f"{region} {state}")
    return {"items": [api_rows.document_out(d) for d in found.items], "next": found.next}


@router.post("/documents", response={202: DocumentOut}, summary="Hand in a document", operation_id="addDocument")
@needs(WRITE)
def add_document(
    request: HttpRequest,
    response: HttpResponse,
    file: Upload,
    region: Annotated[str, Form(max_length=40, description="the region that it speaks of")],
    title: Annotated[str, Form(max_length=300, description="taken from the text where left out")] = "",
    issued: Annotated[date | None, Form(description="day of issue")] = None,
    public: Annotated[bool, Form(description="whether everybody who is signed in may see it")] = False,
    simplify: Annotated[bool, Form(description="read traditional characters as simplified ones")] = False,
    edition_of: Annotated[int | None, Form(ge=1, le=LARGEST_ID, description="the document it is an edition of")] = None,
) -> Any:
    """Keep a file; it is read in the background. Ask for the document until its state is no longer `reading`."""
    made = actions.add_document(
        viewer_of(request), file.name or "", file.file, region=region, title=title, issued=issued, public=public,
        simplify=simplify, edition_of=edition_of,
    )  # fmt: skip
    response.headers["Location"] = f"/api/documents/{made.pk}"
    return Status(202, api_rows.document_out(made))


@router.get("/documents/{int:document_id}", response=DocumentDetailOut, summary="One document",
            operation_id="readDocument")  # fmt: skip
@needs(READ)
def document(request: HttpRequest, document_id: Id) -> Any:
    """A document: how far it is read and decided about, or why it could not be read."""
    return api_rows.detail_out(access.find_document(viewer_of(request), document_id), viewer_of(request))


@router.get("/documents/{int:document_id}/text", response=DocumentTextOut, summary="Text of a document",
            operation_id="readDocumentText")  # fmt: skip
@needs(READ)
def text(request: HttpRequest, document_id: Id) -> Any:
    """The text whose characters all offsets count."""
    found = access.find_document(viewer_of(request), document_id)
    return {"text": found.text, "places": found.places, "outline": found.outline}


@router.post("/documents/{int:document_id}/withdraw", response=DocumentOut, summary="Withdraw a document",
             operation_id="withdrawDocument")  # fmt: skip
@needs(WRITE)
def withdraw(request: HttpRequest, document_id: Id, given: WithdrawIn) -> Any:
    """Take a document away; nothing of it may stand in the registers."""
    return api_rows.document_out(actions.withdraw_document(viewer_of(request), document_id, given.reason))


@router.post("/documents/{int:document_id}/read-again", response={202: DocumentOut}, summary="Read a document again",
             operation_id="readDocumentAgain")  # fmt: skip
@needs(WRITE)
def read_again(request: HttpRequest, document_id: Id) -> Any:
    """Have a document that could not be read, read once more."""
    return Status(202, api_rows.document_out(actions.read_again(viewer_of(request), document_id)))


@router.get("/documents/{int:document_id}/items", response=ItemsPage, by_alias=True, summary="Items of a document",
            operation_id="listItems")  # fmt: skip
@needs(READ)
def items(
    request: HttpRequest,
    document_id: Id,
    kind: Annotated[Kind | None, Query(description="only this kind")] = None,
    state: Annotated[State | None, Query(description="only in this state; split and merged ones only if named")] = None,
    at_least: Annotated[float, Query(ge=0, le=1, description="least confidence")] = 0,
    limit: Rows = 100,
    cursor: After = "",
) -> Any:
    """What was read in a document, in the order of its text."""
    viewer = viewer_of(request)
    rows = access.items_of(viewer, access.find_document(viewer, document_id), kind, state).order_by()
    found = page(rows.filter(confidence__gte=at_least), "start", limit, cursor,
                 query=f"{document_id} {kind} {state} {at_least}")  # fmt: skip
    return {"items": [api_rows.item_out(i) for i in found.items], "next": found.next}


@router.post("/documents/{int:document_id}/items", response={201: ItemOut}, by_alias=True, summary="Add an item",
             operation_id="addItem")  # fmt: skip
@needs(WRITE)
def add_item(request: HttpRequest, response: HttpResponse, document_id: Id, given: AddIn) -> Any:
    """Add what the reader missed, tied to characters of the text."""
    made = actions.add_item(viewer_of(request), document_id, given.kind, given.start, given.end, given.values)
    response.headers["Location"] = f"/api/items/{made.pk}"
    return Status(201, api_rows.item_out(made))


@router.post("/documents/{int:document_id}/accept", response=BulkOut, summary="Accept many items",
             operation_id="acceptItems")  # fmt: skip
@needs(WRITE)
def accept_many(request: HttpRequest, document_id: Id, given: AcceptManyIn) -> Any:
    """Accept all open items of a kind above a confidence; those that cannot stand come back with the reason."""
    done = actions.accept_many(viewer_of(request), document_id, kind=given.kind, at_least=given.at_least, door=DOOR)
    return api_rows.bulk_out(done)


@router.post("/documents/{int:document_id}/carry-over", response=BulkOut, summary="Repeat an edition's decisions",
             operation_id="carryOver")  # fmt: skip
@needs(WRITE)
def carry_over(request: HttpRequest, document_id: Id, given: CarryIn) -> Any:
    """Repeat the decisions about an earlier edition for the items that have not changed since."""
    return api_rows.bulk_out(actions.carry_over(viewer_of(request), document_id, given.edition, door=DOOR))


@router.get("/documents/{int:document_id}/diff/{int:other_id}", response=EditionsOut, summary="Two editions compared",
            operation_id="diffDocuments")  # fmt: skip
@needs(READ)
def diff(request: HttpRequest, document_id: Id, other_id: Id) -> Any:
    """What changed from the first document to the second, in items and in lines."""
    viewer = viewer_of(request)
    old, new = access.find_document(viewer, document_id), access.find_document(viewer, other_id)
    return api_rows.diff_out(viewer, old, new)


@router.get("/documents/{int:document_id}/checks", response=ChecksOut, summary="Checks of a document",
            operation_id="checkDocument")  # fmt: skip
@needs(READ)
def checks(request: HttpRequest, document_id: Id) -> Any:
    """Findings inside the document as corrected, and those of its region in which it takes part."""
    from oreflow.core.reading.checks import check_document

    from .pages import findings

    viewer = viewer_of(request)
    found = access.find_document(viewer, document_id)
    reading = findings.reading_of(found, list(access.items_of(viewer, found).exclude(state=Item.State.REJECTED)))
    shown = findings.in_region(viewer, found)
    return {
        "document": [api_rows.finding_out(f) for f in check_document(reading, found.text)],
        "region": [api_rows.finding_out(s.finding) for s in (*shown.shown, *shown.holding)],
    }


@router.get("/documents/{int:document_id}/pack.zip", response={200: None}, summary="Accepted figures as a pack",
            operation_id="exportDocumentPack", openapi_extra=BINARY)  # fmt: skip
@needs(READ)
def pack(request: HttpRequest, document_id: Id) -> HttpResponse:
    """The figures accepted from a document as a pack: a folder of plain tables in a zip file."""
    name, content = packs.document_pack(viewer_of(request), document_id)
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@router.get("/items/{int:item_id}", response=ItemOut, by_alias=True, summary="One item", operation_id="readItem")
@needs(READ)
def item(request: HttpRequest, response: HttpResponse, item_id: Id) -> Any:
    """One item; the header ETag holds its version."""
    return _answered(response, access.find_item(viewer_of(request), item_id))


@router.get("/items/{int:item_id}/proposal", response=ProposalOut, summary="What accepting would write",
            operation_id="readProposal")  # fmt: skip
@needs(READ)
def proposal(request: HttpRequest, item_id: Id) -> Any:
    """A figure in the terms of its region."""
    found = access.find_item(viewer_of(request), item_id)
    if found.kind != Item.Kind.STATEMENT:
        raise Invalid({"kind": api_rows.NOT_A_FIGURE})
    region = regions.region(found.document.region)
    return api_rows.proposal_out(proposals.propose(found, region), region)


@router.get("/items/{int:item_id}/decisions", response=list[DecisionOut], summary="Decisions about an item",
            operation_id="listDecisions")  # fmt: skip
@needs(READ)
def decisions(request: HttpRequest, item_id: Id) -> Any:
    """Every decision about an item, the newest first."""
    viewer = viewer_of(request)
    return [api_rows.decision_out(d) for d in access.decisions_of(viewer, access.find_item(viewer, item_id))]


@router.post("/items/{int:item_id}/accept", response=ItemOut, by_alias=True, summary="Accept an item",
             operation_id="acceptItem")  # fmt: skip
@needs(WRITE)
def accept(request: HttpRequest, response: HttpResponse, item_id: Id, given: AcceptIn, if_match: IfMatch = None) -> Any:
    """Accept an item into its register."""
    version = version_of(given.version, if_match)
    done = actions.accept(viewer_of(request), item_id, version, target=given.target, door=DOOR)
    return _answered(response, done)


@router.post("/items/{int:item_id}/correct", response=ItemOut, by_alias=True, summary="Correct an item",
             operation_id="correctItem")  # fmt: skip
@needs(WRITE)
def correct(
    request: HttpRequest, response: HttpResponse, item_id: Id, given: CorrectIn, if_match: IfMatch = None
) -> Any:
    """Change some values of an item."""
    version = version_of(given.version, if_match)
    return _answered(response, actions.correct(viewer_of(request), item_id, version, given.values, given.reason))


@router.post("/items/{int:item_id}/reject", response=ItemOut, by_alias=True, summary="Reject an item",
             operation_id="rejectItem")  # fmt: skip
@needs(WRITE)
def reject(request: HttpRequest, response: HttpResponse, item_id: Id, given: ReasonIn, if_match: IfMatch = None) -> Any:
    """Reject an item; the reason is needed."""
    version = version_of(given.version, if_match)
    return _answered(response, actions.reject(viewer_of(request), item_id, version, given.reason))


@router.post("/items/{int:item_id}/reopen", response=ItemOut, by_alias=True, summary="Open an item again",
             operation_id="reopenItem")  # fmt: skip
@needs(WRITE)
def reopen(request: HttpRequest, response: HttpResponse, item_id: Id, given: ReasonIn, if_match: IfMatch = None) -> Any:
    """Open a decided item again; what it became ends."""
    version = version_of(given.version, if_match)
    return _answered(response, actions.reopen(viewer_of(request), item_id, version, given.reason, door=DOOR))


@router.post("/items/{int:item_id}/split", response={201: ItemsOut}, by_alias=True, summary="Split an item",
             operation_id="splitItem")  # fmt: skip
@needs(WRITE)
def split(request: HttpRequest, item_id: Id, given: SplitIn, if_match: IfMatch = None) -> Any:
    """Put several items in the place of one."""
    version = version_of(given.version, if_match)
    made = actions.split(viewer_of(request), item_id, version, given.parts)
    return Status(201, {"items": [api_rows.item_out(i) for i in made]})


@router.post("/items/merge", response={201: ItemOut}, by_alias=True, summary="Merge items", operation_id="mergeItems")
@needs(WRITE)
def merge(request: HttpRequest, response: HttpResponse, given: MergeIn) -> Any:
    """Put one item in the place of several."""
    made = actions.merge(viewer_of(request), given.items, given.versions, given.values)
    response.headers["Location"] = f"/api/items/{made.pk}"
    return Status(201, api_rows.item_out(made))


@router.post("/items/undo", response=UndoneOut, summary="Take back a bulk decision", operation_id="undoBulk")
@needs(WRITE)
def undo(request: HttpRequest, given: UndoIn) -> Any:
    """Open the items of a bulk decision again, but for those decided about since."""
    return {"opened": actions.undo(viewer_of(request), given.batch, door=DOOR)}


def _answered(response: HttpResponse, item: Item) -> dict[str, Any]:
    response.headers["ETag"] = etag(item.version)
    return api_rows.item_out(item)
