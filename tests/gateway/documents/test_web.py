"""Web pages: blocks to lines, tables to grids, charsets; navigation and scripts left out."""

from __future__ import annotations

import pytest

from oreflow.gateway.documents import DocumentError, DocumentLimits, HeldText, read_document


def held_of(body: str, head: str = "", encoding: str = "utf-8") -> HeldText:
    page = f"<!DOCTYPE html><html><head>{head}<title>x</title></head><body>{body}</body></html>"
    return read_document("a.html", page.encode(encoding))


def test_blocks_breaks_entities_and_white_space() -> None:
    held = held_of(
        "<h1>示例规划</h1>\n<p>到2025年，<b>粗钢</b>产能\n  达到&ge;600&#19975;吨。<br>"
        "面积5km<sup>2</sup>&nbsp;以上</p>"
        "<ul><li>一</li><li>二</li></ul><pre>三\n四</pre><!-- 五 -->"
    )
    assert held.text.splitlines() == [
        "示例规划",
        "到2025年，粗钢产能 达到≥600万吨。",
        "面积5km2\xa0以上",
        "一",
        "二",
        "三",
        "四",
    ]
    assert held.places[-1].line == 3


def test_what_readers_of_a_page_do_not_read_is_left_out() -> None:
    held = held_of(
        "<nav>首页</nav><div role='navigation'>栏目</div><script>var a=1</script><style>p{}</style>"
        "<p>正文</p><p hidden>隐藏</p><p style='display: none'>隐藏</p><template><p>模板</p></template>"
        "<select><option>北京</select><button>打印</button><footer>版权</footer>"
    )
    assert held.text == "正文\n"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gbk"),
        ("big5", "big5"),
        ("utf-8", "utf-8"),
        ("no-such", "utf-8"),
        ("hex", "utf-8"),
    ],
)
def test_declared_charsets(charset: str, encoding: str) -> None:
    assert held_of("<p>到2025年，示例</p>", f'<meta charset="{charset}">', encoding).text == "到2025年，示例\n"


def test_other_ways_to_tell_the_charset() -> None:
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    assert held_of("<p>产值</p>", head, "gbk").text == "产值\n"
    assert held_of("<p>产值</p>", "", "utf-16").text == "产值\n"
    page = (
        '<?xml version="1.0" encoding="gbk"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>产值</p></body></html>'
    )
    assert read_document("a.xhtml", page.encode("gbk")).text == "产值\n"


def test_tables_with_spans() -> None:
    held = held_of(
        "<table><caption>表1</caption><thead><tr><th rowspan=2>指标<th colspan='2'>产量</thead>"
        "<tr><td>2020年<td>2025年</tr><tr><td>粗钢<br>（万吨）<td>500<td>600</tr></table><p>后</p>"
    )
    assert held.text.splitlines() == ["表1", "指标\t产量\t", "\t2020年\t2025年", "粗钢 （万吨）\t500\t600", "后"]
    assert [[(held.text[c.start : c.end], c.across, c.down) for c in row] for row in held.grids[0].rows] == [
        [("指标", 1, 2), ("产量", 2, 1)],
        [("2020年", 1, 1), ("2025年", 1, 1)],
        [("粗钢 （万吨）", 1, 1), ("500", 1, 1), ("600", 1, 1)],
    ]


def test_tables_that_lay_out_the_page() -> None:
    held = held_of(
        "<table><tr><td>左栏</td><td><p>正文一</p><table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>"
        "</table></td></tr></table>"
    )
    assert held.text.splitlines() == ["左栏", "正文一", "甲\t1", "乙\t2"]
    assert len(held.grids) == 1


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<div>" * 50_000 + "x", "too-deep"),
        ("<table><tr><td>" * 20_000 + "x", "too-deep"),
        ("<ul><li>" * 50_000 + "x", "too-deep"),
        ("<html><body><script>x</script>", "document-empty"),
        ("<html><!--", "document-empty"),
    ],
)
def test_pages_that_are_refused(page: str, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document("a.html", page.encode())
    assert caught.value.code == code


def test_memory_is_bounded() -> None:
    with pytest.raises(DocumentError) as caught:
        read_document("a.html", b"<html>" + b"<p>x" * 4_000_000, limits=DocumentLimits(memory_bytes=250 << 20))
    assert caught.value.code == "document-heavy"


@pytest.mark.parametrize(
    "page",
    [
        "<p>" + "字" * 4_000_000,
        "<html>" + "<" * 500_000 + "字",
        "<p " + "a=1 " * 100_000 + ">字",
        "<html>" + "&" * 500_000 + "字",
        "<table>" + "<tr>" + "<td colspan=999999 rowspan=999999>字" * 500 + "</table>",
        "<html>字&#xD800;&#0;&#x110000;\x00\x0b\ufffe",
    ],
)
def test_pages_that_are_read_all_the_same(page: str) -> None:
    text = read_document("a.html", page.encode("utf-8", "surrogatepass")).text
    assert "字" in text
    assert "\x00" not in text
    text.encode()
