"""The one door for reads of the reading desk: which documents and items a viewer sees, and what it may do.

A document is seen within reach of the authority that keeps it; a published one by everybody who is signed in.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from oreflow.console import clock
from oreflow.console.people.access import Breadth, Viewer, found, reach
from oreflow.console.people.models import AUTHORITIES, Role
from oreflow.console.registers.access import visible_to
from oreflow.console.registers.plan_models import PlanTask
from oreflow.console.registers.plan_registry import TASKS
from oreflow.core.provenance import Text

from .models import Decision, Document, Item

LARGE = ("text", "places", "grids", "outline", "tables")


def visible_documents(viewer: Viewer) -> QuerySet[Document]:
    """The documents that a viewer sees, newest first; withdrawn ones are gone."""
    rows = Document.objects.filter(withdrawn_at=None).select_related("organisation", "added_by")
    rows = rows.order_by("-added_at", "-pk")
    if viewer.breadth is Breadth.NOTHING and viewer.user is None:
        return rows.none()
    condition = reach(viewer, owner="organisation", park="organisation__park")
    if condition == Q():
        return rows
    seen = Q(public=True)
    if condition is not None:
        seen |= condition
    if viewer.organisation is not None:
        seen |= Q(organisation=viewer.organisation)
    return rows.filter(seen)


def listed_documents(viewer: Viewer) -> QuerySet[Document]:
    """The same without the columns that hold whole texts: for lists."""
    return visible_documents(viewer).defer(*LARGE)


def find_document(viewer: Viewer, document_id: int) -> Document:
    """One document, or 404: absent and forbidden answer alike."""
    return found(visible_documents(viewer), pk=document_id)


def items_of(viewer: Viewer, document: Document, kind: str | None = None, state: str | None = None) -> QuerySet[Item]:
    """The items of a document in the order of its text; nothing of a document that the viewer does not see.

    Items that were split or merged are left out unless `state` asks for them.
    """
    rows = Item.objects.filter(document=document, document__in=visible_documents(viewer).values("pk"))
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.filter(state=state) if state else rows.exclude(state=Item.State.REPLACED)
    return rows.order_by("start", "id")


def find_item(viewer: Viewer, item_id: int) -> Item:
    """One item with its document, or 404."""
    rows = Item.objects.filter(document__in=visible_documents(viewer).order_by().values("pk"))
    return found(rows.select_related("document", "document__organisation"), pk=item_id)


def decisions_of(viewer: Viewer, item: Item) -> QuerySet[Decision]:
    """What was decided about an item, newest first."""
    rows = Decision.objects.filter(item=item, item__document__in=visible_documents(viewer).order_by().values("pk"))
    return rows.select_related("by", "organisation").order_by("-at", "-pk")


def editions_of(viewer: Viewer, document: Document) -> QuerySet[Document]:
    """All editions of the same plan that the viewer sees, newest first, this one included."""
    first = document.edition_of_id or document.pk
    return listed_documents(viewer).filter(Q(pk=first) | Q(edition_of=first))


def why_not_add(viewer: Viewer) -> Text | None:
    """Why a viewer may not hand in documents; None where it may."""
    if viewer.user is None or viewer.organisation is None or viewer.organisation.kind not in AUTHORITIES:
        return Text(
            "规划文件由主管部门或园区管委会存入。请以其经办人员身份登录。",
            "Plans are kept by authorities and park committees. Sign in as a clerk of one.",
        )
    if not viewer.has(Role.CLERK, Role.DECIDER):
        return Text(
            "存入文件须有经办或决定权限。请联系本单位管理员。",
            "Handing in documents needs the role of clerk or decider. Ask your administrator.",
        )
    return None


def why_not_decide(viewer: Viewer, document: Document) -> Text | None:
    """Why a viewer may not decide about a document's items; None where it may."""
    refusal = why_not_add(viewer)
    if refusal is not None:
        return refusal
    if viewer.organisation is None or document.organisation_id != viewer.organisation.pk:
        keeper = document.organisation.name
        return Text(f"此文件由{keeper}保管，由其审核采纳。", f"{keeper} keeps this document and decides about it.")
    if document.state != Document.State.READY:
        return Text(
            "文件尚未读完，暂不能审核。读完后请刷新页面。",
            "The document has not been read yet. Load the page again when it is.",
        )
    if document.withdrawn_at is not None:
        return Text("文件已撤回，不能再审核。", "The document was withdrawn; nothing can be decided about it.")
    return None


def why_not_withdraw(viewer: Viewer, document: Document) -> Text | None:
    """Why a viewer may not withdraw a document; None where it may."""
    refusal = why_not_add(viewer)
    if refusal is not None or viewer.organisation is None or document.organisation_id == viewer.organisation.pk:
        return refusal
    keeper = document.organisation.name
    return Text(f"此文件由{keeper}保管，由其撤回。", f"{keeper} keeps this document and alone may withdraw it.")


def tasks_of(viewer: Viewer, body: str) -> QuerySet[PlanTask]:
    """Every task that a body leads or co-operates in, of all plans that the viewer sees, the next due first."""
    name = body.strip().replace("|", "")
    rows = visible_to(TASKS, viewer, clock.today()).filter(bodies__contains=f"|{name}|") if name else None
    return PlanTask.objects.none() if rows is None else rows.order_by(F("due").asc(nulls_last=True), "pk")
