"""What is answered from made-up plans, what is refused, and in what words."""

from __future__ import annotations

import pytest

from oreflow.core.knowledge import Answer, Fact, Held, Index, Lack, Vocabulary, ask, passages

from .plans import CITY, PROVINCE, held, index

TEXTS = {"city": CITY, "province": PROVINCE}


@pytest.fixture(scope="module")
def both() -> Index:
    return index()


def words(answer: Answer, number: int = 0) -> str:
    support = answer.passages[number]
    return TEXTS[support.doc][support.start : support.end]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("钛白粉2025年产能目标是多少？", "钛白粉产能达到180万吨"),
        ("到十四五末海绵钛要形成多大能力", "海绵钛产能达到8万吨"),
        ("钒渣最多能产多少万吨", "钒渣产量控制在50万吨以内"),
        ("2020年硫酸产量", "硫酸 120 150"),
        ("titania capacity in 2025", "钛白粉产能达到180万吨"),
        ("哪些园区发展储能材料？", "示例东部产业园"),
        ("尾矿库安全归谁管", "由市应急管理局牵头"),
        ("龙头企业有哪几家？", "示例钛业公司、示例钒业公司"),
        ("冶炼成本为什么高", "杂质多"),
        ("稀土矿一年最多开采多少吨", "稀土矿开采量控制在3万吨以内"),
        ("离子型稀土矿的收率下限", "综合回收率不低于85%"),
        ("冶炼分离企业要压到几家", "冶炼分离企业压缩到6家"),
        ("方案由哪个部门解释？", "由省工业厅负责解释"),
        ("哪个法规管超计划生产", "《稀土管理条例》"),
        ("黑名单", "信用黑名单制度"),
        ("在哪里发展钛材", "示例西部工业园"),
        ("稀土开采总量2030年", "开采量控制在3万吨以内"),
    ],
)
def test_answered(both: Index, question: str, said: str) -> None:
    answer = ask(question, both)
    assert answer.supported, answer.reason.zh
    assert said in words(answer)
    assert answer.lack is None


@pytest.mark.parametrize(
    ("question", "lack", "said"),
    [
        ("钨精矿产量是多少？", Lack.UNKNOWN_TERM, "钨精矿"),
        ("钛白粉2035年产能", Lack.YEAR, "2035"),
        ("云南的钛白粉产能", Lack.PLACE, "云南"),
        ("tungsten capacity in 2025", Lack.UNKNOWN_TERM, "钨"),
        ("尾矿库安全监测制度要花多少钱", Lack.FIGURE, "没有给出数字"),
        ("尾矿库安全监测制度哪一年建成", Lack.FIGURE, "没有给出数字"),
        ("海绵钛信用黑名单", Lack.APART, "海绵钛"),
        ("多少？", Lack.NO_QUESTION, "没有可查的词"),
        ("how much is it in 2025?", Lack.NO_QUESTION, "没有可查的词"),
    ],
)
def test_refused_in_words(both: Index, question: str, lack: Lack, said: str) -> None:
    answer = ask(question, both)
    assert not answer.supported
    assert answer.passages == ()
    assert answer.lack is lack, answer.reason
    assert said in answer.reason.zh
    assert answer.reason.en
    assert answer.help.zh
    assert answer.help.en


def test_nothing_held() -> None:
    answer = ask("钛白粉产能", Index())
    assert (answer.supported, answer.lack) == (False, Lack.NOTHING_HELD)
    assert ask("钛白粉", Index([Held("empty", "空", "")])).lack in (Lack.UNKNOWN_TERM, Lack.APART)


def test_only_the_documents_named_have_a_part(both: Index) -> None:
    answer = ask("稀土矿一年最多开采多少吨", both, among={"city"})
    assert not answer.supported
    assert {s.doc for s in answer.near} <= {"city"}
    assert ask("稀土矿一年最多开采多少吨", both, among={"province"}).supported
    assert ask("稀土矿", both, among=set()).lack is Lack.NOTHING_HELD
    alone = ask("钛白粉产能", Index([held(CITY, "city")], both.vocabulary))
    assert ask("钛白粉产能", both, among=["city"]) == alone


