"""One import from upload to done: read, compared, looked at, then written whole or not at all.

reading → preview → writing → done, or failed with what to do; discarded at any time before writing.
Each step asks again who is acting. Work that was cut off leaves nothing half done (`recover_interrupted`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404

from oreflow.console import clock, query_plans
from oreflow.console.errors import ConsoleError
from oreflow.console.people.access import Viewer, found, viewer_for
from oreflow.console.refusals import Invalid, Refused
from oreflow.console.registers.access import hat, register_of
from oreflow.console.registers.models import ImportRun
from oreflow.console.registers.spec import Register
from oreflow.core.provenance import Text

from . import keeping, lines, writing
from .comparing import compare
from .parsing_columns import parse
from .problems import FileRefused
from .reading import LIMITS, read, too_large

State: Any = ImportRun.State
MANY = 1_000  # rows, after which the database looks anew at how a table's rows are spread
OPEN = (State.READING, State.PREVIEW, State.WRITING)
_SHARES = {"read": (1, 25), "parse": (25, 45), "compare": (45, 75), "keep": (75, 99)}


def why_not_import(register: Register, viewer: Viewer) -> Text | None:
    """Why a viewer may not import into a register; None where it may."""
    del register
    if hat(viewer) is not None and viewer.user is not None:
        return None
    return Text("导入须有经办权限。请联系本单位管理员。", "Importing needs the role of clerk. Ask your administrator.")


def visible_runs(viewer: Viewer) -> QuerySet[ImportRun]:
    """The imports that a person started for the organisation it acts for."""
    if viewer.user is None:
        return ImportRun.objects.none()
    return ImportRun.objects.filter(user=viewer.user, organisation=viewer.organisation)


def find(viewer: Viewer, run_id: int) -> ImportRun:
    """One import, or 404."""
    return found(visible_runs(viewer), pk=run_id)


def start(register: Register, viewer: Viewer, name: str, data: bytes, enqueue: Callable[[int], Any]) -> ImportRun:
    """Keep an upload and have it read.

    Raises
    ------
    Refused, Invalid
    """
    _allow(register, viewer)
    if not data:
        raise Invalid({"file": Text("文件是空的。请选择有内容的文件。", "The file is empty. Choose one with content.")})
    if len(data) > LIMITS.file_bytes:
        raise Invalid({"file": too_large(len(data))})
    with transaction.atomic():
        run = ImportRun.objects.create(
            register=register.key, organisation=viewer.organisation, user=viewer.user, file_name=_clean_name(name),
            sha256=keeping.keep(data), created_at=clock.now(),
        )  # fmt: skip
        transaction.on_commit(lambda: enqueue(run.pk))
    return run


def again(viewer: Viewer, run_id: int, enqueue: Callable[[int], Any]) -> ImportRun:
    """Read the same upload and compare it with the register as it stands now.

    Raises
    ------
    Http404, Refused
    """
    with transaction.atomic():
        run = _held(viewer, run_id, State.PREVIEW, State.FAILED)
        run.state, run.progress, run.message = State.READING, 0, {}
        run.save()
        keeping.forget(run.pk)
        transaction.on_commit(lambda: enqueue(run.pk))
    return run


def order_write(viewer: Viewer, run_id: int, enqueue: Callable[[int], Any]) -> ImportRun:
    """Have a previewed import written.

    Raises
    ------
    Http404, Refused
    """
    with transaction.atomic():
        run = _held(viewer, run_id, State.PREVIEW)
        _allow(register_of(run.register), viewer)
        if run.errors:
            raise Refused(
                Text(
                    f"有 {run.errors} 行有误，未写入任何内容。一份文件要么全部写入，要么不写：请改正后重新上传。",
                    f"{run.errors} rows have errors; nothing was written. A file is written whole or not at all:"
                    " correct them and upload it again.",
                )
            )
        if not run.adds + run.changes:
            raise Refused(Text("没有需要写入的内容。", "There is nothing to write: every row stands already."))
        run.state, run.progress, run.message = State.WRITING, 0, _without_text(run.message)
        run.save()
        keeping.forget(run.pk)
        transaction.on_commit(lambda: enqueue(run.pk))
    return run


def discard(viewer: Viewer, run_id: int) -> ImportRun:
    """Give up an import that was not written; its lines are taken away, the upload stays.

    Raises
    ------
    Http404, Refused
    """
    with transaction.atomic():
        run = _held(viewer, run_id, State.PREVIEW, State.FAILED, State.READING)
        run.state = State.DISCARDED
        run.save()
        run.lines.all().delete()
    return run


def preview(run_id: int) -> None:
    """Read an upload and keep the verdict on every row; for the worker."""
    with keeping.working(run_id) as alone:
        run = ImportRun.objects.filter(pk=run_id, state=State.READING).first()
        if run is None or not alone:
            return
        _say(run, 1)
        try:
            _preview(run)
        except FileRefused as error:
            _fail(run, State.FAILED, error.problems[0], problems=error.problems)
        except (ConsoleError, Http404) as error:
            _fail(run, State.FAILED, _text_of(error))
        except FileNotFoundError:
            _fail(run, State.FAILED, Text("上传的文件已不在。请重新上传。", "The upload is gone. Upload it again."))


def _preview(run: ImportRun) -> None:
    register = register_of(run.register)
    viewer = acting(run)
    _allow(register, viewer)
    upload = read(register, viewer, run.file_name, keeping.kept(run.sha256))
    _say(run, _SHARES["read"][1])
    values = parse(register, viewer, upload, _within(run, "parse"))
    compared = compare(register, viewer, upload, values, _within(run, "compare"))
    with transaction.atomic():
        if not ImportRun.objects.select_for_update().filter(pk=run.pk, state=State.READING).exists():
            return  # discarded meanwhile
        lines.keep(register, run, compared, _telling(run, "keep"))
        run.state, run.progress, run.message = State.PREVIEW, 100, {"sheet": upload.sheet}
        run.save()


def write(run_id: int) -> None:
    """Write a previewed import in one transaction; for the worker."""
    with keeping.working(run_id) as alone:
        run = ImportRun.objects.filter(pk=run_id, state=State.WRITING).first()
        if run is None or not alone:
            return
        _say(run, 1)
        keeping.tell(run_id, 1)
        try:
            register = register_of(run.register)
            ready = writing.prepare(register, run, lambda share: keeping.tell(run_id, 1 + int(39 * share)))
            with transaction.atomic():
                run = ImportRun.objects.select_for_update().get(pk=run_id)
                viewer = acting(run)
                _allow(register, viewer)
                writing.write(register, viewer, run, ready, lambda share: keeping.tell(run_id, 40 + int(59 * share)))
                run.state, run.progress, run.written_at = State.DONE, 100, clock.now()
                run.save()
            if run.adds + run.changes >= MANY:
                query_plans.refresh_tables(register.model)
        except (ConsoleError, Http404) as error:
            _fail(run, State.FAILED, _text_of(error))
        except IntegrityError:
            _fail(run, State.FAILED, _CLASH)
        except DatabaseError:
            _fail(run, State.PREVIEW, _TROUBLE)
            raise
        finally:
            keeping.forget(run_id)


def recover_interrupted(now: datetime, awaited: Collection[int] = ()) -> int:
    """Put imports whose worker died back where a person can go on; returns how many.

    Nothing of them was written: a write is one transaction. `awaited` are those that a task will take up
    again by itself.
    """
    del now  # a lock says whether somebody works on it, whatever the time
    recovered = 0
    cut_off = ImportRun.objects.filter(state__in=(State.READING, State.WRITING), progress__gt=0)
    for run in cut_off.exclude(pk__in=awaited).order_by("pk"):
        with keeping.working(run.pk) as alone:
            if not alone:
                continue
            state = State.FAILED if run.state == State.READING else State.PREVIEW
            said = _READING_CUT_OFF if run.state == State.READING else _WRITING_CUT_OFF
            with transaction.atomic():
                held = ImportRun.objects.select_for_update().get(pk=run.pk)
                if held.state == run.state and held.progress:
                    _fail(held, state, said)
                    keeping.forget(run.pk)
                    recovered += 1
    return recovered


def progress(run: ImportRun) -> int:
    """How far the work on an import is, in percent."""
    return max(run.progress, keeping.told(run.pk)) if run.state == State.WRITING else run.progress


def acting(run: ImportRun) -> Viewer:
    """Who started an import, in the roles held today.

    Raises
    ------
    Refused
        Where the person no longer acts for that organisation.
    """
    viewer = viewer_for(run.user, run.organisation_id, clock.today())
    if (viewer.organisation.pk if viewer.organisation else None) != run.organisation_id or viewer.user is None:
        raise writing.RightsLost
    return viewer


def _allow(register: Register, viewer: Viewer) -> None:
    refusal = why_not_import(register, viewer)
    if refusal is not None:
        raise Refused(refusal)


def _held(viewer: Viewer, run_id: int, *states: str) -> ImportRun:
    """A run of the viewer in one of these states, held until the transaction ends."""
    run = visible_runs(viewer).select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None:
        raise Http404
    if run.state not in states:
        raise Refused(
            Text("此导入的状态已变化。请刷新页面。", "This import has moved on meanwhile. Load the page again.")
        )
    return run


def _say(run: ImportRun, percent: int) -> None:
    run.progress = percent
    ImportRun.objects.filter(pk=run.pk).update(progress=percent)


def _within(run: ImportRun, step: str) -> Callable[[float], None]:
    low, high = _SHARES[step]
    return lambda share: _say(run, low + int((high - low) * share))


def _telling(run: ImportRun, step: str) -> Callable[[float], None]:
    low, high = _SHARES[step]
    return lambda share: keeping.tell(run.pk, low + int((high - low) * share))


def _fail(run: ImportRun, state: str, said: Text, problems: list[Text] | None = None) -> None:
    run.state, run.progress = state, 0
    run.message = {**_without_text(run.message), "zh": said.zh, "en": said.en}
    if problems:
        run.message["problems"] = [{"zh": p.zh, "en": p.en} for p in problems[:200]]
    ImportRun.objects.filter(pk=run.pk).update(state=state, progress=0, message=run.message)


def _without_text(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key == "sheet"}


def _text_of(error: Exception) -> Text:
    if isinstance(error, ConsoleError):
        return error.text
    return Text("登记或单位已不在。请重新上传。", "The register or organisation is gone. Upload the file again.")


def _clean_name(name: str) -> str:
    bare = name.replace("\\", "/").rpartition("/")[2]
    bare = "".join(c if c.isprintable() else "�" for c in bare).strip() or "upload"
    return bare if len(bare) <= 160 else f"{bare[:100]}…{bare[-40:]}"


_READING_CUT_OFF = Text(
    "读取时服务中断，未写入任何内容。请再读一次；若再次中断，请分成较小的文件。",
    "The service stopped while it read the file; nothing was written. Read it again; if that fails, split the file.",
)
_WRITING_CUT_OFF = Text(
    "写入时服务中断，未写入任何内容。请核对预览后再次写入。",
    "The service stopped while it wrote; nothing was written. Look at the preview and write again.",
)
_CLASH = Text(
    "预览之后，有记录被他人登记或修改，未写入任何内容。请重新比对。",
    "Somebody registered or changed a record after the preview; nothing was written. Compare again.",
)
_TROUBLE = Text(
    "数据库暂时不可用，未写入任何内容。请稍后再次写入。",
    "The database could not be reached; nothing was written. Write again in a while.",
)
