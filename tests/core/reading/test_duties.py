# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Lists of responsible bodies in the forms that schemes print them."""

from __future__ import annotations

from pathlib import Path

import pytest

from oreflow.core.reading import Duty, read

HEAD = "示例省铝产业高质量发展实施方案\n二、重点任务\n"


def duty(text: str) -> Duty:
    duties = read(HEAD + text).duties
    assert len(duties) == 1, [(d.lead, d.support) for d in duties]
    return duties[0]


FORMS = (
    ("（一）优化布局。推动产业集聚。（省工业和信息化厅负责）", ("省工业和信息化厅",), (), ""),
    ("（一）优化布局。推动产业集聚。（责任单位：省工业和信息化厅、省发展改革委，各市人民政府）", ("省工业和信息化厅",), ("省发展改革委", "各市人民政府"), ""),
    ("（一）优化布局。推动产业集聚。（牵头单位：省工业和信息化厅；配合单位：省发展改革委、省财政厅）", ("省工业和信息化厅",), ("省发展改革委", "省财政厅"), ""),
    ("（一）优化布局。推动产业集聚。（牵头单位：省工业和信息化厅、省商务厅；责任单位：省财政厅；完成时限：2023年6月底前）", ("省工业和信息化厅", "省商务厅"), ("省财政厅",), "2023年6月底前"),
    ("（一）优化布局。推动产业集聚。（省发展改革委牵头，省工业和信息化厅、省财政厅按职责分工负责）", ("省发展改革委",), ("省工业和信息化厅", "省财政厅"), ""),
    ("（一）优化布局。推动产业集聚。（由省发展改革委牵头，省工业和信息化厅配合）", ("省发展改革委",), ("省工业和信息化厅",), ""),
    ("（一）优化布局。推动产业集聚。（由省工业和信息化厅负责，省财政厅、省税务局配合）", ("省工业和信息化厅",), ("省财政厅", "省税务局"), ""),
    ("（一）优化布局。推动产业集聚。[责任单位：市发展改革委、市科技局]", ("市发展改革委",), ("市科技局",), ""),
    ("（一）优化布局。推动产业集聚。【牵头单位：市发展改革委；配合单位：市科技局】", ("市发展改革委",), ("市科技局",), ""),
    ("（一）优化布局。推动产业集聚。（省工业和信息化厅、省发展改革委等按职责分工负责，2025年底前完成）", ("省工业和信息化厅",), ("省发展改革委",), "2025年底前"),
    ("（一）优化布局。2024年12月底前完成产业集聚。（省工业和信息化厅、各有关市人民政府分别负责）", ("省工业和信息化厅",), ("各有关市人民政府",), "2024年12月底前"),
    ("（一）优化布局。每年6月底前报送进展。（市经信局、市统计局负责）", ("市经信局",), ("市统计局",), "每年6月底前"),
    ("（一）优化布局。推动产业集聚，12月底前完成。（市经信局负责）", ("市经信局",), (), "12月底前"),
    ("（一）优化布局。推动产业集聚。牵头单位：市经信局。配合单位：市财政局、示例区人民政府。", ("市经信局",), ("市财政局", "示例区人民政府"), ""),
    ("（一）优化布局。推动产业集聚。（牵头部门：市经信局，配合部门：市财政局）", ("市经信局",), ("市财政局",), ""),
    ("（一）优化布局。推动产业集聚。责任部门：市经信局、市财政局、市自然资源局（市林业局）", ("市经信局",), ("市财政局", "市自然资源局（市林业局）"), ""),
    ("（一）优化布局。推动产业集聚。（主办单位：市经信局；协办单位：市商务局）", ("市经信局",), ("市商务局",), ""),
    ("（一）优化布局。产业集聚工作由市经信局牵头，市财政局、市税务局配合。", ("市经信局",), ("市财政局", "市税务局"), ""),
    ("（一）优化布局。推动产业集聚。(省工业和信息化厅、省国资委会同有关部门负责)", ("省工业和信息化厅",), ("省国资委",), ""),
    ("（一）优化布局。推动产业集聚。（省工业和信息化厅、人民银行示例省分行、国家金融监督管理总局示例监管局按职责分工负责）", ("省工业和信息化厅",), ("人民银行示例省分行", "国家金融监督管理总局示例监管局"), ""),
)  # fmt: skip


@pytest.mark.parametrize(("text", "lead", "support", "deadline"), FORMS)
def test_forms(text: str, lead: tuple[str, ...], support: tuple[str, ...], deadline: str) -> None:
    found = duty(text)
    assert (found.lead, found.support, found.deadline) == (lead, support, deadline)
    assert "集聚" in found.task or "报送" in found.task
    assert found.section is not None


@pytest.mark.parametrize(
    "text",
    [
        "（一）落实责任。企业主要负责人对安全生产负总责（含承包单位）。",
        "（二）建立机制。对党负责、对人民负责、对历史负责。",
        "（三）加强管理。项目负责人（具有高级职称）应当到场。",
        "（四）推动协同。鼓励龙头企业牵头组建创新联合体。",
        "（五）谁污染、谁负责（谁投资、谁受益），推进治理。",
        "（六）加强统筹。省级负责、市县落实的机制不断健全。",
    ],
)
def test_no_duties(text: str) -> None:
    assert read(HEAD + text).duties == ()


def test_short_names_of_the_text_are_written_out() -> None:
    text = (
        "示例省工业和信息化厅（以下简称省工信厅）、示例省发展和改革委员会（以下简称“省发改委”）制定本方案。\n"
        "（一）优化布局。推动集聚。（省工信厅、省发改委、省财政厅负责）"
    )
    found = duty(text)
    assert found.lead == ("示例省工业和信息化厅",)
    assert found.support == ("示例省发展和改革委员会", "省财政厅")


def test_a_list_alone_takes_the_title_and_a_paragraph_may_hold_several() -> None:
    text = (
        "（一）优化布局。\n坚持集聚发展，推动产能向园区集中。\n（省工业和信息化厅、省自然资源厅负责）\n"
        "（二）绿色转型。推进节能改造。（省发展改革委负责）推进超低排放。（省生态环境厅负责，2025年底前完成）\n"
    )
    first, second, third = read(HEAD + text).duties
    assert first.task == "优化布局"
    assert (second.task, second.lead) == ("推进节能改造", ("省发展改革委",))
    assert (third.task, third.lead, third.deadline) == ("推进超低排放", ("省生态环境厅",), "2025年底前")


def test_the_liaoning_scheme(shared: Path) -> None:
    """Row A05: eleven lists with every body that they name, under the right section."""
    text = (shared / "plans" / "liaoning-nonferrous-2016.txt").read_text(encoding="utf-8")
    reading = read(text)
    told = {reading.outline[d.section].number: (*d.lead, *d.support) for d in reading.duties if d.section is not None}
    assert len(reading.duties) == 11
    assert list(told) == ["（三）", "（四）", "（五）", "（六）", "（七）", "（八）", "（九）", "（十）", "（十一）", "（十二）", "（十三）"]  # fmt: skip
    assert [len(bodies) for bodies in told.values()] == [3, 3, 3, 7, 6, 3, 5, 4, 6, 5, 5]
    assert told["（九）"] == ("省发展改革委", "省工业和信息化委", "省物价局", "国家能源局东北监管局", "省电力公司")
    assert told["（四）"][0] == "各市政府"
    for d in reading.duties:
        printed = "".join(text[d.start : d.end].split())
        assert all(body in printed for body in (*d.lead, *d.support))
