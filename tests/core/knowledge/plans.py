"""Made-up plans in the style of such documents, ready to be asked."""

from __future__ import annotations

from oreflow.core.knowledge import Held, Index
from oreflow.core.reading import read
from oreflow.gateway.held import field_vocabulary, held_from

CITY = """示例市钒钛产业发展规划（2021—2025年）

第一章 发展基础

2020年，示例市钛白粉产量60万吨，海绵钛产量2.5万吨。主要困难是钛精矿品位低、杂质多，导致冶炼成本偏高。

第二章 发展目标

到2025年，全市钛白粉产能达到180万吨以上，海绵钛产能达到8万吨，钒渣产量控制在50万吨以内。

表1 主要产品产量
产品 2020年产量（万吨） 2025年目标（万吨）
硫酸 120 150
烧碱 30 36

第三章 重点任务

（一）布局产业园区。在示例东部产业园重点发展储能材料，在示例西部工业园重点发展钛材。
（二）加强尾矿库管理。由市应急管理局牵头，会同市生态环境局建立尾矿库安全监测制度。
（三）培育企业。重点培育三家龙头企业：示例钛业公司、示例钒业公司、示例稀土公司。
"""
PROVINCE = """示例省稀土行业行动方案

一、总体目标

到2030年，全省稀土矿开采量控制在3万吨以内，冶炼分离企业压缩到6家，离子型稀土矿综合回收率不低于85%。

二、保障措施

建立稀土企业信用黑名单制度。对超计划生产的企业，按照《稀土管理条例》处理。
本方案由省工业厅负责解释。
"""


def held(text: str, id: str, title: str = "") -> Held:
    """A text with its reading, as the console and the command hold it."""
    return held_from(read(text, doc=id), text, title=title, id=id)


def index() -> Index:
    """Both plans."""
    return Index([held(CITY, "city"), held(PROVINCE, "province", "示例省稀土行业行动方案")], field_vocabulary())
