"""`oreflow task` and `oreflow calendar`: what stands in the queue, and which days are worked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from .installation import administrator, on_console
from .output import AsJson, Exit, Language, put, put_json, put_table, spoken

tasks = typer.Typer(help="Tasks of the console: list them, try a failed one again.", no_args_is_help=True)
calendar = typer.Typer(help="Working days: what is known, and official lists of holidays.", no_args_is_help=True)


def _said(zh: str, en: str) -> str:
    return zh if spoken() == "zh" else en


@tasks.command("list")
def list_tasks(
    failed: Annotated[bool, typer.Option("--failed", help="Only those that failed.")] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Tasks, the latest first, at most 200."""
    del lang

    def act() -> int:
        from oreflow.console.operations.access import visible_tasks

        rows = visible_tasks(administrator(), "FAILED" if failed else "").order_by("-enqueued_at")[:200]
        found = [
            {
                "id": str(r.pk), "task": r.task_path.rpartition(".")[2], "status": r.status,
                "enqueued_at": r.enqueued_at.isoformat(), "error": r.exception_class_path.rpartition(".")[2],
            }
            for r in rows
        ]  # fmt: skip
        if as_json:
            put_json(found)
            return Exit.FINE
        headings = [_said("编号", "Id"), _said("任务", "Task"), _said("状态", "State"), _said("入队", "Queued")]
        put_table(
            _said("任务", "Tasks"),
            [(h, "left") for h in [*headings, _said("错误", "Error")]],
            [tuple(r.values()) for r in found],
        )
        return Exit.FINE

    return on_console(act)


@tasks.command("retry")
def retry(task: Annotated[UUID, typer.Argument(metavar="ID", help="As in the list.")], lang: Language = None) -> int:
    """Put a failed task back into its queue."""
    del lang

    def act() -> int:
        from oreflow.console.operations import actions

        actions.retry(administrator(), task)
        put(_said("已重新排队。", "It stands in its queue again."))
        return Exit.FINE

    return on_console(act)


@calendar.command("show")
def show(as_json: AsJson = False, lang: Language = None) -> int:
    """Years whose holidays are known, and the days that were loaded."""
    del lang

    def act() -> int:
        from oreflow.console.operations import calendars

        years, days = calendars.known_years(), calendars.as_rows()
        if as_json:
            put_json({"years": years, "days": days})
            return Exit.FINE
        from_where = {"package": _said("日历包", "package"), "list": _said("已导入名单", "loaded list")}
        put_table(
            _said("已知年份", "Known years"),
            [(_said("年份", "Year"), "left"), (_said("来源", "From"), "left")],
            [(str(y), from_where[w]) for y, w in years.items()],
        )
        return Exit.FINE

    return on_console(act)


@calendar.command("load")
def load(
    file: Annotated[
        Path, typer.Argument(help="A CSV file with the columns date and kind.", exists=True, dir_okay=False)
    ],
    write: Annotated[bool, typer.Option("--write", help="Store it; else only show what it would change.")] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Compare an official list of holidays with what is stored and, with --write, store it."""
    del lang

    def act() -> int:
        from oreflow.console import clock
        from oreflow.console.operations import actions, calendars

        days = calendars.read_days(file.read_bytes(), file.name)
        rows: list[dict[str, Any]] = [
            {"date": d.day.isoformat(), "kind": calendars.WORKDAY if d.works else calendars.HOLIDAY, "before": d.before}
            for d in calendars.preview(days)
        ]
        if write:
            actions.load_holidays(administrator(), days, clock.now())
        if as_json:
            put_json({"written": write, "days": rows})
            return Exit.FINE
        put_table(
            file.name,
            [
                (h, "left")
                for h in (_said("日期", "Date"), _said("类别", "Kind"), _said("与现有相比", "Against what stands"))
            ],
            [(r["date"], _kind(r["kind"]), _standing(r["before"])) for r in rows],
        )
        put(_said("已保存。", "Stored.") if write else _said("未保存；加 --write 保存。", "Not stored; add --write."))
        return Exit.FINE

    return on_console(act)


def _kind(kind: str) -> str:
    return {"holiday": _said("放假", "holiday"), "workday": _said("上班", "workday")}[kind]


def _standing(before: str) -> str:
    return {"new": _said("新增", "new"), "same": _said("不变", "same"), "changed": _said("变更", "changed")}[before]
