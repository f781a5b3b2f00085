"""The registers there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from oreflow.console.people.models import AUTHORITIES, ENTERPRISES, Duty, Kind, Organisation, Park, ParkLevel
from oreflow.core.provenance import Text

from .models import Equipment, Facility, FacilityKind, Licence, LicenceKind, Product, Status
from .plan_registry import PLAN_REGISTERS
from .spec import DataClass, Field, FieldKind, Owner, Register

_ORGANISATION = Field(
    "organisation", Text("单位", "Organisation"), FieldKind.ORGANISATION, required=True, filterable=True,
    owner=Owner.SYSTEM, source=Text("统一社会信用代码登记", "register of unified social credit codes"),
)  # fmt: skip
_PARK = Field("park", Text("园区", "Park"), FieldKind.PARK, filterable=True, owner=Owner.PARK)
_AREA = Field("area_code", Text("所在地", "Area"), FieldKind.AREA, required=True, filterable=True)
_STATUS = Field(
    "status", Text("状态", "Status"), FieldKind.CHOICE, choices=tuple(Status.choices), required=True, filterable=True,
    sortable=True,
)  # fmt: skip
_FACILITY = Field("facility", Text("所属设施", "Facility"), FieldKind.FACILITY, listed=False)
_NUMBER = Field("number", Text("编号", "Number"), required=True, sortable=True, searched=True)
_NAME = Field("name", Text("名称", "Name"), required=True, sortable=True, searched=True)


def _dates(values: Mapping[str, Any]) -> Mapping[str, Text]:
    start, end = values.get("commissioned"), values.get("retired")
    if start and end and end < start:
        return {
            "retired": Text(
                f"退役日期 {end} 早于投用日期 {start}。请更正其中之一。",
                f"Retired on {end}, before it was commissioned on {start}. Correct one of the two.",
            )
        }
    if values.get("status") == Status.RETIRED and not end:
        return {
            "retired": Text(
                "状态为“退役”时须填退役日期。", "A retired machine or facility needs the date of its retirement."
            )
        }
    return {}


def _licence_dates(values: Mapping[str, Any]) -> Mapping[str, Text]:
    issued, expires = values.get("issued"), values.get("expires")
    if issued and expires and expires < issued:
        return {
            "expires": Text(
                f"有效期至 {expires} 早于发证日期 {issued}。请更正其中之一。",
                f"It expires on {expires}, before it was issued on {issued}. Correct one of the two.",
            )
        }
    return {}


def _own_parent(values: Mapping[str, Any]) -> Mapping[str, Text]:
    parent = values.get("parent")
    if parent is not None and getattr(parent, "kind", Kind.GROUP) != Kind.GROUP:
        return {"parent": Text("所属集团须是集团类单位。", "The group must be an organisation of kind group.")}
    return {}


def _kept_by_the_installation(*fields: Field) -> tuple[Field, ...]:
    """An authority's kind, duty, area and park say how far it sees: it must not set them itself."""
    own = ("name_en", "phone")
    return tuple(f if f.key in own else replace(f, owner=Owner.SYSTEM, approval=False) for f in fields)


