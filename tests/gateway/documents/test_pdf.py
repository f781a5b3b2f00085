"""PDF: reading order, what repeats, ruled tables, turned and slanted text; scans and broken files refused."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
import weasyprint

from oreflow.core.reading import read
from oreflow.gateway.documents import DocumentError, DocumentLimits, HeldText, read_document

from .plan import PRINT, Plan

PLAIN = "@page { margin: 2cm; @top-center { content: none } @bottom-center { content: none } }"


def printed(body: str, style: str = "") -> bytes:
    page = f'<html><head><meta charset="utf-8"><style>{PRINT}{style}</style></head><body>{body}</body></html>'
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made


def held_of(body: str, style: str = "") -> HeldText:
    """What is read of a page without header and footer."""
    return read_document("a.pdf", printed(body, PLAIN + style))


def changed(data: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


LINES = "".join(
    f"<p>第{k}项工程，到2025年，示例产品产能达到{k}万吨以上，由示例公司负责实施。</p>" for k in range(1, 91)
)


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    held = read_document("a.pdf", printed(LINES))
    assert "示例市发展规划文本" not in held.text
    assert "—" not in held.text
    assert any("headers" in note.en for note in held.notes)
    assert len(held.text.splitlines()) == 90


def test_a_sentence_goes_on_over_the_page() -> None:
    sentence = "".join(f"示例产品{k}的产能达到{k}万吨，" for k in range(1, 180)) + "到2025年，示例产业产值达到800亿元。"
    held = held_of(f"<p>{sentence}</p>")
    assert held.text == sentence + "\n"
    assert {place.page for place in held.places} == {1, 2, 3, 4}
    assert held.places_of(0, len(sentence)) == held.places


def test_paragraphs_of_one_line_stay_apart() -> None:
    lines = [f"到2025年，示例产品{k}产能达到{k}万吨，示例产业链不断延伸壮大完善。" for k in range(10, 40)]
    held = held_of("".join(f"<p>{line}</p>" for line in lines), "p { text-indent: 0; text-align: left }")
    assert held.text.splitlines() == lines


ROWS = "".join(f"<tr><td>示例产品{k}</td><td>{k}</td><td>{2 * k}.5</td></tr>" for k in range(1, 80))
HEAD = "<thead><tr><th>产品</th><th>2020年</th><th>2025年</th></tr></thead>"


def test_a_table_over_several_pages_is_one_with_one_head() -> None:
    held = held_of(f"<p>表1 产品产量（单位：万吨）</p><table>{HEAD}{ROWS}</table><p>表后文字。</p>")
    assert len(held.grids) == 1
    assert len(held.grids[0].rows) == 80
    assert held.text.count("2020年") == 1
    last = held.grids[0].rows[-1][2]
    assert held.text[last.start : last.end] == "158.5"
    place = held.place_at(last.start)
    assert place is not None
    assert (place.page or 0) > 2


def test_merged_cells_of_a_ruled_table() -> None:
    held = held_of(
        "<table><tr><th rowspan=2>产品名称</th><th colspan=2>产能</th></tr><tr><th>2020年</th><th>2025年</th></tr>"
        "<tr><td>示例市深加工所用的高品质五氧化二钒及其制品和各类钒电池电解液</td><td>1</td><td>2</td></tr>"
        "<tr><td>钛白粉</td><td></td><td>4</td></tr></table>"
    )
    rows = held.text.splitlines()
    assert rows[:2] == ["产品名称\t产能\t", "\t2020年\t2025年"]
    assert rows[2].startswith("示例市深加工所用的高品质五氧化二钒及其制品和各类钒电池电解液\t1\t2")
    assert rows[3] == "钛白粉\t\t4"
    assert [(c.across, c.down) for c in held.grids[0].rows[0]] == [(1, 2), (2, 1)]


def test_tables_without_side_lines() -> None:
    style = "td { border-left: 0; border-right: 0 } td + td { border-left: 0.7pt solid black }"
    held = held_of("<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>", style)
    assert held.text == "甲\t1\n乙\t2\n"


def test_a_box_of_running_text_is_no_table() -> None:
    held = held_of(
        "<div style='border: 1pt solid black'><p>专栏1 重点工程</p><p>到2025年，建成示例项目30个。</p></div>"
    )
    assert held.grids == ()
    assert held.text.splitlines() == ["专栏1 重点工程", "到2025年，建成示例项目30个。"]


@pytest.mark.parametrize("turn", ["rotate", "transform"])
def test_turned_pages_read_the_same(turn: str) -> None:
    data = Plan().pdf()

    def change(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            if turn == "rotate":
                page.rotate(90)
            else:
                page.add_transformation(pypdf.Transformation().rotate(90).translate(842, 0))
                page.mediabox.upper_right = (842, 595)
                page.cropbox.upper_right = (842, 595)

    straight, turned = read_document("a.pdf", data), read_document("a.pdf", changed(data, change))
    assert turned.text == straight.text
    if turn == "transform":
        a, b = straight.places[0].box, turned.places[0].box
        assert a is not None
        assert b is not None
        assert (b[0], b[1]) == pytest.approx((842 - a[3], a[0]), abs=0.3)


def test_watermarks_and_letters_printed_twice() -> None:
    stamp = "<div style='position: absolute; top: 8cm; transform: rotate(-40deg); font-size: 40pt'>内部资料</div>"
    twice = (
        "<div style='position: absolute; top: 3cm; left: 0'>粗钢产能600万吨</div>"
        "<div style='position: absolute; top: 3cm; left: 0.3pt'>粗钢产能600万吨</div>"
    )
    held = held_of(f"<p>到2025年，示例产业产值达到800亿元——较快增长。</p>{stamp}{twice}")
    assert "内部" not in held.text
    assert any("watermarks" in note.en for note in held.notes)
    assert held.text.count("粗钢产能600万吨") == 1
    assert "800亿元——较快" in held.text


def test_cells_without_lines_stay_rows() -> None:
    style = "td { border: 0; text-align: left }"
    cells = "".join(f"<tr><td>产品{k}</td><td>{k}.5</td><td>{k * 3}</td><td>备注{k}</td></tr>" for k in range(1, 9))
    held = held_of(f"<table>{cells}</table>", style)
    assert held.text.splitlines()[0] == "产品1 1.5 3 备注1"
    assert len(held.text.splitlines()) == 8


def test_encrypted_files() -> None:
    data = Plan().pdf()
    locked = changed(data, lambda w: w.encrypt("secret", algorithm="RC4-128"))
    with pytest.raises(DocumentError) as caught:
        read_document("a.pdf", locked)
    assert caught.value.code == "document-locked"
    owned = changed(data, lambda w: w.encrypt("", owner_password="x", algorithm="RC4-128"))  # noqa: S106 - made up
    assert read_document("a.pdf", owned).text == read_document("a.pdf", data).text


PICTURE = (
    "<img style='width: 100%; height: 20cm' src='data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='>"
)
BREAK = "<div style='break-after: page'></div>"


def test_scans_are_refused_naming_the_pages() -> None:
    with pytest.raises(DocumentError) as caught:
        held_of(BREAK.join([PICTURE] * 3))
    assert caught.value.code == "pdf-scan"
    assert "1–3" in caught.value.message.en
    assert "OCR" in caught.value.remedy.zh
    with pytest.raises(DocumentError) as caught:
        held_of(BREAK.join(["<p>示例市产业发展规划，到2025年产值达到800亿元。</p>", PICTURE, PICTURE]))
    assert "2–3" in caught.value.message.zh


def test_a_scanned_page_among_others_is_noted() -> None:
    text = "<p>示例市产业发展规划，到2025年产值达到800亿元。</p>"
    held = held_of(BREAK.join([text, PICTURE, text]))
    assert any("page 2 hold" in note.en for note in held.notes)
    assert len(read(held.text).statements) == 2


def test_limits() -> None:
    data = printed(LINES)
    for limits, code in (
        (DocumentLimits(pages=1), "pdf-pages"),
        (DocumentLimits(seconds=0.0), "document-slow"),
        (DocumentLimits(chars=100), "document-too-long"),
        (DocumentLimits(file_bytes=100), "document-too-large"),
    ):
        with pytest.raises(DocumentError) as caught:
            read_document("a.pdf", data, limits=limits)
        assert caught.value.code == code
        assert caught.value.name == "a.pdf"


def test_thousands_of_pages() -> None:
    def many(writer: pypdf.PdfWriter) -> None:
        for _ in range(2_500):
            writer.add_blank_page(200, 200)

    held = read_document("a.pdf", changed(printed("<p>到2025年，产能达到600万吨。</p>", PLAIN), many))
    assert held.text == "到2025年，产能达到600万吨。\n"
