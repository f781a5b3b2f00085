# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Own small documents with planted faults and without: what the checks inside a document must find, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Planted:
    """A text, and its faults as (class, words that the finding's Chinese title holds)."""

    name: str
    text: str
    faults: tuple[tuple[str, str], ...] = ()


HEAD = "示例市“十四五”工业发展规划\n（2021—2025年）\n"


def table(caption: str, heads: str, *rows: str) -> str:
    """A table as files lay it out: one row a line, cells by tab."""
    return "\n".join([caption, heads.replace(" ", "\t"), *(r.replace(" ", "\t") for r in rows)]) + "\n"


SOUND = (
    Planted(
        "sum of three",
        HEAD + "2020年，全市粗钢产量1250.5万吨，其中示例钢铁680.2万吨、临江特钢370.3万吨、北岭铸管200万吨。",
    ),
    Planted(
        "of which is not everything",
        HEAD + "2020年，全市规上工业企业412户，其中国家级专精特新企业18户、省级单项冠军7户。",
    ),
    Planted("overlapping counts", HEAD + "2020年末，全市有规上企业300户，其中高新技术企业210户、外向型企业150户。"),
    Planted("growth rounded", HEAD + "氧化铝产量由2015年的146万吨增加到2020年的237万吨，增长62.3%。"),
    Planted("points", HEAD + "研发投入强度由1.62%提高到2.35%，提高0.73个百分点。"),
    Planted("yearly average", HEAD + "碳酸锂产量从2015年的1.2万吨增加到2020年的3.6万吨，年均增长24.6%。"),
    Planted("share rounded", HEAD + "2020年全市工业总产值860亿元。新材料产业产值129亿元，占全市工业总产值的15%。"),
    Planted(
        "headline met",
        HEAD
        + "一、发展目标\n到2025年，全市工业总产值达到1200亿元。\n二、重点任务\n（一）钢铁产业\n到2025年，钢铁产业产值达到500亿元。\n（二）铝产业\n到2025年，铝产业产值达到400亿元。\n（三）锂电产业\n到2025年，锂电产业产值达到300亿元。",
    ),
    Planted("list of three", HEAD + "重点建设三大基地：北岭铝精深加工基地、临江钛材基地、东湖锂电材料基地。"),
    Planted("list of four with and", HEAD + "形成四条产业链：铝土矿开采、氧化铝、电解铝和铝材加工。"),
    Planted(
        "fall by a verb of fall", HEAD + "吨钢综合能耗由2015年的585千克标准煤下降到2020年的548千克标准煤，下降6.3%。"
    ),
    Planted("structure closes", HEAD + "2020年三次产业结构调整为8.1:46.2:45.7。"),
    Planted("cap below base", HEAD + "2020年，全市粗钢产能900万吨。到2025年，粗钢产能控制在850万吨以内。"),
    Planted("cap above base", HEAD + "2020年，全市电解铝产能80万吨。到2025年，电解铝产能控制在100万吨以内。"),
    Planted("base and target", HEAD + "2020年，赤泥综合利用率8%。到2025年，赤泥综合利用率达到15%以上。"),
    Planted("different years", HEAD + "2019年锰渣堆存量380万吨，2020年锰渣堆存量410万吨。"),
    Planted("output and capacity", HEAD + "2020年，钛白粉产能60万吨，钛白粉产量48万吨。"),
    Planted("city and park", HEAD + "2020年，全市规上工业总产值1860亿元。园区规上工业总产值1400亿元。"),
    Planted(
        "table adds up",
        HEAD
        + table(
            "表1 2020年各县区工业情况",
            "地区 规上企业（户） 工业总产值（亿元）",
            "东岭县 58 236.4",
            "临江县 41 150.25",
            "北湖区 66 512.3",
            "合计 165 898.95",
        ),
    ),
    Planted(
        "table with a growth column",
        HEAD
        + table(
            "表2 主要产品产量",
            "产品 2015年产量（万吨） 2020年产量（万吨） 增长率（%）",
            "粗钢 500 640 28.0",
            "铝材 32 57 78.1",
            "石墨 4.5 9.1 102.2",
            "碳酸锂 1.2 3.6 200",
        ),
    ),
    Planted(
        "table with shares",
        HEAD
        + table(
            "表3 各行业产值",
            "行业 产值（亿元） 占比（%）",
            "钢铁 320 40.0",
            "有色 240 30.0",
            "化工 160 20.0",
            "建材 80 10.0",
            "合计 800 100",
        ),
    ),
    Planted(
        "table of aims",
        HEAD
        + table(
            "表4 主要指标",
            "指标 2020年 2025年 累计增减",
            "工业增加值率（%） 24.5 26 1.5",
            "研发强度（%） 1.2 2.0 0.8",
            "电解铝产能（万吨） 80 100 20",
            "单晶硅产能（万吨） 3 12 9",
        ),
    ),
    Planted("plan period right", "示例省“十四五”时期（2021—2025年）石墨产业发展规划\n全省石墨产量2020年为45万吨。"),
    Planted("three years right", "示例市新材料三年行动计划（2022—2024年）\n到2024年，新材料产值达到200亿元。"),
    Planted(
        "floors over the headline are told as such", HEAD + "2020年锂电池产量2GWh，其中动力电池1.2GWh、储能电池0.8GWh。"
    ),
    Planted("total behind", HEAD + "淘汰落后炼铁产能120万吨、炼钢产能85万吨、焦炭产能60万吨，合计265万吨。"),
    Planted("share of another whole", HEAD + "2020年全国稀土产量14万吨。全市稀土产量1.4万吨，占全省稀土产量的40%。"),
    Planted("from and to equal words", HEAD + "规上企业由2015年的210户增加到2020年的305户，净增95户。"),
)