def _organisation_fields(kinds: tuple[Any, ...], *, enterprise: bool) -> tuple[Field, ...]:
    land = frozenset({Duty.RESOURCES, Duty.INDUSTRY, Duty.PLANNING})
    money = frozenset({Duty.TAXATION, Duty.FINANCE, Duty.STATISTICS, Duty.INDUSTRY})
    safety = frozenset({Duty.EMERGENCY, Duty.INDUSTRY})
    common = (
        Field("name", Text("单位名称", "Name"), required=True, sortable=True, searched=True, approval=True,
              source=Text("营业执照", "business licence")),
        Field("uscc", Text("统一社会信用代码", "Unified social credit code"), FieldKind.USCC, required=enterprise,
              sortable=True, searched=True, owner=Owner.BUREAU, source=Text("营业执照", "business licence")),
        Field("kind", Text("类型", "Kind"), FieldKind.CHOICE, choices=tuple((k.value, k.label) for k in kinds),
              required=True, filterable=True, sortable=True, owner=Owner.BUREAU),
        _AREA,
        Field("name_en", Text("英文名称", "English name"), listed=False, searched=True),
    )  # fmt: skip
    if not enterprise:
        return _kept_by_the_installation(
            *common,
            Field("duty", Text("职责", "Duty"), FieldKind.CHOICE, choices=tuple(Duty.choices), filterable=True),
            _PARK,
            Field("phone", Text("电话", "Telephone"), listed=False),
        )  # fmt: skip
    return (
        *common,
        Field("industry_code", Text("行业", "Industry"), FieldKind.INDUSTRY, filterable=True, approval=True,
              source=Text("国民经济行业分类 GB/T 4754—2017", "industry classification GB/T 4754-2017")),
        _PARK,
        Field("parent", Text("所属集团", "Group"), FieldKind.ORGANISATION, listed=False, owner=Owner.BUREAU),
        Field("address", Text("地址", "Address"), listed=False),
        Field("representative", Text("法定代表人", "Legal representative"), listed=False, approval=True,
              source=Text("营业执照", "business licence"), data_class=DataClass.IMPORTANT),
        Field("phone", Text("电话", "Telephone"), listed=False, data_class=DataClass.IMPORTANT),
        Field("employees", Text("职工人数", "Employees"), FieldKind.INTEGER, unit="人", sortable=True,
              duties=frozenset({Duty.STATISTICS, Duty.INDUSTRY, Duty.EMERGENCY})),
        Field("land_area", Text("用地面积", "Land area"), FieldKind.DECIMAL, unit="亩", sortable=True, owner=Owner.PARK,
              duties=land, source=Text("不动产权证书", "land certificate")),
        Field("revenue", Text("年营业收入", "Annual revenue"), FieldKind.DECIMAL, unit="万元", listed=False,
              duties=money,
              data_class=DataClass.IMPORTANT, decimals=2),
        Field("tax", Text("年缴税额", "Annual tax paid"), FieldKind.DECIMAL, unit="万元", listed=False, duties=money,
              owner=Owner.BUREAU, data_class=DataClass.IMPORTANT, decimals=2),
        Field("hazard_level", Text("安全风险等级", "Safety risk level"), FieldKind.CHOICE,
              choices=(("red", Text("红", "red")), ("orange", Text("橙", "orange")), ("yellow", Text("黄", "yellow")),
                       ("blue", Text("蓝", "blue"))),
              listed=False, duties=safety, owner=Owner.BUREAU, source=Text("安全风险评估", "safety risk assessment")),
    )  # fmt: skip


_LIFE = (
    Field("commissioned", Text("投用日期", "Commissioned"), FieldKind.DATE, sortable=True, approval=True),
    Field("retired", Text("退役日期", "Retired"), FieldKind.DATE, approval=True),
)
_EVERY_KIND: Any = Kind
_SERVICES = tuple(k for k in _EVERY_KIND if k not in ENTERPRISES)

