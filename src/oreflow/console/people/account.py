"""What people do to their own account: password, second factor, sessions, tokens, delegation."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from oreflow.console import clock
from oreflow.console.refusals import Invalid, Refused
from oreflow.core.provenance import Text

from . import events, rules, sessions
from .access import TOKEN_START, Breadth, Viewer, found, token_digest
from .models import ApiToken, Membership, Role, User

SCOPES: dict[str, Text] = {
    "registers:read": Text("读取登记册", "read registers"),
    "registers:write": Text("修改登记册", "change registers"),
    "documents:read": Text("读取规划文件", "read plan documents"),
    "documents:write": Text("存入与审核规划文件", "hand in plan documents and decide about them"),
    "cases:read": Text("读取办件", "read cases"),
    "cases:write": Text("办理办件", "act on cases"),
    "people:read": Text("读取单位与人员", "read organisations and people"),
    "people:write": Text("管理人员、委托与单位变更", "manage people, delegations and organisations"),
    "operations:read": Text("查看运行情况", "see how the installation runs"),
    "operations:write": Text("载入工作日历、重试任务", "load calendars and retry tasks"),
}
_WRITING = frozenset({str(Role.CLERK), str(Role.DECIDER)})  # as the registers' own rule has it
_STEPS = frozenset({*_WRITING, str(Role.ACCEPTOR), str(Role.REVIEWER), str(Role.OPINION)})
# what a role must be for a scope to be of use; for the rest being let in is enough
_NEEDED: dict[str, frozenset[str]] = {
    "registers:write": _WRITING, "documents:write": _WRITING, "cases:write": _STEPS,
}  # fmt: skip
LONGEST_LIFE = 365  # days of a token
LONGEST_DELEGATION = 90  # days
RECOVERY_CODES = 10
MOST_TOKENS = 20


@transaction.atomic
def change_password(user: User, old: str, new: str, again: str, session_digest: str = "") -> User:
    """Change one's own password; other sessions end.

    Raises
    ------
    Invalid
        For a wrong old password, two different new ones, or one against the rules.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if len(old) > rules.LONGEST_PASSWORD or not user.check_password(old):
        raise Invalid({"old": Text("原密码不正确。", "The present password is not right.")})
    if new != again:
        raise Invalid({"again": Text("两次输入的新密码不一致。", "The two new passwords differ.")})
    if new == old:
        raise Invalid({"new": Text("新密码不能与原密码相同。", "The new password must differ from the present one.")})
    rules.new_password(new, user, "new")
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    sessions.end(user, but=session_digest)
    events.note("password-changed", actor=user, subject=user)
    return user


def factor_in_setup(user: User) -> TOTPDevice:
    """The device that a person is about to set up; the same until it is confirmed."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="TOTP", confirmed=False)


def confirm_factor(user: User, code: str) -> list[str]:
    """Take the device into use once it shows the right code; the recovery codes are told once, here.

    Raises
    ------
    Refused
        Where there is one already.
    Invalid
        For a wrong code.
    """
    if rules.has_factor(user):
        raise Refused(Text("双因素验证已启用。", "A second factor is set up already."))
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
        if device is not None and right(device, digits(code)):
            device.confirmed = True
            device.save()
            events.note("factor-added", actor=user, subject=user)
            return _new_codes(user)
    raise _wrong_code()  # outside the transaction, so that the failure counts against further tries


@transaction.atomic
def renew_codes(user: User, password: str) -> list[str]:
    """New recovery codes in place of the old ones; told once, here."""
    _prove(user, password)
    if not rules.has_factor(user):
        raise Refused(Text("请先启用双因素验证。", "Set up a second factor first."))
    events.note("recovery-codes", actor=user, subject=user)
    return _new_codes(user)


@transaction.atomic
def drop_factor(user: User, password: str) -> None:
    """Switch one's second factor off; needs the password."""
    _prove(user, password)
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    events.note("factor-removed", actor=user, subject=user)


