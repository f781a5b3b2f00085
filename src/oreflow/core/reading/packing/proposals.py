"""A statement in a region's terms: area, indicator, form, comparator, value, unit, years, with what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from oreflow.core.provenance import Text
from oreflow.core.quantity import QuantityError, unit
from oreflow.core.region import Indicator, Region

from . import matching
from .model import Around, Proposal
from .plain import number_text, read_number

_FORMS = {">=": "floor", ">": "floor", "<=": "cap", "<": "cap", "rate": "average-growth",
          "cumulative": "cumulative", "change": "change"}  # fmt: skip
_DECIMAL = re.compile(r"\d{1,20}\.(\d{1,10})", re.ASCII)
_MOVING = ("rate", "cumulative", "change")
_BINDINGS = {"约束性": "binding", "预期性": "expected", "binding": "binding", "expected": "expected"}


def propose(
    values: Mapping[str, Any], region: Region, around: Around | None = None, *, quote: str = "", confidence: float = 1.0
) -> Proposal:
    """What a statement would be in the register of targets.

    Parameters
    ----------
    values
        A statement as plain values (`statement_values`).
    region
        Whose areas, indicators and products are looked at; what it lacks is proposed as new.
    around
        The document's own area and years, for what the statement leaves out.
    quote
        The words of the text, kept as printed.
    """
    around = around or Around()
    values = _placed(values, region, around)
    doubts: list[Text] = []
    area, place = _area(values, region, around, doubts)
    indicator = _indicator(values, region, doubts)
    known = region.indicators.get(indicator.id)
    value, upper, unit_text, refusal = _amount(values, known)
    kind, refused_kind = _kind(values)
    year, from_year = _years(values, around, kind, doubts)
    form, comparator = _form(values)
    subject = _bare_subject(values)
    name = known.name.zh if known else _new_name(subject)
    basis = matching.basis_for(subject, str(values.get("unit") or ""), known)
    match = min(area.score or 1.0, indicator.score or 1.0)
    new = (1.0 if area.id else 0.8) * (1.0 if indicator.id else 0.8)
    return Proposal(
        kind=kind, area=area.id or matching.slug(place, region.areas), area_name=place,
        indicator=indicator.id or matching.slug(name, region.indicators), indicator_name=name,
        form=form, comparator=comparator, value=value, upper=upper, unit=unit_text, basis=basis.words,
        from_year=from_year, year=year, binding=_BINDINGS.get(str(values.get("binding") or ""), "unsaid"),
        base=_base(region, area.id, indicator.id, from_year or around.base, kind), printed=quote[:200],
        decimals=max(_decimals(value), _decimals(upper), _printed_decimals(quote, value)), new_area=not area.id,
        new_indicator=not indicator.id,
        product=known.product if known else _product(region, name), within=matching.home_of(region, around.region),
        confidence=round(confidence * match * new, 3), match=match, doubts=tuple(doubts),
        refusal=refused_kind or refusal,
    )  # fmt: skip


def _area(values: Mapping[str, Any], region: Region, around: Around, doubts: list[Text]) -> tuple[matching.Match, str]:
    """The area that a statement speaks of, and its name; the document's place where the region has none."""
    home = matching.home_of(region, around.region)
    scope = str(values.get("scope") or around.region)
    if not home and around.region and not matching.is_place(scope):
        scope = around.region
    found = matching.match_area(region, scope, home)
    if not found.id and not scope:
        found = matching.Match(next(iter(region.areas)), 0.4)
    if not found.id:
        doubts.append(
            Text(
                f"本区域没有“{scope}”，将作为新的范围加入。", f"The region has no “{scope}”; it is added as a new area."
            )
        )
        return found, scope
    name = region.areas[found.id].name
    if found.score < 0.9:
        doubts.append(Text(f"“{scope}”按“{name.zh}”理解，请核对。", f"“{scope}” is taken for {name.en}: check it."))
    return found, name.zh


