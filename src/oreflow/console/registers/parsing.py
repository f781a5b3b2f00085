"""From what people write to a value, and back: one pair of functions per kind of field.

Every function takes a plain string (or a value that is already of its type, which it leaves as it is)
and raises `Unreadable` with the way out. `plain` is the inverse: `parse(plain(value)) == value`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models
from django.utils import translation

from oreflow.core.codes import compact, uscc_problem
from oreflow.core.provenance import Text

from .spec import Field, Register

LANGUAGES = ("zh-hans", "en")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)", re.ASCII)
_HIDDEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_YEARS = (1900, 2200)
EXACT_DIGITS = 15  # SQLite keeps a decimal column as a double: more digits would come back changed
_GROUPED = re.compile(r"[+-]?\d{1,3}([,，' ]\d{3})+(\.\d+)?", re.ASCII)
TRUE, FALSE = ("true", "yes", "是", "1"), ("false", "no", "否", "0")


class Unreadable(ValueError):
    """A value that cannot be taken; `text` says why and what could be."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def text(value: Any, longest: int) -> str:
    """One line of text without hidden characters."""
    written = unicodedata.normalize("NFC", str(value)).replace("\t", " ").strip()
    hidden = _HIDDEN.search(written)
    if hidden:
        code = f"U+{ord(hidden.group()):04X}"
        raise Unreadable(
            Text(f"含有不可见字符 {code}。请删去后重填。", f"It holds the hidden character {code}. Remove it.")
        )
    if len(written) > longest:
        raise Unreadable(
            Text(
                f"有 {len(written)} 个字符，最多 {longest} 个。请缩短。",
                f"It has {len(written)} characters; {longest} at most. Shorten it.",
            )
        )
    return written


def narrow(value: Any) -> str:
    """Digits, signs and points of any width as plain ones."""
    return unicodedata.normalize("NFKC", str(value)).replace("−", "-").strip()


def decimal(value: Any, digits: int, places: int, minimum: Decimal | None) -> Decimal:
    """An exact number within the column's digits; never rounded."""
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        value = repr(value)
    written = format(value, "f") if isinstance(value, Decimal) and value.is_finite() else narrow(value)
    if not _DECIMAL.fullmatch(written):
        raise Unreadable(_no_number(str(value), written))
    number = Decimal(written)
    whole, _point, rest = format(abs(number), "f").partition(".")
    if len(rest.rstrip("0")) > places:
        raise Unreadable(
            Text(
                f"“{_short(value)}”的小数多于 {places} 位。请填到第 {places} 位。",
                f"“{_short(value)}” has more than {places} decimals. Give {places} at most.",
            )
        )
    if len(whole.lstrip("0")) > digits - places:
        raise Unreadable(
            Text(
                f"“{_short(value)}”太大：整数部分最多 {digits - places} 位。请核对单位。",
                f"“{_short(value)}” is too large: {digits - places} digits before the point at most. Check the unit.",
            )
        )
    if len((whole + rest).strip("0")) > EXACT_DIGITS:
        raise Unreadable(
            Text(
                f"“{_short(value)}”的有效数字多于 {EXACT_DIGITS} 位。请减少位数。",
                f"“{_short(value)}” has more than {EXACT_DIGITS} significant digits. Give {EXACT_DIGITS} at most.",
            )
        )
    if minimum is not None and number < minimum:
        raise Unreadable(
            Text(
                f"“{_short(value)}”小于 {minimum}。请填 {minimum} 或更大的数。",
                f"“{_short(value)}” is less than {minimum}. Give {minimum} or more.",
            )
        )
    number = number.quantize(Decimal(1).scaleb(-places)) if places else number.quantize(Decimal(1))
    return abs(number) if number == 0 else number


def _no_number(given: str, written: str) -> Text:
    if _GROUPED.fullmatch(written):
        without = re.sub(r"[,，' ]", "", written)
        return Text(
            f"“{_short(given)}”带有千分位分隔符。请填 {without}。",
            f"“{_short(given)}” holds thousands separators. Write {without}.",
        )
    return Text(
        f"“{_short(given)}”不是数字。请只填数字，例如 1200 或 12.5，不带单位。",
        f"“{_short(given)}” is not a number. Write digits only, such as 1200 or 12.5, without the unit.",
    )


