"""Numbers of permits: their form, as far as a published rule says it.

- Pollutant discharge permit: HJ 608-2017, Appendix A (example 91130200699229617X001P): unified social credit
  code, three digits for the site, one letter; `P` marks a permit, other letters are let through.
- Mining licence and exploration licence: 23 characters, Ziran Zi Ban Fa [2020] No. 32: `C` or `T`, six digits
  of the issuing authority's area, year and month of issue, ten digits, which are not read.
- Exploration licence before July 2020: 18 characters, Guotu Zi Fa [2007] No. 294: `T`, authority's province (01 for the
  ministry), way of grant 1-5, year and month, class of minerals 01-04, six digits of serial.
- Work safety licence: An Jian Guan Si Ban Zi [2004] No. 91: (川)FM安许证字[2021]1234.
Numbers of water abstraction permits are not checked: no published rule was at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from oreflow.core.provenance import Text

from .typed import compact, plain
from .uscc import LENGTH, uscc_problem

_DISCHARGE_TAIL = re.compile(r"\d{3}[A-Z]", re.ASCII)
_LICENCE_23 = re.compile(r"([CT])(\d{6})(\d{4})(\d{2})\d{10}", re.ASCII)
_EXPLORATION_18 = re.compile(r"T(\d{2})([1-5])(\d{4})(\d{2})(0[1-4])\d{6}", re.ASCII)
_SHORT_NAMES = "国京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵黔云滇藏陕甘青宁新兵"
_SAFETY = re.compile(rf"\(([{_SHORT_NAMES}])\)(FM|WH|YH|MK)安许证字\[(\d{{4}})\]([A-Z]{{0,2}}\d+)号?", re.ASCII)
_BRACKETS = str.maketrans("〔〕【】［］", "[][][]")
_FIRST_SAFETY_YEAR = 2004


class PermitKind(StrEnum):
    """The permits whose numbers are checked."""

    DISCHARGE = "discharge"
    MINING = "mining"
    EXPLORATION = "exploration"
    SAFETY = "safety"

    @property
    def text(self) -> Text:
        """The permit as readers see it."""
        return _KINDS[self]


_KINDS = {
    PermitKind.DISCHARGE: Text("排污许可证", "pollutant discharge permit"),
    PermitKind.MINING: Text("采矿许可证", "mining licence"),
    PermitKind.EXPLORATION: Text("勘查许可证", "exploration licence"),
    PermitKind.SAFETY: Text("安全生产许可证", "work safety licence"),
}


def permit_problem(kind: PermitKind, typed: str) -> Text | None:
    """What is wrong with the form of a permit's number, or None."""
    return _CHECKS[kind](typed)


def discharge_permit_problem(typed: str) -> Text | None:
    """Form of a pollutant discharge permit's number (HJ 608-2017)."""
    number = compact(typed)
    if len(number) != LENGTH + 4 or not _DISCHARGE_TAIL.fullmatch(number[LENGTH:]):
        return Text(
            f"排污许可证编号“{number}”格式不对；应为 18 位统一社会信用代码加 3 位顺序号和 1 位字母，"
            "如 91130200699229617X001P（HJ 608—2017）。",
            f"The pollutant discharge permit number “{number}” has not the form of a unified social credit code, "
            "3 digits and a letter, like 91130200699229617X001P (HJ 608-2017).",
        )
    return uscc_problem(number[:LENGTH])


def mining_licence_problem(typed: str) -> Text | None:
    """Form of a mining licence's number: C and 22 digits with the year and month of issue at 8 to 13."""
    return _licence_problem(compact(typed), "C", PermitKind.MINING, "C5100002011012110106215")


def exploration_licence_problem(typed: str) -> Text | None:
    """Form of an exploration licence's number: T and 22 digits, or 18 characters as issued before July 2020."""
    number = compact(typed)
    older = _EXPLORATION_18.fullmatch(number)
    if older is not None and 1 <= int(older.group(4)) <= 12:
        return None
    return _licence_problem(number, "T", PermitKind.EXPLORATION, "T5100002020123040056001")


def safety_licence_problem(typed: str) -> Text | None:
    """Form of a work safety licence's number: (川)FM安许证字[2021]1234."""
    number = plain(typed.translate(_BRACKETS))
    match = _SAFETY.fullmatch(number)
    if match is None or int(match.group(3)) < _FIRST_SAFETY_YEAR:
        return Text(
            f"安全生产许可证编号“{number}”格式不对；应为“(省简称)类别安许证字[年份]编号”，类别为 FM、WH、YH 或 MK，"
            "年份不早于 2004，如 (川)FM安许证字[2021]1234。",
            f"The work safety licence number “{number}” has not the form (province)CLASS安许证字[year]serial with the "
            "class FM, WH, YH or MK and a year from 2004 on, like (川)FM安许证字[2021]1234.",
        )
    return None


def _licence_problem(number: str, letter: str, kind: PermitKind, example: str) -> Text | None:
    match = _LICENCE_23.fullmatch(number)
    if match is not None and match.group(1) == letter and 1 <= int(match.group(4)) <= 12:
        return None
    name = kind.text
    return Text(
        f"{name.zh}号“{number}”格式不对；应为 {letter} 加 22 位数字，第 8 至 13 位为发证年月，如 {example}"
        "（自然资办发〔2020〕32号）。",
        f"The {name.en} number “{number}” has not the form of {letter} and 22 digits with the year and month of issue "
        f"at 8 to 13, like {example} (Ziran Zi Ban Fa [2020] No. 32).",
    )


_CHECKS: dict[PermitKind, Callable[[str], Text | None]] = {
    PermitKind.DISCHARGE: discharge_permit_problem,
    PermitKind.MINING: mining_licence_problem,
    PermitKind.EXPLORATION: exploration_licence_problem,
    PermitKind.SAFETY: safety_licence_problem,
}
