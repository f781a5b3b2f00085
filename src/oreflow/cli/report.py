"""`oreflow report`: checks and misfits with pictures, as HTML and PDF, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import Exit, Lang, put


def report(
    region: Annotated[str, typer.Argument(help="A built-in region, or the path of a pack.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write to; made if missing.")] = Path(),
    year: Annotated[
        int | None, typer.Option("--year", "-y", help="Chain year; by default the last.", show_default=False)
    ] = None,
    lang: Annotated[
        list[Lang] | None, typer.Option("--lang", help="zh, en or both (default).", show_default=False)
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Write PDF beside HTML.")] = True,
) -> int:
    """Write the region's report: findings, sentences, comparisons, flows, assumptions."""
    from oreflow.console.report import ReportError, write_report
    from oreflow.gateway import load_pack

    languages = [x.value for x in lang or list(Lang)]
    try:
        written = write_report(load_pack(region), out, year=year, languages=languages, pdf=pdf)
    except ReportError as error:
        put(str(error), err=True)
        return Exit.FAILURE
    for path in written:
        put(str(path))
    return Exit.FINE
