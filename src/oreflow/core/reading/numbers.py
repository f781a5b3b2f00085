# ruff: noqa: E501 -- Chinese characters count as two columns each
"""One pass over a paragraph: every figure with multiplicity, range, scale, unit and the words at its sides."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from .lexicon import (
    AFTER,
    COUNTS,
    MEASURES,
    PER,
    PER_SPELLING,
    SCALES,
    TIMES,
    UNIT_SPELLING,
)
from .numerals import CHINESE, figure, scaled_apart

DASHES = "—–－‐~\\-"


def either(words: Iterable[str]) -> str:
    """An alternation that prefers the longest word."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True))


_LATIN_END = r"(?![A-Za-z0-9²³])"
_latin = [u for u in MEASURES if (u[-1].isascii() and u[-1].isalpha()) or u[-1] in "23²³"]
_han = [u for u in MEASURES if u not in _latin]
_PER = f"(?:/(?:{either(p for p in PER if not p.isascii())}|(?:{either(p for p in PER if p.isascii())}){_LATIN_END})(?:[·.](?:{either(PER)}))?|·(?:{either(PER)}))"
MEASURE = f"(?:{either(_han)}|分(?![之钟别公局期行支布析段享工])|度(?![量假过日角电])|(?:{either(_latin)})(?![A-Za-z0-9²³]))(?:标准煤|标煤|{_PER}){{0,2}}"
COUNT = f"(?:{either(COUNTS)})(?!（?[家户]?）?大)(?:{_PER})?"
_SCALE = f"(?:{either(s for s in SCALES if s != '千')}|千(?![伏瓦克米焦卡帕安]))"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_UNIT = f"(?:吨[钢铁铝煤]{_PER}|{either(t for t in TIMES if len(t) > 1)}|{MEASURE}|{COUNT}|{either(TIMES)})"
_BRACKET = r"（(?:不含|含|不包括|包括|不含本数|含本数)）"
_AFTER = either(AFTER)

