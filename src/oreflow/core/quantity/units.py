"""Dimensions and units as frozen values, and their algebra."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from .errors import DimensionMismatch

BASE_DIMENSIONS: dict[str, tuple[str, str]] = {
    "mass": ("质量", "mass"),
    "length": ("长度", "length"),
    "time": ("时间", "time"),
    "year": ("年", "calendar year"),
    "energy": ("能量", "energy"),
    "coal": ("标准煤", "coal equivalent"),
    "co2": ("二氧化碳", "CO2"),
    "co2e": ("二氧化碳当量", "CO2 equivalent"),
    "apparent": ("视在功率", "apparent power"),
    "normal-volume": ("标准状态体积", "normal volume"),
    "money": ("金额（人民币）", "money in CNY"),
    "dollar": ("金额（美元）", "money in USD"),
    "points": ("百分点", "percentage points"),
    "pressure": ("压力", "pressure"),
    "temperature": ("温度", "temperature"),
    "current": ("电流", "current"),
    "voltage": ("电压", "voltage"),
    "amount": ("物质的量", "amount of substance"),
    "light": ("光通量", "luminous flux"),
    "magnet-energy": ("磁能积", "magnetic energy product"),
    "magnet-field": ("矫顽力", "coercive field"),
}


@dataclass(frozen=True, slots=True)
class Dimension:
    """A product of powers of base dimensions; each counting word is a base of its own.

    `exponents` are sorted pairs such as `(("mass", 1), ("year", -1))`; empty for pure numbers.
    """

    exponents: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, **powers: int) -> Dimension:
        """A dimension from its base powers (`_` stands for `-` in names)."""
        return cls(tuple(sorted((name.replace("_", "-"), power) for name, power in powers.items() if power)))

    def __mul__(self, other: Dimension) -> Dimension:
        powers = dict(self.exponents)
        for name, power in other.exponents:
            powers[name] = powers.get(name, 0) + power
        return Dimension(tuple(sorted((n, p) for n, p in powers.items() if p)))

    def __pow__(self, power: int) -> Dimension:
        return Dimension(tuple((n, p * power) for n, p in self.exponents) if power else ())

    def __truediv__(self, other: Dimension) -> Dimension:
        return self * other**-1

    @property
    def is_number(self) -> bool:
        """Whether it is a pure number (ratios, %, ‰)."""
        return not self.exponents

    @property
    def bases(self) -> frozenset[str]:
        """The names of the base dimensions in it."""
        return frozenset(name for name, _ in self.exponents)

    @property
    def zh(self) -> str:
        """Its Chinese name, e.g. 质量/年."""
        return self._named(0, "比值")

    @property
    def en(self) -> str:
        """Its English name, e.g. mass/calendar year."""
        return self._named(1, "ratio")

    def _named(self, language: int, number: str) -> str:
        over = [_base_name(n, p, language) for n, p in self.exponents if p > 0]
        under = [_base_name(n, -p, language) for n, p in self.exponents if p < 0]
        return _fraction(over, under) if self.exponents else number


def _base_name(name: str, power: int, language: int) -> str:
    if name.startswith("count:"):
        zh, en = name.removeprefix("count:").split("=")
        plain = (f"数量（{zh}）", f"count of {en}")[language]
    else:
        plain = BASE_DIMENSIONS[name][language]
    return plain if power == 1 else f"{plain}^{power}"


def _fraction(over: list[str], under: list[str]) -> str:
    bottom = "·".join(under)
    head = "·".join(over) or "1"
    if not under:
        return head
    return f"{head}/{bottom}" if len(under) == 1 else f"{head}/({bottom})"


NUMBER = Dimension()

SCALES: dict[int, tuple[str, str]] = {
    10**2: ("百", "hundred"),
    10**3: ("千", "thousand"),
    10**4: ("万", "10 thousand"),
    10**5: ("十万", "100 thousand"),
    10**6: ("百万", "million"),
    10**7: ("千万", "10 million"),
    10**8: ("亿", "100 million"),
    10**9: ("十亿", "billion"),
    10**10: ("百亿", "10 billion"),
    10**11: ("千亿", "100 billion"),
    10**12: ("万亿", "trillion"),
}

_READ_IN = {
    "en": {10**2: 1, 10**4: 10**3, 10**5: 10**3, 10**7: 10**6, 10**8: 10**6, 10**10: 10**9, 10**11: 10**9},
    "zh": dict.fromkeys((10**3, 10**5, 10**6), 10**4) | dict.fromkeys((10**7, 10**9, 10**10, 10**11), 10**8),
}


@dataclass(frozen=True, slots=True)
class Atom:
    """One simple unit: `zh` as Chinese texts write it, `en` the symbol, `factor` to the base unit.

    `chinese` units (元, 亩, 户) pull a whole compound into Chinese words; `multiples` are the
    symbols of its thousands, millions and thousand millions (kt, Mt, Gt), as (zh, en).
    """

    zh: str
    en: str
    dimension: Dimension
    factor: Fraction
    spellings: tuple[str, ...] = ()
    chinese: bool = False
    multiples: tuple[tuple[str, str], ...] = ()

    def multiple(self, scale: int) -> tuple[str, str] | None:
        """The own symbol of a thousand, million … of the unit, if it has one."""
        step = {10**3: 0, 10**6: 1, 10**9: 2}.get(scale)
        return self.multiples[step] if step is not None and step < len(self.multiples) else None


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a unit: an atom with a counting scale (万, 亿; else 1) to a power ±1, ±2 …"""

    atom: Atom
    scale: int = 1
    power: int = 1

    @property
    def size(self) -> Fraction:
        """The amount of base units in it, without its power."""
        return self.atom.factor * self.scale

    def symbol(self, column: int, words: bool) -> str:
        """Its symbol: column 0 for Chinese (in words or letters), 1 for English."""
        own = self.atom.multiple(self.scale)
        if own is not None:
            return own[column] if words or column else own[1]
        name = self.atom.zh if column == 0 and words else self.atom.en
        if self.scale == 1:
            return name
        if column == 0:
            return SCALES[self.scale][0] + (" " if name[0].isascii() else "") + name
        own = self.atom.multiple(self.scale // 10) or self.atom.multiple(self.scale // 100)
        if own is not None:
            return f"{10 if self.atom.multiple(self.scale // 10) else 100} {own[1]}"
        return f"{SCALES[self.scale][1]} {name}"

    @property
    def in_words(self) -> bool:
        """Whether it makes a compound be written in Chinese words."""
        own = self.atom.multiple(self.scale)
        return self.atom.chinese or (self.scale != 1 and (own is None or not own[0].isascii()))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    Attributes
    ----------
    zh, en
        Symbols that mean exactly this unit: 万吨 / 10 kt. Readers of English are better served by
        `in_language("en")`, the unit that English figures are printed in (kt).
    dimension
        What it measures.
    factor
        How many base units of the dimension one unit is (kg, m, J, 元, …), exact.
    factors
        What it is made of; two units are equal when their factors are.
    """

    zh: str = field(compare=False)
    en: str = field(compare=False)
    dimension: Dimension
    factor: Fraction
    factors: tuple[Factor, ...] = field(repr=False)

    @property
    def symbol(self) -> str:
        """The symbol in tables (the Chinese one); `unit(u.symbol) == u`."""
        return self.zh

    def in_language(self, language: str) -> Unit:
        """The unit of the same dimension that readers of a language expect.

        English counts in thousands: 万吨 → kt, 亿元 → billion CNY, 亿千瓦时 → GWh; Chinese in 万
        and 亿: kt → 万吨, million CNY → 万元. Letter symbols such as GWh stay in both.
        """
        table = "zh" if language.lower().startswith("zh") else "en"
        return build(tuple(_for_readers(f, table) for f in self.factors))

    def conversion(self, other: Unit) -> Fraction:
        """How many `other` one of this unit is; raises `DimensionMismatch` naming both."""
        if self.dimension != other.dimension:
            raise dimension_mismatch(self, other)
        return self.factor / other.factor

    def __str__(self) -> str:
        return self.zh


def dimension_mismatch(left: Unit, right: Unit) -> DimensionMismatch:
    """The error for two units that do not measure the same."""
    return DimensionMismatch(
        f"量纲不同：{left.zh}（{left.dimension.zh}）与 {right.zh}（{right.dimension.zh}）",
        f"Different dimensions: {left.en} ({left.dimension.en}) and {right.en} ({right.dimension.en})",
        "请先乘以换算系数（如 天/年、kgce/kWh、家/户），或核对单位",
        "Multiply by a conversion factor first (such as d/a or kgce/kWh), or check the units",
    )


def _for_readers(factor: Factor, table: str) -> Factor:
    own = factor.atom.multiple(factor.scale)
    if own is not None and own[0].isascii():
        return factor
    scale = _READ_IN[table].get(factor.scale, factor.scale)
    if table == "en" and factor.scale == 10**8 and factor.atom.dimension.bases <= {"money", "dollar"}:
        scale = 10**9
    return Factor(factor.atom, scale, factor.power)


@lru_cache(maxsize=4096)
def build(factors: tuple[Factor, ...]) -> Unit:
    """The unit that some factors make, in the order given."""
    dimension, size = NUMBER, Fraction(1)
    for part in factors:
        dimension = dimension * part.atom.dimension**part.power
        size *= part.size**part.power
    words = len(factors) == 1 or any(part.in_words for part in factors)
    return Unit(_symbol(factors, 0, words), _symbol(factors, 1, words), dimension, size, factors)


def _symbol(factors: tuple[Factor, ...], column: int, words: bool) -> str:
    over: list[str] = []
    under: list[str] = []
    for part in factors:
        (over if part.power > 0 else under).extend([part.symbol(column, words)] * abs(part.power))
    return _fraction(over, under)


ONE = build(())


def multiply(left: Unit, right: Unit, power: int = 1) -> tuple[Fraction, Unit]:
    """`left · right**power` as (number, unit): factors of one dimension are brought to the first's.

    t × kgce/t gives kgce; 万吨 × kgce/t gives 10 000 kgce; pure ratios (%) are absorbed into the
    number as soon as anything else is left.
    """
    number = Fraction(1)
    merged: list[Factor] = []
    ratios: list[Factor] = []
    for part in (*left.factors, *(Factor(f.atom, f.scale, f.power * power) for f in right.factors)):
        if part.atom.dimension.is_number:
            ratios.append(part)
        else:
            number *= _merge(merged, part)
    made = [part for part in merged if part.power]
    if not made and ratios and ratios[0].power == 1:
        made = [ratios.pop(0)]
    for part in ratios:
        number *= part.size**part.power
    return number, build(tuple(made))


def _merge(merged: list[Factor], part: Factor) -> Fraction:
    for index, held in enumerate(merged):
        if held.atom.dimension == part.atom.dimension:
            merged[index] = Factor(held.atom, held.scale, held.power + part.power)
            return (part.size / held.size) ** part.power
    merged.append(part)
    return Fraction(1)


def counted(atoms: Iterable[tuple[str, str]]) -> tuple[Atom, ...]:
    """Counting words: each (zh, en spellings separated by |) measures a dimension of its own."""
    made = []
    for zh, english in atoms:
        first, *rest = english.split("|")
        words = zh.split("|")
        base = Dimension(((f"count:{words[0]}={first}", 1),))
        made.append(Atom(words[0], first, base, Fraction(1), (*words[1:], *rest), chinese=True))
    return tuple(made)
