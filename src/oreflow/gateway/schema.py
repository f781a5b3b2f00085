"""The tables of a pack, as data: one place for columns, types, keys, references and meanings.

The readers, the checks, the blank workbook and the reference page all come from these lists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from oreflow.core.provenance import Text


class Kind(StrEnum):
    """What a cell may hold."""

    ID = "id"  # lower-case letters, digits, . _ -
    TEXT = "text"
    DECIMAL = "decimal"
    INTEGER = "integer"
    YEAR = "year"
    DATE = "date"  # 2026-11-22
    BOOLEAN = "boolean"  # yes / no
    UNIT = "unit"  # a unit that core/quantity knows
    BASIS = "basis"  # words of a basis, e.g. "v2o5 capacity"
    MARK = "mark"  # a quality mark
    CHOICE = "choice"
    LINES = "lines"  # 810, 808-810 or 767,793
    REFS = "refs"  # ids of `refers`, separated by spaces


FORMAT = 1
"""The version of the pack format that this edition writes, and the newest that it reads."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `refers` names the tables in one of which the value must be a key.

    A name ending in * in `refers` is a table of the reference library. `low` and `high` bound a
    number. A column that is not required may be left out of the table altogether.
    """

    name: str
    kind: Kind
    meaning: Text
    required: bool = True
    choices: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table (a CSV file or a sheet of the same name). `key` columns are unique together."""

    name: str
    meaning: Text
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = True
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {c.name: c for c in self.columns})


def _c(name: str, kind: Kind, zh: str, en: str, **more: object) -> Column:
    return Column(name, kind, Text(zh, en), **more)  # type: ignore[arg-type]


def _names() -> tuple[Column, ...]:
    return (
        _c("name_zh", Kind.TEXT, "中文名称", "Chinese name"),
        _c("name_en", Kind.TEXT, "英文名称", "English name"),
    )


def _notes() -> tuple[Column, ...]:
    return (
        _c("note_zh", Kind.TEXT, "中文说明", "note in Chinese", required=False),
        _c("note_en", Kind.TEXT, "英文说明", "note in English", required=False),
    )


def _source(required: bool = True) -> tuple[Column, ...]:
    return (
        _c("document", Kind.ID, "出处文件", "source document", required=required, refers=("documents",)),
        _c("lines", Kind.LINES, "出处行号", "lines in the source", required=False),
    )


def _coefficient(
    name: str = "value", zh: str = "数值", en: str = "value", low: str | None = None, high: str | None = None
) -> tuple[Column, ...]:
    bounds = {"low": low, "high": high}
    return (
        _c(name, Kind.DECIMAL, zh, en, **bounds),
        _c("low", Kind.DECIMAL, "下限", "lower end of the range", required=False, **bounds),
        _c("high", Kind.DECIMAL, "上限", "upper end of the range", required=False, **bounds),
    )


def _mark() -> Column:
    return _c("mark", Kind.MARK, "质量标记", "quality mark")


def _sources() -> Column:
    return _c("source", Kind.REFS, "来源", "sources of this value", required=False, refers=("references",))


_COMPARATORS = ("=", ">=", ">", "<=", "<", "~", "between", "none")

PACK_KEYS = Table(
    "pack",
    Text(
        "包的说明：pack.toml，或工作簿中名为 pack 的工作表",
        "the pack itself: pack.toml, or the sheet named pack",
    ),
    ("key",),
    (
        _c("format", Kind.INTEGER, "包格式版本，现为 1", "version of the pack format, now 1"),
        _c("id", Kind.ID, "包编号", "id of the pack"),
        *_names(),
        _c("edition", Kind.TEXT, "版次", "edition"),
        _c("simulated", Kind.BOOLEAN, "是否为模拟数据", "whether the data is made up"),
        _c(
            "library",
            Kind.CHOICE,
            "包内库表：补充参考库（extend，默认）或代替参考库（own）",
            "library tables here extend the reference ones (extend, the default) or replace them (own)",
            required=False,
            choices=("extend", "own"),
        ),
        _c(
            "licence",
            Kind.TEXT,
            "许可与说明（不属于区域数据）",
            "licence and remarks (no part of the region)",
            required=False,
        ),
    ),
)
"""The facts about the pack itself, as `key = value`; a workbook has them as rows of key and value."""

