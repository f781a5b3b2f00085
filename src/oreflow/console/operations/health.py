"""Whether the console lives and is ready to answer, in a few milliseconds and without telling secrets."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from oreflow import __version__
from oreflow.console.clock import now
from oreflow.core.provenance import Text

from .migrating import pending
from .models import Heartbeat
from .scheduling import LEASE, SCHEDULER, SILENT

SCARCE = 100 * 1024 * 1024  # bytes; below this nothing is written any more
_current: list[bool] = []


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of health; `needed` ones keep the console from being ready when they fail."""

    name: str
    fine: bool
    needed: bool
    reason: Text | None = None

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        said = {"zh": self.reason.zh, "en": self.reason.en} if self.reason and not self.fine else None
        return {"name": self.name, "fine": self.fine, "needed": self.needed, "reason": said}


def health() -> dict[str, Any]:
    """Status, readiness and every sign. The process lives, or nobody would answer."""
    signs = [_database(), _disk()]
    if signs[0].fine:
        signs += [_migrations(), *heartbeats(now())]
    ready = all(sign.fine for sign in signs if sign.needed)
    status = "failing" if not ready else "fine" if all(sign.fine for sign in signs) else "degraded"
    return {
        "status": status, "live": True, "ready": ready, "version": __version__, "signs": [s.plain() for s in signs],
    }  # fmt: skip


def _database() -> Sign:
    reason = Text("数据库没有应答。", "The database does not answer.")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Sign("database", False, True, reason)
    return Sign("database", True, True)


def _disk() -> Sign:
    free = free_bytes(Path(settings.DATA))
    reason = Text("数据目录所在磁盘几乎已满。", "The disk of the data folder is nearly full.")
    return Sign("disk", free is not None and free > SCARCE, True, reason)


def free_bytes(folder: Path | str) -> int | None:
    """Bytes left on the disk of a folder; None where it is missing."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _migrations() -> Sign:
    """Asked until all are applied; a running process never gets new ones."""
    reason = Text(
        "数据库需要升级：请重新启动 oreflow up。", "The database must be brought up to date: restart oreflow up."
    )
    if not _current:
        if pending():
            return Sign("migrations", False, True, reason)
        _current.append(True)
    return Sign("migrations", True, True)


def heartbeats(at: datetime) -> list[Sign]:
    """Worker and scheduler: pages answer without them, but tasks and deadlines wait."""
    rows = list(Heartbeat.objects.all())
    worked = any(r.name.startswith("worker-") and r.at >= at - SILENT and not r.detail.get("stopped") for r in rows)
    turned = next((r for r in rows if r.name == SCHEDULER), None)
    failed = [n for n, job in (turned.detail.get("jobs", {}) if turned else {}).items() if job.get("error")]
    return [
        Sign("worker", worked, False, Text("没有运行中的任务进程。", "No worker is running; tasks wait.")),
        _scheduler(turned, at),
        Sign(
            "jobs",
            not failed,
            False,
            Text(f"定时作业失败：{', '.join(failed)}。", f"Jobs failed: {', '.join(failed)}."),
        ),
    ]


def _scheduler(row: Heartbeat | None, at: datetime) -> Sign:
    fine = row is not None and row.at >= at - LEASE
    since = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M") if row else "–"
    reason = Text(
        f"定时器停止（上次 {since}）：期限无人看管。", f"No scheduler (last {since}): nobody watches deadlines."
    )
    return Sign(SCHEDULER, fine, False, reason)
