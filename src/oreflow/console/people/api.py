"""The data interface of organisations and people."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice
from ninja import Path, Query, Router
from ninja.responses import Status

from oreflow.console import clock
from oreflow.console.api_ground import needs, page

from . import account, actions, sessions
from .access import (
    Viewer,
    found,
    managed_organisations,
    managed_users,
    memberships,
    name_on,
    successors_on,
    viewer_of,
    visible_organisations,
)
from .api_schemas import (
    MeOut,
    OrganisationDetail,
    OrganisationPage,
    PersonAdded,
    PersonDetail,
    PersonIn,
    PersonPage,
    ReasonIn,
    RoleIn,
    RoleOut,
    SessionOut,
    TokenOut,
)
from .models import ApiToken, Membership, Organisation, Role, User

READ, WRITE = "people:read", "people:write"
MOST_ROWS = 200
router = Router(tags=["people"])

Id = Annotated[int, Path(ge=1, le=2**63 - 1, description="id, as in the lists")]
Rows = Annotated[int, Query(ge=1, le=MOST_ROWS, description="rows of a page")]
After = Annotated[str, Query(max_length=2_000, description="`next` of the page before; empty for the first page")]


@router.get("/me", response=MeOut, summary="Who I am here", operation_id="me")
def me(request: HttpRequest) -> Any:
    """The caller, the organisation it acts for, its roles and how far it sees. Needs no scope."""
    viewer = viewer_of(request)
    if viewer.user is None:
        raise Http404
    held = memberships(viewer.user, clock.today()).select_related("organisation", "delegated_by")
    return {
        "username": viewer.user.username, "name": viewer.user.name, "organisation": _reference(viewer.organisation),
        "roles": sorted(str(r) for r in viewer.roles), "breadth": viewer.breadth.value,
        "installation_administrator": viewer.is_system,
        "scopes": None if viewer.scopes is None else sorted(viewer.scopes), "memberships": [role_out(m) for m in held],
    }  # fmt: skip


@router.get("/organisations", response=OrganisationPage, summary="List organisations", operation_id="listOrganisations")
@needs(READ)
def organisations(request: HttpRequest, limit: Rows = 100, cursor: After = "") -> Any:
    """The organisations within the caller's reach, by name."""
    cut = page(visible_organisations(viewer_of(request)), "name", limit, cursor, query="")
    return {"items": list(cut.items), "next": cut.next}


@router.get(
    "/organisations/{int:organisation_id}", response=OrganisationDetail, summary="One organisation",
    operation_id="readOrganisation",
)  # fmt: skip
@needs(READ)
def organisation(request: HttpRequest, organisation_id: Id, as_of: date | None = None) -> Any:
    """An organisation with its changes; `as_of` asks for the name it bore and who stood in its place on a day."""
    row = found(visible_organisations(viewer_of(request)), pk=organisation_id)
    day = as_of or clock.today()
    plain = ("id", "name", "name_en", "uscc", "kind", "duty", "area_code", "valid_from", "valid_to", "version")
    steps = row.successions.select_related("successor")
    return {key: getattr(row, key) for key in plain} | {
        "as_of": day,
        "name_then": name_on(row, day),
        "successors_then": [_reference(o) for o in successors_on(row, day)],
        "changes": [
            {
                "manner": s.manner, "effective": s.effective, "former_name": s.former_name,
                "successor": _reference(s.successor),
            }
            for s in steps
        ],
    }  # fmt: skip


@router.get("/people", response=PersonPage, summary="List accounts", operation_id="listPeople")
@needs(READ)
def people(request: HttpRequest, limit: Rows = 100, cursor: After = "") -> Any:
    """The accounts that the caller manages, by user name; for administrators."""
    cut = page(_managed(viewer_of(request)), "username", limit, cursor, query="")
    return {"items": [_person(u) for u in cut.items], "next": cut.next}


@router.get("/people/{int:user_id}", response=PersonDetail, summary="One account", operation_id="readPerson")
@needs(READ)
def person(request: HttpRequest, user_id: Id) -> Any:
    """An account with its roles; for administrators."""
    return person_detail(viewer_of(request), user_id)


@router.post("/people", response={201: PersonAdded}, summary="Add an account", operation_id="createPerson")
@needs(WRITE, told_once=("one_time_password",))
def add(request: HttpRequest, given: PersonIn) -> Any:
    """Add an account with roles; the one-time password is told in this answer only."""
    viewer = viewer_of(request)
    user, password = actions.create_user(
        viewer, given.username, given.name, given.organisation, given.roles, given.valid_from, given.valid_to
    )
    return Status(201, person_detail(viewer, user.pk) | {"one_time_password": password})


@router.post(
    "/people/{int:user_id}/deactivate", response=PersonDetail, summary="Deactivate an account",
    operation_id="deactivatePerson",
)  # fmt: skip
@needs(WRITE)
def deactivate(request: HttpRequest, user_id: Id, given: ReasonIn) -> Any:
    """Switch an account off: its sessions and tokens end at once."""
    actions.deactivate(viewer_of(request), user_id, given.reason)
    return person_detail(viewer_of(request), user_id)


