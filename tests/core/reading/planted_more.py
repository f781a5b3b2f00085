# ruff: noqa: E501 -- Chinese characters count as two columns each
"""A second set of own documents in other industries and styles, written before the checks had seen them."""

from __future__ import annotations

from .planted import Planted, table

CITY = "示例县锂电产业发展实施意见\n（2023—2027年）\n"
OLD = "示例地区有色金属工业第十个五年计划\n"
CARBON = "示例省石墨及碳素产业高质量发展行动方案（2022—2025年）\n"

SOUND_MORE = (
    Planted(
        "percent of ten thousand",
        CITY + "截至2022年底，全县锂电规上企业46家，全年实现产值312.4亿元，同比增长38.6%，上缴税金9.7亿元。",
    ),
    Planted("two products one sentence", CITY + "2022年生产磷酸铁锂8.6万吨、三元材料2.1万吨，分别增长52%和17%。"),
    Planted(
        "sub-list with brackets",
        CITY + "2022年锂电产业投资120亿元（其中正极材料65亿元、负极材料30亿元、电解液25亿元）。",
    ),
    Planted(
        "investments of projects", CITY + "示例新能源年产5万吨磷酸铁锂项目总投资20亿元，一期投资12亿元，二期投资8亿元。"
    ),
    Planted(
        "shares of different wholes",
        CARBON + "全省鳞片石墨储量占全国的35%，球形石墨产量占全国的48%，石墨电极产量占全国的22%。",
    ),
    Planted(
        "from base to target",
        CARBON + "到2025年，石墨选矿回收率由2021年的82%提高到88%以上，尾矿综合利用率由15%提高到25%。",
    ),
    Planted("old words", OLD + "1995年至2000年，铜产量由2.4万吨增加到3.6万吨，增长50%，平均每年递增8.4%。"),
    Planted("old sum", OLD + "五年共完成固定资产投资18.6亿元，其中基本建设10.2亿元，技术改造8.4亿元。"),
    Planted("ten kinds of metal", OLD + "2000年十种有色金属产量11.5万吨，其中铜3.6万吨，铅4.2万吨，锌3.1万吨。"),
    Planted("limits of a list", CARBON + "新建石墨选矿项目规模不低于5万吨/年，改扩建石墨选矿项目规模不低于3万吨/年。"),
    Planted("targets by phase", CARBON + "到2023年，负极材料产能达到20万吨；到2025年，负极材料产能达到50万吨。"),
    Planted("two firms one product", CARBON + "2021年，示例碳素石墨电极产量6万吨，临江碳素石墨电极产量4.5万吨。"),
    Planted("whole and half year", CITY + "2022年上半年产值140亿元，2022年全年产值312亿元。"),
    Planted(
        "table with notes",
        OLD
        + table(
            "表1 主要产品产量",
            "产品 单位 1995年 2000年 年均增长（%）",
            "铜 万吨 2.4 3.6 8.4",
            "铅 万吨 3.0 4.2 7.0",
            "锌 万吨 2.0 3.1 9.2",
            "铝 万吨 5.0 8.0 9.9",
        ),
    ),
    Planted(
        "table with subtotals",
        CITY
        + table(
            "表1 分园区项目情况",
            "园区 项目数（个） 总投资（亿元）",
            "东湖片区 12 60.5",
            "北岭片区 8 41.2",
            "小计 20 101.7",
            "临江片区 10 55.3",
            "南坪片区 6 20.0",
            "小计 16 75.3",
            "合计 36 177.0",
        ),
    ),
    Planted(
        "table by years",
        CITY
        + table(
            "表2 年度目标",
            "指标 2023年 2025年 2027年",
            "产值（亿元） 400 700 1000",
            "规上企业（户） 60 90 120",
            "研发强度（%） 2.5 3.0 3.5",
        ),
    ),
    Planted("one of two is a rate", CARBON + "高纯石墨产能由1万吨扩大到3万吨，占全国比重由8%提高到20%。"),
    Planted(
        "floors of parks",
        CITY
        + "一、目标\n到2027年，全县锂电产值突破1000亿元。\n二、布局\n东湖园区产值达到500亿元，北岭园区产值达到300亿元。",
    ),
    Planted("energy falls", OLD + "铜冶炼综合能耗由每吨1100千克标准煤降到950千克标准煤，降低13.6%。"),
    Planted("three plus others", CARBON + "布局三大集群：东部石墨集群、中部碳纤维集群、西部金刚石集群。"),
)

