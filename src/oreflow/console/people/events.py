"""The security log: who did what to whose account, when, from where. No secret ever stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from oreflow.console import clock
from oreflow.core.provenance import Text

from .models import Organisation, Role, SecurityEvent, User

ACTS: dict[str, Text] = {
    "signed-in": Text("登录", "signed in"),
    "signed-out": Text("退出", "signed out"),
    "sign-in-failed": Text("登录失败", "sign-in failed"),
    "locked-out": Text("登录被暂停", "locked out"),
    "unlocked": Text("解除登录暂停", "unlocked"),
    "acting-changed": Text("切换单位", "acted for another organisation"),
    "user-added": Text("新增账号", "account added"),
    "user-changed": Text("修改账号", "account changed"),
    "deactivated": Text("停用账号", "account deactivated"),
    "reactivated": Text("恢复账号", "account reactivated"),
    "password-changed": Text("修改密码", "password changed"),
    "password-reset": Text("重置密码", "password reset"),
    "factor-added": Text("启用双因素验证", "second factor set up"),
    "factor-removed": Text("停用双因素验证", "second factor removed"),
    "recovery-codes": Text("生成恢复码", "recovery codes made"),
    "recovery-code-used": Text("使用恢复码", "recovery code used"),
    "session-ended": Text("结束会话", "session ended"),
    "role-granted": Text("授予角色", "role granted"),
    "role-withdrawn": Text("收回角色", "role withdrawn"),
    "role-delegated": Text("委托角色", "role delegated"),
    "delegation-withdrawn": Text("撤回委托", "delegation withdrawn"),
    "token-issued": Text("签发令牌", "token issued"),
    "token-revoked": Text("吊销令牌", "token revoked"),
    "organisation-renamed": Text("单位更名", "organisation renamed"),
    "organisation-merged": Text("单位合并", "organisation merged"),
    "organisation-split": Text("单位分立", "organisation split"),
    "merger-carried": Text("合并转入", "merger carried over"),
    "export": Text("导出重要数据", "important data exported"),
}
DETAILS: dict[str, Text] = {
    "reason": Text("理由", "reason"),
    "role": Text("角色", "role"),
    "roles": Text("角色", "roles"),
    "valid_from": Text("自", "from"),
    "valid_to": Text("至", "to"),
    "before": Text("原为", "before"),
    "after": Text("改为", "after"),
    "prefix": Text("令牌", "token"),
    "scopes": Text("权限", "scopes"),
    "count": Text("数量", "number"),
    "successor": Text("承继单位", "successor"),
    "successors": Text("承继单位", "successors"),
    "effective": Text("生效", "effective"),
    "moved": Text("人员转入", "people moved"),
    "predecessor": Text("被合并单位", "predecessor"),
    "members": Text("成员单位", "members"),
    "cases": Text("办件", "cases"),
    "facilities": Text("设施", "facilities"),
    "equipment": Text("设备", "equipment"),
    "products": Text("产品", "products"),
    "licences": Text("许可证照", "licences"),
}
_address: ContextVar[str | None] = ContextVar("address", default=None)


def address_of(request: HttpRequest) -> str | None:
    """The address that a request comes from, where it is one."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None


def seen_from(address: str | None) -> None:
    """Remember where the request in hand comes from, for what it will write into the log."""
    _address.set(address)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the log with its words."""

    entry: SecurityEvent
    act: Text
    details: list[tuple[Text, str]]


def told(rows: Iterable[SecurityEvent]) -> list[Told]:
    """Entries of the log as a page tells them."""
    return [
        Told(row, ACTS.get(row.act, Text(row.act, row.act)), [_detail(key, value) for key, value in row.detail.items()])
        for row in rows
    ]


def _detail(key: str, value: Any) -> tuple[Text, str]:
    label = DETAILS.get(key, Text(key, key))
    if isinstance(value, bool):
        return label, str(_("yes") if value else _("no"))
    labels = dict(Role.choices) if key in ("role", "roles") else {}
    values = value if isinstance(value, list) else [value]
    return label, ", ".join(str(labels.get(v, v)) for v in values)


def home(user: User) -> Organisation | None:
    """The organisation of a person's first role today: its administrator sees what happens to the account."""
    held = user.memberships.filter(delegated_by=None).select_related("organisation").order_by("pk")
    today = clock.today()
    ended = Q(valid_from__gt=today) | Q(valid_to__lt=today)
    first = held.exclude(ended).first() or held.first()
    return first.organisation if first else None


def note(
    act: str,
    *,
    actor: User | None,
    subject: User | None = None,
    organisation: Organisation | None = None,
    **detail: Any,
) -> None:
    """Write one entry; `act` is a key of ACTS. Without `organisation` it stands with the subject's own."""
    if act not in ACTS:
        raise KeyError(act)
    if organisation is None and subject is not None:
        organisation = home(subject)
    SecurityEvent.objects.create(
        at=clock.now(), actor=actor, subject=subject, organisation=organisation, act=act,
        detail={k: v for k, v in detail.items() if v not in (None, "")}, address=_address.get(),
    )  # fmt: skip
