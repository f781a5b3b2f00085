"""A small world of organisations and people for tests: two enterprises, a park, a city, its bureaus, a ministry."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from oreflow.console.people.access import Viewer, viewer_for
from oreflow.console.people.models import Kind, Membership, Organisation, Park, Role, User
from oreflow.console.registers.models import Equipment, Facility, Licence, Product
from oreflow.console.registers.plan_models import ChainLink, PlanClause, PlanProject, PlanTarget, PlanTask

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, 09:00 in Beijing
CITY, COUNTY, PROVINCE, ELSEWHERE = "510400", "510411", "510000", "520100"

PASSWORD = "horse-battery-staple-5104"  # noqa: S105 - of nobody


@dataclass
class World:
    """Organisations, people and records by short names."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    parks: dict[str, Park] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)

    def viewer(self, person: str) -> Viewer:
        """The viewer that a person is."""
        return viewer_for(self.people[person], None, NOW.date())

    def client(self, person: str, language: str = "en") -> Client:
        """A signed-in browser."""
        client = Client(headers={"accept-language": language})
        client.force_login(self.people[person], backend="django.contrib.auth.backends.ModelBackend")
        return client


STAMPS: dict[str, Any] = {"created_at": NOW, "updated_at": NOW, "simulated": True}

# name: kind, duty, area, park, {person: roles}
_ORGANISATIONS: dict[str, tuple[Kind, str, str, str, dict[str, tuple[Role, ...]]]] = {
    "ministry": (Kind.MINISTRY, "industry", "110000", "", {"minister": (Role.VIEWER,)}),
    "province": (Kind.BUREAU, "industry", PROVINCE, "", {"provincial": (Role.VIEWER,)}),
    "city": (Kind.BUREAU, "industry", CITY, "", {
        "decider": (Role.DECIDER, Role.CLERK), "city-admin": (Role.ADMINISTRATOR,)}),
    "environment": (Kind.BUREAU, "environment", CITY, "", {"environment": (Role.OPINION,)}),
    "emergency": (Kind.BUREAU, "emergency", CITY, "", {"emergency": (Role.OPINION,)}),
    "elsewhere": (Kind.BUREAU, "industry", ELSEWHERE, "", {"stranger": (Role.DECIDER, Role.CLERK)}),
    "committee": (Kind.PARK_COMMITTEE, "", COUNTY, "park", {"acceptor": (Role.ACCEPTOR, Role.CLERK)}),
    "experts": (Kind.EXPERT_BODY, "", CITY, "", {"reviewer": (Role.REVIEWER,)}),
    "alpha": (Kind.SMELTING, "", COUNTY, "park", {
        "clerk": (Role.CLERK,), "looker": (Role.VIEWER,), "alpha-admin": (Role.ADMINISTRATOR, Role.CLERK)}),
    "beta": (Kind.MINING, "", COUNTY, "park", {"rival": (Role.CLERK,)}),
    "gamma": (Kind.MINING, "", ELSEWHERE, "", {"far": (Role.CLERK,)}),
}  # fmt: skip
_NAMES = {
    "ministry": "示例部", "province": "示例省工业厅", "city": "示例市经信局", "environment": "示例市生态环境局",
    "emergency": "示例市应急管理局", "elsewhere": "示例外市经信局", "committee": "示例园区管委会",
    "experts": "示例专家委员会", "alpha": "示例钒钛冶炼厂", "beta": "示例矿业公司", "gamma": "示例远方矿业公司",
}  # fmt: skip


def make_world() -> World:
    """Write the world into the database."""
    world = World()
    world.parks["park"] = Park.objects.create(
        code="P-01", name="示例钒钛园区", level="provincial", area_code=COUNTY, **STAMPS
    )
    for number, (key, (kind, duty, area, park, people)) in enumerate(_ORGANISATIONS.items()):
        world.organisations[key] = organisation = Organisation.objects.create(
            name=_NAMES[key], kind=kind, duty=duty, area_code=area, park=world.parks.get(park),
            uscc=f"9151040000000000{number:02d}", words=_NAMES[key], **STAMPS,
        )  # fmt: skip
        for person, roles in people.items():
            user = world.people[person] = User.objects.create(username=person, name=person, simulated=True)
            for role in roles:
                Membership.objects.create(user=user, organisation=organisation, role=role)
    world.people["system"] = User.objects.create(username="system", name="system", is_superuser=True)
    world.people["nobody"] = User.objects.create(username="nobody", name="nobody")
    for key in ("alpha", "beta", "gamma"):
        _fill(world, key)
    return world


def _fill(world: World, key: str) -> None:
    organisation = world.organisations[key]
    common: dict[str, Any] = {
        "organisation": organisation, "park": organisation.park, "area_code": organisation.area_code, **STAMPS,
    }  # fmt: skip
    facility = Facility.objects.create(number="F-1", name=f"{organisation.name}一车间", kind="smelter", **common)
    world.records[f"{key}-facility"] = facility
    world.records[f"{key}-equipment"] = Equipment.objects.create(
        number="E-1", name="示例1号高炉", type="blast-furnace", size="1200", facility=facility, **common
    )
    world.records[f"{key}-product"] = Product.objects.create(number="P-1", name="示例钒渣", capacity="50000", **common)
    world.records[f"{key}-licence"] = Licence.objects.create(number=f"示例-{key}", kind="safety", **common)
    _fill_plan(world, key, common)


def _fill_plan(world: World, key: str, common: dict[str, Any]) -> None:
    """A record in each register of what is accepted from plans."""
    own: dict[str, Any] = {"number": f"R-{key}", "document": "示例规划", **common}
    world.records[f"{key}-target"] = PlanTarget.objects.create(
        name="示例产能", area="panzhihua", area_name="攀枝花市", indicator="titania", value="12.5", decimals=1,
        unit="万吨", year="2025", **own,
    )  # fmt: skip
    world.records[f"{key}-chain-link"] = ChainLink.objects.create(
        name="示例矿—示例渣", source_node="示例矿", target_node="示例渣", **own
    )
    world.records[f"{key}-clause"] = PlanClause.objects.create(name="示例高炉", attribute="容积", **own)
    world.records[f"{key}-task"] = PlanTask.objects.create(name="示例任务", lead="示例市经信局", **own)
    world.records[f"{key}-project"] = PlanProject.objects.create(name="示例项目", enterprise="示例公司", **own)
