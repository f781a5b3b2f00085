"""A made-up plan in the style of such documents, as text and as a Word file."""

from __future__ import annotations

import io

from docx import Document

PLAN = """攀枝花市示例新材料产业发展规划（2023—2025年）

示例市经济和信息化局
2023年3月

第一章 发展基础

一、产业规模稳步扩大。2022年，全市钛白粉产量达到62.5万吨，比2020年增长18%；钒制品（折合V2O5）产量4.6万吨。全市规上工业企业215户，实现营业收入1380亿元。

二、短板依然突出。高端钛材占比不足12%，园区亩均税收仅为9.8万元。

第二章 发展目标

到2025年，全市工业园区钛白粉产能达到180万吨，海绵钛产能达到9万吨以上，钒制品（折合V2O5）产能控制在7万吨以内。钛资源综合利用率由2020年的29%提高到33%，规上工业增加值年均增长8%左右。
到2025年，研究与试验发展经费投入强度达到2.6%，单位工业增加值能耗下降14%（约束性）。

第三章 重点任务

一、做强钛产业链。重点打造“钛精矿—高钛渣—四氯化钛—海绵钛—钛锭—钛材”产业链，支持示例钛业股份有限公司建设年产6万吨氯化法钛白粉项目，总投资18.5亿元。（责任单位：市经济和信息化局、市发展改革委、仁和区人民政府）

二、严格准入。新建硫酸法钛白粉装置单线产能不得低于5万吨/年，新建电炉容量不得小于30000千伏安，禁止新建2万吨/年以下氯化法钛白粉装置。

三、推进绿色转型。一般工业固体废物综合利用率达到45%以上，规模以上工业用水重复利用率达到94%。（牵头单位：市生态环境局；配合单位：市水利局；完成时限：2025年12月）

第四章 保障措施

设立产业引导基金20亿元，每年安排专项资金不低于1.5亿元。
"""
LATER = PLAN.replace("钛白粉产能达到180万吨", "钛白粉产能达到160万吨").replace("海绵钛产能达到9万吨以上，", "").replace(
    "2023年3月", "2023年9月"
).replace("设立产业引导基金20亿元", "设立产业引导基金20亿元、人才基金2亿元")  # fmt: skip
HOSTILE = """示例规划<script>alert(1)</script>
<img src=x onerror=alert(2)>到2025年，"><svg onload=alert(3)>钛白粉产能达到150万吨以上。
{{ 7|add:7 }}{% now "Y" %}到2025年，海绵钛产能达到9万吨。
"""


def word(text: str = PLAN) -> bytes:
    """The plan as a Word file: chapters as headings, a table at the end."""
    document = Document()
    for line in text.splitlines():
        if line.startswith("第") and "章" in line[:4]:
            document.add_heading(line, level=1)
        elif line.strip():
            document.add_paragraph(line)
    table = document.add_table(rows=3, cols=4)
    cells = (
        ("指标", "单位", "2020年", "2025年"),
        ("钛精矿产量", "万吨", "511", "600"),
        ("铁精矿产量", "万吨", "2529", "3000"),
    )
    for row, values in zip(table.rows, cells, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
