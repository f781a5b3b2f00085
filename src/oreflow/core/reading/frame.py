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
    "公报",
    "通报",
    "公告",
    "报告",
    "情况",
    "分析",
    "总结",
    "简报",
    "设想",
    "要点",
    "决定",
    "标准",
    "汇报",
    "通告",
)
_PERIOD = re.compile(r"((?:19|20)\d{2})年?\s{0,2}[—–－\-~至到一]{1,2}\s{0,2}((?:19|20)\d{2})\s{0,2}年")
_IN_TITLE = re.compile(r"((?:19|20)\d{2})年?\s{0,2}[—–－\-~至到一]{1,2}\s{0,2}((?:19|20)\d{2})(?![\d.])")
_FIVE = re.compile(
    r"[“\"「](?:十[一二三四五六]?|[一二三四五六七八九])[·.]?五(?=[”\"」])"
    r"|(?:十[一二三四五六]?|[一二三四五六七八九])[·.]?五(?=时期|期间|规划|末|计划|工业|发展|国民|产业|以来)"
)
_NTH = re.compile(r"第([一二三四五六七八九十]{1,3})个五年(?:计划|规划)")
_TO_CN = re.compile(r"到([一二]九[一二三四五六七八九〇○零]{2}|二[〇○零][〇○零一二三四五六七八九]{2})年")
_CN_YEAR = re.compile(r"[一二][九〇○零][一二三四五六七八九〇○零]{2}(?=年|[—–－\-~至到]{1,2}[一二][九〇○零])")
_CN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_BLANKS = re.compile(r"[ \u3000\u200b]+")
_NUMBERED = re.compile(r"(?:[〔\[（](?=\d{4}[〕\]）])|(?=\d{4}年第))((?:19|20)\d{2})(?:[〕\]）]|年第)\s?\d{1,4}\s?号")
_DATE = re.compile(
    r"((?:19|20)\d{2})\s{0,2}年\s{0,2}\d{1,2}\s{0,2}月\s{0,2}\d{1,2}\s{0,2}日(?!\s?(?:前|以前|之前|止|至))"
)
_TO_YEAR = re.compile(r"到\s{0,2}((?:19|20)\d{2})\s{0,2}年")
_REGION = re.compile(rf"(?P<p>{'|'.join(PROVINCES)})(?P<s>省|市|自治区|壮族自治区|回族自治区|维吾尔自治区)?")
_CITY = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<c>[\u4e00-\u9fff]{2,6}?(?:自治州|市))(?=[^，。；]{0,25}(?:规划|方案|意见|纲要))"
)
_NATIONAL = re.compile(r"工业和信息化部|国务院|国家|中华人民共和国|财政部|自然资源部|商务部|中共中央|全国")
_NAMED_PROVINCE = re.compile(
    r"(?:^|[\s，。；])(?P<c>(?!我|全|各|本|外|该|两)[\u4e00-\u9fff]{2,3}(?<![我全各本外该两])省)(?!份|级|委|会|内|市)"
)
_ABOUT = re.compile(
    r"^.{0,24}?关于(?:印发|下达|发布|转发|公布)?《?(?:(?:促进|加快|推进|推动|支持|加强|做好|进一步|大力|培育|发展|规范|全面|扶持)){0,3}"
)
_OWN = re.compile(
    r"(?P<c>[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|市|县|盟|旗|(?<=.)州(?![市省])))(?![^，。；]{0,3}场)"
)
_CITY_ANY = re.compile(r"《?(?P<c>[\u4e00-\u9fff]{2,4}?(?:自治州|市|县))(?=国民经济|“十|产业|工业)")
_CONDITIONS = re.compile(
    r"(?:准入|规范|入园|入区|入驻|进区|建设|生产)条件|条件(?:（[^）]{1,20}）)?$|负面清单|准入标准|准入公告|淘汰.{0,8}目录|结构调整指导目录|规范公告"
)


_FACTS = re.compile(
    r"公报|运行(?:情况|分析|通报|报告|简报)|统计(?:分析|简报|报告|月报)|年报|工作总结|完成情况(?:的?(?:通报|报告))?$|情况的?(?:汇报|报告|通报)$"
)
_TITLE_YEAR = re.compile(r"((?:19|20)\d{2})年(?!前(?![一二三四五六七八九十\d]))")
_PERIOD_LAST = re.compile(r"(?:19|20)\d{2}年?$|[一二][九〇○零][一二三四五六七八九〇○零]{2}年$")
_PERIOD_LINE = re.compile(r"（?[12一二]\S{3}年?[—–－\-~至到一]{1,2}[12一二]\S{3}年?）?")
_EFFORT = re.compile(
    r"(?:通过|经过|用|力争用|利用)([一二三四五六七八1-8])(?:[至到\-—~][二三四五六2-6])?年(?:左右)?(?:时间)?(?:的)?(?:努力|时间)"
)
_FACT_YEAR = re.compile(r"(?<![到至计争达\d、和])((?:19|20)\d{2})年(?!前|[^，。；]{0,6}(?:有望|预计|力争|将))")
_NEAR = re.compile(r"规划|计划|方案|纲要|期")
_LONGEST_OWN = 40
_BROKEN = re.compile(r"[。，；：！？、]$")
_LONGEST_TITLE = 60
_FIRST_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}[章节条]|前言"
)
_ANNOUNCED = re.compile(r"《[^》]{2,40}》")


