"""What a title and the first lines say of the whole, in shapes that plans and announcements take."""

from __future__ import annotations

from oreflow.core.reading import Kind, read

PLAN = """示例县铝产业链三年行动方案（2023-2025）
一、发展现状
目前，我县拥有电解铝产能88万吨/年。2022年，铝产业实现产值235.6亿元，同比增长11.4%。
二、工作目标
2024年：铝产业产值330亿元，铝水就地转化率82%以上。
2025年：铝产业产值达400亿元。
"""
ANNOUNCED = """示例工业主管部门公告
2014年第35号
为规范行业发展，制定《示例行业准入条件（2014年修订）》，现予公告。
第一条　新建项目年生产能力应不低于5000吨/年。
第二条　水循环利用率85%以上（含85%）。
第三条　现有企业应于2016年12月31日前达到上述要求。
"""
NUMBERED = """示例省“十二五”有色金属工业发展规划
2 发展目标
2.1 总体目标
到2015年，工业总产值达到1500亿元。
2.2 具体目标
十种有色金属产量200万t/a。
2.3 家电配套
铝板带产量20万t/a。
"""
LATER = """国民经济第七个五年计划工业部分
第三章 冶金工业
重点企业吨钢综合能耗由一九八五年的一点七六吨标准煤降到一点五吨标准煤。
工业总产值年平均增长百分之七点五。
"""
TOLD = """示例市建材工业工作情况汇报
一、上半年运行情况
全市规模以上建材企业158户，全年生产水泥1210万吨。
"""


def test_a_period_without_the_word_year() -> None:
    found = read(PLAN)
    assert (found.frame.start_year, found.frame.horizon, found.frame.base) == (2023, 2025, 2022)
    kinds = {(s.year, s.kind) for s in found.statements}
    assert kinds == {(2022, Kind.ACTUAL), (2024, Kind.TARGET), (2025, Kind.TARGET)}


def test_an_announcement_makes_conditions_known() -> None:
    found = read(ANNOUNCED)
    assert found.frame.conditions
    assert found.frame.dated == 2014
    assert [(s.unit, s.kind) for s in found.statements] == [("吨/年", Kind.THRESHOLD), ("%", Kind.THRESHOLD)]


def test_numbers_of_headings_state_nothing() -> None:
    assert [(s.low, s.unit) for s in read(NUMBERED).statements] == [(1500, "亿元"), (200, "万吨/年"), (20, "万吨/年")]


def test_a_chapter_of_tasks_aims_at_the_plans_end() -> None:
    said = [(s.year, s.kind, s.role) for s in read(LATER).statements]
    assert said == [(1985, Kind.ACTUAL, "from"), (1990, Kind.TARGET, "to"), (1990, Kind.TARGET, "")]


def test_a_report_tells_of_facts() -> None:
    found = read(TOLD)
    assert found.frame.title == "示例市建材工业工作情况汇报"
    assert found.frame.facts
    assert [s.unit for s in found.statements] == ["户", "万吨"]


def test_a_base_year_leaves_the_subject_whole() -> None:
    said = read("到2025年，二氧化硫排放总量削减15%，COD排放总量比2020年下降8%，钢产量比2020年增长5%。").statements
    assert [s.subject for s in said] == ["二氧化硫排放总量", "COD排放总量", "钢产量"]


def test_ends_of_changes_answer_their_starts() -> None:
    said = read("到2030年，钒、钛利用率分别由47%、26%提高到52%、32%。").statements
    assert [(s.subject[0], int(s.low), s.role) for s in said] == [
        ("钒", 47, "from"), ("钛", 26, "from"), ("钒", 52, "to"), ("钛", 32, "to"),
    ]  # fmt: skip
