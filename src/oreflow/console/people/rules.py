"""What may be done to whom, and what names, dates and passwords must be like; used by every action here."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import translation

from oreflow.console.refusals import Invalid, Refused
from oreflow.core.provenance import Text

from .access import Viewer, found, managed_users
from .models import Membership, Organisation, Role, User

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,59}\Z")
LONGEST_NAME, LONGEST_REASON, LONGEST_PASSWORD = 60, 1000, 200
WEIGHTY = (Role.DECIDER, Role.ADMINISTRATOR)  # roles whose holders are told to set up a second factor
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that are taken for digits


def writable(viewer: Viewer) -> None:
    """Refuse programs whose token may only read."""
    if not viewer.may("people:write"):
        raise Refused(
            Text(
                "该令牌无 people:write 权限。请签发带此权限的令牌。",
                "This token lacks the scope people:write. Issue one that has it.",
            )
        )


def managed(viewer: Viewer, user_id: int) -> User:
    """An account that the viewer manages, locked; 404 for others."""
    return found(User.objects.select_for_update().filter(pk__in=managed_users(viewer).values("pk")), pk=user_id)


def own_reason(reason: str) -> str:
    """The reason given; it may not be missing.

    Raises
    ------
    Invalid
        For an empty one.
    """
    said = plain(reason, LONGEST_REASON)
    if not said:
        raise Invalid(
            {"reason": Text("请写明理由，它将记入安全日志。", "Give a reason; it goes into the security log.")}
        )
    return said


def plain(text: str, longest: int) -> str:
    """Text without control characters, on one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:longest]


def why_not_manage(viewer: Viewer, user: User) -> Text | None:
    """Why a viewer may not touch the account itself (password, second factor, name, state); None where it may.

    An account in several organisations is the installation's matter: else the administrator of one of them
    could take it over and act in the others.
    """
    if viewer.is_system:
        return None
    if user.is_superuser:
        return Text("系统管理员账号只能由系统管理员处理。", "Only installation administrators handle this account.")
    organisation = viewer.organisation.pk if viewer.organisation else None
    if user.memberships.exclude(organisation=organisation).exists():
        return Text(
            "该账号还属于其他单位，请联系系统管理员处理。",
            "This account belongs to other organisations, too. Ask the installation's administrator.",
        )
    return None


def why_not_deactivate(viewer: Viewer, user: User, today: date) -> Text | None:
    """Why an account may not be switched off; None where it may."""
    if viewer.user is not None and viewer.user.pk == user.pk:
        return Text(
            "不能停用自己的账号。请由另一位管理员办理。",
            "You cannot deactivate your own account. Ask another administrator.",
        )
    if user.is_superuser and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists():
        return Text(
            "这是最后一位系统管理员，不能停用。", "This is the last installation administrator; it has to stay."
        )
    held = Membership.objects.valid_on(today).filter(user=user, role=Role.ADMINISTRATOR, delegated_by=None)
    for membership in held.select_related("organisation"):
        if is_last_administrator(membership, today):
            return last_one(membership.organisation)
    return why_not_manage(viewer, user)


def last_one(organisation: Organisation) -> Text:
    """Said where an organisation would be left without administrator."""
    return Text(
        f"这是“{organisation.name}”的最后一位管理员。请先授予他人管理员角色。",
        f"This is the last administrator of {organisation.name}. Give the role to somebody else first.",
    )


def is_last_administrator(membership: Membership, today: date) -> bool:
    """Whether an organisation would be left without an active administrator of its own."""
    others = Membership.objects.valid_on(today).filter(
        organisation=membership.organisation_id, role=Role.ADMINISTRATOR, delegated_by=None, user__is_active=True
    )
    return not others.exclude(user=membership.user_id).exists()


def ended(organisation: Organisation, day: date) -> bool:
    """Whether an organisation is no more on a day."""
    return organisation.valid_to is not None and organisation.valid_to <= day


def known_roles(roles: Iterable[str]) -> list[str]:
    """The roles named, each once.

    Raises
    ------
    Invalid
        For one that does not exist.
    """
    asked = list(dict.fromkeys(roles))
    unknown = [r for r in asked if r not in Role.values]
    if unknown:
        known = "、".join(Role.values)
        raise Invalid(
            {"role": Text(f"没有角色“{unknown[0]}”。可选：{known}。", f"No role “{unknown[0]}”. There are: {known}.")}
        )
    return asked


def period(start: date | None, end: date | None, today: date) -> None:
    """Check from and to of a role.

    Raises
    ------
    Invalid
        Where it ends before it begins, or has ended.
    """
    if start and end and end < start:
        raise Invalid(
            {"valid_to": Text("结束日期早于开始日期，请更正。", "It ends before it begins. Correct one of the dates.")}
        )
    if end and end < today:
        raise Invalid(
            {"valid_to": Text("结束日期已过，请填今天或以后。", "The end has passed. Give today or a later day.")}
        )


def new_username(username: str) -> str:
    """A user name that is free.

    Raises
    ------
    Invalid
        For one that is taken or cannot be a user name.
    """
    if not USERNAME.match(username):
        raise Invalid(
            {
                "username": Text(
                    "用户名须为 2 至 60 个英文字母、数字、点、横线或下划线，以字母或数字开头。",
                    "A user name has 2 to 60 letters a–z, digits, dots, hyphens or underscores, and begins with a"
                    " letter or digit.",
                )
            }
        )
    if User.objects.filter(username__iexact=username).exists():
        raise taken()
    return username


def taken() -> Invalid:
    """Said of a user name that somebody has."""
    return Invalid({"username": Text("用户名已被使用，请换一个。", "The user name is taken. Choose another.")})


def new_name(name: str) -> str:
    """A person's name.

    Raises
    ------
    Invalid
        For an empty one.
    """
    said = plain(name, LONGEST_NAME + 1)
    if not said or len(said) > LONGEST_NAME:
        raise Invalid({"name": Text("请填写姓名，不超过 60 个字。", "Give a name of at most 60 characters.")})
    return said


def new_password(password: str, user: User, key: str = "password") -> None:
    """Check a password against the rules.

    Raises
    ------
    Invalid
        With every rule that it breaks, in both languages.
    """
    said: dict[str, list[str]] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            try:
                validate_password(password, user)
            except ValidationError as error:
                said[language] = list(error.messages)
    if len(password) > LONGEST_PASSWORD:
        said.setdefault("zh-hans", []).append("密码不超过 200 个字符。")
        said.setdefault("en", []).append("A password has at most 200 characters.")
    if said:
        raise Invalid({key: Text("".join(said["zh-hans"]), " ".join(said["en"]))})


def one_time_password() -> str:
    """A password to be read out once: 20 characters in groups, some 99 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


def needs_factor(user: User, today: date) -> bool:
    """Whether a person holds a weighty role and has no second factor."""
    weighty = user.is_superuser or Membership.objects.valid_on(today).filter(user=user, role__in=WEIGHTY).exists()
    return weighty and not has_factor(user)


def has_factor(user: User) -> bool:
    """Whether sign-in asks for a code, too."""
    return bool(user.totpdevice_set.filter(confirmed=True).exists())


def members_of(organisation: Organisation, today: date) -> Q:
    """The condition for active people with a role of their own in an organisation on a day."""
    held = Membership.objects.valid_on(today).filter(organisation=organisation, delegated_by=None)
    return Q(is_active=True, pk__in=held.values("user"))
