"""Which area and which indicator of a region a reading speaks of: by names, products and units, never by document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from oreflow.core.quantity import Basis, QuantityError, Unit, unit
from oreflow.core.region import Area, Indicator, Region

_FILLING = re.compile(
    r"[\s“”\"'《》（）()〔〕\[\]，、。:：·-]|规模以上|规上|全市|全省|全国|全区|全县|我市|我省|我国|目前|已经|实现|达到|累计"
    r"|其中|力争|预计|分别|企业的|的|新增|建成|形成|原则上|每个|平均"
)
_LIGHT = re.compile(r"工业|总|全部|制造|收入|年产|产业园区|园区|创建|生产")  # words that often come and go
_SAME_WORDS = (
    ("占比", "比重"), ("比例", "比重"), ("户数", "数"), ("个数", "数"), ("家数", "数"), ("数量", "数"),
    ("生产能力", "产能"), ("年产能", "产能"), ("设计产能", "产能"), ("年产量", "产量"), ("主营业务收入", "营业收入"),
    ("营收", "营业收入"), ("年均增长率", "增速"), ("年均增速", "增速"), ("增长率", "增速"), ("年均增长", "增速"),
    ("综合利用率", "利用率"), ("利用水平", "利用率"), ("钛白粉", "钛白"), ("全员", ""),
)  # fmt: skip
_MEASURES = {"capacity": ("产能", "能力"), "output": ("产量",), "quota": ("配额", "总量控制指标", "开采指标")}
_PLACE = re.compile(
    r"(?:省|市|自治区|自治州|州|县|区|园区|园|开发区|高新区|新区|新城|基地|地区|镇|流域|全国|中国|示范区|试验区|集聚区)$"
)
_ENDINGS = ("自治区", "自治州", "地区", "省", "市", "县", "区", "州")
_OXIDE = re.compile(r"V2O5|TiO2|REO|Al2O3|Cr2O3|Nb2O5|Li2CO3", re.IGNORECASE)
_WHOLE = ("全国", "我国", "全省", "全市", "全区", "全县", "全州")
NEAR = 0.74
SURE = 0.999


@dataclass(frozen=True, slots=True)
class Match:
    """The id that a name was matched to (empty for none), how alike they are, and what else came close."""

    id: str
    score: float
    rivals: tuple[str, ...] = ()


@lru_cache(maxsize=65_536)
def folded(name: str) -> str:
    """A name in the form that is compared: without filling words, with one word for the same thing."""
    plain = _FILLING.sub("", unicodedata.normalize("NFKC", name))
    for word, standard in _SAME_WORDS:
        plain = plain.replace(word, standard)
    return plain.casefold()


@lru_cache(maxsize=65_536)
def core_of(name: str) -> str:
    """A name without what says how it is measured: 钛白粉产能 → 钛白."""
    plain = folded(name)
    for words in _MEASURES.values():
        for word in words:
            if plain.endswith(word) and len(plain) > len(word):
                return plain[: -len(word)]
    return plain


@lru_cache(maxsize=65_536)
def _pairs(plain: str) -> frozenset[str]:
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset((plain,))


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1 (Dice over pairs of characters); almost 1 where only the measure differs."""
    a, b = folded(one), folded(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if core_of(one) == core_of(other):
        return 0.97
    bare = _LIGHT.sub("", core_of(one)), _LIGHT.sub("", core_of(other))
    if bare[0] and bare[0] == bare[1]:
        return 0.93
    pa, pb = _pairs(core_of(one)), _pairs(core_of(other))
    return 2 * len(pa & pb) / (len(pa) + len(pb))


def is_place(name: str) -> bool:
    """Whether a scope names a place, and not an industry or a list."""
    return bool(_PLACE.search(name))


def bare_place(name: str) -> str:
    """A place without its rank: 攀枝花市 → 攀枝花."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def match_area(region: Region, scope: str, home: str) -> Match:
    """The area that a scope names; `home` is the area id of the whole document.

    An empty scope, or one that names no place, is the document's own area.
    """
    given = unicodedata.normalize("NFKC", scope).strip()
    if not given or given in _WHOLE[2:] or not is_place(given):
        return Match(home, 1.0 if not given or given in _WHOLE else 0.87)
    exact = [a.id for a in region.areas.values() if a.name.zh == given]
    if exact:
        return Match(exact[0], 1.0)
    bare = [a.id for a in region.areas.values() if bare_place(a.name.zh) == bare_place(given)]
    if len(bare) == 1:
        return Match(bare[0], 0.95)
    inside = [a for a in region.areas.values() if given in a.name.zh or a.name.zh in given]
    if len(inside) == 1 and min(len(given), len(inside[0].name.zh)) > 2:
        return Match(inside[0].id, 0.8)
    return Match("", 0.0, tuple(a.id for a in inside))


def leading_area(region: Region, subject: str) -> str:
    """The longest name of an area that a subject begins with, something being left after it; empty for none."""
    names = (a.name.zh for a in region.areas.values() if len(a.name.zh) > 1)
    found = [n for n in names if subject.startswith(n) and len(subject) > len(n) + 1]
    return max(found, key=len, default="")


def home_of(region: Region, frame_region: str) -> str:
    """The area that a whole document speaks of; the outermost one of the region where that is not clear."""
    named = {a.name.zh: a.id for a in region.areas.values()} | {
        bare_place(a.name.zh): a.id for a in region.areas.values()
    }
    if frame_region:
        for name in (frame_region, bare_place(frame_region)):
            if name in named:
                return named[name]
    return ""


def measure_of(subject: str, unit_text: str, indicator: Indicator | None = None) -> str:
    """Capacity, output or quota, where subject or unit says which; a yearly amount of a product is a capacity."""
    if unit_text.startswith(("%", "百分点", "个百分点")):
        return ""
    for measure, words in _MEASURES.items():
        if any(word in subject for word in words):
            return measure
    yearly = unit_text.endswith(("/年", "/a"))
    return "capacity" if yearly and (indicator is None or indicator.additive) else ""


def content_of(subject: str, context: str = "") -> str:
    """The content that a figure is expressed in, such as v2o5, where it is said (折V2O5)."""
    found = _OXIDE.search(unicodedata.normalize("NFKC", f"{subject}{context}"))
    return found[0].lower() if found and "折" in f"{subject}{context}" else ""


def basis_for(subject: str, unit_text: str, indicator: Indicator | None = None) -> Basis:
    """The basis of a figure, from its words."""
    content = content_of(subject)
    return Basis(content=content, measure=measure_of(subject, unit_text, indicator))


def unit_for(text: str, indicator: Indicator | None) -> Unit | None:
    """The unit of a reading in the dimension of the indicator; None where it is none or measures something else.

    Plans print capacities by the year (万吨/年); a region keeps the amount (万吨) and says capacity in the basis.
    Organisations are counted as 家 or 户 alike.
    """
    try:
        found = unit(text) if text else None
    except QuantityError:
        return None
    if found is None or indicator is None:
        return found
    wanted = unit(indicator.unit)
    if found.dimension == wanted.dimension:
        return found
    if text.endswith("/年") and unit(text.removesuffix("/年")).dimension == wanted.dimension:
        return unit(text.removesuffix("/年"))
    if _counts_firms(found) and _counts_firms(wanted):
        return wanted
    return found if {found.zh, wanted.zh} <= {"%", "个百分点"} else None


def _counts_firms(of: Unit) -> bool:
    return len(of.factors) == 1 and of.factor == 1 and of.zh in ("户", "家")


def yearless(text: str) -> str:
    """A unit without /年."""
    return text.removesuffix("/年")


def match_indicator(region: Region, subject: str, unit_text: str, *, growth: bool = False) -> Match:
    """The indicator that a subject names and whose unit fits; empty where none does.

    Parameters
    ----------
    growth
        Whether the figure is a rate of growth: then only indicators of growth are looked at.
    """
    scored = [
        (_score(region, i, subject), i.id)
        for i in region.indicators.values()
        if unit_for(unit_text, i) is not None and (not growth or "增" in i.name.zh)
    ]
    scored = sorted((s for s in scored if s[0] >= NEAR), key=lambda s: (-s[0], s[1]))
    if not scored:
        return Match("", 0.0)
    best, rivals = scored[0], tuple(key for score, key in scored[1:] if score >= scored[0][0] - 0.03)
    return Match(best[1], best[0], rivals[:5])


def _score(region: Region, indicator: Indicator, subject: str) -> float:
    score = likeness(subject, indicator.name.zh)
    if score < SURE and indicator.product:
        names = product_names(region, indicator.product)
        product = max((_of_product(subject, name) for name in names), default=0.0)
        score = max(score, product)
    return score


def _of_product(subject: str, name: str) -> float:
    """How surely a subject names a product: the measure apart, nothing else may stand beside it."""
    a, b = core_of(subject), core_of(name)
    if a == b:
        return 0.96
    return 0.0


def product_names(region: Region, product: str) -> tuple[str, ...]:
    """What a material or group of the library is called in Chinese."""
    held: Iterable[str] = ()
    library = region.library
    if product in library.materials:
        held = (library.materials[product].name.zh,)
    elif product in library.groups:
        held = (library.groups[product].name.zh,)
    return tuple(part for name in held for part in re.split(r"[（）()/、]", name) if len(part) > 1)


def parent_of(region: Region, area: str) -> Area | None:
    """The area that a new one is put into: the document's own."""
    return region.areas.get(area)


def slug(name: str, taken: Mapping[str, object], prefix: str = "") -> str:
    """An id for a new name: its pinyin, cut, and numbered where another thing bears it."""
    from pypinyin import Style, lazy_pinyin  # not needed for reading

    plain = unicodedata.normalize("NFKC", name).replace("ü", "v")
    parts = lazy_pinyin(plain, style=Style.NORMAL, errors=lambda piece: piece)
    text = "-".join(re.sub(r"[^a-z0-9]+", "-", part.lower()) for part in parts)
    text = re.sub(r"-{2,}", "-", text).strip("-")[:48].strip("-") or "x"
    stem = f"{prefix}{text}"
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}-{number}", number + 1
    return found
