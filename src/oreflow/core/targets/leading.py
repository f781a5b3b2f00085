"""Leading industries of parks against the number that the plan allows."""

from __future__ import annotations

from fractions import Fraction

from oreflow.core.provenance import Finding, FindingClass, Text
from oreflow.core.region import Area, Form, Region, Target

from .cells import areas_around
from .printed import printed_form
from .wording import joined

INDICATOR = "leading-industries"


def check_leading(region: Region) -> tuple[Finding, ...]:
    """No park lists more leading industries than a cap on `leading-industries` around it allows."""
    caps = [
        t
        for t in sorted(region.targets.values(), key=lambda t: t.id)
        if t.indicator == INDICATOR and t.form is Form.CAP and t.value is not None
    ]
    return tuple(
        _judge(area, cap)
        for cap in caps
        for area in sorted(region.areas.values(), key=lambda a: a.id)
        if area.leading and (area.id == cap.area or cap.area in areas_around(region, area.id))
    )


def _judge(area: Area, cap: Target) -> Finding:
    count, limit = Fraction(len(area.leading)), cap.value.value if cap.value else Fraction(0)
    over = count > limit
    listed = joined(area.leading)
    allowed = Text(printed_form(cap, "zh"), printed_form(cap, "en"))
    return Finding(
        code=f"leading.{area.id}",
        check="leading",
        kind=FindingClass.CONFLICT if over else FindingClass.HOLDS,
        title=Text(
            f"{area.name.zh}列主导产业 {count} 个，规划原则为 {allowed.zh}。",
            f"{area.name.en} lists {count} leading industries; the plan allows {allowed.en}.",
        ),
        detail=Text(f"{listed.zh}。", f"{listed.en}."),
        cells=(cap.id,),
        sources=tuple(dict.fromkeys(s for s in (area.source, cap.source) if s is not None)),
        found=count,
        expected=limit,
        unit=cap.value.unit.symbol if cap.value else "",
    )
