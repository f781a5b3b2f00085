"""Documents handed in, read again and withdrawn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from typing import Any, BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.refusals import Invalid, Refused
from oreflow.console.regions import access as regions
from oreflow.console.registers import attachments, parsing
from oreflow.core.provenance import Text

from . import access, tasks
from .models import Document, Item

MOST_FILES = 200
_ATTEMPTS = 3
_PICTURES = (".png", ".jpg", ".csv")
_UNFIT = re.compile(r"[^\w\u3400-\u9fff.-]+")


def add_document(
    viewer: Viewer, name: str, content: BinaryIO, *, region: str, title: str = "", issued: date | None = None,
    public: bool = False, edition_of: int | None = None, simplify: bool = False,
) -> Document:  # fmt: skip
    """Keep a file and have it read in the background.

    Parameters
    ----------
    name, content
        The file as it was handed in; what it is, its content says.
    region
        The region whose areas and indicators it speaks of.
    title, issued
        Where they are not given, the title is taken from the text.
    public
        Whether everybody who is signed in may see it.
    edition_of
        The document that this is another edition of.
    simplify
        Whether traditional characters are read as simplified ones.

    Raises
    ------
    Refused, Invalid, Http404
    """
    made = _kept(
        viewer, name, content, region=region, title=title, issued=issued, public=public, edition_of=edition_of,
        simplify=simplify,
    )  # fmt: skip
    transaction.on_commit(lambda: tasks.enqueue([made.pk]))
    return made


def add_documents(
    viewer: Viewer, files: Iterable[tuple[str, BinaryIO]], *, region: str, public: bool = False, simplify: bool = False
) -> tuple[list[Document], list[tuple[str, Text]]]:
    """Keep many files and have them read side by side; those that could not be kept come back with the reason.

    Raises
    ------
    Refused, Invalid
        Where nothing may be added at all.
    """
    _allow(viewer, region)
    made: list[Document] = []
    refused: list[tuple[str, Text]] = []
    for number, (name, content) in enumerate(files):
        if number >= MOST_FILES:
            refused.append((name, Text(f"一次最多 {MOST_FILES} 个文件。", f"At most {MOST_FILES} files at a time.")))
            continue
        try:
            made.append(_kept(viewer, name, content, region=region, public=public, simplify=simplify))
        except Invalid as error:
            refused.append((name, error.text))
    if made:
        ids = [d.pk for d in made]
        transaction.on_commit(lambda: tasks.enqueue(ids))
    return made, refused


def withdraw_document(viewer: Viewer, document_id: int, reason: str) -> Document:
    """Take a document away: it and its accepted values leave every list; bytes and history stay.

    Raises
    ------
    Http404, Refused, Invalid
    """
    with transaction.atomic():
        document = held(viewer, document_id)
        refusal = access.why_not_withdraw(viewer, document)
        if refusal is not None:
            raise Refused(refusal)
        accepted = Item.objects.filter(document=document, state=Item.State.ACCEPTED).exclude(register="").count()
        if accepted:
            raise Refused(
                Text(
                    f"有 {accepted} 条已采纳到登记册。请先撤销采纳，再撤回文件。",
                    f"{accepted} items stand in the registers. Open them again first, then withdraw the document.",
                )
            )
        document.withdrawn_at, document.withdrawn_reason = clock.now(), said(reason, needed=True)
        document.save(update_fields=("withdrawn_at", "withdrawn_reason"))
    return document


def read_again(viewer: Viewer, document_id: int) -> Document:
    """Have a document that could not be read, read once more.

    Raises
    ------
    Http404, Refused
    """
    with transaction.atomic():
        document = held(viewer, document_id)
        refusal = access.why_not_withdraw(viewer, document)
        if refusal is None and document.state != Document.State.FAILED:
            refusal = Text("只有未能读取的文件可以重新读取。", "Only a document that could not be read is read again.")
        if refusal is not None:
            raise Refused(refusal)
        document.state, document.progress, document.problem = Document.State.READING, 0, {}
        document.save(update_fields=("state", "progress", "problem"))
        transaction.on_commit(lambda: tasks.enqueue([document.pk]))
    return document


def publish(viewer: Viewer, document_id: int, *, public: bool) -> Document:
    """Let everybody who is signed in see a document, or its keeper's area alone.

    Raises
    ------
    Http404, Refused
    """
    with transaction.atomic():
        document = held(viewer, document_id)
        refusal = access.why_not_withdraw(viewer, document)
        if refusal is not None:
            raise Refused(refusal)
        document.public = public
        document.save(update_fields=("public",))
    return document


def held(viewer: Viewer, document_id: int) -> Document:
    """A document that the viewer sees, held until the transaction ends; 404 otherwise."""
    rows = access.visible_documents(viewer).select_for_update(of=("self",))
    document = rows.filter(pk=document_id).first()
    if document is None:
        raise Http404
    return document


def said(reason: str, *, needed: bool = False) -> str:
    """A reason as it is kept.

    Raises
    ------
    Invalid
    """
    try:
        text = parsing.text(str(reason).replace("\r\n", " ").replace("\n", " "), 500)
    except parsing.Unreadable as error:
        raise Invalid({"reason": error.text}) from error
    if needed and not text:
        raise Invalid({"reason": Text("请写明理由。", "Give a reason.")})
    return text


def _allow(viewer: Viewer, region: str) -> None:
    refusal = access.why_not_add(viewer)
    if refusal is not None:
        raise Refused(refusal)
    if region not in regions.region_ids():
        known = "、".join(regions.region_ids())
        raise Invalid(
            {"region": Text(f"没有这个区域。可选：{known}。", f"There is no such region. There are: {known}.")}
        )


def _kept(viewer: Viewer, name: str, content: BinaryIO, *, region: str, **given: Any) -> Document:
    _allow(viewer, region)
    title = _title(given.get("title", ""))
    before = given.get("edition_of")
    first = access.find_document(viewer, before) if before is not None else None
    if first is not None and first.region != region:
        raise Invalid({"edition_of": Text("两个版本须属于同一区域。", "Both editions must be of the same region.")})
    kept = attachments.keep(name, content, pages=True)
    if kept.name.endswith(_PICTURES):
        raise Invalid({"file": _NO_TEXT})
    organisation, now = viewer.organisation, clock.now()
    assert organisation is not None  # noqa: S101 - why_not_add has refused those without one
    simulated = bool(settings.OREFLOW_DEMONSTRATION or organisation.simulated)
    values: dict[str, Any] = {
        "organisation": organisation, "area_code": organisation.area_code, "region": region, "title": title,
        "issued": given.get("issued"), "public": bool(given.get("public")), "file_name": kept.name,
        "edition_of": (first.edition_of or first) if first is not None else None, "media_type": kept.media_type,
        "size": kept.size, "sha256": kept.sha256, "format": PurePath(kept.name).suffix.lstrip("."),
        "frame": {"simplify": True} if given.get("simplify") else {}, "simulated": simulated, "added_at": now,
        "added_by": viewer.user,
    }  # fmt: skip
    return _created(organisation, region, name, values)


def _created(organisation: Any, region: str, name: str, values: dict[str, Any]) -> Document:
    """The row, under a short name that nobody takes at the same moment."""
    for _attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                return Document.objects.create(key=_free_key(organisation, region, name), **values)
        except IntegrityError:
            continue
    raise Refused(Text("同名文件正在存入。请稍后再试。", "A file of this name is being added. Try again shortly."))


def _title(title: str) -> str:
    try:
        return parsing.text(title, 300)
    except parsing.Unreadable as error:
        raise Invalid({"title": error.text}) from error


def _free_key(organisation: Any, region: str, name: str) -> str:
    """A short name that no other document of the keeper bears: that of the file, numbered where it is taken."""
    stem = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    stem = _UNFIT.sub("-", PurePath(stem).stem).strip("-.")[:60] or "document"
    rows = Document.objects.filter(organisation=organisation, region=region, key__startswith=stem)
    taken = set(rows.values_list("key", flat=True))
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


_NO_TEXT = Text(
    "图片和 CSV 不是规划文本。请存入 TXT、DOCX、PDF（有文字层）、HTML 或 XLSX。",
    "Pictures and CSV hold no plan text. Add TXT, DOCX, PDF with a text layer, HTML or XLSX.",
)