def integer(value: Any, minimum: Decimal | None) -> int:
    """A whole number that the column holds."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return int(decimal(value, 9, 0, minimum))


def day(value: Any) -> date:
    """A date as 2026-03-02, 2026/3/2 or 2026年3月2日."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DATE.fullmatch(narrow(value))
    try:
        found = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        found = None
    if found is None or not _YEARS[0] <= found.year <= _YEARS[1]:
        raise Unreadable(
            Text(
                f"“{_short(value)}”不是有效日期。请填如 2026-03-02 或 2026年3月2日。",
                f"“{_short(value)}” is not a date. Write it as 2026-03-02.",
            )
        )
    return found


def credit(value: Any) -> str:
    """A unified social credit code with its check character."""
    problem = uscc_problem(str(value))
    if problem:
        raise Unreadable(problem)
    return str(compact(str(value)))


def choice(field: Field, value: Any) -> str:
    """One of the field's choices, by its code or its words in either language."""
    wanted = str(value).strip().casefold()
    found = _choice_words(field.choices).get(wanted)
    if found is None:
        words = [(label_in(label, "zh-hans"), label_in(label, "en")) for _value, label in field.choices]
        zh, en = "、".join(w for w, _e in words), ", ".join(e for _w, e in words)
        raise Unreadable(
            Text(f"没有“{_short(value)}”这一项。可填：{zh}。", f"There is no “{_short(value)}”. Choose one of: {en}.")
        )
    return found


@cache
def _choice_words(choices: tuple[tuple[str, Any], ...]) -> Mapping[str, str]:
    words = {}
    for value, label in choices:
        for language in LANGUAGES:
            words[label_in(label, language).casefold()] = value
    for value, _label in choices:
        words[value.casefold()] = value
    return words


def label_in(label: Any, language: str) -> str:
    """A label, bilingual or through gettext, in one language."""
    if isinstance(label, Text):
        return label.zh if language.startswith("zh") else label.en
    with translation.override(language):
        return str(label)


def truth(value: Any) -> bool:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word not in TRUE + FALSE:
        raise Unreadable(Text(f"“{_short(value)}”：请填“是”或“否”。", f"“{_short(value)}”: write yes or no."))
    return word in TRUE


def table(value: Any) -> dict[str, Any]:
    """Attributes as a mapping, as JSON, or as `key=value; key=value`."""
    if isinstance(value, Mapping):
        return dict(value)
    written = str(value).strip()
    try:
        found = json.loads(written) if written.startswith("{") else _pairs(written)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unreadable(
            Text(
                f"“{_short(value)}”无法读取。请按“名称=值；名称=值”填写。",
                f"“{_short(value)}” cannot be read. Write it as name=value; name=value.",
            )
        )
    return found


def _pairs(written: str) -> dict[str, str] | None:
    found = {}
    for part in re.split(r"[;；\n]", written):
        if part.strip():
            name, sign, value = re.sub("＝", "=", part).partition("=")
            if not sign:
                return None
            found[name.strip()] = value.strip()
    return found


def plain(value: Any) -> Any:
    """A value as it travels: numbers exactly as strings, dates ISO, records by id, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        written = format(value, "f")
        return (written.rstrip("0").rstrip(".") or "0") if "." in written else written
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: item if isinstance(item, bool) else plain(item) for key, item in value.items()}
    return str(value)


def plain_values(register: Register, record: Any, keys: Any = None) -> dict[str, Any]:
    """The values of a record by field key, as they travel; all fields, or those of `keys`."""
    wanted = [f.key for f in register.fields] if keys is None else list(keys)
    columns = {key: record._meta.get_field(key) for key in wanted}
    return {
        key: plain(getattr(record, column.attname if column.is_relation else key)) for key, column in columns.items()
    }


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same as they travel."""
    return bool(plain(one) == plain(other))


def _short(value: Any) -> str:
    written = _HIDDEN.sub("�", str(value))
    return written if len(written) <= 40 else f"{written[:39]}…"
