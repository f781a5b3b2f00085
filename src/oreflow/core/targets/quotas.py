"""Rare-earth allotments: do batches, ore types and groups add up, and do they keep the plan's caps?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from oreflow.core.provenance import Finding, FindingClass, Mark, Text, weakest
from oreflow.core.quantity import Quantity
from oreflow.core.region import Comparator, Form, Quota, Region, Target

from .printed import printed_form
from .wording import joined, label_of_target, quantity_text

# allotments of the whole nation stand under these indicators in plans
_CAPPED = {"re-mining": "mining", "re-separation": "separation"}
_KIND = {"mining": Text("开采", "mining"), "separation": Text("冶炼分离", "separation")}
_ALL, _FULL = "all", "full"
_UNIT = "t"


def check_quota_batches(region: Region) -> tuple[Finding, ...]:
    """The batches of a year add to the allotment of the whole year."""
    findings = []
    for year, kind in _years(region):
        full = _national(region, year, kind, _FULL)
        parts = _covering(region, year, kind)
        if full is not None and parts:
            findings.append(_judge_sum("batches", full, parts))
    return tuple(findings)


def check_quota_ores(region: Region) -> tuple[Finding, ...]:
    """Rock and ion-adsorption ores add to the allotment of their batch."""
    findings = []
    for whole in _sorted(q for q in region.quotas if q.scope == "national" and q.ore_type == _ALL):
        parts = _sorted(
            q for q in region.quotas if q.scope == "national" and q.ore_type != _ALL and _key(q) == _key(whole)
        )
        if parts:
            findings.append(_judge_sum("ores", whole, parts))
    return tuple(findings)


def check_quota_groups(region: Region) -> tuple[Finding, ...]:
    """Allotments of groups stay inside that of the nation in the same batch."""
    findings = []
    for whole in _sorted(q for q in region.quotas if q.scope == "national" and q.ore_type == _ALL):
        parts = _sorted(q for q in region.quotas if q.scope == "group" and _key(q) == _key(whole))
        if parts:
            findings.append(_judge_groups(whole, parts))
    return tuple(findings)


def check_quota_caps(region: Region) -> tuple[Finding, ...]:
    """Published allotments of a year keep the cap that a plan sets for it."""
    findings = []
    for target in sorted(region.targets.values(), key=lambda t: t.id):
        kind = _CAPPED.get(target.indicator)
        if kind is None or target.form is not Form.CAP or target.value is None:
            continue
        if region.areas[target.area].kind != "nation":
            continue
        full = _national(region, target.year, kind, _FULL)
        if full is not None:
            findings.append(_judge_cap(region, target, full, target.value))
    return tuple(findings)


def _years(region: Region) -> list[tuple[int, str]]:
    return sorted({(q.year, q.kind) for q in region.quotas})


def _key(quota: Quota) -> tuple[int, str, str]:
    return quota.year, quota.kind, quota.batch


def _sorted(quotas: Iterable[Quota]) -> list[Quota]:
    return sorted(quotas, key=lambda q: (q.year, q.kind, q.batch, q.ore_type, q.holder.en))


def _national(region: Region, year: int, kind: str, batch: str) -> Quota | None:
    found = [
        q
        for q in region.quotas
        if (q.year, q.kind, q.batch, q.scope, q.ore_type) == (year, kind, batch, "national", _ALL)
    ]
    return found[0] if found else None


def _covering(region: Region, year: int, kind: str) -> list[Quota]:
    """Batches that cover 1 … n once each (`1+2` covers two); empty where some are not published."""
    batches = [
        q
        for q in region.quotas
        if (q.year, q.kind, q.scope, q.ore_type) == (year, kind, "national", _ALL) and q.batch != _FULL
    ]
    chosen: list[Quota] = []
    covered: set[str] = set()
    for quota in sorted(batches, key=lambda q: (-len(q.batch.split("+")), q.batch)):
        numbers = set(quota.batch.split("+"))
        if not numbers & covered:
            chosen.append(quota)
            covered |= numbers
    complete = covered == {str(n) for n in range(1, len(covered) + 1)} and len(covered) > 1
    return _sorted(chosen) if complete else []


def _tonnes(quota: Quota) -> Fraction:
    return quota.amount.value_in(_UNIT)


def _shown(value: Fraction) -> Text:
    return quantity_text(Quantity(value), 4, strip=True)


def _name(quota: Quota) -> Text:
    kind = _KIND.get(quota.kind, Text(quota.kind, quota.kind))
    if quota.batch == _FULL:
        return Text(f"{quota.year} 年全国稀土{kind.zh}指标", f"{quota.year} national rare-earth {kind.en} allotment")
    return Text(
        f"{quota.year} 年第 {quota.batch} 批全国稀土{kind.zh}指标",
        f"{quota.year} national rare-earth {kind.en} allotment, batch {quota.batch}",
    )


def _id(quota: Quota) -> str:
    holder = _holder(quota).en
    return ".".join(filter(None, ("quota", str(quota.year), quota.batch, quota.kind, quota.ore_type, holder)))


def _holder(quota: Quota) -> Text:
    """The group's name; where one language is missing the other serves both."""
    return Text(quota.holder.zh or quota.holder.en, quota.holder.en or quota.holder.zh)


