# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Titles and numbers in one spelling, so that citations meet the editions they mean."""

from __future__ import annotations

import re

_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS = {ord(a): b for a, b in {
    "﹝": "〔", "﹞": "〕", "【": "〔", "】": "〕", "[": "〔", "]": "〕", "—": "-", "－": "-", "–": "-", "―": "-", "‐": "-", "‑": "-", "−": "-", "─": "-", "～": "~",
    "（": "(", "）": ")", "「": '"', "」": '"', "“": '"', "”": '"', "∕": "/", "／": "/",
}.items()}  # fmt: skip
_TABLE: dict[int, int | str] = {**_FULL, **_MARKS}
_BODIES = (("工业和信息化部", "工信部"), ("国家发展和改革委员会", "发改委"), ("国家发展改革委", "发改委"), ("国家发改委", "发改委"),
           ("生态环境部", "环境部"), ("环境保护部", "环保部"), ("中华人民共和国", ""), ("商务部", "商务"))  # fmt: skip

_EDITION = re.compile(
    r"(?:自?(?:第[一二三四五六七八九十]+次)?)((?:19|20)\d{2})年?(?:版|本|修订[版本]?|修正[版本]?|修改[版本]?)?"
)
_ENDING = re.compile(r"((?:19|20)\d{2})年?(?:版|本|修订[版本]?|修正[版本]?)$")
_TAG = re.compile(r"\((?:试行|暂行|修订|修正|修订版|征求意见稿|送审稿|第[一二三四五六七八九十]+次修[订正])\)")
_ISSUER = re.compile(
    r"^(?:中共中央|国务院办公厅|国务院|国家发展改革委|国家发展和改革委员会|工业和信息化部|自然资源部|生态环境部|环境保护部|财政部|商务部|"
    r"国家能源局|国家林草局|应急管理部|科技部|人力资源社会保障部|国家|[\u4e00-\u9fff]{2,5}(?:省|市|自治区)(?:人民政府)?(?:办公厅)?|[、和及与等]|"
    r"[\u4e00-\u9fff]{1,3}部门?)*(?:关于)?(?:印发|发布|公布|转发|修订|修改|实施)(?:实施)?"
)
_NOTICE = re.compile(r"的(?:通知|公告|通告|决定|函)$")
_STATE = re.compile(r"^(?:中华人民共和国|国务院)(?=[\u4e00-\u9fff]{4,})")
_LAST_BRACKET = re.compile(r"\(([^()]{2,16})\)$")
_BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text in half-width letters and one kind of dash and bracket, character for character."""
    return text.translate(_TABLE)


def edition_of(words: str) -> int | None:
    """The edition that a bracket names: 2019年本, 2015年修订, 2024版."""
    found = _EDITION.fullmatch(_BLANKS.sub("", plain(words)).strip("()"))
    return int(found[1]) if found else None


def split_edition(title: str) -> tuple[str, int | None]:
    """A title and the edition at its end: 产业结构调整指导目录（2019年本） → (…目录, 2019)."""
    bare = _BLANKS.sub("", plain(title))
    year = None
    while found := _LAST_BRACKET.search(bare):
        named = edition_of(found[1])
        if named is None and not _TAG.fullmatch(found[0]):
            break
        year = year or named
        bare = bare[: found.start()]
    found = _ENDING.search(bare)
    if found and year is None:
        year, bare = int(found[1]), bare[: found.start()]
    return bare, year


def key(title: str) -> str:
    """What is compared of a title: no blanks, marks, edition, issuer, nor the words of a covering notice."""
    bare, _ = split_edition(title)
    bare = _TAG.sub("", bare)
    inner = re.search(r"<([^<>]{4,})>|《([^《》]{4,})》", bare)
    if inner:
        bare = inner[1] or inner[2]
    if _NOTICE.search(bare):
        bare = _NOTICE.sub("", bare)
        bare = _ISSUER.sub("", bare)
    bare = re.sub(
        r"^国务院(?:办公厅)?(?=关于)|^(?:[\u4e00-\u9fff]{2,4}(?:省|市))?人民政府(?:办公厅)?(?=关于)", "", bare
    )
    bare = _STATE.sub("", bare)
    bare = re.sub(r"^国家(?=[\u4e00-\u9fff]{6,})", "", bare)
    return re.sub(r'[\s"\'·,、()<>《》〔〕-]', "", bare).lower()


_NUMBER = re.compile(r"([\u4e00-\u9fff]{0,16})〔?\(?((?:19|20)\d{2})年?\)?〕?第?(\d{1,5})号$")
_ORDER = re.compile(r"([\u4e00-\u9fff]{0,24}令)(?:\(?((?:19|20)\d{2})年?\)?)?第?(\d{1,5})号$")
STANDARD = re.compile(
    r"(?<![A-Za-z])(GB|GBZ|GBJ|HJ|YS|YB|AQ|DZ|SH|HG|JB|DL|SL|TD|NB|MT|JC|JT|CJ|QB|SJ|FZ|LY|NY|XB|DB\d{2})\s*(/\s*[TZ])?\s*-?\s*"
    r"(\d{1,6}(?:\.\d{1,2})?)(?:\s*-\s*((?:19|20)?\d{2})(?!\d))?"
)


def standard_key(number: str) -> tuple[str, int | None] | None:
    """`GB/T 18597-2001` → ("GB 18597", 2001): recommended and mandatory standards share their numbers."""
    found = STANDARD.match(plain(number).upper())
    if not found:
        return None
    year = int(found[4]) if found[4] else None
    if year is not None and year < 100:
        year += 1900
    return f"{found[1]} {found[3]}", year


def number_key(number: str) -> tuple[str, str, str] | None:
    """Issuer, year and running number of a document number; None where it is none."""
    bare = _BLANKS.sub("", plain(number))
    for body, short in _BODIES:
        bare = bare.replace(body, short)
    found = _ORDER.search(bare)
    if found:
        return found[1], "", found[3]
    found = _NUMBER.search(bare)
    if not found:
        return None
    return found[1].removesuffix("公告").removesuffix("通告"), found[2], found[3]
