"""Three enterprises with rows in every model, each bearing its owner's mark in its texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.db.models import Model, Q, QuerySet

from oreflow.console import clock
from oreflow.console.cases.actions import take
from oreflow.console.cases.models import AskedBody, CaseEvent, CaseFile, Letter, Notice, NoticeSeen
from oreflow.console.operations.models import IdempotentAnswer
from oreflow.console.people.models import (
    ApiToken,
    Membership,
    OpenSession,
    Organisation,
    SecurityEvent,
    Succession,
    User,
)  # fmt: skip
from oreflow.console.reading.models import Decision, Document, Item
from oreflow.console.registers import actions, attachments
from oreflow.console.registers.models import (
    Attachment,
    Confirmation,
    Equipment,
    Facility,
    ImportLine,
    ImportRun,
    Licence,
    Product,
)  # fmt: skip
from oreflow.console.registers.plan_models import ChainLink, PlanClause, PlanProject, PlanTarget, PlanTask
from oreflow.console.registers.registry import REGISTERS

from .walk import MARKS
from .world import NOW, World

CLERKS = {"alpha": "clerk", "beta": "rival", "gamma": "far"}

PLANS: tuple[type[Model], ...] = (PlanTarget, ChainLink, PlanClause, PlanTask, PlanProject)

# whose a row is: the condition that finds an organisation's rows
OWNERS: dict[str, Callable[[Organisation], Q]] = {
    "Organisation": lambda o: Q(pk=o.pk),
    "HistoricalOrganisation": lambda o: Q(id=o.pk),
    "Succession": lambda o: Q(predecessor=o),
    "User": lambda o: Q(memberships__organisation=o),
    "Membership": lambda o: Q(organisation=o),
    "ApiToken": lambda o: Q(organisation=o),
    "OpenSession": lambda o: Q(user__memberships__organisation=o),
    "SecurityEvent": lambda o: Q(organisation=o),
    "Facility": lambda o: Q(organisation=o),
    "HistoricalFacility": lambda o: Q(organisation=o),
    "Equipment": lambda o: Q(organisation=o),
    "HistoricalEquipment": lambda o: Q(organisation=o),
    "Product": lambda o: Q(organisation=o),
    "HistoricalProduct": lambda o: Q(organisation=o),
    "Licence": lambda o: Q(organisation=o),
    "HistoricalLicence": lambda o: Q(organisation=o),
    "PlanTarget": lambda o: Q(organisation=o),
    "HistoricalPlanTarget": lambda o: Q(organisation=o),
    "ChainLink": lambda o: Q(organisation=o),
    "HistoricalChainLink": lambda o: Q(organisation=o),
    "PlanClause": lambda o: Q(organisation=o),
    "HistoricalPlanClause": lambda o: Q(organisation=o),
    "PlanTask": lambda o: Q(organisation=o),
    "HistoricalPlanTask": lambda o: Q(organisation=o),
    "PlanProject": lambda o: Q(organisation=o),
    "HistoricalPlanProject": lambda o: Q(organisation=o),
    "Document": lambda o: Q(organisation=o),
    "Item": lambda o: Q(document__organisation=o),
    "Decision": lambda o: Q(item__document__organisation=o),
    "Attachment": lambda o: Q(added_by__memberships__organisation=o),
    "Confirmation": lambda o: Q(organisation=o),
    "ImportRun": lambda o: Q(organisation=o),
    "ImportLine": lambda o: Q(run__organisation=o),
    "CaseFile": lambda o: Q(organisation=o),
    "CaseEvent": lambda o: Q(case__organisation=o),
    "AskedBody": lambda o: Q(case__organisation=o),
    "Letter": lambda o: Q(case__organisation=o),
    "Notice": lambda o: Q(case__organisation=o),
    "NoticeSeen": lambda o: Q(notice__case__organisation=o),
    "IdempotentAnswer": lambda o: Q(organisation=o),
}
SHARED = {
    "Park": "parks belong to several; what a viewer sees of them is tested with the registers",
    "HistoricalPark": "as parks",
    "Installation": "one row about the program",
    "Holiday": "public holidays",
    "Heartbeat": "the worker's and the scheduler's own",
    "Sequence": "running numbers",
}
# free texts of a model that bear the mark
TEXTS: dict[type[Model], tuple[str, ...]] = {
    Organisation: ("name", "name_en", "address", "representative", "phone"),
    User: ("name",),
    Membership: ("reason",),
    ApiToken: ("name",),
    OpenSession: ("agent",),
    Facility: ("name", "project_code"),
    Equipment: ("name", "model", "maker"),
    Product: ("name", "grade", "standard"),
    Licence: ("number", "subject", "issuer"),
    PlanTarget: ("name", "printed", "document"),
    ChainLink: ("name", "source_node", "target_node"),
    PlanClause: ("name", "attribute", "exceptions"),
    PlanTask: ("name", "lead", "progress"),
    PlanProject: ("name", "enterprise", "site"),
    Document: ("title",),
    Item: ("quote",),
    Decision: ("reason",),
    Attachment: ("name", "note"),
    ImportRun: ("file_name",),
    CaseFile: ("title", "note"),
    CaseEvent: ("reason",),
    Notice: ("text_zh", "text_en"),
}


def rows_of(model: type[Model], organisation: Organisation) -> QuerySet[Any]:
    """An organisation's rows of a model."""
    return model._default_manager.filter(OWNERS[model.__name__](organisation)).distinct()


