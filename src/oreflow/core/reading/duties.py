# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Duties: lists of responsible bodies and deadlines, tied to their task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .model import Duty, Section
from .paragraphs import Block

_IN = r"(?:[^（）\[\]]|（[^（）]{0,40}）)"  # what a bracket may hold, brackets of its own included
_SHARED = (
    r"(?:等)?(?:有关|相关|各有关)?(?:部门|单位)?(?:按照?|根据)?(?:各自)?(?:职责|职能|任务|工作)?(?:职责)?(?:分工)?"
)
_LEAD_WORD = r"(?:第?一?牵头|主办|主责|责任|主要责任|第一责任|落实|实施|承办|负责)(?:责任)?(?:单位|部门|处室|主体|领导)?(?:为|有)?"
_SUPPORT_WORD = r"(?:责任|配合|参与|参加|协办|协同|协助|支持|配合责任|成员)(?:责任)?(?:单位|部门|处室)?(?:为|有)?"
_DUE_WORD = r"(?:完成|办结|整改|落实)?(?:时限|时间|期限|日期|节点|时间节点|时间安排|进度|进度安排|时限要求)"

# 牵头单位：…；配合单位：…；完成时限：…, in brackets or at the end of a paragraph.
_NAMED = re.compile(
    rf"(?P<open>[（\[])?{_LEAD_WORD}[：](?P<lead>(?:[^；。：（）\[\]]|（[^（）]{{0,40}}）){{2,400}}?)"
    rf"(?:[；，。、]?\s?(?<![^；，。、）\]])?{_SUPPORT_WORD}[：](?P<support>(?:[^；。：（）\[\]]|（[^（）]{{0,40}}）){{2,600}}?))?"
    rf"(?:[；，。]?{_DUE_WORD}[：](?P<due>[^；。）\]]{{2,40}}))?[；。]?(?:[）\]]|(?=。)|(?=$)|(?=；))"
)
# （甲牵头，乙、丙配合）, （由甲牵头，乙按职责分工负责）
_BRACKET_LED = re.compile(
    rf"[（\[](?:由|责任单位：)?(?P<lead>[^（）\[\]：，；]{{2,80}}?)(?:共同|分别)?(?:牵头|主办|负总责|总牵头|负责牵头|为牵头单位)(?:负责|组织实施|落实)?(?:[，；、。](?P<support>{_IN}{{2,600}}?){_SHARED}(?:配合|参与|参加|负责|协同|协助|落实|配合落实|参与配合|分工负责|具体负责)?)?(?:[，；。]{_DUE_WORD}[：](?P<due>[^）\]]{{2,40}})|[，；](?P<due2>[^，；）\]]{{2,20}}前(?:完成)?))?[。；]?[）\]]"
)
# （甲、乙、丙负责）, [甲、乙按职责分工负责], （甲负责，乙配合）
_PLAIN = re.compile(
    rf"[（\[](?:由)?(?P<b>{_IN}{{2,600}}?)(?:{_SHARED}|(?:等)?(?:分别|共同))负责(?:落实|组织实施|推进|实施)?(?:[，；](?P<support>{_IN}{{2,300}}?)(?:配合|参与|参加|协同|协助))?(?:[，；](?P<due>[^，；（）\[\]]{{2,30}}前(?:完成)?))?[。；]?[）\]]"
)
# 由甲负责，乙、丙配合。 in running text
_BY = re.compile(
    r"由(?P<lead>[^，。；：由（）]{2,60}?)(?:牵头|负责|主办)(?:组织(?:实施)?|落实|推进|实施|办理|协调)?[，、；](?P<support>[^。；（）]{2,200}?)(?:等(?:部门|单位)?)?(?:按照?职责分工)?(?:配合|参与|参加|协同|协助)"
)
# A line that only names bodies: 责任单位：甲、乙
_BODY_WORDS = re.compile(
    r"(?:局|委|厅|部|办|院|会|行|所|中心|政府|公司|集团|单位|部门|处|科|站|署|总队|支队|队|管委会|企业|园区|开发区|新区|区|县|市|镇|乡|街道|协会|学会|联盟|高校|大学|学院|团|关|库|社|厂|台|组|专班|室|校|州|旗|盟|省|银监局|保监局|证监局)(?:（[^（）]*）)?等?$"
)
_DUE = re.compile(
    r"((?:19|20)\d{2}年(?:第?[一二三四]季度)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:上半年|下半年|年)?(?:底|末|中)?(?:之)?(?:以)?前|(?<![\d年])(?:每年)?\d{1,2}月(?:\d{1,2}日)?(?:底|末)?(?:之)?前|(?:今年|明年|本年度|年)底前|每(?:年|季度|半年|月|周)[^，。；（）]{0,12}(?:底)?前|长期(?:坚持|推进)|持续推进)"
)
_SHORT = re.compile(
    r"(?P<long>[\u4e00-\u9fffA-Za-z0-9（）]{4,40}?)（(?:以下|下文|后文|以下均?)?(?:统一|一并)?(?:简|统|合)?称(?:为)?[：]?[“\"‘]?(?P<short>[\u4e00-\u9fffA-Za-z0-9]{2,12})[”\"’]?）"
)
_QUICK = ("负责", "牵头", "责任单位", "责任部门", "主办", "配合单位", "责任处室", "责任主体", "落实单位", "负总责")
_CUT_LONG = re.compile(r"[由经与在据照对向将把]|关于|印发")
_TRAIL = re.compile(
    r"(?:等(?:有关|相关|各有关)?(?:部门|单位)?|按照?(?:各自)?职责分工|依?职责|各自|分工|会同|共同|分别|牵头|负责|配合|参与|等|，|按|根据)++$"
)
_HEAD = re.compile(r"^(?:以及|会同|和|由|并|及|与)+(?=[\u4e00-\u9fff])")
_JOIN = re.compile(
    r"(?<=[局委厅部办会院行府司])(?:和|及|与|以及|会同)(?=[\u4e00-\u9fff]{2,16}(?:局|委|厅|部|办|会|院|行|府|司|区|市|县))"
)
_LONGEST_TASK = 400
_LONGEST_BODY = 40


