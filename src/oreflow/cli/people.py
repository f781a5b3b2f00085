"""`oreflow user`: accounts from the machine's own command line."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .installation import administrator, on_console, organisation_of
from .output import AsJson, Exit, Language, put, put_json, put_table, spoken

app = typer.Typer(help="Accounts of the console: add, list, reset, deactivate.", no_args_is_help=True)
UserName = Annotated[str, typer.Argument(metavar="NAME", help="The account's user name.")]


@app.command("administrator")
def add_administrator(
    username: UserName,
    name: Annotated[str, typer.Option("--name", help="The person's name; by default the user name.")] = "",
    draw: Annotated[bool, typer.Option("--draw", help="Draw a one-time password and print it, once.")] = False,
    lang: Language = None,
) -> int:
    """Add an administrator of the whole installation; asks for the password, hidden."""
    del lang

    def act() -> int:
        from oreflow.console.people import actions

        user, drawn = actions.create_administrator(username, name or username, "" if draw else _asked_password())
        put(_said(f"已新增系统管理员 {user.username}。", f"Added the installation administrator {user.username}."))
        _tell(drawn)
        return Exit.FINE

    return on_console(act)


@app.command("add")
def add(
    username: UserName,
    organisation: Annotated[str, typer.Option(help="Unified social credit code or name of the organisation.")],
    role: Annotated[list[str], typer.Option(help="A role, such as clerk; may be given several times.")],
    name: Annotated[str, typer.Option("--name", help="The person's name; by default the user name.")] = "",
    lang: Language = None,
) -> int:
    """Add a person with roles in an organisation and print the one-time password, once."""
    del lang

    def act() -> int:
        from oreflow.console.people import actions

        user, password = actions.create_user(
            administrator(), username, name or username, organisation_of(organisation).pk, role
        )
        put(_said(f"已新增账号 {user.username}。", f"Added the account {user.username}."))
        _tell(password)
        return Exit.FINE

    return on_console(act)


@app.command("list")
def list_users(as_json: AsJson = False, lang: Language = None) -> int:
    """Every account with its roles today."""
    del lang

    def act() -> int:
        rows = _accounts()
        if as_json:
            put_json(rows)
            return Exit.FINE
        headings = (
            ("用户名", "姓名", "状态", "角色") if spoken() == "zh" else ("User name", "Name", "State", "Roles today")
        )
        active = {True: _said("在用", "active"), False: _said("停用", "deactivated")}
        put_table(
            _said("账号", "Accounts"),
            [(h, "left") for h in headings],
            [(r["username"], r["name"], active[r["active"]], "; ".join(r["roles"])) for r in rows],
        )
        return Exit.FINE

    return on_console(act)


@app.command("reset-password")
def reset_password(username: UserName, lang: Language = None) -> int:
    """Give an account a one-time password and print it, once; its sessions end and its tokens are revoked."""
    del lang

    def act() -> int:
        from oreflow.console.people import actions

        _tell(actions.reset_password(administrator(), _user(username).pk))
        return Exit.FINE

    return on_console(act)


@app.command("deactivate")
def deactivate(
    username: UserName,
    reason: Annotated[str, typer.Option(help="Why; stands in the security log.")],
    lang: Language = None,
) -> int:
    """Switch an account off; its sessions and tokens end at once."""
    del lang

    def act() -> int:
        from oreflow.console.people import actions

        actions.deactivate(administrator(), _user(username).pk, reason)
        put(_said(f"已停用账号 {username}。", f"Deactivated the account {username}."))
        return Exit.FINE

    return on_console(act)


def _said(zh: str, en: str) -> str:
    return zh if spoken() == "zh" else en


def _tell(password: str) -> None:
    if password:
        put(_said("一次性密码（只显示这一次）：", "One-time password, shown this once:"))
        put(password)


def _asked_password() -> str:
    question = _said("密码", "Password")
    return str(typer.prompt(question, hide_input=True, confirmation_prompt=_said("再次输入", "Again")))


def _user(username: str) -> Any:
    from oreflow.console.people.models import User
    from oreflow.console.refusals import Invalid
    from oreflow.core.provenance import Text

    user = User.objects.filter(username=username).first()
    if user is None:
        raise Invalid(
            {
                "": Text(
                    f"没有账号“{username}”。用 oreflow user list 查看全部账号。",
                    f"There is no account “{username}”. See them all with oreflow user list.",
                )
            }
        )
    return user


def _accounts() -> list[dict[str, Any]]:
    from oreflow.console import clock
    from oreflow.console.people.access import holding
    from oreflow.console.people.models import User

    roles: dict[int, list[str]] = {}
    for m in holding(clock.today()).select_related("organisation").order_by("organisation__name", "role"):
        roles.setdefault(m.user_id, []).append(f"{m.role} {m.organisation.name}")
    return [
        {
            "username": u.username, "name": u.name, "active": u.is_active,
            "roles": [*(["system"] if u.is_superuser else []), *roles.get(u.pk, [])],
        }
        for u in User.objects.order_by("username")
    ]  # fmt: skip
