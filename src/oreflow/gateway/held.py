"""Readings as documents that can be asked, and the words for it from the reference library and national codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from oreflow.core.codes import AreaLevel
from oreflow.core.knowledge import Fact, Held, Vocabulary, passages
from oreflow.core.reading import Reading

from .codes import load_areas
from .loading import load_library

_BRACKETED = re.compile(r"[（(][^）)]*[）)]")
_SUFFIX = re.compile(r"(?<=..)(?:省|市|县|地区|盟|自治县|自治区|自治州|特别行政区)$")
_ENGLISH_SUFFIX = re.compile(r"\s+(?:province|municipality|city|prefecture|league).*$")
_SHORTEST_ENGLISH = 5
_DAY = date(2020, 12, 31)  # names, not boundaries: the divisions of one day serve every question
_LONGEST_TERM = 24
TablePlace = tuple[int, str, Sequence[str], Sequence[tuple[int, int]]]


def held_from(reading: Reading, text: str, *, title: str = "", id: str = "") -> Held:
    """A document with its reading, ready to be indexed."""
    rows = table_rows((t.start, t.caption, t.columns, [(r.start, r.end) for r in t.rows]) for t in reading.tables)
    facts = tuple(
        Fact(s.start, s.end, s.subject, s.scope, s.year, s.kind.value, s.low, s.high, s.unit, s.comparator.value)
        for s in reading.statements
    )
    terms = {n for e in reading.entities for n in (e.name, *e.spellings) if 2 < len(n) <= _LONGEST_TERM}
    return Held(
        id or reading.doc, title or reading.frame.title or reading.doc, text, passages(text, reading.outline, rows),
        facts, reading.frame.region, frozenset(terms),
    )  # fmt: skip


def table_rows(tables: Iterable[TablePlace]) -> list[tuple[int, int, tuple[str, ...]]]:
    """The rows of tables with caption and columns above them; the head of a table by itself is no passage.

    Each table is its start, caption, columns, and start and end of each row.
    """
    out: list[tuple[int, int, tuple[str, ...]]] = []
    for start, caption, columns, rows in tables:
        heads = (caption or " ", " ".join(c for c in columns if c))
        found = [(first, last, heads) for first, last in rows if first < last]
        if found and start < found[0][0]:
            out.append((start, found[0][0], ()))
        out += found
    return out


@lru_cache(maxsize=1)
def field_vocabulary() -> Vocabulary:
    """Places of the national codes and materials of the reference library, read once."""
    places: dict[str, tuple[str, str]] = {}
    tree = load_areas()
    for area in tree.children("", _DAY):
        for below in (area, *tree.subordinates(area.code, _DAY)):
            _name(places, below.name.zh, below.name.en, below.code, below.level)
    materials: dict[str, str] = {}
    words: set[str] = set()
    for material in load_library().materials.values():
        names = [n.strip() for n in re.split(r"[/、]", _BRACKETED.sub("", material.name.zh))]
        english = _BRACKETED.sub("", material.name.en).split(",")[0].strip().casefold()
        words |= {n for n in names if 1 < len(n) <= 10}
        materials.setdefault(english, names[0])
    return Vocabulary(places, materials, frozenset(words))


def _name(places: dict[str, tuple[str, str]], zh: str, en: str, code: str, level: AreaLevel) -> None:
    """A place by its full name, by its short one where that can be nothing else, and in English."""
    short = _SUFFIX.sub("", zh)
    if level is AreaLevel.COUNTY and zh.endswith("区"):
        short = zh
    if len(short) < 3 and level is AreaLevel.COUNTY and short == zh:
        return
    english = _ENGLISH_SUFFIX.sub("", en.casefold())
    names = (zh, short) if level is AreaLevel.COUNTY or len(english) < _SHORTEST_ENGLISH else (zh, short, english)
    for name in names:
        places.setdefault(name, (short, code))