def abbreviations(text: str) -> dict[str, str]:
    """Short names that the text itself defines (以下简称)."""
    if "称" not in text:
        return {}
    return {m["short"]: _CUT_LONG.split(m["long"])[-1] for m in _SHORT.finditer(text)}


def read_duties(blocks: Sequence[Block], sections: Sequence[Section], short: Mapping[str, str]) -> Iterator[Duty]:
    """The duties of all paragraphs; a list standing alone takes the paragraphs or the title above it as its task."""
    above, section = "", -1
    for block in blocks:
        text = block.body.text
        if block.section != section:
            above, section = "", block.section if block.section is not None else -1
        if not any(word in text for word in _QUICK):
            above = text[block.head :] or above
            continue
        yield from _in_block(block, sections, short, above)
        above = ""


def _in_block(block: Block, sections: Sequence[Section], short: Mapping[str, str], above: str) -> Iterator[Duty]:
    text = block.body.text
    spans: list[tuple[int, int]] = []
    last = min(block.head, len(text))
    found = sorted(
        ((m, p) for p in (_BRACKET_LED, _NAMED, _PLAIN, _BY) for m in p.finditer(text)),
        key=lambda f: (f[0].start(), -(f[0].end() - f[0].start())),
    )
    for match, pattern in found:
        if spans and match.start() < spans[-1][1]:
            continue
        told = _bodies(match, pattern, short)
        if told is None:
            continue
        spans.append(match.span())
        start = match.start()
        task = text[last:start].strip("。；，（[ ")[-_LONGEST_TASK:]
        last = match.end()
        if not task:
            task = _task_above(block, sections, above)
        due = told[2]
        if not due and (when := _DUE.search(match[0]) or _last_due(task)):
            due = when[1]
        begin, end = block.body.span(start, match.end())
        yield Duty(begin, end, task, told[0], told[1], due, block.section)


def _last_due(task: str) -> re.Match[str] | None:
    found = list(_DUE.finditer(task))
    return found[-1] if found else None


def _task_above(block: Block, sections: Sequence[Section], above: str) -> str:
    if block.section is not None and sections[block.section].title:
        return sections[block.section].title
    return above[:_LONGEST_TASK]


def _bodies(
    found: re.Match[str], pattern: re.Pattern[str], short: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...], str] | None:
    groups = found.groupdict()
    support = named(groups.get("support") or "", short)
    due = (groups.get("due") or groups.get("due2") or "").strip().removesuffix("完成")
    if pattern is _PLAIN:
        bodies = named(found["b"], short)
        if not bodies or not any(_BODY_WORDS.search(b) for b in bodies):
            return None
        return (bodies, support, due) if support else (bodies[:1], bodies[1:], due)
    lead = named(found["lead"], short)
    if not lead or not any(_BODY_WORDS.search(b) for b in (*lead, *support)):
        return None
    if pattern is _NAMED and not support and not found[0].lstrip("（[").startswith(("牵头", "主办")):
        lead, support = lead[:1], lead[1:]
    return lead, tuple(b for b in support if b not in lead), due


def named(words: str, short: Mapping[str, str]) -> tuple[str, ...]:
    """The bodies of a list, abbreviations written out where the text defines them."""
    parts, depth, at = [], 0, 0
    for k, char in enumerate(words):
        if char == "（":
            depth += 1
        elif char == "）":
            depth = max(0, depth - 1)
        elif depth == 0 and char in "、，；,\n":
            parts.append(words[at:k])
            at = k + 1
    parts.append(words[at:])
    out: list[str] = []
    for part in parts:
        for piece in _JOIN.split(part.strip()):
            clean = _HEAD.sub("", _TRAIL.sub("", piece.strip("。 ")))
            if 2 <= len(clean) <= _LONGEST_BODY and short.get(clean, clean) not in out:
                out.append(short.get(clean, clean))
    return tuple(out)
