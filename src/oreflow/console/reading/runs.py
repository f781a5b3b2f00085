"""Reading a document in the background: from its kept file to its text and items, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from oreflow.console import clock
from oreflow.console.registers import attachments
from oreflow.core.provenance import Text

from . import extracting, keeping
from .models import Document, Item

State: Any = Document.State
PART, MOST_AT_ONCE = 2_000, 8
FORGOTTEN = timedelta(minutes=10)  # after which a document that no task waits for was never begun


def read(document_id: int) -> None:
    """Read one document; for the worker. A document that is no longer waiting is left."""
    with keeping.working(document_id) as alone:
        document = _begun(document_id) if alone else None
        if document is not None:
            _finish(document_id, lambda: _extracted(document, told=lambda percent: _say(document_id, percent)))


def read_many(document_ids: Sequence[int]) -> None:
    """Read a batch, each in a process of its own and as many at a time as there are processors.

    Each is written as soon as it is read; one that fails leaves the others.
    """
    if len(document_ids) < 2:
        for document_id in document_ids:
            read(document_id)
        return
    with ExitStack() as locks, ThreadPoolExecutor(max(1, min(os.cpu_count() or 1, MOST_AT_ONCE))) as pool:
        waiting: dict[Future[dict[str, Any]], int] = {}
        for document_id in document_ids:
            alone = locks.enter_context(keeping.working(document_id))
            document = _begun(document_id) if alone else None
            if document is not None:
                waiting[pool.submit(_extracted, document, apart=True)] = document_id
        for done in as_completed(waiting):
            _finish(waiting[done], done.result)


def _begun(document_id: int) -> Document | None:
    """A document that waits to be read, marked as being read."""
    document: Document | None = Document.objects.filter(pk=document_id, state=State.READING).first()
    if document is not None:
        _say(document_id, 5)
    return document


def _extracted(document: Document, *, told: extracting.Told | None = None, apart: bool = False) -> dict[str, Any]:
    """What a document holds; touches no database, so that threads may do it."""
    return extracting.extract(
        attachments.path_of(document.sha256), document.file_name, simplify=bool(document.frame.get("simplify")),
        told=told or (lambda _percent: None), apart=apart,
    )  # fmt: skip


def _finish(document_id: int, result: Callable[[], dict[str, Any]]) -> None:
    """Keep what was read, or why it was not."""
    try:
        _keep(document_id, result())
    except extracting.NotRead as error:
        _fail(document_id, error.plain())
    except FileNotFoundError:
        _fail(document_id, extracting.NotRead("document.gone", *_GONE).plain())


def _keep(document_id: int, found: dict[str, Any]) -> None:
    """Write text and items in one transaction."""
    with transaction.atomic():
        document = Document.objects.select_for_update().filter(pk=document_id, state=State.READING).first()
        if document is None or document.withdrawn_at is not None:
            return
        now = clock.now()
        document.text, document.format = found["text"], found["format"]
        document.text_sha256 = hashlib.sha256(found["text"].encode()).hexdigest()
        for name in ("places", "grids", "frame", "outline", "tables", "notes"):
            setattr(document, name, found[name])
        document.title = document.title or found["frame"].get("title") or document.key
        document.state, document.progress, document.problem, document.read_at = State.READY, 100, {}, now
        document.save()
        rows = (Item(document=document, changed_at=now, **_columns(item)) for item in found["items"])
        Item.objects.bulk_create(rows, batch_size=PART)


def _columns(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("kind", "start", "end", "quote", "values", "confidence", "doubts")}


def _say(document_id: int, percent: int) -> None:
    Document.objects.filter(pk=document_id, state=State.READING).update(progress=percent)


def _fail(document_id: int, problem: dict[str, Any]) -> None:
    Document.objects.filter(pk=document_id, state=State.READING).update(state=State.FAILED, progress=0, problem=problem)


def recover_interrupted(now: datetime, awaited: Collection[int] = ()) -> int:
    """Give documents whose worker died back to people; how many. `awaited` are those that a task takes up again."""
    recovered = 0
    begun = Q(progress__gt=0) | Q(added_at__lt=now - FORGOTTEN)  # a lock says whether somebody works on it
    cut_off = Document.objects.filter(begun, state=State.READING).exclude(pk__in=awaited)
    for document_id in cut_off.order_by("pk").values_list("pk", flat=True):
        with keeping.working(document_id) as alone:
            if alone:
                _fail(document_id, extracting.NotRead("document.interrupted", *_CUT_OFF).plain())
                recovered += 1
    return recovered


_GONE = (
    Text("存入的文件已不在。", "The kept file is gone."),
    Text("从备份中取回附件，或撤回本条后重新存入。", "Bring it back from a backup, or withdraw this and add it again."),
)
_CUT_OFF = (
    Text("读取时服务中断，没有写入任何内容。", "The service stopped while it read; nothing was written."),
    Text("请点“重新读取”。", "Choose “read again”."),
)
