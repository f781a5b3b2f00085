"""`Idempotency-Key`: a write that is sent again is answered again, not done again.

The answer is kept in the transaction of the write: either both stand or neither. Of two at once with one key,
the second waits for the first on the unique row. Only answers that wrote are kept; a refused write left nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from oreflow.console import clock
from oreflow.console.errors_api import ApiError
from oreflow.console.operations.models import IdempotentAnswer
from oreflow.console.people.access import viewer_of
from oreflow.core.provenance import Text

from .bodies import MULTIPART
from .versions import etag

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = timedelta(days=7)
WRITING = 0  # status of a row whose write has not ended; no other transaction ever sees it
_KEY = re.compile(r"^[\x21-\x7e]{1,120}$")


def once(request: HttpRequest, write: Callable[[], HttpResponse], told_once: Sequence[str] = ()) -> HttpResponse:
    """The answer of `write`, or the one that it gave before for the same key.

    `told_once` names fields that are not kept, such as a password: a repeated answer has null in their place.

    Raises
    ------
    ApiError
        422 for a key that is no key, or was used for another request.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return write()
    if not _KEY.match(key):
        said = Text(
            "Idempotency-Key 须为 1 至 120 个可见 ASCII 字符。", "Idempotency-Key is 1 to 120 visible ASCII characters."
        )
        raise ApiError(422, "idempotency", said)
    asked = _fingerprint(request)
    before = _kept(request, key, asked)
    return before or _write_once(request, key, asked, write, told_once)


def forget_old_answers() -> int:
    """Delete the answers older than a week; how many there were."""
    return IdempotentAnswer.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def _write_once(
    request: HttpRequest, key: str, asked: str, write: Callable[[], HttpResponse], told_once: Sequence[str]
) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        with transaction.atomic():
            forget_old_answers()
            row = _reserved(viewer.user, viewer.organisation, key, asked)
            response = write()
            if not 200 <= response.status_code < 300 or response.streaming:
                transaction.set_rollback(True)
                return response
            row.status = response.status_code
            row.body = json.loads(response.content) if response.content else None
            if isinstance(row.body, dict):
                row.body |= dict.fromkeys(set(told_once) & set(row.body))
            row.location = response.headers.get("Location", "")
            row.save()
            return response
    except _TakenKey:
        found = _kept(request, key, asked)
        if found is None:
            said = Text("同一请求正在处理。请稍后重试。", "The same request is being answered. Try again shortly.")
            raise ApiError(409, "busy", said) from None
        return found


class _TakenKey(Exception):
    """Another request with this key was written first."""


def _reserved(user: object, organisation: object, key: str, asked: str) -> IdempotentAnswer:
    try:
        with transaction.atomic():
            return IdempotentAnswer.objects.create(
                user=user, organisation=organisation, key=key, request=asked, status=WRITING, at=clock.now()
            )
    except IntegrityError as error:
        raise _TakenKey from error


def _kept(request: HttpRequest, key: str, asked: str) -> HttpResponse | None:
    row = IdempotentAnswer.objects.filter(user=viewer_of(request).user, key=key, at__gte=clock.now() - KEPT).first()
    if row is None:
        return None
    if row.request != asked:
        said = Text(
            "这个 Idempotency-Key 已用于另一个请求。每个请求请用新的值。",
            "This Idempotency-Key was used for another request. Use a new one for each request.",
        )
        raise ApiError(422, "idempotency", said)
    content = b"" if row.body is None else json.dumps(row.body, ensure_ascii=False, cls=DjangoJSONEncoder).encode()
    response = HttpResponse(content, status=row.status, content_type="application/json; charset=utf-8")
    response.headers[REPLAYED] = "true"
    if row.location:
        response.headers["Location"] = row.location
    version = _version_in(row.body)
    if version is not None:
        response.headers["ETag"] = etag(version)
    return response


def _version_in(body: object) -> int | None:
    """The version of the record that an answer holds, itself or under `record`."""
    record = body.get("record", body) if isinstance(body, dict) else None
    version = record.get("version") if isinstance(record, dict) else None
    return version if isinstance(version, int) else None


def _fingerprint(request: HttpRequest) -> str:
    """SHA-256 of who acts for whom, method, address and content; uploads by their content, not their boundaries."""
    organisation = viewer_of(request).organisation
    acting = str(organisation.pk) if organisation else ""
    digest = hashlib.sha256(f"{acting} {request.method} {request.get_full_path()} {_asked_version(request)}\0".encode())
    if request.content_type != MULTIPART:
        digest.update(request.body)
        return digest.hexdigest()
    for name in sorted(request.POST):
        digest.update(json.dumps([name, request.POST.getlist(name)]).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest.update(json.dumps([name, file.name, file.size]).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _asked_version(request: HttpRequest) -> str:
    return request.headers.get("If-Match", "")
