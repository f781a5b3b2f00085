# ruff: noqa: E501 -- Chinese characters count as two columns each
"""What a figure is about and whose it is, from the words beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .model import Kind
from .numbers import Figure
from .phrases import attribute_of, cleaned, right_noun, sharable

__all__ = ["Beside", "attribute", "cleaned", "distributed", "right_noun", "scope_of", "subject"]

_ATTRIBUTES = (
    ("平方米", "面积"), ("立方米", "容积"), ("千伏安", "容量"), ("毫米", "规格"), ("/年", "产能"), ("/日", "规模"), ("吨", "容量"), ("kA", "电流"), ("千安", "电流"), ("千瓦", "容量"), ("元", "金额"), ("MW", "容量"), ("米", "尺寸"),
)  # fmt: skip
_RATE_ONLY = re.compile(
    r"(?:同比|环比|年均|年平|大幅|小幅|略|快速|平均每年|每年平均|每年|逐年|年平均)*(?:增速|增长率?|递增|增幅|递减|平均)?|比?(?:上年|去年)(?:同期|末|底)?"
)
_AGAINST = re.compile(r"(?:比|较)(?P<w>[^，。；\d]{2,12}?)(?P<d>低|高|少|多|低于|高于)$")
_OVER = re.compile(r"(?:高于|低于|多于|少于)[^，。；\d]{2,12}$")
_EQUALS = re.compile(r"(?:仅|只|已)?(?:达到|达|为|是|相当于|相当|等于|约为|约是|超过)(?P<w>[^，。；]{2,14}?)的$")
_FOLDS = re.compile(r"(?:19|20)\d{2}年|上年|去年|同期|时期")
_MADE = re.compile(r"(?P<p>日|年)(?:产|处理|加工|生产|采选|开采)$")
_AGENT_VERB = re.compile(
    r"^(?:[^，。；]{0,16}?)(?:每年)?(?:建设|设立|建立|新建|配套|续建|启动|推进|实施|安排|列支|给予|形成|建成|组建|培育|引进|拥有|投入|打造|创建|认定|新增|加快|支持|购置|配备|招引|奖励|补助|共有|现有|有|整合|兼并|重组|淘汰|关停)$"
)
_WORKS = re.compile(r"项目|工程|生产线|技改|机组|系统|装置|基地|改造")
_PLACES = re.compile(r"(?:省|市|县|区|州|盟|旗|园区|新城|乡|镇|公司|集团|厂|矿)$")
_SIZE_WORD = re.compile(
    r"容|径|产能|能力|规模|处理|单[机套炉台系]|宽|面积|长度|厚|高度|功率|电流|电压|压力|年限|品位|含量|浓度|耗|率|量|投资|产值|收入|强度|深度|距离|寿命|负债|资本"
)
_COUNT_NOUN = re.compile(r"(?:数|数量|家数|户数|个数|总数|人数)$")
_DEADLINE = ("年", "个月", "日", "天", "个工作日", "工作日", "小时")
_LONGEST_NAME = 4  # of one thing in a list that shares its tail: 铁、钒、钛的回收率
_LONGEST_BARE = 12  # of a name that takes an attribute said before


@dataclass(frozen=True, slots=True)
class Beside:
    """The words at a list of figures and what the sentence has said before.

    `left` is freed of comparator and verb; `whole` is all of it; `ahead` goes on to the sentence's end; `outer` is
    what stands before an open bracket, `carried` the subject before, `shared` an attribute that goes on (产量：铜…、铝…).
    """

    left: str
    whole: str
    right: str
    ahead: str
    share_of: str = ""
    carried: str = ""
    shared: str = ""
    basis: str = ""
    outer: str = ""
    joined: str = ""
    previous: str = ""


def attribute(unit: str) -> str:
    """The attribute that a unit implies where none is named."""
    return next((name for mark, name in _ATTRIBUTES if unit.endswith(mark)), "")


def subject(beside: Beside, figure: Figure, kind: Kind) -> str:
    """The subject of one figure."""
    words = cleaned(beside.left)
    if related := _related(beside, figure, words):
        return related
    if figure.sort == "time" and figure.post in ("内", "以内", "之内"):
        done = _TO_DO.match(beside.right)
        return f"{done[0]}期限" if done else words
    if kind in (Kind.THRESHOLD, Kind.OTHER) and figure.post and (found := _limited(beside, figure, words)):
        return found
    noun = right_noun(beside.right if not _lists(beside) else beside.ahead)
    if noun in _GRANTS and beside.left.endswith("给予"):
        return words.removesuffix("给予") + noun
    made = _MADE.search(beside.left)
    bare = not words or len(words) < 2 or (noun and _AGENT_VERB.match(words) is not None)
    if (made or bare) and noun:
        return noun + (
            ("年产量" if made["p"] == "年" else "日处理量") if made and kind is Kind.TARGET else _suffix(figure, kind)
        )
    if kind is Kind.OTHER and noun and (_WORKS.search(noun) or _firm(words)):
        return noun + _suffix(figure, kind)
    if made and kind is not Kind.OTHER and words.endswith(made[0]):
        words = words[: -len(made[0])] or words
    found = words or beside.carried
    if beside.carried and _CLASSED.fullmatch(words):
        found = words.removeprefix("其中") + _CLASSED.sub("", beside.carried, count=1).removesuffix("数")
    if (product := _MAKES.fullmatch(words)) and kind is not Kind.OTHER:
        found = product["what"] + "产量"
    if beside.outer and words and len(words) <= 6 and _SIZE_WORD.search(words):
        found = beside.outer + words
    if figure.sort == "count" and not _COUNT_NOUN.search(found):
        return (beside.joined or found) + "数"
    return _attributed(found, beside, figure) + (f"（{beside.basis}）" if beside.basis else "")


def _lists(beside: Beside) -> bool:
    """Whether the noun's own description goes on past the next figure."""
    return beside.right.startswith(("年产", "产值", "营业", "主营", "集", "以"))


