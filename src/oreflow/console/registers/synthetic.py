"""Made-up enterprises, facilities and machines by the hundred thousand, to try an installation at its real size.

Everything is named 示例…, marked as simulated, and written by the bulk writer with its history.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import transaction

from oreflow.console import clock, query_plans
from oreflow.console.people.models import Kind, Organisation, Park, ParkLevel
from oreflow.console.records import Door, Record, city_of, province_of
from oreflow.console.refusals import Refused
from oreflow.core.codes import make_uscc
from oreflow.core.codes.model import AreaLevel
from oreflow.core.provenance import Text
from oreflow.gateway.codes import load_areas

from . import equipment_types
from .bulk import Said, insert
from .models import Equipment, Facility, FacilityKind, Licence, LicenceKind, Product, Status
from .registry import ENTERPRISE, EQUIPMENT, FACILITY, LICENCE, PARK, PRODUCT
from .search import words_of
from .spec import Register

PART = 20_000
PARKS = 300
_KINDS: tuple[Any, ...] = (
    Kind.MINING,
    Kind.SEPARATION,
    Kind.SMELTING,
    Kind.PROCESSING,
    Kind.RECYCLING,
    Kind.TRADING,
    Kind.EXPORT,
)
_TRADES: dict[Any, str] = {
    Kind.MINING: "矿业", Kind.SEPARATION: "稀土分离", Kind.SMELTING: "钒钛冶炼", Kind.PROCESSING: "新材料",
    Kind.RECYCLING: "资源再生", Kind.TRADING: "金属贸易", Kind.EXPORT: "进出口",
}  # fmt: skip
_WORKS: dict[Any, str] = {
    FacilityKind.MINE: "露天矿", FacilityKind.CONCENTRATOR: "选矿厂", FacilityKind.SMELTER: "冶炼车间",
    FacilityKind.PROCESSING_PLANT: "加工车间", FacilityKind.TAILINGS_POND: "尾矿库",
    FacilityKind.SEPARATION_PLANT: "分离车间", FacilityKind.WAREHOUSE: "成品库",
}  # fmt: skip
_PRODUCTS = (("示例钒渣", "FZ1"), ("示例海绵钛", "MHT-100"), ("示例氧化镨钕", "99.5%"), ("示例硅锰合金", "FeMn68Si18"))
_MAKERS = tuple(f"示例重型机械{n}厂" for n in "一二三四五六七八九十")
_STATUSES: tuple[Any, ...] = (Status.OPERATING,) * 8 + (Status.SUSPENDED, Status.BUILDING)
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """How many rows were made, by register."""

    rows: dict[str, int]


@dataclass(slots=True)
class _Enterprises:
    """The made enterprises as columns: ids, areas and parks."""

    ids: list[int]
    areas: list[str]
    parks: list[int | None]


def why_not() -> Text | None:
    """Why nothing may be made up here; None where it may."""
    if not settings.OREFLOW_DEMONSTRATION:
        return Text(
            "只有演示模式才能生成示例数据。请设置 OREFLOW_DEMONSTRATION=yes，它使用自己的数据目录。",
            "Made-up data belongs into a demonstration. Set OREFLOW_DEMONSTRATION=yes; it has its own data folder.",
        )
    if Organisation.objects.filter(simulated=False).exists():
        return Text(
            "数据库中有真实单位，不能混入示例数据。请换一个空的数据目录（OREFLOW_DATA）。",
            "The database holds real organisations; made-up data never stands beside them."
            " Use an empty data folder (OREFLOW_DATA).",
        )
    return None


def synthesise(enterprises: int, equipment: int, seed: int, told: Told) -> Made:
    """Make enterprises with their parks, facilities, products and licences, and machines spread over them.

    The same seed makes the same rows. `told` hears the register, the rows written and those to come.

    Raises
    ------
    Refused
        Outside a demonstration, or beside real organisations.
    """
    refusal = why_not()
    if refusal is not None:
        raise Refused(refusal)
    rng = random.Random(seed)  # noqa: S311 - made-up data, repeatable
    said = Said(at=clock.now(), user_id=None, door=str(Door.COMMAND), reason="示例数据 / made-up data")
    places = counties()
    with transaction.atomic():
        parks, park_areas = _parks(rng, places, said)
        owners = _enterprises(rng, places, parks, park_areas, enterprises, said, told)
        facilities = _facilities(rng, owners, said, told)
        _products(rng, owners, said, told)
        _licences(rng, owners, said, told)
    _equipment(rng, owners, facilities, equipment, said, told)
    query_plans.refresh_tables(Park, Organisation, Facility, Equipment, Product, Licence)
    return Made(
        {
            "enterprises": enterprises, "equipment": equipment, "facilities": len(owners.ids), "parks": len(parks),
            "products": len(owners.ids), "licences": len(owners.ids),
        }
    )  # fmt: skip


def counties() -> list[tuple[str, str]]:
    """Codes and names of the counties in force today."""
    tree, today = load_areas(), clock.today()
    return [
        (area.code, area.name.zh)
        for province in tree.children("", today)
        for area in tree.subordinates(province.code, today)
        if area.level is AreaLevel.COUNTY
    ]


def _written(
    register: Register,
    columns: dict[str, list[Any]],
    areas: Sequence[str],
    said: Said,
    model: type[Record] | None = None,
) -> list[int]:
    """Add rows with what every row carries: place, search words, the mark of simulated data."""
    searched = [f.key for f in register.fields if f.searched]
    blank = [""] * len(areas)
    texts = zip(*(columns.get(key, blank) for key in searched), strict=True)
    words = [words_of(register, SimpleNamespace(**dict(zip(searched, row, strict=True)))) for row in texts]
    count = len(areas)
    return insert(
        model or register.model,
        {
            **columns, "area_code": areas, "city_code": [city_of(a) for a in areas],
            "province_code": [province_of(a) for a in areas], "words": words, "simulated": [True] * count,
            "valid_from": [date(2020, 1, 1)] * count,
        },
        said,
    )  # fmt: skip


def _parts(count: int) -> Iterator[tuple[int, int]]:
    for start in range(0, count, PART):
        yield start, min(PART, count - start)


def _parks(rng: random.Random, places: list[tuple[str, str]], said: Said) -> tuple[list[int], list[str]]:
    first = Park.objects.filter(code__startswith="SL-").count()
    chosen = [rng.choice(places) for _ in range(PARKS)]
    columns: dict[str, list[Any]] = {
        "code": [f"SL-{first + i + 1:05d}" for i in range(PARKS)],
        "name": [f"示例{name}工业园" for _code, name in chosen],
        "level": rng.choices([str(v) for v in ParkLevel.values], k=PARKS),
        "planned_area": [f"{rng.randint(200, 9000) / 100:.2f}" for _ in range(PARKS)],
        "leading_industries": ["钒钛、稀土"] * PARKS,
    }
    areas = [code for code, _name in chosen]
    return _written(PARK, columns, areas, said), areas


def _enterprises(
    rng: random.Random,
    places: list[tuple[str, str]],
    parks: list[int],
    park_areas: list[str],
    count: int,
    said: Said,
    told: Told,
) -> _Enterprises:
    made = _Enterprises([], [], [])
    names = dict(places)
    serial = Organisation.objects.count()
    for start, size in _parts(count):
        kinds = rng.choices(_KINDS, weights=(4, 1, 3, 6, 2, 3, 1), k=size)
        chosen = [rng.randrange(len(parks)) if rng.random() < 0.6 else None for _ in range(size)]
        areas = [park_areas[c] if c is not None else rng.choice(places)[0] for c in chosen]
        in_parks = [parks[c] if c is not None else None for c in chosen]
        columns: dict[str, list[Any]] = {
            "uscc": [make_uscc("9", "1", a, serial + start + i + 1) for i, a in enumerate(areas)],
            "name": [
                f"示例{names[a]}{_TRADES[k]}{i}公司"
                for i, a, k in zip(range(start + 1, start + size + 1), areas, kinds, strict=True)
            ],
            "kind": [str(k.value) for k in kinds],
            "park_id": in_parks,
            "industry_code": rng.choices(("0810", "0913", "3140", "3231", "3239", "4210", "5164"), k=size),
            "employees": [rng.randint(8, 3000) for _ in range(size)],
            "land_area": [f"{rng.randint(500, 200000) / 100:.2f}" for _ in range(size)],
            "revenue": [f"{rng.randint(50000, 90000000) / 100:.2f}" for _ in range(size)],
        }
        made.ids += _written(ENTERPRISE, columns, areas, said)
        made.areas += areas
        made.parks += in_parks
        told("enterprises", start + size, count)
    return made


def _facilities(rng: random.Random, owners: _Enterprises, said: Said, told: Told) -> list[int]:
    ids: list[int] = []
    for start, size in _parts(len(owners.ids)):
        kinds = rng.choices(list(_WORKS), k=size)
        columns: dict[str, list[Any]] = {
            **_owned(owners, start, size),
            "number": ["F-1"] * size,
            "name": [f"示例{_WORKS[k]}" for k in kinds],
            "kind": [str(k.value) for k in kinds],
            "status": [str(s.value) for s in rng.choices(_STATUSES, k=size)],
            "capacity": [str(rng.randint(1, 500) * 1000) for _ in range(size)],
            "commissioned": _days(rng, size),
        }
        ids += _written(FACILITY, columns, owners.areas[start : start + size], said, Facility)
        told("facilities", start + size, len(owners.ids))
    return ids


def _products(rng: random.Random, owners: _Enterprises, said: Said, told: Told) -> None:
    for start, size in _parts(len(owners.ids)):
        chosen = rng.choices(_PRODUCTS, k=size)
        columns: dict[str, list[Any]] = {
            **_owned(owners, start, size),
            "number": ["P-1"] * size,
            "name": [name for name, _grade in chosen],
            "grade": [grade for _name, grade in chosen],
            "capacity": [str(rng.randint(1, 900) * 100) for _ in range(size)],
        }
        _written(PRODUCT, columns, owners.areas[start : start + size], said, Product)
        told("products", start + size, len(owners.ids))


def _licences(rng: random.Random, owners: _Enterprises, said: Said, told: Told) -> None:
    for start, size in _parts(len(owners.ids)):
        issued = _days(rng, size)
        columns: dict[str, list[Any]] = {
            **_owned(owners, start, size),
            "number": [f"示例-{i}" for i in owners.ids[start : start + size]],
            "kind": [str(v) for v in rng.choices(LicenceKind.values, k=size)],
            "subject": ["示例许可事项"] * size,
            "issuer": ["示例发证机关"] * size,
            "issued": issued,
            "expires": [day + timedelta(days=365 * rng.randint(3, 30)) for day in issued],
        }
        _written(LICENCE, columns, owners.areas[start : start + size], said, Licence)
        told("licences", start + size, len(owners.ids))


def _equipment(
    rng: random.Random, owners: _Enterprises, facilities: list[int], count: int, said: Said, told: Told
) -> None:
    """Machines, each part in its own transaction, spread unevenly as in life: some have hundreds."""
    types = list(equipment_types.TYPES.values())
    for start, size in _parts(count):
        chosen = [min(int(rng.random() ** 2 * len(owners.ids)), len(owners.ids) - 1) for _ in range(size)]
        kinds = rng.choices(types, k=size)
        columns: dict[str, list[Any]] = {
            "organisation_id": [owners.ids[c] for c in chosen],
            "park_id": [owners.parks[c] for c in chosen],
            "facility_id": [facilities[c] for c in chosen],
            "number": [f"E-{start + i + 1:07d}" for i in range(size)],
            "name": [f"示例{rng.randint(1, 99)}号{k.name.zh}" for k in kinds],
            "type": [k.id for k in kinds],
            "model": [f"SL-{rng.randint(100, 999)}" for _ in range(size)],
            "status": [str(s.value) for s in rng.choices(_STATUSES, k=size)],
            "size": [str(rng.randint(1, 4000)) for _ in range(size)],
            "maker": rng.choices(_MAKERS, k=size),
            "commissioned": _days(rng, size),
        }
        with transaction.atomic():
            _written(EQUIPMENT, columns, [owners.areas[c] for c in chosen], said, Equipment)
        told("equipment", start + size, count)


def _owned(owners: _Enterprises, start: int, size: int) -> dict[str, list[Any]]:
    return {"organisation_id": owners.ids[start : start + size], "park_id": owners.parks[start : start + size]}


def _days(rng: random.Random, count: int) -> list[date]:
    first = date(1995, 1, 1)
    return [first + timedelta(days=rng.randrange(11_000)) for _ in range(count)]
