"""What a field points to: organisations, parks and facilities within the viewer's reach, library materials, codes."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Model, QuerySet

from oreflow.console import clock
from oreflow.console.people.access import Viewer, visible_organisations
from oreflow.console.people.models import Organisation, Park
from oreflow.console.regions import access as regions
from oreflow.core.codes import IndustryLevel, UnknownArea, UnknownIndustry, compact, edition_in_force
from oreflow.core.provenance import Text
from oreflow.gateway.codes import load_areas, load_industries

from . import parsing
from .models import Facility

_ID = re.compile(r"[1-9][0-9]{0,17}")


class References:
    """Looks up what fields point to, each value once.

    Parameters
    ----------
    viewer
        Who asks; None finds everything, for values that were checked before.
    by_code
        Files name things by code; pages and programs by id, or by code where it is no number.
    """

    def __init__(self, viewer: Viewer | None, *, by_code: bool = False) -> None:
        self.viewer, self.by_code = viewer, by_code
        self._found: dict[tuple[str, str, int | None], Any] = {}

    def organisation(self, value: Any) -> Organisation:
        """An organisation by id or unified social credit code."""
        rows = Organisation.objects.all() if self.viewer is None else visible_organisations(self.viewer)
        return self._one("organisation", rows, "uscc", value, _organisation_missing)

    def park(self, value: Any) -> Park:
        """A park by id or code."""
        return self._one("park", self._parks(), "code", value, _park_missing)

    def facility(self, value: Any, organisation: Organisation | None) -> Facility:
        """A facility of an organisation, by id or by its number there."""
        owner = organisation.pk if organisation is not None else None
        rows = self.facilities().filter(organisation=owner)
        return self._one("facility", rows, "number", value, _facility_missing, owner)

    def parks(self) -> QuerySet[Any]:
        """The parks that may be chosen."""
        return self._parks().order_by("name", "pk")

    def facilities(self) -> QuerySet[Any]:
        """The facilities that may be chosen."""
        from .access import visible_to
        from .registry import FACILITY

        return Facility.objects.all() if self.viewer is None else visible_to(FACILITY, self.viewer)

    def _parks(self) -> QuerySet[Any]:
        from .access import visible_to
        from .registry import PARK

        return Park.objects.all() if self.viewer is None else visible_to(PARK, self.viewer)

    def _one(
        self, kind: str, rows: QuerySet[Any], code: str, value: Any, missing: Any, owner: int | None = None
    ) -> Any:
        if isinstance(value, Model):
            value = value.pk
        written = parsing.narrow(value)
        key = (kind, written, owner)
        if key not in self._found:
            self._found[key] = self._look(rows, code, written)
        found = self._found[key]
        if found is None:
            raise parsing.Unreadable(missing(parsing.text(written, 200)))
        return found

    def _look(self, rows: QuerySet[Any], code: str, written: str) -> Any:
        if "\0" in written:  # no text of PostgreSQL holds one
            return None
        by_id = {"pk": int(written)} if _ID.fullmatch(written) else None
        for lookup in ({code: written}, by_id) if self.by_code else (by_id, {code: written}):
            found = rows.filter(**lookup).first() if lookup else None
            if found is not None:
                return found
        return None


def _organisation_missing(value: str) -> Text:
    return Text(
        f"在您的管辖范围内没有单位“{value}”。请填已登记单位的统一社会信用代码，或先登记该单位。",
        f"There is no organisation “{value}” within your reach. Give the unified social credit code of one, or add it.",
    )


def _park_missing(value: str) -> Text:
    return Text(
        f"在您的管辖范围内没有园区“{value}”。请填已登记园区的代码。",
        f"There is no park “{value}” within your reach. Give the code of one in the register of parks.",
    )


def _facility_missing(value: str) -> Text:
    return Text(
        f"该单位没有设施“{value}”。请填该单位已登记设施的编号，或先登记该设施。",
        f"The organisation has no facility “{value}”. Give the number of one of its facilities, or add it first.",
    )


@lru_cache(maxsize=1)
def material_words() -> dict[str, str]:
    """Ids of the reference library by id and by name in either language."""
    materials = regions.region(regions.default_region_id()).library.materials
    words = {name.casefold(): m.id for m in materials.values() for name in (m.name.zh, m.name.en)}
    return words | {m.id.casefold(): m.id for m in materials.values()}


def material_name(value: str) -> Text:
    """The name of a material; its id where the library has none."""
    found = regions.region(regions.default_region_id()).library.materials.get(value)
    return Text(value, value) if found is None else found.name


def materials() -> list[tuple[str, Text]]:
    """Every material of the library with its name, by name."""
    known = regions.region(regions.default_region_id()).library.materials
    return sorted(((m.id, m.name) for m in known.values()), key=lambda pair: pair[1].zh)


def material(value: Any) -> str:
    """A material's id."""
    found = material_words().get(str(value).strip().casefold())
    if found is None:
        written = parsing.text(value, 120)
        raise parsing.Unreadable(
            Text(
                f"物料库中没有“{written}”。请填物料库中的名称或编号，见“物料与工序”。",
                f"The library has no material “{written}”. Give a name or id from Materials and processes.",
            )
        )
    return found


