"""Types of machines of these industries: the unit of their size, and the attributes that rules ask for.

Attribute keys, codes and units are those of the clause vocabulary, so that a rules engine reads a record
as it stands: `size` under `size_key`, the rest from `attributes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from oreflow.core.provenance import Text

from . import parsing


class AttributeKind(StrEnum):
    """How an attribute is written."""

    QUANTITY = "quantity"
    COUNT = "count"
    CODE = "code"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a type; `unit` as the rules write it."""

    key: str
    label: Text
    unit: str = ""
    kind: AttributeKind = AttributeKind.QUANTITY
    codes: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class EquipmentType:
    """A type of machine; `size_key` is the name under which rules read its rated size."""

    id: str
    name: Text
    size_unit: str
    size_key: str
    size_name: Text
    attributes: tuple[Attribute, ...] = ()

    @property
    def code(self) -> str:
        """The type's name in rules."""
        return self.id.replace("-", "_")

    def attribute(self, key: str) -> Attribute | None:
        """An attribute by key."""
        return next((a for a in self.attributes if a.key == key), None)


def _q(key: str, zh: str, en: str, unit: str) -> Attribute:
    return Attribute(key, Text(zh, en), unit)


def _n(key: str, zh: str, en: str) -> Attribute:
    return Attribute(key, Text(zh, en), kind=AttributeKind.COUNT)


def _b(key: str, zh: str, en: str) -> Attribute:
    return Attribute(key, Text(zh, en), kind=AttributeKind.BOOLEAN)


def _c(key: str, zh: str, en: str, *codes: tuple[str, str, str]) -> Attribute:
    return Attribute(
        key, Text(zh, en), kind=AttributeKind.CODE, codes=tuple((code, Text(z, e)) for code, z, e in codes)
    )


_STANDARDS = (
    _b("meets_environment_standard", "达到环保强制性标准", "meets the mandatory environmental standards"),
    _b("meets_energy_standard", "达到能耗强制性标准", "meets the mandatory energy standards"),
    _b("meets_safety_standard", "达到安全强制性标准", "meets the mandatory safety standards"),
)
_EACH = "transformer_capacity_each"


def _t(
    id_: str, zh: str, en: str, unit: str, key: str, size_zh: str, size_en: str, *attributes: Attribute
) -> EquipmentType:
    return EquipmentType(id_, Text(zh, en), unit, key, Text(size_zh, size_en), attributes)


