"""Makes the demonstration's world once, and draws new passwords for its accounts at every start."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction

from oreflow.console import clock
from oreflow.console.cases.actions import take, tick
from oreflow.console.errors import ConsoleError
from oreflow.console.people.access import Viewer, viewer_for
from oreflow.console.people.models import Kind, Membership, Organisation, Park, User
from oreflow.console.reading.actions import add_document
from oreflow.console.records import Door, Record
from oreflow.console.regions.access import default_region_id
from oreflow.console.registers import actions
from oreflow.console.registers.equipment_types import TYPES
from oreflow.console.registers.models import Equipment, Facility, Licence, Product
from oreflow.console.registers.registry import REGISTERS
from oreflow.console.registers.search import words_of
from oreflow.core.codes import make_uscc
from oreflow.core.provenance import Text

from . import data

REASON = "演示数据 / demonstration"
SYSTEM = "system"
_ROLES = {p.username: f"{p.zh} {p.en}" for body in (*data.AUTHORITIES, *data.ENTERPRISES) for p in body.people}
_ROLES[SYSTEM] = "系统管理员 administrator of the installation"


class Account(NamedTuple):
    """What a demonstration prints of an account."""

    username: str
    password: str
    role: str


class NoDemonstration(ConsoleError):
    """The demonstration's world was asked for where real data may stand."""

    code = "console.no-demonstration"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "示例单位与账号只在演示模式下生成。请用 oreflow up --demonstration 启动。",
                "Made-up organisations and accounts exist in a demonstration only."
                " Start with oreflow up --demonstration.",
            )
        )


def ensure_world(now: datetime) -> list[Account]:
    """The demonstration's accounts with passwords of this start; its organisations are made the first time.

    Raises
    ------
    NoDemonstration
        Outside demonstration mode.
    """
    if not settings.OREFLOW_DEMONSTRATION:
        raise NoDemonstration
    with transaction.atomic():
        if not Organisation.objects.exists():
            _World(now).make()
        return [_account(user) for user in User.objects.filter(simulated=True, is_active=True).order_by("pk")]


def _account(user: User) -> Account:
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.save(update_fields=("password",))
    return Account(user.username, password, _ROLES.get(user.username, user.name))


Step = tuple[int, str, tuple[str, dict[str, Any]]]
Story = tuple[int, str, str, dict[str, str], Callable[[], Iterator[Step]]]


