"""A made-up plan, and the same plan as text, Word, PDF, web page and workbook."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from dataclasses import dataclass

Rows = Sequence[Sequence[str]]
PARAGRAPHS = (
    "示例市钒钛稀土产业发展规划（2021—2025年）",
    "一、发展基础",
    "2020年，全市钒钛产业实现产值386.5亿元，规模以上企业达到64户，工业固体废弃物综合利用率为37.2%。"
    "全市拥有示例级企业技术中心12个，钛精矿产量达到186万吨，占全省的41%。",
    "二、发展目标",
    "到2025年，全市钒钛产业产值突破800亿元，年均增长15%左右；粗钢产能控制在600万吨以内，吨钢综合能耗"
    "降至540千克标煤以下，水重复利用率达到97%以上。钛白粉产能由42万吨提高到75万吨，建设2×2.5万千伏安矿热炉。",
    "三、重点任务",
    "延伸产业链条，构建钛精矿—高钛渣—海绵钛—钛材产业链，推动稀土精矿→稀土氧化物→稀土金属→稀土永磁材料一体化发展。",
    "表1 示例市主要产品产量目标",
)
TABLE: Rows = (
    ("序号", "产品名称", "2020年产量（万吨）", "2025年产量（万吨）"),
    ("1", "钒钛铁精矿", "1165", "1320"),
    ("2", "钛白粉", "38.5", "72.5"),
    ("3", "示例市钒渣深加工所用的高品质五氧化二钒及其制品", "1.2", "2.6"),
    ("4", "海绵钛", "0.9", "3"),
)
AFTER = ("四、保障措施", "到2025年，研究与试验发展经费投入强度达到2.8%，培育专精特新企业30户。")

PRINT = """
@page { size: A4; margin: 3.5cm 2.7cm; @top-center { content: "示例市发展规划文本" }
        @bottom-center { content: "— " counter(page) " —" } }
body { font-family: "Noto Serif CJK SC", "Noto Sans CJK SC"; font-size: 15pt; line-height: 1.7 }
p { margin: 0; text-indent: 2em; text-align: justify }
table { border-collapse: collapse; width: 100% } td, th { border: 0.7pt solid black; padding: 2pt; text-align: center }
"""
COLUMNS = (
    PRINT
    + "@page { size: A5; margin: 2cm } body { columns: 2; column-gap: 1cm; font-size: 12pt } tr { break-inside: avoid }"
)


@dataclass(frozen=True)
class Plan:
    """Paragraphs, a table, and what follows it."""

    paragraphs: Sequence[str] = PARAGRAPHS
    table: Rows = TABLE
    after: Sequence[str] = AFTER

    def txt(self) -> bytes:
        rows = ["\t".join(row) for row in self.table]
        return "\n".join([*self.paragraphs, *rows, *self.after]).encode()

    def page(self, style: str = "") -> str:
        def said(lines: Sequence[str]) -> str:
            return "".join(f"<p>{html.escape(line)}</p>\n" for line in lines)

        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n" for row in self.table
        )
        table = f"<table>{rows}</table>" if rows else ""
        return (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title><style>{style}</style></head>'
            f"<body>{said(self.paragraphs)}{table}{said(self.after)}</body></html>"
        )

    def html(self) -> bytes:
        return self.page().encode()

    def pdf(self, style: str = PRINT) -> bytes:
        import weasyprint

        made: bytes = weasyprint.HTML(string=self.page(style)).write_pdf()
        return made

    def docx(self) -> bytes:
        import docx

        document = docx.Document()
        for line in self.paragraphs:
            document.add_paragraph(line)
        if self.table:
            table = document.add_table(len(self.table), len(self.table[0]))
            for laid, row in zip(table.rows, self.table, strict=True):
                for cell, text in zip(laid.cells, row, strict=True):
                    cell.text = text
        for line in self.after:
            document.add_paragraph(line)
        document.sections[0].header.paragraphs[0].text = "示例市发展规划文本"
        return saved(document)

    def xlsx(self) -> bytes:
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        for line in self.paragraphs:
            sheet.append([line])
        for row in self.table:
            sheet.append([float(cell) if cell.replace(".", "").isdigit() else cell for cell in row])
        for line in self.after:
            sheet.append([line])
        return saved(book)


def saved(document: object) -> bytes:
    """The bytes of a document or workbook."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()
