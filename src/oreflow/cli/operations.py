"""`oreflow backup`, `restore`, `doctor`, `administrator`: looking after an installation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .installation import on_console
from .output import AsJson, Exit, Language, put, put_json, put_table, spoken


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to, FILE.tar.gz; by default into the data folder.", show_default=False)
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Read FILE to its end and check it instead.")] = False,
    key: Annotated[bool, typer.Option("--with-key", help="Put the signing key in, too.")] = False,
    json: AsJson = False,
    lang: Language = None,
) -> int:
    """Save database and attachments of one moment while the console goes on, or check a backup."""
    del lang

    def work() -> int:
        if verify:
            return _verified(file, json=json)
        return _saved(file, with_key=key, json=json)

    return on_console(work, prepared=False)


def _verified(file: Path | None, *, json: bool) -> int:
    from oreflow.console.operations.backups import verify

    if file is None:
        raise typer.BadParameter("FILE")
    manifest = verify(file)
    rows, files = sum(manifest["rows"].values()), len(manifest["files"])
    _say(
        manifest,
        f"{file} 完整：{manifest['made_at']}，{rows} 行，{files} 个文件。",
        f"{file} is whole: {manifest['made_at']}, {rows} rows, {files} files.",
        json=json,
    )
    return Exit.FINE


def _saved(file: Path | None, *, with_key: bool, json: bool) -> int:
    from oreflow.console.clock import now
    from oreflow.console.operations.backups import back_up

    made = back_up(file, now(), with_key=with_key)
    facts = {
        "file": str(made.path), "size": made.size, "rows": made.rows, "attachments": made.attachments,
        "missing_attachments": list(made.missing),
    }  # fmt: skip
    _say(
        facts,
        f"已备份到 {made.path}：{made.rows} 行，{made.attachments} 个附件，{made.size} 字节。",
        f"Saved to {made.path}: {made.rows} rows, {made.attachments} attachments, {made.size} bytes.",
        json=json,
    )
    if made.missing:
        names = ", ".join(made.missing[:5])
        put(
            f"缺少 {len(made.missing)} 个附件的文件：{names}" if spoken() == "zh"
            else f"{len(made.missing)} attachment file(s) are missing: {names}",
            err=True,
        )  # fmt: skip
    return Exit.FINDINGS if made.missing else Exit.FINE


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")], json: AsJson = False, lang: Language = None
) -> int:
    """Bring a backup back into an empty data folder and database: all of it, or nothing."""
    del lang

    def work() -> int:
        from oreflow.console.operations.restoring import restore as bring_back

        manifest = bring_back(file)
        rows = sum(manifest["rows"].values())
        _say(
            manifest,
            f"已恢复 {manifest['made_at']} 的数据：{rows} 行。请运行 oreflow doctor，再运行 oreflow up。",
            f"Restored the data of {manifest['made_at']}: {rows} rows. Run oreflow doctor, then oreflow up.",
            json=json,
        )
        return Exit.FINE

    return on_console(work, prepared=False)


def doctor(
    deep: Annotated[bool, typer.Option("--deep", help="Check the whole database file, too.")] = False,
    json: AsJson = False,
    lang: Language = None,
) -> int:
    """Say what is wrong with this installation and how to mend it."""
    del lang

    def work() -> int:
        from oreflow.console.operations.doctor import State, examine, settings_shown

        results = examine(deep=deep)
        if json:
            put_json({"settings": settings_shown(), "results": results})
        else:
            _put_results(results)
        return Exit.FINDINGS if any(r.state is State.FINDING for r in results) else Exit.FINE

    return on_console(work, prepared=False)


def _put_results(results: list[Any]) -> None:
    from oreflow.console.operations.doctor import settings_shown

    language, zh = spoken(), spoken() == "zh"
    put_table(
        "设置" if zh else "Settings",
        [("名称" if zh else "name", "left"), ("值" if zh else "value", "left"), ("来源" if zh else "origin", "left")],
        [(s["name"], s["value"] or "–", s["origin"]) for s in settings_shown()],
    )
    put()
    put_table(
        "检查" if zh else "Checks",
        [("项目" if zh else "check", "left"), ("", "left"), ("结果" if zh else "result", "left"),
         ("办法" if zh else "way out", "left")],
        [
            (r.check, "✓" if r.state == "fine" else "!", r.text.in_language(language),
             r.remedy.in_language(language) if r.remedy else "")
            for r in results
        ],
    )  # fmt: skip


def _say(facts: dict[str, Any], zh: str, en: str, *, json: bool) -> None:
    if json:
        put_json(facts)
    else:
        put(zh if spoken() == "zh" else en)
