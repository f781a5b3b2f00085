"""Lists of names that a plan prints after what they are: leading firms, key parks, pilot bases."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = r"(?P<head>[\u4e00-\u9fff“”A-Za-z]{0,20}?(?:企业|公司|集团|园区|基地|平台|实验室|研究院|中心|城市|县区))"
_COUNT = r"(?:(?P<count>\d{1,4}|[一二三四五六七八九十]{1,3})\s?(?:家|户|个|座|所|处))?"
_LINK = r"(?:[，,]?\s?(?:即|包括|分别是|分别为|主要有|主要是|有|为|：|:)|[，,])?"
_NAME = r"[\u4e00-\u9fffA-Za-z0-9（）()·]{2,24}"
_LIST = re.compile(rf"{_HEAD}{_COUNT}{_LINK}(?P<names>{_NAME}(?:、{_NAME}){{0,60}})(?=[；;。\n]|$)")
_PART = re.compile(r"[^。；;\n]{1,2000}[。；;\n]?")
_VERBS = re.compile(
    r"^(?:培育|支持|推动|推进|鼓励|引导|加快|建设|打造|发展|实施|开展|加强|提升|提高|完善|建立|促进|优化|形成|力争|重点|积极)"
    r"|(?:能力|水平|力度|机制|作用|优势|工作|建设|发展|改造|投入|责任|管理|服务|生产)$"
)
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a list, with its characters."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list of names: what they are, how many the text says there are (None where it does not), and the names."""

    start: int
    end: int
    head: str
    count: int | None
    names: tuple[Named, ...]


def read_lists(text: str) -> tuple[NamedList, ...]:
    """The lists of names of a text.

    A list has two names at least, or as many as the text counts; what names actions or qualities is no name.
    """
    found = []
    for part in _PART.finditer(text):
        if "、" in part[0] or "即" in part[0]:
            found += [made for m in _LIST.finditer(part[0]) if (made := _made(m, part.start()))]
    return tuple(found)


def _made(match: re.Match[str], offset: int) -> NamedList | None:
    at = offset + match.start("names")
    names = []
    for name in match["names"].split("、"):
        names.append(Named(name, at, at + len(name)))
        at += len(name) + 1
    count = _number(match["count"])
    if any(_VERBS.search(n.name) for n in names):
        return None
    if (count is None and len(names) < 2) or (count is not None and count != len(names)):
        return None
    if count is None and not _look_like_names([n.name for n in names]):
        return None
    return NamedList(offset + match.start(), names[-1].end, match["head"], count, tuple(names))


def _look_like_names(names: list[str]) -> bool:
    """Whether a list without a count names organisations: some end as such do, and all are short."""
    ends = (
        "公司",
        "集团",
        "厂",
        "矿业",
        "钛业",
        "稀土",
        "科技",
        "园区",
        "研究院",
        "大学",
        "股份",
        "材料",
        "磁体",
        "光源",
    )
    return any(n.endswith(ends) for n in names) and all(len(n) <= 16 for n in names)


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    tens, _ten, ones = text.rpartition("十")
    if "十" not in text:
        return _NUMERALS.get(text)
    return (_NUMERALS.get(tens, 1) if tens else 1) * 10 + (_NUMERALS.get(ones, 0) if ones else 0)
