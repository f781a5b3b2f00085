# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Citations found in texts: titles, numbers, editions, short names, hard wraps."""

from __future__ import annotations

import time

import pytest

from oreflow.core.rules import cited

CASES = (
    ("新建项目应符合《示例行业规范条件（2018年本）》要求。", [("示例行业规范条件", "", 2018)]),
    ("执行《示例产业指导目录》（2019年修订）有关规定。", [("示例产业指导目录", "", 2019)]),
    ("按照《示例产业指导目录（2022 年版）》执行。", [("示例产业指导目录", "", 2022)]),
    ("依据《示例管理条例》（国务院令第999号）处理。", [("示例管理条例", "国务院令第999号", None)]),
    ("《示例行业产能置换办法》（示例部原〔2021〕77号）规定比例。", [("示例行业产能置换办法", "示例部原〔2021〕77号", None)]),
    ("见《示例意见》(示例发[2016]5号)。", [("示例意见", "示例发〔2016〕5号", None)]),
    ("达到《示例污染物排放标准》（GB 99001-2012）表2限值。", [("示例污染物排放标准", "GB 99001-2012", 2012)]),
    ("达到ＧＢ／Ｔ　９９００２—２０１５二级要求。", [("", "GB/T 99002-2015", 2015)]),
    ("污水排放执行GB99003－1996，噪声执行HJ 9001-2020。", [("", "GB 99003-1996", 1996), ("", "HJ 9001-2020", 2020)]),
    ("按GB 99004《示例能耗限额》核算。", [("示例能耗限额", "GB 99004", None)]),
    ("能耗满足GB 99005.2-2018先进值。", [("", "GB 99005.2-2018", 2018)]),
    ("根据示例发〔2015〕95号文件。", [("", "示例发〔2015〕95号", None)]),
    ("符合示例部公告2020年第6号的条件。", [("", "示例部公告2020年第6号", None)]),
    ("《示例\n标准》（GB99006-\n2020）。", [("示例标准", "GB 99006-2020", 2020)]),
    ("《示例产业目录（2011年本）（修正）》继续适用。", [("示例产业目录", "", 2011)]),
    ("《关于印发〈示例置换办法〉的通知》（示例办〔2017〕3号）。", [('关于印发〈示例置换办法〉的通知', "示例办〔2017〕3号", None)]),
    ("到2025年，产值达到100亿元（2020年为50亿元）。", []),
    ("采用《产品手册》中的GB编号。", [("产品手册", "", None)]),
    ("占地20亩，型号YS2020。", [("", "YS 2020", None)]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=lambda v: v[:18] if isinstance(v, str) else "")
def test_citations(text: str, wanted: list[tuple[str, str, int | None]]) -> None:
    assert [(c.title, c.number, c.edition) for c in cited(text)] == wanted


def test_short_names_stand_for_their_titles() -> None:
    text = "按照《关于促进示例产业发展的若干意见》（示例发〔2011〕12号，以下简称《若干意见》）要求……《若干意见》提出，《意见》还要求……"
    found = cited(text)
    assert [c.number for c in found] == ["示例发〔2011〕12号"] * 3
    assert [c.quote for c in found[1:]] == ["《若干意见》", "《意见》"]


def test_titles_without_marks_need_to_be_known() -> None:
    text = "产能须符合示例产业指导目录（2019年本）和示例管理条例。"
    assert cited(text) == ()
    found = cited(text, ("示例产业指导目录", "示例管理条例"))
    assert [(c.title, c.edition) for c in found] == [("示例产业指导目录", 2019), ("示例管理条例", None)]


@pytest.mark.parametrize("text", [c[0] for c in CASES])
def test_offsets_point_at_the_quote(text: str) -> None:
    for citation in cited(text, ("示例管理条例",)):
        assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "text",
    ["《" * 5000, "》《" * 5000, "（" * 5000, "GB" * 20000, "〔2020〕" * 5000, "《示例》（" * 4000, "一" * 100000],
)
def test_hostile_texts_take_no_time(text: str) -> None:
    start = time.process_time()
    cited(text)
    assert time.process_time() - start < 3
