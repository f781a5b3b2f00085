"""Duties: bracketed lists of responsible bodies and deadlines, tied to their task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .model import Duty, Section
from .paragraphs import Block

_PLAIN = re.compile(
    r"（(?P<b>[^（）]*(?:（[^（）]*）[^（）]*)*?)(?:等)?(?:按照?职责分工|按职能分工|根据职责分工)?(?:分别|共同)?负责[。；]?）"
)
_LED = re.compile(
    r"（?(?:牵头|主办|主责|责任)(?:单位|部门|处室)?[：](?P<lead>(?:[^；。（）：]|（[^（）]{1,20}）){2,120}?)"
    r"(?:[；，。](?:责任|配合|参与|参加|协办|协同|配合责任)(?:单位|部门|处室)?[：](?P<support>(?:[^；。（）：]|（[^（）]{1,20}）){2,200}))?"
    r"(?:[；，。](?:完成时限|时限|完成时间|时间)[：](?P<due>[^；。）]{2,30}))?(?:）|。|$)"
)
_BY = re.compile(
    r"由(?P<lead>[^，。；由]{2,30}?)(?:牵头|负责)(?:组织)?，(?P<support>[^。；]{2,120}?)(?:配合|参与|参加|协同)"
)
_BRACKET_LED = re.compile(
    r"（(?P<lead>[^（）：，；]{2,40})牵头(?:负责)?[，；](?P<support>(?:[^（）：]|（[^（）]{1,20}）){2,160}?)(?:等)?(?:按职责分工)?(?:配合|参与|参加|负责|协同)）"
)
_DUE = re.compile(r"((?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?之?前)")
_SHORT = re.compile(
    r"(?P<long>[\u4e00-\u9fff（）]{4,30}?)（以下(?:简)?称[：]?[“\"]?(?P<short>[\u4e00-\u9fff]{2,12})[”\"]?）"
)
_QUICK = ("负责", "牵头", "责任单位", "责任部门", "主办", "配合单位")
_LONGEST_TASK = 400


def abbreviations(text: str) -> dict[str, str]:
    """Short names that the text itself defines (以下简称)."""
    if "称" not in text:
        return {}
    return {m["short"]: re.split(r"[由经与在据照]", m["long"])[-1] for m in _SHORT.finditer(text)}


def read_duties(blocks: Sequence[Block], sections: Sequence[Section], short: Mapping[str, str]) -> Iterator[Duty]:
    """The duties of all paragraphs; a list standing alone takes the section's title as its task."""
    for block in blocks:
        text = block.body.text
        if not any(word in text for word in _QUICK):
            continue
        spans: list[tuple[int, int]] = []
        for pattern in (_BRACKET_LED, _LED, _PLAIN, _BY):
            for found in pattern.finditer(text):
                if any(a < found.end() and found.start() < b for a, b in spans):
                    continue
                duty = _duty(found, pattern, block, sections, short)
                if duty is not None:
                    spans.append(found.span())
                    yield duty


def _duty(
    found: re.Match[str], pattern: re.Pattern[str], block: Block, sections: Sequence[Section], short: Mapping[str, str]
) -> Duty | None:
    groups = found.groupdict()
    if pattern is _PLAIN:
        bodies = named(found["b"], short)
        lead, support = bodies[:1], bodies[1:]
    else:
        lead, support = named(found["lead"], short), named(groups.get("support") or "", short)
    if not lead:
        return None
    text = block.body.text
    task = text[block.head : found.start()].strip("。；，")[-_LONGEST_TASK:]
    if not task and block.section is not None:
        task = sections[block.section].title
    due = groups.get("due") or ""
    if not due and (when := _DUE.search(found[0]) or _DUE.search(task)):
        due = when[1]
    start, end = block.body.span(found.start(), found.end())
    return Duty(start, end, task, lead, support, due, block.section)


def named(words: str, short: Mapping[str, str]) -> tuple[str, ...]:
    """The bodies of a list, abbreviations written out where the text defines them."""
    parts, depth, at = [], 0, 0
    for k, char in enumerate(words):
        if char == "（":
            depth += 1
        elif char == "）":
            depth -= 1
        elif depth == 0 and char in "、，；":
            parts.append(words[at:k])
            at = k + 1
    parts.append(words[at:])
    clean = (re.sub(r"(?:等|按职责分工|分工|会同|，)$", "", p.strip()) for p in parts)
    return tuple(short.get(p, p) for p in clean if 2 <= len(p) <= 40)
