"""What a request's body may be: JSON of bounded size and depth, without text that no database can keep."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Schema
from ninja.parser import Parser
from pydantic import ConfigDict

from oreflow.console.errors_api import TEXTS, ApiError
from oreflow.console.web import LARGEST_UPLOAD
from oreflow.core.provenance import Text

LARGEST_BODY = 1_048_576
DEEPEST = 16
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
JSON, MULTIPART = "application/json", "multipart/form-data"


class StrictSchema(Schema):
    """A body in which a field that is not described is an error."""

    model_config = ConfigDict(extra="forbid")


class StrictParser(Parser):
    """JSON without repeated names, infinite numbers, lone surrogates or zero characters."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values; numbers with a point stay exact.

        Raises
        ------
        ApiError
            400, with what cannot be read.
        """
        try:
            read = json.loads(
                request.body, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_distinct
            )
        except RecursionError as error:
            raise _too_deep() from error
        except ValueError as error:
            raise ApiError(
                400, "body", Text(f"正文不是可读的 JSON：{error}。", f"The body is no JSON that can be read: {error}.")
            ) from error
        _inspect(read)
        return read

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        """The parameters of a query or form."""
        for value in (v for name in data for v in data.getlist(name) if isinstance(v, str)):
            _writable(value)
        return super().parse_querydict(data, list_fields, request)


def check_size_and_type(request: HttpRequest, sources: Iterable[str]) -> None:
    """Refuse a body that is too large or of the wrong type, before anything reads it."""
    kinds = set(sources)
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    largest = LARGEST_UPLOAD if kinds & {"file", "form"} else LARGEST_BODY
    if length > largest:
        raise ApiError(
            413, "too-large",
            Text(f"正文 {length} 字节，最多 {largest} 字节。", f"The body has {length} bytes; at most {largest}."),
        )  # fmt: skip
    if kinds & {"file", "form"} and request.content_type != MULTIPART:
        raise ApiError(415, "media-type", Text("请以 multipart/form-data 上传。", "Upload it as multipart/form-data."))
    if "body" in kinds and length and request.content_type != JSON:
        raise ApiError(415, "media-type", TEXTS[415])


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _distinct(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!a} stands twice")
    return found


def _inspect(read: Any) -> None:
    level = [read]
    for _depth in range(DEEPEST):
        for value in level:
            if isinstance(value, str):
                _writable(value)
        level = list(_inside(level))
        if not level:
            return
    raise _too_deep()


def _inside(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, Mapping):
            yield from value.keys()
            yield from value.values()
        elif isinstance(value, list):
            yield from value


def _too_deep() -> ApiError:
    return ApiError(
        400,
        "body",
        Text(f"正文嵌套过深，最多 {DEEPEST} 层。", f"The body is nested too deep; at most {DEEPEST} levels."),
    )


def _writable(value: str) -> None:
    if _UNWRITABLE.search(value):
        said = Text("文字中含有无法保存的字符。", "A text holds a character that cannot be kept (zero or half a pair).")
        raise ApiError(400, "body", said)
