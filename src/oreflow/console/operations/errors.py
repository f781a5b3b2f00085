"""What keeps an installation from being prepared, saved or brought back, with the way out in both languages.

ConsoleError ← FolderUnusable, NewerDatabase, OtherInstallation, DatabaseUnreachable, BackupRefused, BadBackup, NotEmpty
"""

from __future__ import annotations

from pathlib import Path

from oreflow.console.errors import ConsoleError
from oreflow.core.provenance import Text


class FolderUnusable(ConsoleError):
    """The data folder cannot be made, or belongs to somebody else."""

    code = "operations.folder"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            Text(
                f"数据目录 {path} 无法使用（{reason}）。请改正其归属与权限，或用 OREFLOW_DATA 指定另一个目录。",
                f"The data folder {path} cannot be used ({reason})."
                " Mend its owner and permissions, or name another folder in OREFLOW_DATA.",
            )
        )


class NewerDatabase(ConsoleError):
    """A newer program has written to the database."""

    code = "operations.newer-database"

    def __init__(self, names: str) -> None:
        super().__init__(
            Text(
                f"数据库由更新的程序写过（本程序不认识：{names}）。请安装那个版本，或恢复升级前的备份。",
                f"A newer program has written to this database (unknown here: {names})."
                " Install that version, or restore the backup from before the upgrade.",
            )
        )


class OtherInstallation(ConsoleError):
    """A demonstration's data were opened for real use, or the reverse."""

    code = "operations.other-installation"

    def __init__(self, *, demonstration: bool) -> None:
        stored = Text("演示数据", "a demonstration") if demonstration else Text("正式数据", "real data")
        asked = Text("正式使用", "real use") if demonstration else Text("演示", "a demonstration")
        super().__init__(
            Text(
                f"这个数据库装的是{stored.zh}，不能用于{asked.zh}。"
                "请用 OREFLOW_DATA 或 OREFLOW_DATABASE_URL 另选一个。",
                f"This database holds {stored.en} and cannot serve {asked.en}."
                " Name another one in OREFLOW_DATA or OREFLOW_DATABASE_URL.",
            )
        )


class DatabaseUnreachable(ConsoleError):
    """The database does not answer."""

    code = "operations.database"

    def __init__(self, reason: str) -> None:
        super().__init__(
            Text(
                f"数据库没有应答（{reason}）。请检查 OREFLOW_DATABASE_URL 与数据库服务，或数据目录的权限与磁盘。",
                f"The database does not answer ({reason}). Check OREFLOW_DATABASE_URL and the database service,"
                " or the permissions and the disk of the data folder.",
            )
        )


class NotPrepared(ConsoleError):
    """There is no database yet, or it waits for migrations."""

    code = "operations.not-prepared"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "数据库还没有建好，或需要升级。请先运行一次 oreflow up。",
                "There is no database yet, or it must be brought up to date. Run oreflow up once.",
            )
        )


class BackupRefused(ConsoleError):
    """A backup would overwrite something or has a form that cannot be written."""

    code = "operations.backup-refused"


class BadBackup(ConsoleError):
    """A file is no backup, or not whole."""

    code = "operations.bad-backup"

    def __init__(self, path: Path, what: Text) -> None:
        super().__init__(
            Text(
                f"{path} 不能恢复：{what.zh}。请用另一份备份；没有写入任何内容。",
                f"{path} cannot be restored: {what.en}. Use another backup; nothing was written.",
            )
        )


class NotEmpty(ConsoleError):
    """A backup is only ever restored into an empty place."""

    code = "operations.not-empty"

    def __init__(self, where: str) -> None:
        super().__init__(
            Text(
                f"{where} 不是空的；恢复不会覆盖已有数据。请用 OREFLOW_DATA 或 OREFLOW_DATABASE_URL 指定一个空的位置。",
                f"{where} is not empty; restoring never overwrites data."
                " Name an empty place in OREFLOW_DATA or OREFLOW_DATABASE_URL.",
            )
        )
