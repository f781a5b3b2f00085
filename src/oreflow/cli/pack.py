"""`oreflow pack`: check, list, write and start packs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from .output import AsJson, Exit, Language, put, put_json, put_problem

app = typer.Typer(help="Regions as plain tables: a folder of CSV files or one workbook.", no_args_is_help=True)


@app.command("validate")
def validate(
    path: Annotated[Path, typer.Argument(help="A folder with pack.toml, or an .xlsx workbook.")],
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Report every problem of a pack at once; exit status 2 if there is any."""
    from oreflow.gateway import validate_pack

    problems = validate_pack(path)
    if as_json:
        put_json({"path": str(path), "problems": problems})
    else:
        for problem in problems:
            put_problem(problem, zh=lang == "zh")
        said = {
            "zh": f"{path}：{f'{len(problems)} 处问题' if problems else '没有问题'}",
            "en": f"{path}: {f'{len(problems)} problem(s)' if problems else 'no problems'}",
        }
        put(said[str(lang)])
    return Exit.BAD_INPUT if problems else Exit.FINE


@app.command("list")
def list_packs(as_json: AsJson = False) -> int:
    """The built-in regions."""
    from oreflow.gateway import builtin_packs

    packs = builtin_packs()
    if as_json:
        put_json(packs)
    else:
        for name in packs:
            put(name)
    return Exit.FINE


@app.command("export")
def export(
    region: Annotated[str, typer.Argument(help="A built-in region, or the path of a pack.")],
    path: Annotated[Path, typer.Argument(help="A new folder, or a new .xlsx file.")],
) -> int:
    """Write a region as a pack; loading it again gives the same hash.

    CSV keeps every cell as it is, so that nothing is lost on the way back; for a spreadsheet program choose .xlsx.
    """
    from oreflow.gateway import load_pack, write_pack

    if os.path.lexists(path):
        raise typer.BadParameter(f"{path} exists already; name a new folder or file")
    loaded = load_pack(region)
    write_pack(loaded, path)
    put(f"{path} · {loaded.hash}")
    return Exit.FINE


@app.command("new")
def new(path: Annotated[Path, typer.Argument(help="A new .xlsx file.")]) -> int:
    """Write an empty workbook with headings, explanations and drop-downs."""
    from oreflow.gateway import blank_pack

    if os.path.lexists(path):
        raise typer.BadParameter(f"{path} exists already; name a new file")
    blank_pack(path)
    put(str(path))
    return Exit.FINE
