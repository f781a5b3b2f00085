# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Tables in many layouts, and those whose cells the file itself tells."""

from __future__ import annotations

import pytest

from oreflow.core.reading import Grid, GridCell, Statement, read

from .table_texts import LAYOUTS, Figure, Layout


def holds(s: Statement, wanted: Figure) -> bool:
    subject, value, unit, year, kind = wanted
    return (
        float(s.low) == value
        and s.unit == unit
        and subject in s.subject + s.scope
        and (year is None or s.year == year)
        and (kind is None or s.kind.value == kind)
    )


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda k: k.name)
def test_layout(layout: Layout) -> None:
    reading = read(layout.text)
    told = [s for s in reading.statements if s.table is not None]
    for wanted in layout.figures:
        assert any(holds(s, wanted) for s in told), (wanted, [(s.subject, float(s.low), s.unit, s.year, s.kind.value) for s in told])  # fmt: skip
    if layout.count is not None:
        assert len(told) == layout.count
    assert len(reading.tables) == 1
    if layout.agree:
        assert tuple(t.agrees for t in reading.tables[0].totals) == layout.agree
    starts = [s.start for s in told]
    assert len(starts) == len(set(starts))


def gridded(rows: list[list[str | tuple[str, int, int]]], before: str = "", after: str = "") -> tuple[str, list[Grid]]:
    """A text whose table is laid out: cells between tabs, (text, across, down) for merged ones."""
    text = before
    start = len(text)
    laid = []
    hanging: dict[int, int] = {}
    for row in rows:
        cells, column = [], 0
        taken = {c for c, rest in hanging.items() if rest}
        hanging = {c: rest - 1 for c, rest in hanging.items() if rest > 1}
        for cell in row:
            body, across, down = cell if isinstance(cell, tuple) else (cell, 1, 1)
            while column in taken:
                text, column = text + "\t", column + 1
            cells.append(GridCell(len(text), len(text) + len(body), across, down))
            text += body + "\t" * across
            hanging.update({c: down - 1 for c in range(column, column + across) if down > 1})
            column += across
        text = text[:-1] + "\n"
        laid.append(tuple(cells))
    return text + after, [Grid(start, len(text) - 1, tuple(laid))]


HEAD = "示例省铝产业发展规划（2021—2025年）\n二、发展目标\n"


def test_merged_heads_and_groups() -> None:
    text, grids = gridded(
        [
            [("类别", 1, 2), ("指标", 1, 2), ("2020年", 2, 1), ("2025年", 2, 1), ("属性", 1, 2)],
            ["产能（万吨）", "产量（万吨）", "产能（万吨）", "产量（万吨）"],
            [("冶炼", 1, 2), "氧化铝", "500", "450", "600", "580", "预期性"],
            ["电解铝", "200", "190", "220", "215", "约束性"],
            [("加工", 1, 1), "铝板带", "100", "—", "180", "150", "预期性"],
        ],
        HEAD + "表1 主要产品\n",
        "全省坚持绿色发展。\n",
    )
    reading = read(text, grids=grids)
    (table,) = reading.tables
    assert table.caption == "表1主要产品"
    assert table.columns == ("2020年产能（万吨）", "2020年产量（万吨）", "2025年产能（万吨）", "2025年产量（万吨）")
    assert [(r.group, r.label, r.binding) for r in table.rows] == [
        ("冶炼", "氧化铝", "预期性"), ("冶炼", "电解铝", "约束性"), ("加工", "铝板带", "预期性"),
    ]  # fmt: skip
    told = [(s.subject, float(s.low), s.unit, s.year, s.kind.value) for s in reading.statements]
    assert len(told) == 11
    assert told[3] == ("氧化铝产量", 580, "万吨", 2025, "target")
    assert ("铝板带产量", 150, "万吨", 2025, "target") in told
    assert all(not s.doubts for s in reading.statements)


def test_three_levels_of_heads_and_a_unit_row() -> None:
    text, grids = gridded(
        [
            [("单位：万吨", 5, 1)],
            [("产品", 1, 3), ("产能", 4, 1)],
            [("2020年", 2, 1), ("2025年", 2, 1)],
            ["合规", "在建", "合规", "在建"],
            ["氧化铝", "100", "20", "150", "10"],
            ["电解铝", "80", "5", "90", "2"],
        ],
        HEAD,
    )
    reading = read(text, grids=grids)
    assert reading.tables[0].columns == ("产能2020年合规", "产能2020年在建", "产能2025年合规", "产能2025年在建")
    assert {s.unit for s in reading.statements} == {"万吨"}
    assert [s.year for s in reading.statements[:4]] == [2020, 2020, 2025, 2025]


def test_a_grid_of_projects() -> None:
    text, grids = gridded(
        [
            ["序号", "项目名称", "建设内容及规模", "总投资（亿元）", "建设年限", "责任单位"],
            [
                "1",
                "示例铝业再生铝项目",
                "建设年产20万吨再生铝合金生产线及配套设施",
                "12.8",
                "2021—2023年",
                "示例市人民政府",
            ],
            ["2", "示例赤泥综合利用项目", "年处理赤泥100万吨", "6.5", "2022—2024年", "示例县人民政府、省生态环境厅"],
            [("合计", 3, 1), "19.3", "", ""],
        ],
        "示例省铝产业实施方案\n附件1 重点项目清单\n",
    )
    reading = read(text, grids=grids)
    projects = [e for e in reading.entities if e.kind == "project"]
    assert [(p.name, p.money, p.capacity, p.period, p.bodies) for p in projects] == [
        ("示例铝业再生铝项目", "12.8亿元", "年产20万吨", "2021—2023年", ("示例市人民政府",)),
        ("示例赤泥综合利用项目", "6.5亿元", "100万吨", "2022—2024年", ("示例县人民政府", "省生态环境厅")),
    ]
    assert [(t.column, t.agrees) for t in reading.tables[0].totals] == [("总投资（亿元）", True)]
    assert not [s for s in reading.statements if s.year in (2021, 2022)]