@router.post(
    "/people/{int:user_id}/reactivate", response=PersonDetail, summary="Reactivate an account",
    operation_id="reactivatePerson",
)  # fmt: skip
@needs(WRITE)
def reactivate(request: HttpRequest, user_id: Id, given: ReasonIn) -> Any:
    """Switch an account on again."""
    actions.reactivate(viewer_of(request), user_id, given.reason)
    return person_detail(viewer_of(request), user_id)


@router.post("/people/{int:user_id}/roles", response={201: RoleOut}, summary="Grant a role", operation_id="grantRole")
@needs(WRITE)
def grant(request: HttpRequest, user_id: Id, given: RoleIn) -> Any:
    """Give a role, or change from when to when it holds."""
    membership = actions.grant(
        viewer_of(request), user_id, given.organisation, given.role, given.valid_from, given.valid_to, given.reason
    )
    return Status(201, role_out(membership))


@router.post(
    "/people/{int:user_id}/roles/{int:role_id}/withdraw", response=RoleOut, summary="Withdraw a role",
    operation_id="withdrawRole",
)  # fmt: skip
@needs(WRITE)
def withdraw(request: HttpRequest, user_id: Id, role_id: Id, given: ReasonIn) -> Any:
    """Take a role away from today on."""
    found(Membership.objects.filter(user__in=_managed(viewer_of(request)).values("pk")), pk=role_id, user_id=user_id)
    return role_out(actions.withdraw(viewer_of(request), role_id, given.reason))


@router.get("/me/tokens", response=list[TokenOut], summary="My tokens", operation_id="listTokens")
@needs(READ)
def tokens(request: HttpRequest) -> Any:
    """The caller's tokens, latest first; they are issued on the account page."""
    rows = ApiToken.objects.filter(user=viewer_of(request).user).select_related("organisation")
    return [_token(t) for t in rows.order_by("-created_at", "-pk")]


@router.post(
    "/me/tokens/{int:token_id}/revoke", response=TokenOut, summary="Revoke a token", operation_id="revokeToken"
)
@needs(WRITE)
def revoke(request: HttpRequest, token_id: Id) -> Any:
    """End one of the caller's tokens at once."""
    return _token(actions.revoke_token(viewer_of(request), token_id))


@router.get("/me/sessions", response=list[SessionOut], summary="My sessions", operation_id="listSessions")
@needs(READ)
def list_sessions(request: HttpRequest) -> Any:
    """The browsers that the caller is signed in with."""
    return [
        {
            "id": s.key_digest, "address": s.address, "agent": s.agent,
            "started_at": s.started_at, "seen_at": s.seen_at,
        }
        for s in sessions.open_sessions(_caller(request))
    ]  # fmt: skip


@router.post("/me/sessions/{session_id}/end", response={204: None}, summary="End a session", operation_id="endSession")
@needs(WRITE)
def end_session(request: HttpRequest, session_id: Annotated[str, Path(max_length=64)]) -> Any:
    """End one of the caller's sessions at once."""
    account.end_session(_caller(request), session_id)
    return Status(204, None)


def _caller(request: HttpRequest) -> User:
    user = viewer_of(request).user
    if user is None:
        raise Http404
    return user


def _managed(viewer: Viewer) -> QuerySet[User]:
    """The accounts that the caller manages; the address is not there for people who manage none."""
    if not viewer.is_system and not viewer.has(Role.ADMINISTRATOR):
        raise Http404
    devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    return managed_users(viewer).annotate(factor=Exists(devices))


def _reference(row: Organisation | None) -> dict[str, Any] | None:
    return None if row is None else {"id": row.pk, "name": row.name}


def _person(user: Any) -> dict[str, Any]:
    return {
        "id": user.pk, "username": user.username, "name": user.name, "active": user.is_active,
        "installation_administrator": user.is_superuser, "second_factor": user.factor, "last_sign_in": user.last_login,
    }  # fmt: skip


def person_detail(viewer: Viewer, user_id: int) -> dict[str, Any]:
    """An account that the viewer manages, with its roles."""
    user = found(_managed(viewer), pk=user_id)
    held = Membership.objects.filter(user=user, organisation__in=managed_organisations(viewer))
    rows = held.select_related("organisation", "delegated_by").order_by("organisation__name", "role", "pk")
    return _person(user) | {"roles": [role_out(m) for m in rows]}


def role_out(membership: Membership) -> dict[str, Any]:
    """A role as the data interface gives it."""
    giver = membership.delegated_by
    return {
        "id": membership.pk, "organisation": _reference(membership.organisation), "role": membership.role,
        "valid_from": membership.valid_from, "valid_to": membership.valid_to,
        "delegated_by": giver.username if giver else None,
    }  # fmt: skip


def _token(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.pk, "name": token.name, "prefix": token.prefix, "organisation": _reference(token.organisation),
        "scopes": token.scopes, "created_at": token.created_at, "expires_at": token.expires_at,
        "last_used_at": token.last_used_at, "revoked_at": token.revoked_at,
    }  # fmt: skip
