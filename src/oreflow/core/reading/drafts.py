"""Rows of flattened tables: runs of words followed by runs of figures; tables written column by column turned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .cells import BINDING, EMPTY, Piece, is_unit, year_like

_GROUP = re.compile(r"(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）).{1,20}$")
_HEADISH = re.compile(
    r"(?:[\[（]?(?:19|20)\d{2}年?|[“\"]?十[一二三四五六]?五[”\"]?).{0,12}$|.{0,6}(?:目标|实际|现状|基期|完成|规划|预期|增速|增长|增幅|占比|累计).{0,6}$"
)
_UNIT_HEAD = re.compile(r"(?:计量)?单位")


@dataclass(slots=True)
class Draft:
    """A row as found: words, figures, and words behind the figures of its line."""

    texts: list[Piece] = field(default_factory=list)
    figures: list[Piece] = field(default_factory=list)
    binding: str = ""
    group: str = ""
    serial: bool = False
    unit: str = ""


class _Reader:
    """Takes the pieces of a run one after the other and closes rows where the next begins."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.drafts: list[Draft] = []
        self.now = Draft()
        self.group = ""
        self.serial = 0
        self.seen = False
        self.last_figure: dict[int, int] = {}
        self.first: dict[int, Piece] = {}
        self.heads: dict[int, bool] = {}
        for k, p in enumerate(pieces):
            if p.counts:
                self.last_figure[p.line] = k
            self.first.setdefault(p.line, p)
            self.heads[p.line] = self.heads.get(p.line, True) and (p.number is None or year_like(p))

    def close(self) -> None:
        self.drafts.append(self.now)
        self.seen = self.seen or bool(self.now.figures)
        self.now = Draft(group=self.group)

    def take(self, k: int, piece: Piece) -> None:
        if year_like(piece) and not self.seen and not self.now.figures and self.heads[piece.line]:
            self.now.texts.append(piece)
        elif piece.counts and not (piece.text in EMPTY and not self.now.texts):
            if self._is_serial(piece, k):
                self.serial = int(piece.number.low)  # type: ignore[union-attr]
                self.close()
                self.now.serial = True
            else:
                self.now.figures.append(piece)
        elif piece.text in BINDING and self.now.figures:
            self.now.binding = BINDING[piece.text]
        elif self._behind(k, piece):
            self.now.unit = self.now.unit or (piece.text.strip("（）") if is_unit(piece.text) else "")
        else:
            self._words(piece)

    def _words(self, piece: Piece) -> None:
        now = self.now
        if now.figures or (piece.place == 0 and self._wordy(now)):
            self.close()
            now = self.now
        if _GROUP.match(piece.text) and piece.place == 0 and piece.last and len(piece.text) <= 16:
            self.group = now.group = piece.text
        else:
            now.texts.append(piece)

    def _wordy(self, now: Draft) -> bool:
        """A row on one line whose cells are all words: 单位能耗 完成下达目标."""
        texts = now.texts
        return (
            self.seen and not now.serial and len(texts) >= 2 and texts[0].line == texts[-1].line and texts[0].place == 0
        )

    def _behind(self, k: int, piece: Piece) -> bool:
        """Words behind the last figure of a line that words began: a remark."""
        first = self.first[piece.line]
        return (
            bool(self.now.figures)
            and self.now.figures[-1].line == piece.line
            and self.last_figure.get(piece.line, k) < k
            and (not first.counts or self.now.serial)
        )

    def _is_serial(self, piece: Piece, k: int) -> bool:
        n = piece.number
        if n is None or n.sort != "bare" or n.low.denominator != 1 or piece.bracket or piece.prefix:
            return False
        if not 1 <= n.low <= 200 or piece.place != 0 or n.ranged:
            return False
        pieces = self.pieces
        follows = k + 1 < len(pieces) and pieces[k + 1].number is None and pieces[k + 1].text not in EMPTY
        if not follows:
            return False
        return n.low == self.serial + 1 if piece.last else n.low in (self.serial + 1, 1)


def drafts(pieces: Sequence[Piece]) -> tuple[list[Draft], list[Piece]]:
    """The rows, and the pieces of the head above them."""
    reader = _Reader(pieces)
    for k, piece in enumerate(pieces):
        reader.take(k, piece)
    reader.close()
    rows = reader.drafts
    head = _take_head(rows)
    _drop_repeated(rows, head)
    return rows, head


def _take_head(rows: list[Draft]) -> list[Piece]:
    """Take the head's words off the first row (and off the words before a first serial number)."""
    head: list[Piece] = []
    while rows and not rows[0].figures:
        head += rows.pop(0).texts
    if not rows or rows[0].serial:
        return head
    first = rows[0]
    line = first.figures[0].line
    same = [p for p in first.texts if p.line == line]
    label = same or first.texts[-1:]
    head += [p for p in first.texts if p not in label]
    first.texts = label
    return head


def _drop_repeated(rows: Sequence[Draft], head: Sequence[Piece]) -> None:
    """Take a head that a new page repeats off the row below it."""
    printed = [p.text for p in head]
    while printed and len(printed) > 1:
        for row in rows:
            texts = [p.text for p in row.texts]
            if len(texts) > len(printed) and texts[: len(printed)] == printed:
                row.texts = row.texts[len(printed) :]
        printed = printed[1:] if len(printed) == len(head) else []


def turned(rows: Sequence[Draft], head: Sequence[Piece]) -> tuple[list[Draft], list[Piece]] | None:
    """Rows of a table that was written column by column, every cell on a line of its own; None for others."""
    full = [r for r in rows if r.figures]
    count = len(full[0].figures) if full else 0
    if count < 3 or len(full) != len(rows) or any(len(r.figures) != count or len(r.texts) != 1 for r in full):
        return None
    if any(p.place or not p.last for r in full for p in (*r.texts, *r.figures)):
        return None
    if not all(_HEADISH.match(r.texts[0].text) for r in full):
        return None
    words = list(head)
    units: list[str] = [""] * count
    at = next((k for k, p in enumerate(words) if _UNIT_HEAD.fullmatch(p.text)), None)
    if at is not None and len(words) - at - 1 == count:
        units, words = [p.text for p in words[at + 1 :]], words[:at]
    if len(words) not in (count, count + 1):
        return None
    names = words[-count:]
    made = [
        Draft([names[k]], [r.figures[k] for r in full], full[0].binding, unit=units[k], serial=True)
        for k in range(count)
    ]
    return made, [r.texts[0] for r in full]