ENTERPRISE = Register(
    "enterprises", Organisation, Text("企业", "Enterprises"),
    Text("本行业的企业：一处登记，各部门共用。",
         "The enterprises of this industry: kept once, used by every department."),
    "enterprise", _organisation_fields(ENTERPRISES, enterprise=True), ("uscc",), "name", owner="pk",
    kept={"kind__in": [str(k) for k in ENTERPRISES]}, creators=(Owner.PARK, Owner.BUREAU), checks=(_own_parent,),
)  # fmt: skip
ORGANISATION = Register(
    "organisations", Organisation, Text("机关与服务机构", "Authorities and services"),
    Text("主管部门、园区管委会、交易所、仓库、银行、实验室、专家机构。",
         "Authorities, park committees, exchanges, warehouses, banks, laboratories, expert bodies."),
    "authority", _organisation_fields(_SERVICES, enterprise=False), ("name",), "name", owner="pk",
    kept={"kind__in": [k.value for k in _SERVICES]}, creators=(Owner.SYSTEM,),
)  # fmt: skip
PARK = Register(
    "parks", Park, Text("园区", "Parks"),
    Text("工业园区的级别、面积与主导产业。", "Industrial parks: level, area and leading industries."),
    "park",
    (
        Field("code", Text("代码", "Code"), required=True, sortable=True, searched=True, owner=Owner.BUREAU),
        Field("name", Text("名称", "Name"), required=True, sortable=True, searched=True, owner=Owner.BUREAU),
        Field("level", Text("级别", "Level"), FieldKind.CHOICE, choices=tuple(ParkLevel.choices), required=True,
              filterable=True, owner=Owner.BUREAU),
        replace(_AREA, owner=Owner.BUREAU),
        Field("planned_area", Text("规划面积", "Planned area"), FieldKind.DECIMAL, unit="km²", sortable=True,
              owner=Owner.BUREAU),
        Field("built_area", Text("建成面积", "Built area"), FieldKind.DECIMAL, unit="km²", sortable=True,
              owner=Owner.PARK),
        Field("leading_industries", Text("主导产业", "Leading industries"), owner=Owner.PARK, searched=True,
              help=Text("用顿号分隔，不超过四个。", "Separated by 、; four at most.")),
    ),
    ("code",), "name", owner="organisations", park="pk", creators=(Owner.BUREAU,),
)  # fmt: skip
FACILITY = Register(
    "facilities", Facility, Text("设施", "Facilities"),
    Text("矿山、选厂、分离厂、冶炼厂、尾矿库等。",
         "Mines, concentrators, separation plants, smelters, tailings ponds."),
    "facility",
    (
        _NUMBER, _NAME,
        Field("kind", Text("类型", "Kind"), FieldKind.CHOICE, choices=tuple(FacilityKind.choices), required=True,
              filterable=True, sortable=True),
        _ORGANISATION, _STATUS, _PARK, _AREA,
        Field("product", Text("主要产品", "Main product"), FieldKind.MATERIAL, listed=False),
        Field("capacity", Text("设计能力", "Design capacity"), FieldKind.DECIMAL, unit="t/a", sortable=True,
              approval=True, source=Text("项目备案", "project filing")),
        Field("project_code", Text("项目代码", "Project code"), listed=False, searched=True,
              source=Text("投资项目在线审批监管平台", "national platform for investment projects")),
        *_LIFE,
    ),
    ("organisation", "number"), "name", checks=(_dates,),
)  # fmt: skip
EQUIPMENT = Register(
    "equipment", Equipment, Text("设备", "Equipment"),
    Text("每台设备的类型、规格、投用与退役。", "Every machine: type, size, commissioning and retirement."),
    "equipment",
    (
        _NUMBER, _NAME,
        Field("type", Text("设备类型", "Type"), FieldKind.EQUIPMENT_TYPE, required=True, filterable=True, sortable=True,
              approval=True),
        Field("size", Text("规格", "Rated size"), FieldKind.DECIMAL, sortable=True, approval=True,
              help=Text("单位随设备类型：高炉 m³，矿热炉 kVA，转炉与电炉 t。",
                        "In the unit of the type: m³ for blast furnaces, kVA for ore furnaces, t for converters.")),
        _ORGANISATION, _STATUS, _PARK, _AREA,
        Field("model", Text("型号", "Model"), listed=False, searched=True),
        Field("attributes", Text("技术参数", "Attributes"), FieldKind.ATTRIBUTES, listed=False, approval=True),
        _FACILITY,
        Field("maker", Text("制造单位", "Maker"), listed=False),
        *_LIFE,
    ),
    ("organisation", "number"), "name", checks=(_dates,),
)  # fmt: skip
PRODUCT = Register(
    "products", Product, Text("产品", "Products"),
    Text("各单位的产品、牌号与年产能。", "What each organisation makes, by grade, with its annual capacity."),
    "product",
    (
        _NUMBER, _NAME,
        Field("material", Text("物料", "Material"), FieldKind.MATERIAL, filterable=True),
        Field("grade", Text("牌号", "Grade"), searched=True),
        Field("standard", Text("执行标准", "Standard"), listed=False),
        _ORGANISATION, _PARK, _AREA,
        Field("capacity", Text("年产能", "Annual capacity"), FieldKind.DECIMAL, unit="t/a", sortable=True,
              approval=True),
    ),
    ("organisation", "number"), "name",
)  # fmt: skip
LICENCE = Register(
    "licences", Licence, Text("许可证照", "Licences"),
    Text("各单位持有的许可证照及其有效期。", "Permits of each organisation, with their validity."),
    "licence",
    (
        Field("number", Text("证号", "Number"), required=True, sortable=True, searched=True),
        Field("kind", Text("类型", "Kind"), FieldKind.CHOICE, choices=tuple(LicenceKind.choices), required=True,
              filterable=True, sortable=True),
        Field("subject", Text("许可事项", "What it covers"), searched=True),
        _ORGANISATION,
        Field("issuer", Text("发证机关", "Issuer"), listed=False, owner=Owner.BUREAU),
        _FACILITY, _PARK, _AREA,
        Field("issued", Text("发证日期", "Issued"), FieldKind.DATE, sortable=True),
        Field("expires", Text("有效期至", "Expires"), FieldKind.DATE, sortable=True, approval=True),
    ),
    ("kind", "number"), "expires", title="number", checks=(_licence_dates,),
)  # fmt: skip

REGISTERS: dict[str, Register] = {
    r.key: r for r in (ENTERPRISE, FACILITY, EQUIPMENT, PARK, PRODUCT, LICENCE, ORGANISATION, *PLAN_REGISTERS)
}

__all__ = ["AUTHORITIES", "REGISTERS", "Register"]
