"""Search over a register's rows by Chinese, Latin, digits and pinyin, through an index, alike on both databases.

`words` of a row holds search terms, each followed by a blank. A term is what begins at some place of a
searched field: two Chinese characters, up to eight initials of their pinyin or letters of it in full (digits
between them stay: sl2hzl finds 示例2号转炉), or a run of letters and digits. A search is then for terms that
begin with what was typed. SQLite keeps an FTS5 table beside each register, filled by triggers (so that bulk SQL
is found too);
PostgreSQL keeps a GIN index over the terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.db import connections, migrations
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from pypinyin import Style, lazy_pinyin

from oreflow.console.records import Record

from .spec import Register

HANZI, PINYIN, LATIN = 2, 8, 18
LONGEST = 80
_RUN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003134f]+|[^\W_㐀-鿿豈-﫿\U00020000-\U0003134f]+")
_WHOLE = re.compile(r"[^\W_]+")
_CHINESE = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003134f]")
_HEAD = 2_000
_MANY = _HEAD // 5  # of the head that match: then looking at rows is faster than gathering all that match


def words_of(register: Register, record: Any) -> str:
    """The search terms of a record (or of any object with its attributes)."""
    texts = tuple(str(getattr(record, f.key) or "") for f in register.fields if f.searched)
    return terms(texts)


def terms(texts: tuple[str, ...]) -> str:
    """Search terms of some texts: each once, in order, with a blank on either side."""
    found: dict[str, None] = {}
    for written in texts:
        for whole in _WHOLE.findall(_folded(written)):
            found.update(dict.fromkeys(_terms(whole)))
    return f" {' '.join(found)} " if found else ""


def _folded(written: str) -> str:
    return unicodedata.normalize("NFKC", written).casefold()


@lru_cache(maxsize=32_768)
def _terms(whole: str) -> tuple[str, ...]:
    """The terms of Chinese, letters and digits that stand together; names come back from row to row."""
    if whole.isascii() and (whole.isdigit() or whole.isalpha()):
        return (whole[:LATIN],)
    found: list[str] = []
    sounds: list[str] = []
    starts: list[int] = []
    for run in _RUN.findall(whole):
        if _CHINESE.match(run):
            found += [run[at : at + HANZI] for at in range(len(run))]
            starts += range(len(sounds), len(sounds) + len(run))
            sounds += _pinyin(run)
        else:
            found += _latin(run)
            sounds += list(run)
    initials = [s[:1] for s in sounds]
    for at in starts:
        found += ["".join(initials[at : at + PINYIN]), "".join(sounds[at : at + PINYIN])[:PINYIN]]
    return tuple(term for term in found if term)


@lru_cache(maxsize=32_768)
def _pinyin(run: str) -> tuple[str, ...]:
    """One syllable for each character in plain letters; "" for those without a known sound."""
    return tuple(_ascii(s) for s in lazy_pinyin(run, style=Style.NORMAL, errors=_silent))


def _silent(part: str) -> Any:
    return [""] * len(part)


def _ascii(syllable: str) -> str:
    return "".join(c for c in syllable.replace("ü", "v") if c.isascii() and c.isalnum())


def _latin(run: str) -> list[str]:
    """A run of letters and digits, and what begins where one turns into the other."""
    parts = [m.start() for m in re.finditer(r"(?<=\d)\D|(?<=\D)\d", run)]
    return [run[:LATIN], *(run[at:][:LATIN] for at in parts)]


def asked(query: str) -> list[str]:
    """The terms that a row must have a beginning of, for what somebody typed."""
    found: list[str] = []
    for run in _RUN.findall(_folded(query[:LONGEST])):
        if _CHINESE.match(run):
            found += ["".join(p) for p in pairwise(run)] if len(run) > 1 else [run]
        else:
            found.append(run[: PINYIN if run.isascii() and run.isalpha() else LATIN])
    return list(dict.fromkeys(found))[:12]


def matching(rows: QuerySet[Record], query: str, order: tuple[Any, ...] = ()) -> QuerySet[Record]:
    """The rows that match, in the order given.

    Few rows in all, or many that match, are found by walking the order and looking at each row; else the
    index is asked. Which it is shows in the first rows of the order.
    """
    wanted = asked(query)
    if not wanted:
        return rows if not query.strip() else rows.none()
    by_row = rows.filter(*(Q(words__contains=f" {term}") for term in wanted))
    if not indexed(rows.model, rows.db):
        return by_row
    head = list((rows.order_by(*order) if order else rows).values_list("words", flat=True)[:_HEAD])
    hits = sum(all(f" {term}" in words for term in wanted) for words in head)
    return by_row if len(head) < _HEAD or hits >= _MANY else through_index(rows, wanted)


def through_index(rows: QuerySet[Record], wanted: list[str]) -> QuerySet[Record]:
    """The rows that have a term beginning with each of the wanted ones, through the index."""
    table = rows.model._meta.db_table
    if connections[rows.db].vendor == "postgresql":
        match = " & ".join(f"'{term}':*" for term in wanted)
        sql = f"SELECT id FROM {table} WHERE {_vector('words')} @@ %s::tsquery"  # noqa: S608 - table of a model
    else:
        match = " AND ".join(f'"{term}"*' for term in wanted)
        sql = f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH %s"  # noqa: S608 - table of a model
    return rows.alias(_id=F("pk")).filter(_id__in=RawSQL(sql, (match,)))  # noqa: S611 - terms hold letters and digits


def indexed(model: type[Record], database: str) -> bool:
    """Whether the index of a register stands; PostgreSQL answers alike without it, SQLite cannot."""
    connection = connections[database]
    if connection.vendor == "postgresql":
        return True
    known = connection.__dict__.setdefault("_oreflow_search", set())
    table = f"{model._meta.db_table}_search"
    if table not in known:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = %s", (table,))
            if cursor.fetchone():
                known.add(table)
    return table in known


def _vector(column: str) -> str:
    return f"array_to_tsvector(array_remove(string_to_array({column}, ' '), ''))"


def statements(vendor: str, wanted: Iterable[str]) -> list[str]:
    """What makes the search tables or indexes of some tables, with their triggers, and fills them."""
    return [sql for table in wanted for sql in (_postgresql(table) if vendor == "postgresql" else _sqlite(table))]


def removal(vendor: str, wanted: Iterable[str]) -> list[str]:
    """What takes them away again."""
    if vendor == "postgresql":
        return [f"DROP INDEX IF EXISTS {table}_search" for table in wanted]
    names = ("insert", "update", "delete")
    return [
        sql
        for table in wanted
        for sql in (
            *(f"DROP TRIGGER IF EXISTS {table}_search_{name}" for name in names),
            f"DROP TABLE IF EXISTS {table}_search",
        )
    ]  # fmt: skip


def _postgresql(table: str) -> list[str]:
    return [f"CREATE INDEX IF NOT EXISTS {table}_search ON {table} USING gin (({_vector('words')}))"]


def _sqlite(table: str) -> list[str]:
    """An FTS5 table over the column itself (no copy of the text), kept in step by triggers.

    The tokenizer `ascii` takes every other character as part of a term, whatever Unicode it knows.
    """
    index = f"{table}_search"
    out = f"INSERT INTO {index}({index}, rowid, words) VALUES ('delete', old.id, old.words)"  # noqa: S608
    into = f"INSERT INTO {index}(rowid, words) VALUES (new.id, new.words)"  # noqa: S608
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(words, content='{table}', content_rowid='id',"
        " tokenize='ascii', prefix='1 2 3', detail='none', columnsize=0)",
        f"CREATE TRIGGER IF NOT EXISTS {index}_insert AFTER INSERT ON {table} BEGIN {into}; END",
        f"CREATE TRIGGER IF NOT EXISTS {index}_delete AFTER DELETE ON {table} BEGIN {out}; END",
        f"CREATE TRIGGER IF NOT EXISTS {index}_update AFTER UPDATE OF words ON {table}"
        f" WHEN old.words IS NOT new.words BEGIN {out}; {into}; END",
        f"INSERT INTO {index}({index}) VALUES ('rebuild')",  # noqa: S608
    ]


def operations(*wanted: str) -> list[Any]:
    """A migration's operations: the indexes of these tables, which must stand by then."""

    def make(apps: Any, schema_editor: Any) -> None:
        del apps
        for sql in statements(schema_editor.connection.vendor, wanted):
            schema_editor.execute(sql)

    def unmake(apps: Any, schema_editor: Any) -> None:
        del apps
        for sql in removal(schema_editor.connection.vendor, wanted):
            schema_editor.execute(sql)

    return [migrations.RunPython(make, unmake)]
