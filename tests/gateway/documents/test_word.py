"""Word files: list numbers, merged cells, notes, text boxes, tracked changes, fields; what is left out."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from oreflow.gateway.documents import DocumentError, DocumentLimits, HeldText, read_document
from oreflow.gateway.documents.word_numbering import written

from .plan import Plan, saved

NAMESPACES = nsdecls("w", "r", "wp", "a")
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def held_of(document: Any, **parts: str) -> HeldText:
    return read_document("a.docx", with_parts(saved(document), parts))


def with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """A Word file with parts added or replaced (`footnotes` is word/footnotes.xml)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        replaced = {f"word/{name}.xml": text for name, text in parts.items()}
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, text in replaced.items():
            new.writestr(name, text)
    return out.getvalue()


def add(document: Any, inner: str, properties: str = "") -> None:
    """A paragraph from its XML."""
    xml = f"<w:p {NAMESPACES} {MORE}>{properties}{inner}</w:p>"
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def level(depth: int, form: str, text: str, more: str = "") -> str:
    inner = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inner}</w:lvl>'


SPACE = '<w:suff w:val="space"/>'
TITLES = level(0, "chineseCounting", "第%1章", SPACE) + level(1, "chineseCountingThousand", "（%2）")
FIGURES = level(2, "decimal", "%2.%3", "<w:isLgl/>")
FIFTH = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>'
LISTS = (
    f"<w:numbering {NAMESPACES}>"
    f'<w:abstractNum w:abstractNumId="0">{TITLES}{FIGURES}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    f'<w:num w:numId="3"><w:abstractNumId w:val="0"/>{FIFTH}</w:num>'
    "</w:numbering>"
)


def numbered(number: int, depth: int) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'


def test_automatic_numbers_are_written_out() -> None:
    document = docx.Document()
    for number, depth, text in (
        (1, 0, "总则"), (1, 1, "目的"), (1, 1, "范围"), (1, 2, "2025年产能600万吨"), (2, 0, "点"), (1, 0, "任务"),
        (1, 1, "目标"), (3, 1, "重点"), (9, 0, "没有这个列表"),
    ):  # fmt: skip
        add(document, run(text), numbered(number, depth))
    held = held_of(document, numbering=LISTS)
    assert held.text.splitlines() == [
        "第一章 总则", "（一） 目的", "（二） 范围", "2.1 2025年产能600万吨", "• 点", "第二章 任务", "（一） 目标",
        "（五） 重点", "没有这个列表",
    ]  # fmt: skip
    assert held.places[3].label == "¶ 4"


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (10, "chineseCounting", "十"), (21, "chineseCounting", "二十一"), (105, "chineseCountingThousand", "一百零五"),
        (1020, "chineseCounting", "一千零二十"), (3, "ideographTraditional", "丙"), (12, "ideographZodiac", "亥"),
        (7, "decimalEnclosedCircleChinese", "⑦"), (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"),
        (2025, "ideographDigital", "二〇二五"), (12, "decimalFullWidth", "１２"),
        (5, "decimalZero", "05"), (6, "strange", "6"),
    ],
)  # fmt: skip
def test_forms_of_numbers(number: int, form: str, text: str) -> None:
    assert written(number, form) == text


def field_part(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, result: str) -> str:
    inner = f"<w:r><w:instrText> {code} </w:instrText></w:r>{field_part('separate')}{result}"
    return field_part("begin") + inner


