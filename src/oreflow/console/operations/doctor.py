"""What is wrong with an installation, and the way out: configuration, folder, database, calendars, files, parts."""

from __future__ import annotations

import ctypes.util
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from oreflow.console import assets, configuration
from oreflow.console.clock import now, today
from oreflow.console.errors import ConsoleError
from oreflow.console.reading.models import Document
from oreflow.console.registers.models import Attachment, ImportRun
from oreflow.core.provenance import Text

from . import calendars, files, health
from .migrating import pending, unknown_migrations
from .models import Installation

SPARE = 1024**3  # bytes of free disk below which it is time to act
RELEASED = datetime(2026, 1, 1, tzinfo=UTC)  # no clock can stand before the program was written
STUCK = timedelta(minutes=30)


class State(StrEnum):
    """How a check came out."""

    FINE = "fine"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Result:
    """One check: what was found, and the way out where something is to be done."""

    check: str
    state: State
    text: Text
    remedy: Text | None = None


def _fine(check: str, zh: str, en: str) -> Result:
    return Result(check, State.FINE, Text(zh, en))


def _finding(check: str, text: Text, remedy: Text) -> Result:
    return Result(check, State.FINDING, text, remedy)


def examine(*, deep: bool = False) -> list[Result]:
    """Every check in turn; without a database those that ask it are left out."""
    results = [*_configuration(), *_folder(), _disk(), _clock(), _assets(), _printing()]
    reached = list(_database(deep=deep))
    results += reached
    if reached[0].state is State.FINE and not pending() and not unknown_migrations():
        checks = (_calendars, _parts, _files, _imports)
        for check in checks:
            results += check()
    return results


def settings_shown() -> list[dict[str, str]]:
    """Each setting with its origin; of a secret only whether it is set."""
    chosen: configuration.Configuration = settings.CONFIGURATION
    return [
        {"name": s.name, "variable": s.variable, "value": chosen.shown(s.name), "origin": chosen.origins[s.name],
         "zh": s.meaning.zh, "en": s.meaning.en}
        for s in configuration.SETTINGS
    ]  # fmt: skip


def _configuration() -> Iterator[Result]:
    chosen: configuration.Configuration = settings.CONFIGURATION
    given = [s.variable for s in configuration.SETTINGS if chosen.origins[s.name] != "default"]
    said = ", ".join(given) or "–"
    yield _fine("configuration", f"已设置：{said}", f"set: {said}")
    for name, near in configuration.unknown().items():
        hint = Text(f"是否应为 {near}？", f"Did you mean {near}? ") if near else Text("", "")
        yield _finding(
            "configuration",
            Text(f"环境变量 {name} 不是设置，不起作用。", f"The variable {name} is no setting and does nothing."),
            Text(
                f"{hint.zh}请改名或删去；设置见手册。",
                f"{hint.en}Rename or remove it; the reference lists the settings.",
            ),
        )


def _folder() -> Iterator[Result]:
    data = Path(settings.DATA)
    if not data.is_dir():
        text = Text(f"还没有数据目录 {data}。", f"There is no data folder {data} yet.")
        yield _finding("folder", text, Text("运行一次 oreflow up。", "Run oreflow up once."))
        return
    open_ones = [p for p in (data, data / "secret.key") if p.exists() and stat.S_IMODE(p.stat().st_mode) & 0o077]
    for path in open_ones:
        yield _finding(
            "folder",
            Text(f"{path} 可被其他用户读取。", f"Other users may read {path}."),
            Text(f"运行：chmod go-rwx {path}", f"Run: chmod go-rwx {path}"),
        )
    if not os.access(data, os.W_OK):
        text = Text(f"不能写入 {data}。", f"{data} cannot be written.")
        yield _finding("folder", text, Text("改正目录的归属。", "Mend the folder's owner."))
    elif not open_ones:
        yield _fine("folder", f"{data}，仅本用户可读", f"{data}, readable by its owner alone")


def _disk() -> Result:
    free = health.free_bytes(Path(settings.DATA)) or health.free_bytes(Path(settings.DATA).anchor or "/")
    said = f"{(free or 0) / 1024**3:.1f} GB"
    if free is not None and free >= SPARE:
        return _fine("disk", f"剩余 {said}", f"{said} free")
    return _finding(
        "disk",
        Text(f"数据目录所在磁盘只剩 {said}。", f"Only {said} are left on the disk of the data folder."),
        Text("清理磁盘，或把旧备份移走。", "Free some space, or move old backups elsewhere."),
    )


def _clock() -> Result:
    if now() >= RELEASED:
        return _fine("clock", f"{now():%Y-%m-%d %H:%M} UTC", f"{now():%Y-%m-%d %H:%M} UTC")
    return _finding(
        "clock",
        Text(
            f"系统时间 {now():%Y-%m-%d} 早于本程序。", f"The clock says {now():%Y-%m-%d}, before this program was made."
        ),
        Text("校准系统时间；期限与验证码都依靠它。", "Set the clock: deadlines and one-time codes depend on it."),
    )


def _assets() -> Result:
    try:
        assets.require_assets()
    except ConsoleError as error:
        return _finding("assets", error.text, Text("然后重新启动。", "Then restart."))
    return _fine("assets", "浏览器资源齐全", "browser assets are in place")


def _printing() -> Result:
    missing = [name for name in ("pango-1.0", "pangoft2-1.0") if not ctypes.util.find_library(name)]
    if not missing and not _chinese_font():
        missing = ["Noto Sans CJK"]
    if not missing:
        return _fine("printing", "可生成 PDF", "PDF can be made")
    said = ", ".join(missing)
    command = "apt install fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0"
    return _finding(
        "printing",
        Text(f"生成 PDF 缺少 {said}。", f"PDF needs {said}, which is missing."),
        Text(f"由管理员运行：{command}", f"As an administrator: {command}"),
    )


