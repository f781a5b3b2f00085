# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Tables in the layouts that plans come in: text, the figures it holds, and totals that agree or not.

A figure is (subject holds, value, unit, year, kind); `None` leaves a field open.
"""

from __future__ import annotations

from dataclasses import dataclass

Figure = tuple[str, float, str, int | None, str | None]
PLAN = "示例省锂产业发展规划（2021—2025年）\n二、发展目标\n"


@dataclass(frozen=True)
class Layout:
    name: str
    text: str
    figures: tuple[Figure, ...]
    agree: tuple[bool, ...] = ()
    count: int | None = None


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "rows of blanks",
        PLAN + "表1 主要产品产量\n产品 单位 2020年 2025年\n碳酸锂 万吨 6.5 15\n氢氧化锂 万吨 2.3 8\n正极材料 万吨 12 60\n",
        (("碳酸锂", 6.5, "万吨", 2020, "actual"), ("碳酸锂", 15, "万吨", 2025, "target"), ("正极材料", 60, "万吨", 2025, "target")),
        count=6,
    ),
    Layout(
        "a cell on each line",
        PLAN + "表1-1 主要指标\n指标\n2020年\n2025年\n属性\n锂盐产能（万吨）\n10\n30\n预期性\n研发投入强度（%）\n2.1\n3\n预期性\n水重复利用率（%）\n88\n93\n约束性\n",
        (("锂盐产能", 30, "万吨", 2025, "target"), ("研发投入强度", 2.1, "%", 2020, "actual"), ("水重复利用率", 93, "%", 2025, "target")),
        count=6,
    ),
    Layout(
        "column by column",
        PLAN + "表 1—1 主要指标\n指标\n锂盐产量\n总产值\n从业人员\n单位\n万吨\n亿元\n万人\n2020年\n8.8\n210\n1.2\n2025年\n23\n800\n2.5\n",
        (("锂盐产量", 8.8, "万吨", 2020, "actual"), ("总产值", 800, "亿元", 2025, "target"), ("从业人员", 2.5, "万人", 2025, "target")),
        count=6,
    ),
    Layout(
        "years as rows",
        PLAN + "附表2 产量变化\n年份\t锂精矿（万吨）\t碳酸锂（万吨）\t产值（亿元）\n2018年\t20\t3.5\t80\n2019年\t25\t4.8\t95\n2020年\t31\t6.5\t120\n",
        (("锂精矿", 20, "万吨", 2018, "actual"), ("碳酸锂", 4.8, "万吨", 2019, "actual"), ("产值", 120, "亿元", 2020, "actual")),
        count=9,
    ),
    Layout(
        "two rows of heads",
        PLAN + "表2 产能与产量\n企业\t2020年\t\t2025年\t\n\t产能（万吨）\t产量（万吨）\t产能（万吨）\t产量（万吨）\n示例甲锂业\t5\t4.1\t12\t11\n示例乙锂业\t3\t2.2\t8\t7.5\n合计\t8\t6.3\t20\t18.5\n",
        (("产能", 5, "万吨", 2020, "actual"), ("产量", 11, "万吨", 2025, "target"), ("产量", 7.5, "万吨", 2025, "target")),
        (True, True, True, True),
        12,
    ),
    Layout(
        "total at the top",
        PLAN + "表3 产值（单位：亿元）\n行业\t2020年\t2025年\n合计\t330\t900\n其中：采选\t50\t100\n基础锂盐\t180\t500\n电池材料\t100\t300\n",
        (("采选", 50, "亿元", 2020, "actual"), ("电池材料", 300, "亿元", 2025, "target")),
        count=8,
    ),
    Layout(
        "a total that does not add up",
        PLAN + "表4 各市产量（单位：万吨）\n地区 2019年 2020年\n甲市 10 12\n乙市 20 22\n丙市 5 6\n合计 35 41\n",
        (("", 22, "万吨", 2020, "actual"),),
        (True, False),
        8,
    ),
    Layout(
        "sub-totals",
        PLAN + "表5 项目投资（单位：亿元）\n类别\t投资\n锂矿采选\t10\n锂盐加工\t20\n小计\t30\n正极材料\t15\n负极材料\t25\n小计\t40\n合计\t70\n",
        (("锂矿采选", 10, "亿元", None, None),),
        (True, True, True),
        7,
    ),
    Layout(
        "parts are not added again",
        PLAN + "表6 产量（万吨）\n产品 2019年 2020年\n粗钢 100 110\n其中：电炉钢 20 25\n钢材 90 95\n合计 190 205\n",
        (("电炉钢", 25, "万吨", 2020, "actual"),),
        (True, True),
        8,
    ),
    Layout(
        "dashes and remarks",
        PLAN + "表7 能效水平\n序号 工序 单位 2020年 2025年 备注\n1 焙烧 千克标准煤/吨 120 105 折标煤\n2 浸出 千瓦时/吨 60 — 不考核\n3 蒸发 吨/吨 2.5 2.1 蒸汽\n",
        (("焙烧", 105, "千克标准煤/吨", 2025, "target"), ("浸出", 60, "千瓦时/吨", 2020, "actual"), ("蒸发", 2.1, "吨/吨", 2025, "target")),
        count=5,
    ),
    Layout(
        "blank cells told by their place",
        PLAN
        + "表8 产量（单位：万吨）\n产品      2018年    2019年    2020年\n锂辉石      10        12        15\n锂云母                 8         9\n碳酸锂       3         4         5\n氯化锂       1         2         3\n",
        (("锂云母", 8, "万吨", 2019, "actual"), ("锂云母", 9, "万吨", 2020, "actual")),
        count=11,
    ),
    Layout(
        "bars as in plain mark-up",
        PLAN + "表9 主要指标\n| 指标 | 2020年 | 2025年 |\n|---|---:|---:|\n| 产值（亿元） | 300 | 1000 |\n| 企业数（家） | 45 | 80 |\n",
        (("产值", 1000, "亿元", 2025, "target"), ("企业", 45, "户", 2020, "actual")),
        count=4,
    ),
    Layout(
        "bounds in cells",
        PLAN + "专栏1 绿色发展指标\n序号\t指标\t2020年\t2025年\t属性\n1\t锂回收率（%）\t82\t≥90\t预期性\n2\t吨盐水耗（立方米）\t35\t≤25\t约束性\n3\t固废利用率（%）\t40\t60左右\t预期性\n4\t新增专利（件）\t—\t[300]\t预期性\n",
        (("锂回收率", 90, "%", 2025, "target"), ("吨盐水耗", 25, "立方米/吨", 2025, "target"), ("固废利用率", 60, "%", 2025, "target")),
        count=7,
    ),
    Layout(
        "heads repeated on a new page",
        PLAN + "表10 产量（万吨）\n产品 2019年 2020年\n甲矿 10 11\n乙矿 20 21\n丙矿 15 16\n— 12 —\n产品 2019年 2020年\n丁矿 30 31\n戊矿 40 41\n己矿 35 36\n",
        (("丁矿", 31, "万吨", 2020, "actual"), ("戊矿", 40, "万吨", 2019, "actual")),
        count=12,
    ),
    Layout(
        "groups by rows of one cell",
        PLAN + "表11 主要指标\n指标\t单位\t2020年\t2025年\n一、规模\t\t\t\n产值\t亿元\t300\t800\n企业数\t家\t40\t60\n二、创新\t\t\t\n研发强度\t%\t1.8\t2.5\n平台数\t个\t5\t12\n",
        (("产值", 800, "亿元", 2025, "target"), ("研发强度", 1.8, "%", 2020, "actual")),
        count=8,
    ),
    Layout(
        "growth and share columns",
        PLAN + "表12 行业情况\n行业 2019年产值（亿元） 2020年产值（亿元） 同比增长（%） 占比（%）\n采选 100 110 10 20\n冶炼 200 230 15 42\n加工 190 209 10 38\n",
        (("产值", 230, "亿元", 2020, "actual"), ("冶炼", 15, "%", 2020, "actual"), ("采选", 20, "%", 2020, "actual")),
        count=12,
    ),
    Layout(
        "footnote marks",
        PLAN + "表13 产量\n产品 2019年 2020年\n金属锂（吨） 2500① 2800\n丁基锂（吨） 900 950②\n氟化锂（吨） 400 420\n注：①含来料加工；②为快报数。\n",
        (("金属锂", 2500, "吨", 2019, "actual"), ("丁基锂", 950, "吨", 2020, "actual")),
        count=6,
    ),
    Layout(
        "thousands set apart by commas",
        PLAN + "表14 经济指标（万元）\n指标\t2019年\t2020年\n营业收入\t1,234,567\t1,345,678\n利润总额\t98,765\t101,234\n税金\t45,678\t50,123\n",
        (("营业收入", 1345678, "万元", 2020, "actual"), ("利润总额", 98765, "万元", 2019, "actual")),
        count=6,
    ),
    Layout(
        "units behind a slash",
        PLAN + "表15 能力\n产品\t2020年产能/万吨\t2025年产能/万吨\n磷酸铁锂\t10\t50\n三元材料\t5\t20\n电解液\t3\t15\n",
        (("磷酸铁锂", 50, "万吨", 2025, "target"), ("电解液", 3, "万吨", 2020, "actual")),
        count=6,
    ),
    Layout(
        "firms and what they make",
        PLAN + "表16 重点企业\n序号\t企业名称\t产品\t2020年产量（万吨）\t2025年产能（万吨）\n1\t示例锂业有限公司\t碳酸锂\t2\t5\n2\t示例锂业有限公司\t氢氧化锂\t1\t4\n3\t示例材料股份有限公司\t磷酸铁锂\t3\t12\n",
        (("碳酸锂", 2, "万吨", 2020, "actual"), ("磷酸铁锂", 12, "万吨", 2025, "target")),
        count=6,
    ),
    Layout(
        "numbers of columns below the head",
        PLAN + "表17 指标\n序号\t指标\t单位\t2020年\t2025年\n1\t2\t3\t4\t5\n1\t产值\t亿元\t300\t800\n2\t利税\t亿元\t40\t100\n3\t出口\t亿美元\t2\t5\n",
        (("产值", 800, "亿元", 2025, "target"), ("出口", 2, "亿美元", 2020, "actual")),
        count=6,
    ),
    Layout(
        "page numbers inside",
        PLAN + "表18 产量（万吨）\n产品 2019年 2020年\n甲 10 11\n乙 20 21\n-15-\n丙 30 31\n丁 40 41\n",
        (("丙", 31, "万吨", 2020, "actual"),),
        count=8,
    ),
    Layout(
        "serial numbers and cut names",
        PLAN + "表19 产值\n序号 行业名称 主要产品 2019年 2020年\n产值（亿元）\n1 非金属矿物\n制品业\n石墨制品 50 55\n2 电气机械制造业 锂电池 80 95\n3 化学原料业 碳酸锂 60 72\n",
        (("电气机械", 95, "亿元", 2020, "actual"), ("非金属", 50, "亿元", 2019, "actual")),
        count=6,
    ),
    Layout(
        "limits as a table of conditions",
        "示例行业规范条件\n三、能耗指标\n表1 单位产品能耗限值\n产品\t单位\t限定值\t先进值\n碳酸锂\t千克标准煤/吨\t≤2800\t≤2200\n氢氧化锂\t千克标准煤/吨\t≤3000\t≤2400\n金属锂\t千瓦时/吨\t≤42000\t≤38000\n",
        (("碳酸锂", 2800, "千克标准煤/吨", None, "threshold"), ("金属锂", 38000, "千瓦时/吨", None, "threshold")),
        count=6,
    ),
    Layout(
        "projects",
        "示例市锂产业行动方案（2021—2023年）\n附件 重点项目表\n序号\t项目名称\t建设内容\t总投资（亿元）\t建设年限\t责任单位\n1\t示例锂业扩能项目\t新建年产5万吨碳酸锂生产线\t25.6\t2021-2023\t示例县人民政府\n2\t示例电池项目\t建设10GWh电池产线\t48\t2022-2025\t市工信局、示例区人民政府\n",
        (("示例锂业", 25.6, "亿元", None, "other"), ("", 5, "万吨/年", None, "other")),
    ),
    Layout(
        "cells in a wrong order are doubtful",
        PLAN + "表20 产量（万吨）\n产品 2018年 2019年 2020年\n甲 10 20 30\n乙 40 50 60\n丙 70\n丁 80 90 100 110\n戊 1 2 3\n",
        (("戊", 3, "万吨", 2020, "actual"),),
        count=14,
    ),
    Layout(
        "plan periods as heads",
        PLAN + "表21 主要目标\n指标 “十三五”末 “十四五”末 年均增长\n产值（亿元） 300 800 21.7%\n企业（家） 40 70 11.8%\n",
        (("产值", 300, "亿元", 2020, "actual"), ("产值", 800, "亿元", 2025, "target"), ("产值", 21.7, "%", 2025, None)),
        count=6,
    ),
    Layout(
        "fullwidth digits and blanks in heads",
        PLAN + "表２２　主要指标\n指　标　　２０２０年　　２０２５年\n产值（亿元）　　３００　　８００\n产量（万吨）　　１２．５　　３０\n",
        (("产值", 800, "亿元", 2025, "target"), ("产量", 12.5, "万吨", 2020, "actual")),
        count=4,
    ),
    Layout(
        "groups between numbered rows",
        PLAN + "附表1 主要指标表\n类别 序号 指标名称 单位 2020年实际 2025年目标 年均增速 属性\n规模\n1 工业总产值 亿元 820 1500 12.8% 预期性\n2 锂盐产量 万吨 12 12 以内 约束性\n效益\n3 利润总额 亿元 45 90 14.9% 预期性\n",
        (("工业总产值", 820, "亿元", 2020, "actual"), ("利润总额", 90, "亿元", 2025, "target"), ("锂盐产量", 12, "万吨", 2025, "target")),
    ),
    Layout(
        "a list of projects without a caption's number",
        PLAN + "重点项目投资计划\n序号 项目名称 建设规模 总投资（万元） 建设期\n1 示例锂盐扩能改造 2条生产线 185000 2021-2023年\n2 示例电池产线 年产60万套 92000 2022-2024年\n3 卤水提锂 2万吨 36000 2023年\n",
        (("", 185000, "万元", None, None), ("", 36000, "万元", None, None)),
    ),
    Layout(
        "older plans with wide blanks",
        "示例市“九五”计划\n表2　“八五”期间主要指标完成情况\n指标　　　　单位　　1990年　　1995年　　年均递增(%)\n钢产量　　　万吨　　85.3　　　132.6　　　9.2\n工业总产值　亿元　　12.4　　　28.9　　　18.4\n利税　　　　亿元　　2.1　　　　5.6　　　21.7\n",
        (("钢产量", 85.3, "万吨", 1990, "actual"), ("工业总产值", 28.9, "亿元", 1995, "actual"), ("利税", 21.7, "%", 1995, "actual")),
        count=9,
    ),
)  # fmt: skip
