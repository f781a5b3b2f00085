"""Numbers and dates of a workbook as it shows them: 0.375 under `0.0%` is 37.5%."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from ..workbook import number_text

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 14: "yyyy-m-d", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|([0#?][0#?,.]*|\.[0#?]+)|(.)', re.DOTALL)
_DATE_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(y+|m+|d+)|(.)', re.IGNORECASE | re.DOTALL)
_LARGEST_DAY = 2_958_465  # 9999-12-31
_EPOCH = date(1899, 12, 30)


def shown(value: float, code: str) -> str:
    """A number under a format code; in plain digits where the code is not one of plain numbers."""
    if _is_date(code):
        return shown_date(_EPOCH + timedelta(days=int(value)), code) if 0 < value < _LARGEST_DAY else number_text(value)
    sections = _sections(code)
    number = Decimal(number_text(value))
    negative = number < 0
    section = sections[1] if negative and len(sections) > 1 else sections[0]
    if number == 0 and len(sections) > 2:
        section = sections[2]
    parts = _parted(section)
    if parts is None:
        return number_text(value)
    before, pattern, after, percent = parts
    if not pattern:
        return (before + after).strip() or number_text(value)
    sign = "-" if negative and len(sections) == 1 else ""
    return f"{sign}{before}{_digits(abs(number) * Decimal(100) ** percent, pattern)}{after}".strip()


def shown_date(day: date | datetime, code: str) -> str:
    """A day under a date code; ISO where the code shows more than year, month and day."""
    if isinstance(day, datetime) and day.time().isoformat() != "00:00:00":
        return day.isoformat(sep=" ")
    plain = day.date() if isinstance(day, datetime) else day
    if not _is_date(code) or re.search("[hs]", re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code), re.IGNORECASE):
        return plain.isoformat()
    values = {"y": plain.year, "m": plain.month, "d": plain.day}

    def piece(found: re.Match[str]) -> str:
        literal, escaped, field, other = found.groups()
        if field is None:
            return literal or escaped or (other if other not in (None, "_", "*", "@") else "")
        number = values[field[0].lower()]
        if field[0] in "yY":
            return f"{number % 100:02d}" if len(field) <= 2 else str(number)
        return f"{number:02d}" if len(field) == 2 else str(number)

    return _DATE_TOKEN.sub(piece, code.split(";")[0]).strip()


def _is_date(code: str) -> bool:
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", code)
    return bool(re.search("[yd]", bare, re.IGNORECASE)) and "0" not in bare and "general" not in bare.lower()


def _sections(code: str) -> list[str]:
    """The parts of a code between semicolons outside quotes."""
    out = [""]
    for piece in re.findall(r'"[^"]*"|\\.|[^;"\\]+|;|["\\]', code):
        if piece == ";":
            out.append("")
        else:
            out[-1] += piece
    return out


def _parted(section: str) -> tuple[str, str, str, int] | None:
    """Text before, digit pattern, text after, per cent signs; None for conditions, fractions, powers of ten."""
    before = after = pattern = ""
    percent = 0
    for literal, escaped, bracket, digits, other in (m.groups() for m in _TOKEN.finditer(section)):
        text = ""
        if bracket is not None:
            if bracket[:1] in "<>=":
                return None
            text = bracket[1:].split("-")[0] if bracket.startswith("$") else ""
        elif digits is not None:
            if pattern:
                return None
            pattern = digits
        elif other is not None:
            if other in "Ee@/" or other in "Gg":
                return None
            percent += other == "%"
            text = other
        else:
            text = literal or escaped or ""
        if pattern:
            after += text
        else:
            before += text
    return before, pattern, after, percent


def _digits(number: Decimal, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    scaled = len(pattern) - len(pattern.rstrip(","))
    decimals = decimals.rstrip(",")
    number = number / Decimal(1000) ** scaled
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = format(rounded, ",f" if "," in whole.rstrip(",") else "f")
    least = decimals.count("0")
    if "." in text and least < len(decimals):
        head, _, tail = text.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    return text