def _chinese_font() -> bool:
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("~/.local/share/fonts").expanduser()]
    names = ("cjk", "wqy", "sourcehan", "simsun", "yahei", "droidsansfallback")
    return any(
        any(name in path.name.lower() for name in names)
        for folder in folders if folder.is_dir()
        for path in folder.rglob("*.[to]t[fc]")
    )  # fmt: skip


def _database(*, deep: bool) -> Iterator[Result]:
    try:
        yield _fine("database", f"可用：{_version()}", f"answers: {_version()}")
    except DatabaseError as error:
        yield _finding(
            "database",
            Text(
                f"数据库没有应答（{type(error).__name__}）。", f"The database does not answer ({type(error).__name__})."
            ),
            Text("检查 OREFLOW_DATABASE_URL 与数据库服务。", "Check OREFLOW_DATABASE_URL and the database service."),
        )
        return
    if connection.vendor == "sqlite":
        yield from _sqlite(deep=deep)
    unknown, waiting = unknown_migrations(), pending()
    if unknown:
        yield _finding(
            "migrations",
            Text(f"数据库由更新的程序写过：{unknown[0]}。", f"A newer program wrote to the database: {unknown[0]}."),
            Text("安装那个版本，或恢复升级前的备份。", "Install that version, or restore the backup from before it."),
        )
    elif waiting:
        yield _finding(
            "migrations",
            Text(f"有 {len(waiting)} 项数据库升级待执行。", f"{len(waiting)} migration(s) wait."),
            Text("重新启动 oreflow up。", "Restart oreflow up."),
        )
    else:
        kind = Installation.objects.values_list("demonstration", flat=True).first()
        said = Text("演示", "a demonstration") if kind else Text("正式使用", "real use")
        yield _fine("migrations", f"已是最新；{said.zh}", f"up to date; {said.en}")


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0]}"


def _sqlite(*, deep: bool) -> Iterator[Result]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
        problems: list[Any] = []
        if deep:
            cursor.execute("PRAGMA integrity_check(20)")
            problems = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            problems += [f"{row[0]} {row[1]}" for row in cursor.fetchmany(20)]
    if mode not in ("wal", "memory"):
        yield _finding(
            "database",
            Text(f"SQLite 日志模式为 {mode}，不是 WAL。", f"SQLite's journal mode is {mode}, not WAL."),
            Text(
                "把数据目录移到本机磁盘（不要用网络盘）。", "Move the data folder to a local disk, not a network one."
            ),
        )
    if problems:
        yield _finding(
            "database",
            Text(f"数据库已损坏：{problems[0]}", f"The database is damaged: {problems[0]}"),
            Text("停机，保留现有文件，恢复最近的备份。", "Stop, keep the files as they are, restore the last backup."),
        )
    elif deep:
        yield _fine("database", "完整性检查通过", "the integrity check holds")


def _calendars() -> Iterator[Result]:
    known = calendars.known_years()
    for year in (today().year, today().year + 1):
        if year in known:
            yield _fine("calendar", f"{year} 年节假日已知", f"the holidays of {year} are known")
            continue
        yield _finding(
            "calendar",
            Text(
                f"{year} 年节假日未知，期限只按周末推算。",
                f"The holidays of {year} are unknown; deadlines skip weekends only.",
            ),
            Text(
                "国务院公布后，在“运行”页载入假日表。",
                "Load the official list on the page of operations once it is out.",
            ),
        )


def _parts() -> Iterator[Result]:
    remedy = Text(
        "运行 oreflow up，或检查分开运行的那一部分。", "Run oreflow up, or look after the part that runs separately."
    )
    for sign in health.heartbeats(now()):
        if sign.fine:
            yield _fine(sign.name, "正常", "alive")
        elif sign.reason:
            yield _finding(sign.name, sign.reason, remedy)


def _files() -> Iterator[Result]:
    held = set(Attachment.objects.values_list("sha256", flat=True))
    held |= set(Document.objects.values_list("sha256", flat=True))
    missing, orphaned = files.compare(held, held | set(ImportRun.objects.values_list("sha256", flat=True)))
    if missing:
        yield _finding(
            "attachments",
            Text(
                f"{len(missing)} 个附件的文件不见了，如 {missing[0][:12]}。",
                f"{len(missing)} attachment file(s) are gone, such as {missing[0][:12]}.",
            ),
            Text(
                "从备份中取回 attachments 目录下的同名文件。",
                "Bring back the files of these names from a backup's attachments.",
            ),
        )
    if orphaned:
        yield _finding(
            "attachments",
            Text(
                f"{len(orphaned)} 个文件没有记录引用，如 {orphaned[0][:12]}。",
                f"No row speaks of {len(orphaned)} file(s), such as {orphaned[0][:12]}.",
            ),
            Text("备份后可以删除它们。", "They may be removed after a backup."),
        )
    if not missing and not orphaned:
        yield _fine("attachments", f"{len(held)} 个附件齐全", f"{len(held)} attachment(s), all there")


def _imports() -> Iterator[Result]:
    open_states = (ImportRun.State.READING, ImportRun.State.WRITING)
    stuck = ImportRun.objects.filter(state__in=open_states, created_at__lt=now() - STUCK).count()
    if stuck:
        yield _finding(
            "imports",
            Text(f"{stuck} 次导入中断。", f"{stuck} import(s) were interrupted."),
            Text("它们没有写入任何内容：请作废后重新上传。", "They wrote nothing: discard them and upload again."),
        )
    else:
        yield _fine("imports", "没有中断的导入", "no import was interrupted")
