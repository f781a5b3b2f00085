"""What is wrong with parameters and bodies, field by field, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from oreflow.core.provenance import Text

# by the type of the finding; {…} are its bounds
_SAID: dict[str, Text] = {
    "missing": Text("必须填写", "it is required"),
    "extra_forbidden": Text("没有这个字段", "there is no such field"),
    "string_type": Text("须为文字（数值也以字符串给出）", "it must be a string (exact numbers are strings, too)"),
    "string_too_long": Text("最多 {max_length} 个字符", "at most {max_length} characters"),
    "string_too_short": Text("至少 {min_length} 个字符", "at least {min_length} characters"),
    "string_pattern_mismatch": Text("格式不符：{pattern}", "it does not match {pattern}"),
    "int_type": Text("须为整数", "it must be a whole number"),
    "int_parsing": Text("须为整数", "it must be a whole number"),
    "int_parsing_size": Text("整数过大", "the whole number is too large"),
    "int_from_float": Text("须为整数", "it must be a whole number"),
    "float_type": Text("须为数字", "it must be a number"),
    "float_parsing": Text("须为数字", "it must be a number"),
    "finite_number": Text("须为有限的数", "it must be a finite number"),
    "decimal_parsing": Text("须为十进制数", "it must be a decimal number"),
    "decimal_type": Text("须为十进制数", "it must be a decimal number"),
    "bool_type": Text("须为 true 或 false", "it must be true or false"),
    "bool_parsing": Text("须为 true 或 false", "it must be true or false"),
    "greater_than_equal": Text("不得小于 {ge}", "it must be {ge} or more"),
    "greater_than": Text("须大于 {gt}", "it must be more than {gt}"),
    "less_than_equal": Text("不得大于 {le}", "it must be {le} or less"),
    "less_than": Text("须小于 {lt}", "it must be less than {lt}"),
    "enum": Text("须为下列之一：{expected}", "it must be one of {expected}"),
    "literal_error": Text("须为下列之一：{expected}", "it must be one of {expected}"),
    "date_type": Text("须为日期，如 2026-03-02", "it must be a date such as 2026-03-02"),
    "date_parsing": Text("须为日期，如 2026-03-02", "it must be a date such as 2026-03-02"),
    "date_from_datetime_parsing": Text("须为日期，如 2026-03-02", "it must be a date such as 2026-03-02"),
    "date_from_datetime_inexact": Text("须为日期，不带时刻", "it must be a date without a time"),
    "datetime_type": Text(
        "须为时刻，如 2026-03-02T09:00:00+08:00", "it must be a time such as 2026-03-02T09:00:00+08:00"
    ),
    "datetime_parsing": Text(
        "须为时刻，如 2026-03-02T09:00:00+08:00", "it must be a time such as 2026-03-02T09:00:00+08:00"
    ),
    "list_type": Text("须为数组", "it must be a list"),
    "dict_type": Text("须为对象", "it must be an object"),
    "model_type": Text("须为对象", "it must be an object"),
    "model_attributes_type": Text("须为对象", "it must be an object"),
    "too_long": Text("最多 {max_length} 项", "at most {max_length} entries"),
    "too_short": Text("至少 {min_length} 项", "at least {min_length} entries"),
}
_OTHER = Text("取值不合要求（{type}）", "the value is not accepted ({type})")


def problems_of(errors: Sequence[Mapping[str, Any]]) -> dict[str, Text]:
    """What is wrong per place; a place is a parameter's name or a field's path in the body, "" the whole body."""
    return {_place(error["loc"]): _said(error) for error in reversed(errors)}


def _place(loc: Sequence[Any]) -> str:
    """A finding's path without where it was found, and without the name that a body has in the code."""
    inside = loc[2:] if loc and loc[0] in ("body", "form", "file") and len(loc) > 1 else loc[1:]
    if loc and loc[0] in ("form", "file") and len(loc) == 2:
        inside = loc[1:]
    return ".".join(str(part).encode("ascii", "backslashreplace").decode()[:60] for part in inside)


def _said(error: Mapping[str, Any]) -> Text:
    text = _SAID.get(error["type"], _OTHER)
    facts = {"type": error["type"], **error.get("ctx", {})}
    if "expected" in facts:
        facts["expected"] = str(facts["expected"]).replace("' or '", "', '")
    try:
        return Text(text.zh.format(**facts), text.en.format(**facts))
    except (KeyError, IndexError):
        return Text(_OTHER.zh.format(type=error["type"]), _OTHER.en.format(type=error["type"]))
