"""What the data interface returns. Exact numbers are strings; solved numbers are JSON numbers."""

from __future__ import annotations

from datetime import date

from ninja import Schema


class TextOut(Schema):
    """A text in both languages."""

    zh: str
    en: str


class QuantityOut(Schema):
    """An exact number with its unit and basis."""

    value: str
    unit: str
    basis: str


class SourceOut(Schema):
    """A document and lines in it."""

    document: str
    lines: str


class RegionOut(Schema):
    """A region and its edition; every result can be tied to `hash`."""

    id: str
    name: TextOut
    edition: str
    simulated: bool
    hash: str
    chain_years: list[int]
    targets: int
    figures: int


class FigureOut(Schema):
    """One printed actual value."""

    id: str
    area: str
    indicator: str
    name: TextOut
    year: int
    comparator: str
    value: QuantityOut | None
    included_in: str
    table: str
    source: SourceOut
    mark: str
    note: TextOut


class TargetOut(Schema):
    """One target, without loss of meaning."""

    id: str
    area: str
    indicator: str
    name: TextOut
    form: str
    comparator: str
    value: QuantityOut | None
    upper: QuantityOut | None
    from_year: int | None
    year: int
    binding: str
    base: str
    words: TextOut
    printed: str
    source: SourceOut
    note: TextOut


class FindingOut(Schema):
    """One claim of a check, with what is needed to verify it by hand."""

    code: str
    check: str
    kind: str
    title: TextOut
    detail: TextOut
    found: str | None
    expected: str | None
    gap: str | None
    unit: str
    cells: list[str]
    sources: list[SourceOut]
    mark: str


class IntervalOut(Schema):
    """A value and its ends; `how` is exact, sampled or point."""

    value: float
    low: float
    high: float
    how: str


class BalanceOut(Schema):
    """One material's year, in its own unit."""

    material: str
    name: TextOut
    unit: str
    need: IntervalOut
    planned: float
    made: IntervalOut
    arising: IntervalOut
    credited: IntervalOut
    to_buy: IntervalOut
    surplus: IntervalOut
    bought: float
    mark: str


class BurdenOut(Schema):
    """Electricity (kWh), energy (kgce), water (m3) or CO2 (t) of the year."""

    burden: str
    amount: IntervalOut
    mark: str


class ActivityOut(Schema):
    """How far a process runs, in units of its reference product."""

    process: str
    amount: IntervalOut


class ScenarioOut(Schema):
    """What the sliders were set to; empty where the region's assumptions stand."""

    shares: dict[str, float]
    utilisation: float | None
    purchases: dict[str, float]


class RequirementsOut(Schema):
    """What a year's planned products require."""

    region: str
    hash: str
    year: int
    scenario: ScenarioOut
    balances: list[BalanceOut]
    activities: list[ActivityOut]
    burdens: list[BurdenOut]
    assumptions: list[TextOut]
    mark: str


class BreakEvenOut(Schema):
    """Where a gap closes on one slider."""

    slider: str
    at: IntervalOut | None
    fits: str


class AnswerOut(Schema):
    """One comparison answered; gap = available - required."""

    comparison: str
    material: str
    label: TextOut
    unit: str
    verdict: str
    required: IntervalOut
    available: IntervalOut
    gap: IntervalOut
    break_evens: list[BreakEvenOut]
    mark: str
    sources: list[SourceOut]


class SentenceOut(Schema):
    """One finding of the first page, the sharpest first."""

    verdict: str
    text: TextOut
    under: TextOut
    answers: list[str]
    sources: list[SourceOut]
    mark: str


class SliderOut(Schema):
    """One slider and where gaps close on it."""

    key: str
    kind: str
    label: TextOut
    value: float
    low: float
    high: float
    unit: str
    break_evens: list[float]


class NodeOut(Schema):
    """A node of the flow picture, in t per year."""

    id: str
    name: TextOut
    stage: int
    family: str
    amount: float
    state: str


class LinkOut(Schema):
    """A flow in t per year; kind is flow, bought, surplus or waste."""

    source: str
    target: str
    amount: float
    kind: str


class PictureOut(Schema):
    """The flows of a year; `cut` lists loops that cannot be drawn."""

    nodes: list[NodeOut]
    links: list[LinkOut]
    cut: list[LinkOut]


class ViewOut(Schema):
    """The first page for one setting of the sliders."""

    region: str
    hash: str
    year: int
    scenario: ScenarioOut
    sentences: list[SentenceOut]
    answers: list[AnswerOut]
    sliders: list[SliderOut]
    picture: PictureOut


class ContributionOut(Schema):
    """One line of an origin: amount = coefficient x activity."""

    what: TextOut
    process: str
    coefficient: IntervalOut | None
    coefficient_unit: str
    activity: IntervalOut | None
    activity_unit: str
    amount: IntervalOut
    mark: str
    source: str


class OriginOut(Schema):
    """How one side of a balance comes about."""

    side: str
    title: TextOut
    formula: TextOut
    unit: str
    amount: IntervalOut
    contributions: list[ContributionOut]
    assumptions: list[TextOut]
    mark: str


class CoefficientOut(Schema):
    """A value with its range, as exact strings."""

    value: str
    low: str
    high: str
    unit: str
    mark: str
    source: str


class ContentOut(Schema):
    """A mass fraction of an element."""

    element: str
    fraction: CoefficientOut


class MaterialOut(Schema):
    """A material; elements not listed are unknown unless `complete`."""

    id: str
    name: TextOut
    category: str
    unit: str
    formula: str
    complete: bool
    contents: list[ContentOut]
    mark: str


class FlowOut(Schema):
    """An input, by-product or waste per unit of the reference product."""

    material: str
    role: str
    amount: CoefficientOut


class ProcessBurdenOut(Schema):
    """A burden per unit of the reference product."""

    burden: str
    amount: CoefficientOut


class RecoveryOut(Schema):
    """Part of an element of the inputs that reaches a material."""

    element: str
    into: str
    value: CoefficientOut


class ProcessOut(Schema):
    """A process."""

    id: str
    name: TextOut
    chain: str
    product: str
    product_unit: str
    feed: str
    flows: list[FlowOut]
    burdens: list[ProcessBurdenOut]
    recoveries: list[RecoveryOut]
    sources: list[str]
    mark: str


class DocumentOut(Schema):
    """A source document; `sha256` is of the text that lines count in."""

    id: str
    title: TextOut
    issuer: TextOut
    issued: date | None
    period_from: int | None
    period_to: int | None
    lines: int | None
    sha256: str