def test_documents_come_and_go_one_by_one(both: Index) -> None:
    lone = index()
    assert len(lone) == 2
    lone.remove("city")
    lone.remove("city")
    assert "city" not in lone
    assert lone.get("city") is None
    assert not ask("钛白粉2025年产能目标是多少？", lone).supported
    lone.add(held(CITY.replace("180万吨", "190万吨"), "city"))
    answer = ask("钛白粉2025年产能目标是多少？", lone)
    assert "190" in str(answer.facts[0][1].figure)
    lone.add(held(CITY, "city"))
    assert ask("钛白粉2025年产能目标是多少？", lone) == ask("钛白粉2025年产能目标是多少？", both)


def test_figures_stand_with_their_passage(both: Index) -> None:
    answer = ask("钛白粉2025年产能目标是多少？", both)
    support, fact = answer.facts[0]
    assert support is answer.passages[0]
    assert (fact.subject, fact.value, fact.unit, fact.year) == ("钛白粉产能", 180, "万吨", 2025)
    assert support.start <= fact.start < fact.end <= support.end
    assert "2025" in support.why.zh
    assert "钛白粉" in support.why.en


def test_a_figure_as_people_write_it() -> None:
    from fractions import Fraction

    assert Fact(0, 1).figure == ""
    assert Fact(0, 1, value=Fraction(3, 2), unit="%", comparator="<=").figure == "≤ 1.5 %"
    assert Fact(0, 1, value=Fraction(5), high=Fraction(10), unit="%", comparator="between").figure == "5–10 %"


def test_limits_are_kept(both: Index) -> None:
    assert len(ask("产能", both, limit=0).passages) == 1
    assert len(ask("稀土", both, limit=2).passages) <= 2
    assert len(ask("产业", both, limit=10_000).passages) <= 50


def test_marks_lie_on_the_terms(both: Index) -> None:
    support = ask("海绵钛产能", both).passages[0]
    marked = [TEXTS[support.doc][a:b] for a, b in support.marks]
    assert any("海绵钛产能" in m for m in marked)


def test_a_place_is_that_of_the_document_or_said(both: Index) -> None:
    vocabulary = Vocabulary({"示例市": ("示例市", "990100"), "exampleton": ("示例市", "990100")})
    lone = Index([held(CITY, "city")], vocabulary)
    assert ask("示例市2025年钛白粉产能", lone).supported
    assert ask("exampleton titania capacity 2025", lone).supported
    assert not ask("四川2025年钛白粉产能", lone).supported
    assert not ask("Sichuan titania capacity 2025", lone).supported


def test_a_period_stands_for_its_years() -> None:
    text = "第一章 目标\n\n“十三五”期间，铅锌产量年均增长5%。“十四五”末，铅锌产量达到20万吨。\n"
    lone = Index([Held("p", "p", text, passages(text))])
    assert (
        "20万吨" in text[ask("2025年铅锌产量", lone).passages[0].start :]
        if ask("2025年铅锌产量", lone).supported
        else True
    )
    answer = ask("“十四五”末铅锌产量多少", lone)
    assert answer.supported
    assert "20万吨" in text[answer.passages[0].start : answer.passages[0].end]


def test_years_in_titles_of_documents_are_no_years() -> None:
    text = "按照《产业结构调整指导目录（2019年本）》和《2035年远景目标纲要》，钛白粉产量达到5万吨。\n"
    lone = Index([Held("p", "p", text, passages(text))])
    assert ask("2035年钛白粉产量", lone).lack is Lack.YEAR


def test_a_count_in_the_question_in_either_writing() -> None:
    text = "重点建设六大基地：示例甲、示例乙。\n\n重点建设一批基地，改善基地条件。\n"
    lone = Index([Held("p", "p", text, passages(text))])
    for question in ("6个基地是哪些", "哪六个基地"):
        answer = ask(question, lone)
        assert text[answer.passages[0].start : answer.passages[0].end].startswith("重点建设六大基地")
    for question in ("12个基地", "两个基地"):
        assert "六大" not in "".join(text[p.start : p.end] for p in ask(question, lone).passages)


def test_one_language_beside_the_other(both: Index) -> None:
    answer = ask("钨精矿", both)
    assert "钨精矿" in answer.reason.in_language("en")
    assert "say nothing" in answer.reason.en
    several = ask("产能", both, limit=5)
    assert several.reason.en.endswith("an answer.")
    assert "处支持" in several.reason.zh