def fill(world: World) -> None:
    """Rows of every model for each of the three, with marks."""
    for owner in MARKS:
        _mark(world, owner, (Organisation, User, Facility, Equipment, Product, Licence, *PLANS))
        with clock.at(NOW):
            _work(world, owner)
        _extra(world, owner)
        _mark(world, owner, tuple(TEXTS))
        _mark_histories(world, owner)


def _mark(world: World, owner: str, models: tuple[type[Model], ...]) -> None:
    for model in models:
        for row in rows_of(model, world.organisations[owner]):
            for name in TEXTS.get(model, ()):
                standing = getattr(row, name) or ""
                if MARKS[owner] not in standing:
                    longest = model._meta.get_field(name).max_length or 200
                    setattr(row, name, f"{standing[: longest - 20]} {MARKS[owner]}".strip())
            model._default_manager.filter(pk=row.pk).update(**{n: getattr(row, n) for n in TEXTS.get(model, ())})


def _mark_histories(world: World, owner: str) -> None:
    for model in (Organisation, Facility, Equipment, Product, Licence, *PLANS):
        for row in rows_of(model, world.organisations[owner]):
            row.refresh_from_db()
            row._change_reason = f"why {MARKS[owner]}"
            row.save()


def _work(world: World, owner: str) -> None:
    """A change case taken to joint review, so that it has events, letters, opinions and notices."""
    clerk = world.viewer(CLERKS[owner])
    machine = world.records[f"{owner}-equipment"]
    machine.refresh_from_db()
    if owner == "gamma":  # outside the city: the case waits as a draft with what the desk writes itself
        case = CaseFile.objects.create(
            number=f"{MARKS[owner]}-1", procedure="filing", title=machine.name, register="equipment",
            record_id=machine.pk, payload={"changes": {"size": {"from": "1200", "to": MARKS[owner]}}, "version": 1},
            organisation=world.organisations[owner], acceptor=world.organisations["elsewhere"],
            decider=world.organisations["elsewhere"], state="draft", opened_at=NOW, changed_at=NOW,
            opened_by=world.people[CLERKS[owner]], area_code=machine.area_code,
        )  # fmt: skip
        take(clerk, case.pk, "submit")
        event = case.events.get(step="submit")
        AskedBody.objects.create(case=case, event=event, organisation=world.organisations["elsewhere"])
    else:
        changed = actions.change(
            REGISTERS["equipment"], clerk, machine.pk, machine.version, {"size": "1300"}, door="page",
            reason=MARKS[owner],
        )  # fmt: skip
        case = CaseFile.objects.get(pk=changed.case_id)
        take(clerk, case.pk, "submit")
        take(world.viewer("acceptor"), case.pk, "accept")
        take(world.viewer("decider"), case.pk, "ask-opinions", bodies=[world.organisations["environment"].pk])
        take(world.viewer("environment"), case.pk, "give-opinion", reason=f"opinion {MARKS[owner]}", agrees=True)
    world.records[f"{owner}-case"] = case
    assert Letter.objects.filter(case=case).exists()


