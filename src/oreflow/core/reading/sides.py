# ruff: noqa: E501 -- Chinese characters count as two columns each
"""The words at a figure's sides: comparator, change or level, from/to, and what stays as its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import AFTER, BEFORE, CHANGE_VERBS, CUMULATIVE_WORDS, RATE_WORDS
from .model import Comparator
from .numbers import Figure, either

C = Comparator
_UP, _DOWN = CHANGE_VERBS["up"], CHANGE_VERBS["down"]
_VERB = either((*_UP, *_DOWN))
_BEFORE = re.compile(
    rf"(?P<w>{either(BEFORE)})$|(?P<a>至少|最少|最多|至多)(?:建成|新建|建设|培育|引进|组建|形成|完成|新增|创建|有|达到|实现)$"
)
_BEFORE_OF = re.compile(rf"(?P<w>{either(w for w in BEFORE if len(w) > 1)})(?P<o>[^，。；、\d]{{2,18}}?)的(?:比例)?$")
_BOUND_OF = re.compile(
    r"(?P<w>不(?:得|应|能)?(?:低于|少于|小于|高于|超过|大于))(?P<o>(?:年产|日产|日处理|年处理|单|设计|每|一次)[^，。；、\d的达到为占]{0,10}|[^，。；、\d的达到为占]{1,8}(?:额|收入|总量|总数|投资))$"
)
_LEVEL = re.compile(
    rf"(?:(?:{either((*_UP, *_DOWN, '控制', '稳定', '保持', '维持', '压缩', '扩大', '发展', '恢复', '整合', '精简', '调整', '优化', '规范', '重组'))})(?:了)?(?:到了?|至|为|在|成))$"
)
_LEVEL_YEAR = re.compile(
    rf"(?P<v>{_VERB})(?:了)?(?:到|至)(?:(?:19|20)\d{{2}}年|[“\"]?十[一二三四五六]?五[”\"]?)(?:末|底)?的?$"
)
_CHANGE = re.compile(rf"(?P<v>{_VERB})(?:了|幅度|幅|率|量)?(?:为|达到|达|均)?$")
_LINK = re.compile(
    r"(?:达到了?|达|实现了?|完成|为|是|有|共有|共|占到|占|约占|拥有|各|分别|均|均为|均达到|都|仅|只|只有|已|已达|已有|在|于|至|到|：|即|高达|多达|合计|总计|共计|计|总数|保持|保持在|稳定在|维持在|确保|力争|争取|超额|净|新|再|又|还有|要|需|应|须|必须|应当|应在|应为|需在|可在|为期|居|位列|的)$"
)
_FROM = re.compile(r"(?:由(?!于)|从(?!业|事|而|严|(?:19|20)\d{2}年(?:起|开始|以来)))(?P<t>[^，。；由从到至]{0,16})$")
_OF = re.compile(
    r"占(?!有|地|比|用|领|据|道)(?P<w>[^，。；、占]{1,22}?)(?:的)?(?:比重|比例|份额|比)?(?:的)?(?:由|从)?$"
)
_STRIP_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Side:
    """What the words before a figure say."""

    comparator: Comparator | None
    level: bool
    change: str
    verb: str
    left: str
    role: str
    share_of: str


def before(left: str) -> Side:
    """Read the words that end directly before a figure; `left` begins at the clause."""
    comparator: Comparator | None = None
    level, change, verb = False, "", ""
    rest = left.rstrip("±Φφ")
    if left.endswith(("的", "的比例")) and (base := _BEFORE_OF.search(left)):
        return Side(BEFORE[base["w"]], False, "", "", left[: base.start()] + "占" + base["o"], "", base["o"])
    if bound := _BOUND_OF.search(left):
        return Side(BEFORE[bound["w"]], False, "", "", left[: bound.start()] + bound["o"], "", "")
    for _ in range(_STRIP_LIMIT):
        if found := _BEFORE.search(rest):
            word = str(found["w"] or found["a"])
            comparator = comparator or BEFORE[word]
            level = level or word.startswith(("控制", "限"))
            rest = rest[: found.start()]
        elif found := _LEVEL.search(rest):
            level, verb = True, found[0]
            rest = rest[: found.start()]
        elif found := _LEVEL_YEAR.search(rest):
            level, verb = True, found["v"]
            rest = rest[: found.start()]
        elif not level and not change and (found := _CHANGE.search(rest)) and not _noun_like(rest, found):
            change, verb = ("up" if found["v"] in _UP else "down"), found["v"]
            rest = rest[: found.start()]
        elif found := _LINK.search(rest):
            level = level or found[0].startswith(("达", "为", "保持", "稳定", "维持", "高达"))
            rest = rest[: found.start()]
        else:
            break
    role = "from" if (found := _FROM.search(rest if not level else "")) and not level else ""
    if role and found:
        rest = rest[: found.start()]
    share = _OF.search(rest + ("占" if left[len(rest) : len(rest) + 1] == "占" else ""))
    of = share["w"] if share and "占" in rest else ""
    if of and not comparator and re.search(r"(?:约|大约|近|将近)占[^占]*$", rest + left[len(rest) :]):
        comparator = Comparator.ABOUT
    return Side(comparator, level, change, verb, rest, role, of)


_NOUNS = re.compile(r"(?:淘汰|节能|新增|减排|压产)$")


def _noun_like(rest: str, found: re.Match[str]) -> bool:
    """增速, 增幅 stay with the subject but still mean change; bare 增 or 减 inside words do not."""
    verb = found["v"]
    return len(verb) == 1 and found.start() > 0 and rest[found.start() - 1] in "递倍逐幅加不多缺至减"


def after(figure: Figure) -> Comparator | None:
    """The comparator of the words after a figure."""
    if figure.post:
        found = AFTER[figure.post]
        if figure.excluded:
            return C.LESS if found is C.AT_MOST else C.MORE if found is C.AT_LEAST else found
        return found
    return C.MORE if figure.more else None


_YEARLY = re.compile(r"(?<![\d〇○零一二三四五六七八九十])年(?:增|递|下降|降低|减少|提高)")


def is_rate(words: str) -> bool:
    return any(w in words for w in RATE_WORDS) or bool(_YEARLY.search(words))


def is_cumulative(words: str) -> bool:
    return any(w in words for w in CUMULATIVE_WORDS)
