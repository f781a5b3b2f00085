# ruff: noqa: E501 -- Chinese characters count as two columns each
"""What a figure is about, from the words beside it."""

from __future__ import annotations

import re

from .lexicon import PROVINCES
from .model import Kind
from .numbers import Figure, either

_HEAD_WORDS = (
    "到", "至", "截至", "截止", "力争", "争取", "其中", "并", "且", "同时", "预计", "计划", "规划", "累计", "共", "全面", "全市", "全省", "全国", "全区",
    "全县", "全行业", "我省", "我市", "我国", "我区", "本市", "园区", "园区内", "和", "及", "与", "使", "将", "把", "对", "以", "在", "实现", "完成", "形成", "建成", "达到", "推动", "培育", "新建",
    "投入", "建设", "启动", "打造", "引进", "组建", "设立", "支持", "加快", "推进", "促进", "确保", "努力", "建立", "创建", "拥有", "现有", "共有", "有", "已", "仅", "约", "近", "占", "的", "是", "为", "地", "了", "一是", "二是", "三是",
    "四是", "五是", "六是", "末", "年", "底", "期间", "时期", "以上", "左右", "先后", "另外", "此外", "使得", "获得", "合计", "总计", "要", "应", "须", "必须", "应当", "由", "从", "各", "每", "整合", "整合了", "建成了", "形成了", "都", "发展", "集中", "重点", "因此", "当年", "同期", "目前", "全", "即", "分别",
)  # fmt: skip
_HEAD = re.compile(
    rf"^(?:{either(_HEAD_WORDS)}|[“\"]?十[一二三四五六]?五[”\"]?(?:期间|时期|末)?|比?(?:(?:19|20)\d{{2}}年?|[一二][九〇○零][一二三四五六七八九〇○零]{{2}}年)(?:末|底)?的?|[一二三四五六七八九十]{{1,2}}、|较(?![大高低强好])|比(?![重例值容])|[—－\-~至]+|\d{{1,2}}[.、．]|（[一二三四五六七八九十\d]+）|[、，：“”\"的])"
)
_KEEP_HEAD = re.compile(
    r"^(?:年均|年产|建设用地|建设投资|发展指数|对外|有色|有效|有机|规划(?:总|用地|面积)|投入(?:产出|强度)|全员|全要素|全部|全口径|总|与[^，]{1,6}比|以上|年(?:产量|产能|产值|销售|处理|生产)|共伴生|共生|建成(?:区|面积)|培育期|地区|地方|地表|各类|每亩|每吨|重点(?:企业|行业|产品|领域|钢)|为民|近零|应用|应急|要素|末端|占地|占比|为主|从业|由来|合计|集中(?:度|供)|发展(?:水平|质量)|在岗|在建|在校|使用|以电|到户|引进(?:外资|资金|内资|技术)|约束|完成(?:投资|目标|固定|率)|形成(?:率)|实现率|到位|和谐|年度|各级|启动区|是否|一是否|年末|计划(?:投资|总)|计划单|支持率|同时)"
)
_TAIL = re.compile(
    r"(?:(?:(?:19|20)\d{2}|[一二][九〇○零][一二三四五六七八九〇○零]{2})年(?:末|底)?|的|和|及|与|：|，|、|“|”|（|达|为|已|将|均|各|共|约|近|达到|实现|超过|在)+$"
)
_STOP_RIGHT = re.compile(r"[，；。：、！？“”（]|以及|并且|(?<![\u4e00-\u9fff]{0})，")
_RIGHT_LEAD = re.compile(r"^(?:的|及以上|及以下|以上|以下|以上的|以下的|规模的|规模|左右的|多|余)+")
_BRACKETS = re.compile(r"（[^（）]*）")
_ATTRIBUTES = (
    ("平方米", "面积"), ("立方米", "容积"), ("千伏安", "容量"), ("毫米", "规格"), ("/年", "产能"), ("/日", "规模"), ("吨", "容量"), ("kA", "电流"), ("千瓦", "容量"), ("元", "金额"), ("MW", "容量"), ("米", "尺寸"),
)  # fmt: skip
_VERB_AFTER = re.compile(r"^(?:位居|居|用于|获|通过|被|进入|实现|达到|完成|已|纳入|出口)")
_MOVES = re.compile(r"提高|提升|增加|增长|增至|降|下降|上升|扩大|压缩|压减|减|达|到|至|为|升|发展到|的$")
_RATE_ONLY = re.compile(r"同比|环比|年均|平均每年|每年|年均增速|年均增长率?|比?上年同期")
_PROVISO = ("但", "未", "且", "及以上但", "的但")
_LONGEST_NAME = 4  # of one thing in a list that shares its tail: 铁、钒、钛的回收率
_LONGEST = 26