FAULTY = (
    Planted(
        "growth wrong", HEAD + "氧化铝产量由2015年的146万吨增加到2020年的237万吨，增长82.3%。", (("error", "82.3"),)
    ),
    Planted(
        "growth wrong, other words", HEAD + "五年来，多晶硅产量从1.5万吨增至6万吨，增长400%。", (("error", "400"),)
    ),
    Planted("points wrong", HEAD + "稀土选矿回收率由75%提高到82%，提高了9个百分点。", (("error", "9个百分点"),)),
    Planted(
        "yearly average wrong",
        HEAD + "碳酸锂产量从2015年的1.2万吨增加到2020年的3.6万吨，年均增长40%。",
        (("error", "40%"),),
    ),
    Planted(
        "since a year wrong",
        HEAD + "2015年全市粗钢产量480万吨。2020年全市粗钢产量600万吨，比2015年增长35%。",
        (("error", "35%"),),
    ),
    Planted(
        "share wrong",
        HEAD + "2020年全市工业总产值860亿元。新材料产业产值129亿元，占全市工业总产值的25%。",
        (("error", "25%"),),
    ),
    Planted(
        "part over whole", HEAD + "2020年，全市电解铝产能80万吨，其中示例铝业95万吨。", (("error", "部分大于整体"),)
    ),
    Planted(
        "parts over whole",
        HEAD + "2020年，全市焦炭产量420万吨，其中东岭焦化260万吨、临江焦化230万吨。",
        (("error", "70万吨"),),
    ),
    Planted(
        "three parks fall short",
        HEAD + "到2025年，三个园区工业产值达到900亿元，其中东岭园区400亿元、临江园区300亿元、北湖园区150亿元。",
        (("conflict", "50亿元"),),
    ),
    Planted(
        "total behind wrong",
        HEAD + "淘汰落后炼铁产能120万吨、炼钢产能85万吨、焦炭产能60万吨，合计285万吨。",
        (("error", "20万吨"),),
    ),
    Planted("raised to less", HEAD + "钒资源综合利用率由55%提高到48%。", (("error", "提高"),)),
    Planted("lowered to more", HEAD + "吨铝电耗由13200千瓦时降低到13500千瓦时。", (("error", "降低"),)),
    Planted(
        "target at its base",
        HEAD + "2020年，磷石膏综合利用率45%。到2025年，磷石膏综合利用率达到45%。",
        (("information", "相同"),),
    ),
    Planted(
        "target below its base",
        HEAD + "2020年，锰矿采矿回收率88%。到2025年，锰矿采矿回收率提高到85%以上。",
        (("conflict", "更差"),),
    ),
    Planted(
        "two values",
        HEAD
        + "一、发展基础\n2020年，全市粗钢产量620万吨，居全省首位。\n二、面临形势\n2020年，全市粗钢产量达到640万吨，但高端产品不足。",
        (("conflict", "640"),),
    ),
    Planted(
        "two targets",
        HEAD + "一、总体目标\n到2025年，海绵钛产能达到5万吨。\n二、重点任务\n到2025年，海绵钛产能达到8万吨。",
        (("conflict", "8万吨"),),
    ),
    Planted(
        "table total wrong",
        HEAD
        + table(
            "表1 2020年各县区工业情况",
            "地区 规上企业（户） 工业总产值（亿元）",
            "东岭县 58 236.4",
            "临江县 41 150.25",
            "北湖区 66 512.3",
            "合计 165 918.95",
        ),
        (("error", "918.95"),),
    ),
    Planted(
        "table count wrong",
        HEAD
        + table(
            "表1 园区情况",
            "园区 规划面积（平方公里） 入驻企业（户）",
            "东岭园区 12.5 64",
            "临江园区 8.3 51",
            "北湖园区 20.1 88",
            "合计 40.9 213",
        ),
        (("error", "213"),),
    ),
    Planted(
        "table growth wrong",
        HEAD
        + table(
            "表2 主要产品产量",
            "产品 2015年产量（万吨） 2020年产量（万吨） 增长率（%）",
            "粗钢 500 640 28.0",
            "铝材 32 57 98.1",
            "石墨 4.5 9.1 102.2",
            "碳酸锂 1.2 3.6 200",
        ),
        (("error", "铝材"),),
    ),
    Planted(
        "table share wrong",
        HEAD
        + table(
            "表3 各行业产值",
            "行业 产值（亿元） 占比（%）",
            "钢铁 320 40.0",
            "有色 240 36.0",
            "化工 160 20.0",
            "建材 80 10.0",
            "合计 800 100",
        ),
        (("error", "有色"), ("error", "占比")),
    ),
    Planted(
        "table change wrong",
        HEAD
        + table(
            "表4 主要指标",
            "指标 2020年 2025年 累计增减",
            "工业增加值率（%） 24.5 26 1.5",
            "研发强度（%） 1.2 2.0 1.8",
            "电解铝产能（万吨） 80 100 20",
            "单晶硅产能（万吨） 3 12 9",
        ),
        (("error", "研发强度"),),
    ),
    Planted(
        "list too short",
        HEAD + "重点建设四大基地：北岭铝精深加工基地、临江钛材基地、东湖锂电材料基地。",
        (("information", "4 个"),),
    ),
    Planted(
        "points missing", HEAD + "存在四个方面问题：一是产业链短；二是创新弱；三是能耗高。", (("information", "4 个"),)
    ),
    Planted(
        "plan period wrong",
        "示例省“十四五”时期（2020—2024年）石墨产业发展规划\n全省石墨产量2020年为45万吨。",
        (("error", "十四五"),),
    ),
    Planted(
        "three years wrong",
        "示例市新材料三年行动计划（2022—2025年）\n到2025年，新材料产值达到200亿元。",
        (("error", "三年"),),
    ),
    Planted("structure open", HEAD + "2020年三次产业结构调整为8.1:49.2:45.7。", (("error", "103"),)),
    Planted(
        "headline overshot",
        HEAD
        + "一、发展目标\n到2025年，全市工业总产值达到1200亿元以上。\n二、重点任务\n（一）钢铁产业\n到2025年，钢铁产业产值达到600亿元。\n（二）铝产业\n到2025年，铝产业产值达到400亿元。\n（三）锂电产业\n到2025年，锂电产业产值达到300亿元。",
        (("overshoot", "1300"),),
    ),
    Planted(
        "headline missed",
        HEAD
        + "一、发展目标\n到2025年，全市工业总产值达到1200亿元。\n二、重点任务\n（一）钢铁产业\n到2025年，钢铁产业产值达到450亿元。\n（二）铝产业\n到2025年，铝产业产值达到350亿元。\n（三）锂电产业\n到2025年，锂电产业产值达到300亿元。",
        (("conflict", "1100"),),
    ),
    Planted(
        "average misses the level",
        HEAD + "2020年，全市铜箔产量2万吨。到2025年，全市铜箔产量达到10万吨，铜箔产量年均增长15%。",
        (("conflict", "10万吨"),),
    ),
)
