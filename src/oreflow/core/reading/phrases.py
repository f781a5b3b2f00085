# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Noun phrases beside a figure: freed of verbs, years and connectives, and the attributes they end in."""

from __future__ import annotations

import re

from .numbers import either

_HEAD_WORDS = (
    "到", "至", "截至", "截止", "力争", "争取", "其中", "并", "且", "同时", "预计", "计划", "规划", "累计", "共", "全面", "全市", "全省", "全国", "全区",
    "全县", "全州", "全盟", "全旗", "全行业", "我省", "我市", "我国", "我区", "我县", "我州", "本市", "园区", "园区内", "和", "及", "与", "使", "将", "把", "对", "以", "在", "实现", "完成", "形成", "建成", "达到", "推动", "培育", "新建",
    "投入", "建设", "启动", "打造", "引进", "组建", "设立", "支持", "加快", "推进", "促进", "确保", "努力", "建立", "创建", "拥有", "现有", "共有", "有", "已", "仅", "约", "近", "占", "有望", "的", "是", "为", "地", "了", "一是", "二是", "三是",
    "四是", "五是", "六是", "七是", "八是", "末", "年", "底", "底前", "期间", "时期", "以上", "左右", "先后", "另外", "此外", "使得", "获得", "合计", "总计", "要", "应", "须", "必须", "应当", "由", "从", "各", "每", "整合", "整合了", "建成了", "形成了", "都", "发展", "集中", "重点", "因此", "当年", "同期", "目前", "全", "即", "分别",
    "全年", "按期", "或", "或者", "抓好", "续建", "扩建", "改建", "实施", "谋划", "配套", "配套建设", "五年内", "五年", "三年", "五年共", "随着", "通过", "由于", "而", "但", "则", "也", "又", "还", "再", "当", "经", "据", "按", "依托", "围绕", "原则上", "一般",
)  # fmt: skip
_HEAD = re.compile(
    rf"^(?:{either(_HEAD_WORDS)}|前(?=完成|淘汰|关停|建成|全部|实现|达到)|[“\"]?十[一二三四五六]?五[”\"]?(?:期间|时期|末)?|[“\"][七八九]五[”\"](?:期间|时期|末)?|比?(?:(?:19|20)\d{{2}}年?|[一二][九〇○零][一二三四五六七八九〇○零]{{2}}年)(?:末|底)?的?|[一二三四五六七八九十]{{1,2}}、|第[一二三四五六七八九十百]{{1,4}}条|(?:比|较|与)(?:上年|去年|上一年)(?:末|底|同期)?|同上年|上年|较(?![大高低强好])|比(?![重例值容表])|[—－\-~至]+|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=[\u4e00-\u9fff])|\d{{1,2}}[.、．]|（[一二三四五六七八九十\d]+）|[、，：“”\"的；）])"
)
_KEEP_HEAD = re.compile(
    r"^(?:年均|年产|建设用地|建设投资|建设(?:周期|工期|期|规模|标准|资金|项目)|发展指数|对外|有色|有效|有机|有害|有毒|规划(?:总|用地|面积)|投入(?:产出|强度)|全员|全民|全行业|全要素|全部|全口径|全球|全社会|全流程|全产业|全自动|全封闭|全时|总|与[^，]{1,6}比|以上|年(?:产量|产能|产值|销售|处理|生产|开采|货物|失效)|共伴生|共生|建成(?:区|面积)|培育期|地区|地方|地表|地下|地质|地面|各类|每亩|每吨|每平方|每人|每年|每度|重点(?:企业|行业|产品|领域|钢|统计|项目|大中)|为民|近零|应用|应急|应收|要素|末端|占地|占比|占用|为主|从业|由来|合计|集中(?:度|供)|发展(?:水平|质量|速度)|在岗|在建|在校|在线|使用|以电|到户|到位|引进(?:外资|资金|内资|技术)|约束|完成(?:投资|目标|固定|率)|形成(?:率)|实现率|和谐|年度|各级|启动区|是否|一是否|年末从业|计划(?:投资|总)|计划单|支持率|同时|但书|再生|再利用|按时|经济|经营|据点|当量|通过率|发展(?:基金)|还原|还款|也门|扩建后|实施率|配套率|新建(?!成))"
)
_TAIL = re.compile(
    r"(?:(?:比|较|同)?(?:(?:19|20)\d{2}|[一二][九〇○零][一二三四五六七八九〇○零]{2})年(?:末|底)?|原则上|一般|力争|争取|预计|累计?|全年|要|再|同比|仅|只|的|和|及|与|：|，|、|“|”|（|达|为|已|将|均|各|共|约|近|达到|实现|超过|在|也|都|应|须|可|分别|(?<=相)比|较|年均|年平|大幅|小幅|(?<=[值额量入率积])年)+$"
)
_KEEP_TAIL = re.compile(r"(?:之比|对比|占比|配比|碳比|硅比|焦比|钢比|连铸比|煤比|热比|水比|重要|不再)$")
_BASED = re.compile(r"(?:是|为)?在[“\"]?(?:(?:19|20)\d{2}年|[^，。；]{1,4}五[”\"]?末?)[^，。；]{0,4}基础上.{0,4}$")
_LONG_BRACKET = re.compile(r"（[^（）]*(?:价|计算|统计|口径|不含|含税|下同|除外)[^（）]*）")
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百\d]{1,4}条")
_FIRST_BRACKET = re.compile(r"^（[^（）]*）的?")
_OPEN_BRACKET = re.compile(r"^[^（]*）")
_INNER = re.compile(
    r"(?P<agent>^[^，。；]{2,18}?)(?:全年|累计|共|每年|预计|计划|已|可|将|按期|当年)*(?:实现|完成(?!率)|达到|形成(?!率)|拥有|取得|列支|安排|设立|投资建设|创造)(?:了)?(?P<object>[\u4e00-\u9fff“”A-Za-z（）]{2,}$)"
)
_UNITS = re.compile(r"(?:企业|行业|产业|工业|园区|全区|开发区|系统|领域|单位|集团|公司)$")
_LONGEST = 26