def _document(world: World, owner: str, sha256: str) -> None:
    """A document that was read, with a figure and a decision about it."""
    organisation, user, mark = world.organisations[owner], world.people[CLERKS[owner]], MARKS[owner]
    text = f"示例规划 {mark}\n\n到2025年，示例产能达到8万吨。\n"
    at = text.index("8万吨")
    document = Document.objects.create(
        organisation=organisation, area_code=organisation.area_code, region="panxi", key="plan", title=mark,
        file_name=f"{mark}.txt", media_type="text/plain", size=len(text.encode()), sha256=sha256, format="txt",
        text=text, text_sha256="0" * 64, state="ready", progress=100, added_at=NOW, added_by=user, read_at=NOW,
    )  # fmt: skip
    values = {"subject": f"示例产能 {mark}", "scope": "", "comparator": "=", "low": "8", "high": "8", "unit": "万吨",
              "year": 2025, "kind": "target"}  # fmt: skip
    item = Item.objects.create(
        document=document, kind="statement", start=at, end=at + 3, quote="8万吨", values=values, changed_at=NOW
    )
    Decision.objects.create(
        item=item, act="correct", before={}, after={"values": values}, reason=mark, at=NOW, by=user,
        organisation=organisation,
    )  # fmt: skip
    world.records[f"{owner}-document"], world.records[f"{owner}-item"] = document, item


def _extra(world: World, owner: str) -> None:
    organisation, user, mark = world.organisations[owner], world.people[CLERKS[owner]], MARKS[owner]
    machine = world.records[f"{owner}-equipment"]
    day = NOW + timedelta(days=30)
    for register, record_id in (("equipment", machine.pk), ("cases", world.records[f"{owner}-case"].pk)):
        kept = attachments.keep(f"{mark}.txt", BytesIO(f"text of {mark}".encode()))
        Attachment.objects.create(
            register=register, record_id=record_id, name=kept.name, media_type=kept.media_type, size=kept.size,
            sha256=kept.sha256, added_at=NOW, added_by=user,
        )  # fmt: skip
    _document(world, owner, kept.sha256)
    run = ImportRun.objects.create(
        register="equipment", organisation=organisation, user=user, file_name=f"{mark}.xlsx", sha256="0" * 64,
        state="preview", total=1, adds=1, created_at=NOW,
    )  # fmt: skip
    ImportLine.objects.create(run=run, line=2, verdict="add", values={"name": mark}, before={}, problems=[])
    world.records[f"{owner}-import"] = run
    Confirmation.objects.create(
        organisation=organisation, register="equipment", record_id=machine.pk, field="name", value_digest=mark,
        confirmed_at=NOW, by=user,
    )  # fmt: skip
    ApiToken.objects.create(
        user=user, organisation=organisation, name=mark, prefix=mark[:12], digest=mark, scopes=["registers:read"],
        created_at=NOW, expires_at=day,
    )  # fmt: skip
    OpenSession.objects.create(user=user, key_digest=mark, session_key=mark, agent=mark, started_at=NOW, seen_at=NOW)
    SecurityEvent.objects.create(
        at=NOW, actor=user, subject=user, organisation=organisation, act="export", detail={"register": mark}
    )
    Succession.objects.create(
        predecessor=organisation, successor=organisation, manner="rename", former_name=f"former {mark}",
        effective=NOW.date(), reason=mark, recorded_at=NOW, recorded_by=user,
    )  # fmt: skip
    IdempotentAnswer.objects.create(
        user=user, organisation=organisation, key=mark, request=mark, status=200, body={"name": mark}, at=NOW
    )
    notice = Notice.objects.filter(case__organisation=organisation).first()
    assert notice is not None
    NoticeSeen.objects.create(notice=notice, user=world.people["system"], at=NOW)
