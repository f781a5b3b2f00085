"""The stoichiometric guard: refuses rows that no process can obey and lists the doubtful ones.

It recomputes every element balance, recovery and formula of a library, its own or an imported one;
see closure.py for the method and its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from oreflow.core.provenance import Finding, FindingClass, Mark, Text, weakest

from .closure import (
    AIR_WORD,
    ASSAY_REO,
    GROUND_WORD,
    TOLERANCE,
    WATER_WORD,
    Closure,
    ElementBalance,
    RecoveryCheck,
    Span,
    check_process,
    check_recovery,
)
from .convert import REO_OXIDES, reo_factor
from .errors import MaterialsError
from .formula import mass_fractions
from .model import Library, Material, Process
from .weights import SYMBOLS

_TYPING = Fraction(1, 2000)
_OUTSIDE = {AIR_WORD, WATER_WORD, GROUND_WORD}


@dataclass(frozen=True, slots=True)
class GuardReport:
    """What the guard says of a library.

    Attributes
    ----------
    refused
        Impossible rows (class error): a library with any of them is not to be taken in.
    doubtful
        Rows to look at (class information): elements created at the stated values though possible
        inside the ranges, elements that are lost on the way because an outlet is not listed,
        recoveries outside their own range, elements that cannot be closed because a content is not
        known.
    clean
        Ids of the processes without any finding.
    balances, recoveries
        Every check that was made, for reading and testing.
    """

    refused: tuple[Finding, ...]
    doubtful: tuple[Finding, ...]
    clean: tuple[str, ...]
    balances: tuple[ElementBalance, ...]
    recoveries: tuple[RecoveryCheck, ...]


def guard(library: Library) -> GuardReport:
    """Check all materials and processes of a library; pure, the library is left as it is."""
    findings = list(check_conversion(library.materials.values()))
    balances: list[ElementBalance] = []
    recoveries: list[RecoveryCheck] = []
    clean = []
    for process in library.processes.values():
        lost = _strangers(process, library.materials)
        if lost:
            findings.append(lost)
            continue
        closed = check_process(process, library.materials)
        recovered = check_recovery(process, library.materials)
        found = [*_process_findings(process, closed), *_recovery_findings(process, recovered)]
        if not found:
            clean.append(process.id)
        findings += found
        balances += closed
        recoveries += recovered
    return GuardReport(
        refused=tuple(f for f in findings if f.kind is FindingClass.ERROR),
        doubtful=tuple(f for f in findings if f.kind is not FindingClass.ERROR),
        clean=tuple(clean),
        balances=tuple(balances),
        recoveries=tuple(recoveries),
    )


def check_conversion(materials: Iterable[Material]) -> Iterator[Finding]:
    """Findings on materials whose contents contradict their formula, or themselves."""
    for material in materials:
        mark = weakest([material.mark, *(c.mark for c in material.contents.values())])
        for code, kind, title, detail in _material_faults(material):
            yield Finding(
                code=f"guard.{code}.{material.id}",
                check=f"guard.{code.partition('.')[0]}",
                kind=kind,
                title=title,
                detail=detail,
                cells=(material.id,),
                mark=mark,
            )


_Fault = tuple[str, FindingClass, Text, Text]


def _material_faults(material: Material) -> Iterator[_Fault]:
    yield from _symbol_faults(material)
    yield from _sum_faults(material)
    yield from _formula_faults(material)
    yield from _reo_faults(material)


def _symbol_faults(material: Material) -> Iterator[_Fault]:
    for element, c in material.contents.items():
        if element != ASSAY_REO and element not in SYMBOLS:
            yield (
                f"symbol.{element}",
                FindingClass.ERROR,
                Text(f"{material.name.zh}：“{element}”不是元素", f"{material.name.en}: '{element}' is no element"),
                Text("成分栏只填元素符号或 REO。", "Contents take element symbols or REO only."),
            )
        if not 0 <= c.low <= c.value <= c.high <= 1:
            yield (
                f"fraction.{element}",
                FindingClass.ERROR,
                Text(
                    f"{material.name.zh}：{element} 的质量分数不成立",
                    f"{material.name.en}: the mass fraction of {element} cannot be",
                ),
                Text(
                    f"应有 0 ≤ 下限 ≤ 数值 ≤ 上限 ≤ 1，现为 {c.low}、{c.value}、{c.high}。",
                    f"0 ≤ low ≤ value ≤ high ≤ 1 is due, found {c.low}, {c.value}, {c.high}.",
                ),
            )


def _sum_faults(material: Material) -> Iterator[_Fault]:
    parts = [Span.of(c) for e, c in material.contents.items() if e != ASSAY_REO]
    whole = sum(parts, Span())
    title = Text(
        f"{material.name.zh}：各元素合计 {_percent(whole.value)}",
        f"{material.name.en}: its elements add to {_percent(whole.value)}",
    )
    if whole.low > 1 + TOLERANCE:
        yield ("sum", FindingClass.ERROR, title, Text("取下限仍超过 100%。", "Over 100 % even at the low ends."))
    elif whole.value > 1 + TOLERANCE:
        yield ("sum", FindingClass.INFORMATION, title, Text("按列示值超过 100%。", "Over 100 % at the stated values."))
    elif material.complete and parts and whole.high < 1 - TOLERANCE:
        yield (
            "sum",
            FindingClass.INFORMATION,
            title,
            Text("标为成分完整，合计却不足 100%。", "Called complete, yet short of 100 %."),
        )


def _formula_faults(material: Material) -> Iterator[_Fault]:
    if not material.formula:
        return
    try:
        pure = mass_fractions(material.formula)
    except MaterialsError as error:
        yield (
            "formula",
            FindingClass.ERROR,
            Text(f"{material.name.zh}：化学式无法读取", f"{material.name.en}: the formula cannot be read"),
            error.text,
        )
        return
    for element, share in pure.items():
        found = material.contents.get(element)
        if found is None:
            if material.complete:
                yield _disagrees(material, element, None, share)
            continue
        play = max(share * TOLERANCE, _TYPING)
        over = found.low > share + play
        short = material.complete and found.high < share - play
        if over or short:
            yield _disagrees(material, element, Fraction(found.value), share)


def _disagrees(material: Material, element: str, found: Fraction | None, share: Fraction) -> _Fault:
    zh = "未列" if found is None else _percent(found)
    en = "not listed" if found is None else _percent(found)
    return (
        f"formula.{element}",
        FindingClass.ERROR,
        Text(
            f"{material.name.zh}：{element} 含量与化学式不符",
            f"{material.name.en}: content of {element} disagrees with the formula",
        ),
        Text(
            f"{material.formula} 含 {element} {_percent(share)}，表中为 {zh}。",
            f"{material.formula} holds {_percent(share)} {element}; the table says {en}.",
        ),
    )


def _reo_faults(material: Material) -> Iterator[_Fault]:
    listed = material.contents.get(ASSAY_REO)
    rare = [e for e in material.contents if e in REO_OXIDES]
    if listed is None or not rare:
        return
    parts = [Span.of(material.contents[e]) for e in rare]
    low = sum((p.low * reo_factor(e) for p, e in zip(parts, rare, strict=True)), Fraction(0))
    value = sum((p.value * reo_factor(e) for p, e in zip(parts, rare, strict=True)), Fraction(0))
    if low > Fraction(listed.high) * (1 + TOLERANCE):
        yield (
            "reo",
            FindingClass.ERROR,
            Text(
                f"{material.name.zh}：单一稀土折 REO 超过 REO 品位",
                f"{material.name.en}: its rare earths exceed its REO grade",
            ),
            Text(
                f"折算 {_percent(value)}，列示 {_percent(Fraction(listed.value))}。",
                f"They give {_percent(value)}; stated {_percent(Fraction(listed.value))}.",
            ),
        )


def _strangers(process: Process, materials: Mapping[str, Material]) -> Finding | None:
    """An error for a process that names materials the library does not hold."""
    named = dict.fromkeys([process.product, *(f.material for f in process.flows)])
    missing = [m for m in named if m not in materials]
    if not missing:
        return None
    return Finding(
        code=f"guard.material.{process.id}",
        check="guard.material",
        kind=FindingClass.ERROR,
        title=Text(f"{process.name.zh}：引用了未登记的物料", f"{process.name.en}: names unknown materials"),
        detail=Text(f"补登物料：{'、'.join(missing)}。", f"Add the materials {', '.join(missing)}."),
        cells=(process.id, *missing),
        mark=process.mark,
    )


def _process_findings(process: Process, balances: Iterable[ElementBalance]) -> Iterator[Finding]:
    unknown, lost = [], []
    for b in balances:
        if b.kind in (Closure.IMPOSSIBLE, Closure.DOUBTFUL):
            yield _created(process, b)
        elif b.kind is Closure.UNKNOWN and not {*b.unknown_in, *b.unknown_out} <= _OUTSIDE:
            unknown.append(b)
        elif b.kind is Closure.LOST:
            lost.append(b)
    if lost:
        yield _lost(process, lost)
    if unknown:
        yield _not_closed(process, unknown)


def _created(process: Process, b: ElementBalance) -> Finding:
    impossible = b.kind is Closure.IMPOSSIBLE
    ends_zh = "取最有利的上下限仍无法平衡" if impossible else "在上下限之内可以平衡"
    ends_en = "even at the favourable ends" if impossible else "though possible inside the ranges"
    return Finding(
        code=f"guard.conservation.{process.id}.{b.element}",
        check="guard.conservation",
        kind=FindingClass.ERROR if impossible else FindingClass.INFORMATION,
        title=Text(
            f"{process.name.zh}：产出的 {b.element} 多于投入（{ends_zh}）",
            f"{process.name.en}: more {b.element} leaves than enters, {ends_en}",
        ),
        detail=Text(
            f"每单位产品投入 {_tonnes(b.entering)}，产出 {_tonnes(b.leaving)}。核对品位与用量，或补列含 "
            f"{b.element} 的投入。",
            f"Per unit of product {_tonnes(b.entering)} enter and {_tonnes(b.leaving)} leave. Check grades and "
            f"amounts, or list the input that brings {b.element}.",
        ),
        cells=(process.id,),
        found=b.leaving.value,
        expected=b.entering.value,
        unit="t",
        mark=_flow_mark(process),
    )


def _lost(process: Process, lost: list[ElementBalance]) -> Finding:
    """One finding for all elements of a process that leave it by no listed outlet."""
    elements = [b.element for b in lost]
    worst = max(lost, key=lambda b: b.gap / b.entering.value)
    rows_zh = [f"{b.element} 投入 {_tonnes(b.entering)}、产出 {_tonnes(b.leaving)}，{_gone(b)}" for b in lost]
    rows_en = [f"{b.element}: {_tonnes(b.entering)} enter and {_tonnes(b.leaving)} leave, {_gone(b)}" for b in lost]
    stated = [r for r in process.recoveries if r.element in elements]
    zh = "；".join(f"{r.element} {_percent(Fraction(r.value.value))}" for r in stated)
    en = "; ".join(f"{r.element} {_percent(Fraction(r.value.value))}" for r in stated)
    return Finding(
        code=f"guard.loss.{process.id}",
        check="guard.loss",
        kind=FindingClass.INFORMATION,
        title=Text(
            f"{process.name.zh}：{'、'.join(elements)} 有去向未列",
            f"{process.name.en}: {', '.join(elements)} leave by an outlet that is not listed",
        ),
        detail=Text(
            f"每单位产品：{'；'.join(rows_zh)}。"
            + (f"列示的回收率：{zh}。" if zh else "")
            + "未列的去向（烟气、炉渣、电解质、未回收的金属等）须补列，元素才能平衡。",
            f"Per unit of product: {'; '.join(rows_en)}. "
            + (f"Stated recoveries: {en}. " if en else "")
            + "List the outlet (gas, slag, electrolyte, unrecovered metal) to close the element.",
        ),
        cells=(process.id,),
        found=worst.leaving.value,
        expected=worst.entering.value,
        unit="t",
        mark=_flow_mark(process),
    )


def _gone(b: ElementBalance) -> str:
    """The part that is lost, at the stated values."""
    return f"−{_percent(b.gap / b.entering.value)}"


def _not_closed(process: Process, unknown: list[ElementBalance]) -> Finding:
    elements = [b.element for b in unknown]
    leaning = [b.element for b in unknown if b.leaving.value > b.entering.value * (1 + TOLERANCE)]
    holders = dict.fromkeys(m for b in unknown for m in (*b.unknown_in, *b.unknown_out) if m not in _OUTSIDE)
    zh = f"以下物料的含量未知（未知不等于零）：{'、'.join(holders)}。"
    en = f"Contents unknown (unknown is not zero) in: {', '.join(holders)}."
    if leaning:
        zh += f"其中 {'、'.join(leaning)} 的产出多于已知投入，须由未知含量补足。"
        en += f" More of {', '.join(leaning)} leaves than the known inputs bring: the unknown ones must."
    return Finding(
        code=f"guard.unknown.{process.id}",
        check="guard.unknown",
        kind=FindingClass.INFORMATION,
        title=Text(
            f"{process.name.zh}：{'、'.join(elements)} 无法核对平衡",
            f"{process.name.en}: {', '.join(elements)} cannot be closed",
        ),
        detail=Text(zh, en),
        cells=(process.id,),
        mark=_flow_mark(process),
    )


def _recovery_findings(process: Process, checks: Iterable[RecoveryCheck]) -> Iterator[Finding]:
    for check in checks:
        if check.kind not in (Closure.IMPOSSIBLE, Closure.DOUBTFUL):
            continue
        r = check.recovery
        found = check.recomputed
        said = f"{r.value.value}（{r.value.low}–{r.value.high}）"
        gives_zh = "不在 0 … 1 之间或没有这一产出" if found is None else f"按品位应为 {_percent(found.value)}"
        gives_en = (
            "it is not within 0 … 1, or there is no such output"
            if found is None
            else f"the grades give {_percent(found.value)}"
        )
        yield Finding(
            code=f"guard.recovery.{process.id}.{r.element}.{r.into}",
            check="guard.recovery",
            kind=FindingClass.ERROR if check.kind is Closure.IMPOSSIBLE else FindingClass.INFORMATION,
            title=Text(
                f"{process.name.zh}：{r.element} 进入 {r.into} 的回收率与品位不符",
                f"{process.name.en}: recovery of {r.element} into {r.into} disagrees with the grades",
            ),
            detail=Text(
                f"列示 {said}，{gives_zh}。", f"Stated {said.replace('（', ' (').replace('）', ')')}; {gives_en}."
            ),
            cells=(process.id,),
            found=Fraction(r.value.value),
            expected=None if found is None else found.value,
            unit="t/t",
            mark=r.value.mark,
        )


def _flow_mark(process: Process) -> Mark:
    return weakest(f.amount.mark for f in process.flows)


def _percent(share: Fraction) -> str:
    return f"{float(share):.2%}".replace("%", " %")


def _tonnes(span: Span) -> str:
    value, low, high = (f"{float(x):.5g}" for x in (span.value, span.low, span.high))
    return f"{value} t" if low == high else f"{value} t ({low}–{high})"