def cleaned(words: str) -> str:
    """A noun phrase without leading verbs, years and connectives."""
    bare = _LONG_BRACKET.sub("", words) if "（" in words else words
    if bare[:1] == "（":
        bare = _FIRST_BRACKET.sub("", bare)
    if "）" in bare and (found := _OPEN_BRACKET.match(bare)):
        bare = bare[found.end() :]
    if bare[:1] == "第":
        bare = _ARTICLE.sub("", bare)
    if "基础上" in bare:
        bare = _BASED.sub("", bare)
    bare = _headless(bare)
    if found := _INNER.match(bare):
        bare = found["agent"] + found["object"] if _UNITS.search(found["agent"]) else found["object"]
    if not _KEEP_TAIL.search(bare):
        bare = _TAIL.sub("", bare)
    if len(bare) > _LONGEST + 8:
        bare = bare[-_LONGEST:]
    return bare


def _headless(words: str) -> str:
    bare = words
    for _ in range(12):
        if _KEEP_HEAD.match(bare):
            return bare
        found = _HEAD.match(bare)
        if not found:
            return bare
        bare = bare[found.end() :]
        if not bare:
            return ""
    return bare


_STOP_RIGHT = re.compile(r"[，；。：、！？“”（）]|以及|并且")
_STOP_LIST = re.compile(r"[，；。：！？“”（）]|以及|并且")
_RIGHT_LEAD = re.compile(r"^(?:）?(?:及以上|及以下|以上的|以下的|以上|以下|规模的|规模|左右的|的|多|余))+")
_BRACKETS = re.compile(r"（[^（）]*）")
_MOVES = re.compile(r"提高|提升|增加|增长|增至|降|下降|上升|扩大|压缩|压减|减|达|到|至|为|升|发展到|的$|[>≥≤<]")
_PROVISO = ("但", "未", "且", "及以上但", "的但")
_MEMBER = re.compile(r"(?:集|跨|具有|年产|年营|产值|以|拥有|营业|主营|销售|有|能够|面向|覆盖)")
_LAST_NOUN = re.compile(r"的(?P<n>[^的，。；、\d]{2,16})(?=[，。；、（]|$)")
_VERBAL = re.compile(r"(?:兼并|联合)?(?:重组|建设|任务|改造|搬迁|要求|格局|目标|整合|淘汰|升级)(?:任务|工作)?")
_SITE = re.compile(
    r".{0,6}?(?:园区|开发区|基地|平台|集团|矿山|企业)(?=(?:总|规划|建设|实现|完成|拥有|生产|年)[^的]{2,})"
)
_DONE = re.compile(
    r"(?P<who>[^的]{0,6}?(?:企业|园区|项目|产品|矿山))(?P<what>(?:通过|获得|入选|列入|获评|获批)[^，。；的]{2,12})$"
)
_THING = re.compile(r"(?:机组|生产线|机|炉|项目|设备|窑|槽|器|装置|企业|工艺|车间|厂|矿|井|船)$")
_FOLLOWS = re.compile(r"主导|位居|占据|被用于|用于|反映|通过|获得|完成|实现|达到|进入|列入|采用|建立|纳入")