FIGURE = re.compile(
    rf"(?<![\d.+#〔\[№])(?:(?<![A-Za-z])|(?<=[A-Za-z][A-Za-z])(?=\d+(?:\.\d+)?[万亿][吨元千平立]))(?P<times>\d{{1,3}}[×xX*])?(?P<sign>(?:(?<![\d\w）%]) ?|(?<=[为达到是额幅温长在至于速]))[-−－])?(?P<low>{_ARABIC})"
    rf"(?:(?P<lscale>{_SCALE})?(?P<lunit>{_UNIT})?(?P<dash>[{DASHES}至到]{{1,2}})(?P<high>{_ARABIC}))?"
    rf"(?P<more>[多余几])?(?P<inner>{_BRACKET})?(?P<scale>{_SCALE})?(?P<more2>[多余])?(?P<inner2>{_BRACKET})?(?P<unit>{_UNIT})?"
    rf"(?P<outer>（[^（）]{{1,14}}）(?={_AFTER}))?(?:(?:的?(?:生产)?规模|生产能力|产能)(?=以[上下内]|及以))?(?P<post>{_AFTER})?"
)
_CN = f"[{CHINESE}]"
WORDED = re.compile(
    rf"(?P<mid>一半|半数|过半)(?P<hafpost>{_AFTER})?"
    rf"|(?<![{CHINESE}\d.几数上第每])(?P<great>[十百千]万?亿|万亿|[十百千]万|[万亿])(?P<gunit>美元|元|吨|人|千瓦(?!时))(?!级|[/的]?(?:GDP|产值|增加值|工业))(?P<gpost>{_AFTER})?"
    rf"|(?P<part>(?:百|千|万)分之)(?P<over>{_CN}+(?:点{_CN}+)?)(?:(?:[{DASHES}至到])(?:(?:百|千|万)分之)?(?P<over2>{_CN}+(?:点{_CN}+)?))?(?P<post>{_AFTER})?"
    rf"|(?<=的)(?P<atop>\d)/(?P<abottom>\d{{1,2}})(?![\d/])(?P<apost>{_AFTER})?"
    rf"|(?P<fbottom>[二三四五六七八九十])分之(?P<ftop>[一二三四五六七八九两])(?P<fpost>{_AFTER})?"
    rf"|(?<![{CHINESE}第])(?P<fold>翻)了?(?P<folds>[一二两三四1-4])?番(?P<fopost>{_AFTER})?"
    rf"|(?<![{CHINESE}\d第])(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?P<tpost>{_AFTER})?(?![员立为就果本熟功分色品长因都绩])"
    rf"|(?<![{CHINESE}\d.第初几])(?:(?P<nlow>[一二三四五六七八九两十]{_CN}{{0,8}}?)[至到{DASHES}])?(?P<num>[一二三四五六七八九两十壹贰叁肆伍陆柒捌玖拾]{_CN}*(?:点{_CN}+)?)(?P<nmore>[多余])?(?P<nscale>[万亿](?=[多余]))?(?P<nmore2>[多余])?"
    rf"(?P<nunit>{MEASURE}|{COUNT}|{either(TIMES)})(?P<nhalf>(?<=[倍年])半)?(?P<npost>{_AFTER})?"
    rf"|(?<![{CHINESE}\d.第])(?P<huge>[一二三四五六七八九十]{_CN}*[万亿])(?P<hpost>左右|以上|以下|以内|多)?(?=[，。；])"
    rf"|(?<![{CHINESE}\d])(?P<about>[百千万])余(?P<aunit>{COUNT}|{MEASURE})"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a paragraph: `start`…`end` from the first digit to the last word that belongs to it."""

    start: int
    end: int
    low: Fraction
    high: Fraction
    unit: str
    post: str
    sort: str  # measure, count, time, bare
    times: int = 1
    more: bool = False
    excluded: bool = False
    included: bool = False
    inner: str = ""
    worded: bool = False
    scale: str = ""
    unit_end: int = 0
    ranged: bool = False


def figures(text: str) -> Iterator[Figure]:
    """The figures of a paragraph in order; bare ones (without unit) too."""
    found = [f for m in FIGURE.finditer(text) if (f := _arabic(m)) is not None]
    if _WORDS_HINT.search(text):
        taken = [(f.start, f.end) for f in found]
        extra = [f for m in WORDED.finditer(text) if (f := _worded(m)) is not None]
        found = [f for f in found if f.sort != "bare" or not any(e.start <= f.start < e.end for e in _around(extra, f))]
        taken = [(f.start, f.end) for f in found]
        found += [f for f in extra if not any(s < f.end and f.start < e for s, e in _near(taken, f.start))]
        found.sort(key=lambda f: f.start)
    yield from found


_WORDS_HINT = re.compile(rf"分之|番|成|余|半|的\d/\d|{_CN}(?:{_UNIT})|{_CN}[万亿]")


def _around(extra: list[Figure], figure: Figure) -> list[Figure]:
    at = bisect_left(extra, figure.start, key=lambda e: e.start)
    return extra[max(0, at - 1) : at + 1]


def _near(taken: list[tuple[int, int]], start: int) -> list[tuple[int, int]]:
    at = bisect_left(taken, (start, 0))
    return taken[max(0, at - 1) : at + 2]


def unit_of(raw: str) -> tuple[str, str]:
    """Unit in its usual spelling, and its sort."""
    if not raw:
        return "", "bare"
    if raw in TIMES:
        return raw, "time"
    head, slash, per = raw.partition("/")
    spelled = UNIT_SPELLING.get(head, head)
    sort = "count" if head in COUNTS and head not in MEASURES else "measure"
    if not slash:
        return spelled, sort
    return f"{spelled}/{PER_SPELLING.get(per, per)}", "measure"


def _arabic(m: re.Match[str]) -> Figure | None:
    low = figure(m["low"])
    if low is None:
        return None
    low = -low if m["sign"] else low
    raw_unit = m["unit"] or ""
    scale, lscale = m["scale"] or "", m["lscale"] or ""
    high, end = low, m.end()
    if m["high"]:
        top = figure(m["high"])
        if top is None or (top <= low and not lscale):
            return None
        if lscale and lscale != scale and scale:
            return None
        scale = scale or lscale
        raw_unit = raw_unit or m["lunit"] or ""
        high = top
        if m["dash"] in ("至", "到") and m["lunit"] and not raw_unit:
            return None
    unit, sort = unit_of(raw_unit)
    brackets = (m["inner"] or "") + (m["inner2"] or "") + (m["outer"] or "")
    if sort == "bare" and scale:
        sort = "scaled"
    unit_end = m.end("unit") if raw_unit and m["unit"] else m.end("post") if m["post"] else m.end()
    return Figure(
        m.start(), end, low, high, scale + unit, m["post"] or "", sort,
        times=int(m["times"][:-1]) if m["times"] else 1,
        more=bool(m["more"] or m["more2"]),
        excluded="不含" in brackets or "不包括" in brackets,
        included=not ("不含" in brackets or "不包括" in brackets) and ("（含" in brackets or "（包括" in brackets),
        inner=m["outer"] or "", scale=scale, unit_end=unit_end, ranged=bool(m["high"]),
    )  # fmt: skip


def _worded(m: re.Match[str]) -> Figure | None:
    kind = m.lastgroup
    if m["mid"]:
        return _half(m)
    if m["great"]:
        return _great(m)
    if m["part"]:
        over = figure(m["over"])
        over2 = figure(m["over2"]) if m["over2"] else over
        if over is None or over2 is None:
            return None
        shares = {"百": (Fraction(1), "%"), "千": (Fraction(1), "‰"), "万": (Fraction(1, 100), "%")}
        share, mark = shares[m["part"][0]]
        return _plain(m, over * share, over2 * share, mark, m["post"])
    if m["atop"]:
        return _fraction(m, m["atop"], m["abottom"], m["apost"])
    if m["fbottom"]:
        return _fraction(m, m["ftop"], m["fbottom"], m["fpost"])
    if m["fold"]:
        folds = figure(m["folds"] or "一")
        return None if folds is None else _plain(m, folds, folds, "番", m["fopost"])
    if m["tenths"]:
        tenths = figure(m["tenths"])
        if tenths is None:
            return None
        share = tenths * 10 + (5 if m["half"] else 0)
        return _plain(m, share, share, "%", m["tpost"])
    if m["huge"]:
        return _huge(m)
    if m["about"]:
        size = Fraction({"百": 100, "千": 1000, "万": 10000}[m["about"]])
        unit, sort = unit_of(m["aunit"])
        return Figure(m.start(), m.end(), size, size, unit, "", sort, more=True, worded=True, unit_end=m.end())
    return _numeral(m) if kind else None


_REACHED = re.compile(
    r"(?:突破|超过|超|过|达到?|近|逾|不足|跨越|跨过|迈过|迈上|跃上|站上|冲刺|接近|约|至|到|不低于|不少于)$"
)
_POWERS = {"": 1, "十": 10, "百": 100, "千": 1000, "百万": 10**6, "十万": 10**5, "千万": 10**7}
_HALVED = re.compile(
    r"(?:占|占到|达|达到|约|近|接近|超|超过|不足|不到|仅|仅为|为|有|到|至|了|降低|减少|下降|提高|增加|过|的)$"
)


def _half(m: re.Match[str]) -> Figure | None:
    """一半以上, 占半数, 过半: 50 %."""
    left = m.string[max(0, m.start() - 4) : m.start()]
    over = m["mid"] == "过半"
    if not (over or m["hafpost"] or _HALVED.search(left)) or left.endswith(("事", "另", "前", "后", "大")):
        return None
    return replace(_plain(m, Fraction(50), Fraction(50), "%", m["hafpost"]), more=over)


def _great(m: re.Match[str]) -> Figure | None:
    """A great round amount without digits: 突破千亿元, 超百亿元."""
    if not (m["gpost"] or _REACHED.search(m.string[max(0, m.start() - 4) : m.start()])):
        return None
    words = m["great"]
    scale = next(s for s in ("万亿", "亿", "万") if words.endswith(s))
    head = Fraction(_POWERS[words[: -len(scale)]])
    unit, sort = unit_of(m["gunit"])
    return Figure(
        m.start(), m.end(), head, head, scale + unit, m["gpost"] or "", sort, worded=True, scale=scale,
        unit_end=m.end("gunit"),
    )  # fmt: skip


def _fraction(m: re.Match[str], over: str, under: str, post: str | None) -> Figure | None:
    top, bottom = figure(over), figure(under)
    if not top or not bottom or top >= bottom:
        return None
    return _plain(m, top * 100 / bottom, top * 100 / bottom, "%", post)


def _huge(m: re.Match[str]) -> Figure | None:
    """A great number without a unit: 总人口 … 十亿六千万."""
    apart = scaled_apart(m["huge"])
    if apart is None or not apart[1]:
        return None
    value, scale = apart
    post = m["hpost"] or ""
    return Figure(m.start(), m.end(), value, value, scale, post, "scaled", worded=True, scale=scale, unit_end=m.end())


def _plain(m: re.Match[str], low: Fraction, high: Fraction, unit: str, post: str | None) -> Figure:
    return Figure(
        m.start(), m.end(), low, high, unit, post or "", "measure", worded=True, unit_end=m.end(), ranged=low != high
    )


def _lower(words: str, high: Fraction, scale: str) -> Fraction | None:
    """The lower end of a range in words, in the scale of the upper one (一百五十至一百八十万)."""
    apart = scaled_apart(words)
    if apart is None:
        return None
    low = apart[0]
    return low if (apart[1] == scale or not apart[1]) and low < high else None


def _numeral(m: re.Match[str]) -> Figure | None:
    unit, sort = unit_of(m["nunit"])
    number, scale = m["num"], m["nscale"] or ""
    if unit == "番" or number[-1:] + unit[:1] == "一两":
        return None
    apart = scaled_apart(number)
    if apart is None or (number[0] == "十" and m.string[max(0, m.start() - 1) : m.start()] in ("数", "几", "上")):
        return None
    value, own = apart
    value += Fraction(1, 2) if m["nhalf"] else 0
    low = _lower(m["nlow"], value, own) if m["nlow"] else value
    if low is None:
        return None
    if sort != "measure" and own and not scale:
        size = {"万": 10**4, "亿": 10**8, "万亿": 10**12}[own]
        value, low, own = value * size, low * size, ""
    return Figure(
        m.start(), m.end(), low, value, own + scale + unit, m["npost"] or "", sort, more=bool(m["nmore"] or m["nmore2"]),
        worded=True, scale=own + scale, unit_end=m.end("nunit"),
        ranged=low != value,
    )  # fmt: skip