def test_a_grid_of_duties() -> None:
    text, grids = gridded(
        [
            ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"],
            ["1", "建立铝产业链台账", "省工业和信息化厅", "省发展改革委、各市人民政府", "2022年6月底前"],
            ["2", "推进赤泥消纳", "省生态环境厅", "省自然资源厅", "长期坚持"],
        ],
        "示例省铝产业实施方案\n附件 任务分工表\n",
    )
    duties = read(text, grids=grids).duties
    assert [(d.task, d.lead, d.support, d.deadline) for d in duties] == [
        ("建立铝产业链台账", ("省工业和信息化厅",), ("省发展改革委", "各市人民政府"), "2022年6月底前"),
        ("推进赤泥消纳", ("省生态环境厅",), ("省自然资源厅",), "长期坚持"),
    ]


def test_a_grid_of_conditions() -> None:
    text, grids = gridded(
        [
            ["指标", "单位", "新建企业", "现有企业"],
            ["综合能耗", "千克标准煤/吨", "≤380", "≤420"],
            ["氧化铝回收率", "%", "≥95", "≥93"],
            ["新水消耗", "立方米/吨", "不高于3", "不高于3.5"],
        ],
        "示例氧化铝行业规范条件\n三、资源能源消耗\n",
    )
    reading = read(text, grids=grids)
    assert [(c.object, [(x.comparator.value, float(x.value), x.unit, x.inclusive) for x in c.limits]) for c in reading.clauses] == [
        ("综合能耗", [("<=", 380, "千克标准煤/吨", True), ("<=", 420, "千克标准煤/吨", True)]),
        ("氧化铝回收率", [(">=", 95, "%", True), (">=", 93, "%", True)]),
        ("新水消耗", [("<=", 3, "立方米/吨", True), ("<=", 3.5, "立方米/吨", True)]),
    ]  # fmt: skip
    assert {s.kind.value for s in reading.statements} == {"threshold"}


def test_a_box_of_running_text_is_read_as_text() -> None:
    body = "到2025年，电解铝产能控制在220万吨以内，再生铝产量达到80万吨。"
    text, grids = gridded([[("专栏1 铝产业提升工程", 1, 1)], [body]], HEAD)
    reading = read(text, grids=grids)
    assert reading.tables == ()
    assert [float(s.low) for s in reading.statements] == [220, 80]
    assert [s.number for s in reading.outline] == ["二、", "专栏1"]


def test_words_with_figures_in_cells_are_read() -> None:
    text, grids = gridded(
        [
            ["指标", "2020年", "2025年"],
            ["产值（亿元）", "300", "800"],
            ["单位能耗", "—", "比2020年下降15%"],
            ["铝水就地转化率", "60%", "达到80%以上"],
        ],
        HEAD,
    )
    reading = read(text, grids=grids)
    told = {(float(s.low), s.unit, s.comparator.value, s.year) for s in reading.statements}
    assert (15, "%", "change", 2025) in told
    assert (80, "%", ">=", 2025) in told


def test_chains_and_entities_in_cells() -> None:
    text, grids = gridded(
        [
            ["链条", "重点企业", "2025年产值（亿元）"],
            ["铝土矿—氧化铝—电解铝—铝材", "示例铝业有限公司", "500"],
            ["再生铝—铝合金—压铸件", "示例再生资源有限公司", "200"],
        ],
        HEAD,
    )
    reading = read(text, grids=grids)
    assert [len(c.stages) for c in reading.chains] == [4, 3]
    assert {e.name for e in reading.entities if e.kind == "enterprise"} == {"示例铝业有限公司", "示例再生资源有限公司"}


def test_a_cell_that_spans_figures_is_told_once() -> None:
    text, grids = gridded(
        [
            ["产品", "2019年（万吨）", "2020年（万吨）"],
            ["氧化铝", ("100", 2, 1)],
            ["电解铝", "50", "60"],
            ["铝材", "20", "30"],
        ],
        HEAD,
    )
    assert [float(s.low) for s in read(text, grids=grids).statements] == [100, 50, 60, 20, 30]


def test_doubtful_rows_of_flattened_tables() -> None:
    layout = next(k for k in LAYOUTS if "doubtful" in k.name)
    rows = read(layout.text).tables[0].rows
    assert [any(c.doubtful for c in r.cells) for r in rows] == [False, False, True, True, False]


def test_lying_spans_do_no_harm() -> None:
    text = "甲\t1\n乙\t2\n丙\t3\n"
    wild = [
        Grid(
            0,
            len(text),
            (
                (GridCell(0, 1, 10**9, 10**9), GridCell(2, 3)),
                (GridCell(4, 5, 0, -3), GridCell(6, 7)),
                (GridCell(8, 9),),
            ),
        )
    ]
    assert read(text, grids=wild).doc == ""
    assert read(text, grids=[Grid(0, 0, ())]).doc == ""