def cleaned(words: str) -> str:
    """A noun phrase without leading verbs, years and connectives."""
    bare = words
    for _ in range(12):
        if _KEEP_HEAD.match(bare):
            break
        found = _HEAD.match(bare)
        if not found:
            break
        # the longest head that does not cut into a kept word
        cut = found.end()
        if cut >= len(bare):
            bare = ""
            break
        bare = bare[cut:]
    bare = _TAIL.sub("", bare)
    if len(bare) > _LONGEST + 8:
        bare = bare[-_LONGEST:]
    return bare


def right_noun(right: str) -> str:
    """The noun phrase that follows a figure: 锌电解项目, 地方钢铁冶炼企业."""
    bare = _BRACKETS.sub("", _RIGHT_LEAD.sub("", right))
    if bare.startswith(_PROVISO):
        last = re.search(r"的(?P<n>[^的，。；、]{2,16})(?=[，。；]|$)", bare)
        return last["n"] if last else ""
    if _MOVES.match(bare):
        return ""
    found = _STOP_RIGHT.search(bare)
    noun = bare[: found.start()] if found else bare
    if len(noun) > 18 and "的" in noun:
        noun = noun[noun.rindex("的") + 1 :] or noun[-_LONGEST:]
    return noun[:_LONGEST]


def attribute(unit: str) -> str:
    """The attribute that a unit implies where none is named."""
    return next((name for mark, name in _ATTRIBUTES if unit.endswith(mark)), "")


def subject(left: str, share_of: str, right: str, figure: Figure, kind: Kind, carried: str, basis: str) -> str:
    """The subject of one figure; `carried` is that of the figure before in the same sentence."""
    words = cleaned(left)
    if share_of or left.endswith("占"):
        base = cleaned(left[: left.rfind("占")]) if "占" in left else words
        return f"{base or carried}占{share_of}比重"
    if carried and _RATE_ONLY.fullmatch(words):
        return f"{carried}{words}增长"
    noun = right_noun(right)
    if kind in (Kind.THRESHOLD, Kind.OTHER) and figure.post and noun and not re.match(r"[，。；]", right):
        own = words if len(words) <= 14 else words[-8:]
        return f"{noun}{own or attribute(figure.unit)}"
    made = re.search(r"年(?:产|处理|加工|生产|采选)$", left)
    if (made or not words or len(words) < 2) and noun:
        return noun + _suffix(figure, kind)
    if kind is Kind.OTHER and noun and re.search(r"(?:项目|工程|生产线|技改|机组|系统)", noun):
        return noun + _suffix(figure, kind)
    found = words or carried
    if figure.sort == "count" and not found.endswith("数"):
        found += "数"
    return found + (f"（{basis}）" if basis else "")


def _suffix(figure: Figure, kind: Kind) -> str:
    if figure.sort == "count":
        return "数"
    if figure.unit == "%":
        return "占比"
    return "产能" if kind is Kind.OTHER and "元" not in figure.unit else ""


def distributed(words: str, count: int) -> list[str]:
    """Subjects of a list of figures from one phrase: 钒、钛利用率 → 钒利用率, 钛利用率."""
    parts = re.split("[、和及与]", words)
    parts = [p for p in parts if p]
    if len(parts) != count or count < 2:
        return [words] * count
    head, last = parts[0], parts[-1]
    length = len(parts[1]) if count > 2 else len(head)
    prefix = ""
    if len(head) > length and "中" in head[:-1]:
        cut = head.rindex("中") + 1
        prefix, head = head[:cut], head[cut:]
    if "的" in last:
        cut = last.index("的")
        tail = last[cut + 1 :]
        names = [head, *parts[1:-1], last[:cut]]
    else:
        short = max(len(head) if len(head) < len(last) else 0, 0)
        if not short:
            return parts
        tail = last[short:]
        if len(tail) < 2 or len(head) > _LONGEST_NAME:
            return parts
        if any(p.endswith(tail) for p in parts[:-1]):
            return parts
        names = [head, *parts[1:-1], last[:short]]
    return [prefix + name + tail for name in names]


_PLACE = re.compile(rf"(?:{'|'.join(PROVINCES)})|[\u4e00-\u9fff]{{2,6}}(?:自治州|市|县|区|园区|开发区)")
FIRM = re.compile(r"[\u4e00-\u9fff（）A-Za-z]{2,16}?(?:集团|公司|股份|实业|科技|矿业|钛业|钢铁|锰业|稀土|铝业|铜业)")


def scope_of(words: str, region: str, park: str) -> str:
    """Whose figure it is: a firm or park named before it, else the park of the section, else the region."""
    if found := FIRM.search(words):
        return cleaned(found[0]) or region
    if any(w in words for w in ("全市", "全省", "全国", "我省", "我市", "全区", "全县")):
        return "全国" if "全国" in words else region
    return park or region