PACK_TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        Text("规划与其他来源文件", "plans and other source documents"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            _c("title_zh", Kind.TEXT, "中文题名", "Chinese title"),
            _c("title_en", Kind.TEXT, "英文题名", "English title"),
            _c("issuer_zh", Kind.TEXT, "发布机构", "issuer, in Chinese"),
            _c("issuer_en", Kind.TEXT, "发布机构（英文）", "issuer, in English"),
            _c("issued", Kind.DATE, "发布日期", "date of issue", required=False),
            _c("period_from", Kind.YEAR, "规划期起", "first year of its period", required=False),
            _c("period_to", Kind.YEAR, "规划期止", "last year of its period", required=False),
            _c("text_lines", Kind.INTEGER, "文本行数", "number of lines of its text", required=False),
            _c(
                "text_sha256",
                Kind.TEXT,
                "文本哈希",
                "SHA-256 of the text that lines refer to",
                required=False,
            ),
        ),
    ),
    Table(
        "areas",
        Text("地区与园区", "areas and parks"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            *_names(),
            _c(
                "kind",
                Kind.CHOICE,
                "类别",
                "kind",
                choices=("nation", "province", "zone", "city", "district", "park", "scope"),
            ),
            _c("within", Kind.ID, "上级", "containing area", required=False, refers=("areas",)),
            _c(
                "leading_zh",
                Kind.TEXT,
                "主导产业（顿号分隔）",
                "leading industries in Chinese, separated by 、",
                required=False,
            ),
            _c(
                "leading_en",
                Kind.TEXT,
                "主导产业（英文，分号分隔）",
                "leading industries in English, separated by ;",
                required=False,
            ),
            *_source(required=False),
            *_notes(),
        ),
    ),
    Table(
        "indicators",
        Text("指标", "indicators"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            *_names(),
            _c("unit", Kind.UNIT, "单位", "unit"),
            _c("additive", Kind.BOOLEAN, "可否相加", "whether parts add to the whole"),
            _c(
                "product",
                Kind.ID,
                "物料或产品组",
                "material or product group",
                required=False,
                refers=("materials*", "groups*"),
            ),
            _c("prices", Kind.CHOICE, "价格口径", "prices", required=False, choices=("current", "constant")),
            *_notes(),
        ),
    ),
    Table(
        "figures",
        Text("现状数值", "printed actual values"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            _c("area", Kind.ID, "地区", "area", refers=("areas",)),
            _c("indicator", Kind.ID, "指标", "indicator", refers=("indicators",)),
            _c("year", Kind.YEAR, "年份", "year"),
            _c("comparator", Kind.CHOICE, "关系", "comparator", choices=_COMPARATORS),
            _c(
                "value",
                Kind.DECIMAL,
                "印刷值（破折号留空）",
                "value as printed; empty for a printed dash",
                required=False,
            ),
            _c("unit", Kind.UNIT, "单位", "unit as printed"),
            _c("basis", Kind.BASIS, "口径", "basis", required=False),
            _c("table", Kind.TEXT, "表号", "table in the document", required=False),
            _c(
                "of",
                Kind.ID,
                "占比的分母",
                "for a share: the figure it is a share of",
                required=False,
                refers=("figures", "targets"),
            ),
            _c("since", Kind.YEAR, "增长率的起始年", "for a growth rate: its first year", required=False),
            _c(
                "included_in",
                Kind.ID,
                "数值含在",
                "for a dash: the area whose value includes it",
                required=False,
                refers=("areas",),
            ),
            *_source(),
            _mark(),
            *_notes(),
        ),
    ),
    Table(
        "targets",
        Text("目标", "targets"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            _c("area", Kind.ID, "地区", "area", refers=("areas",)),
            _c("indicator", Kind.ID, "指标", "indicator", refers=("indicators",)),
            _c(
                "form",
                Kind.CHOICE,
                "目标类型",
                "form of the target",
                choices=(
                    "level",
                    "floor",
                    "cap",
                    "average-growth",
                    "cumulative",
                    "change",
                    "qualitative",
                    "delegated",
                ),
            ),
            _c("comparator", Kind.CHOICE, "关系", "comparator", choices=_COMPARATORS),
            _c("value", Kind.DECIMAL, "数值或下界", "value, bound or lower end", required=False),
            _c("upper", Kind.DECIMAL, "上界", "upper end of a range", required=False),
            _c("unit", Kind.UNIT, "单位", "unit as printed", required=False),
            _c("basis", Kind.BASIS, "口径", "basis", required=False),
            _c("from_year", Kind.YEAR, "起始年", "base year", required=False),
            _c("year", Kind.YEAR, "目标年", "target year"),
            _c(
                "binding",
                Kind.CHOICE,
                "约束性/预期性",
                "binding or expected",
                choices=("binding", "expected", "unsaid"),
            ),
            _c("base", Kind.ID, "基数", "the figure it starts from", required=False, refers=("figures",)),
            _c("words_zh", Kind.TEXT, "文字目标", "words of a target without a number", required=False),
            _c("words_en", Kind.TEXT, "文字目标（英文）", "the same in English", required=False),
            _c("printed", Kind.TEXT, "印刷形式", "the value as printed", required=False),
            *_source(),
            *_notes(),
        ),
    ),
    Table(
        "parts",
        Text("部分与整体", "which cells make up which whole"),
        ("partition", "part_area", "part_indicator"),
        (
            _c("partition", Kind.ID, "分解编号", "partition"),
            _c("whole_area", Kind.ID, "整体地区", "area of the whole", refers=("areas",)),
            _c("whole_indicator", Kind.ID, "整体指标", "indicator of the whole", refers=("indicators",)),
            _c("part_area", Kind.ID, "部分地区", "area of the part", refers=("areas",)),
            _c("part_indicator", Kind.ID, "部分指标", "indicator of the part", refers=("indicators",)),
            _c("relation", Kind.CHOICE, "关系", "relation", choices=("sum", "cap")),
            *_notes(),
        ),
        required=False,
    ),
    Table(
        "routes",
        Text("工艺路线占比", "route shares"),
        ("product", "process"),
        (
            _c(
                "product",
                Kind.ID,
                "物料或产品组",
                "material or product group",
                refers=("materials*", "groups*"),
            ),
            _c("process", Kind.ID, "工艺", "process", refers=("processes*",)),
            *_coefficient(
                "share", "占比", "share of the product (of the feed, for a recovery route)", "0", "1"
            ),
            _mark(),
            *_notes(),
        ),
        required=False,
    ),
    Table(
        "goals",
        Text("目标进入产业链的方式", "how targets enter the chain"),
        ("year", "target", "product"),
        (
            _c("year", Kind.YEAR, "年份", "year"),
            _c("target", Kind.ID, "目标", "target", refers=("targets",)),
            _c(
                "product",
                Kind.ID,
                "物料或产品组",
                "material or product group",
                refers=("materials*", "groups*"),
            ),
            _c("role", Kind.CHOICE, "作用", "role", choices=("plan", "compare")),
            *_coefficient("split", "拆分占比", "share of a target that is a sum", "0", "1"),
            _mark(),
            *_notes(),
        ),
        required=False,
    ),
    Table(
        "comparisons",
        Text("要核对的平衡", "questions put to the chain"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            _c("year", Kind.YEAR, "年份", "year"),
            _c(
                "material",
                Kind.ID,
                "物料或产品组",
                "material or product group",
                refers=("materials*", "groups*"),
            ),
            _c("available", Kind.CHOICE, "可供", "what is available", choices=("stated", "arising")),
            _c("required", Kind.CHOICE, "需要", "what is required", choices=("need", "stated")),
            _c("target", Kind.ID, "目标", "target", required=False, refers=("targets",)),
            _c("label_zh", Kind.TEXT, "称呼", "label in Chinese"),
            _c("label_en", Kind.TEXT, "称呼（英文）", "label in English"),
            *_notes(),
        ),
        required=False,
    ),
    Table(
        "assumptions",
        Text("声明的假设", "declared assumptions"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            *_names(),
            *_coefficient(),
            _c("unit", Kind.UNIT, "单位", "unit"),
            _c("material", Kind.ID, "物料", "material", required=False, refers=("materials*",)),
            _mark(),
            *_notes(),
        ),
        required=False,
    ),
    Table(
        "quotas",
        Text("稀土总量控制指标", "rare-earth total-control allotments"),
        ("year", "batch", "scope", "kind", "ore_type", "holder"),
        (
            _c("year", Kind.YEAR, "年份", "year"),
            _c("batch", Kind.TEXT, "批次", "batch"),
            _c("scope", Kind.CHOICE, "范围", "scope", choices=("national", "group")),
            _c("kind", Kind.CHOICE, "类别", "kind", choices=("mining", "separation")),
            _c("ore_type", Kind.CHOICE, "矿种", "ore type", choices=("all", "ionic", "rock_light")),
            _c("holder_zh", Kind.TEXT, "持有集团", "holder, in Chinese", required=False),
            _c("holder", Kind.TEXT, "持有集团（英文）", "holder", required=False),
            _c("value", Kind.DECIMAL, "数量", "amount"),
            _c("unit", Kind.UNIT, "单位", "unit"),
            _c("basis", Kind.BASIS, "口径", "basis"),
            _c("source", Kind.TEXT, "来源", "source"),
            _mark(),
            _c("valid_from", Kind.DATE, "生效", "valid from", required=False),
            _c("valid_to", Kind.DATE, "失效", "valid to", required=False),
            _c("known_at", Kind.DATE, "得知日期", "known at", required=False),
        ),
        required=False,
    ),
)

