"""The frozen value that every engine takes: a region's plan figures and its reference library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from oreflow.core.materials import Coefficient, Library
from oreflow.core.provenance import Mark, Source, Text, Validity
from oreflow.core.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Document:
    """A plan or other source text; `sha256` ties line numbers to one edition of its text."""

    id: str
    title: Text
    issuer: Text
    issued: date | None
    period_from: int | None
    period_to: int | None
    lines: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Area:
    """A place or park that figures speak of. `kind`: nation, province, zone, city, district, park.

    `within` is the containing area; `leading` are a park's leading industries.
    """

    id: str
    name: Text
    kind: str
    within: str
    leading: tuple[Text, ...]
    note: Text
    source: Source | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure measures. `additive` indicators of parts add to the whole.

    `product` is the material or group id when the indicator speaks of one (else empty); `prices`
    is `current`, `constant` or empty: growth at constant prices is never recomputed from levels.
    """

    id: str
    name: Text
    unit: str
    additive: bool
    product: str
    prices: str
    note: Text


class Comparator(StrEnum):
    """How the printed value bounds the figure."""

    EQUAL = "="
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    ABOUT = "~"
    BETWEEN = "between"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed actual value.

    `value` is None for a printed dash; `included_in` then names the area that holds it, if stated.
    `of` names the whole for a printed share, `since` the first year for a printed growth rate.
    """

    id: str
    area: str
    indicator: str
    year: int
    comparator: Comparator
    value: Quantity | None
    places: int
    table: str
    of: str
    since: int | None
    included_in: str
    source: Source
    mark: Mark
    note: Text


class Form(StrEnum):
    """What kind of target it is; each has its own attainment arithmetic."""

    LEVEL = "level"
    FLOOR = "floor"
    CAP = "cap"
    AVERAGE_GROWTH = "average-growth"
    CUMULATIVE = "cumulative"
    CHANGE = "change"
    QUALITATIVE = "qualitative"
    DELEGATED = "delegated"


class Binding(StrEnum):
    """约束性 / 预期性, or unsaid."""

    BINDING = "binding"
    EXPECTED = "expected"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Target:
    """One target of a plan, without loss of meaning.

    `value`/`upper` hold the bound or, for a range, both ends; None for qualitative and delegated
    ones, whose words stand in `words`. `from_year` is the base year of growth and cumulative forms.
    `base` is the id of the figure it starts from, if the plan prints one.
    """

    id: str
    area: str
    indicator: str
    form: Form
    comparator: Comparator
    value: Quantity | None
    upper: Quantity | None
    places: int
    from_year: int | None
    year: int
    binding: Binding
    base: str
    words: Text
    printed: str
    source: Source
    note: Text


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a partition: in `whole`, the (area, indicator) cell is one part.

    A partition says which printed cells make up which printed whole: districts of a city, parks,
    industries. `relation` is `sum` (parts exhaust the whole) or `cap` (parts stay inside it).
    """

    partition: str
    whole_area: str
    whole_indicator: str
    part_area: str
    part_indicator: str
    relation: str
    note: Text


@dataclass(frozen=True, slots=True)
class Route:
    """The share of `product` (material or group id) that is made by `process`; shares add to 1.

    For a recovery process it is instead the share of its feed that is put to it (0 … 1).
    """

    product: str
    process: str
    share: Coefficient


@dataclass(frozen=True, slots=True)
class Goal:
    """How a target enters the chain of a year.

    `role` is `plan` (made at the stated amount, which covers use inside the chain too), `deliver`
    (the stated amount leaves the chain, use inside comes on top) or `compare` (made as far as needed
    and compared with the stated amount). `split` is the assumed share for a target that is a sum
    (sponge and ingot), 1 otherwise.
    """

    year: int
    target: str
    product: str
    role: str
    split: Coefficient


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question put to the chain: is `required` within `available` for `material` in `year`?

    `available` is `stated` (the target) or `arising` (by-product plus purchases); `required` is
    `need` or `stated`.
    """

    id: str
    year: int
    material: str
    available: str
    required: str
    target: str
    label: Text
    note: Text


@dataclass(frozen=True, slots=True)
class Assumption:
    """A declared assumption of the region: utilisation, purchases …"""

    id: str
    name: Text
    value: Coefficient
    material: str
    note: Text


@dataclass(frozen=True, slots=True)
class Quota:
    """One published total-control allotment of rare earths, in t REO."""

    year: int
    batch: str
    scope: str
    kind: str
    ore_type: str
    holder: Text
    amount: Quantity
    source: str
    mark: Mark
    validity: Validity


@dataclass(frozen=True, slots=True)
class Member:
    """One name in a list that a document prints (leading firms, parks …), with its place in the list.

    `indicator` says what is listed and counts it; `number` is the position as printed, from 1.
    """

    indicator: str
    area: str
    number: int
    name: Text
    source: Source
    note: Text


@dataclass(frozen=True, slots=True)
class Region:
    """An edition of a region: immutable and hashed; every result prints `hash`."""

    id: str
    name: Text
    edition: str
    simulated: bool
    documents: Mapping[str, Document]
    areas: Mapping[str, Area]
    indicators: Mapping[str, Indicator]
    figures: Mapping[str, Figure]
    targets: Mapping[str, Target]
    parts: tuple[Part, ...]
    routes: tuple[Route, ...]
    goals: tuple[Goal, ...]
    comparisons: tuple[Comparison, ...]
    assumptions: Mapping[str, Assumption]
    quotas: tuple[Quota, ...]
    library: Library
    hash: str
    members: tuple[Member, ...] = ()