_ALL = (
    _t("blast-furnace", "高炉", "Blast furnace", "m3", "effective_volume", "有效容积", "effective volume",
       _c("bf_product", "产品", "product", ("steelmaking_pig_iron", "炼钢生铁", "steelmaking pig iron"),
          ("foundry_pig_iron", "铸造生铁", "foundry pig iron"), ("ferromanganese", "锰铁", "ferromanganese"),
          ("ferroalloy_other", "其他铁合金", "other ferroalloy"),
          ("ferroalloy_unspecified", "铁合金（未注明）", "ferroalloy, not stated")),
       _b("supports_short_process_foundry", "为短流程铸造配套", "serves short-process foundry"), *_STANDARDS),
    _t("converter", "转炉", "Converter", "t", "nominal_capacity", "公称容量", "nominal capacity",
       _c("converter_use", "用途", "use", ("steelmaking", "炼钢", "steelmaking"),
          ("ferroalloy", "铁合金", "ferroalloy")), *_STANDARDS),
    _t("electric-arc-furnace", "电弧炉", "Electric arc furnace", "t", "nominal_capacity", "公称容量",
       "nominal capacity",
       _c("eaf_use", "用途", "use", ("steelmaking", "炼钢", "steelmaking"),
          ("machine_foundry", "机械铸造", "machine foundry")),
       _c("steel_grade", "钢种", "grade of steel", ("carbon_steel", "碳素钢", "carbon steel"),
          ("alloy_steel", "合金钢", "alloy steel"),
          ("special_quality_alloy_steel", "特殊质量合金钢", "special quality alloy steel"),
          ("superalloy", "高温合金", "superalloy")), *_STANDARDS),
    _t("induction-furnace", "感应炉", "Induction furnace", "t", "nominal_capacity", "公称容量", "nominal capacity",
       _c("frequency", "频率", "frequency", ("line", "工频", "line"), ("medium", "中频", "medium")),
       _c("output", "产出", "output", ("billet", "钢锭、连铸坯", "billet"), ("casting", "铸件", "casting")),
       _b("melts_steel_scrap", "熔化废钢", "melts steel scrap")),
    _t("submerged-arc-furnace", "矿热炉", "Submerged-arc furnace", "kVA", _EACH, "变压器容量", "transformer capacity",
       _c("alloy", "产品", "alloy", ("ferrosilicon", "硅铁", "ferrosilicon"),
          ("silicomanganese", "硅锰合金", "silicomanganese"), ("silicon_metal", "工业硅", "silicon metal"),
          ("electric_furnace_ferromanganese", "电炉锰铁", "electric-furnace ferromanganese"),
          ("high_carbon_ferrochrome", "高碳铬铁", "high-carbon ferrochrome"),
          ("silicocalcium", "硅钙合金", "silicocalcium")),
       _n("furnace_count", "台数", "number of furnaces"),
       _q("power_consumption", "冶炼电耗", "power consumption", "kWh/t"),
       _b("transformer_oltc_energy_saving", "变压器有载电动多级调压且节能",
          "energy-saving transformer with load tap changer"),
       _b("mechanised_automated", "原料与出铁机械化、自动化", "mechanised and automated"),
       _b("central_western", "位于中西部", "in the central or western provinces"),
       _b("independent_small_hydro_and_mineral_advantage", "有独立运行小水电及矿产资源优势",
          "independent small hydro and own ore")),
    _t("titanium-slag-furnace", "钛渣电炉", "Titanium slag furnace", "kVA", _EACH, "变压器容量", "transformer capacity",
       _b("closed", "密闭", "closed"), _q("power_consumption", "冶炼电耗", "power consumption", "kWh/t")),
    _t("refining-furnace", "精炼电炉", "Refining furnace", "kVA", _EACH, "变压器容量", "transformer capacity",
       _c("alloy", "产品", "alloy", ("ferrovanadium", "钒铁", "ferrovanadium"),
          ("medium_low_carbon_ferromanganese", "中低碳锰铁", "medium and low carbon ferromanganese"),
          ("electric_furnace_manganese_metal", "电炉金属锰", "electric-furnace manganese metal"),
          ("medium_low_micro_carbon_ferrochrome", "中低微碳铬铁", "medium, low and micro carbon ferrochrome")),
       _b("hot_charging", "热装热兑", "hot charging")),
    _t("sinter-machine", "烧结机", "Sinter machine", "m2", "sinter_area", "烧结面积", "sinter area",
       _c("sinter_type", "型式", "type", ("belt", "带式", "belt"), ("annular", "步进式或环形", "annular")),
       _c("sinter_use", "用途", "use", ("steelmaking_pig_iron", "炼钢生铁", "steelmaking pig iron"),
          ("foundry_pig_iron", "铸造生铁", "foundry pig iron"), ("ferroalloy", "铁合金", "ferroalloy")),
       _c("ore", "矿种", "ore", ("manganese", "锰矿", "manganese"), ("chromium", "铬矿", "chromium"))),
    _t("pellet-shaft-furnace", "球团竖炉", "Pellet shaft furnace", "m2", "shaft_furnace_area", "炉床面积",
       "hearth area",
       _q("single_unit_capacity", "单机产能", "capacity of one unit", "万t/a"),
       _c("pellet_use", "用途", "use", ("steelmaking_pig_iron", "炼钢生铁", "steelmaking pig iron"))),
    _t("pellet-plant", "球团设备", "Pellet plant", "万t/a", "single_unit_capacity", "单机产能", "capacity of one unit",
       _c("pellet_use", "用途", "use", ("steelmaking_pig_iron", "炼钢生铁", "steelmaking pig iron"),
          ("ferroalloy", "铁合金", "ferroalloy"))),
    _t("coke-oven", "焦炉", "Coke oven", "m", "chamber_height", "炭化室高度", "chamber height",
       _n("chamber_count", "炭化室孔数", "number of chambers"), _b("dry_quenching", "干熄焦", "dry quenching"),
       _c("oven_type", "炉型", "type", ("top_charging", "顶装", "top charging"),
          ("stamp_charging", "捣固", "stamp charging"), ("heat_recovery", "热回收", "heat recovery"))),
    _t("rotary-kiln", "回转窑", "Rotary kiln", "m", "kiln_length", "窑长", "length",
       _q("kiln_diameter", "筒体内径", "inner diameter", "m"),
       _c("kiln_use", "用途", "use", ("vanadium_roasting", "钒渣焙烧", "vanadium slag roasting"),
          ("titania_calcining", "偏钛酸煅烧", "titania calcining"), ("rare_earth_roasting", "稀土矿焙烧",
          "ore roasting"),
          ("direct_reduction", "直接还原", "direct reduction"), ("zinc_volatilising", "烟化挥发", "volatilising"))),
    _t("calciner", "煅烧炉", "Calciner", "t/d", "throughput", "处理量", "throughput",
       _q("working_temperature", "工作温度", "working temperature", "℃"),
       _c("fuel", "热源", "heat", ("gas", "燃气", "gas"), ("electric", "电", "electric"), ("coal", "燃煤", "coal"))),
    _t("lime-kiln", "石灰窑", "Lime kiln", "t/d", "throughput", "日产量", "daily output",
       _c("kiln_type", "窑型", "type", ("shaft", "竖窑", "shaft"), ("rotary", "回转窑", "rotary"),
          ("sleeve", "套筒窑", "sleeve"), ("earthen", "土窑", "earthen"))),
    _t("aluminium-cell", "铝电解槽", "Aluminium electrolysis cell", "kA", "cell_current", "电解槽电流", "cell current",
       _c("cell_type", "槽型", "type", ("prebaked", "预焙槽", "prebaked"), ("self_baking", "自焙槽", "self-baking")),
       _n("cell_count", "槽数", "number of cells")),
    _t("rare-earth-cell", "稀土熔盐电解槽", "Rare-earth molten-salt cell", "kA", "cell_current", "电解槽电流",
       "cell current",
       _n("cell_count", "槽数", "number of cells"),
       _c("electrolyte", "电解质", "electrolyte", ("fluoride", "氟化物", "fluoride"), ("chloride", "氯化物",
          "chloride"))),
    _t("manganese-cell-line", "电解锰生产线", "Electrolytic manganese line", "t/a", "line_capacity", "生产线能力",
       "capacity of the line", _b("continuous_leaching_and_feeding", "连续浸出、连续进液",
       "continuous leaching and feeding")),
    _t("rectifier-transformer", "整流变压器", "Rectifier transformer", "kVA", _EACH, "变压器容量",
       "transformer capacity",
       _c("use", "用途", "use", ("electrolytic_manganese", "电解锰", "electrolytic manganese"))),
    _t("leaching-tank", "浸出槽", "Leaching tank", "m3", "effective_volume", "有效容积", "effective volume",
       _c("use", "用途", "use", ("electrolytic_manganese", "电解锰", "electrolytic manganese"),
          ("vanadium", "钒", "vanadium"), ("rare_earth", "稀土", "rare earths"))),
    _t("filter-press", "压滤机", "Filter press", "m2", "filter_area", "过滤面积", "filter area",
       _c("filter_stage", "段次", "stage", ("first", "一段", "first"), ("second", "二段", "second")),
       _c("filter_press_type", "型式", "type", ("plate_and_frame", "板框", "plate and frame"),
          ("chamber", "厢式", "chamber"), ("high_pressure_diaphragm", "高压隔膜", "high-pressure diaphragm"))),
    _t("extraction-cascade", "萃取槽", "Extraction cascade", "m3", "stage_volume", "单级容积", "volume of a stage",
       _n("stage_count", "级数", "number of stages"),
       _c("extractant", "萃取剂", "extractant", ("p507", "P507", "P507"), ("p204", "P204", "P204"),
          ("naphthenic_acid", "环烷酸", "naphthenic acid"), ("other", "其他", "other")),
       _c("saponification", "皂化方式", "saponification", ("none", "无皂化", "none"), ("calcium", "钙皂", "calcium"),
          ("sodium", "钠皂", "sodium"), ("ammonia", "氨皂", "ammonia"), ("magnesium", "镁皂", "magnesium"))),
    _t("sulfate-digester", "酸解罐", "Sulfate digester", "m3", "effective_volume", "有效容积", "effective volume",
       _b("continuous", "连续酸解", "continuous digestion")),
    _t("chlorinator", "氯化炉", "Chlorinator", "m", "furnace_diameter", "炉膛内径", "inner diameter",
       _c("chlorinator_type", "型式", "type", ("fluidised", "沸腾氯化", "fluidised bed"),
          ("molten_salt", "熔盐氯化", "molten salt"))),
    _t("sponge-reactor", "海绵钛还原蒸馏炉", "Titanium sponge reactor", "t", "batch_mass", "单炉产量",
       "mass of a batch",
       _c("arrangement", "联合方式", "arrangement", ("inverted_u", "倒 U 型", "inverted U"),
          ("i_type", "I 型", "I type"))),
    _t("vacuum-arc-furnace", "真空自耗电弧炉", "Vacuum arc remelting furnace", "t", "nominal_capacity", "公称容量",
       "nominal capacity"),
    _t("gas-producer", "煤气发生炉", "Gas producer", "m", "furnace_diameter", "炉膛内径", "inner diameter",
       _c("gas_producer_type", "型式", "type", ("single_stage_fixed_bed", "一段式固定床", "single-stage fixed bed"),
          ("pulverised_coal_gasifier", "粉煤气化炉", "pulverised-coal gasifier")),
       _b("pulverised_coal", "用粉煤", "uses pulverised coal")),
    _t("ball-mill", "球磨机", "Ball mill", "m", "mill_diameter", "筒体直径", "diameter",
       _q("mill_length", "筒体长度", "length", "m"), _q("motor_power", "电机功率", "motor power", "kW")),
    _t("crusher", "破碎机", "Crusher", "t/h", "throughput", "处理能力", "throughput",
       _c("crusher_type", "型式", "type", ("jaw", "颚式", "jaw"), ("cone", "圆锥", "cone"), ("gyratory", "旋回",
          "gyratory"),
          ("impact", "反击", "impact"), ("roller", "高压辊磨", "high-pressure rolls"))),
    _t("magnetic-separator", "磁选机", "Magnetic separator", "t/h", "throughput", "处理能力", "throughput",
       _q("field_strength", "磁场强度", "field strength", "kA/m")),
    _t("flotation-cell", "浮选机", "Flotation cell", "m3", "effective_volume", "有效容积", "effective volume",
       _n("cell_count", "槽数", "number of cells")),
)  # fmt: skip
TYPES: Mapping[str, EquipmentType] = {t.id: t for t in _ALL}
_WORDS = {word.casefold(): t.id for t in _ALL for word in (t.name.zh, t.name.en, t.code, t.id)}