LIBRARY_TABLES: tuple[Table, ...] = (
    Table(
        "references",
        Text("文献与来源", "sources of the library"),
        ("key",),
        (
            _c("key", Kind.ID, "编号", "key"),
            _c("citation_zh", Kind.TEXT, "出处", "citation in Chinese"),
            _c("citation_en", Kind.TEXT, "出处（英文）", "citation in English"),
            _c("url", Kind.TEXT, "链接或 DOI", "link or DOI", required=False),
        ),
    ),
    Table(
        "materials",
        Text("物料", "materials"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            *_names(),
            _c("category", Kind.TEXT, "类别", "category"),
            _c("unit", Kind.UNIT, "计量单位", "unit"),
            _c("formula", Kind.TEXT, "化学式", "chemical formula", required=False),
            _c("complete", Kind.BOOLEAN, "成分是否完整", "whether unlisted elements are known to be absent"),
            _c(
                "density",
                Kind.DECIMAL,
                "密度（吨每计量单位）",
                "t per unit, for materials not counted in t",
                required=False,
            ),
            _mark(),
            _c("hs6", Kind.TEXT, "HS 六位码", "HS heading", required=False),
            _c("cn8", Kind.TEXT, "税则八位码", "Chinese tariff code", required=False),
            *_notes(),
        ),
    ),
    Table(
        "contents",
        Text("物料成分（质量分数）", "contents, as mass fractions"),
        ("material", "element"),
        (
            _c("material", Kind.ID, "物料", "material", refers=("materials",)),
            _c("element", Kind.TEXT, "元素或 REO", "element symbol, or REO"),
            *_coefficient("fraction", "质量分数", "mass fraction", "0", "1"),
            _mark(),
            _sources(),
        ),
    ),
    Table(
        "groups",
        Text("产品组", "product groups"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            *_names(),
            _c("unit", Kind.UNIT, "计量单位", "unit"),
            _c("members", Kind.REFS, "成员物料", "member materials", refers=("materials",)),
        ),
    ),
    Table(
        "processes",
        Text("工艺", "processes"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            *_names(),
            _c("chain", Kind.TEXT, "产业链", "chain"),
            _c("product", Kind.ID, "基准产品", "reference product", refers=("materials",)),
            _c("product_unit", Kind.UNIT, "产品单位", "unit of the reference product"),
            _c(
                "feed",
                Kind.ID,
                "回收路线的原料",
                "for a recovery route: the by-product that limits it",
                required=False,
                refers=("materials",),
            ),
            _c(
                "energy_includes_electricity",
                Kind.BOOLEAN,
                "能耗是否含电",
                "whether energy (kgce) includes electricity",
                required=False,
            ),
            _c("sources", Kind.REFS, "来源", "sources", refers=("references",)),
            *_notes(),
        ),
    ),
    Table(
        "flows",
        Text("投入、副产与废物", "inputs, by-products and wastes"),
        ("process", "material", "role"),
        (
            _c("process", Kind.ID, "工艺", "process", refers=("processes",)),
            _c("material", Kind.ID, "物料", "material", refers=("materials",)),
            _c("role", Kind.CHOICE, "角色", "role", choices=("input", "by-product", "waste")),
            *_coefficient("amount", "每单位产品用量", "amount per unit of product", "0"),
            _c("unit", Kind.UNIT, "单位", "unit"),
            _mark(),
            _sources(),
            *_notes(),
        ),
    ),
    Table(
        "burdens",
        Text("电、能、水、二氧化碳", "electricity, energy, water, CO2"),
        ("process", "burden"),
        (
            _c("process", Kind.ID, "工艺", "process", refers=("processes",)),
            _c("burden", Kind.CHOICE, "类别", "burden", choices=("electricity", "energy", "water", "co2")),
            *_coefficient(),
            _c("unit", Kind.UNIT, "单位", "unit"),
            _mark(),
            _sources(),
        ),
    ),
    Table(
        "recoveries",
        Text("元素回收率（本工序）", "recoveries by element, stage basis"),
        ("process", "element", "into"),
        (
            _c("process", Kind.ID, "工艺", "process", refers=("processes",)),
            _c("element", Kind.TEXT, "元素或 REO", "element symbol, or REO"),
            _c("into", Kind.ID, "进入物料", "material it reaches", refers=("materials",)),
            *_coefficient(low="0", high="1"),
            _mark(),
            _sources(),
            *_notes(),
        ),
    ),
    Table(
        "distributions",
        Text("稀土配分", "rare-earth distributions"),
        ("ore", "oxide"),
        (
            _c("ore", Kind.ID, "矿石类型", "ore type"),
            _c("oxide", Kind.ID, "氧化物", "oxide", refers=("materials",)),
            *_coefficient("fraction", "占 REO 的质量分数", "mass fraction of REO", "0", "1"),
            _mark(),
            _sources(),
        ),
    ),
    Table(
        "factors",
        Text("折算与排放因子", "conversion and emission factors"),
        ("id",),
        (
            _c("id", Kind.ID, "编号", "id"),
            *_names(),
            *_coefficient(),
            _c("unit", Kind.UNIT, "单位", "unit"),
            _c("basis", Kind.TEXT, "口径", "basis", required=False),
            _c("year", Kind.YEAR, "因子年份", "year of the factor", required=False),
            _mark(),
            _sources(),
        ),
    ),
)
