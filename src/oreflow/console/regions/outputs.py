"""Values of the engines as the schemas of the data interface."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from oreflow.core.chain import (
    Answer,
    Balance,
    FlowPicture,
    Interval,
    Origin,
    PlanView,
    Requirements,
    Scenario,
    unmarked,
)
from oreflow.core.materials import Coefficient, Material, Process
from oreflow.core.provenance import Finding, Source, Text
from oreflow.core.quantity import Quantity, format_number
from oreflow.core.region import Document, Figure, Region, Target

from . import access

Out = dict[str, Any]


def text(value: Text) -> Out:
    """A text without the page's markers."""
    return {"zh": unmarked(value.zh), "en": unmarked(value.en)}


def exact(value: Fraction) -> str:
    """An exact number: a decimal where it ends, else a fraction."""
    return format_number(value, grouping=False)


def quantity(amount: Quantity | None) -> Out | None:
    """A quantity, or null for a printed dash."""
    if amount is None:
        return None
    return {"value": exact(amount.value), "unit": amount.unit.symbol, "basis": amount.basis.words}


def source(value: Source) -> Out:
    """A source."""
    return {"document": value.document, "lines": value.lines}


def region(value: Region) -> Out:
    """A region's summary."""
    return {
        "id": value.id, "name": text(value.name), "edition": value.edition, "simulated": value.simulated,
        "hash": value.hash, "chain_years": list(access.chain_years(value)), "targets": len(value.targets),
        "figures": len(value.figures),
    }  # fmt: skip


def figure(of: Region, value: Figure) -> Out:
    """An actual figure."""
    return {
        "id": value.id, "area": value.area, "indicator": value.indicator,
        "name": text(of.indicators[value.indicator].name), "year": value.year, "comparator": value.comparator.value,
        "value": quantity(value.value), "included_in": value.included_in, "table": value.table,
        "source": source(value.source), "mark": value.mark.code, "note": text(value.note),
    }  # fmt: skip


def target(of: Region, value: Target) -> Out:
    """A target."""
    return {
        "id": value.id, "area": value.area, "indicator": value.indicator,
        "name": text(of.indicators[value.indicator].name), "form": value.form.value,
        "comparator": value.comparator.value, "value": quantity(value.value), "upper": quantity(value.upper),
        "from_year": value.from_year, "year": value.year, "binding": value.binding.value, "base": value.base,
        "words": text(value.words), "printed": value.printed, "source": source(value.source), "note": text(value.note),
    }  # fmt: skip


def finding(value: Finding) -> Out:
    """A finding."""
    return {
        "code": value.code, "check": value.check, "kind": value.kind.value, "title": text(value.title),
        "detail": text(value.detail),
        "found": None if value.found is None else exact(value.found),
        "expected": None if value.expected is None else exact(value.expected),
        "gap": None if value.gap is None else exact(value.gap),
        "unit": value.unit, "cells": list(value.cells), "sources": [source(s) for s in value.sources],
        "mark": value.mark.code,
    }  # fmt: skip


def interval(value: Interval) -> Out:
    """An interval."""
    return {"value": value.value, "low": value.low, "high": value.high, "how": value.how.value}


def scenario(value: Scenario) -> Out:
    """A scenario."""
    return {"shares": dict(value.shares), "utilisation": value.utilisation, "purchases": dict(value.purchases)}


def _balance(value: Balance) -> Out:
    sides = ("need", "made", "arising", "credited", "to_buy", "surplus")
    return {
        "material": value.material, "name": text(value.name), "unit": value.unit, "planned": value.planned,
        "bought": value.bought, "mark": value.mark.code, **{s: interval(getattr(value, s)) for s in sides},
    }  # fmt: skip


def requirements(value: Requirements) -> Out:
    """What a year requires."""
    return {
        "region": value.region, "hash": value.hash, "year": value.year, "scenario": scenario(value.scenario),
        "balances": [_balance(b) for b in value.balances.values()],
        "activities": [{"process": p, "amount": interval(i)} for p, i in value.activities.items()],
        "burdens": [
            {"burden": b.value, "amount": interval(i), "mark": value.burden_marks[b].code}
            for b, i in value.burdens.items()
        ],
        "assumptions": [text(t) for t in value.assumptions], "mark": value.mark.code,
    }  # fmt: skip


