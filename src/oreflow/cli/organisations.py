"""`oreflow organisation`: organisations renamed, merged and split from the machine's own command line."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from .installation import administrator, on_console, organisation_of
from .output import AsJson, Exit, Language, put, put_json, spoken

app = typer.Typer(help="Organisations: rename, merge, split.", no_args_is_help=True)
Which = Annotated[str, typer.Argument(metavar="ORGANISATION", help="Unified social credit code, or the full name.")]
Day = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="The day from which it holds.")]
Why = Annotated[str, typer.Option("--reason", help="Why; stands in the history.")]


@app.command("rename")
def rename(
    which: Which,
    name: Annotated[str, typer.Argument(help="The new name.")],
    on: Day,
    reason: Why,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Give an organisation a new name from a day on; the former one is kept."""
    del lang

    def act() -> int:
        from oreflow.console.people import changes

        old = organisation_of(which)
        changes.rename(administrator(), old.pk, old.version, name, on.date(), reason, door="command")
        return _told(old, as_json, f"已更名为“{name}”。", f"Renamed to {name}.")

    return on_console(act)


@app.command("merge")
def merge(
    which: Which,
    successor: Annotated[str, typer.Argument(help="The organisation that takes over.")],
    on: Day,
    reason: Why,
    people: Annotated[bool, typer.Option("--people/--no-people", help="Whether its people go on there.")] = True,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """End an organisation in favour of another: records, members and open cases pass on the day."""
    del lang

    def act() -> int:
        from oreflow.console.people import changes

        old, new = organisation_of(which), organisation_of(successor)
        changes.merge(
            administrator(), old.pk, old.version, new.pk, on.date(), reason, move_people=people, door="command"
        )
        return _told(old, as_json, f"“{old.name}”并入“{new.name}”。", f"{old.name} merges into {new.name}.")

    return on_console(act)


@app.command("split")
def split(
    which: Which,
    successors: Annotated[list[str], typer.Argument(help="Two organisations or more that follow it.")],
    on: Day,
    reason: Why,
    people_to: Annotated[str, typer.Option("--people-to", help="The successor in which its people go on.")] = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """End an organisation in favour of several."""
    del lang

    def act() -> int:
        from oreflow.console.people import changes

        old, new = organisation_of(which), [organisation_of(name) for name in successors]
        heir = organisation_of(people_to).pk if people_to else None
        changes.split(
            administrator(), old.pk, old.version, [o.pk for o in new], on.date(), reason, people_to=heir,
            door="command",
        )  # fmt: skip
        names = [o.name for o in new]
        return _told(
            old, as_json, f"“{old.name}”分立为：{'、'.join(names)}。", f"{old.name} splits: {', '.join(names)}."
        )

    return on_console(act)


def _told(organisation: Any, as_json: bool, zh: str, en: str) -> int:
    if as_json:
        organisation.refresh_from_db()
        ends = organisation.valid_to
        put_json({"id": organisation.pk, "name": organisation.name, "valid_to": ends.isoformat() if ends else None})
    else:
        put(zh if spoken() == "zh" else en)
    return Exit.FINE