def _indicator(values: Mapping[str, Any], region: Region, doubts: list[Text]) -> matching.Match:
    subject, unit_text = _bare_subject(values), str(values.get("unit") or "")
    growth = values.get("comparator") == "rate"
    asked = f"{subject.removesuffix('年').removesuffix('年均')}增速" if growth else subject
    found = matching.match_indicator(region, asked, unit_text, growth=growth)
    if not found.id:
        doubts.append(
            Text(
                f"本区域没有指标“{subject}”，将新增一项。",
                f"The region has no indicator “{subject}”; a new one is added.",
            )
        )
    elif found.score < 0.95 or found.rivals:
        near = "、".join(region.indicators[k].name.zh for k in (found.id, *found.rivals))
        doubts.append(Text(f"“{subject}”与指标“{near}”相近，请核对。", f"“{subject}” resembles: {near}. Check which."))
    return found


def _placed(values: Mapping[str, Any], region: Region, around: Around) -> Mapping[str, Any]:
    """The statement with a place that its subject begins with as its scope, where it has none of its own."""
    subject, scope = str(values.get("subject") or ""), str(values.get("scope") or "")
    if scope not in ("", around.region, "全国"):
        return values
    place = matching.leading_area(region, subject)
    return {**values, "scope": place, "subject": subject.removeprefix(place)} if place else values


def _bare_subject(values: Mapping[str, Any]) -> str:
    """The subject without the place that its scope names already, and without what stands in brackets about it."""
    subject, scope = str(values.get("subject") or ""), str(values.get("scope") or "")
    if scope and subject.startswith(scope) and len(subject) > len(scope) + 1:
        subject = re.sub(r"^（[^）]{1,8}）", "", subject.removeprefix(scope))
    return subject


def _new_name(subject: str) -> str:
    """What a new indicator is called: the subject as read."""
    return subject.strip(" ，、。：:的") or "未命名"


def _amount(values: Mapping[str, Any], known: Indicator | None) -> tuple[str, str, str, Text | None]:
    """Value, upper end and unit as the register keeps them, or why they cannot be kept."""
    try:
        low, high = read_number(values["low"]), read_number(values["high"])
    except (KeyError, ValueError):
        return "", "", "", Text("数值无法识别。请更正后再采纳。", "The figure cannot be read. Correct it first.")
    if values.get("comparator") == "change" and values.get("direction") == "down":
        low, high = -abs(high), -abs(low)
    written = str(values.get("unit") or "")
    found = matching.unit_for(written, known)
    if found is None:
        return number_text(low), "", written, Text(
            f"单位“{written}”无法识别。请改为已知单位，如 万吨、%、亿元。",
            f"The unit “{written}” is not known. Give a known one, such as 万吨, % or 亿元.",
        )  # fmt: skip
    unit_text = found.symbol
    if known is None and written.endswith(("/年", "/a")):
        unit_text = matching.yearless(written)
    texts = number_text(low), number_text(high) if high != low else ""
    inexact = [t for t in texts if "/" in t]
    said = Text(
        f"{inexact[0]} 不是有限小数，不能作为登记值。请按原文更正。",
        f"{inexact[0]} is no finite decimal, which the register needs. Correct it after the text.",
    ) if inexact else None  # fmt: skip
    return *texts, unit_text, said


def _kind(values: Mapping[str, Any]) -> tuple[str, Text | None]:
    kind = str(values.get("kind") or "")
    if kind == "other":
        return "target", Text(
            "这一数值不是目标、现状或门槛（例如项目规模）。如确属目标，请先更正类别。",
            "This figure is no target, actual value or threshold (a project's size, say). Correct its kind first.",
        )
    return kind, None


def _form(values: Mapping[str, Any]) -> tuple[str, str]:
    """Form and comparator: a moving form keeps the bound inside it."""
    comparator = str(values.get("comparator") or "=")
    if comparator not in _MOVING:
        return _FORMS.get(comparator, "level"), comparator
    ranged = values.get("low") != values.get("high")
    return _FORMS[comparator], "between" if ranged else str(values.get("bound") or "=")