def _title(head: Sequence[str]) -> str:
    """The first line that ends like a title, or the first two or three lines that do so together."""
    bare = [re.sub(r"\s", "", h) for h in head]
    for at, first in enumerate(bare):
        joined = first
        for more in range(3):
            if _titled(joined):
                after = bare[at + more + 1] if at + more + 1 < len(bare) else ""
                return joined + after if _PERIOD_LINE.fullmatch(after) else joined
            if _BROKEN.search(joined) or at + more + 1 >= len(bare) or not 4 <= len(joined) <= 40:
                break
            if _FIRST_ITEM.match(bare[at + more + 1]):
                break
            joined += bare[at + more + 1]
    return ""


def _titled(words: str) -> bool:
    return (
        6 <= len(words) <= _LONGEST_TITLE
        and (words.endswith((*_PLAN_WORDS, "）")) or _PERIOD_LAST.search(words) is not None)
        and any(w in words for w in _PLAN_WORDS)
        and "。" not in words
        and "，" not in words
        and not words.startswith(("一、", "（", "第一"))
    )


def frame_of(lines: Sequence[Line], plain: str) -> Frame:
    """The frame, from the first lines, the date line and the years that targets name."""
    head = [line.text for line in lines[:40]]
    title = _title(head)
    sample = _BLANKS.sub("", plain[:200_000])
    start, horizon = _period(title, [_BLANKS.sub("", h[:400]) for h in head], sample)
    dates = [int(y) for y in _DATE.findall(" ".join(head) + " ".join(line.text for line in lines[-12:]))]
    numbered = [int(y) for y in _NUMBERED.findall(" ".join(head[:8])) if 1949 <= int(y) <= 2100]
    dated = max(dates, default=numbered[0] if numbered else None)
    conditions = bool(_CONDITIONS.search(title)) or _announces(title, head)
    region = _region(title, head, plain)
    named = [int(y) for y in _TITLE_YEAR.findall(_arabic_years(title))]
    if _FACTS.search(title):
        told_of = named[-1] if named else dated - 1 if dated else None
        return Frame(title, region, None, None, told_of, dated, conditions, facts=True)
    own = _IN_TITLE.search(_arabic_years(title)) or _FIVE.search(title) or _NTH.search(title)
    guessed = not (own or _FIVE.search(" ".join(head)[:4000]))
    if named and not own and not conditions:
        start, horizon = (named[-1], named[-1]) if dated is None or named[-1] <= dated + 1 else (None, named[-1])
        guessed = start is None
    told = re.search(r"截[至止]到?((?:19|20)\d{2})年", sample) if guessed or not own else None
    if guessed and not (dated or told) and start and (last := _last_fact(sample, horizon)):
        start = last + 1
    if guessed and (dated or told):
        start = None
    if told and start and int(told[1]) >= start and not named:
        start = int(told[1]) + 1
    base = start - 1 if start else int(told[1]) if told else dated - 1 if dated else None
    if dated and not own and (effort := _EFFORT.search(sample)):
        horizon = dated + int(effort[1].translate(_CN_DIGITS))
    if horizon is None and dated:
        horizon = (dated // 5 + 1) * 5
    return Frame(title, region, start, horizon, base, dated, conditions, guessed=not (own or named or conditions))


def _announces(title: str, head: Sequence[str]) -> bool:
    """Whether an announcement makes entry conditions known that stand below it."""
    if not title.endswith(("公告", "通告")):
        return False
    return any(_CONDITIONS.search(m[0].strip("《》")) for line in head[:12] for m in _ANNOUNCED.finditer(line))


def _arabic_years(words: str) -> str:
    return _CN_YEAR.sub(lambda m: m[0].translate(_CN_DIGITS), words)


def _ordinal(words: str) -> str:
    """Which five-year plan is named: “十四五 → 十四."""
    return words.strip('“"「').removesuffix("五").rstrip("·.")


def _last_fact(sample: str, horizon: int | None) -> int | None:
    """The last year that the text names without aiming at it."""
    found = [int(m[1]) for m in _FACT_YEAR.finditer(sample)]
    return max((y for y in found if horizon is None or y < horizon), default=None)


def _planned(line: str, found: re.Match[str]) -> bool:
    """Whether a period is the document's own: alone in a short line, or beside 规划, 计划 …"""
    return len(line) <= _LONGEST_OWN or bool(_NEAR.search(line[max(0, found.start() - 8) : found.end() + 8]))


def _period(title: str, lines: Sequence[str], sample: str) -> tuple[int | None, int | None]:
    for place, shortest in ((_arabic_years(title), 0), *((line, 2) for line in lines)):
        for found in (_PERIOD if shortest else _IN_TITLE).finditer(place):
            start, end = int(found[1]), int(found[2])
            if shortest < end - start <= 20 and (not shortest or _planned(place, found)):
                return start, end
    head = " ".join(lines)[:4000]
    for place in (title, head):
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
    if found := _OWN.match(_ABOUT.sub("", title) if title.startswith("关于") else title):
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
    if our_province > 1 and not provinces and (named := _NAMED_PROVINCE.search(sample)):
        return named["c"]
    return "全国"