class _World:
    """The organisations, records and cases of a demonstration, told as if they had grown over weeks."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.organisations: dict[str, Organisation] = {}
        self.parks: dict[str, Park] = {}
        self.facilities: dict[tuple[str, str], Facility] = {}
        self.serial = 0

    def make(self) -> None:
        """Write everything; the caller holds the transaction."""
        with clock.at(self.now - timedelta(days=120)):
            self._parks()
            for body in (*data.AUTHORITIES, *data.ENTERPRISES):
                self._organisation(body)
            User.objects.create(username=SYSTEM, name="系统管理员", is_superuser=True, simulated=True)
            self._facilities()
            self._machines()
            self._products()
            self._licences()
        self._cases()
        with clock.at(self.now):
            tick(self.now)
        self._document()

    def _keep(self, register: str, record: Record) -> None:
        record.created_at = record.updated_at = clock.now()
        record.simulated = True
        record.valid_from = clock.today()
        record.words = words_of(REGISTERS[register], record)
        record._change_reason, record._door = REASON, str(Door.COMMAND)
        record.save()

    def _parks(self) -> None:
        for code, name, level, area, planned, built, industries in data.PARKS:
            park = Park(
                code=code, name=name, level=level, area_code=area, planned_area=planned, built_area=built,
                leading_industries=industries,
            )  # fmt: skip
            self._keep("parks", park)
            self.parks[code] = park

    def _organisation(self, body: data.Body) -> None:
        self.serial += 1
        enterprise = body.kind not in (Kind.MINISTRY, Kind.BUREAU, Kind.PARK_COMMITTEE)
        organisation = Organisation(
            name=body.name, name_en=body.name_en, kind=body.kind, duty=body.duty, area_code=body.area,
            industry_code=body.industry, park=self.parks.get(body.park), parent=self.organisations.get(body.parent),
            uscc=make_uscc("9" if enterprise else "1", "1", body.area, self.serial), **body.figures,
        )  # fmt: skip
        self._keep("enterprises" if body in data.ENTERPRISES else "organisations", organisation)
        self.organisations[body.key] = organisation
        for person in body.people:
            user = User.objects.create(username=person.username, name=person.zh, simulated=True)
            for role in person.roles:
                Membership.objects.create(user=user, organisation=organisation, role=role)

    def _owned(self, key: str) -> dict[str, Any]:
        owner = self.organisations[key]
        return {"organisation": owner, "park": owner.park, "area_code": owner.area_code}

    def _facilities(self) -> None:
        for key, number, name, kind, product, capacity, commissioned in data.FACILITIES:
            facility = Facility(
                number=number, name=name, kind=kind, product=product, capacity=capacity or None,
                commissioned=commissioned, **self._owned(key),
            )  # fmt: skip
            self._keep("facilities", facility)
            self.facilities[key, number] = facility

    def _machines(self) -> None:
        for key, facility, type_id, prefix, sizes, commissioned in data.MACHINES:
            for position, size in enumerate(sizes, start=1):
                machine = Equipment(
                    number=f"{prefix}-{position:02d}", name=f"示例{position}号{TYPES[type_id].name.zh}", type=type_id,
                    size=size, facility=self.facilities[key, facility], commissioned=commissioned, **self._owned(key),
                )  # fmt: skip
                self._keep("equipment", machine)

    def _products(self) -> None:
        for key, number, name, material, grade, capacity in data.PRODUCTS:
            self._keep(
                "products",
                Product(
                    number=number, name=name, material=material, grade=grade, capacity=capacity, **self._owned(key)
                ),
            )

    def _licences(self) -> None:
        for key, kind, number, subject, days in data.LICENCES:
            expires = self.now.date() + timedelta(days=days)
            licence = Licence(
                number=number, kind=kind, subject=subject, issuer="示例市主管部门",
                issued=expires - timedelta(days=3 * 365), expires=expires, **self._owned(key),
            )  # fmt: skip
            self._keep("licences", licence)

    def _viewer(self, username: str) -> Viewer:
        return viewer_for(User.objects.get(username=username), None, clock.today())

    def _document(self) -> None:
        """A made-up plan, read by the worker when it starts; everybody may look at it."""
        text = (Path(__file__).parent / "plan.txt").read_bytes()
        with clock.at(self.now - timedelta(days=1)):
            add_document(
                self._viewer("city-decider"), "示例市钒钛产业发展规划.txt", BytesIO(text), region=default_region_id(),
                public=True,
            )  # fmt: skip

    def _cases(self) -> None:
        """Five cases: approved, overdue in joint review, waiting for a supplement, just submitted, a draft."""
        stories: tuple[Story, ...] = (
            (60, "vanadium-clerk", "EAF-01", {"size": "10"}, self._approved),
            (58, "pigment-clerk", "F-02", {"capacity": "55000"}, self._stuck),
            (12, "alloy-clerk", "SAF-01", {"commissioned": "2008-03-01"}, self._returned),
            (2, "sponge-clerk", "SR-01", {"size": "9"}, self._submitted),
            (1, "vanadium-clerk", "RK-01", {"size": "72"}, self._drafted),
        )
        for days, clerk, number, values, story in stories:
            self._case(self.now - timedelta(days=days), clerk, number, values, story)

    def _case(
        self, start: datetime, clerk: str, number: str, values: dict[str, str], story: Callable[[], Iterator[Step]]
    ) -> None:
        with clock.at(start):
            viewer = self._viewer(clerk)
            model: Any = Facility if number.startswith("F-") else Equipment
            register = REGISTERS["facilities" if model is Facility else "equipment"]
            record = model.objects.get(organisation=viewer.organisation, number=number)
            changed = actions.change(
                register, viewer, record.pk, record.version, values, door=str(Door.PAGE), reason="铭牌核对后更正"
            )
        assert changed.case_id is not None  # noqa: S101 - the stories change what needs approval
        for days, who, step in story():
            moment = start + timedelta(days=days)
            with clock.at(min(moment, self.now)):
                name, options = step
                take(self._viewer(who), changed.case_id, name, **options)

    def _bodies(self) -> list[int]:
        return [self.organisations["environment"].pk, self.organisations["emergency"].pk]

    def _approved(self) -> Iterator[Step]:
        yield 0, "vanadium-clerk", ("submit", {})
        yield 1, "park-acceptor", ("ask-supplement", {"reason": "请补充设备铭牌照片与竣工验收意见。"})
        yield 4, "vanadium-clerk", ("supply", {"reason": "已补充。"})
        yield 5, "park-acceptor", ("accept", {})
        yield 6, "city-decider", ("ask-opinions", {"bodies": self._bodies()})
        yield 9, "environment-opinion", ("give-opinion", {"agrees": True, "reason": "排放总量不变，同意。"})
        yield 10, "emergency-opinion", ("give-opinion", {"agrees": True, "reason": "已完成安全评价，同意。"})
        yield 12, "city-decider", ("approve", {})

    def _stuck(self) -> Iterator[Step]:
        yield 0, "pigment-clerk", ("submit", {})
        yield 2, "park-acceptor", ("accept", {})
        yield 3, "city-decider", ("ask-opinions", {"bodies": self._bodies()})
        yield 8, "emergency-opinion", ("give-opinion", {"agrees": True, "reason": "同意。"})

    def _returned(self) -> Iterator[Step]:
        yield 0, "alloy-clerk", ("submit", {})
        yield 1, "park2-acceptor", ("ask-supplement", {"reason": "请补充投产批复文件。"})

    def _submitted(self) -> Iterator[Step]:
        yield 0, "sponge-clerk", ("submit", {})

    def _drafted(self) -> Iterator[Step]:
        yield from ()
