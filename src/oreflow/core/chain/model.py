"""What the chain answers: requirements, comparisons with the plan, sentences, flows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from oreflow.core.materials import Burden
from oreflow.core.provenance import Mark, Source, Text

ScenarioKey = tuple[tuple[tuple[str, float], ...], float | None, tuple[tuple[str, float], ...]]


class How(StrEnum):
    """How an interval was found."""

    EXACT = "exact"  # corners of a monotone system
    SAMPLED = "sampled"  # seeded sampling of the coefficient box, not a bound
    POINT = "point"  # no range known


@dataclass(frozen=True, slots=True)
class Interval:
    """A value at the stated coefficients and its ends over their ranges, in the unit of its context."""

    value: float
    low: float
    high: float
    how: How = How.EXACT


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the sliders set; everything else comes from the region's declared assumptions.

    Attributes
    ----------
    shares
        Route share (0 … 1) by process id; the other routes of the product share the rest.
    utilisation
        Share of stated capacity that is run (0 … 1); stated outputs are not scaled.
    purchases
        Bought amount by material id, in the material's unit (t, m3) per year.
    """

    shares: Mapping[str, float] = field(default_factory=dict)
    utilisation: float | None = None
    purchases: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> ScenarioKey:
        """The scenario as a hashable value; `Scenario.of_key` gives it back."""
        return tuple(sorted(self.shares.items())), self.utilisation, tuple(sorted(self.purchases.items()))

    @classmethod
    def of_key(cls, key: ScenarioKey) -> Scenario:
        """The scenario that has this key."""
        return cls(dict(key[0]), key[1], dict(key[2]))


@dataclass(frozen=True, slots=True)
class Balance:
    """One material's year, in its own unit; every amount is ≥ 0.

    `need` is internal use, `planned` the stated amount made for its own sake (0 where production
    follows need), `made` by main processes, `arising` as by-product or waste, `credited` the part
    of `arising` and of recovery that is used, `to_buy` the need nobody inside covers, before the
    assumed purchase `bought`, `surplus` what inside use leaves over (for sale, stock or disposal).
    """

    material: str
    name: Text
    unit: str
    need: Interval
    planned: float
    made: Interval
    arising: Interval
    credited: Interval
    to_buy: Interval
    surplus: Interval
    bought: float
    mark: Mark


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a year's planned products require. Activities are in units of the reference product."""

    region: str
    hash: str
    year: int
    scenario: Scenario
    activities: Mapping[str, Interval]
    balances: Mapping[str, Balance]
    burdens: Mapping[Burden, Interval]
    burden_marks: Mapping[Burden, Mark]
    assumptions: tuple[Text, ...]
    mark: Mark


class Verdict(StrEnum):
    """`break`: even the favourable end misses; `at-risk`: depends on coefficients; `holds`."""

    BREAK = "break"
    AT_RISK = "at-risk"
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The value of one slider at which required equals available, others unchanged.

    `slider` is a process id (route share), `utilisation`, or a material id (purchases); `at` is in
    the slider's own scale; `fits` is `above` or `below`; `at` is None if no value within reach fits.
    """

    slider: str
    at: Interval | None
    fits: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One comparison answered, in the material's unit: gap = available − required."""

    comparison: str
    material: str
    label: Text
    unit: str
    verdict: Verdict
    required: Interval
    available: Interval
    gap: Interval
    break_evens: tuple[BreakEven, ...]
    assumptions: tuple[Text, ...]
    mark: Mark
    sources: tuple[Source, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One finding of the first page; `sharpness` sorts them, the sharpest first.

    Parts of `text` in ⟦…|key⟧ are figures that open: key is `answer:<comparison id>`.
    """

    verdict: Verdict
    text: Text
    under: Text
    sharpness: float
    answers: tuple[str, ...]
    sources: tuple[Source, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Contribution:
    """One line of an origin: `amount` = `coefficient` × `activity` of `process` (or a target)."""

    what: Text
    process: str
    coefficient: Interval | None
    coefficient_unit: str
    activity: Interval | None
    activity_unit: str
    amount: Interval
    mark: Mark
    source: str


@dataclass(frozen=True, slots=True)
class Origin:
    """How a computed amount came about: its formula, its lines (largest first), assumptions, mark."""

    title: Text
    formula: Text
    unit: str
    amount: Interval
    contributions: tuple[Contribution, ...]
    assumptions: tuple[Text, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A node of the flow picture. `stage` counts columns from ore (0) to products.

    `family` gives the colour (iron, vanadium, titanium, rare-earths, aluminium, manganese, energy,
    waste, other); `state` is empty, `short` (need beyond what is available) or `surplus`. `amount` and
    `stated` (what the plan states, if it does) are t per year.
    """

    id: str
    name: Text
    stage: int
    family: str
    amount: float
    state: str
    stated: float | None = None


@dataclass(frozen=True, slots=True)
class FlowLink:
    """A mass flow in t per year between two nodes; `kind` is flow, bought, surplus or waste."""

    source: str
    target: str
    amount: float
    kind: str


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """A Sankey: acyclic; loops that had to be cut are listed in `cut` as (from, to, t)."""

    nodes: tuple[FlowNode, ...]
    links: tuple[FlowLink, ...]
    cut: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Slider:
    """A slider of the first page: `key` as in BreakEven.slider; scale 0 … `high` in `unit`."""

    key: str
    kind: str
    label: Text
    value: float
    low: float
    high: float
    step: float
    unit: str
    break_evens: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything the first page shows for one setting of the sliders."""

    region: str
    hash: str
    year: int
    sentences: tuple[Sentence, ...]
    answers: tuple[Answer, ...]
    sliders: tuple[Slider, ...]
    picture: FlowPicture
