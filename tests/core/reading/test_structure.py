# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Outline, tables, duties, clauses and entities on made-up texts."""

from __future__ import annotations

import pytest

from oreflow.core.reading import Comparator, Kind, Role, read

PLAN = """示例省锰产业发展规划（2021—2025年）

目  录
第一章 发展现状……………………1
第二章 发展目标……………………3
第三章 主要任务……………………5

第一章 发展现状
（一）产业基础
全省现有锰企业40家。
（三）存在问题
1.创新不足。研发投入占比不到1%。
第二章 发展目标
——总量目标。到2025年，产值达到500亿元。
第三章 主要任务
专栏1 重点工程
附件2 项目清单
"""


def test_outline_skips_the_contents_page_and_notes_gaps() -> None:
    sections = read(PLAN).outline
    titles = [s.title for s in sections]
    assert titles.count("发展现状") == 1
    assert titles == [
        "发展现状",
        "产业基础",
        "存在问题",
        "创新不足",
        "发展目标",
        "总量目标",
        "主要任务",
        "重点工程",
        "项目清单",
    ]
    assert [s.note for s in sections if s.note] == ["skipped: （三） after 1"]
    assert sections[3].parent == 2
    assert sections[0].role is Role.ACHIEVEMENT
    assert sections[5].role is Role.GOAL
    assert PLAN[sections[0].start :].startswith("第一章 发展现状\n（一）")


def test_frame() -> None:
    frame = read(PLAN).frame
    assert (frame.region, frame.start_year, frame.horizon, frame.base) == ("示例省", 2021, 2025, 2020)


@pytest.mark.parametrize("gap", ["\t", " | ", "  "])
def test_a_table_of_marked_cells(gap: str) -> None:
    rows = [["序号", "指标", "2020年", "2025年", "属性"], ["1", "锰矿产量（万吨）", "350", "450", "预期性"],
            ["2", "锰渣利用率（%）", "8", "30以上", "约束性"], ["3", "吨锰电耗（千瓦时）", "6200", "≤5800", "预期性"]]  # fmt: skip
    text = "表1 主要指标\n" + "\n".join(gap.join(r) for r in rows)
    reading = read("示例省锰产业发展规划（2021—2025年）\n" + text)
    (table,) = reading.tables
    assert table.columns == ("2020年", "2025年")
    assert [r.label for r in table.rows] == ["锰矿产量", "锰渣利用率", "吨锰电耗"]
    assert [r.binding for r in table.rows] == ["预期性", "约束性", "预期性"]
    told = [(s.subject, s.comparator.value, int(s.low), s.unit, s.year, s.kind.value) for s in reading.statements]
    assert told[3] == ("锰渣利用率", ">=", 30, "%", 2025, "target")
    assert told[5] == ("吨锰电耗", "<=", 5800, "千瓦时/吨", 2025, "target")
    assert told[0][-1] == "actual"


def test_a_table_with_every_cell_on_its_own_line() -> None:
    cells = [
        "产品",
        "2015年",
        "2020年",
        "粗钢",
        "529万吨",
        "622万吨",
        "钛精矿",
        "229万吨",
        "511万吨",
        "合计",
        "758万吨",
        "1133万吨",
    ]
    reading = read("表2 产品产量\n\n" + "\n".join(cells) + "\n\n以上为规上企业数据，不含其他。")
    (table,) = reading.tables
    assert [r.label for r in table.rows] == ["粗钢", "钛精矿", "合计"]
    assert [(t.column, t.agrees) for t in table.totals] == [("2015年", True), ("2020年", True)]


def test_a_short_row_is_doubtful() -> None:
    text = "表3 产量\n产品 2018年 2019年 2020年\n钢 10 20 30\n铁 40 50 60\n钛 70 80\n钒 1 2 3\n"
    rows = read(text).tables[0].rows
    assert [any(c.doubtful for c in r.cells) for r in rows] == [False, False, True, False]
    assert any("column guessed" in s.doubts for s in read(text).statements)


def test_a_unit_above_the_table() -> None:
    text = "主要指标表（单位：万吨）\n指标 2018年 2020年\n锰矿石 350 400\n硅锰合金 80 85\n电解锰 60 65\n"
    assert {s.unit for s in read(text).statements} == {"万吨"}


def test_duties_with_lead_support_and_deadline() -> None:
    text = (
        "市工业和信息化局（以下简称市工信局）会同有关部门落实本方案。\n一、主要任务\n（一）推进锰渣治理，2022年底前完成整治。"
        "（牵头单位：市工信局；配合单位：市生态环境局、市财政局（市国资委）；完成时限：2022年12月底前）\n"
        "（二）开展对标行动。（市工信局牵头，市统计局、各县（区）人民政府配合）\n（三）强化保障。（市财政局、市税务局按职责分工负责）"
    )
    first, second, third = read(text).duties
    assert first.lead == ("市工业和信息化局",)
    assert first.support == ("市生态环境局", "市财政局（市国资委）")
    assert first.deadline == "2022年12月底前"
    assert second.support == ("市统计局", "各县（区）人民政府")
    assert (third.lead, third.support) == (("市财政局",), ("市税务局",))
    assert "锰渣治理" in first.task


