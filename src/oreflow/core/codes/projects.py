"""Codes of investment projects on the national online approval and supervision platform.

Two forms, both 24 characters with their hyphens. Until the change-over from 1 November 2020 (Fagai Touzi [2020]
No. 1439) `2017-510402-32-03-123456`: year, area, division of GB/T 4754, kind of procedure, serial. Since then
(GB/T 40058-2021, clause 4) `2105-510402-04-01-123456`: year and month, area, department of the central
government in charge, kind of project, five random digits and a check digit.
The rule of the check digit and the lists of departments and kinds are not applied: only the form is checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from oreflow.core.provenance import Text

from .errors import BadPart
from .typed import plain

_FORM = re.compile(r"(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{6})", re.ASCII)
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-6]|71|8[12]")
_CENTRAL = "00"
_FIRST_MONTH = 2011  # November 2020
_OLD_YEARS = range(2015, 2022)
_LAST_DIVISION = 97


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """The parts of a project code; `month` is None in the older form, whose `third` is an industry division.

    In the newer form `third` is the central department in charge.
    """

    year: int
    month: int | None
    area: str
    third: str
    kind: str
    serial: str

    @property
    def is_older_form(self) -> bool:
        """Whether it was given before the change-over."""
        return self.month is None


def project_code_problem(typed: str) -> Text | None:
    """What is wrong with the form of a project code, or None."""
    code = plain(typed)
    match = _FORM.fullmatch(code)
    if match is None:
        return Text(
            f"项目代码“{code}”格式不对；应为 4-6-2-2-6 位数字，如 2105-510402-04-01-123456（GB/T 40058—2021）"
            "或 2017-510402-32-03-123456。",
            f"The project code “{code}” has not the form of 4-6-2-2-6 digits; write it like 2105-510402-04-01-123456 "
            "(GB/T 40058-2021) or 2017-510402-32-03-123456.",
        )
    head, area, third = match.group(1), match.group(2), match.group(3)
    if not _is_new(head) and int(head) not in _OLD_YEARS:
        return Text(
            f"项目代码“{code}”开头“{head}”既不是 2011（2020 年 11 月）以后的年月，也不是 2015 至 2021 年；请核对。",
            f"The project code “{code}” begins with “{head}”, which is neither a year and month from 2011 (November "
            "2020) on nor a year from 2015 to 2021; check it.",
        )
    if _PROVINCE.fullmatch(area[:2]) is None and area[:2] != _CENTRAL:
        return Text(
            f"项目代码“{code}”中的地区代码“{area}”不以省级代码开头；请按 GB/T 2260 核对。",
            f"The area “{area}” in the project code “{code}” does not begin with a province's digits; check it "
            "against GB/T 2260.",
        )
    if not _is_new(head) and not 1 <= int(third) <= _LAST_DIVISION:
        return Text(
            f"项目代码“{code}”中的行业代码“{third}”不是国民经济行业大类（01 至 97）；请核对。",
            f"The industry “{third}” in the project code “{code}” is no division of GB/T 4754 (01 to 97); check it.",
        )
    return None


def project_code_parts(typed: str) -> ProjectCode:
    """The parts of a project code.

    Raises
    ------
    BadPart
        With what `project_code_problem` says.
    """
    if problem := project_code_problem(typed):
        raise BadPart(problem)
    head, area, third, kind, serial = plain(typed).split("-")
    if _is_new(head):
        return ProjectCode(2000 + int(head[:2]), int(head[2:]), area, third, kind, serial)
    return ProjectCode(int(head), None, area, third, kind, serial)


def _is_new(head: str) -> bool:
    return int(head) >= _FIRST_MONTH and 1 <= int(head[2:]) <= 12