FAULTY_MORE = (
    Planted(
        "bracket sum wrong",
        CITY + "2022年锂电三大环节投资120亿元（其中正极材料65亿元、负极材料40亿元、电解液25亿元）。",
        (("error", "10亿元"),),
    ),
    Planted(
        "old rate wrong",
        OLD + "1995年至2000年，铜产量由2.4万吨增加到3.6万吨，平均每年递增12.4%。",
        (("error", "12.4"),),
    ),
    Planted(
        "old sum wrong",
        OLD + "五年共完成固定资产投资18.6亿元，其中基本建设12.2亿元，技术改造8.4亿元。",
        (("error", "2亿元"),),
    ),
    Planted(
        "metals beyond",
        OLD + "2000年十种有色金属产量11.5万吨，其中铜3.6万吨，铅4.2万吨，锌5.1万吨。",
        (("error", "1.4万吨"),),
    ),
    Planted(
        "subtotal wrong",
        CITY
        + table(
            "表1 分园区项目情况",
            "园区 项目数（个） 总投资（亿元）",
            "东湖片区 12 60.5",
            "北岭片区 8 41.2",
            "小计 20 105.7",
            "临江片区 10 55.3",
            "南坪片区 6 20.0",
            "小计 16 75.3",
            "合计 36 181.0",
        ),
        (("error", "105.7"),),
    ),
    Planted(
        "average column wrong",
        OLD
        + table(
            "表1 主要产品产量",
            "产品 单位 1995年 2000年 年均增长（%）",
            "铜 万吨 2.4 3.6 8.4",
            "铅 万吨 3.0 4.2 11.0",
            "锌 万吨 2.0 3.1 9.2",
            "铝 万吨 5.0 8.0 9.9",
        ),
        (("error", "铅"),),
    ),
    Planted(
        "fall wrong", OLD + "铜冶炼综合能耗由每吨1100千克标准煤降到950千克标准煤，降低23.6%。", (("error", "23.6"),)
    ),
    Planted("raised downwards", CARBON + "到2025年，石墨选矿回收率由2021年的88%提升至82%。", (("error", "提高"),)),
    Planted(
        "share of the county",
        CITY + "2022年全县工业总产值520亿元。锂电产值312亿元，占全县工业总产值的70%。",
        (("error", "70%"),),
    ),
    Planted(
        "targets apart",
        CITY + "一、目标\n到2027年，碳酸锂产能达到12万吨。\n二、任务\n做优基础锂盐，到2027年形成碳酸锂产能15万吨。",
        (("conflict", "15万吨"),),
    ),
    Planted(
        "two counts",
        CARBON + "实施五大工程：资源整合工程、技术攻关工程、绿色改造工程、品牌培育工程。",
        (("information", "5 个"),),
    ),
    Planted(
        "energy target above base",
        CARBON
        + "2021年，石墨电极单位产品综合能耗1.52吨标准煤/吨。到2025年，石墨电极单位产品综合能耗下降到1.6吨标准煤/吨。",
        (("conflict", "更差"),),
    ),
    Planted(
        "total of three sums", OLD + "其中铜3.6万吨、铅4.2万吨、锌3.1万吨，三项合计12.9万吨。", (("error", "2万吨"),)
    ),
    Planted(
        "growth against an earlier sentence",
        CITY + "2020年全县碳酸锂产量2.5万吨。经过两年发展，2022年全县碳酸锂产量达到4.0万吨，较2020年增长80%。",
        (("error", "80%"),),
    ),
    Planted("net increase wrong", CITY + "规上企业由2020年的28户增加到2022年的46户，净增20户。", (("error", "20户"),)),
)
