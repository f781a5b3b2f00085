# ruff: noqa: E501 -- Chinese characters count as two columns each
"""A third set of own documents: bounds, ranges, tables without total rows, odd lists, and what must stay silent."""

from __future__ import annotations

from .planted import HEAD, Planted, table

THIRD = (
    Planted("floors allow more growth", HEAD + "锌产量由2020年的20万吨提高到2025年的30万吨以上，增长60%。"),
    Planted(
        "floors do not allow less growth",
        HEAD + "锌产量由2020年的20.0万吨提高到2025年的30.0万吨以上，增长30%。",
        (("information", "30%"),),
    ),
    Planted("caps allow less growth", HEAD + "粗钢产量由2020年的500万吨增加到2025年的600万吨以内，增长15%。"),
    Planted("at least so much growth", HEAD + "锂盐产量由2.0万吨增加到4.0万吨，增长90%以上。"),
    Planted(
        "at least too much growth", HEAD + "锂盐产量由2.0万吨增加到4.0万吨，增长120%以上。", (("information", "120%"),)
    ),
    Planted("about so much", HEAD + "锂盐产量由2.00万吨增加到4.10万吨，增长约100%。"),
    Planted("move without a move", HEAD + "钒资源综合利用率由60%提高到60%。", (("information", "相同"),)),
    Planted("lists of moves", HEAD + "铜、铅、锌产量分别由3.0万吨、4.0万吨、5.0万吨增加到3.6万吨、4.4万吨、6.0万吨。"),
    Planted(
        "yearly average between named years", HEAD + "铜箔产量由2016年的1.00万吨增加到2020年的2.00万吨，年均增长18.9%。"
    ),
    Planted("yearly average without years", HEAD + "铜箔产量由1.00万吨增加到2.00万吨，年均增长8%。"),
    Planted("yearly average in words", HEAD + "五年来，铜箔产量由1.00万吨增加到2.00万吨，年均增长14.9%。"),
    Planted(
        "yearly average in words wrong",
        HEAD + "五年来，铜箔产量由1.00万吨增加到2.00万吨，年均增长24.9%。",
        (("error", "24.9%"),),
    ),
    Planted("amount of change", HEAD + "石墨产量由12万吨增加到20万吨，增加8万吨。"),
    Planted("amount of change wrong", HEAD + "石墨产量由12万吨增加到20万吨，增加18万吨。", (("error", "18万吨"),)),
    Planted("rate printed for points", HEAD + "研发强度由2.0%提高到3.0%，提高50%。"),
    Planted(
        "value growth at comparable prices",
        HEAD + "2020年，工业增加值300亿元。到2025年，工业增加值达到600亿元，工业增加值年均增长7%。",
        (("information", "600亿元"),),
    ),
    Planted("average fits", HEAD + "2020年，铜箔产量2.0万吨。到2025年，铜箔产量达到4.0万吨，铜箔产量年均增长14.9%。"),
    Planted(
        "whole row first, no word of total",
        HEAD
        + table(
            "表1 情况", "地区 产值（亿元） 户数（户）", "全市 100.0 30", "甲县 30.5 10", "乙县 40.0 12", "丙县 31.5 8"
        ),
        (("error", "100"),),
    ),
    Planted(
        "whole row first and right",
        HEAD
        + table(
            "表1 情况", "地区 产值（亿元） 户数（户）", "全市 102.0 30", "甲县 30.5 10", "乙县 40.0 12", "丙县 31.5 8"
        ),
    ),
    Planted(
        "whole row first, others are a selection",
        HEAD
        + table(
            "表1 情况", "地区 产值（亿元） 户数（户）", "全市 900.0 300", "甲县 30.5 10", "乙县 40.0 12", "丙县 31.5 8"
        ),
    ),
    Planted(
        "total row first",
        HEAD
        + table(
            "表1 情况", "地区 产值（亿元） 户数（户）", "合计 102.0 30", "甲县 30.5 10", "乙县 40.0 12", "丙县 31.5 8"
        ),
    ),
    Planted(
        "total row with of which",
        HEAD
        + table(
            "表1 情况",
            "行业 产值（亿元） 户数（户）",
            "钢铁 60.0 6",
            "其中：特钢 20.0 2",
            "有色 40.0 9",
            "合计 100.0 15",
        ),
    ),
    Planted(
        "averages are not added",
        HEAD
        + table(
            "表1 情况",
            "园区 产值（亿元） 亩均产值（万元/亩）",
            "甲园 60.0 210",
            "乙园 40.0 150",
            "丙园 20.0 180",
            "合计 120.0 182",
        ),
    ),
    Planted(
        "shares without a total row",
        HEAD + table("表1 情况", "行业 产值（亿元） 占比（%）", "钢铁 50.0 50.0", "有色 30.0 30.0", "建材 20.0 20.0"),
    ),
    Planted(
        "shares without a total row wrong",
        HEAD + table("表1 情况", "行业 产值（亿元） 占比（%）", "钢铁 50.0 40.0", "有色 30.0 40.0", "建材 20.0 20.0"),
        (("error", "钢铁"), ("error", "有色")),
    ),
    Planted(
        "shares that do not close",
        HEAD
        + table("表1 情况", "行业 产值（亿元） 占全市比重（%）", "钢铁 50.0 10.0", "有色 30.0 6.0", "建材 20.0 4.0"),
    ),
    Planted(
        "three years and two rates",
        HEAD
        + table(
            "表1 产量",
            "产品 2015年（万吨） 2020年（万吨） 2025年（万吨） 2015-2020年年均增长（%） 2020-2025年年均增长（%）",
            "铜 2.00 3.00 4.00 8.4 5.9",
            "铅 2.00 4.00 5.00 14.9 4.6",
            "锌 1.00 2.00 3.00 14.9 8.4",
        ),
    ),
    Planted(
        "table of bounds",
        HEAD
        + table(
            "表1 指标",
            "指标 2020年 2025年 增减",
            "选矿回收率（%） 80 85以上 5",
            "石墨产能（万吨） 12 20以上 8",
            "综合利用率（%） 30 45 15",
        ),
    ),
    Planted(
        "rows of different units",
        HEAD
        + table(
            "表1 指标",
            "指标 2020年 2025年",
            "铜产量（万吨） 3 5",
            "企业（户） 40 60",
            "产值（亿元） 80 150",
            "合计（项） 3 3",
        ),
    ),
    Planted("list with and others", HEAD + "建设五大基地：甲铝基地、乙钛基地、丙锂基地等。"),
    Planted("list that is a sentence", HEAD + "突出三个重点：一手抓存量提升，一手抓增量培育，加快形成合力。"),
    Planted("two named with and", HEAD + "打造两大基地：示例铝基地和示例钛基地。"),
    Planted("points as many as said", HEAD + "面临三个方面问题：一是产业链短；二是创新弱；三是能耗高。"),
    Planted(
        "eight projects, boxes fewer",
        HEAD
        + "实施五大工程。\n专栏1 资源保障工程\n勘查。\n专栏2 绿色改造工程\n改造。\n专栏3 品牌工程\n培育。\n专栏4 人才工程\n引进。\n",
        (("information", "五大工程"),),
    ),
    Planted(
        "projects as many as boxes",
        HEAD
        + "实施四大工程。\n专栏1 资源保障工程\n勘查。\n专栏2 绿色改造工程\n改造。\n专栏3 品牌工程\n培育。\n专栏4 人才工程\n引进。\n",
    ),
    Planted(
        "projects of another kind",
        HEAD + "实施二十大工程。\n专栏1 资源保障工程\n勘查。\n专栏2 绿色改造工程\n改造。\n专栏3 品牌工程\n培育。\n",
    ),
    Planted("share at least", HEAD + "2020年全市工业总产值800亿元。铝产业产值260亿元，占全市工业总产值的30%以上。"),
    Planted("share about", HEAD + "2020年全市工业总产值800亿元。铝产业产值260亿元，占全市工业总产值的约三分之一。"),
    Planted(
        "share with two wholes",
        HEAD + "2020年，全市工业总产值800亿元，其中规上工业总产值700亿元。铝产业产值260亿元，占全市工业总产值的32.5%。",
    ),
    Planted("structure in two terms", HEAD + "轻重工业比例为20:80。"),
    Planted(
        "parks of a cap",
        HEAD
        + "一、目标\n到2025年，工业园区粗钢产能控制在900万吨以内。\n二、布局\n（一）东岭工业园区\n到2025年，粗钢产能达到400万吨。\n（二）临江工业园区\n到2025年，粗钢产能达到300万吨。\n（三）北湖工业园区\n到2025年，粗钢产能达到350万吨。\n",
    ),
    Planted(
        "parks that fall short",
        HEAD
        + "一、目标\n到2025年，工业园区工业总产值达到1000亿元。\n二、布局\n（一）东岭工业园区\n到2025年，工业总产值达到400亿元。\n（二）临江工业园区\n到2025年，工业总产值达到300亿元。\n（三）北湖工业园区\n到2025年，工业总产值达到200亿元。\n",
        (("information", "100亿元"),),
    ),
    Planted(
        "parks that fall short of a table's list",
        HEAD
        + table(
            "表1 园区",
            "园区 面积（平方公里） 企业（户）",
            "东岭工业园区 5.5 30",
            "临江工业园区 4.5 20",
            "北湖工业园区 6.0 25",
            "合计 16.0 75",
        )
        + "一、目标\n到2025年，工业园区工业总产值达到1000亿元。\n二、布局\n（一）东岭工业园区\n到2025年，工业总产值达到400亿元。\n（二）临江工业园区\n到2025年，工业总产值达到300亿元。\n（三）北湖工业园区\n到2025年，工业总产值达到200亿元。\n",
        (("conflict", "100亿元"),),
    ),
    Planted(
        "of which, more than said, of a floor",
        HEAD + "到2025年，三个园区工业产值达到900亿元以上，其中东岭园区400亿元、临江园区300亿元、北湖园区250亿元。",
        (("overshoot", "50亿元"),),
    ),
    Planted(
        "of which, about",
        HEAD + "2020年，焦炭产量约400万吨，其中东岭焦化260万吨、临江焦化180万吨。",
        (("information", "40万吨"),),
    ),
    Planted(
        "total behind of a floor", HEAD + "到2025年，东岭园区产值400亿元、临江园区产值300亿元，合计达到650亿元以上。"
    ),
    Planted("counted wholes that fit", HEAD + "2020年末，两类企业共300户，其中规上企业210户、规下企业90户。"),
    Planted(
        "counted wholes that do not",
        HEAD + "2020年末，全市两类企业300户，其中规上企业210户、规下企业95户。",
        (("error", "5户"),),
    ),
    Planted(
        "consumption above base",
        HEAD + "2020年，吨钢耗新水2.8立方米。到2025年，吨钢耗新水3.2立方米以下。",
        (("information", "更差"),),
    ),
    Planted(
        "more than one basis",
        HEAD + "一、基础\n2020年，氧化钒产能（折合V2O5）3万吨。\n二、目标\n到2025年，氧化钒产能达到2万吨。",
    ),
    Planted(
        "floor and value agree",
        HEAD + "一、目标\n到2025年，海绵钛产能达到5万吨以上。\n二、任务\n到2025年，海绵钛产能达到6万吨。",
    ),
    Planted(
        "floor and value disagree",
        HEAD + "一、目标\n到2025年，海绵钛产能达到5万吨以上。\n二、任务\n到2025年，海绵钛产能达到4万吨。",
        (("conflict", "4万吨"),),
    ),
    Planted(
        "cap and value are left alone",
        HEAD + "一、目标\n到2025年，海绵钛产能控制在5万吨以内。\n二、任务\n到2025年，海绵钛产能达到4万吨。",
    ),
    Planted(
        "firms of two trades",
        HEAD + "一、钢铁\n到2025年，培育钢铁骨干企业6户。\n二、稀土\n到2025年，培育稀土骨干企业8户。",
    ),
    Planted("periods of several plans", HEAD + "“十二五”（2011—2015年）与“十三五”（2016—2020年）两个时期产量稳定。"),
)
