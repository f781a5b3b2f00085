"""Errors of the data interface: a stable code and what to do, in both languages."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from oreflow.core.provenance import Text

TEXTS = {
    400: Text("请求无法读取。请检查地址与主机名。", "The request cannot be read. Check the address and the host name."),
    403: Text("请求被拒绝。本接口只读，不接受表单。", "The request was refused. This interface is read-only."),
    404: Text(
        "没有这个地址或对象。可用地址见 /api/docs，对象编号可从各列表取得。",
        "There is nothing at this address. /api/docs lists the addresses; ids come from the lists.",
    ),
    405: Text("本接口只读，请用 GET。", "This interface is read-only; use GET."),
    500: Text("控制台出错，原因见控制台输出。", "The console failed; the cause stands in its own output."),
}


class ApiError(Exception):
    """An answer other than 200: `status`, a stable `code`, and a text with the way out."""

    def __init__(self, status: int, code: str, text: Text) -> None:
        super().__init__(text.en)
        self.status = status
        self.code = code
        self.text = text


def body(code: str, text: Text) -> dict[str, object]:
    """The JSON of an error."""
    return {"code": code, "message": {"zh": text.zh, "en": text.en}}


def plain(status: int) -> HttpResponse:
    """An error that no endpoint made."""
    return JsonResponse(body(f"http.{status}", TEXTS[status]), status=status, json_dumps_params={"ensure_ascii": False})
