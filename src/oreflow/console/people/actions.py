"""What administrators do to accounts and roles: one function each, checked, in a transaction, on record.

Actions on one's own account stand in `account`, those on organisations in `changes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from oreflow.console import clock
from oreflow.console.refusals import Invalid, Refused
from oreflow.core.provenance import Text

from . import events, lockout, rules, sessions
from .access import Viewer, found, managed_organisations
from .account import change_password, delegate, end_session, issue_token, revoke_token, withdraw_delegation
from .changes import merge, rename, split
from .models import ApiToken, Membership, Organisation, Role, User


@transaction.atomic
def create_user(
    viewer: Viewer, username: str, name: str, organisation_id: int | None, roles: Iterable[str],
    valid_from: date | None = None, valid_to: date | None = None,
) -> tuple[User, str]:  # fmt: skip
    """Add a person with roles in an organisation; the one-time password is told once, here.

    Raises
    ------
    Invalid
        For a taken user name, no role, or dates that cannot be.
    """
    rules.writable(viewer)
    organisation = found(managed_organisations(viewer), pk=organisation_id)
    asked = rules.known_roles(roles)
    if not asked:
        raise Invalid({"role": Text("请至少选择一个角色。", "Choose at least one role.")})
    rules.period(valid_from, valid_to, clock.today())
    _standing(organisation)
    password = rules.one_time_password()
    user = User(username=rules.new_username(username), name=rules.new_name(name), must_change_password=True)
    user.simulated = organisation.simulated
    user.set_password(password)
    _add(user)
    for role in asked:
        Membership.objects.create(
            user=user, organisation=organisation, role=role, valid_from=valid_from, valid_to=valid_to
        )
    events.note("user-added", actor=viewer.user, subject=user, organisation=organisation, roles=asked)
    return user, password


@transaction.atomic
def create_administrator(username: str, name: str, password: str = "") -> tuple[User, str]:
    """Add an installation administrator, from the machine's own command line; the password drawn, or "" if given.

    Raises
    ------
    Invalid
        For a taken user name or a weak password.
    """
    user = User(username=rules.new_username(username), name=rules.new_name(name), is_superuser=True)
    drawn = "" if password else rules.one_time_password()
    if password:
        rules.new_password(password, user)
    user.must_change_password = bool(drawn)
    user.set_password(password or drawn)
    _add(user)
    events.note("user-added", actor=None, subject=user, roles=["system"])
    return user, drawn


@transaction.atomic
def change_user(viewer: Viewer, user_id: int, name: str) -> User:
    """Change a person's name."""
    user = _handled(viewer, user_id)
    before, user.name = user.name, rules.new_name(name)
    user.save(update_fields=["name"])
    _note(viewer, "user-changed", user, before=before, after=user.name)
    return user


@transaction.atomic
def reset_password(viewer: Viewer, user_id: int) -> str:
    """Give an account a one-time password, told once; its sessions end and its tokens are revoked."""
    user = _handled(viewer, user_id)
    password = rules.one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _shut(user)
    lockout.unlock(user.username)
    _note(viewer, "password-reset", user)
    return password


@transaction.atomic
def deactivate(viewer: Viewer, user_id: int, reason: str) -> User:
    """Switch an account off: its sessions and tokens end at once.

    Raises
    ------
    Refused
        For oneself, for the last administrator, and for accounts of several organisations.
    """
    rules.writable(viewer)
    said, user = rules.own_reason(reason), rules.managed(viewer, user_id)
    _lock_organisations(user)
    why = rules.why_not_deactivate(viewer, user, clock.today())
    if why:
        raise Refused(why)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _shut(user)
    _note(viewer, "deactivated", user, reason=said)
    return user


@transaction.atomic
def reactivate(viewer: Viewer, user_id: int, reason: str) -> User:
    """Switch an account on again."""
    said, user = rules.own_reason(reason), _handled(viewer, user_id)
    user.is_active = True
    user.save(update_fields=["is_active"])
    _note(viewer, "reactivated", user, reason=said)
    return user


@transaction.atomic
def unlock(viewer: Viewer, user_id: int) -> None:
    """End the pause after failed sign-ins."""
    user = _handled(viewer, user_id)
    lockout.unlock(user.username)
    _note(viewer, "unlocked", user)


@transaction.atomic
def remove_factor(viewer: Viewer, user_id: int, reason: str) -> None:
    """Take a lost second factor away, with its recovery codes; sessions end."""
    said, user = rules.own_reason(reason), _handled(viewer, user_id)
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    sessions.end(user)
    _note(viewer, "factor-removed", user, reason=said)


