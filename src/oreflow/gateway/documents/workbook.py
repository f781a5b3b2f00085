"""Workbooks: every visible sheet as lines and grids, numbers as the workbook shows them."""

from __future__ import annotations

import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..limits import Limits
from ..messages import MESSAGES
from ..workbook import cell_text
from ..xlsx_parts import RefusedError, column_letters
from ..xlsx_safety import inspect
from .drafting import Draft, DraftCell, Mark
from .encodings import harmless
from .errors import DocumentError
from .limits import DocumentLimits
from .number_formats import shown, shown_date
from .workbook_formats import Formats, formats_of

_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|Chart|Feuil|Tabelle)\s?\d{0,4}", re.IGNORECASE)
_WIDEST = 40  # cells that the used area may have for each that is filled or may be filled


def read_workbook(data: bytes, kind: str, limits: DocumentLimits) -> Draft:
    """The text of a workbook (`xlsx`, `xls` or `ods`)."""
    import python_calamine as calamine

    formats: Mapping[str, Formats] = {}
    if kind == "xlsx":
        _inspected(data, limits)
        formats = formats_of(data)
    draft = Draft(limits)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for facts in book.sheets_metadata:
            if facts.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            if facts.visible is not calamine.SheetVisibleEnum.Visible:
                draft.note(f"隐藏的工作表“{facts.name}”未计入", f"the hidden sheet “{facts.name}” is left out")
                continue
            _Sheet(book.get_sheet_by_name(facts.name), facts.name, formats.get(facts.name, {}), draft).read()
    except calamine.PasswordError:
        raise DocumentError("document-locked") from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise DocumentError("document-damaged", reason=str(error)) from None
    return draft


def _inspected(data: bytes, limits: DocumentLimits) -> None:
    """Refuse a workbook whose parts are dangerous before it is opened."""
    bounds = Limits(file_bytes=limits.file_bytes, inflated_bytes=limits.inflated_bytes, ratio=limits.ratio,
                    members=limits.members)  # fmt: skip
    try:
        inspect(data, bounds)
    except RefusedError as refused:
        if refused.code == "xlsx-locked":
            raise DocumentError("document-locked") from None
        said, mend = MESSAGES[refused.code]
        facts = {"value": refused.value, **refused.facts}
        zh, en, mend_zh, mend_en = (t.format(**facts) for t in (said.zh, said.en, mend.zh, mend.en))
        raise DocumentError(
            "workbook-refused", reason_zh=zh, reason_en=en, remedy_zh=mend_zh, remedy_en=mend_en
        ) from None


@dataclass(slots=True)
class _Row:
    """A row of a sheet from its first to its last filled column: texts by column."""

    number: int
    cells: dict[int, str] = field(default_factory=dict)


class _Sheet:
    def __init__(self, sheet: Any, name: str, formats: Formats, draft: Draft) -> None:
        self.sheet = sheet
        self.name = name
        self.formats = formats
        self.draft = draft
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}
        self.covered: dict[int, list[tuple[int, int, int]]] = {}  # row → (first, last column, first row)

    def read(self) -> None:
        """Write the sheet: its telling name, then blocks of rows between blank rows."""
        self._merges()
        if not _DEFAULT_NAME.fullmatch(self.name.strip()):
            self.draft.line(harmless(self.name), Mark(f"{self.name}!"))
        block: list[_Row] = []
        for row in self._rows():
            if block and row.number > block[-1].number + 1 and not self._bridged(block[-1].number, row.number):
                self._block(block)
                block = []
            block.append(row)
        self._block(block)

    def _merges(self) -> None:
        for (top, left), (bottom, right) in self.sheet.merged_cell_ranges or ():
            self.merged[top, left] = (right - left + 1, bottom - top + 1)
            self.covered.setdefault(top, []).append((left, right, bottom))

    def _bridged(self, before: int, after: int) -> bool:
        """Whether a merged cell reaches over the blank rows between two rows."""
        return any(
            top <= before and bottom >= after - 1 and bottom > before
            for top, spans in self.covered.items()
            for _, _, bottom in spans
        )

    def _rows(self) -> Iterator[_Row]:
        """The rows that hold something."""
        start = self.sheet.start
        if start is None:
            return
        height, width = self.sheet.end[0] + 1, self.sheet.end[1] - start[1] + 1
        if height * width > self.draft.limits.cells * _WIDEST:
            raise DocumentError("document-cells", limit=self.draft.limits.cells, value=self.name)
        filled = 0
        for number, values in enumerate(self.sheet.iter_rows()):
            row = _Row(number)
            for column, value in enumerate(values, start[1]):
                if value != "" and (text := self._text(number, column, value)).strip():
                    row.cells[column] = text
            filled += len(row.cells)
            if filled > self.draft.limits.cells:
                raise DocumentError("document-cells", limit=self.draft.limits.cells, value=f"{self.name}!{number + 1}")
            if row.cells:
                yield row

    def _text(self, row: int, column: int, value: Any) -> str:
        code = self.formats.get((row, column), "")
        if isinstance(value, str):
            return harmless(value).replace("\r\n", "\n")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return shown(float(value), code) if code else cell_text(float(value))
        if isinstance(value, datetime | date):
            return shown_date(value, code)
        return ("TRUE" if value else "FALSE") if isinstance(value, bool) else str(value)

    def _block(self, rows: list[_Row]) -> None:
        """Rows without a blank one between: single cells before and after as lines, the rest as a grid."""
        first, last = 0, len(rows)
        while first < last and len(rows[first].cells) == 1:
            first += 1
        while last > first and len(rows[last - 1].cells) == 1:
            last -= 1
        self._put_lines(rows[:first])
        if last - first == 1 and len(rows[first].cells) == 2:
            self._put_lines(rows[first:last])
        elif last > first:
            self._put_grid(rows[first:last])
        self._put_lines(rows[last:])

    def _put_lines(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            for column, text in row.cells.items():
                self.draft.line(text, self._mark(row.number, column))

    def _mark(self, row: int, column: int) -> Mark:
        return Mark(f"{self.name}!{column_letters(column + 1)}{row + 1}")

    def _put_grid(self, rows: list[_Row]) -> None:
        left = min(min(row.cells) for row in rows)
        right = max(max(row.cells) for row in rows)
        if right - left >= self.draft.limits.columns * 4:
            raise DocumentError("document-cells", limit=self.draft.limits.cells, value=self.name)
        numbers = [row.number for row in rows]
        hidden: dict[int, set[int]] = {}
        laid: list[list[DraftCell]] = []
        for at, row in enumerate(rows):
            cells = []
            column = left
            while column <= right:
                across, down = self._spans(numbers, at, column, right)
                if column not in hidden.get(row.number, ()):
                    text = row.cells.get(column, "")
                    cells.append(DraftCell([(text, self._mark(row.number, column))], across, down))
                    for below in numbers[at + 1 : at + down]:
                        hidden.setdefault(below, set()).update(range(column, column + across))
                column += across
            laid.append(cells)
        self.draft.table(laid)

    def _spans(self, numbers: list[int], at: int, column: int, right: int) -> tuple[int, int]:
        """Columns and listed rows that the cell takes, within the block."""
        across, down = self.merged.get((numbers[at], column), (1, 1))
        if down > 1:
            down = bisect_left(numbers, numbers[at] + down, at) - at
        return min(across, right - column + 1), down
