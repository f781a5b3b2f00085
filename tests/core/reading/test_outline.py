# ruff: noqa: E501 -- Chinese characters count as two columns each
"""The section tree in the styles of plans, guides, conditions and older documents."""

from __future__ import annotations

import pytest

from oreflow.core.reading import Role, Section, read


def tree(text: str) -> list[tuple[int, str, str]]:
    """Depth, number and title of every section."""
    sections = read(text).outline
    return [(depth(sections, s), s.number, s.title) for s in sections]


def depth(sections: tuple[Section, ...], s: Section) -> int:
    return 0 if s.parent is None else 1 + depth(sections, sections[s.parent])


def test_parts_chapters_and_run_on_titles() -> None:
    text = (
        "第一编 总论\n第一章 基础\n第一节 现状\n一、规模\n（一）产量稳步增长。全省粗钢产量保持平稳。\n"
        "1.结构优化。板带比提高。\n（1）热轧板带。产能平稳。\n①汽车板。用量上升。\n第二编 任务\n第二章 重点\n"
    )
    assert tree(text) == [
        (0, "第一编", "总论"), (1, "第一章", "基础"), (2, "第一节", "现状"), (3, "一、", "规模"), (4, "（一）", "产量稳步增长"),
        (5, "1.", "结构优化"), (6, "（1）", "热轧板带"), (7, "①", "汽车板"), (0, "第二编", "任务"), (1, "第二章", "重点"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (["第一部分 现状", "第二部分 目标"], ["第一部分", "第二部分"]),
        (["Ⅰ、产业现状", "Ⅱ、发展方向"], ["Ⅰ、", "Ⅱ、"]),
        (["甲、钢铁工业", "乙、有色金属工业"], ["甲、", "乙、"]),
        (["一. 发展现状", "二. 发展目标"], ["一.", "二."]),
        (["一 、发展现状", "二 、发展目标"], ["一 、", "二 、"]),
        (["一　　发展现状", "二　　发展目标"], ["一", "二"]),
        (["㈠ 优化布局", "㈡ 提升装备"], ["㈠", "㈡"]),
        (["⒈优化布局", "⒉提升装备"], ["⒈", "⒉"]),
        (["⑴优化布局", "⑵提升装备"], ["⑴", "⑵"]),
        (["１．优化布局", "２．提升装备"], ["1.", "2."]),
        (["A.优化布局", "B.提升装备"], ["A.", "B."]),
        (["1）优化布局", "2）提升装备"], ["1）", "2）"]),
        (["1、优化布局", "2、提升装备"], ["1、", "2、"]),
        (["(一)优化布局", "(二)提升装备"], ["（一）", "（二）"]),
        (["〔一〕优化布局", "〔二〕提升装备"], ["〔一〕", "〔二〕"]),
    ],
)
def test_styles_of_numbering(lines: list[str], numbers: list[str]) -> None:
    body = "全省加快产业转型升级，形成分工合理、特色鲜明的产业格局。"
    sections = read("\n".join(f"{line}\n{body}" for line in lines)).outline
    assert [s.number for s in sections] == numbers
    assert {s.parent for s in sections} == {None}
    assert all(s.title for s in sections)


def test_decimal_numbers_nest() -> None:
    text = (
        "1 总体要求\n1.1 指导思想\n坚持绿色发展。\n1.1.1 基本思路\n推动转型。\n1.2 主要目标\n2 重点任务\n2.1 优化布局\n"
    )
    assert tree(text) == [
        (0, "1", "总体要求"), (1, "1.1", "指导思想"), (2, "1.1.1", "基本思路"), (1, "1.2", "主要目标"),
        (0, "2", "重点任务"), (1, "2.1", "优化布局"),
    ]  # fmt: skip


def test_articles() -> None:
    text = (
        "示例省铝行业管理办法\n第一章 总则\n第一条 为规范铝行业管理，制定本办法。\n第二条 本办法适用于本省行政区域内的铝企业。\n"
        "第二章 管理\n第三条 新建项目应当符合第一条、第二条规定的要求。\n（一）工艺先进；\n（二）环保达标。\n第五条 本办法由省工业和信息化厅解释。\n"
    )
    sections = read(text).outline
    assert [s.number for s in sections if s.number.endswith("条")] == ["第一条", "第二条", "第三条", "第五条"]
    assert sections[1].parent == 0
    assert [s.note for s in sections if s.note] == ["skipped: 第五条 after 3"]


