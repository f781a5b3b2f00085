"""What an accepted item stands as in the registers: one record, or one for each link of a chain or limit of a clause.

An item's records bear numbers made from its own, so that accepting it again brings the same records back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.refusals import Invalid
from oreflow.console.registers import forms, saving
from oreflow.console.registers.plan_registry import CHAIN_LINKS, CLAUSES, PROJECTS, TARGETS, TASKS
from oreflow.console.registers.references import References
from oreflow.console.registers.spec import Register
from oreflow.core.provenance import Text
from oreflow.core.reading.packing import edges_of
from oreflow.core.region import Region

from . import proposals
from .models import Item
from .overdue import due_day

Kinds: Any = Item.Kind
REGISTER_OF: dict[str, Register] = {
    Kinds.STATEMENT: TARGETS, Kinds.CHAIN: CHAIN_LINKS, Kinds.CLAUSE: CLAUSES, Kinds.DUTY: TASKS,
    Kinds.PROJECT: PROJECTS,
}  # fmt: skip
SEPARATOR = "、"
SURE = 0.85  # how alike names must be to be taken for the same without a person's look


def values_of(
    item: Item, region: Region, target: Mapping[str, Any] | None = None, *, sure: bool = False
) -> list[dict[str, Any]]:
    """The plain values of the records that an item would become; `sure` takes no figure whose match is in doubt.

    Raises
    ------
    Invalid
        For a figure that cannot stand, naming the field where one is to blame.
    """
    if item.kind == Kinds.STATEMENT:
        return [_target(item, region, target, sure)]
    made = _MAKERS[item.kind](item.values) if item.kind in _MAKERS else []
    if target:
        if len(made) != 1:
            raise Invalid({"": Text("请先更正条目，再采纳。", "Correct the item itself, then accept it.")})
        made[0] |= dict(target)
    return made


def _target(item: Item, region: Region, given: Mapping[str, Any] | None, sure: bool) -> dict[str, Any]:
    strange = sorted(set(given or {}) - set(proposals.EDITABLE))
    if strange:
        known = ", ".join(proposals.EDITABLE)
        raise Invalid({strange[0][:60]: Text(f"没有这个字段。可填：{known}。", f"No such field. There are: {known}.")})
    proposal = proposals.propose(item, region, given)
    if proposal.refusal is not None:
        raise Invalid({"": proposal.refusal})
    if sure and proposal.match < SURE:
        raise Invalid({"": _joined_texts(proposal.doubts)})
    if proposal.year is None:
        raise Invalid({"year": Text("原文没有年份，请补填。", "The text gives no year; fill it in.")})
    return proposals.target_values(proposal, region)


def _joined_texts(texts: Sequence[Text]) -> Text:
    return Text("".join(t.zh for t in texts), " ".join(t.en for t in texts))


def _links(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    known = values.get("materials") or {}
    return [
        {
            "name": f"{a}—{b}"[:200], "source_node": a[:120], "target_node": b[:120],
            "source_material": known.get(a, ""), "target_material": known.get(b, ""),
            "chain_kind": str(values.get("kind") or "")[:40],
        }
        for a, b in edges_of(values)
    ]  # fmt: skip


def _clauses(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    common = {
        "name": _short(values.get("object") or values.get("category") or "—", 200),
        "category": _short(values.get("category"), 60), "exceptions": _joined(values.get("exceptions"), 400),
        "places": _joined(values.get("places"), 300), "times": _joined(values.get("times"), 200),
    }  # fmt: skip
    limits = values.get("limits") or [{}]
    return [common | _limit(limit) for limit in limits]


def _limit(limit: Mapping[str, Any]) -> dict[str, Any]:
    if not limit:
        return {}
    return {
        "attribute": _short(limit.get("attribute"), 120), "comparator": limit.get("comparator") or "",
        "value": limit.get("value") or "", "unit": _short(limit.get("unit"), 40),
        "inclusive": "yes" if limit.get("inclusive") else "no",
    }  # fmt: skip


def _tasks(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    deadline = _short(values.get("deadline"), 60)
    due = due_day(deadline)
    late = due is not None and due < clock.today()
    return [
        {
            "name": _short(values.get("task"), 200), "lead": _joined(values.get("lead"), 200),
            "support": _joined(values.get("support"), 400), "deadline": deadline,
            "due": due.isoformat() if due else "", "status": "overdue" if late else "open",
        }
    ]  # fmt: skip


def _projects(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": _short(values.get("name"), 200), "enterprise": _short(values.get("enterprise"), 200),
            "site": _short(values.get("site"), 200), "capacity": _short(values.get("capacity"), 120),
            "money": _short(values.get("money"), 80),
        }
    ]  # fmt: skip


_MAKERS: dict[str, Any] = {
    Kinds.CHAIN: _links, Kinds.CLAUSE: _clauses, Kinds.DUTY: _tasks, Kinds.PROJECT: _projects,
}  # fmt: skip


def _joined(parts: Any, longest: int) -> str:
    return _short(SEPARATOR.join(str(p) for p in parts or ()), longest)


def _short(text: Any, longest: int) -> str:
    written = " ".join(str(text or "").split())
    return written if len(written) <= longest else f"{written[: longest - 1]}…"


def write(
    item: Item,
    viewer: Viewer,
    made: list[dict[str, Any]],
    *,
    door: str,
    batch: str = "",
    found: References | None = None,
) -> list[int]:
    """Write the records of an item; their ids in order. Records that it no longer becomes are ended.

    Raises
    ------
    Invalid
    """
    register = REGISTER_OF[item.kind]
    found = found or References(viewer)
    ids = [
        _stand(
            register, item, viewer, f"{item.document_id}-{item.pk}{f'-{n}' if n else ''}", values, door, batch, found
        )
        for n, values in enumerate(made)
    ]
    _end_others(register, item, viewer, ids, door)
    return ids


def _stand(
    register: Register, item: Item, viewer: Viewer, number: str, values: dict[str, Any], door: str, batch: str,
    found: References,
) -> int:  # fmt: skip
    document, rows = item.document, register.model._default_manager
    record = rows.select_for_update(of=("self",)).filter(organisation=document.organisation_id, number=number).first()
    given = {**values, "number": number, "region": document.region}
    cleaned = forms.clean(register, viewer, given, None, found=found)
    if record is not None and register is TASKS:
        cleaned = {k: v for k, v in cleaned.items() if k not in ("status", "progress")}  # people keep these
    if record is None:
        record = register.model(created_at=clock.now(), version=0, simulated=document.simulated)
    for key, value in cleaned.items():
        setattr(record, key, value)
    record.organisation, record.area_code = document.organisation, document.area_code
    record.document, record.document_ref = document.title, document.pk
    record.start, record.end, record.item = item.start, item.end, item.pk
    record.valid_from, record.valid_to = record.valid_from or clock.today(), None
    saving.write(register, record, viewer.user, _acting(viewer), door=door, reason="采纳 / accepted", source=batch)
    return int(record.pk)


def _end_others(register: Register, item: Item, viewer: Viewer, kept: list[int], door: str) -> None:
    others = register.model._default_manager.filter(item=item.pk, valid_to=None).exclude(pk__in=kept)
    for record in others.select_for_update(of=("self",)):
        _end(register, record, viewer, door, "更正后不再有此项 / no longer after a correction")


def end(item: Item, viewer: Viewer, *, door: str, reason: str) -> None:
    """End what an item became, whoever changed it since."""
    register = REGISTER_OF.get(item.kind)
    if register is None:
        return
    for record in register.model._default_manager.filter(item=item.pk, valid_to=None).select_for_update(of=("self",)):
        _end(register, record, viewer, door, reason or "撤销采纳 / opened again")


def _end(register: Register, record: Any, viewer: Viewer, door: str, reason: str) -> None:
    record.valid_to = clock.today()
    saving.write(register, record, viewer.user, _acting(viewer), door=door, reason=reason)


def standing(item: Item) -> list[dict[str, Any]]:
    """What an accepted item stands as now, as plain values."""
    register = REGISTER_OF.get(item.kind)
    if register is None:
        return []
    rows = register.model._default_manager.filter(item=item.pk, valid_to=None).order_by("number")
    return [forms.plain_values(register, row) for row in rows]


def _acting(viewer: Viewer) -> str:
    return viewer.organisation.name if viewer.organisation else ""


__all__ = ["REGISTER_OF", "end", "standing", "values_of", "write"]
