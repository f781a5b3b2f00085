"""A desk for tests: a made-up plan of a made-up city, handed in and read."""

from __future__ import annotations

import io
from typing import Any

from oreflow.console.reading import actions, runs
from oreflow.console.reading.models import Document, Item

from ..world import World

PLAN = """示例市钒钛产业发展规划（2021—2025年）

第一章 发展基础

2020年，示例市钛白粉产量60万吨，海绵钛产量2.5万吨，规模以上工业增加值320.5亿元。

第二章 发展目标

到2025年，钛白粉产能达到180万吨以上，海绵钛产能达到8万吨，钒渣产量控制在50万吨以内。
工业增加值年均增长7.5%。钛资源综合利用率由29%提高到35%。

第三章 重点任务

打造钒钛磁铁矿—铁精矿—钛精矿—钛渣—海绵钛—钛材产业链。
（一）提升资源综合利用水平。推进尾矿综合利用，建设综合利用示范线。（牵头单位：市经信局；配合单位：市发展改革委、市生态环境局）
（二）建设绿色园区。2022年6月底前完成园区能源审计。（责任单位：市发展改革委、市经信局）

第四章 准入条件

新建钛白粉项目单线产能不得低于5万吨/年，禁止新建单线产能3万吨以下的项目。
"""


def hand_in(
    world: World, person: str = "decider", text: str = PLAN, name: str = "示例规划.txt", **more: Any
) -> Document:
    """A document that was handed in by somebody and read."""
    given = {"region": "panxi", **more}
    document = actions.add_document(world.viewer(person), name, io.BytesIO(text.encode()), **given)
    runs.read(document.pk)
    document.refresh_from_db()
    return document


def figure(document: Document, subject: str, **wanted: Any) -> Item:
    """The one figure about a subject."""
    rows = [
        i for i in document.items.filter(kind="statement").order_by("start", "pk")
        if subject in i.values["subject"] and all(i.values[k] == v for k, v in wanted.items())
    ]  # fmt: skip
    assert len(rows) == 1, [(r.pk, r.values["subject"], r.values["low"]) for r in rows]
    return rows[0]