def _related(beside: Beside, figure: Figure, words: str) -> str:
    """Subjects that tell of a relation: a share, a ratio to another place or year, a growth."""
    if beside.share_of or beside.left.endswith("占"):
        base = cleaned(beside.left[: beside.left.rfind("占")]) if "占" in beside.left else words
        return f"{base or beside.carried}占{beside.share_of}比重"
    if not beside.carried:
        return ""
    if (
        figure.unit in ("%", "倍")
        and (found := _EQUALS.search(beside.whole))
        and len(cleaned(beside.whole[: found.start()])) < 2
    ):
        return f"{beside.carried}相当于{found['w']}{'倍数' if figure.unit == '倍' else '比例'}"
    if (over := _OVER.search(beside.whole)) and len(cleaned(beside.whole[: over.start()])) < 2:
        return f"{beside.carried}{over[0]}"
    against = _AGAINST.search(beside.whole)
    if against and not _FOLDS.search(against["w"]) and len(cleaned(beside.whole[: against.start()])) < 2:
        return f"{beside.carried}{against['d'][0]}于{against['w']}"
    if figure.unit == "%" and "占" in beside.previous and (other := _OTHER_WHOLE.fullmatch(beside.whole)):
        return f"{beside.previous[: beside.previous.rfind('占')]}占{other['w']}比重"
    if _RATE_ONLY.fullmatch(words) and figure.unit in ("%", "倍", "个百分点", "番", "‰"):
        said = words.removesuffix("增长").replace("平均每年", "年均").replace("每年平均", "年均")
        return f"{beside.carried}{said}{'增长' if words else ''}"
    return ""


_TO_DO = re.compile(r"[^，。；（]{2,12}")
_CLASSED = re.compile(r"(?:其中)?(?:大型|中型|小型|大中型|国家级|省级|市级|州级|县级|地下|露天)")
_MAKES = re.compile(r"(?:年|日)?产(?!业|品|能|值|量|销|权|出|成|地)(?P<what>[\u4e00-\u9fffA-Za-z]{1,8})")
_GRANTS = ("奖励", "补助", "补贴", "奖补", "资助", "贴息")
_OTHER_WHOLE = re.compile(r"[、和及]?(?P<w>全[^，。；、]{1,6}|世界|国内|亚洲|国际)(?:[^，。；、]{0,4})的?")


