"""Plain text: encodings told from the bytes, offsets those of the decoded characters."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oreflow.gateway.documents import DocumentError, DocumentLimits, read_document

SAID = "示例市产业规划\n\n到2025年，粗钢产能达到600万吨以上，稀土产业产值突破800亿元。\n"
OLD = "示例縣產業發展規劃：到2025年，鋼鐵產業總產值達到三百億元，並提高資源綜合利用率，發展稀土磁性材料。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16", "utf-32"])
def test_encodings(encoding: str) -> None:
    held = read_document("a.txt", SAID.encode(encoding))
    assert held.text == SAID
    assert held.format == "txt"
    assert bool(held.notes) == (encoding != "utf-8")


def test_a_mark_of_utf8_stays_as_its_first_character() -> None:
    assert read_document("a.txt", codecs.BOM_UTF8 + SAID.encode()).text == "\ufeff" + SAID


def test_big5_is_told_and_noted() -> None:
    held = read_document("a.txt", OLD.encode("big5hkscs"))
    assert held.text == OLD
    assert "Big5" in held.notes[0].en


def test_line_ends_are_kept_and_lines_counted() -> None:
    held = read_document("a.txt", "甲\r\n\r\n乙\r丙\n丁".encode())
    assert held.text == "甲\r\n\r\n乙\r丙\n丁"
    assert [(p.line, held.text[p.start : p.end]) for p in held.places] == [(1, "甲"), (3, "乙"), (4, "丙"), (5, "丁")]


def test_a_cut_or_broken_character_does_not_change_the_encoding() -> None:
    data = (SAID * 50).encode()
    held = read_document("a.txt", data[:-2])
    assert held.text.startswith(SAID)
    assert "UTF-8" in held.notes[0].en
    gbk = (SAID * 50).encode("gbk")
    assert read_document("a.txt", gbk[:-2] + gbk[-3:-2]).text.startswith(SAID)


def test_control_characters_become_blanks_one_for_one() -> None:
    held = read_document("a.txt", b"\xe5\xb9\xb4\x00 600\x01 t, and so on, and so forth, at some length" * 9)
    assert "\x00" not in held.text
    assert len(held.text) == len(("年\x00 600\x01 t, and so on, and so forth, at some length") * 9)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document-empty"),
        (b" \r\n\t", "document-empty"),
        ("\ufeff \u3000".encode(), "document-empty"),
        (bytes(range(256)) * 40, "document-binary"),
        (b"\x00\x01\x02\x03" * 400, "document-binary"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "document-picture"),
        (b"\xff\xd8\xff\xe0" + b"x" * 99, "document-picture"),
        (b"{\\rtf1 x}", "document-format"),
        (b"PK\x03\x04broken", "document-damaged"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "document-format"),
        ("Ünïcödé tèxt ïn Làtîn-1 éèêë àâä ôö ûüù çñ ".encode("latin-1") * 9, "document-encoding"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document("dir/示例.txt", data)
    error = caught.value
    assert error.code == code
    assert error.name == "示例.txt"
    assert all((error.message.zh, error.message.en, error.remedy.zh, error.remedy.en))


def _compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("name", "stream", "code", "words"),
    [
        ("a.doc", "WordDocument", "document-format", ".doc"),
        ("a.wps", "WordDocument", "document-format", ".wps"),
        ("a.ppt", "PowerPoint Document", "document-format", ".ppt"),
        ("a.docx", "EncryptedPackage", "document-locked", "password"),
        ("a.bin", "Something", "document-format", "binary"),
    ],
)
def test_old_formats_are_refused_with_a_way_out(name: str, stream: str, code: str, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(name, _compound(stream))
    assert caught.value.code == code
    assert words in caught.value.message.en
    assert caught.value.remedy.zh


def test_the_content_tells_the_format() -> None:
    held = read_document("a.pdf", SAID.encode())
    assert held.format == "txt"
    assert "named pdf" in held.notes[0].en


def test_traditional_characters_on_request() -> None:
    text = "示例縣鋼鐵產業總產值達到三百億元，發展皇后鎮後方的乾燥設備，頭髮與發展。\n"
    held = read_document("a.txt", text.encode())
    assert held.text == text
    made = read_document("a.txt", text.encode(), simplify=True)
    assert made.text == "示例县钢铁产业总产值达到三百亿元，发展皇后镇后方的干燥设备，头发与发展。\n"
    assert made.places == held.places
    assert "simplified" in made.notes[-1].en


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_simplifying_keeps_every_offset(text: str) -> None:
    from oreflow.gateway.documents.simplifying import simplified

    made, changed = simplified(text)
    assert len(made) == len(text)
    assert changed == sum(a != b for a, b in zip(text, made, strict=True))


@given(st.binary(max_size=2000))
def test_any_bytes_give_a_text_or_a_refusal(data: bytes) -> None:
    from oreflow.gateway.documents.plain_text import read_text

    with contextlib.suppress(DocumentError):
        text = read_text(data, DocumentLimits()).text
        assert text.encode().count(0) == 0


def test_limits_on_length() -> None:
    with pytest.raises(DocumentError) as caught:
        read_document("a.txt", b"x" * 100, limits=DocumentLimits(chars=50))
    assert caught.value.code == "document-too-long"
    with pytest.raises(DocumentError) as caught:
        read_document("a.txt", b"x" * 100, limits=DocumentLimits(file_bytes=50))
    assert caught.value.code == "document-too-large"
