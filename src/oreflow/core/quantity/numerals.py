"""Exact numbers in Arabic and Chinese digits: reading and writing."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from .errors import InexactNumber, UnreadableQuantity

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_FINANCIAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩負點", "一二二三三四五六六七八九十百千万亿两负点")
_MARKS = str.maketrans(
    dict.fromkeys("−–—﹣‐‑", "-")
    | dict.fromkeys("⋅•∙・‧", "·")
    | {"⁄": "/", "∕": "/", "✕": "×"}
    | dict.fromkeys("\u200b\u200c\u200d\ufeff\u2060")
)
_LOOKALIKES = str.maketrans("º˚", "°°")
_SCRIPTS = ("<super>", "<sub>")

_ZEROS = frozenset("零〇○")
_LONGEST = 120  # characters; also keeps below the limit of int()

NUMERAL_CHARACTERS = frozenset("0123456789.,零〇○一二三四五六七八九两十百千万亿点")

_D = "[一二三四五六七八九两1-9]"
_SECTION = re.compile(
    f"(?:(?P<k>{_D})千)?(?:[零〇]?(?P<h>{_D})百)?(?:[零〇]?(?P<t>{_D}?)十)?(?:(?P<zero>[零〇]?)(?P<u>{_D}))?"
)
_ARABIC = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?|\.[0-9]+")
_POWER = re.compile(r"(?:(?P<m>.+?) ?[×*] ?)?10\^(?P<e>-?[0-9]{1,2})")
PARTS_OF = {"百分之": 100, "千分之": 1000, "万分之": 10_000}


def excerpt(text: str) -> str:
    """A text as errors quote it: long ones are cut."""
    return text if len(text) <= 60 else text[:57] + "…"


def unreadable(text: str, reason_zh: str, reason_en: str) -> UnreadableQuantity:
    """The error for a text that is no exact number, with accepted forms as remedy."""
    return UnreadableQuantity(
        f"无法读取“{excerpt(text)}”：{reason_zh}",
        f"Cannot read {excerpt(text)!r}: {reason_en}",
        "可写 1,234.5、2.5万、十二万三千 或 2000/3",
        "Write e.g. 1,234.5, 2.5万, 十二万三千 or 2000/3",
    )


def normalise(text: str) -> str:
    """Full-width forms, ligatures (㎡, ℃), dashes, dots and spaces in one spelling (NFKC).

    A superscript after a digit is a power (`10⁴` → `10^4`), after a letter it stays a digit of the
    symbol (`m³` → `m3`). Raises `UnreadableQuantity` where NFKC would silently change a number
    (`2½`, `5₂`, `①`).
    """
    out: list[str] = []
    previous = ""
    for char in text.translate(_LOOKALIKES):
        if unicodedata.category(char) == "No":
            out.append(_digit_like(char, previous, out[-1][-1] if out else "", text))
        else:
            out.append("^-" if char == "⁻" else char)
        previous = char
    plain = unicodedata.normalize("NFKC", "".join(out)).translate(_MARKS).translate(_FINANCIAL)
    return " ".join(plain.split())


def _digit_like(char: str, previous: str, before: str, text: str) -> str:
    """A superscript, subscript or vulgar fraction as plain digits; `before` is what was read last."""
    kind = unicodedata.decomposition(char).partition(" ")[0]
    if kind in _SCRIPTS and before:
        run = bool(previous) and unicodedata.decomposition(previous).startswith(kind)
        if run or not before.isdigit():
            return unicodedata.normalize("NFKC", char)
        if kind == "<super>":
            return "^" + unicodedata.normalize("NFKC", char)
    if kind == "<fraction>" and not before.isdigit():
        return unicodedata.normalize("NFKC", char)
    raise unreadable(text, f"字符“{char}”含义不明", f"the character {char!r} is ambiguous here")


def exact(value: object) -> Fraction:
    """An int, Decimal or Fraction as a Fraction; floats and other values are refused.

    Raises
    ------
    InexactNumber
        For floats, booleans, NaN, infinities and anything that is no number.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, Decimal) and value.is_finite():
        return Fraction(value)
    raise InexactNumber(
        f"{value!r}（{type(value).__name__}）不是精确数",
        f"{value!r} ({type(value).__name__}) is not an exact number",
        "请用整数、Decimal、Fraction 或文本，如 '0.1'",
        "Pass an int, a Decimal, a Fraction or a text such as '0.1'",
    )


def parse_number(text: str) -> Fraction:
    """The exact number that a text prints, in Arabic or Chinese digits or a mixture.

    Accepts signs (`-`, `−`, `负`), thousands separators, decimals, fractions (`2000/3`, `三分之一`,
    `百分之七点五`), powers (`1.5×10^4`), Chinese numerals (`十二万三千四百五十六`, `二〇二五`,
    `一亿三千万`, spoken `二百五` = 250) and mixed forms (`2.5万`, `1亿3000万`).

    Raises
    ------
    UnreadableQuantity
        For anything else; ranges, "about" and "more than" are no single number.
    """
    if not isinstance(text, str):
        raise unreadable(repr(text), "不是文本", "it is not a text")
    return read_number(normalise(text), text)


