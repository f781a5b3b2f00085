"""Lists of names that documents print: is one thing named twice?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from oreflow.core.provenance import Finding, FindingClass, Text
from oreflow.core.region import Figure, Form, Member, Region, Target

from .wording import capital, joined

# legal forms say nothing about which firm it is
_FORMS = ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "公司", "集团")
# trades that a short name leaves out: 德昌志能 is 德昌志能稀土
_TRADES = (
    "稀土", "钒钛", "钛业", "钒业", "钢铁", "矿业", "铁钛", "锰业", "铝业", "磁材", "磁体",
    "科技", "新材料", "材料", "实业", "工业", "产业", "控股", "化工",
)  # fmt: skip


def check_duplicates(region: Region) -> tuple[Finding, ...]:
    """Names of one list that are the same, or the same but for a legal form or a trade at the end.

    A near-duplicate is information, not an error: two firms may bear almost the same name.
    """
    lists: dict[tuple[str, str, str], list[Member]] = {}
    for member in sorted(region.members, key=lambda m: (m.source.document, m.area, m.indicator, m.number)):
        lists.setdefault((member.indicator, member.area, member.source.document), []).append(member)
    return tuple(_judge(region, key, members) for key, members in lists.items())


def near(one: str, other: str) -> bool:
    """Whether two names differ by nothing but legal forms and, on one side, a trade at the end."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return short == long or (len(short) > 1 and long in {short + trade for trade in _TRADES})


def _bare(name: str) -> str:
    """The name without blanks and its legal form."""
    plain = "".join(name.split())
    for form in _FORMS:
        if plain.endswith(form) and len(plain) > len(form) + 1:
            return plain.removesuffix(form)
    return plain


def _doubles(members: list[Member]) -> Iterator[tuple[Member, Member]]:
    return ((a, b) for a, b in combinations(members, 2) if near(a.name.zh, b.name.zh))


def _judge(region: Region, key: tuple[str, str, str], members: list[Member]) -> Finding:
    indicator, area, document = key
    pairs = list(_doubles(members))
    distinct = len(members) - len({later.number for _, later in pairs})
    what, where = region.indicators[indicator].name, region.areas[area].name
    unit = region.indicators[indicator].unit
    subject = Text(f"{where.zh}{what.zh}名单", f"the list of {what.en}, {where.en}")
    if pairs:
        same, count = _pairs(pairs), len(members)
        title = Text(
            f"{subject.zh}列 {count} {unit}，实为 {distinct} {unit}：{same.zh}重复。",
            f"{capital(subject.en)}, names {count}, of which {distinct} differ: {same.en} look the same.",
        )
        detail = Text(
            "名称只差企业形式或行业字样，可能是同一个。请核对原文，确认是否重复列入。",
            "The names differ by a legal form or a trade only and may be one and the same. Check the text.",
        )
    else:
        title = Text(
            f"{subject.zh}列 {len(members)} {unit}，无重复。",
            f"{capital(subject.en)}, names {len(members)}, all different.",
        )
        rows = joined([m.name for m in members])
        detail = Text(f"{rows.zh}。", f"{capital(rows.en)}.")
    return Finding(
        code=f"duplicates.{indicator}.{area}.{document}",
        check="duplicates",
        kind=FindingClass.INFORMATION if pairs else FindingClass.HOLDS,
        title=title,
        detail=detail,
        cells=_counts(region, key),
        sources=tuple(dict.fromkeys(m.source for m in members)),
        found=Fraction(len(members)),
        expected=Fraction(distinct),
        unit=unit,
    )


def _pairs(pairs: list[tuple[Member, Member]]) -> Text:
    return joined(
        [
            Text(f"“{a.name.zh}”（第 {a.number} 个）与“{b.name.zh}”（第 {b.number} 个）",
                 f"“{a.name.en}” (no. {a.number}) and “{b.name.en}” (no. {b.number})")
            for a, b in pairs
        ]
    )  # fmt: skip


def _counts(region: Region, key: tuple[str, str, str]) -> tuple[str, ...]:
    """The targets and figures that print how many the list holds."""
    indicator, area, document = key
    stated = (t for t in region.targets.values() if t.form in (Form.LEVEL, Form.FLOOR, Form.CAP))
    cells: tuple[Figure | Target, ...] = (*region.figures.values(), *stated)
    return tuple(sorted(c.id for c in cells if (c.indicator, c.area, c.source.document) == (indicator, area, document)))