def _limited(beside: Beside, figure: Figure, words: str) -> str:
    """The subject of a bound that stands before its thing: 有效容积400立方米以下高炉."""
    noun = right_noun(beside.right, whole=True)
    if not noun:
        return ""
    own = words[words.rfind("、") + 1 :]
    own = own if len(own) <= 14 else own[-8:]
    if not _SIZE_WORD.search(own) or beside.whole.endswith(("、", "和", "及", "）")):
        own = attribute(figure.unit) or beside.shared
    return f"{noun}{own}"


def _firm(words: str) -> bool:
    return bool(
        re.search(r"(?:公司|集团|股份|厂|矿|科技|电子|[钛铝铜锰镁]业|新材料|电冶|股份有限公司)(?:年产)?$", words)
    )


def _suffix(figure: Figure, kind: Kind) -> str:
    if figure.sort == "count":
        return "数"
    if figure.unit == "%":
        return "占比"
    if kind is not Kind.OTHER:
        return ""
    return "" if "元" in figure.unit or "亩" in figure.unit else "产能"


def _attributed(name: str, beside: Beside, figure: Figure) -> str:
    """A bare thing with the attribute that the sentence has said for the list: 产量：铜8万吨、铝25万吨."""
    if not beside.shared or figure.sort == "count" or len(name) > _LONGEST_BARE or attribute_of(name):
        return name
    return name + beside.shared


def distributed(words: str, count: int) -> list[str]:
    """Subjects of a list of figures from one phrase: 钒、钛利用率 → 钒利用率, 钛利用率."""
    if count < 2:
        return [words]
    if (share := _SHARE.fullmatch(words)) and "、" in share["base"] + "、" * ("和" in share["base"]):
        return [name + share["of"] for name in distributed(share["base"], count)]
    parts = next(
        (
            p
            for p in (_split(words, joints) for joints in ("[、]", "[、和]", "[、和及]", "[、和及与]"))
            if len(p) == count
        ),
        [],
    )
    if not parts:
        return [words] * count
    if counted := _SUMMED.match(parts[-1]):
        tail = attribute_of(parts[-1])
        return [p + tail for p in (*parts[:-1], counted["own"])]
    tail = sharable(parts[-1])
    if tail and not any(attribute_of(p) for p in parts[:-1]) and len(parts[-1]) > len(tail):
        return _tailed(parts, tail)
    return _by_length(parts)


_SHARE = re.compile(r"(?P<base>[^占]{3,})(?P<of>占[^、]*比重)")
_SUMMED = re.compile(r"(?P<own>[^等]{1,10}?)等?[两二三四五六七八九十\d]{1,3}[大种类个](?=[^，]{2,16}$)")


def _split(words: str, joints: str) -> list[str]:
    return [p for p in re.split(joints, words) if p]


def _tailed(parts: list[str], tail: str) -> list[str]:
    """Each name with the tail that the last one has; what stands before the first thing goes to all."""
    last = parts[-1][: -len(tail)].removesuffix("的")
    head = parts[0]
    prefix = ""
    if len(head) > len(last) and "中" in head[:-1]:
        cut = head.rindex("中") + 1
        prefix, head = head[:cut], head[cut:]
    elif len(head) > len(last) and "的" in head[:-1]:
        head = head[head.rindex("的") + 1 :]
    return [prefix + name + tail for name in (head, *parts[1:-1], last)]