def test_tracked_changes_fields_and_bookmarks() -> None:
    document = docx.Document()
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>500</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="x">{run("600")}</w:ins>'
    marked = '<w:bookmarkStart w:id="5" w:name="_Toc1"/>' + run("万吨") + '<w:bookmarkEnd w:id="5"/>'
    add(document, run("产能达到") + deleted + inserted + marked)
    number = f'<w:fldSimple w:instr=" PAGE ">{run("7")}</w:fldSimple>'
    add(document, field("REF a \\h", run("见表1")) + field_part("end") + run("。") + number)
    add(document, run("前半句，"), "<w:pPr><w:rPr><w:del w:id='3' w:author='x'/></w:rPr></w:pPr>")
    add(document, run("后半句。") + run("看不见", "<w:rPr><w:vanish/></w:rPr>"))
    add(document, f'<w:moveFrom w:id="8" w:author="x">{run("旧处")}</w:moveFrom>')
    add(document, f'<w:moveTo w:id="9" w:author="x">{run("新处")}</w:moveTo>')
    add(document, run("面积") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:noBreakHyphen/></w:r>' + run("5"))
    held = held_of(document)
    assert held.text.splitlines() == ["产能达到600万吨", "见表1。", "前半句，后半句。", "新处", "面积≥-5"]
    assert any("hidden" in note.en for note in held.notes)


def test_contents_lists_are_left_out() -> None:
    document = docx.Document()
    add(document, field('TOC \\o "1-3"', run("第一章 总则") + "<w:r><w:tab/></w:r>" + run("1")))
    add(document, run("第二章 目标") + field_part("end"))
    add(document, run("第一章 总则"))
    held = held_of(document)
    assert held.text == "第一章 总则\n"
    assert any("contents" in note.en for note in held.notes)


def test_a_field_that_never_ends_hides_nothing() -> None:
    document = docx.Document()
    add(document, field('TOC \\o "1-3"', run("第一章 总则")))
    add(document, run("到2025年，产能达到600万吨。"))
    assert held_of(document).text.splitlines() == ["第一章 总则", "到2025年，产能达到600万吨。"]


def test_footnotes_and_text_boxes_follow_their_paragraph() -> None:
    document = docx.Document()
    box = f"<w:txbxContent><w:p>{run('框中：产能30万吨。')}</w:p></w:txbxContent>"
    choice = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    shape = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    add(document, run("产值800亿元") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("。") + shape)
    add(document, run("下一段"))
    note = f'<w:footnote w:id="2"><w:p>{run("不含示例县。")}</w:p></w:footnote>'
    held = held_of(document, footnotes=f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>")
    assert held.text.splitlines() == ["产值800亿元。", "框中：产能30万吨。", "不含示例县。", "下一段"]


def test_merged_cells_and_layout_tables() -> None:
    document = docx.Document()
    table = document.add_table(3, 4)
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            cell.text = f"{r}{c}"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "高"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "宽"
    table.cell(2, 3).text = ""
    table.cell(2, 3).add_paragraph("甲")
    table.cell(2, 3).add_paragraph("乙")
    frame = document.add_table(2, 1)
    frame.cell(0, 0).text = "专栏1 重点工程"
    frame.cell(1, 0).text = "建设示例钛材项目，产能3万吨。"
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "旁边"
    outer.cell(0, 1).add_table(2, 2).cell(1, 1).text = "里面"
    held = held_of(document)
    assert held.text.splitlines() == [
        "高\t宽\t\t", "\t11\t12\t13", "20\t21\t22\t甲 乙", "专栏1 重点工程",
        "建设示例钛材项目，产能3万吨。", "旁边", "\t", "\t里面",
    ]  # fmt: skip
    grid = held.grids[0]
    assert [(c.across, c.down) for c in grid.rows[0]] == [(1, 2), (3, 1)]
    assert [len(row) for row in grid.rows] == [2, 3, 4]
    last = grid.rows[2][3]
    assert held.text[last.start : last.end] == "甲 乙"
    assert [p.label for p in held.places_of(last.start, last.end)] == ["¶ 11 (1!D3)", "¶ 12 (1!D3)"]
    assert len(held.grids) == 2


def test_headers_are_left_out() -> None:
    held = read_document("a.docx", Plan().docx())
    assert "示例市发展规划文本" not in held.text
    assert any("headers" in note.en for note in held.notes)


@pytest.mark.parametrize("extra", ["word/vbaProject.bin"])
def test_macros_are_refused(extra: str) -> None:
    out = io.BytesIO(Plan().docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(extra, b"x")
    with pytest.raises(DocumentError) as caught:
        read_document("a.docm", out.getvalue())
    assert caught.value.code == "document-macros"


BODY = '<?xml version="1.0"?>{head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'


DEEP = "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (BODY.format(head="<!DOCTYPE a [" + "".join(f'<!ENTITY e{k + 1} "{f"&e{k};" * 10}">' for k in range(9)) + "]>",
                     body="<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>"), "xml-entities"),
        (BODY.format(head='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
                     body="<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"), "xml-entities"),
        (BODY.format(head='<!DOCTYPE a SYSTEM "http://192.0.2.1/x.dtd">', body=""), "xml-entities"),
        (BODY.format(head="", body="<w:p><w:r><w:t>x</w:p>"), "document-damaged"),
        ("<x/>", "document-damaged"),
        ("", "document-damaged"),
        (BODY.format(head="", body="<w:tbl><w:tr><w:tc>" * 200 + "</w:tc></w:tr></w:tbl>" * 200), "too-deep"),
        (BODY.format(head="", body=DEEP), "too-deep"),
        (BODY.format(head="", body=""), "document-empty"),
    ],
)  # fmt: skip
def test_hostile_parts_are_refused(document: str, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document("a.docx", with_parts(Plan().docx(), {"document": document}))
    assert caught.value.code == code


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = BODY.format(head="", body="<w:p/>" * 2_000_000)
    data = with_parts(Plan().docx(), {"document": bomb})
    assert len(data) < 200_000
    with pytest.raises(DocumentError) as caught:
        read_document("a.docx", data)
    assert caught.value.code == "archive-ratio"
    with pytest.raises(DocumentError) as caught:
        read_document("a.docx", Plan().docx(), limits=DocumentLimits(inflated_bytes=1000))
    assert caught.value.code == "archive-too-big"
    with pytest.raises(DocumentError) as caught:
        read_document("a.docx", Plan().docx(), limits=DocumentLimits(members=3))
    assert caught.value.code == "archive-members"


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(Plan().docx())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        member = archive.getinfo("word/document.xml")
    claim = member.file_size.to_bytes(4, "little")
    at = data.rindex(b"word/document.xml") - 46 + 24
    assert data[at : at + 4] == claim
    data[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(DocumentError) as caught:
        read_document("a.docx", bytes(data))
    assert caught.value.code == "document-damaged"
