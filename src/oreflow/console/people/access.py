"""The one door for reads of people and organisations, and who is looking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest

from oreflow.console.records import city_of

from .models import Duty, Kind, Membership, Organisation, Role, User

Row = TypeVar("Row", bound=Model)
SESSION_ORGANISATION = "acting_organisation"


class Breadth(StrEnum):
    """How far a viewer sees."""

    NOTHING = "nothing"
    OWN = "own"
    GROUP = "group"
    PARK = "park"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks or acts: a person, for one organisation, in the roles held there on the day.

    `scopes` is None for a browser, and the scopes of the token for a program.
    """

    user: User | None = None
    organisation: Organisation | None = None
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] | None = None

    @property
    def breadth(self) -> Breadth:
        """How far this viewer sees."""
        if self.user is None:
            return Breadth.NOTHING
        if self.organisation is None:
            return Breadth.NATION if self.user.is_superuser else Breadth.NOTHING
        return _breadth(self.organisation)

    @property
    def is_system(self) -> bool:
        """Whether this is the installation's administrator, acting for no organisation."""
        return self.user is not None and self.user.is_superuser and self.organisation is None

    @property
    def duty(self) -> str:
        """The duty of the viewer's authority; empty for others."""
        return self.organisation.duty if self.organisation else ""

    def has(self, *roles: str) -> bool:
        """Whether the viewer holds one of the roles."""
        return bool(self.roles & set(roles))

    def may(self, scope: str) -> bool:
        """Whether the door allows this: browsers may do what roles allow, tokens what their scopes name too."""
        return self.scopes is None or scope in self.scopes


NOBODY = Viewer()


def _breadth(organisation: Organisation) -> Breadth:
    if organisation.kind == Kind.MINISTRY:
        return Breadth.NATION
    if organisation.kind == Kind.PARK_COMMITTEE:
        return Breadth.PARK if organisation.park_id else Breadth.NOTHING
    if organisation.kind == Kind.BUREAU:
        return _area_breadth(organisation.area_code)
    return Breadth.GROUP if organisation.kind == Kind.GROUP else Breadth.OWN


def _area_breadth(code: str) -> Breadth:
    if len(code) != 6:
        return Breadth.NOTHING
    if code[2:] == "0000":
        return Breadth.PROVINCE
    return Breadth.CITY if code[4:] == "00" else Breadth.COUNTY


def reach(viewer: Viewer, owner: str = "organisation", park: str = "park", place: str = "") -> Q | None:
    """The condition that keeps what a viewer may see; None for nothing at all.

    Parameters
    ----------
    owner, park
        Names of the foreign keys to the owning organisation and its park; `owner="pk"` for organisations.
    place
        Prefix of the columns `area_code`, `city_code`, `province_code`, such as `organisation__`.
    """
    organisation, breadth = viewer.organisation, viewer.breadth
    if breadth is Breadth.NATION:
        return Q()
    if organisation is None or breadth is Breadth.NOTHING:
        return None
    own = Q(**{owner: organisation.pk})
    if breadth is Breadth.OWN:
        return own
    if breadth is Breadth.GROUP:
        return own | Q(**{"parent" if owner == "pk" else f"{owner}__parent": organisation.pk})
    if breadth is Breadth.PARK:
        return Q(**{park: organisation.park_id})
    return _place(organisation.area_code, breadth, place)


def _place(code: str, breadth: Breadth, prefix: str) -> Q:
    if breadth is Breadth.PROVINCE:
        return Q(**{f"{prefix}province_code": code})
    if breadth is Breadth.CITY:
        return Q(**{f"{prefix}city_code": city_of(code)})
    return Q(**{f"{prefix}area_code": code})


def within_reach(rows: QuerySet[Row], viewer: Viewer, **names: str) -> QuerySet[Row]:
    """The rows that a viewer may see."""
    condition = reach(viewer, **names)
    return rows.none() if condition is None else rows.filter(condition)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who this request comes from; set by the middleware, or by the token of the data interface."""
    return getattr(request, "viewer", NOBODY)


def viewer_for(user: User, organisation_id: int | None, today: date, scopes: Iterable[str] | None = None) -> Viewer:
    """The viewer that a person is in one of its organisations; the first one where none is named.

    A superuser without membership acts for the installation.
    """
    if not user.is_active:
        return NOBODY
    held = list(memberships(user, today))
    ids = [m.organisation_id for m in held]
    acting = organisation_id if organisation_id in ids else (ids[0] if ids else None)
    organisation = next((m.organisation for m in held if m.organisation_id == acting), None)
    roles = frozenset(m.role for m in held if m.organisation_id == acting)
    return Viewer(user, organisation, roles, None if scopes is None else frozenset(scopes))


def memberships(user: User, today: date) -> QuerySet[Membership]:
    """The memberships that a person holds on a day; delegated ones end with those they come from."""
    return (
        Membership.objects.valid_on(today)
        .filter(user=user)
        .select_related("organisation", "organisation__park")
        .order_by("organisation__name", "organisation_id", "role")
    )


def visible_organisations(viewer: Viewer) -> QuerySet[Organisation]:
    """Organisations within reach; everybody sees its own."""
    condition = reach(viewer, owner="pk")
    if viewer.organisation is not None:
        own = Q(pk=viewer.organisation.pk)
        condition = own if condition is None else condition | own if condition else condition
    return Organisation.objects.none() if condition is None else Organisation.objects.filter(condition)


def visible_users(viewer: Viewer) -> QuerySet[User]:
    """Oneself; the people of the organisation for its administrator; everybody for the installation's."""
    if viewer.is_system:
        return User.objects.all()
    if viewer.user is None:
        return User.objects.none()
    if viewer.organisation is not None and viewer.has(Role.ADMINISTRATOR):
        return User.objects.filter(Q(pk=viewer.user.pk) | Q(memberships__organisation=viewer.organisation)).distinct()
    return User.objects.filter(pk=viewer.user.pk)


def found(rows: QuerySet[Row], **lookup: Any) -> Row:
    """The one row, or 404: absent and forbidden answer alike."""
    row = rows.filter(**lookup).first()
    if row is None:
        raise Http404
    return row


def sees_duty(viewer: Viewer, duties: frozenset[Duty]) -> bool:
    """Whether a field kept for some duties is shown to this viewer."""
    authority = viewer.organisation is not None and viewer.organisation.kind in (Kind.BUREAU, Kind.MINISTRY)
    return not duties or not authority or viewer.duty in duties
