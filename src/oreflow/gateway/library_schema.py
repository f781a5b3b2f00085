"""The tables of a library: materials, processes, factors, rare-earth distributions."""

from __future__ import annotations

from oreflow.core.provenance import Text

from .columns import Kind, Table, coefficient, col, mark, names, notes, sources

LIBRARY_TABLES: tuple[Table, ...] = (
    Table(
        "references",
        Text("文献与来源", "sources of the library"),
        ("key",),
        (
            col("key", Kind.ID, "编号", "key"),
            col("citation_zh", Kind.TEXT, "出处", "citation in Chinese"),
            col("citation_en", Kind.TEXT, "出处（英文）", "citation in English"),
            col("url", Kind.TEXT, "链接或 DOI", "link or DOI", required=False),
        ),
    ),
    Table(
        "materials",
        Text("物料", "materials"),
        ("id",),
        (
            col("id", Kind.ID, "编号", "id"),
            *names(),
            col("category", Kind.TEXT, "类别", "category"),
            col("unit", Kind.UNIT, "计量单位", "unit"),
            col("formula", Kind.TEXT, "化学式", "chemical formula", required=False),
            col("complete", Kind.BOOLEAN, "成分是否完整", "whether unlisted elements are known to be absent"),
            col(
                "density",
                Kind.DECIMAL,
                "密度（吨每计量单位）",
                "t per unit, for materials not counted in t",
                required=False,
            ),
            mark(),
            col("hs6", Kind.TEXT, "HS 六位码", "HS heading", required=False),
            col("cn8", Kind.TEXT, "税则八位码", "Chinese tariff code", required=False),
            *notes(),
        ),
    ),
    Table(
        "contents",
        Text("物料成分（质量分数）", "contents, as mass fractions"),
        ("material", "element"),
        (
            col("material", Kind.ID, "物料", "material", refers=("materials",)),
            col("element", Kind.TEXT, "元素或 REO", "element symbol, or REO"),
            *coefficient("fraction", "质量分数", "mass fraction", "0", "1"),
            mark(),
            sources(),
        ),
    ),
    Table(
        "groups",
        Text("产品组", "product groups"),
        ("id",),
        (
            col("id", Kind.ID, "编号", "id"),
            *names(),
            col("unit", Kind.UNIT, "计量单位", "unit"),
            col("members", Kind.REFS, "成员物料", "member materials", refers=("materials",)),
        ),
    ),
    Table(
        "processes",
        Text("工艺", "processes"),
        ("id",),
        (
            col("id", Kind.ID, "编号", "id"),
            *names(),
            col("chain", Kind.TEXT, "产业链", "chain"),
            col("product", Kind.ID, "基准产品", "reference product", refers=("materials",)),
            col("product_unit", Kind.UNIT, "产品单位", "unit of the reference product"),
            col(
                "feed",
                Kind.ID,
                "回收路线的原料",
                "for a recovery route: the by-product that limits it",
                required=False,
                refers=("materials",),
            ),
            col(
                "energy_includes_electricity",
                Kind.BOOLEAN,
                "能耗是否含电",
                "whether energy (kgce) includes electricity",
                required=False,
            ),
            col("sources", Kind.REFS, "来源", "sources", refers=("references",)),
            *notes(),
        ),
    ),
    Table(
        "flows",
        Text("投入、副产与废物", "inputs, by-products and wastes"),
        ("process", "material", "role"),
        (
            col("process", Kind.ID, "工艺", "process", refers=("processes",)),
            col("material", Kind.ID, "物料", "material", refers=("materials",)),
            col("role", Kind.CHOICE, "角色", "role", choices=("input", "by-product", "waste")),
            *coefficient("amount", "每单位产品用量", "amount per unit of product", "0"),
            col("unit", Kind.UNIT, "单位", "unit"),
            mark(),
            sources(),
            *notes(),
        ),
    ),
    Table(
        "burdens",
        Text("电、能、水、二氧化碳", "electricity, energy, water, CO2"),
        ("process", "burden"),
        (
            col("process", Kind.ID, "工艺", "process", refers=("processes",)),
            col("burden", Kind.CHOICE, "类别", "burden", choices=("electricity", "energy", "water", "co2")),
            *coefficient(),
            col("unit", Kind.UNIT, "单位", "unit"),
            mark(),
            sources(),
        ),
    ),
    Table(
        "recoveries",
        Text("元素回收率（本工序）", "recoveries by element, stage basis"),
        ("process", "element", "into"),
        (
            col("process", Kind.ID, "工艺", "process", refers=("processes",)),
            col("element", Kind.TEXT, "元素或 REO", "element symbol, or REO"),
            col("into", Kind.ID, "进入物料", "material it reaches", refers=("materials",)),
            *coefficient(low="0", high="1"),
            mark(),
            sources(),
            *notes(),
        ),
    ),
    Table(
        "distributions",
        Text("稀土配分", "rare-earth distributions"),
        ("ore", "oxide"),
        (
            col("ore", Kind.ID, "矿石类型", "ore type"),
            col("oxide", Kind.ID, "氧化物", "oxide", refers=("materials",)),
            *coefficient("fraction", "占 REO 的质量分数", "mass fraction of REO", "0", "1"),
            mark(),
            sources(),
        ),
    ),
    Table(
        "factors",
        Text("折算与排放因子", "conversion and emission factors"),
        ("id",),
        (
            col("id", Kind.ID, "编号", "id"),
            *names(),
            *coefficient(),
            col("unit", Kind.UNIT, "单位", "unit"),
            col("basis", Kind.TEXT, "口径", "basis", required=False),
            col("year", Kind.YEAR, "因子年份", "year of the factor", required=False),
            mark(),
            sources(),
        ),
    ),
)
