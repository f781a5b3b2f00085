"""Where a case goes: who accepts it, who decides it, who may be asked, and who stands above them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from oreflow.console import clock
from oreflow.console.people.models import Duty, Kind, Organisation, Park
from oreflow.console.records import city_of, province_of
from oreflow.console.refusals import Refused
from oreflow.core.provenance import Text

from .models import CaseFile


@dataclass(frozen=True, slots=True)
class Route:
    """The organisations that a case passes through."""

    acceptor: Organisation
    decider: Organisation


def route(area_code: str, park: Park | None) -> Route:
    """Acceptor and decider of what stands in an area, in a park or outside.

    Raises
    ------
    Refused
        Where the committee or the bureau is not registered; the text says which, and who registers it.
    """
    acceptor = _committee(park) if park is not None else _industry(area_code, city_of(area_code))
    if acceptor is None:
        raise Refused(
            _no_committee(park) if park is not None else _no_bureau(area_code, "县（区）、市", "county or city")
        )
    decider = _industry(city_of(area_code), province_of(area_code))
    if decider is None:
        raise Refused(_no_bureau(area_code, "市、省", "city or province"))
    return Route(acceptor, decider)


def standing() -> QuerySet[Organisation]:
    """Organisations that exist today."""
    today = clock.today()
    return Organisation.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=today), Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    ).order_by("pk")


def askable(case: CaseFile) -> QuerySet[Organisation]:
    """The bureaus of the case's county, city and province that its decider may ask for an opinion."""
    areas = [code for code in (case.area_code, case.city_code, case.province_code) if code]
    return standing().filter(kind=Kind.BUREAU, area_code__in=areas).exclude(pk=case.decider_id).order_by("duty", "name")


def reviewers(case: CaseFile) -> QuerySet[Organisation]:
    """The expert bodies of the case's city and province."""
    areas = [code for code in (case.area_code, case.city_code, case.province_code) if code]
    return standing().filter(kind=Kind.EXPERT_BODY, area_code__in=areas).order_by("-area_code", "name")


def superior(organisation: Organisation) -> Organisation | None:
    """Who is told when an organisation lets a deadline pass: one level up; the ministry over provinces."""
    code = organisation.area_code
    above: list[str]
    if organisation.kind == Kind.PARK_COMMITTEE or (code and code != city_of(code) and code != province_of(code)):
        above = [city_of(code), province_of(code)]
    else:
        above = [province_of(code)]
    found = next((o for a in above if a != code and (o := _industry(a)) is not None), None)
    if found is None and organisation.kind != Kind.MINISTRY:
        found = standing().filter(kind=Kind.MINISTRY, duty=Duty.INDUSTRY).first()
    return found if found is not None and found.pk != organisation.pk else None


def _industry(*areas: str) -> Organisation | None:
    """The industry bureau of the first of these areas that has one."""
    for code in areas:
        bureau = standing().filter(kind=Kind.BUREAU, duty=Duty.INDUSTRY, area_code=code).first() if code else None
        if bureau is not None:
            return bureau
    return None


def _committee(park: Park) -> Organisation | None:
    return standing().filter(kind=Kind.PARK_COMMITTEE, park=park).first()


def _no_committee(park: Park) -> Text:
    return Text(
        f"园区“{park.name}”还没有登记管委会，无法受理。请系统管理员在“机关与服务机构”中登记。",
        f"The park “{park.name}” has no committee on record to accept this. Ask the installation's administrator"
        " to enter it under “Authorities and services”.",
    )


def _no_bureau(area_code: str, zh: str, en: str) -> Text:
    if not area_code:
        return Text(
            "记录没有填写所在地，无法确定受理机关。请先填写所在地。", "The record names no area. Fill it in first."
        )
    return Text(
        f"所在地 {area_code} 的{zh}工业主管部门都没有登记。请系统管理员在“机关与服务机构”中登记。",
        f"No industry bureau of the {en} of area {area_code} is on record. Ask the installation's administrator"
        " to enter it under “Authorities and services”.",
    )
