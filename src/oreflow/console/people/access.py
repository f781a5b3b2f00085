"""The one door for reads of people and organisations, and who is looking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from oreflow.console.records import city_of

from .models import ApiToken, Duty, Kind, Membership, Organisation, Role, SecurityEvent, Succession, User

Row = TypeVar("Row", bound=Model)
SESSION_ORGANISATION = "acting_organisation"
INSTALLATION = 0  # chosen in place of an organisation by an installation administrator
TOKEN_START = "ofl_"  # noqa: S105 - how a token begins, so that scanners of leaks know it
LONGEST_TOKEN = 100
USE_NOTED_EVERY = timedelta(minutes=1)


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

    def has(self, *roles: Any) -> bool:
        """Whether the viewer holds one of the roles, each a `Role` or its value."""
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
        if owner == "pk":
            return own | Q(parent=organisation.pk)
        # not an OR over a join, which no index answers
        group = Organisation.objects.filter(Q(pk=organisation.pk) | Q(parent=organisation.pk))
        return Q(**{f"{owner}__in": group.values("pk")})
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

    A superuser without membership acts for the installation, one with memberships where INSTALLATION is named.
    """
    if not user.is_active:
        return NOBODY
    kept = None if scopes is None else frozenset(scopes)
    if user.is_superuser and organisation_id == INSTALLATION:
        return Viewer(user, None, frozenset(), kept)
    held = list(memberships(user, today))
    ids = [m.organisation_id for m in held]
    acting = organisation_id if organisation_id in ids else (ids[0] if ids else None)
    organisation = next((m.organisation for m in held if m.organisation_id == acting), None)
    roles = frozenset(m.role for m in held if m.organisation_id == acting)
    return Viewer(user, organisation, roles, kept)


def viewer_for_token(raw: str, now: datetime) -> Viewer | None:
    """The viewer that a token of the data interface lets in; None for every token that does not hold now.

    The token is looked up by its SHA-256, so that the time taken tells nothing about a token.
    """
    if not raw.startswith(TOKEN_START) or len(raw) > LONGEST_TOKEN:
        return None
    digest = token_digest(raw)
    token = ApiToken.objects.filter(digest=digest).select_related("user").first()
    if token is None or not compare_digest(token.digest, digest):
        return None
    if token.revoked_at is not None or token.expires_at <= now:
        return None
    wanted = token.organisation_id or INSTALLATION
    viewer = viewer_for(token.user, wanted, timezone.localdate(now), token.scopes)
    if (viewer.organisation.pk if viewer.organisation else INSTALLATION) != wanted or viewer.breadth is Breadth.NOTHING:
        return None
    if token.user.must_change_password:
        return None
    if token.last_used_at is None or now - token.last_used_at >= USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return viewer


def token_digest(raw: str) -> str:
    """What is kept of a token."""
    return sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


def memberships(user: User, today: date) -> QuerySet[Membership]:
    """The memberships that a person holds on a day; delegated ones end with those they come from."""
    return (
        holding(today)
        .filter(user=user)
        .select_related("organisation", "organisation__park")
        .order_by("organisation__name", "organisation_id", "role")
    )


def holding(today: date) -> QuerySet[Membership]:
    """All memberships that hold on a day: own ones, and delegated ones while the delegator holds the role itself.

    Nobody acts for an organisation that has ended, however it ended.
    """
    source = Membership.objects.valid_on(today).filter(
        user=OuterRef("delegated_by"), organisation=OuterRef("organisation"), role=OuterRef("role"),
        delegated_by__isnull=True, user__is_active=True,
    )  # fmt: skip
    standing = Q(organisation__valid_to__isnull=True) | Q(organisation__valid_to__gt=today)
    return Membership.objects.valid_on(today).filter(standing, Q(delegated_by__isnull=True) | Exists(source))


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


def managed_organisations(viewer: Viewer) -> QuerySet[Organisation]:
    """The organisations whose people a viewer manages: its own, or all for the installation's administrator."""
    if viewer.is_system:
        return Organisation.objects.all()
    if viewer.organisation is not None and viewer.has(Role.ADMINISTRATOR):
        return Organisation.objects.filter(pk=viewer.organisation.pk)
    return Organisation.objects.none()


def managed_users(viewer: Viewer) -> QuerySet[User]:
    """The people whom a viewer manages; nobody for people without that role."""
    if viewer.is_system or viewer.has(Role.ADMINISTRATOR):
        return visible_users(viewer)
    return User.objects.none()


def visible_events(viewer: Viewer) -> QuerySet[SecurityEvent]:
    """The security log: of the organisation for its administrator, all of it for the installation's."""
    if viewer.is_system:
        return SecurityEvent.objects.all()
    if viewer.organisation is None or not viewer.has(Role.ADMINISTRATOR):
        return SecurityEvent.objects.none()
    return SecurityEvent.objects.filter(organisation=viewer.organisation)


def name_on(organisation: Organisation, day: date) -> str:
    """The name that an organisation bore on a day."""
    later = organisation.successions.filter(manner=Succession.Manner.RENAME, effective__gt=day).first()
    return later.former_name if later else organisation.name


def successors_on(organisation: Organisation, day: date) -> tuple[Organisation, ...]:
    """Those who stand in an organisation's place on a day: itself, the one it merged into, those it was split into."""
    steps = Succession.objects.exclude(manner=Succession.Manner.RENAME).filter(effective__lte=day)
    standing: dict[int, Organisation] = {}
    asked, seen = [organisation], {organisation.pk}
    while asked:
        now = asked.pop(0)
        after = [s.successor for s in steps.filter(predecessor=now).select_related("successor")]
        if not after:
            standing[now.pk] = now
        asked += [o for o in after if o.pk not in seen]
        seen |= {o.pk for o in after}
    return tuple(standing.values())


def successor_on(organisation: Organisation, day: date) -> Organisation | None:
    """The one that stands in an organisation's place on a day; None where a split left several."""
    standing = successors_on(organisation, day)
    return standing[0] if len(standing) == 1 else None


def found(rows: QuerySet[Any], **lookup: Any) -> Any:
    """The one row, or 404: absent and forbidden answer alike."""
    row = rows.filter(**lookup).first()
    if row is None:
        raise Http404
    return row


def sees_duty(viewer: Viewer, duties: frozenset[Duty]) -> bool:
    """Whether a field kept for some duties is shown to this viewer."""
    authority = viewer.organisation is not None and viewer.organisation.kind in (Kind.BUREAU, Kind.MINISTRY)
    return not duties or not authority or viewer.duty in duties
