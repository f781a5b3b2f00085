"""Automatic list numbers of Word files: what stands before a paragraph though nobody typed it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MOST = 32_767


@dataclass(slots=True)
class Level:
    """One level of a list: form of the figure, text around it, first figure, what follows it."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    suffix: str = "tab"
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """All lists of a file with how far each has counted."""

    lists: dict[str, str] = field(default_factory=dict)  # numId → abstractNumId
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # abstractNumId → levels
    overrides: dict[str, dict[int, Level | int]] = field(default_factory=dict)  # numId → level or its start
    counts: dict[str, list[int | None]] = field(default_factory=dict)  # abstractNumId → figures
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, number: str, depth: int) -> str:
        """The next number of a list's level, with the blank after it; empty for unknown lists."""
        base = self.lists.get(number)
        if base is None or not 0 <= depth < _LEVELS:
            return ""
        level = self._level(number, base, depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(base, [None] * _LEVELS)
        start = self._restart(number, depth)
        now = counts[depth]
        if start is not None:
            counts[depth] = start
        else:
            counts[depth] = level.start if now is None else now + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return self._shown(number, base, level, counts)

    def _restart(self, number: str, depth: int) -> int | None:
        """Where this list takes the count up anew, the first time it is met."""
        override = self.overrides.get(number, {}).get(depth)
        if override is None or (number, depth) in self.begun:
            return None
        self.begun.add((number, depth))
        return override if isinstance(override, int) else override.start

    def _level(self, number: str, base: str, depth: int) -> Level | None:
        override = self.overrides.get(number, {}).get(depth)
        return override if isinstance(override, Level) else self.levels.get(base, {}).get(depth)

    def _shown(self, number: str, base: str, level: Level, counts: list[int | None]) -> str:
        if level.form == "bullet":
            return "• "
        if level.form == "none" and "%" not in level.text:
            return level.text

        def figure(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            other = self._level(number, base, depth)
            if other is None:
                return ""
            count = counts[depth] if counts[depth] is not None else other.start
            return written(count or 0, "decimal" if level.legal else other.form)

        text = _PLACEHOLDER.sub(figure, level.text)
        return text if not text or level.suffix == "nothing" else text + " "


def written(n: int, form: str) -> str:
    """A figure in one of Word's forms; unknown forms as digits."""
    if not 0 <= n <= _MOST:
        return str(n)
    if form in ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
                "japaneseCounting", "koreanDigital2"):  # fmt: skip
        return _counted(n)
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(d)] for d in str(n))
    if form in ("ideographTraditional", "ideographZodiac") and n:
        row = _STEMS if form == "ideographTraditional" else _BRANCHES
        return row[(n - 1) % len(row)]
    if form.startswith("decimalEnclosedCircle") and 1 <= n <= len(_CIRCLED):
        return _CIRCLED[n - 1]
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(n).translate({48 + d: 0xFF10 + d for d in range(10)})
    if form == "decimalZero":
        return f"{n:02d}"
    if form in ("upperLetter", "lowerLetter") and n:
        letter = chr(65 + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and n:
        return _roman(n) if form == "upperRoman" else _roman(n).lower()
    return "" if form == "none" else str(n)


def _counted(n: int) -> str:
    """12 → 十二, 105 → 一百零五."""
    if n < 10:
        return "零" if n == 0 else _DIGITS[n]
    out, zero = "", False
    for unit, name in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            lead = "" if unit == 10 and not out and digit == 1 else _DIGITS[digit]
            out += ("零" if zero and out else "") + lead + name
            zero = False
        elif out:
            zero = True
    return out


def _roman(n: int) -> str:
    out = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        times, n = divmod(n, value)
        out += sign * times
    return out


def numbering_of(root: etree._Element | None) -> Numbering:
    """The lists that numbering.xml declares."""
    out = Numbering()
    if root is None:
        return out
    w = root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""
    for abstract in root.iterchildren(f"{w}abstractNum"):
        levels = {int_of(lvl.get(f"{w}ilvl")): _level(lvl, w) for lvl in abstract.iterchildren(f"{w}lvl")}
        out.levels[abstract.get(f"{w}abstractNumId", "")] = levels
    for num in root.iterchildren(f"{w}num"):
        identity = num.get(f"{w}numId", "")
        base = num.find(f"{w}abstractNumId")
        out.lists[identity] = base.get(f"{w}val", "") if base is not None else ""
        changes = out.overrides.setdefault(identity, {})
        for change in num.iterchildren(f"{w}lvlOverride"):
            own, start = change.find(f"{w}lvl"), change.find(f"{w}startOverride")
            if own is not None:
                changes[int_of(change.get(f"{w}ilvl"))] = _level(own, w)
            elif start is not None:
                changes[int_of(change.get(f"{w}ilvl"))] = int_of(start.get(f"{w}val"), 1)
    return out


def _level(lvl: etree._Element, w: str) -> Level:
    def value(tag: str, missing: str) -> str:
        found = lvl.find(w + tag)
        return found.get(f"{w}val", missing) if found is not None else missing

    legal = lvl.find(f"{w}isLgl") is not None
    return Level(
        value("numFmt", "decimal"), value("lvlText", ""), int_of(value("start", "1"), 1), value("suff", "tab"), legal
    )


def int_of(text: str | None, missing: int = 0) -> int:
    """A whole number of an attribute; `missing` for anything else."""
    try:
        return int(text or "")
    except ValueError:
        return missing