@transaction.atomic
def grant(
    viewer: Viewer, user_id: int, organisation_id: int, role: str, valid_from: date | None = None,
    valid_to: date | None = None, reason: str = "",
) -> Membership:  # fmt: skip
    """Give a person a role in an organisation, or change from when to when it holds.

    Raises
    ------
    Refused
        For oneself, and where the organisation is no more.
    Invalid
        For an unknown role, or dates that cannot be.
    """
    rules.writable(viewer)
    user = rules.managed(viewer, user_id)
    organisation = found(managed_organisations(viewer).select_for_update(of=("self",)), pk=organisation_id)
    asked = rules.known_roles([role])[0]
    rules.period(valid_from, valid_to, clock.today())
    _standing(organisation)
    _grantable(viewer, user)
    held = Membership.objects.filter(user=user, organisation=organisation, role=asked, delegated_by=None).first()
    membership = held or Membership(user=user, organisation=organisation, role=asked)
    if held and asked == str(Role.ADMINISTRATOR) and valid_from and valid_from > clock.today():
        _keep_administrator(held)
    membership.valid_from, membership.valid_to = valid_from, valid_to
    membership.reason = rules.plain(reason, rules.LONGEST_REASON)
    membership.save()
    _note(
        viewer, "role-granted", user, organisation, role=asked, reason=membership.reason,
        valid_from=valid_from and valid_from.isoformat(), valid_to=valid_to and valid_to.isoformat(),
    )  # fmt: skip
    return membership


@transaction.atomic
def withdraw(viewer: Viewer, membership_id: int, reason: str) -> Membership:
    """Take a role away from today on; what was delegated from it ends with it.

    Raises
    ------
    Refused
        For the last administrator of an organisation.
    """
    rules.writable(viewer)
    said = rules.own_reason(reason)
    mine = Membership.objects.filter(organisation__in=managed_organisations(viewer))
    membership = found(mine.select_related("organisation", "user"), pk=membership_id)
    Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    if membership.role == Role.ADMINISTRATOR and membership.delegated_by_id is None:
        _keep_administrator(membership)
    membership.valid_to = clock.today() - timedelta(days=1)
    membership.save(update_fields=["valid_to"])
    _note(viewer, "role-withdrawn", membership.user, membership.organisation, role=membership.role, reason=said)
    return membership


def _add(user: User) -> None:
    """Save a new account; somebody may have taken the name a moment ago."""
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise rules.taken() from error


def _handled(viewer: Viewer, user_id: int) -> User:
    """An account whose own matters the viewer may settle."""
    rules.writable(viewer)
    user = rules.managed(viewer, user_id)
    why = rules.why_not_manage(viewer, user)
    if why:
        raise Refused(why)
    return user


def _grantable(viewer: Viewer, user: User) -> None:
    if viewer.is_system:
        return
    if viewer.user is not None and viewer.user.pk == user.pk:
        raise Refused(
            Text(
                "不能给自己授予角色。请由另一位管理员办理。",
                "You cannot give yourself a role. Ask another administrator.",
            )
        )
    if user.is_superuser:
        raise Refused(
            Text("系统管理员账号只能由系统管理员处理。", "Only installation administrators handle this account.")
        )


def _keep_administrator(membership: Membership) -> None:
    if membership.user.is_active and rules.is_last_administrator(membership, clock.today()):
        raise Refused(rules.last_one(membership.organisation))


def _standing(organisation: Organisation) -> None:
    if rules.ended(organisation, clock.today()):
        raise Refused(
            Text(
                f"“{organisation.name}”已于 {organisation.valid_to} 终止。请选择承继单位。",
                f"{organisation.name} ended on {organisation.valid_to}. Choose the organisation that succeeded it.",
            )
        )


def _lock_organisations(user: User) -> None:
    """Two administrators of an organisation are never switched off at the same moment."""
    ids = user.memberships.filter(role=Role.ADMINISTRATOR).values_list("organisation", flat=True)
    list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk"))


def _shut(user: User) -> None:
    sessions.end(user)
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=clock.now())


def _note(viewer: Viewer, act: str, user: User, organisation: Organisation | None = None, **detail: object) -> None:
    events.note(act, actor=viewer.user, subject=user, organisation=organisation or viewer.organisation, **detail)


__all__ = [
    "change_password", "change_user", "create_administrator", "create_user", "deactivate", "delegate", "end_session",
    "grant", "issue_token", "merge", "reactivate", "remove_factor", "rename", "reset_password", "revoke_token", "split",
    "unlock", "withdraw", "withdraw_delegation",
]  # fmt: skip