def _answer(value: Answer) -> Out:
    return {
        "comparison": value.comparison, "material": value.material, "label": text(value.label), "unit": value.unit,
        "verdict": value.verdict.value, "required": interval(value.required), "available": interval(value.available),
        "gap": interval(value.gap), "mark": value.mark.code, "sources": [source(s) for s in value.sources],
        "break_evens": [
            {"slider": b.slider, "at": None if b.at is None else interval(b.at), "fits": b.fits}
            for b in value.break_evens
        ],
    }  # fmt: skip


def _picture(value: FlowPicture) -> Out:
    return {
        "nodes": [
            {
                "id": n.id,
                "name": text(n.name),
                "stage": n.stage,
                "family": n.family,
                "amount": n.amount,
                "state": n.state,
            }
            for n in value.nodes
        ],
        "links": [{"source": k.source, "target": k.target, "amount": k.amount, "kind": k.kind} for k in value.links],
        "cut": [{"source": a, "target": b, "amount": v, "kind": "flow"} for a, b, v in value.cut],
    }


def view(value: PlanView, at: Scenario) -> Out:
    """The first page."""
    return {
        "region": value.region, "hash": value.hash, "year": value.year, "scenario": scenario(at),
        "sentences": [
            {
                "verdict": s.verdict.value, "text": text(s.text), "under": text(s.under), "answers": list(s.answers),
                "sources": [source(x) for x in s.sources], "mark": s.mark.code,
            }
            for s in value.sentences
        ],
        "answers": [_answer(a) for a in value.answers],
        "sliders": [
            {
                "key": s.key, "kind": s.kind, "label": text(s.label), "value": s.value, "low": s.low, "high": s.high,
                "unit": s.unit, "break_evens": list(s.break_evens),
            }
            for s in value.sliders
        ],
        "picture": _picture(value.picture),
    }  # fmt: skip


def origin(side: str, value: Origin) -> Out:
    """One side of a balance, opened."""
    return {
        "side": side, "title": text(value.title), "formula": text(value.formula), "unit": value.unit,
        "amount": interval(value.amount), "assumptions": [text(t) for t in value.assumptions], "mark": value.mark.code,
        "contributions": [
            {
                "what": text(c.what), "process": c.process,
                "coefficient": None if c.coefficient is None else interval(c.coefficient),
                "coefficient_unit": c.coefficient_unit,
                "activity": None if c.activity is None else interval(c.activity),
                "activity_unit": c.activity_unit, "amount": interval(c.amount), "mark": c.mark.code, "source": c.source,
            }
            for c in value.contributions
        ],
    }  # fmt: skip


def _coefficient(value: Coefficient) -> Out:
    return {
        "value": f"{value.value:f}", "low": f"{value.low:f}", "high": f"{value.high:f}", "unit": value.unit,
        "mark": value.mark.code, "source": value.source,
    }  # fmt: skip


def material(value: Material) -> Out:
    """A material."""
    return {
        "id": value.id, "name": text(value.name), "category": value.category, "unit": value.unit,
        "formula": value.formula, "complete": value.complete, "mark": value.mark.code,
        "contents": [{"element": e, "fraction": _coefficient(c)} for e, c in value.contents.items()],
    }  # fmt: skip


def process(value: Process) -> Out:
    """A process."""
    return {
        "id": value.id, "name": text(value.name), "chain": value.chain, "product": value.product,
        "product_unit": value.product_unit, "feed": value.feed, "sources": list(value.sources),
        "mark": value.mark.code,
        "flows": [
            {"material": f.material, "role": f.role.value, "amount": _coefficient(f.amount)} for f in value.flows
        ],
        "burdens": [{"burden": b.value, "amount": _coefficient(c)} for b, c in value.burdens.items()],
        "recoveries": [
            {"element": r.element, "into": r.into, "value": _coefficient(r.value)} for r in value.recoveries
        ],
    }  # fmt: skip


def document(value: Document) -> Out:
    """A source document."""
    return {
        "id": value.id, "title": text(value.title), "issuer": text(value.issuer), "issued": value.issued,
        "period_from": value.period_from, "period_to": value.period_to, "lines": value.lines, "sha256": value.sha256,
    }  # fmt: skip
