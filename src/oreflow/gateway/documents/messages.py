"""What refusals of documents say and what would mend them, by code. Facts stand in braces."""

from __future__ import annotations

from typing import Final

from oreflow.core.provenance import Text

from ..file_messages import message

_AS_TEXT = ("请在原程序中另存为 .docx、带文字层的 PDF 或 .txt。", "Save it as .docx, as a PDF with text, or as .txt.")
_REPAIR = (
    "请用原程序打开并重新保存，或重新获取该文件。",
    "Open it in its program and save it again, or get the file anew.",
)

_FILES: dict[str, tuple[Text, Text]] = {
    "document-unreadable": message(
        "文件无法读取（{reason_zh}）。",
        "The file cannot be read ({reason_en}).",
        "请检查文件是否存在、是否有读取权限。",
        "Check that the file is there and that you may read it.",
    ),
    "document-empty": message(
        "文件里没有文字。", "The file holds no text.", "请检查是否选错了文件。", "Check that it is the file you meant."
    ),
    "document-too-large": message(
        "文件有 {size} MB，超过上限 {limit} MB。",
        "The file has {size} MB, more than the limit of {limit} MB.",
        "请拆成几个文件，或去掉其中的图片。",
        "Split it into several files, or remove its pictures.",
    ),
    "document-too-long": message(
        "文字超过 {limit} 个字符。",
        "Its text is longer than {limit} characters.",
        "请拆成几个文件。",
        "Split it into several files.",
    ),
    "document-cells": message(
        "表格单元格超过 {limit} 个（{value}）。",
        "It has more than {limit} table cells ({value}).",
        "请只保留与规划有关的表，或拆成几个文件。",
        "Keep the tables that belong to the plan, or split the file.",
    ),
    "document-binary": message(
        "这不是文字文件：内容是二进制数据。", "This is no text: its content is binary.", *_AS_TEXT
    ),
    "document-encoding": message(
        "看不出文字用的是哪种编码。",
        "The encoding of the text cannot be told.",
        "请另存为 UTF-8 编码。",
        "Save it in UTF-8.",
    ),
    "document-picture": message(
        "这是图片，没有文字层。",
        "This is a picture without text.",
        "请提供文字版，或先做文字识别（OCR）。",
        "Give the text edition, or have its text recognised (OCR) first.",
    ),
    "document-format": message(
        "不读取{what_zh}。",
        "{what_en} cannot be read.",
        *_AS_TEXT,
    ),
    "document-macros": message(
        "这是含宏的文件（{what}），不予打开。",
        "This file holds macros ({what}); it is not opened.",
        "请另存为不含宏的 .docx 或 .xlsx。",
        "Save it as .docx or .xlsx, without macros.",
    ),
    "document-locked": message(
        "文件已加密，需要密码才能打开。",
        "The file is encrypted and opens with a password only.",
        "请解除密码后重新提供。",
        "Remove the password and give it again.",
    ),
    "document-damaged": message(
        "文件已损坏或不完整（{reason}）。", "The file is damaged or incomplete ({reason}).", *_REPAIR
    ),
    "document-slow": message(
        "读取超过 {limit} 秒，已停止（{value}）。",
        "Reading it took longer than {limit} seconds and was stopped ({value}).",
        "请拆成几个文件；若文件来源不明，请勿打开。",
        "Split it into several files; do not open it if you do not know where it comes from.",
    ),
    "document-heavy": message(
        "读取所需内存超过上限 {limit} MB，已停止。",
        "Reading it needs more memory than the limit of {limit} MB; it was stopped.",
        "请拆成几个文件，或去掉其中的图片。",
        "Split it into several files, or remove its pictures.",
    ),
    "document-failed": message(
        "读取程序在这个文件上意外中止（{reason}）。",
        "The reader broke off unexpectedly on this file ({reason}).",
        *_REPAIR,
    ),
}

_PACKED: dict[str, tuple[Text, Text]] = {
    "archive-members": message(
        "文件由 {found} 个部件组成，超过上限 {limit} 个。",
        "The file has {found} parts, more than the limit of {limit}.",
        *_REPAIR,
    ),
    "archive-too-big": message(
        "部件“{value}”解压后超过上限 {limit} MB。",
        "The part “{value}” unpacks to more than the limit of {limit} MB.",
        "请拆成几个文件；若文件来源不明，请勿打开。",
        "Split it into several files; do not open it if you do not know where it comes from.",
    ),
    "archive-ratio": message(
        "部件“{value}”的压缩比为 {ratio}，超过上限 {limit}，疑为压缩炸弹。",
        "The part “{value}” is packed {ratio} to 1, more than the limit of {limit}: it may be meant to do harm.",
        "请用原程序打开并重新保存；若文件来源不明，请勿打开。",
        "Save it again in its program; do not open it if you do not know where it comes from.",
    ),
    "xml-entities": message(
        "部件“{value}”自带文档类型或实体声明，不予打开。",
        "The part “{value}” declares a document type or entities of its own; it is not opened.",
        *_REPAIR,
    ),
    "too-deep": message("内容嵌套太深（{value}）。", "Its content is nested too deeply ({value}).", *_REPAIR),
    "workbook-refused": message("{reason_zh}", "{reason_en}", "{remedy_zh}", "{remedy_en}"),
}

_PDF: dict[str, tuple[Text, Text]] = {
    "pdf-pages": message(
        "共有 {found} 页，超过上限 {limit} 页。",
        "It has {found} pages, more than the limit of {limit}.",
        "请拆成几个文件。",
        "Split it into several files.",
    ),
    "pdf-scan": message(
        "这是扫描件：第 {pages_zh} 页只有图像，没有文字层。",
        "This is a scan: {pages_en} hold pictures without text.",
        "请提供文字版，或先做文字识别（OCR）。",
        "Give the text edition, or have its text recognised (OCR) first.",
    ),
    "pdf-letters": message(
        "文字层无法辨认：第 {pages_zh} 页的字体没有对应的字符编码。",
        "The text cannot be made out: the fonts of {pages_en} do not say which characters they show.",
        "请提供 Word 版，或重新导出 PDF，或先做文字识别（OCR）。",
        "Give the Word edition, export the PDF again, or have its text recognised (OCR).",
    ),
}

MESSAGES: Final[dict[str, tuple[Text, Text]]] = {**_FILES, **_PACKED, **_PDF}
"""(message, remedy) of every code; `{name}` stands for a fact."""
