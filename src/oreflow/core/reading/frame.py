# ruff: noqa: E501 -- Chinese characters count as two columns each
"""What the document says about itself: title, region, planning period, base year, date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .letters import Line
from .lexicon import MUNICIPAL, PROVINCES
from .model import Frame

FIVE_YEARS = {"一": 1957, "二": 1962, "三": 1970, "四": 1975, "五": 1980, "六": 1985, "七": 1990, "八": 1995, "九": 2000,
              "十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035}  # fmt: skip
_PLAN_WORDS = (
    "规划",
    "纲要",
    "指南",
    "方案",
    "意见",
    "计划",
    "行动",
    "目录",
    "条件",
    "办法",
    "通知",
    "清单",
    "规范",
    "政策",
    "细则",
)
_PERIOD = re.compile(r"((?:19|20)\d{2})年?\s{0,2}[—–－\-~至到一]{1,2}\s{0,2}((?:19|20)\d{2})\s{0,2}年")
_FIVE = re.compile(
    r"[“\"「](?:十[一二三四五六]?|[一二三四五六七八九])[·.]?五(?=[”\"」])"
    r"|(?:十[一二三四五六]?|[一二三四五六七八九])[·.]?五(?=时期|期间|规划|末|计划|工业|发展|国民|产业|以来)"
)
_NTH = re.compile(r"第([一二三四五六七八九十]{1,3})个五年(?:计划|规划)")
_TO_CN = re.compile(r"到([一二]九[一二三四五六七八九〇○零]{2}|二[〇○零][〇○零一二三四五六七八九]{2})年")
_CN_YEAR = re.compile(r"[一二][九〇○零][一二三四五六七八九〇○零]{2}(?=年)")
_CN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_BLANKS = re.compile(r"[ \u3000\u200b]+")
_NUMBERED = re.compile(r"[〔\[（]((?:19|20)\d{2})[〕\]）]\s?\d{1,4}\s?号")
_DATE = re.compile(r"((?:19|20)\d{2})\s{0,2}年\s{0,2}\d{1,2}\s{0,2}月\s{0,2}\d{1,2}\s{0,2}日")
_TO_YEAR = re.compile(r"到\s{0,2}((?:19|20)\d{2})\s{0,2}年")
_REGION = re.compile(rf"(?P<p>{'|'.join(PROVINCES)})(?P<s>省|市|自治区|壮族自治区|回族自治区|维吾尔自治区)?")
_CITY = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<c>[\u4e00-\u9fff]{2,6}?(?:自治州|市))(?=[^，。；]{0,25}(?:规划|方案|意见|纲要))"
)
_NATIONAL = re.compile(r"工业和信息化部|国务院|国家|中华人民共和国|财政部|自然资源部|商务部|中共中央|全国")
_OWN = re.compile(r"(?P<c>[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|市|县))(?![^，。；]{0,3}场)")
_CITY_ANY = re.compile(r"《?(?P<c>[\u4e00-\u9fff]{2,4}?(?:自治州|市|县))(?=国民经济|“十|产业|工业)")
_CONDITIONS = re.compile(r"(?:准入|规范)条件|负面清单|准入标准|准入公告|淘汰.{0,8}目录|结构调整指导目录|规范公告")


def frame_of(lines: Sequence[Line], plain: str) -> Frame:
    """The frame, from the first lines, the date line and the years that targets name."""
    head = [line.text for line in lines[:40]]
    title = next((t for t in (re.sub(r"\s", "", h) for h in head) if 6 <= len(t) <= 60 and t.endswith((*_PLAN_WORDS, "）"))
                  and any(w in t for w in _PLAN_WORDS) and "。" not in t and "，" not in t), "")  # fmt: skip
    sample = _BLANKS.sub("", plain[:200_000])
    start, horizon = _period(title, _BLANKS.sub("", " ".join(head)[:4000]), sample)
    dates = [int(y) for y in _DATE.findall(" ".join(head) + " ".join(line.text for line in lines[-12:]))]
    numbered = [int(y) for y in _NUMBERED.findall(" ".join(head[:8])) if 1949 <= int(y) <= 2100]
    dated = max(dates, default=numbered[0] if numbered else None)
    guessed = not (
        _PERIOD.search(title) or _FIVE.search(title) or _FIVE.search(" ".join(head)[:4000]) or _NTH.search(title)
    )
    told = re.search(r"截[至止]到?((?:19|20)\d{2})年", sample) if guessed else None
    if guessed and (dated or told):
        start = None
    base = start - 1 if start else int(told[1]) if told else dated - 1 if dated else None
    if horizon is None and dated:
        horizon = (dated // 5 + 1) * 5
    region = _region(title, head, plain)
    return Frame(title, region, start, horizon, base, dated, bool(_CONDITIONS.search(title)))


def _ordinal(words: str) -> str:
    """Which five-year plan is named: “十四五 → 十四."""
    return words.strip('“"「').removesuffix("五").rstrip("·.")


def _period(title: str, head: str, sample: str) -> tuple[int | None, int | None]:
    for place in (_CN_YEAR.sub(lambda m: m[0].translate(_CN_DIGITS), title), head):
        for found in _PERIOD.finditer(place):
            start, end = int(found[1]), int(found[2])
            if (0 if place is not head else 2) < end - start <= 20:
                return start, end
        if nth := [FIVE_YEARS[f] for f in _NTH.findall(place) if f in FIVE_YEARS]:
            return nth[0] - 4, nth[0]
        if fives := [FIVE_YEARS[f] for f in map(_ordinal, _FIVE.findall(place)) if f in FIVE_YEARS]:
            end = Counter(fives).most_common(1)[0][0]
            return end - 4, end
    years = Counter(int(y) for y in _TO_YEAR.findall(sample))
    years.update(int(y.translate(_CN_DIGITS)) for y in _TO_CN.findall(sample))
    if not years:
        return None, None
    horizon = years.most_common(1)[0][0]
    first = (horizon - 1) // 5 * 5 + 1
    return first, horizon


def _region(title: str, head: list[str], plain: str) -> str:
    if _NATIONAL.match(title):
        return "全国"
    if found := _OWN.match(title):
        return found["c"]
    for place in (title, *(h for h in head[:25] if len(h) <= 40 and "《" not in h and "，" not in h)):
        if found := _CITY.search(place):
            return found["c"]
        if (found := _REGION.search(place)) and (found["s"] or place is title):
            return found["p"] + (found["s"] or MUNICIPAL.get(found["p"], "省"))
    sample = plain[:60_000]
    cities = Counter(m["c"] for m in _CITY_ANY.finditer(sample))
    national, provincial, municipal = (sample.count(w) for w in ("全国", "全省", "全市"))
    if municipal > max(national, provincial) and cities:
        return cities.most_common(1)[0][0]
    provinces = Counter(m["p"] + (m["s"] or MUNICIPAL.get(m["p"], "省")) for m in _REGION.finditer(sample))
    our_province = provincial + sample.count("我省") + sample.count("省内")
    if our_province > max(2, national / 2) and provinces:
        return provinces.most_common(1)[0][0]
    return "全国"
