"""The registers of what was accepted from plans."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from oreflow.core.provenance import Text
from oreflow.core.quantity import QuantityError
from oreflow.core.quantity import basis as basis_of
from oreflow.core.quantity import unit as unit_of
from oreflow.core.region import Comparator

from .plan_models import ChainLink, PlanClause, PlanProject, PlanTarget, PlanTask
from .spec import Field, FieldKind, Owner, Register

_YEAR = re.compile(r"(1[89]|2[01])\d{2}", re.ASCII)
_ID = re.compile(r"[a-z0-9._-]{1,80}", re.ASCII)
_FROM_A_YEAR = ("average-growth", "cumulative")
_READ = Text("规划原文", "read in the plan")
_COMPARATORS = tuple(
    (c.value, Text(zh, en))
    for c, zh, en in (
        (Comparator.EQUAL, "等于", "equal to"), (Comparator.AT_LEAST, "不低于", "at least"),
        (Comparator.MORE, "高于", "more than"), (Comparator.AT_MOST, "不超过", "at most"),
        (Comparator.LESS, "低于", "less than"), (Comparator.ABOUT, "约", "about"),
        (Comparator.BETWEEN, "介于", "between"),
    )
)  # fmt: skip


def _field(key: str, zh: str, en: str, kind: FieldKind = FieldKind.TEXT, **more: Any) -> Field:
    return Field(key, Text(zh, en), kind, owner=Owner.PARK, source=_READ, **more)


def _kept(key: str, zh: str, en: str, kind: FieldKind = FieldKind.TEXT, **more: Any) -> Field:
    """What leads back to the text: set when something is accepted, never by hand."""
    return Field(key, Text(zh, en), kind, owner=Owner.SYSTEM, source=_READ, **{"listed": False, **more})


_NUMBER = _field("number", "编号", "Number", required=True, searched=True, listed=False)
_ORGANISATION = Field(
    "organisation", Text("保管单位", "Kept by"), FieldKind.ORGANISATION, required=True, filterable=True,
    owner=Owner.SYSTEM, listed=False, source=Text("文件的保管单位", "keeper of the document"),
)  # fmt: skip
_AREA_CODE = Field(
    "area_code",
    Text("行政区", "Administrative area"),
    FieldKind.AREA,
    required=True,
    filterable=True,
    listed=False,
    owner=Owner.PARK,
)
_REGION = _field("region", "区域", "Region", filterable=True, listed=False)
_ANCHOR = (
    _kept("document", "文件", "Document", searched=True, listed=True),
    _kept("start", "起始字符", "From character", FieldKind.INTEGER),
    _kept("end", "终止字符", "To character", FieldKind.INTEGER),
    _kept("item", "读取条目", "Item", FieldKind.INTEGER),
)
_TAIL = (_NUMBER, _REGION, _ORGANISATION, _AREA_CODE, *_ANCHOR)


def _target_rules(values: Mapping[str, Any]) -> Mapping[str, Text]:
    problems = dict(_unit_rules(values))
    for key in ("year", "from_year"):
        if values.get(key) and not _YEAR.fullmatch(str(values[key])):
            problems[key] = Text("年份须为四位数字，如 2025。", "Write the year in four digits, such as 2025.")
    for key in ("area", "indicator"):
        if values.get(key) and not _ID.fullmatch(str(values[key])):
            problems[key] = Text(
                "编号只能用小写字母、数字、点、横线和下划线。", "An id has lower-case letters, digits, . - and _ only."
            )
    if values.get("form") in _FROM_A_YEAR and values.get("kind") != "actual" and not values.get("from_year"):
        problems["from_year"] = Text(
            "增长或累计目标须填起始年。", "A growth or cumulative target needs its first year."
        )
    if not problems and values.get("from_year") and str(values["from_year"]) > str(values.get("year")):
        problems["from_year"] = Text("起始年晚于目标年。请更正其中之一。", "The first year is after the target's year.")
    return problems | _value_rules(values)


def _value_rules(values: Mapping[str, Any]) -> dict[str, Text]:
    ranged, upper, value = values.get("comparator") == "between", values.get("upper"), values.get("value")
    if value is None:
        return {"value": Text("须填数值。", "Give the value.")}
    if ranged and (upper is None or upper <= value):
        return {"upper": Text("“介于”须填大于下界的上界。", "“Between” needs an upper end above the lower one.")}
    if not ranged and upper is not None:
        return {"upper": Text("只有“介于”才有上界。", "Only “between” has an upper end.")}
    return {}


def _unit_rules(values: Mapping[str, Any]) -> Mapping[str, Text]:
    problems = {}
    for key, read in (("unit", unit_of), ("basis", basis_of)):
        try:
            if values.get(key):
                read(str(values[key]))
        except QuantityError as error:
            problems[key] = Text(error.zh, error.en)
    return problems


_KIND = _field("kind", "类别", "Kind", FieldKind.CHOICE, choices=tuple(PlanTarget.Kind.choices), required=True,
               filterable=True)  # fmt: skip

TARGETS = Register(
    "targets", PlanTarget, Text("规划指标", "Plan figures"),
    Text("从规划中采纳的目标、门槛与现状值，均可回到原文。",
         "Targets, thresholds and actual values accepted from plans; each leads back to its words."),
    "targets",
    (
        _field("name", "指标名称", "Indicator name", required=True, sortable=True, searched=True),
        _field("area_name", "范围名称", "Area name", searched=True),
        _field("year", "年份", "Year", required=True, sortable=True),
        _field("comparator", "关系", "Comparator", FieldKind.CHOICE, choices=_COMPARATORS, required=True),
        _field("value", "数值", "Value", FieldKind.DECIMAL, sortable=True, decimals=8, minimum=None),
        _field("upper", "上界", "Upper end", FieldKind.DECIMAL, decimals=8, minimum=None, listed=False),
        _field("unit", "单位", "Unit", required=True),
        _field("form", "类型", "Form", FieldKind.CHOICE, choices=tuple(PlanTarget.Form.choices), required=True,
               filterable=True),
        _KIND,
        _field("binding", "约束性", "Binding", FieldKind.CHOICE, choices=tuple(PlanTarget.Binding.choices),
               required=True, listed=False),
        _field("basis", "口径", "Basis", listed=False),
        _field("from_year", "起始年", "From year", listed=False),
        _field("printed", "原文", "As printed", searched=True, listed=False),
        _field("area", "范围编号", "Id of the area", required=True, listed=False),
        _field("indicator", "指标编号", "Id of the indicator", required=True, listed=False),
        _field("product", "物料", "Product", FieldKind.MATERIAL, listed=False),
        _field("base", "基数", "Starts from", listed=False),
        _field("decimals", "印刷小数位", "Decimals printed", FieldKind.INTEGER, listed=False),
        *_TAIL,
    ),
    ("organisation", "number"), "year", creators=(Owner.PARK, Owner.BUREAU), checks=(_target_rules,),
)  # fmt: skip
CHAIN_LINKS = Register(
    "chain-links", ChainLink, Text("产业链环节", "Chain links"),
    Text("规划所画产业链的每一步。", "Every step of the industry chains that plans draw."),
    "chain",
    (
        _field("source_node", "从", "From", required=True, sortable=True, searched=True),
        _field("target_node", "到", "To", required=True, sortable=True, searched=True),
        _field("source_material", "前物料", "Material before", FieldKind.MATERIAL, filterable=True),
        _field("target_material", "后物料", "Material after", FieldKind.MATERIAL, filterable=True),
        _field("chain_kind", "链的种类", "Kind of chain"),
        _field("name", "环节", "Link", required=True, sortable=True, searched=True, listed=False),
        *_TAIL,
    ),
    ("organisation", "number"), "name", creators=(Owner.PARK, Owner.BUREAU),
)  # fmt: skip
CLAUSES = Register(
    "clauses", PlanClause, Text("准入条款", "Clauses"),
    Text("负面清单与准入条件的限值与例外。", "Limits and exceptions of negative lists and entry conditions."),
    "checks",
    (
        _field("name", "对象", "Object", required=True, sortable=True, searched=True),
        _field("category", "类别", "Category", filterable=True, searched=True),
        _field("attribute", "属性", "Attribute", sortable=True, searched=True),
        _field("comparator", "关系", "Comparator", FieldKind.CHOICE, choices=_COMPARATORS),
        _field("value", "限值", "Limit", FieldKind.DECIMAL, sortable=True, decimals=8, minimum=None),
        _field("unit", "单位", "Unit"),
        _field("inclusive", "含端点", "End included", FieldKind.CHOICE,
               choices=(("yes", Text("含", "included")), ("no", Text("不含", "excluded")))),
        _field("exceptions", "例外", "Exceptions", searched=True, listed=False),
        _field("places", "适用地区", "Places", listed=False),
        _field("times", "适用时间", "Times", listed=False),
        *_TAIL,
    ),
    ("organisation", "number"), "name", creators=(Owner.PARK, Owner.BUREAU), checks=(_unit_rules,),
)  # fmt: skip
TASKS = Register(
    "tasks", PlanTask, Text("规划任务", "Plan tasks"),
    Text("规划任务的牵头与配合单位、时限与进展。", "Tasks of plans: who leads, who co-operates, by when, how far."),
    "tasks",
    (
        _field("name", "任务", "Task", required=True, sortable=True, searched=True),
        _field("lead", "牵头单位", "Leading body", sortable=True, searched=True),
        _field("support", "配合单位", "Co-operating bodies", searched=True),
        _field("deadline", "时限", "Deadline as printed", listed=False),
        _field("due", "截止日期", "Due", FieldKind.DATE, sortable=True),
        _field("status", "状态", "Status", FieldKind.CHOICE, choices=tuple(PlanTask.Status.choices), required=True,
               filterable=True),
        _field("progress", "进展", "Progress", searched=True),
        *_TAIL,
    ),
    ("organisation", "number"), "due", creators=(Owner.PARK, Owner.BUREAU),
)  # fmt: skip
PROJECTS = Register(
    "projects", PlanProject, Text("规划项目", "Plan projects"),
    Text("规划点名的项目。", "Projects that plans name."),
    "facility",
    (
        _field("name", "项目", "Project", required=True, sortable=True, searched=True),
        _field("enterprise", "企业", "Enterprise", sortable=True, searched=True),
        _field("site", "园区或地点", "Park or place", searched=True),
        _field("capacity", "规模", "Capacity"),
        _field("money", "投资", "Money"),
        *_TAIL,
    ),
    ("organisation", "number"), "name", creators=(Owner.PARK, Owner.BUREAU),
)  # fmt: skip

PLAN_REGISTERS = (TARGETS, CHAIN_LINKS, CLAUSES, TASKS, PROJECTS)
