"""Targets as plans print them: <14, 2500亿元以上, 5-10%, [-27], 〔30户〕, 完成省下达目标."""

from __future__ import annotations

import re
from dataclasses import dataclass

from oreflow.core.provenance import Text
from oreflow.core.quantity import Quantity, QuantityError, parse_number, parse_quantity, quantity
from oreflow.core.region import Comparator, Form, Target

from .errors import UnreadableTarget
from .wording import quantity_text

_SAYS = {
    Comparator.AT_LEAST: Text("{}以上", "at least {}"),
    Comparator.MORE: Text("大于 {}", "more than {}"),
    Comparator.AT_MOST: Text("{}以内", "at most {}"),
    Comparator.LESS: Text("小于 {}", "less than {}"),
    Comparator.ABOUT: Text("约 {}", "about {}"),
}
_BEFORE = {
    Comparator.AT_LEAST: ("不低于", "不少于", "不小于", "至少", "≥", ">=", "at least", "no less than"),
    Comparator.AT_MOST: ("不超过", "不高于", "不大于", "不多于", "≤", "<=", "at most", "no more than"),
    Comparator.MORE: ("大于", "高于", "超过", "多于", ">", "more than", "above"),
    Comparator.LESS: ("小于", "低于", "少于", "<", "less than", "below"),
    Comparator.ABOUT: ("约", "about"),
}
_AFTER = {
    Comparator.AT_LEAST: ("及以上", "以上"),
    Comparator.AT_MOST: ("及以下", "以下", "以内"),
    Comparator.ABOUT: ("左右",),
}
_BRACKETS = {Form.CHANGE: ("[", "]"), Form.CUMULATIVE: ("〔", "〕")}
_WIDE = str.maketrans("［］＜＞≦≧－−–—～﹣％", "[]<>≤≥----~-%")
_RANGE = re.compile(r"(?P<low>[\d.,]+)\s*(?P<lu>\D*?)\s*(?:-|~|至| to )\s*(?P<high>[\d.,]+)\s*(?P<hu>\D*)")
_NUMBER = re.compile(r"-?\s*[\d.,]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a printed target states, before anyone says which indicator and year it belongs to.

    `form` is CHANGE or CUMULATIVE for the two kinds of brackets, FLOOR or CAP for bounds,
    QUALITATIVE for words without a number and LEVEL otherwise; average growth and delegation cannot
    be told from the value alone. `places` counts printed decimals.
    """

    form: Form
    comparator: Comparator
    value: Quantity | None
    upper: Quantity | None
    places: int
    words: str


def printed_form(target: Target, language: str) -> str:
    """The target as a reader of the language sees it, with unit and bound and nothing lost.

    `read_printed` reads it back to the same comparator, ends and brackets.
    """
    chinese = language.lower().startswith("zh")
    if target.value is None:
        return target.words.in_language(language)
    low = quantity_text(target.value, target.places).in_language(language)
    if target.comparator is Comparator.BETWEEN and target.upper is not None:
        number = quantity_text(target.value, target.places, with_unit=False).in_language(language)
        high = quantity_text(target.upper, target.places).in_language(language)
        body = f"{number}-{high}" if chinese else f"{number} to {high}"
    else:
        body = _SAYS.get(target.comparator, Text("{}", "{}")).in_language(language).format(low)
    opening, closing = _BRACKETS.get(target.form, ("", ""))
    return f"{opening}{body}{closing}"


def read_printed(text: str, unit_text: str = "") -> Printed:
    """Read a printed target; `unit_text` is the unit of its row where the value prints none.

    Raises
    ------
    UnreadableTarget
        For a number whose unit is unknown or missing, and for an empty text.
    """
    plain = text.strip().translate(_WIDE).strip()
    if not plain:
        raise _unreadable(text, "没有内容", "it is empty")
    if not any(c.isdigit() for c in plain):
        return Printed(Form.QUALITATIVE, Comparator.NONE, None, None, 0, plain)
    form, body = _unbracketed(plain)
    comparator, body = _unbound(body)
    if found := _RANGE.fullmatch(body):
        low = _value(found["low"], found["lu"] or found["hu"], unit_text, text)
        high = _value(found["high"], found["hu"], unit_text, text)
        return Printed(form or Form.LEVEL, Comparator.BETWEEN, low, high, _places(found["low"]), "")
    number = _NUMBER.match(body)
    if number is None:
        raise _unreadable(text, "数字前有无法识别的字", "it does not begin with a number or a known bound")
    value = _value(number.group(), body[number.end() :], unit_text, text)
    return Printed(form or _bound_form(comparator), comparator, value, None, _places(number.group()), "")


def _unbracketed(plain: str) -> tuple[Form | None, str]:
    for form, (opening, closing) in _BRACKETS.items():
        if plain.startswith(opening) and plain.endswith(closing):
            return form, plain[1:-1].strip()
    return None, plain


def _unbound(body: str) -> tuple[Comparator, str]:
    for comparator, words in _BEFORE.items():
        for word in words:
            if body.lower().startswith(word):
                return comparator, body[len(word) :].strip()
    for comparator, words in _AFTER.items():
        for word in words:
            if body.endswith(word):
                return comparator, body[: -len(word)].strip()
    return Comparator.EQUAL, body


def _bound_form(comparator: Comparator) -> Form:
    if comparator in (Comparator.AT_LEAST, Comparator.MORE):
        return Form.FLOOR
    return Form.CAP if comparator in (Comparator.AT_MOST, Comparator.LESS) else Form.LEVEL


def _value(number: str, own_unit: str, row_unit: str, text: str) -> Quantity:
    digits, own = number.replace(" ", ""), own_unit.strip()
    try:
        if own:
            return parse_quantity(f"{digits} {own}")
        if not row_unit:
            raise _unreadable(text, "没有单位", "it has no unit")
        return quantity(parse_number(digits), row_unit)
    except QuantityError as error:
        raise UnreadableTarget(
            Text(f"目标“{text}”无法读取：{error.problem_zh}", f"Cannot read the target {text!r}: {error.problem_en}"),
            Text(error.remedy_zh, error.remedy_en),
        ) from error


def _places(number: str) -> int:
    return len(number.partition(".")[2].strip())


def _unreadable(text: str, why_zh: str, why_en: str) -> UnreadableTarget:
    return UnreadableTarget(
        Text(f"目标“{text}”无法读取：{why_zh}", f"Cannot read the target {text!r}: {why_en}"),
        Text(
            "请写成 2500亿元以上、<14万吨、5-10%、[-27]、〔30户〕 这样的形式，或在行中给出单位",
            "Write it like 2500亿元以上, <14 万吨, 5-10%, [-27], 〔30户〕, or give the unit of its row",
        ),
    )
