"""Errors of the data interface as problem details (RFC 9457), with a stable code and both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language

from oreflow.core.provenance import Text

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: Text("请求无法读取", "Unreadable request"),
    401: Text("尚未登录", "Not signed in"),
    403: Text("不允许", "Not allowed"),
    404: Text("没有这个对象", "Nothing there"),
    405: Text("方法不适用", "Method not allowed"),
    409: Text("与现状冲突", "Conflict"),
    413: Text("请求过大", "Request too large"),
    415: Text("格式不支持", "Unsupported format"),
    422: Text("取值不合要求", "Values not accepted"),
    429: Text("请求过于频繁", "Too many requests"),
    500: Text("控制台出错", "The console failed"),
    503: Text("暂时繁忙", "Busy"),
}
TEXTS = {
    400: Text("请求无法读取。请检查地址与主机名。", "The request cannot be read. Check the address and the host name."),
    401: Text(
        "请先登录，或在请求头 Authorization 中给出令牌：Bearer ofl_…。令牌在“账号”页签发。",
        "Sign in, or send a token in the header Authorization: Bearer ofl_…. Tokens are issued on the account page.",
    ),
    403: Text(
        "请求被拒绝。浏览器写入须带 X-CSRFToken 请求头；程序请用令牌。",
        "The request was refused. Browsers that write must send the header X-CSRFToken; programs use a token.",
    ),
    404: Text(
        "没有这个地址或对象。可用地址见 /api/docs，对象编号可从各列表取得。",
        "There is nothing at this address. /api/docs lists the addresses; ids come from the lists.",
    ),
    405: Text(
        "此地址不接受该方法。可用方法见响应头 Allow 与 /api/docs。",
        "This address does not take that method. The header Allow and /api/docs list those it takes.",
    ),
    413: Text("请求正文过大。", "The body of the request is too large."),
    415: Text("请以 application/json 发送正文。", "Send the body as application/json."),
    500: Text("控制台出错，原因见控制台输出。", "The console failed; the cause stands in its own output."),
    503: Text("数据库正忙。请稍后重试。", "The database is busy. Try again shortly."),
}

# what each code means, for the page of the interface: `type` of a problem leads there
CODES = {
    "unauthenticated": Text("没有登录，也没有有效的令牌", "neither signed in nor a valid token"),
    "scope": Text("令牌的权限范围不含此项操作", "the token's scopes do not cover this"),
    "csrf": Text("浏览器写入缺少 X-CSRFToken 请求头", "a browser wrote without the header X-CSRFToken"),
    "refused": Text("看得到，但现在或由您不能这样做", "visible, but not to be done by you, or not now"),
    "not-found": Text("不存在，或不在您的范围内", "absent, or not within your reach"),
    "parameters": Text("参数或正文的取值不合要求", "a parameter or field of the body is not accepted"),
    "invalid": Text("某些字段的值不能成立", "some values cannot stand"),
    "stale": Text("读取之后已被他人修改", "changed by somebody else since it was read"),
    "cursor": Text("翻页标记无效，或属于另一个查询", "the cursor is not valid or belongs to another query"),
    "idempotency": Text("同一个 Idempotency-Key 用于不同的请求", "one Idempotency-Key for two different requests"),
    "body": Text("正文无法读取", "the body cannot be read"),
    "too-large": Text("正文过大", "the body is too large"),
    "media-type": Text("正文的格式不支持", "the format of the body is not supported"),
    "too-many": Text("超出每分钟请求上限", "more requests a minute than the limit"),
    "busy": Text("数据库正忙，可重试", "the database is busy; try again"),
}


class ApiError(Exception):
    """An answer other than 200: `status`, a stable `code`, and a text with the way out."""

    def __init__(self, status: int, code: str, text: Text, problems: Mapping[str, Text] | None = None) -> None:
        super().__init__(text.en)
        self.status = status
        self.code = code
        self.text = text
        self.problems = problems


def both(text: Text) -> dict[str, str]:
    """A text in both languages as JSON."""
    return {"zh": text.zh, "en": text.en}


def body(status: int, code: str, text: Text, problems: Mapping[str, Text] | None = None) -> dict[str, Any]:
    """The JSON of an error; `problems` says per field what is wrong."""
    language = get_language() or "en"
    title = TITLES.get(status, TITLES[400 if status < 500 else 500])
    return {
        "type": f"/api/docs#problem-{code}" if code in CODES else "about:blank",
        "title": title.in_language(language),
        "status": status,
        "code": code,
        "detail": text.in_language(language),
        "message": both(text),
        "problems": {field: both(said) for field, said in (problems or {}).items()},
    }


def problem(status: int, code: str, text: Text, problems: Mapping[str, Text] | None = None) -> HttpResponse:
    """An error as application/problem+json."""
    content = json.dumps(body(status, code, text, problems), ensure_ascii=False)
    return HttpResponse(content, status=status, content_type=MEDIA_TYPE)


def plain(status: int) -> HttpResponse:
    """An error that no endpoint made."""
    return problem(status, "not-found" if status == 404 else f"http.{status}", TEXTS[status])
