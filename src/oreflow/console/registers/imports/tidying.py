"""What imports leave behind goes after a while: their rows and uploads; their counts and hashes stay."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from oreflow.console.registers.models import ImportLine, ImportRun
from oreflow.core.provenance import Text

from . import keeping

KEPT = timedelta(days=30)
State: Any = ImportRun.State
ENDED = (State.DONE, State.FAILED, State.DISCARDED)
_GONE = Text(
    f"该导入已结束超过 {KEPT.days} 天，文件及其逐行内容已清理；条数、文件哈希和各记录的历史仍在。",
    f"This import ended more than {KEPT.days} days ago: the file and its rows were removed. The counts, the file's hash"
    " and the history of each record stay.",
)
_UPLOAD = re.compile(r"[0-9a-f]{64}")
_RUN = re.compile(r"run-([0-9]+)\.lock")


def tidy(at: datetime) -> int:
    """Remove the rows and uploads of imports that ended 30 days ago; returns how many imports lost their rows."""
    over = _ended(at - KEPT)
    holding = list(over.filter(Exists(ImportLine.objects.filter(run=OuterRef("pk")))).order_by("pk"))
    for run in holding:
        with transaction.atomic():  # one at a time: others write in between
            ImportLine.objects.filter(run=run).delete()
            if run.state == State.DONE:
                ImportRun.objects.filter(pk=run.pk).update(message={**run.message, "zh": _GONE.zh, "en": _GONE.en})
    _clear_folder(over, at - KEPT)
    return len(holding)


def _ended(before: datetime) -> QuerySet[ImportRun]:
    late = Q(written_at__lt=before) | Q(written_at__isnull=True, created_at__lt=before)
    return ImportRun.objects.filter(late, state__in=ENDED)


def _clear_folder(over: QuerySet[ImportRun], before: datetime) -> None:
    """Uploads that no other import needs, and the locks of imports that ended."""
    needed = set(ImportRun.objects.exclude(pk__in=over.values("pk")).values_list("sha256", flat=True))
    ended = set(over.values_list("pk", flat=True))
    for entry in keeping.folder().iterdir():
        lock = _RUN.fullmatch(entry.name)
        upload = _UPLOAD.fullmatch(entry.name) and entry.name not in needed
        # an upload is touched before its import is noted: a young file may belong to one that begins now
        if (lock and int(lock[1]) in ended) or (upload and entry.stat().st_mtime < before.timestamp()):
            entry.unlink()
