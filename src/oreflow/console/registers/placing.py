"""Where a record may stand: whoever writes it keeps it within its own reach.

Area and park decide who sees a record and who decides on it, so nobody may place one where others answer for it:
bureaus within their area, park committees in their park, enterprises in the city they are registered in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oreflow.console.people.access import Breadth, Viewer
from oreflow.console.records import city_of, province_of
from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text

from .access import hat
from .spec import Owner, Register

PLACE = ("area_code", "park")


def check(register: Register, viewer: Viewer, values: Mapping[str, Any], record: Any = None) -> None:
    """Refuse an area or park, as read, that the viewer may not give a record.

    Raises
    ------
    Invalid
    """
    problems = {}
    if values.get("area_code"):
        owner = values.get("organisation") or (None if record is None else owner_of(register, record))
        homes = {getattr(owner, "area_code", ""), getattr(record, "area_code", "")}
        problems["area_code"] = why_not_area(viewer, values["area_code"], homes)
    if "park" in values:
        problems["park"] = why_not_park(viewer, getattr(values["park"], "pk", None))
    found = {key: text for key, text in problems.items() if text is not None}
    if found:
        raise Invalid(found)


def owner_of(register: Register, record: Any) -> Any:
    """The organisation that a record belongs to; an organisation's record is its own."""
    return record if register.owner == "pk" else getattr(record, "organisation", None)


def why_not_area(viewer: Viewer, code: str, homes: set[str]) -> Text | None:
    """Why a viewer may not place a record in an area; None where it may.

    `homes` are the areas that the record's organisation and the record itself stand in now.
    """
    writes, own = hat(viewer), viewer.organisation
    if own is None or writes is Owner.SYSTEM or viewer.breadth is Breadth.NATION:
        return None
    if writes is Owner.BUREAU:
        return None if _answers_for(viewer, code) else _OUTSIDE_AREA
    if writes is Owner.PARK and own.park is not None:
        homes = {own.park.area_code}
    homes = {home for home in {*homes, own.area_code} if home}
    cities = {city_of(home) for home in homes} - {""}
    if not homes or code in homes or city_of(code) in cities:
        return None
    return _OUTSIDE_CITY


def why_not_park(viewer: Viewer, park_id: int | None) -> Text | None:
    """Why a viewer may not place a record in a park, or in none; None where it may."""
    own = viewer.organisation
    if hat(viewer) is not Owner.PARK or own is None or park_id == own.park_id:
        return None
    return _OUTSIDE_PARK


def _answers_for(viewer: Viewer, code: str) -> bool:
    own = viewer.organisation.area_code if viewer.organisation is not None else ""
    part = {Breadth.PROVINCE: province_of(code), Breadth.CITY: city_of(code), Breadth.COUNTY: code}
    return part.get(viewer.breadth) == own


_OUTSIDE_AREA = Text(
    "所在地不在您的管辖区域内。请填管辖区域内的代码；区域外的由当地或上级主管部门登记。",
    "The area is outside the one you answer for. Give one within it; others are entered by the bureau there or above.",
)
_OUTSIDE_CITY = Text(
    "所在地不在本单位所在的市。请填本市的代码；外地的由当地或上级主管部门登记。",
    "The area is not in the organisation's own city. Give one there; elsewhere the bureau there, or above, enters it.",
)
_OUTSIDE_PARK = Text(
    "园区须是您管理的园区。迁入其他园区或迁出园区，由主管部门登记。",
    "The park must be your own. A move to another park, or out of it, is entered by the authorities.",
)