def test_words_without_numbers_open_sections() -> None:
    text = "示例市规划\n前  言\n本规划依据有关文件编制。\n第一章 现状\n企业12家。\n附件1\n重点项目表\n附则\n本规划自发布之日起施行。\n"
    assert [s.title for s in read(text).outline if not s.number.startswith("附")] == ["前言", "现状", "附则"]


def test_a_title_over_two_lines() -> None:
    text = "第三章 优化产业空间布局，推动形成一核引领两带支撑的\n协同发展新格局\n全省坚持集聚发展，形成分工合理的产业布局。\n"
    assert [s.title for s in read(text).outline] == ["优化产业空间布局，推动形成一核引领两带支撑的协同发展新格局"]


@pytest.mark.parametrize(
    "page",
    [
        "目  录\n第一章 发展现状……………1\n第一节 基础……………1\n第二章 发展目标……………5\n第三章 重点任务……………9\n",
        "目录\n第一章 发展现状 1\n第一节 基础 1\n第二章 发展目标 5\n第三章 重点任务 9\n",
        "目 录\n第一章 发展现状\n第一节 基础\n第二章 发展目标\n第三章 重点任务\n",
        "目次\n第一章  发展现状 ...... (1)\n第一节  基础 ...... (1)\n第二章  发展目标 ...... (5)\n第三章  重点任务 ...... (9)\n",
        "第一章 发展现状\n第一节 基础\n第二章 发展目标\n第三章 重点任务\n",
        "目录\n前言 1\n第一章 发展现状 2\n第一节 基础 2\n第二章 发展目标 5\n第三章 重点任务 9\n附件 20\n",
    ],
)
def test_contents_pages_are_no_headings(page: str) -> None:
    body = (
        "第一章 发展现状\n第一节 基础\n全市有企业40家，形成了较为完整的体系。\n第二章 发展目标\n到2025年，产值达到500亿元。\n"
        "第三章 重点任务\n加快发展。\n"
    )
    text = "示例市锂产业发展规划（2021—2025年）\n" + page + body
    sections = read(text).outline
    assert [s.title for s in sections if s.number] == ["发展现状", "基础", "发展目标", "重点任务"]
    assert sections[-1].start > text.index(page) + len(page) - 1


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("一、现状\n（一）基础。好。\n（三）问题。有。\n", "skipped: （三） after 1"),
        ("一、现状\n二、目标\n二、任务\n", "repeated: 二、"),
        ("二、现状\n三、目标\n", "missing: starts with 二、"),
        ("第一章 现状\n第三章 任务\n", "skipped: 第三章 after 1"),
    ],
)
def test_faults_of_numbering_are_noted(text: str, note: str) -> None:
    assert [s.note for s in read(text).outline if s.note] == [note]


@pytest.mark.parametrize(
    "text",
    [
        "第一，坚持创新驱动，加快转型升级。",
        "第三章规定的条件不适用于再生铝企业，由省厅另行规定，并报备案。",
        "（一）、（二）项所列情形，由省厅认定。",
        "7 万吨，园区规上工业总产值达到2500亿元以上，亩均营业收入年均增",
        "10.5万吨的产能全部退出，涉及企业3家，职工得到安置，任务全面完成。",
        "2021年全省粗钢产量稳步增长，行业效益明显改善，结构持续优化调整。",
        "甲、乙双方签订协议，约定产品供应数量与质量标准，共同开拓市场。",
    ],
)
def test_no_headings(text: str) -> None:
    assert [s.number for s in read(text).outline] == []


def test_dashed_and_bulleted_run_on_titles() -> None:
    text = (
        "二、发展目标\n——规模持续壮大。产值达到500亿元。\n——结构更加优化：高端占比提高。\n●绿色水平提升。能耗下降。\n"
    )
    assert [s.title for s in read(text).outline] == ["发展目标", "规模持续壮大", "结构更加优化", "绿色水平提升"]
    assert {s.role for s in read(text).outline} == {Role.GOAL}


def test_boxes_and_annexes() -> None:
    text = (
        "三、重点任务\n专栏 1 锂产业补链工程\n建设锂盐项目。\n专栏二：石墨提升工程\n建设负极项目。\n附件2：重点项目\n"
    )
    assert [(s.number, s.title) for s in read(text).outline] == [
        ("三、", "重点任务"), ("专栏1", "锂产业补链工程"), ("专栏二", "石墨提升工程"), ("附件2", "重点项目"),
    ]  # fmt: skip