def second_factor(user: User, code: str) -> TOTPDevice | StaticDevice | None:
    """The device that a code proves: the app's code now, or a recovery code that is used up by this."""
    with transaction.atomic():
        if digits(code):
            for device in TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True):
                if right(device, digits(code)):
                    return device
            return None
        for recovery in StaticDevice.objects.select_for_update().filter(user=user, confirmed=True):
            if recovery.verify_token(_kept(user, code)):
                events.note("recovery-code-used", actor=user, subject=user)
                return recovery
    return None


def digits(code: str) -> str:
    """The six digits of an app's code, however they are spaced; empty for anything else."""
    joined = "".join(code[:20].split())
    return joined if len(joined) == 6 and joined.isascii() and joined.isdigit() else ""


def right(device: TOTPDevice, code: str) -> bool:
    """Whether the device shows this code now."""
    return bool(code) and bool(device.verify_token(code))


def codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    return StaticToken.objects.filter(device__user=user).count()


def _new_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery", confirmed=True)
    codes = ["-".join(rules.one_time_password().split("-")[:3]) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_kept(user, code)) for code in codes)
    return codes


def _kept(user: User, code: str) -> str:
    """What is kept of a recovery code: the head of a digest, as the column holds 16 characters."""
    said = "".join(c for c in code[:60].lower() if c.isalnum())
    return sha256(f"{user.pk}:{said}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _prove(user: User, password: str) -> None:
    if len(password) > rules.LONGEST_PASSWORD or not user.check_password(password):
        raise Invalid({"password": Text("密码不正确。", "The password is not right.")})


def _wrong_code() -> Invalid:
    return Invalid(
        {
            "code": Text(
                "验证码不正确或已过期。请核对手机时间，输入当前显示的六位数字。",
                "The code is wrong or too old. Check the clock of your phone and enter the six digits shown now.",
            )
        }
    )


@transaction.atomic
def end_session(user: User, session_digest: str) -> None:
    """End one of one's own sessions; unknown ones answer 404."""
    row = found(user.open_sessions.all(), key_digest=session_digest)
    sessions.end(user, only=row.key_digest)
    events.note("session-ended", actor=user, subject=user)


@transaction.atomic
def end_other_sessions(user: User, session_digest: str) -> int:
    """End all of one's sessions but this one; how many were ended."""
    count = sessions.end(user, but=session_digest)
    if count:
        events.note("session-ended", actor=user, subject=user, count=count)
    return count


def usable_scopes(viewer: Viewer) -> dict[str, Text]:
    """The scopes that the viewer's roles can use in this organisation; the installation's administrator's are all."""
    if viewer.is_system:
        return {scope: words for scope, words in SCOPES.items() if scope != "cases:write"}
    return {
        scope: words
        for scope, words in SCOPES.items()
        if not scope.startswith("operations:") and (scope not in _NEEDED or viewer.roles & _NEEDED[scope])
    }


@transaction.atomic
def issue_token(viewer: Viewer, name: str, scopes: Iterable[str], days: int) -> tuple[ApiToken, str]:
    """Let a program act for the viewer in this organisation; the token is told once, here.

    Raises
    ------
    Invalid
        For no name, unknown scopes, or a life beyond a year.
    """
    if viewer.user is None or viewer.breadth is Breadth.NOTHING or viewer.scopes is not None:
        raise Refused(Text("请登录后签发令牌。", "Sign in with a browser to issue tokens."))
    asked = list(dict.fromkeys(scopes))
    problems = _token_problems(rules.plain(name, 61), asked, days)
    if problems:
        raise Invalid(problems)
    now, user = clock.now(), User.objects.select_for_update().get(pk=viewer.user.pk)
    if user.tokens.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_TOKENS:
        raise Refused(
            Text(
                f"有效令牌已达 {MOST_TOKENS} 个。请先吊销不用的。", f"You have {MOST_TOKENS} tokens. Revoke one first."
            )
        )
    prefix = secrets.token_hex(4)
    raw = f"{TOKEN_START}{prefix}_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user, organisation=viewer.organisation, name=rules.plain(name, 60), prefix=prefix, scopes=asked,
        digest=token_digest(raw), created_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    events.note("token-issued", actor=user, subject=user, organisation=viewer.organisation, prefix=prefix, scopes=asked)
    return token, raw


def _token_problems(name: str, scopes: list[str], days: int) -> dict[str, Text]:
    problems = {}
    if not name or len(name) > 60:
        problems["name"] = Text("请填写用途，不超过 60 个字。", "Say what it is for, in at most 60 characters.")
    if not scopes or not set(scopes) <= set(SCOPES):
        known = "、".join(SCOPES)
        problems["scopes"] = Text(f"请选择权限：{known}。", f"Choose scopes among: {', '.join(SCOPES)}.")
    if not 1 <= days <= LONGEST_LIFE:
        problems["days"] = Text(f"有效期为 1 至 {LONGEST_LIFE} 天。", f"A token lives 1 to {LONGEST_LIFE} days.")
    return problems


@transaction.atomic
def revoke_token(viewer: Viewer, token_id: int) -> ApiToken:
    """End one of one's own tokens at once."""
    rules.writable(viewer)
    token = found(ApiToken.objects.filter(user=viewer.user), pk=token_id)
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        events.note(
            "token-revoked",
            actor=viewer.user,
            subject=viewer.user,
            organisation=token.organisation,
            prefix=token.prefix,
        )
    return token


@transaction.atomic
def delegate(
    viewer: Viewer, colleague_id: int, role: str, valid_from: date, valid_to: date, reason: str = ""
) -> Membership:
    """Give a role of one's own to a colleague for a time; it ends with one's own.

    Raises
    ------
    Refused
        For a role that is itself delegated, or not held.
    Invalid
        For dates that cannot be, or more than 90 days.
    """
    rules.writable(viewer)
    organisation, today = viewer.organisation, clock.today()
    if viewer.user is None or organisation is None:
        raise Refused(Text("只有单位内的角色可以委托。", "Only roles in an organisation can be delegated."))
    asked = rules.known_roles([role])[0]
    colleague = found(
        User.objects.filter(rules.members_of(organisation, today)).exclude(pk=viewer.user.pk), pk=colleague_id
    )
    own = Membership.objects.valid_on(valid_from).filter(
        user=viewer.user, organisation=organisation, role=asked, delegated_by=None
    )
    if not own.exists():
        raise Refused(
            Text("只能委托本人自有的角色；受托的角色不得再委托。", "Only a role of your own, not one delegated to you.")
        )
    _delegation_dates(valid_from, valid_to, today)
    given = Membership.objects.filter(user=colleague, organisation=organisation, role=asked, delegated_by=viewer.user)
    if given.filter(valid_from__lte=valid_to, valid_to__gte=valid_from).exists():
        raise Invalid(
            {"valid_from": Text("这段时间已有相同的委托。", "The same role is delegated in that time already.")}
        )
    membership = Membership.objects.create(
        user=colleague, organisation=organisation, role=asked, valid_from=valid_from, valid_to=valid_to,
        delegated_by=viewer.user, reason=rules.plain(reason, rules.LONGEST_REASON),
    )  # fmt: skip
    events.note(
        "role-delegated", actor=viewer.user, subject=colleague, organisation=organisation, role=asked,
        valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat(),
    )  # fmt: skip
    return membership


def _delegation_dates(start: date, end: date, today: date) -> None:
    rules.period(start, end, today)
    if start < today:
        raise Invalid({"valid_from": Text("开始日期不得早于今天。", "It cannot begin before today.")})
    if (end - start).days >= LONGEST_DELEGATION:
        raise Invalid(
            {
                "valid_to": Text(
                    f"委托不超过 {LONGEST_DELEGATION} 天。", f"A delegation lasts {LONGEST_DELEGATION} days at most."
                )
            }
        )


@transaction.atomic
def withdraw_delegation(viewer: Viewer, membership_id: int) -> None:
    """Take back what one delegated, from today on."""
    rules.writable(viewer)
    mine = Membership.objects.filter(delegated_by=viewer.user).exclude(delegated_by=None)
    membership = found(mine.select_related("organisation", "user"), pk=membership_id)
    membership.valid_to = clock.today() - timedelta(days=1)
    membership.save(update_fields=["valid_to"])
    events.note(
        "delegation-withdrawn", actor=viewer.user, subject=membership.user, organisation=membership.organisation,
        role=membership.role,
    )  # fmt: skip