def read_number(plain: str, original: str, spoken: bool = True) -> Fraction:
    """`parse_number` of a normalised text; `original` is named in errors.

    `spoken` allows the dropped last unit of speech (二百五, 一万二).
    """
    body = plain.strip()
    if len(body) > _LONGEST:
        raise unreadable(original, "太长", "it is too long")
    sign = 1
    if body[:1] in ("-", "+", "负", "正"):
        sign = -1 if body[0] in "-负" else 1
        body = body[1:].strip()
    value = _unsigned(body, spoken)
    if value is None:
        raise unreadable(original, "不是单一的数", "it is not one number")
    return sign * value


def _unsigned(body: str, spoken: bool) -> Fraction | None:
    if power := _POWER.fullmatch(body):
        mantissa = _counted(power["m"] or "1", spoken=False)
        exponent = int(power["e"])
        tens: int = 10 ** abs(exponent)
        if mantissa is None:
            return None
        return mantissa * tens if exponent > 0 else mantissa / tens
    for prefix, whole in PARTS_OF.items():
        if body.startswith(prefix):
            over = body.removeprefix(prefix)
            part = Fraction(100) if over == "百" else _counted(over, spoken)
            return None if part is None else part / whole
    for mark, reverse in (("分之", True), ("/", False)):
        head, found, tail = body.partition(mark)
        if found:
            over, under = (tail, head) if reverse else (head, tail)
            top, bottom = _counted(over.strip(), spoken), _counted(under.strip(), spoken)
            return top / bottom if top is not None and bottom else None
    return _counted(body, spoken)


def _counted(body: str, spoken: bool) -> Fraction | None:
    """A number with the great scales 亿 and 万, the greatest first."""
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        if scale not in body:
            continue
        head, _, tail = body.rpartition(scale)
        left = _counted(head, spoken=False)
        if left is None or not (_ARABIC.fullmatch(head) or left < size):
            return None
        right = _remainder(tail, size, spoken)
        if right is None or (tail and left.denominator != 1):
            return None
        return left * size + right
    return _section(body, spoken)


def _remainder(tail: str, size: int, spoken: bool) -> Fraction | None:
    """What follows 亿 or 万: nothing, a smaller number, or one spoken digit (一万二 = 12000)."""
    if not tail:
        return Fraction(0)
    if len(tail) == 1 and tail in _DIGITS:
        return Fraction(_DIGITS[tail] * size // 10) if spoken and _DIGITS[tail] else None
    if len(tail) == 1:
        return None
    body = tail[1:] if tail[0] in "零〇" else tail
    value = _counted(body, spoken and body == tail)
    return value if value is not None and value < size and value.denominator == 1 else None


def _section(body: str, spoken: bool) -> Fraction | None:
    """A number below 亿 and 万: Arabic digits, 千 百 十, positional digits, or a decimal with 点."""
    if _ARABIC.fullmatch(body):
        return Fraction(body.replace(",", ""))
    whole, point, decimals = body.partition("点")
    if point:
        left = _section(whole, spoken=False)
        if left is None or left.denominator != 1 or not decimals or not set(decimals) <= _DIGITS.keys():
            return None
        return left + Fraction(int("".join(str(_DIGITS[c]) for c in decimals)), 10 ** len(decimals))
    if body and set(body) <= _DIGITS.keys() and (len(body) == 1 or (spoken and _positional(body))):
        return Fraction(int("".join(str(_DIGITS[c]) for c in body)))
    for unit, factor in (("千", 1000), ("百", 100)):
        if body.endswith(unit) and _ARABIC.fullmatch(body[:-1]):
            return Fraction(body[:-1].replace(",", "")) * factor
    return _hundreds(body, spoken)


def _positional(body: str) -> bool:
    """Digits read one by one (二〇二五); 二三 and 五六 mean "two or three" and are no number."""
    return "两" not in body and (len(body) > 2 or not _ZEROS.isdisjoint(body))


def _hundreds(body: str, spoken: bool) -> Fraction | None:
    found = _SECTION.fullmatch(body) if body else None
    if found is None:
        return None
    part = {name: _one(found[name]) for name in "khtu"}
    if found["t"] == "":
        part["t"] = 1
    if part["u"] and not found["zero"] and found["t"] is None:
        last = 10 if found["h"] else 100 if found["k"] else 1
        if last > 1 and not spoken:
            return None
        part["u"] *= last
    return Fraction(1000 * part["k"] + 100 * part["h"] + 10 * part["t"] + part["u"])


def _one(digit: str | None) -> int:
    if not digit:
        return 0
    return _DIGITS[digit] if digit in _DIGITS else int(digit)


def chinese_numeral(value: int) -> str:
    """An integer below 10¹⁶ in Chinese numerals: 123456 → 十二万三千四百五十六.

    Raises `UnreadableQuantity` beyond that size.
    """
    if value < 0:
        return "负" + chinese_numeral(-value)
    if value == 0:
        return "零"
    if value >= 10**16:
        raise unreadable(str(value), "超过中文数字的常用范围", "it is beyond the usual Chinese numerals")
    text = _written(value)
    return text[1:] if text.startswith("一十") else text


def _written(value: int) -> str:
    for scale, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value < scale:
            continue
        head, tail = divmod(value, scale)
        gap = "零" if tail and tail < scale // 10 else ""
        return _written(head) + unit + gap + (_written(tail) if tail else "")
    return "零一二三四五六七八九"[value]