def right_noun(right: str, *, whole: bool = False) -> str:
    """The noun phrase that follows a figure: 锌电解项目; `whole` takes in what 、 joins (带式锰矿、铬矿烧结机)."""
    bare = _BRACKETS.sub("", _RIGHT_LEAD.sub("", right)).replace("“", "", 1 if right[:1] == "“" else 0)
    if bare[:1] == "、":
        return ""
    if bare.startswith(_PROVISO) or _MEMBER.match(bare):
        member = _LAST_NOUN.search(bare)
        if member or bare.startswith(_PROVISO):
            return member["n"] if member else ""
    if _MOVES.match(bare):
        return ""
    stop = (_STOP_LIST if whole else _STOP_RIGHT).search(bare)
    noun = bare[: stop.start()] if stop else bare
    if whole and "、" in noun:
        noun = _joined(noun, open_end=stop is None)
    if done := _DONE.match(noun):
        return done["what"] + done["who"]
    if verb := _FOLLOWS.search(noun):
        noun = noun[: verb.start()]
    if len(noun) > 12 and "的" in noun:
        before, _, last = noun.rpartition("的")
        noun = before if _VERBAL.fullmatch(last) else last or noun[-_LONGEST:]
    if stop is None and len(noun) > 6 and (site := _SITE.match(noun)):
        noun = site[0]
    return noun[:_LONGEST]


def _joined(noun: str, *, open_end: bool) -> str:
    """What 、 joins is one thing (带式锰矿、铬矿烧结机) unless its first part already is a thing."""
    parts = noun.split("、")
    if open_end:
        parts = parts[:-1]
    whole = _THING.search(parts[0]) is None if parts else False
    return "、".join(parts).strip("、") if whole else parts[0] if parts else ""


_KINDS = "综合|平均|单位|总|年|资源|原料|选矿|冶炼|采矿|开采|生产|工业|主营业务|营业|销售|地区生产|固定资产|有效|公称|设计|直流|交流|测量|研发|产业|保有|新增|回采|回收"
_MEASURED = "耗新水|新水|亏损面|覆盖面|回收率|回采率|利用率|自给率|转化率|合格率|贫化率|复垦率|普及率|覆盖率|增长率|占有率|处置率|达标率|数控化率|负债率|率|工业增加值|增加值|总产值|产值|生产总值|业务收入|收入|利润|利税|税收|税金|产能|生产能力|能力|产量|储量|消费量|出口量|开采量|排放量|用量|销量|总量|含量|量|占比|比重|比例|份额|能耗|电耗|水耗|煤耗|单耗|消耗|耗|浓度|精度|强度|密度|寿命|容量|容积|面积|直径|厚度|宽度|规模|投资|价格|成本|品位|集中度|劳动生产率|水平|效率|系数|指数|噪声|储备|数|额|值|度|比"
_ATTRIBUTE = re.compile(rf"(?:(?:{_KINDS}){{0,3}}(?:{_MEASURED}))$")
_SMALL = frozenset(("度", "量", "数", "额", "值", "率", "水平", "储备", "比"))


def attribute_of(words: str) -> str:
    """The attribute a phrase ends in: 电解铝综合能耗 → 综合能耗; empty where it names only a thing."""
    found = _ATTRIBUTE.search(words)
    return found[0] if found else ""


def sharable(words: str) -> str:
    """The attribute of a phrase where it can be said of other things too."""
    found = attribute_of(words)
    return "" if found in _SMALL else found
