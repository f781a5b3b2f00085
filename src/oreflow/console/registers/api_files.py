"""Files of the registers in the data interface: what is kept with records."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Form, Path, Router, UploadedFile
from ninja.responses import Status

from oreflow.console.api_ground import needs
from oreflow.console.people.access import viewer_of

from . import access, actions, attachments
from .api_schemas import LARGEST_ID, AttachmentOut, RemoveIn, singular
from .spec import Register

READ, WRITE = "registers:read", "registers:write"
Id = Annotated[int, Path(ge=1, le=LARGEST_ID, description="id, as in the lists")]
Upload = Annotated[UploadedFile, File(description="PDF, PNG, JPG, XLSX, DOCX, CSV or TXT, judged by content")]
Note = Annotated[str, Form(max_length=200, description="what the file is")]
BINARY = {
    "responses": {
        200: {
            "description": "the bytes of the file",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


def mount(router: Router, register: Register) -> None:
    """Put the addresses of the files of a register's records on the router."""
    _mount_list(router, register)
    _mount_content(router, register)


def _mount_list(router: Router, register: Register) -> None:
    base, name = f"/registers/{register.key}/{{int:record_id}}/attachments", singular(register.key)

    @router.get(
        base, response=list[AttachmentOut], summary=f"Files: {register.name.en}", operation_id=f"list{name}Attachments"
    )
    @needs(READ)
    def files(request: HttpRequest, record_id: Id) -> Any:
        """The files kept with a record, without those that were removed."""
        record = access.find(register, viewer_of(request), record_id)
        return [_out(kept) for kept in access.attachments_of(register, record).filter(removed_at=None)]

    @router.post(
        base, response={201: AttachmentOut}, summary=f"Keep a file: {register.name.en}", operation_id=f"attach{name}"
    )
    @needs(WRITE)
    def attach(request: HttpRequest, response: HttpResponse, record_id: Id, file: Upload, note: Note = "") -> Any:
        """Keep a file with a record."""
        kept = actions.attach(register, viewer_of(request), record_id, file.name or "", file.file, note=note)
        response.headers["Location"] = f"/api/registers/{register.key}/{record_id}/attachments/{kept.pk}"
        return Status(201, _out(kept))


def _mount_content(router: Router, register: Register) -> None:
    one = f"/registers/{register.key}/{{int:record_id}}/attachments/{{int:attachment_id}}"
    name = singular(register.key)

    @router.get(
        one, response={200: None}, summary=f"Download a file: {register.name.en}",
        operation_id=f"download{name}Attachment", openapi_extra=BINARY,
    )  # fmt: skip
    @needs(READ)
    def download(request: HttpRequest, record_id: Id, attachment_id: Id) -> Any:
        """The bytes of a file, always as a download."""
        kept = access.attachment(register, viewer_of(request), record_id, attachment_id)
        response = FileResponse(attachments.path_of(kept.sha256).open("rb"), content_type="application/octet-stream")
        response.headers["Content-Length"] = str(kept.size)
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name)}"
        return response

    @router.post(
        f"{one}/remove", response=AttachmentOut, summary=f"Remove a file: {register.name.en}",
        operation_id=f"detach{name}",
    )  # fmt: skip
    @needs(WRITE)
    def remove(request: HttpRequest, record_id: Id, attachment_id: Id, given: RemoveIn) -> Any:
        """Take a file away from a record; that it was there, who removed it and why stays on record."""
        return _out(actions.detach(register, viewer_of(request), record_id, attachment_id, given.reason))


def _out(kept: Any) -> dict[str, Any]:
    shown = ("id", "name", "media_type", "size", "sha256", "note", "added_at")
    return {name: getattr(kept, name) for name in shown} | {"added_by": str(kept.added_by or "")}
