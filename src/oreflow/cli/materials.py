"""`oreflow materials`: the reference library of materials and processes."""

from __future__ import annotations

from typing import Annotated

import typer

from oreflow.core.provenance import Text

from .output import AsJson, Exit, Language, put, put_json, put_table

app = typer.Typer(help="Materials, processes and conversions of the library.", no_args_is_help=True)


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(help="Id, name, formula or part of a name, e.g. V2O5 or 钒渣.")],
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Contents, conversions and the processes that make or use a material."""
    from oreflow.gateway import load_library

    library = load_library()
    wanted = name.casefold()
    hits = [m for m in library.materials.values() if wanted in (m.id, m.formula.casefold())] or [
        m
        for m in library.materials.values()
        if wanted in m.name.zh.casefold() or wanted in m.name.en.casefold() or wanted in m.id
    ]
    if not hits:
        import difflib

        near = ", ".join(difflib.get_close_matches(wanted, library.materials, 5))
        raise typer.BadParameter(f"no material “{name}”" + (f"; near: {near}" if near else ""))
    if as_json:
        put_json([{"material": m, "makes": _makers(library, m.id), "uses": _users(library, m.id)} for m in hits])
        return Exit.FINE
    language = str(lang)
    for material in hits[:20]:
        _put_material(library, material, language)
    if len(hits) > 20:
        put(f"… {len(hits) - 20} more")
    return Exit.FINE


def _makers(library, material: str) -> list[str]:  # type: ignore[no-untyped-def]
    return [
        p.id
        for p in library.processes.values()
        if p.product == material or any(f.material == material for f in (*p.by_products, *p.wastes))
    ]


def _users(library, material: str) -> list[str]:  # type: ignore[no-untyped-def]
    return [p.id for p in library.processes.values() if any(f.material == material for f in p.inputs)]


def _put_material(library, material, language: str) -> None:  # type: ignore[no-untyped-def]
    from oreflow.core.materials import conversions

    put(
        f"{material.id} · {material.name.in_language(language)} · {material.formula or '–'} · {material.unit}"
        f" · {material.mark.text.in_language(language)}"
    )
    heads = Text("元素|质量分数|范围|质量", "element|mass fraction|range|mark").in_language(language).split("|")
    rows = [
        (e, str(c.value), f"{c.low}–{c.high}" if c.low != c.high else "–", c.mark.text.in_language(language))
        for e, c in material.contents.items()
    ]
    if rows:
        put_table("", [(h, "right" if i in (1, 2) else "left") for i, h in enumerate(heads)], rows)
    for line in conversions(material):
        put(f"  {line.in_language(language)}")
    for title, ids in (
        (Text("制得于", "made by"), _makers(library, material.id)),
        (Text("用于", "used by"), _users(library, material.id)),
    ):
        put(f"{title.in_language(language)}: {', '.join(ids) or '–'}")


@app.command("guard")
def guard(as_json: AsJson = False, lang: Language = None) -> int:
    """Recompute every process's element balances; list what is impossible or doubtful."""
    from oreflow.core.materials import guard as run_guard
    from oreflow.gateway import load_library

    report = run_guard(load_library())
    if as_json:
        put_json({"refused": report.refused, "doubtful": report.doubtful})
    else:
        for finding in (*report.refused, *report.doubtful):
            put(f"{finding.kind.text.in_language(str(lang))}: {finding.title.in_language(str(lang))}")
        put(f"{len(report.refused)} refused, {len(report.doubtful)} doubtful")
    return Exit.FINDINGS if report.refused else Exit.FINE
