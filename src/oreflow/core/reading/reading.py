"""The whole reading of a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import replace

from .chains import linked, read_chains
from .clauses import read_clauses
from .confidence import rated
from .context import Place, places
from .duties import abbreviations, read_duties
from .entities import read_entities
from .frame import frame_of
from .letters import lines_of, same_length
from .model import Chain, Clause, Frame, Reading, Role, Section, Statement
from .outline import contents_lines, outline
from .paragraphs import Block, blocks
from .statements import read_block
from .table_statements import table_statements
from .tables import Found, find_tables

_LETTER = re.compile(r"\d[OoОlI丨]|[OoО]\.\d")


def read(text: str, *, doc: str = "", materials: Mapping[str, str] | None = None) -> Reading:
    """Read a plan, guide, condition or notice.

    Parameters
    ----------
    text
        The document's text; every item of the result has `start` and `end` offsets into it.
    doc
        The document's name, kept in the result.
    materials
        Names of materials and their ids, to link the nodes of chains and to find products.

    Never raises on any text; a text that holds nothing gives an empty reading.
    """
    names = dict(materials or {})
    plain = same_length(text)
    lines = list(lines_of(plain))
    contents = contents_lines(lines)
    frame = frame_of(lines, plain)
    found = find_tables(lines, contents)
    taken = contents | {i for f in found for i in range(f.first, f.last)}
    sections, heads = outline(lines, taken, len(text))
    where = places(sections, frame)
    held = [(b, _place(b, where, frame)) for b in blocks(lines, taken, heads)]
    statements = _statements(text, held, found, sections, frame)
    chains = [linked(c, names) if names else c for b, p in held for c in read_chains(b.body, p.titles)]
    bodies = [b for b, _ in held]
    return Reading(
        doc, frame, sections, statements, tuple(f.table for f in found), tuple(chains), _clauses(held, statements),
        tuple(read_duties(bodies, sections, abbreviations(plain))), read_entities(bodies, names),
        tuple(f"{s.title}: {s.note}" for s in sections if s.note),
    )  # fmt: skip


def statements_and_chains(text: str) -> tuple[tuple[Statement, ...], tuple[Chain, ...]]:
    """Only the statements and chains: what batch reading of many documents needs."""
    plain = same_length(text)
    lines = list(lines_of(plain))
    contents = contents_lines(lines)
    frame = frame_of(lines, plain)
    found = find_tables(lines, contents)
    taken = contents | {i for f in found for i in range(f.first, f.last)}
    sections, heads = outline(lines, taken, len(text))
    where = places(sections, frame)
    held = [(b, _place(b, where, frame)) for b in blocks(lines, taken, heads)]
    chains = tuple(c for b, p in held for c in read_chains(b.body, p.titles))
    return _statements(text, held, found, sections, frame), chains


def _place(block: Block, where: list[Place], frame: Frame) -> Place:
    if block.section is not None:
        return where[block.section]
    return Place(Role.CONDITION if frame.conditions else Role.FRONT)


def _statements(
    text: str, held: list[tuple[Block, Place]], found: list[Found], sections: tuple[Section, ...], frame: Frame
) -> tuple[Statement, ...]:
    starts = [s.start for s in sections]
    out: list[Statement] = []
    for number, table in enumerate(found):
        at = bisect_right(starts, table.table.start) - 1
        out += table_statements(table, number, frame, at if at >= 0 else None)
    for block, place in held:
        out += read_block(block, place, frame)
    out.sort(key=lambda s: (s.start, s.end))
    return tuple(rated(_mended(s, text)) for s in out)


def _mended(s: Statement, text: str) -> Statement:
    """The statement marked doubtful where its digits had been taken for letters."""
    raw = text[s.start : s.end]
    if _LETTER.search(raw) and not _LETTER.search(s.quote):
        return replace(s, doubts=(*s.doubts, "letters mended"))
    return s


def _clauses(held: list[tuple[Block, Place]], statements: tuple[Statement, ...]) -> tuple[Clause, ...]:
    starts = [s.start for s in statements]
    out: list[Clause] = []
    for block, place in held:
        if not block.body.places or not block.body.text:
            continue
        first, last = block.body.places[0], block.body.at(len(block.body.text) - 1)
        low, high = bisect_left(starts, first), bisect_right(starts, last)
        out += read_clauses(block, place, [(i, statements[i]) for i in range(low, high)])
    return tuple(out)