def _by_length(parts: list[str]) -> list[str]:
    """Names of one length that share what follows the last of them."""
    head, last = parts[0], parts[-1]
    length = len(parts[1]) if len(parts) > 2 else len(head)
    prefix = ""
    if len(head) > length and "中" in head[:-1]:
        cut = head.rindex("中") + 1
        prefix, head = head[:cut], head[cut:]
    if "的" in last:
        cut = last.index("的")
        tail = last[cut + 1 :]
        names = [head, *parts[1:-1], last[:cut]]
    else:
        short = len(head) if len(head) < len(last) else 0
        tail = last[short:]
        if not short or len(tail) < 2 or len(head) > _LONGEST_NAME or any(p.endswith(tail) for p in parts[:-1]):
            return parts
        names = [head, *parts[1:-1], last[:short]]
    return [prefix + name + tail for name in names]


_SITE = re.compile(
    r"(?P<p>(?:全[市省区县州])?[\u4e00-\u9fff]{2,16}?(?:产业园|工业园|开发区|园区|高新区|经开区|保税区|示范区|集聚区|核心区|起步区|[^规]新区)(?:（[^（）]{1,6}）)?)(?:的)?(?P<n>[^，。；、]{2,})"
)
_GENERIC = ("全国", "各", "每", "入", "个", "等", "产业园区", "工业园区", "产业集聚区")
_UNIT_NAMED = re.compile(
    r"(?P<p>[\u4e00-\u9fff]{1,6}?(?:自治区|自治州|省|市|县|盟|旗|[东西南北]区))(?P<n>[^，。；、]{2,})"
)


def parted(name: str) -> tuple[str, str]:
    """A subject and the place it begins with, where an attribute is left: 示例产业园区工业产值."""
    found = _SITE.fullmatch(name)
    if found and attribute_of(found["n"]) and len(found["p"]) > 4 and not found["p"].startswith(_GENERIC):
        return found["n"], found["p"]
    return name, ""


def apart(names: list[str]) -> list[tuple[str, str]]:
    """Subjects of a list that names a place for each figure, with the places; empty where it does not."""
    found = [_UNIT_NAMED.fullmatch(name) for name in names]
    return [(f["n"], f["p"]) for f in found if f] if len(names) > 1 and all(found) else []


_PLACE_OF = re.compile(r"(?<![占居于在比较至达])(?:全国|我国)(?!平均|第|前|[^，。；]{0,8}的(?:\d|$))")
_OURS = re.compile(r"[全我](?:市|省|区|县|州|盟|旗)")
FIRM = re.compile(
    r"[\u4e00-\u9fff（）A-Za-z]{2,16}?(?:集团(?:股份)?(?:有限)?(?:公司)?|(?<!上市)公司|股份|实业|科技|矿业|[钛锰铝铜镁锂锌钨]业|钢铁(?=集团|公司)|稀土(?=集团|公司))"
)
_OWNER = re.compile(
    r"(?:年(?:产|处理|加工|采选)|日(?:产|处理|采选)|建设|投资|新建|扩建|续建|新上|实施|改造|坑内|二期工程|扩建工程|改造工程)+.*$"
)


def scope_of(words: str, region: str, park: str) -> str:
    """Whose figure it is: a firm or park named before it, else the park of the section, else the region."""
    found = FIRM.search(words)
    if (
        found
        and not found[0].startswith(("规模以上", "规上"))
        and not re.search("家|重大|省级|国家|每年", found[0])
        and "、" not in found[0]
    ):
        return cleaned(_ACT.sub("", found[0])) or region
    if _PLACE_OF.search(words):
        return "全国"
    if _OURS.search(words):
        return region
    return park or region


def owner_of(words: str) -> str:
    """Whose project a figure is of: 示例锂业年产5万吨…"""
    name = _OWNER.sub("", cleaned(words[words.rfind("、") + 1 :]))
    return name if 2 <= len(name) <= 20 and not attribute_of(name) and not _NO_OWNER.search(name) else ""


_ACT = re.compile(r"^.*(?:投产|建设|支持|推动|推进|依托|引进|鼓励|培育|季度|月份)(?=[\u4e00-\u9fff]{3})")
_NO_OWNER = re.compile(
    r"奖励|补助|资金|外资|设计|淘汰|项目|工程|生产线|^(?:其中|总|年|利用|计划|占地|一期|二期|配套|新增|达产|炉|装置|规模)|投资|面积|\d|[高电转]炉"
)
