"""Own pairs of upper and lower plans with what comparing them must say, and what it must not."""

from __future__ import annotations

from dataclasses import dataclass

UP = "示例省“十四五”原材料工业发展规划\n（2021—2025年）\n一、发展目标\n"
DOWN = "示例市“十四五”原材料工业发展规划\n（2021—2025年）\n一、发展目标\n"


@dataclass(frozen=True)
class PlantedPair:
    """An upper and a lower text; `relations` are (relation, words of the upper subject) that must be found.

    Beyond them no pair of figures may conflict; `only` says that no other pair of figures but silence may be found.
    """

    name: str
    upper: str
    lower: str
    relations: tuple[tuple[str, str], ...] = ()
    only: bool = True


PAIRS = (
    PlantedPair(
        "cap inside cap",
        UP + "到2025年，粗钢产能控制在5000万吨以内。",
        DOWN + "到2025年，粗钢产能控制在1200万吨以内。",
        (("nested", "粗钢"),),
    ),
    PlantedPair(
        "cap beyond cap",
        UP + "到2025年，电解铝产能控制在300万吨以内。",
        DOWN + "到2025年，电解铝产能控制在360万吨以内。",
        (("conflicts", "电解铝"),),
    ),
    PlantedPair(
        "units differ, cap inside",
        UP + "到2025年，稀土矿开采量不超过2万吨。",
        DOWN + "到2025年，稀土矿开采量控制在8000吨以内。",
        (("nested", "稀土矿"),),
    ),
    PlantedPair(
        "units differ, cap beyond",
        UP + "到2025年，钨精矿产量不超过2万吨。",
        DOWN + "到2025年，钨精矿产量控制在25000吨以内。",
        (("conflicts", "钨精矿"),),
    ),
    PlantedPair(
        "rate no weaker",
        UP + "到2025年，磷石膏综合利用率达到50%以上。",
        DOWN + "到2025年，磷石膏综合利用率达到60%。",
        (("supports", "磷石膏"),),
    ),
    PlantedPair(
        "rate weaker",
        UP + "到2025年，赤泥综合利用率达到20%以上。",
        DOWN + "到2025年，赤泥综合利用率达到12%。",
        (("differing-scope", "赤泥"),),
    ),
    PlantedPair(
        "other object",
        UP + "到2025年，轻稀土冶炼分离回收率达到93%，离子型稀土冶炼分离回收率达到97%。",
        DOWN + "到2025年，冶炼分离回收率达到95%。",
        (("differing-basis", "轻稀土"), ("differing-basis", "离子型")),
    ),
    PlantedPair(
        "other basis",
        UP + "到2025年，钒制品产能（折合V2O5）达到10万吨。",
        DOWN + "到2025年，钒制品产能达到12万吨。",
        (("differing-basis", "钒制品"),),
    ),
    PlantedPair(
        "silent",
        UP + "到2025年，锂盐产能达到30万吨，石墨负极产能达到50万吨。",
        DOWN + "到2025年，锂盐产能达到8万吨。",
        (("nested", "锂盐"), ("silent", "石墨负极")),
    ),
    PlantedPair(
        "part of a floor",
        UP + "到2025年，全省工业总产值达到9000亿元以上。",
        DOWN + "到2025年，全市工业总产值达到1500亿元。",
        (("nested", "工业总产值"),),
    ),
    PlantedPair(
        "part over a total",
        UP + "到2025年，多晶硅产能达到20万吨。",
        DOWN + "到2025年，多晶硅产能达到26万吨。",
        (("conflicts", "多晶硅"),),
    ),
    PlantedPair(
        "energy no weaker",
        UP + "到2025年，吨钢综合能耗降到545千克标准煤以下。",
        DOWN + "到2025年，吨钢综合能耗降到540千克标准煤以下。",
        (("supports", "吨钢"),),
    ),
    PlantedPair("years differ", UP + "到2025年，铜箔产能达到30万吨。", DOWN + "到2030年，铜箔产能达到35万吨。"),
    PlantedPair(
        "capacity and output",
        UP + "到2025年，钛白粉产能达到100万吨。",
        DOWN + "到2025年，钛白粉产量达到120万吨。",
        (("differing-basis", "钛白粉"),),
    ),
    PlantedPair(
        "two editions of one plan agree",
        UP + "到2025年，海绵钛产能达到8万吨。",
        UP + "到2025年，海绵钛产能达到8万吨。",
        (("supports", "海绵钛"),),
    ),
    PlantedPair(
        "two editions of one plan disagree",
        UP + "到2025年，海绵钛产能达到8万吨。",
        UP + "到2025年，海绵钛产能达到10万吨。",
        (("conflicts", "海绵钛"),),
    ),
    PlantedPair(
        "growth rates of two places",
        UP + "“十四五”期间，规上工业增加值年均增长6%。",
        DOWN + "“十四五”期间，规上工业增加值年均增长7%。",
        (("supports", "增加值"),),
    ),
    PlantedPair(
        "other limits",
        UP + "到2025年，规上工业总产值达到5000亿元。",
        DOWN + "到2025年，园区规上工业总产值达到900亿元。",
        (("nested", "工业总产值"),),
        only=False,
    ),
)

SIBLINGS = (
    PlantedPair(
        "two provinces",
        UP + "到2025年，粗钢产能控制在2000万吨以内。",
        UP.replace("示例省", "邻近省") + "到2025年，粗钢产能控制在5000万吨以内。",
        (("differing-scope", "粗钢"),),
    ),
    PlantedPair(
        "the wider plan given as the lower",
        DOWN + "到2025年，粗钢产能控制在2000万吨以内。",
        UP + "到2025年，粗钢产能控制在5000万吨以内。",
        (("differing-scope", "粗钢"),),
    ),
    PlantedPair(
        "a firm's figure is no figure of the place",
        UP + "到2025年，单位产品综合能耗降到500千克标准煤以下。",
        DOWN + "到2025年，示例钢铁单位产品综合能耗降到520千克标准煤以下。",
        (("silent", "能耗"),),
    ),
    PlantedPair(
        "a part's growth may be slower",
        UP + "“十四五”期间，工业增加值年均增长7%。",
        DOWN + "“十四五”期间，工业增加值年均增长5%。",
        (("differing-scope", "增加值"),),
    ),
    PlantedPair(
        "a lower floor above the upper floor",
        UP + "到2025年，镁合金产量达到5万吨以上。",
        DOWN + "到2025年，镁合金产量达到6万吨。",
        (("supports", "镁合金"),),
    ),
    PlantedPair(
        "strictly below",
        UP + "到2025年，原煤产量低于8000万吨。",
        DOWN + "到2025年，原煤产量控制在8000万吨以内。",
        (("conflicts", "原煤"),),
    ),
)
