"""Column heads from the cells above a table's first row, also where they were broken over lines."""

from __future__ import annotations

import re

from .cells import Piece

_LABELS = re.compile(
    r"(?:序号|类别|类型|指标|指标名称|项目|项目名称|名称|.{0,5}名称|地区|区域|属性|指标属性|性质|备注|单位|计量单位|产品|产品类别|"
    r"主要产品|行业|年份|主要.{1,8}|品种|县区|县（区）|市州|园区|企业|所属.{1,4}|城市)"
)
_CLOSED = re.compile(r"（[^（）]{1,14}）$")
_PERIOD = re.compile(r"（(?:19|20)\d{2}[^（）]*）$")
_HEADISH = re.compile(
    r"[\[（]?(?:19|20)\d{2}年?.{0,8}$|[“\"]?十[一二三四五六]?五[”\"]?.{0,6}$|.{0,8}(?:目标值?|实际值?|现状值?|增速|增长率?|增幅|递增|占比|比重)$"
)
_YEARS = re.compile(r"(?:19|20)\d{2}年?$|[”\"]?十[一二三四五六]?五[”\"]?$")


def columns(header: list[Piece], width: int) -> tuple[str, ...]:
    """Names of `width` figure columns; empty names where the header does not tell."""
    lines = _lines(header)
    lines = [[t for t in line if not _LABELS.fullmatch(t)] for line in lines]
    lines = [line for line in lines if line]
    heads = _shared(lines, width) or _grouped(lines, width) or _telling(lines, width)
    if heads is None:
        flat = _without_group_lines(lines)
        heads = _fitted(flat, width) or _fitted([t for line in lines for t in line], width)
    if heads is None:
        flat = [t for line in lines for t in line]
        heads = flat[-width:] if len(flat) >= width else [*flat, *[""] * (width - len(flat))]
    return tuple(heads)


def _telling(lines: list[list[str]], width: int) -> list[str] | None:
    """The heads that print a year, a unit or what kind of figure they hold, where they are as many as the columns."""
    flat: list[str] = []
    for text in (t for line in lines for t in line):
        if text[0] == "（" and flat:
            flat[-1] += text
        else:
            flat.append(text)
    told = [t for t in flat if (_CLOSED.search(t) and not _PERIOD.search(t)) or _HEADISH.match(t)]
    return told if len(told) == width < len(flat) else None


def _shared(lines: list[list[str]], width: int) -> list[str] | None:
    """One head below a line of years stands for all of them."""
    if len(lines) < 2 or len(lines[-1]) != 1 or width < 2:
        return None
    above = [t for line in lines[:-1] for t in line]
    if len(above) != width or not all(_YEARS.match(t) for t in above):
        return None
    return [t + lines[-1][0] for t in above]


def _lines(header: list[Piece]) -> list[list[str]]:
    out: list[list[str]] = []
    now = -1
    for piece in header:
        if piece.line != now:
            out.append([])
            now = piece.line
        out[-1].append(piece.text)
    return out


def _grouped(lines: list[list[str]], width: int) -> list[str] | None:
    """A line of group heads over a line of column heads, with the single cells before them."""
    for k in range(len(lines) - 1):
        groups, leaves = lines[k], lines[k + 1]
        if len(groups) < 2 or len(leaves) <= len(groups) or len(leaves) % len(groups):
            continue
        share = len(leaves) // len(groups)
        named = [groups[i // share] + leaf for i, leaf in enumerate(leaves)]
        before = [t for line in lines[:k] for t in line]
        missing = width - len(named)
        if missing < 0:
            return None
        if missing == 0:
            return named
        fitted = _fitted(before, missing)
        if fitted is None and before:
            fitted = ["".join(before)] if missing == 1 else None
        return [*fitted, *named] if fitted else None
    return None


def _without_group_lines(lines: list[list[str]]) -> list[str]:
    """The cells without a line of heads that only group the columns below it; its year goes to them all."""
    flat: list[str] = []
    for k, line in enumerate(lines):
        below = any(_CLOSED.search(t) for later in lines[k + 1 :] for t in later)
        if len(line) >= 2 and below and not any(_CLOSED.search(t) for t in line):
            continue
        flat += line
    return flat


def _fitted(cells: list[str], width: int) -> list[str] | None:
    """Cells merged to `width` heads: brackets close a head, a bare year takes what follows."""
    if len(cells) == width:
        return list(cells)
    if len(cells) < width:
        return None
    closed: list[str] = []
    open_ = ""
    for cell in cells:
        open_ += cell
        if _CLOSED.search(cell):
            closed.append(open_)
            open_ = ""
    if open_:
        closed.append(open_)
    if len(closed) == width:
        return closed
    joined: list[str] = []
    for cell in cells:
        if (
            joined
            and (_YEARS.search(joined[-1]) or cell.startswith("（"))
            and not re.match(r"(?:19|20)\d{2}|[“\"]", cell)
        ):
            joined[-1] += cell
        else:
            joined.append(cell)
    if len(joined) == width:
        return joined
    return ["".join(cells)] if width == 1 else None