def area(value: Any) -> str:
    """A code of GB/T 2260 that is in use today, for a province, city or county; also by a name that only it has."""
    written = parsing.text(value, 60)
    code = compact(written)
    if code.isascii() and code.isdigit() and len(code) == 6:
        try:
            return str(load_areas().get(code, clock.today()).code)
        except UnknownArea as error:
            raise parsing.Unreadable(error.text) from error
    found = _area_names(clock.today()).get(_mark(written), ())
    if len(found) == 1:
        return found[0]
    if found:
        listed = "; ".join(found[:8])
        raise parsing.Unreadable(
            Text(
                f"“{written}”有 {len(found)} 处：{listed}。请填代码，或连同所属省、市一起填写。",
                f"There are {len(found)} places called “{written}”: {listed}. Give the code, or the city with it.",
            )
        )
    raise parsing.Unreadable(
        Text(
            f"“{written}”不是行政区划代码或名称。请填 6 位代码，例如 510411，或全称。",
            f"“{written}” is neither code nor name of an area. Give the 6 digits of GB/T 2260, such as 510411.",
        )
    )


@lru_cache(maxsize=2)
def _area_names(day: date) -> dict[str, tuple[str, ...]]:
    """Codes by name: alone, and behind the city and province that it lies in."""
    tree = load_areas()
    found: dict[str, list[str]] = {}
    for province in tree.children("", day):
        for place in (province, *tree.subordinates(province.code, day)):
            path = tree.path(place.code, day)
            ways = {"".join(a.name.zh for a in path[at:]) for at in range(len(path))}
            ways |= {place.name.en, ", ".join(a.name.en for a in reversed(path))}
            for way in ways:
                found.setdefault(_mark(way), []).append(place.code)
    return {name: tuple(codes) for name, codes in found.items()}


def _mark(name: str) -> str:
    return "".join(name.split()).casefold()


def industry(value: Any) -> str:
    """A code of GB/T 4754, in the edition in force; also by its name."""
    written = parsing.text(value, 60)
    code = industry_names().get(_mark(written), compact(written))
    try:
        load_industries().nearest(code, edition_in_force(clock.today()).name)
    except UnknownIndustry as error:
        raise parsing.Unreadable(error.text) from error
    return code


def industry_names() -> dict[str, str]:
    """Codes by name in the edition in force, for names that stand once; the finest where levels share one."""
    return _industry_names(edition_in_force(clock.today()).name)


@lru_cache(maxsize=4)
def _industry_names(edition: str) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for entry in load_industries().entries:
        if entry.edition == edition:
            for name in {entry.name.zh, entry.name.en}:
                found.setdefault(_mark(name), set()).add(entry.code)
    finest = {name: max(codes, key=len) for name, codes in found.items()}
    return {
        name: code for name, code in finest.items() if all(code.startswith(c) or not c.isdigit() for c in found[name])
    }


def industries() -> list[tuple[str, Text]]:
    """Code and name of every class, the finest level, of the edition in force."""
    edition = edition_in_force(clock.today()).name
    rows = (e for e in load_industries().entries if e.edition == edition and e.level is IndustryLevel.CLASS)
    return [(e.code, e.name) for e in rows]