def find(value: Any) -> str:
    """The id of a type, by id or by name in either language.

    Raises
    ------
    parsing.Unreadable
        Where there is none; the message lists them.
    """
    found = _WORDS.get(str(value).strip().casefold())
    if found is None:
        zh, en = "、".join(t.name.zh for t in _ALL), ", ".join(t.name.en for t in _ALL)
        written = parsing.text(value, 120)
        raise parsing.Unreadable(
            Text(
                f"没有设备类型“{written}”。可填：{zh}。",
                f"There is no equipment type “{written}”. Choose one of: {en}.",
            )
        )
    return found


def name_of(type_id: str) -> Text:
    """A type's name; the id itself where there is no such type."""
    return TYPES[type_id].name if type_id in TYPES else Text(type_id, type_id)


def unit_of(type_id: str) -> str:
    """The unit of a type's size as people write it."""
    return shown_unit(TYPES[type_id].size_unit) if type_id in TYPES else ""


def shown_unit(unit: str) -> str:
    """A unit as people write it."""
    return unit.replace("m2", "m²").replace("m3", "m³")


def read(kind: EquipmentType, given: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of a type from plain values: numbers as exact strings, codes, yes or no; blanks left out.

    Raises
    ------
    parsing.Unreadable
        With every problem in one text.
    """
    values: dict[str, Any] = {}
    problems: list[Text] = []
    for name, value in given.items():
        attribute = _attribute(kind, str(name))
        if attribute is None:
            problems.append(_unknown(kind, str(name)))
        elif value not in (None, "") and str(value).strip():
            try:
                values[attribute.key] = _value(attribute, value)
            except parsing.Unreadable as error:
                label = attribute.label
                problems.append(Text(f"{label.zh}：{error.text.zh}", f"{label.en}: {error.text.en}"))
    if problems:
        raise parsing.Unreadable(Text("".join(p.zh for p in problems), " ".join(p.en for p in problems)))
    return values


def known_to(kind: EquipmentType, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those attributes, as they are kept, that a type knows, with a value that it takes."""
    return {key: value for key, value in values.items() if _takes(kind, key, value)}


def _takes(kind: EquipmentType, key: str, value: Any) -> bool:
    attribute = kind.attribute(key)
    try:
        return attribute is not None and _value(attribute, value) == value
    except parsing.Unreadable:
        return False


def _attribute(kind: EquipmentType, name: str) -> Attribute | None:
    wanted = name.strip().casefold()
    for attribute in kind.attributes:
        if wanted in (attribute.key, attribute.label.zh.casefold(), attribute.label.en.casefold()):
            return attribute
    return None


def _unknown(kind: EquipmentType, name: str) -> Text:
    zh = "、".join(a.label.zh for a in kind.attributes) or "无"
    en = ", ".join(a.key for a in kind.attributes) or "none"
    return Text(
        f"{kind.name.zh}没有参数“{name[:40]}”，可填：{zh}。", f"{kind.name.en} has no attribute “{name[:40]}”: {en}."
    )


def _value(attribute: Attribute, value: Any) -> Any:
    if attribute.kind is AttributeKind.BOOLEAN:
        return parsing.truth(value)
    if attribute.kind is AttributeKind.CODE:
        return _code(attribute, value)
    places = 0 if attribute.kind is AttributeKind.COUNT else 6
    return parsing.plain(parsing.decimal(value, 18, places, Decimal(0)))


def _code(attribute: Attribute, value: Any) -> str:
    wanted = str(value).strip().casefold()
    for code, label in attribute.codes:
        if wanted in (code.casefold(), label.zh.casefold(), label.en.casefold()):
            return code
    zh, en = "、".join(label.zh for _c, label in attribute.codes), ", ".join(label.en for _c, label in attribute.codes)
    raise parsing.Unreadable(
        Text(f"没有“{str(value)[:40]}”这一项，可填：{zh}。", f"there is no “{str(value)[:40]}”; choose one of: {en}.")
    )


def shown(type_id: str, values: Mapping[str, Any]) -> list[tuple[Text, Any, str]]:
    """Label, value (a Text for codes) and unit of each attribute that is known."""
    kind = TYPES.get(type_id)
    rows = []
    for key, value in values.items():
        attribute = kind.attribute(key) if kind else None
        if attribute is None:
            rows.append((Text(key, key), value, ""))
        else:
            rows.append((attribute.label, dict(attribute.codes).get(value, value), shown_unit(attribute.unit)))
    return rows
