"""What a subject speaks of: its object, what limits the object, its measure and its basis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MEASURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("value-added", ("工业增加值", "增加值")),
    ("output-value", ("工业总产值", "总产值", "工业产值", "年产值", "产值", "产业规模", "经济总量")),
    ("revenue", ("主营业务收入", "营业收入", "主营收入", "销售收入", "营业总收入", "销售额", "营收")),
    ("profit", ("利润总额", "利润")),
    ("tax", ("税金总额", "税收收入", "入库税收", "税收", "利税总额", "利税", "税金")),
    ("investment", ("固定资产投资", "总投资", "投资总额", "投资额", "完成投资")),
    ("research", ("研发经费投入强度", "研发投入强度", "研发经费投入", "研发费用", "研发支出", "研发投入")),
    ("capacity", ("生产能力", "总产能", "年产能", "产能", "装机容量", "装机规模", "装机")),
    ("output", ("年产量", "总产量", "产量", "发电量")),
    ("mining", ("开采生产能力", "开采能力", "年度开采量", "开采总量", "开采量", "采矿量", "开采")),
    ("utilisation", ("综合利用率", "回收利用率", "循环利用率", "重复利用率", "利用水平", "利用率")),
    ("recovery", ("采选综合回收率", "综合回收率", "回收率", "选矿回收率", "回采率", "收率")),
    ("energy", ("综合能耗", "单位能耗", "能耗", "电耗", "煤耗", "耗电量")),
    ("water", ("耗新水量", "耗新水", "新水消耗", "用水量", "取水量", "水耗")),
    ("emission", ("排放强度", "排放总量", "排放量")),
    ("reserve", ("保有资源储量", "资源储量", "资源量", "储量")),
    ("area", ("规划面积", "建设用地面积", "建成面积", "占地面积", "面积")),
    ("share", ("占比", "比重", "比例", "份额", "集中度", "普及率", "占有率")),
    ("growth", ("增长率", "增速", "增幅")),
)  # fmt: skip
_WORDS = {word: family for family, words in _MEASURES for word in words}
_MEASURE = re.compile("(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")$")
_BASIS = re.compile(r"（((?:折|按|以|含|不含)[^（）]{1,14}|金属量|实物量|标准量|不变价|可比价|现价|本部)）")
_BRACKET = re.compile(r"（[^（）]*）|[“”\"‘’《》\s]")
_LEAD = re.compile(
    r"^(?:到|至|力争|争取|预计|其中|并|且|又|再|年产|年|形成|实现|完成|达到|建成|拥有|现有|累计|共|合计|淘汰落后的?|淘汰|压减|化解|新增|推动|控制|使|将|把|的|和|及|与|、|，)+(?=[\u4e00-\u9fffA-Za-z])"
)
_WIDE = re.compile(
    r"^(?:全国|全省|全市|全县|全区|全行业|我国|我省|我市|我县|我区|省内|市内|区域内|行业|本市|本省)(?:的)?"
)
_QUALIFIERS = re.compile(
    r"规模以上|规上|园区|开发区|新建|改扩建|重点|骨干|民营|国有|中央|地方|单位|亩均|人均|吨钢|年均|入园|城镇|农村|主要|高端|中高端"
)
_FILLERS = re.compile(
    r"资源|企业|产业|行业|产品|制造业|工业|生产|业务|规模|总|年度|的|数$|量$|实现|完成|达到|制品(?=业)"
)
_TAIL = re.compile(r"(?:分别|均|年均|年|达|为|的|已|约|总计|合计|共计|等|增长|增速|提高|下降|降低|累计|控制|突破)++$")
_GENERIC = frozenset({"", "工业", "全部", "经济", "合计", "总", "全部工业", "区", "园", "“", "地区"})
_KEEP = {"稀土矿": "稀土"}
_LOWER = re.compile(
    r"能耗|电耗|煤耗|水耗|耗新水|用水量|取水量|排放|初级原料|死亡|事故|成本|损失率|贫化率|负债率|淘汰|亏损"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A subject taken apart.

    `object` is what is measured, without words that every industry shares; `limits` are words that
    narrow it (园区, 规上, 攀西钒钛磁铁矿中); `family` is the kind of measure; `basis` what stood in brackets.
    """

    object: str
    limits: frozenset[str]
    family: str
    measure: str
    basis: str
    lower_is_better: bool = False

    @property
    def generic(self) -> bool:
        """Whether it measures the whole place rather than one thing in it."""
        return self.object in _GENERIC


@lru_cache(maxsize=8192)
def name_of(subject: str, unit: str = "") -> Name:
    """The parts of a subject as the reading prints it; a unit per year makes a bare product a capacity."""
    bases = "、".join(sorted(m[1] for m in _BASIS.finditer(subject)))
    bare = _BRACKET.sub("", subject)
    made = bare.startswith("年产")
    bare = _WIDE.sub("", _LEAD.sub("", bare))
    bare = _TAIL.sub("", bare) or bare
    counted = bare.endswith("数") and len(bare) > 2
    found = _MEASURE.search(bare)
    measure = found[0] if found else ""
    family = _WORDS[measure] if measure else "count" if counted else "capacity" if made or unit.endswith("/年") else ""
    rest = bare[: found.start()] if found else bare
    limits = set(_QUALIFIERS.findall(rest))
    limits = {"规上" if w == "规模以上" else "园区" if w == "开发区" else w for w in limits}
    rest = _QUALIFIERS.sub("", rest)
    for inside in ("中的", "中"):
        head, mark, tail = rest.rpartition(inside)
        if mark and len(head) >= 4 and 1 <= len(tail) <= 8:
            limits.add(head)
            rest = tail
            break
    if family == "area":
        rest += measure.removesuffix("面积")
    core = _FILLERS.sub("", rest) or ("" if rest in ("工业", "产业", "企业", "资源") else rest)
    for long, short in _KEEP.items():
        if family in ("mining", "capacity", "output"):
            core = core.replace(long, short)
    return Name(
        core,
        frozenset(limits),
        family,
        measure,
        bases,
        bool(_LOWER.search(bare)) and "达标" not in bare and "标准" not in bare,
    )
