"""Versions of records in requests and answers: the body's `version`, or the headers ETag and If-Match."""

from __future__ import annotations

import re
from typing import Annotated

from ninja import Header

from oreflow.console.errors_api import ApiError
from oreflow.core.provenance import Text

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=40, description="the ETag that was read, in place of version in the body"),
]
_TAG = re.compile(r'^(?:W/)?"(\d{1,9})"$')


def etag(version: int) -> str:
    """The tag of a version."""
    return f'"{version}"'


def version_of(version: int | None, if_match: str | None) -> int:
    """The version that a change was made from.

    Raises
    ------
    ApiError
        422 where neither says it, or the two differ.
    """
    tag = _TAG.match(if_match.strip()) if if_match else None
    if if_match and tag is None:
        raise _no_version(Text(f"If-Match “{if_match}”不是读取时的 ETag。", f"If-Match {if_match} is no ETag of ours."))
    tagged = int(tag[1]) if tag else None
    if tagged is not None and version not in (None, tagged):
        raise _no_version(
            Text(
                f"正文的版本 {version} 与 If-Match {tagged} 不一致。",
                f"The body says version {version}, If-Match {tagged}.",
            )
        )
    found = version if version is not None else tagged
    if found is None:
        raise _no_version(
            Text("请给出读取时的版本：正文中的 version，或请求头 If-Match。",
                 "Say which version was read: version in the body, or the header If-Match.")
        )  # fmt: skip
    return found


def _no_version(text: Text) -> ApiError:
    return ApiError(422, "parameters", text, {"version": text})
