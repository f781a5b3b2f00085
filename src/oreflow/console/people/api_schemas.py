"""What the data interface says of organisations and people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from oreflow.console.api_ground import StrictSchema

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Reason = Annotated[str, Field(min_length=1, max_length=1000, description="why; stands in the security log")]


class OrganisationRef(Schema):
    """An organisation by id and name."""

    id: int
    name: str


class RoleOut(Schema):
    """A role held in an organisation."""

    id: int
    organisation: OrganisationRef
    role: str
    valid_from: date | None
    valid_to: date | None
    delegated_by: str | None = Field(description="user name of the delegator; null for a role of one's own")


class MeOut(Schema):
    """Who the caller is here, for whom it acts, and what it may do."""

    username: str
    name: str
    organisation: OrganisationRef | None = Field(description="whom the caller acts for; null for the installation")
    roles: list[str] = Field(description="roles in that organisation today")
    breadth: str = Field(description="how far the caller sees")
    installation_administrator: bool
    scopes: list[str] | None = Field(description="scopes of the token; null for a browser")
    memberships: list[RoleOut]


class OrganisationOut(Schema):
    """An organisation within the caller's reach."""

    id: int
    name: str
    name_en: str
    uscc: str | None
    kind: str
    duty: str
    area_code: str
    valid_from: date | None
    valid_to: date | None
    version: int


class StepOut(Schema):
    """A renaming, merger or split."""

    manner: str
    effective: date
    former_name: str
    successor: OrganisationRef


class OrganisationDetail(OrganisationOut):
    """An organisation, with its name and successors on the day asked for."""

    as_of: date
    name_then: str
    successors_then: list[OrganisationRef]
    changes: list[StepOut]


class OrganisationPage(Schema):
    """A page of organisations."""

    items: list[OrganisationOut]
    next: str | None


class PersonOut(Schema):
    """An account that the caller manages."""

    id: int
    username: str
    name: str
    active: bool
    installation_administrator: bool
    second_factor: bool
    last_sign_in: datetime | None


class PersonDetail(PersonOut):
    """An account with its roles in the organisations that the caller manages."""

    roles: list[RoleOut]


class PersonPage(Schema):
    """A page of accounts."""

    items: list[PersonOut]
    next: str | None


class PersonIn(StrictSchema):
    """A new account."""

    username: str = Field(max_length=60)
    name: str = Field(max_length=60)
    organisation: Id
    roles: list[str] = Field(min_length=1, max_length=10)
    valid_from: date | None = None
    valid_to: date | None = None


class PersonAdded(PersonDetail):
    """The account just added."""

    one_time_password: str | None = Field(description="told this once; null in a repeated answer")


class RoleIn(StrictSchema):
    """A role to grant, or to give other dates."""

    organisation: Id
    role: str = Field(max_length=16)
    valid_from: date | None = None
    valid_to: date | None = None
    reason: str = Field("", max_length=1000)


class ReasonIn(StrictSchema):
    """Why."""

    reason: Reason


class TokenOut(Schema):
    """One of the caller's tokens; never the token itself."""

    id: int
    name: str
    prefix: str
    organisation: OrganisationRef | None
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class SessionOut(Schema):
    """A signed-in browser of the caller."""

    id: str
    address: str | None
    agent: str
    started_at: datetime
    seen_at: datetime
