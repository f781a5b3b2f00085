"""`oreflow case`: list and show cases, write letters, and let time pass by hand."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from oreflow.core.provenance import Text

from .installation import on_console
from .output import AsJson, Exit, Language, put, put_json, put_table, spoken

app = typer.Typer(help="Cases: list, show, letters, deadlines.", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="The case's number, such as 2026-510400-000001.")]
_ABSENT = Text("没有这个案件或文书。", "There is no such case or letter.")


@app.command("list")
def list_cases(
    state: Annotated[str, typer.Option(help="Only cases in this state, such as submitted.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only cases whose deadline has passed.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Closed cases, too.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 100,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Cases of this installation, the oldest due first; drafts are their applicants' own and are left out."""
    del lang

    def work() -> int:
        from django.db.models import F

        from oreflow.console import clock
        from oreflow.console.cases import api_rows
        from oreflow.console.cases.models import CaseFile

        rows = CaseFile.objects.filter(submitted_at__isnull=False).select_related("organisation")
        rows = rows.filter(state=state) if state else rows
        rows = rows.filter(due__lt=clock.today(), closed_at__isnull=True) if overdue else rows
        rows = rows if everything or state else rows.filter(closed_at__isnull=True)
        found = [api_rows.case_out(c) for c in rows.order_by(F("due").asc(nulls_last=True), "pk")[:limit]]
        if as_json:
            put_json(found)
        else:
            _table(found)
        return Exit.FINE

    return on_console(work, _ABSENT)


def _table(rows: list[dict[str, Any]]) -> None:
    zh = spoken() == "zh"
    heads = ("编号", "事项", "申请单位", "状态", "期限") if zh else ("Case", "Subject", "Applicant", "State", "Due")
    put_table(
        "案件" if zh else "Cases",
        [(head, "left") for head in heads],
        [
            (c["number"], c["title"], c["organisation"]["name"], c["state_name"][spoken()], str(c["due"] or ""))
            for c in rows
        ],
    )


@app.command("show")
def show(number: Number, as_json: AsJson = False, lang: Language = None) -> int:
    """One case: where it stands, what it asks for, every step."""
    del lang

    def work() -> int:
        from django.utils import timezone

        from oreflow.console.cases import api_rows
        from oreflow.console.people.access import NOBODY

        case = api_rows.detail_out(_case(number), NOBODY)
        if as_json:
            put_json(case)
            return Exit.FINE
        language = spoken()
        put(f"{case['number']}  {case['title']}  {case['organisation']['name']}  {case['state_name'][language]}")
        for change in case["changes"]:
            put(f"  {change['label'][language]}: {change['before'] or '–'} → {change['after'] or '–'} {change['unit']}")
        for event in case["events"]:
            who = event["organisation"]["name"] if event["organisation"] else ""
            at = timezone.localtime(event["at"])
            put(f"  {at:%Y-%m-%d %H:%M}  {event['step_name'][language]}  {who}  {event['reason']}".rstrip())
        for letter in case["letters"]:
            put(f"  {letter['id']}  {letter['title'][language]}  {letter['number']}")
        return Exit.FINE

    return on_console(work, _ABSENT)


@app.command("tick")
def tick(
    at: Annotated[str, typer.Option(help="As if it were this moment, such as 2026-03-09T09:00; by default now.")] = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Let time do its work once: urgency, reminders, escalation, lapsed terms. The scheduler does the same."""
    del lang
    moment = _moment(at)

    def work() -> int:
        from django.utils import timezone

        from oreflow.console import clock
        from oreflow.console.cases import actions

        now = clock.now()
        if moment is not None:
            now = moment if moment.tzinfo else timezone.make_aware(moment)
        done = actions.tick(now)
        if as_json:
            put_json(done)
        elif spoken() == "zh":
            put(f"查看 {done.looked} 件：提醒 {done.reminders}，督办 {done.escalations}，逾期失效 {done.expired}。")
        else:
            put(
                f"Looked at {done.looked} cases: {done.reminders} reminders, {done.escalations} escalations,"
                f" {done.expired} lapsed."
            )
        return Exit.FINE

    return on_console(work, _ABSENT)


@app.command("letter")
def letter(
    number: Annotated[int, typer.Argument(help="The letter's id, as `oreflow case show` lists it.")],
    path: Annotated[Path, typer.Argument(help="A new .pdf file.")],
    lang: Language = None,
) -> int:
    """Write a letter of a case as PDF, in the language of this run."""
    del lang
    if os.path.lexists(path):
        raise typer.BadParameter(f"{path} exists already; name a new file")

    def work() -> int:
        from django.utils import translation

        from oreflow.console.cases.models import Letter
        from oreflow.console.cases.views import pdf_of

        with translation.override("zh-hans" if spoken() == "zh" else "en"):
            path.write_bytes(pdf_of(Letter.objects.select_related("case").get(pk=number)))
        put(str(path))
        return Exit.FINE

    return on_console(work, _ABSENT)


def _moment(at: str) -> datetime | None:
    try:
        return datetime.fromisoformat(at) if at else None
    except ValueError as error:
        raise typer.BadParameter(f"{at} is no moment; write 2026-03-09T09:00") from error


def _case(number: str) -> Any:
    from oreflow.console.cases.models import CaseFile

    rows = CaseFile.objects.select_related("organisation", "acceptor", "decider", "reviewer")
    return rows.get(number=number, submitted_at__isnull=False)