@pytest.mark.parametrize(
    ("words", "comparator", "inclusive"),
    [
        ("以下", "<", False),
        ("及以下", "<=", True),
        ("（含）以下", "<=", True),
        ("（不含）以下", "<", False),
        ("及以上", ">=", True),
    ],
)
def test_ends_of_bounds(words: str, comparator: str, inclusive: bool) -> None:
    text = f"示例产业负面清单\n淘汰类\n1、单机产能5万吨{words}的球团设备（铁合金球团除外）。\n"
    (clause,) = read(text).clauses
    assert clause.category == "eliminated"
    assert clause.exceptions == ("铁合金球团",)
    assert [(x.comparator.value, x.inclusive) for x in clause.limits] == [(comparator, inclusive)]


def test_a_list_entry_without_figures_is_a_clause() -> None:
    clauses = read("示例产业负面清单\n禁止类\n1、土法炼锌工艺。\n2、在基本农田、河道范围内采砂的项目。\n").clauses
    assert [c.category for c in clauses] == ["forbidden", "forbidden"]
    assert clauses[0].object == "土法炼锌工艺"
    assert clauses[1].places


def test_entities_merge_spellings() -> None:
    text = "依托示例钒业集团有限公司建设钛材项目。示例钒业集团公司位于示例钒钛产业园。支持示例钒业集团做大。推广高效提钒技术，总投资12亿元。"
    entities = read(text, materials={"钛材": "ti_mill"}).entities
    firm = next(e for e in entities if e.kind == "enterprise")
    assert len(firm.spellings) == 3
    assert len(firm.mentions) == 3
    assert {e.kind for e in entities} >= {"enterprise", "park", "product", "technology"}
    for e in entities:
        assert all(text[m.start : m.end] in e.spellings for m in e.mentions)


def test_a_project_knows_its_money_and_capacity() -> None:
    text = "三、重点项目\n示例公司年产3万吨海绵钛项目，总投资15.8亿元。"
    project = next(e for e in read(text).entities if e.kind == "project")
    assert project.capacity == "年产3万吨"
    assert project.money == "15.8亿元"


def test_wrapped_lines_and_page_numbers() -> None:
    text = (
        "示例市园区规划（2021—2025年）\n\n第一节 发展目标\n\n到 2025年，全县各园年产锰精矿 320万吨、石墨精矿 45万吨、球形石墨 8\n\n"
        "－１２－\n\n万吨，县内园区工业营收突破 610亿元，亩均产值年均增\n\n长 6%，单位产值用水继续下降，\n\n"
        "上下游衔接更加紧密。\n"
    )
    found = [(s.comparator, float(s.low), s.year) for s in read(text).statements]
    assert found == [
        (Comparator.EQUAL, 320, 2025), (Comparator.EQUAL, 45, 2025), (Comparator.EQUAL, 8, 2025),
        (Comparator.MORE, 610, 2025), (Comparator.RATE, 6, 2025),
    ]  # fmt: skip


def test_damaged_letters_are_read() -> None:
    found = read("示例省规划（2021—2025年）\n一、发展现状\n2O20年粗钢产量85O万吨，钛材5·2万吨。").statements
    assert [(float(s.low), s.year, s.kind) for s in found] == [(850, 2020, Kind.ACTUAL), (5.2, 2020, Kind.ACTUAL)]
    assert all("letters mended" in s.doubts for s in found[:1])
    assert found[0].confidence < 0.9


def test_empty_cells_and_a_second_line_of_heads() -> None:
    text = (
        "示例部关于下达2023年第一批控制指标的通知\n示联原〔2023〕27号\n附件\n2023年第一批总量控制指标\n"
        "序号\t企业\t矿产品（稀土氧化物，吨）\t矿产品\t分离产品（稀土氧化物，吨）\n\t\t岩矿型\t离子型\n"
        "1\t示例甲集团\t28114\t7434\t33304\n2\t示例乙集团\t80943\t\t73403\n3\t示例丙集团\t\t1966\t2256\n合计\t109057\t9400\t108963\n"
    )
    reading = read(text)
    (table,) = reading.tables
    assert [r.label for r in table.rows] == ["示例甲集团", "示例乙集团", "示例丙集团", "合计"]
    assert [[c.column for c in r.cells] for r in table.rows] == [[0, 1, 2], [0, 2], [1, 2], [0, 1, 2]]
    assert all(t.agrees for t in table.totals)
    assert {(s.unit, s.year) for s in reading.statements if s.table is not None and s.unit} == {("吨", 2023)}


def test_fractions_and_multiples_in_prose() -> None:
    text = "示例省规划（2021—2025年）\n一、发展现状\n产能占全球市场的1/4，投资是“十二五”时期的2.4倍，产值翻了一番。"
    found = [(float(s.low), s.unit) for s in read(text).statements]
    assert found == [(25, "%"), (2.4, "倍"), (1, "番")]


def test_a_milestone_year_does_not_pass_on() -> None:
    text = "三、重点项目\n甲公司50万吨钢项目2015年建成投产；乙公司30万吨铝项目，总投资25亿元。"
    assert [(s.year, s.kind) for s in read(text).statements[1:]] == [(None, Kind.OTHER), (None, Kind.OTHER)]