def _rows(whole: Quota, parts: list[Quota]) -> Text:
    terms = " + ".join(_shown(_tonnes(p)).zh for p in parts)
    total = _shown(sum((_tonnes(p) for p in parts), Fraction(0))).zh
    printed = _shown(_tonnes(whole)).zh
    made = f"{terms} = {total}" if len(parts) > 1 else total
    return Text(f"{made} 吨 REO，公布 {printed} 吨", f"{made} t REO, published {printed} t")


def _finding(check: str, kind: FindingClass, title: Text, detail: Text, whole: Quota, parts: list[Quota]) -> Finding:
    return Finding(
        code=f"quota-{check}.{whole.year}.{whole.batch}.{whole.kind}",
        check=f"quota-{check}",
        kind=kind,
        title=title,
        detail=detail,
        cells=(_id(whole), *(_id(p) for p in parts)),
        found=_tonnes(whole),
        expected=sum((_tonnes(p) for p in parts), Fraction(0)),
        unit=_UNIT,
        mark=weakest(q.mark for q in (whole, *parts)),
    )


def _judge_sum(check: str, whole: Quota, parts: list[Quota]) -> Finding:
    gap = sum((_tonnes(p) for p in parts), Fraction(0)) - _tonnes(whole)
    name, rows = _name(whole), _rows(whole, parts)
    what = {"batches": Text("各批次", "batches"), "ores": Text("各矿种", "ore types")}[check]
    if gap == 0:
        title = Text(f"{name.zh}：{what.zh}之和与总数一致。", f"{name.en}: the {what.en} add to the whole.")
        return _finding(check, FindingClass.HOLDS, title, Text(f"{rows.zh}。", f"{rows.en}."), whole, parts)
    shown = _shown(abs(gap)).zh
    rounded = any(q.mark is Mark.PAGE_ROUNDED for q in (whole, *parts))
    return _finding(
        check,
        FindingClass.INFORMATION if rounded else FindingClass.ERROR,
        Text(f"{name.zh}：{what.zh}之和与总数相差 {shown} 吨。", f"{name.en}: the {what.en} differ by {shown} t."),
        Text(f"{rows.zh}。请核对公告原文。", f"{rows.en}. Check the notices."),
        whole,
        parts,
    )


def _judge_groups(whole: Quota, parts: list[Quota]) -> Finding:
    total = sum((_tonnes(p) for p in parts), Fraction(0))
    name, rows = _name(whole), _rows(whole, parts)
    over = total > _tonnes(whole)
    names = joined(list(dict.fromkeys(_holder(p) for p in parts)))
    if over:
        title = Text(f"{name.zh}：各集团合计超出全国总数。", f"{name.en}: the groups together exceed the nation.")
    elif not _tonnes(whole):
        title = Text(f"{name.zh}为 0，不计各集团占比。", f"{name.en} is zero: the groups have no share of it.")
    else:
        share = quantity_text(Quantity(total / _tonnes(whole) * 100), 2, strip=True)
        title = Text(
            f"{name.zh}：已知各集团合计占 {share.zh}%。",
            f"{name.en}: the known groups hold {share.en}% of it.",
        )
    return _finding(
        "groups",
        FindingClass.ERROR if over else FindingClass.INFORMATION,
        title,
        Text(f"{names.zh}：{rows.zh}。", f"{names.en}: {rows.en}."),
        whole,
        parts,
    )


def _judge_cap(region: Region, target: Target, quota: Quota, cap: Quantity) -> Finding:
    limit, issued = cap.value_in(_UNIT), _tonnes(quota)
    strict = target.comparator is Comparator.LESS
    over = issued > limit or (strict and issued == limit)
    what, name = label_of_target(region, target), _name(quota)
    forms = Text(printed_form(target, "zh"), printed_form(target, "en"))
    shown = _shown(issued).zh
    used = quantity_text(Quantity(issued / limit * 100), 1) if limit else None
    part = Text(f"占 {used.zh}%", f"{used.en}% of it") if used else Text("上限为 0", "The cap is zero")
    sure = Text(
        "" if quota.mark < Mark.MEMORY else "，指标数未经核对公告",
        "" if quota.mark < Mark.MEMORY else "; the allotment is not checked against the notice",
    )
    return Finding(
        code=f"quota-cap.{target.id}",
        check="quota-cap",
        kind=FindingClass.CONFLICT if over else FindingClass.INFORMATION,
        title=Text(
            f"{what.zh} {forms.zh}，{name.zh}为 {shown} 吨，{'超出' if over else '在其内'}。",
            f"{what.en}, {forms.en}: the {name.en}, {shown} t, {'exceeds' if over else 'keeps'} it.",
        ),
        detail=Text(
            f"{part.zh}{sure.zh}。指标按 REO 计，规划未注明是否折 REO。",
            f"{part.en}{sure.en}. Allotments count REO; the plan does not say so.",
        ),
        cells=(target.id, _id(quota)),
        sources=(target.source,),
        found=issued,
        expected=limit,
        unit=_UNIT,
        mark=quota.mark,
    )