def _years(values: Mapping[str, Any], around: Around, kind: str, doubts: list[Text]) -> tuple[int | None, int | None]:
    """The year of the figure and, for what moves, the year that it moves from."""
    year = values.get("year")
    if year is None:
        year = around.base if kind == "actual" else around.horizon
        if year is not None:
            doubts.append(Text(f"原文未写年份，按 {year} 年。", f"The text gives no year; {year} is taken."))
    elif values.get("year_inherited"):
        doubts.append(Text(f"{year} 年承上文或标题而来。", f"The year {year} comes from the context or a heading."))
    from_year = None
    if values.get("comparator") in _MOVING:
        base = around.base if kind != "actual" or year != around.base else None
        from_year = base if base is not None and (year is None or base < year) else (year - 5 if year else None)
    return year, from_year


def _base(region: Region, area: str, indicator: str, year: int | None, kind: str) -> str:
    """The figure of the region that a target starts from."""
    if kind != "target" or year is None:
        return ""
    found = (f.id for f in region.figures.values() if (f.area, f.indicator, f.year) == (area, indicator, year))
    return next(found, "")


def _product(region: Region, name: str) -> str:
    """The material that a new indicator's name is, if any."""
    core = matching.core_of(name)
    for key, material in region.library.materials.items():
        if core == matching.folded(material.name.zh):
            return key
    return ""


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _printed_decimals(quote: str, value: str) -> int:
    """Decimals that the words print of a value, zeros at the end included: they say how it was rounded."""
    for found in _DECIMAL.finditer(quote):
        if value and "/" not in value and Decimal(found[0]) == abs(Decimal(value)):
            return len(found[1])
    return 0


def with_changes(proposal: Proposal, given: Mapping[str, Any], region: Region) -> Proposal:
    """The proposal with what a person set instead, checked against the region.

    Raises
    ------
    ValueError
        Never: what cannot stand comes back as `refusal`.
    """
    from dataclasses import fields, replace

    known = {f.name for f in fields(Proposal)}
    changes: dict[str, Any] = {k: v for k, v in given.items() if k in known}
    for key in ("year", "from_year"):
        if key in changes:
            changes[key] = int(changes[key]) if str(changes[key] or "").strip().isdigit() else None
    changed = replace(proposal, **changes, refusal=None)
    if "value" in changes or "upper" in changes:
        changed = replace(changed, decimals=max(_decimals(str(changed.value)), _decimals(str(changed.upper))))
    return replace(
        changed, new_area=changed.area not in region.areas, new_indicator=changed.indicator not in region.indicators,
        refusal=problem_of(changed, region) or _kept_refusal(proposal, changes, region),
    )  # fmt: skip


def _kept_refusal(proposal: Proposal, changes: Mapping[str, Any], region: Region) -> Text | None:
    """What was refused stays refused unless what it was refused for was set anew."""
    of_its_own = proposal.refusal is not None and proposal.refusal != problem_of(proposal, region)
    return proposal.refusal if of_its_own and not {"kind", "value", "unit"} & set(changes) else None


def problem_of(proposal: Proposal, region: Region) -> Text | None:
    """Why a proposal cannot stand in a region, if it cannot."""
    try:
        given = unit(proposal.unit) if proposal.unit else None
    except QuantityError as error:
        return Text(error.zh, error.en)
    known = region.indicators.get(proposal.indicator)
    if known is None or given is None:
        return None
    wanted = unit(known.unit)
    points = {given.zh, wanted.zh} <= {"%", "个百分点"}
    if given.dimension == wanted.dimension or points or proposal.form in ("average-growth", "change"):
        return None
    return Text(
        f"单位“{given.zh}”与指标“{known.name.zh}”的单位“{wanted.zh}”不能换算。请改单位或另选指标。",
        f"The unit {given.zh} does not convert to {wanted.zh}, the unit of {known.name.en}."
        " Change the unit or choose another indicator.",
    )


def fraction_of(text: str) -> Fraction | None:
    """A value as kept, exact; None for none."""
    return Fraction(Decimal(text)) if text else None
