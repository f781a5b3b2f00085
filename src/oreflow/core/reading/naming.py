"""Subjects and scopes of a list of figures, from its clause and from what the sentence has said before."""

from __future__ import annotations

import re

from .context import Place
from .groups import clause_start
from .meaning import Sense
from .model import Comparator, Frame, Kind
from .numbers import Figure
from .phrases import attribute_of, cleaned, sharable
from .senses import Group, Sentence
from .subjects import Beside, apart, distributed, owner_of, parted, right_noun, scope_of, subject

_ONLY_YEAR = re.compile(r"(?:到|至)?(?:[12]\d{3}|[一二][九〇○零][一二三四五六七八九〇○零]{2})年(?:末|底)?")
_LIST_END = re.compile(
    r"[^；。]{0,200}?(?:的|等)(?:综合|年|总)?(?P<a>生产能力|加工能力|处理能力|冶炼能力|产能|能力|规模)(?=[，。；]|$)"
)
_HEAD = re.compile(r"[^，。；：]{2,20}(?=：)")
_BOUNDED = re.compile(r"(?:以上|以下|以内|以上的|以下的|级)$")
_EQUALS = re.compile(r"分别(?:是|为|相当于|达到|约为)(?P<w>[^，。；]{2,14}?)的$")
_OURS = re.compile(r"[全我](?:国|市|省|区|县|州|盟|旗)")
_YEARLY = re.compile(r"年均|平均每年|每年平均|年平均|年递增|年增长")
_FAR = 240


def names_of(text: str, s: Sentence, group: Group, sense: Sense, left: str, basis: str) -> list[str]:
    """The subject of each figure of the list."""
    last = group.members[-1]
    named = sense.side.left
    if _ONLY_YEAR.fullmatch(named) or not (cleaned(named) or s.subject or right_noun(group.right)):
        named = _clause_before(text, s, group) or named
    topic = _topic(text, s, group, named)
    ahead = text[last.end : min(s.end, last.end + _FAR)]
    beside = Beside(
        named, left, group.right, ahead, sense.side.share_of, s.subject, topic or _shared(text, s, group, ahead), basis,
        _outer(text, s, group), _joined(text, s, group, last, sense.side.left),
        s.last.subject if s.last else "",
    )  # fmt: skip
    name = subject(beside, last, sense.kind)
    if s.last is not None and not cleaned(named) and name == s.subject and _goes_on(s, last):
        name = s.last.subject
    names = distributed(name, len(group.members)) if len(group.members) > 1 else [name]
    if sense.comparator is Comparator.RATE and _YEARLY.search(left) and "年均" not in name:
        name += "年均增长" if sense.direction != "down" else "年均下降"
        names = distributed(name, len(group.members))
    names = _answering(s, group, sense, named) or names
    moved = sense.comparator in (Comparator.CHANGE, Comparator.RATE)
    if not (moved or (last.post and sense.kind in (Kind.THRESHOLD, Kind.OTHER))):
        _remember(s, names[-1], last)
    return names


def scopes_of(
    names: list[str], s: Sentence, group: Group, kind: Kind, place: Place, frame: Frame
) -> tuple[list[str], list[str]]:
    """Subjects freed of the place they are about, and the scopes."""
    scope = scope_of(group.left or s.subject, place.category or frame.region, place.park)
    out = apart(names) or [parted(name) for name in names]
    if kind is Kind.OTHER:
        s.said.owner = owner_of(group.left) or s.said.owner
    elif out[-1][1]:
        s.said.site = out[-1][1]
    elif _OURS.search(group.left):
        s.said.site = ""
    scope = s.said.owner if kind is Kind.OTHER and s.said.owner else s.said.site or scope
    return [name for name, _ in out], [own or scope for _, own in out]


def _remember(s: Sentence, name: str, figure: Figure) -> None:
    found = sharable(name)
    if found:
        s.said.shared, s.said.shared_unit = found, _plain(figure.unit)


def _plain(unit: str) -> str:
    return unit.lstrip("十百千万亿").removesuffix("/年")


def _shared(text: str, s: Sentence, group: Group, ahead: str) -> str:
    """The attribute that a bare name takes: of the list's head, of its end, or of the figure before."""
    unit = _plain(group.members[-1].unit)
    if not unit or group.members[-1].sort == "count":
        return ""
    bare = unit != "%" and not attribute_of(group.left[-8:])
    if bare and "、" in ahead + group.left and (found := _LIST_END.match(ahead)):
        return found["a"]
    head = _HEAD.match(text, s.start) if text.find("：", s.start, s.start + 22) >= 0 else None
    if head and head.end() < group.members[0].start and (said := sharable(head[0].removesuffix("指标"))):
        return said
    return s.said.shared if s.said.shared_unit == unit else ""


def _goes_on(s: Sentence, figure: Figure) -> bool:
    """Whether a figure without a name is of what the figure before is of: 占全国的比重由3.9%提高到8.5%."""
    return s.last is not None and s.last.unit == figure.unit == "%" and "占" in s.last.subject


def _topic(text: str, s: Sentence, group: Group, named: str) -> str:
    """What a clause before without figures says is measured: 吨钢新水消耗，高炉流程不超过…"""
    words = cleaned(named)
    if not words or attribute_of(words):
        s.topic = ""
        return ""
    before = _clause_before(text, s, group)
    if before and sharable(before) and 4 <= len(before) <= 14:
        s.topic = before
    return s.topic


def _outer(text: str, s: Sentence, group: Group) -> str:
    """What stands before the bracket that a figure is in."""
    at = group.clause_start - 1
    if at <= s.start or text[at] != "（":
        return ""
    return cleaned(text[clause_start(text, max(s.start, s.last_end), at, s.last_end) : at])


def _joined(text: str, s: Sentence, group: Group, figure: Figure, left: str) -> str:
    """A phrase that goes on over a figure within it: 产值超百亿元企业2家."""
    if s.last is None or group.clause_start != s.last_end or not left or left[0] in "、，和及与或（）":
        return ""
    before = s.last.quote
    if figure.sort != "count" or not (_BOUNDED.search(before) or s.last.comparator is Comparator.MORE):
        return ""
    return cleaned(text[s.clause : s.last_end]) + cleaned(left)


def _answering(s: Sentence, group: Group, sense: Sense, named: str) -> list[str]:
    """Subjects of a list that answers the figures before it: A 680亿元、B 42亿元，分别增长35%和28%."""
    count = len(group.members)
    if count < 2 or len(s.recent) < count or "分别" not in group.left:
        return []
    base = named[: named.rfind("占")] if sense.side.share_of and "占" in named else named
    if cleaned(base) and not _EQUALS.search(group.left):
        return []
    tail = f"占{sense.side.share_of}比重" if sense.side.share_of else ""
    if (same := _EQUALS.search(group.left)) and group.members[0].unit in ("倍", "%"):
        tail = f"相当于{same['w']}{'倍数' if group.members[0].unit == '倍' else '比例'}"
    return [name + tail for name in s.recent[-count:]]


def _clause_before(text: str, s: Sentence, group: Group) -> str:
    """The clause before, where a subject stands alone: 钢产量，一九八五年达到…"""
    end = group.clause_start - 1
    if end <= max(s.start, s.last_end) or text[end] not in "，：":
        return ""
    begin = clause_start(text, max(s.start, s.last_end), end, s.last_end)
    return text[begin:end] if end - begin <= 24 else ""
