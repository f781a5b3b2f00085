"""The data interface of what happens to organisations and accounts: names, mergers, splits, delegations, resets."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router, Schema
from ninja.responses import Status
from pydantic import Field

from oreflow.console.api_ground import StrictSchema, needs
from oreflow.console.records import Door

from . import account, actions, changes
from .access import viewer_of
from .api import organisation as one_organisation
from .api import person_detail, role_out
from .api_schemas import Id, OrganisationDetail, PersonDetail, Reason, ReasonIn, RoleOut

WRITE = "people:write"
DOOR = str(Door.API)
router = Router(tags=["people"])
InPath = Annotated[int, Path(ge=1, le=2**63 - 1, description="id, as in the lists")]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="the version that the caller saw")]


class RenameIn(StrictSchema):
    """A new name of an organisation."""

    version: Version
    name: str = Field(min_length=1, max_length=changes.LONGEST_ORGANISATION_NAME)
    effective: date
    reason: Reason


class MergerIn(StrictSchema):
    """An organisation that ends in favour of another."""

    version: Version
    successor: Id
    effective: date
    move_people: bool = Field(True, description="whether its people go on in the successor")
    reason: Reason


class SplitIn(StrictSchema):
    """An organisation that ends in favour of several."""

    version: Version
    successors: list[Id] = Field(min_length=2, max_length=20)
    people_to: Id | None = Field(None, description="the successor in which its people go on; null: their roles end")
    effective: date
    reason: Reason


class DelegationIn(StrictSchema):
    """A role of one's own, given to a colleague for a time."""

    colleague: Id
    role: str = Field(max_length=16)
    valid_from: date
    valid_to: date
    reason: str = Field("", max_length=1000)


class PasswordOut(Schema):
    """A one-time password."""

    one_time_password: str | None = Field(description="told this once; null in a repeated answer")


@router.post(
    "/organisations/{int:organisation_id}/rename", response=OrganisationDetail, summary="Rename an organisation",
    operation_id="renameOrganisation",
)  # fmt: skip
@needs(WRITE)
def rename(request: HttpRequest, organisation_id: InPath, given: RenameIn) -> Any:
    """Give an organisation a new name from a day on; the former one is kept."""
    changes.rename(
        viewer_of(request), organisation_id, given.version, given.name, given.effective, given.reason, door=DOOR
    )
    return one_organisation(request, organisation_id)


@router.post(
    "/organisations/{int:organisation_id}/merge", response=OrganisationDetail, summary="Merge an organisation",
    operation_id="mergeOrganisation",
)  # fmt: skip
@needs(WRITE)
def merge(request: HttpRequest, organisation_id: InPath, given: MergerIn) -> Any:
    """End an organisation in favour of another; records, members and open cases pass on the day."""
    changes.merge(
        viewer_of(request), organisation_id, given.version, given.successor, given.effective, given.reason,
        move_people=given.move_people, door=DOOR,
    )  # fmt: skip
    return one_organisation(request, organisation_id)


@router.post(
    "/organisations/{int:organisation_id}/split", response=OrganisationDetail, summary="Split an organisation",
    operation_id="splitOrganisation",
)  # fmt: skip
@needs(WRITE)
def split(request: HttpRequest, organisation_id: InPath, given: SplitIn) -> Any:
    """End an organisation in favour of several."""
    changes.split(
        viewer_of(request), organisation_id, given.version, given.successors, given.effective, given.reason,
        people_to=given.people_to, door=DOOR,
    )  # fmt: skip
    return one_organisation(request, organisation_id)


@router.post(
    "/people/{int:user_id}/reset-password", response=PasswordOut, summary="Reset a password",
    operation_id="resetPassword",
)  # fmt: skip
@needs(WRITE, told_once=("one_time_password",))
def reset_password(request: HttpRequest, user_id: InPath) -> Any:
    """Give an account a one-time password; its sessions end and its tokens are revoked."""
    return {"one_time_password": actions.reset_password(viewer_of(request), user_id)}


@router.post(
    "/people/{int:user_id}/unlock", response=PersonDetail, summary="Unlock an account", operation_id="unlockPerson"
)
@needs(WRITE)
def unlock(request: HttpRequest, user_id: InPath) -> Any:
    """End the pause after failed sign-ins."""
    actions.unlock(viewer_of(request), user_id)
    return person_detail(viewer_of(request), user_id)


@router.post(
    "/people/{int:user_id}/remove-factor", response=PersonDetail, summary="Remove a second factor",
    operation_id="removeFactor",
)  # fmt: skip
@needs(WRITE)
def remove_factor(request: HttpRequest, user_id: InPath, given: ReasonIn) -> Any:
    """Take a lost second factor away, with its recovery codes; sessions end."""
    actions.remove_factor(viewer_of(request), user_id, given.reason)
    return person_detail(viewer_of(request), user_id)


@router.post("/me/delegations", response={201: RoleOut}, summary="Delegate a role", operation_id="delegateRole")
@needs(WRITE)
def delegate(request: HttpRequest, given: DelegationIn) -> Any:
    """Give a role of one's own to a colleague for at most 90 days."""
    membership = account.delegate(
        viewer_of(request), given.colleague, given.role, given.valid_from, given.valid_to, given.reason
    )
    return Status(201, role_out(membership))


@router.post(
    "/me/delegations/{int:role_id}/withdraw", response={204: None}, summary="Withdraw a delegation",
    operation_id="withdrawDelegation",
)  # fmt: skip
@needs(WRITE)
def withdraw_delegation(request: HttpRequest, role_id: InPath) -> Any:
    """Take back what one delegated, from today on."""
    account.withdraw_delegation(viewer_of(request), role_id)
    return Status(204, None)
