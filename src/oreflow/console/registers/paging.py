"""One page of a list, out of a million rows or out of few.

Up to `CAP` rows that pass are known by their ids: the database sorts just those. More of them lie so close
together that walking the index of the sort fills the page soon; where it does not, the database sorts them.
Either way the page is sorted by ids alone, and only its own rows are read with what they point to.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import connections
from django.db.models import Case, F, Func, QuerySet, When
from django.db.models.expressions import Expression, OrderBy, RawSQL
from django.db.models.lookups import IsNull

from oreflow.console.records import Record

from .access import with_related
from .spec import Register

PAGE_SIZE, CAP = 50, 10_000
FIRST_LOOK, FARTHEST = 1_000, 60_000  # rows of the order to walk


class Unindexed(Func):
    """A column that is sorted without its index: SQLite would walk it past all the rows that do not pass."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)


def passing(rows: QuerySet[Record], cap: int) -> list[int]:
    """The ids of the rows that pass, in no order; one more than `cap` where there are more."""
    return list(rows.order_by().values_list("pk", flat=True)[: cap + 1])


def page_of(
    register: Register, rows: QuerySet[Record], ids: list[int], order: tuple[str, ...], start: int, *, all_known: bool
) -> list[Record]:
    """The rows of a page in order; those without a value stand after those that have one.

    Parameters
    ----------
    ids
        Of the rows that pass; all of them where `all_known`.
    order
        Columns to sort by, in one direction, the id last.
    """
    wanted = _sorted(rows, ids, order, start) if all_known else _walked(rows, order, start)
    found = with_related(register, rows.model._default_manager.all()).in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def among(rows: QuerySet[Record], ids: list[int]) -> QuerySet[Record]:
    """The rows with these ids, however many, found by them."""
    if connections[rows.db].vendor == "postgresql":
        given = RawSQL("SELECT unnest(%s::bigint[])", (ids,))
    else:
        given = RawSQL("SELECT value FROM json_each(%s)", (json.dumps(ids),))
    return rows.alias(_id=F("pk")).filter(_id__in=given)


def _sorted(rows: QuerySet[Record], ids: list[int], order: tuple[str, ...], start: int) -> list[int]:
    if start >= len(ids):
        return []
    back, first = order[0].startswith("-"), order[0].removeprefix("-")
    steps: list[Expression | OrderBy] = [_directed(Unindexed(F(name.removeprefix("-"))), back) for name in order[:-1]]
    tie: Any = F("pk")
    if rows.model._meta.get_field(first).null:
        empty = IsNull(F(first), True)
        steps.insert(0, Case(When(empty, then=1), default=0).asc())
        tie = Case(When(empty, then=F("pk")), default=-F("pk") if back else F("pk"))
        back = False
    steps.append(_directed(tie, back))
    known = among(rows.model._default_manager.all(), ids)
    return list(known.order_by(*steps).values_list("pk", flat=True)[start : start + PAGE_SIZE])


def _directed(expression: Any, back: bool) -> OrderBy:
    return OrderBy(expression, descending=back)


def _walked(rows: QuerySet[Record], order: tuple[str, ...], start: int) -> list[int]:
    """Walk the order itself as far as the share of passing rows makes it likely to pay."""
    everything = rows.model._default_manager.filter(**{f"{order[0].removeprefix('-')}__isnull": False})
    size, needed = FIRST_LOOK, start + PAGE_SIZE
    while size <= FARTHEST:
        ids = _ids(everything.order_by(*order), 0, size)
        passed = set(among(rows.order_by(), ids).values_list("pk", flat=True))
        hits = [pk for pk in ids if pk in passed]
        if len(hits) >= needed:
            return hits[start:needed]
        if not hits or len(ids) < size:
            break
        size = max(2 * size, int(1.3 * size * needed / len(hits)))
    return _sorted_by_database(rows, order, start)


def _sorted_by_database(rows: QuerySet[Record], order: tuple[str, ...], start: int) -> list[int]:
    first = order[0].removeprefix("-")
    if not rows.model._meta.get_field(first).null:
        return _ids(rows.order_by(*order), start, PAGE_SIZE)
    stated, unstated = (rows.filter(**{f"{first}__isnull": empty}) for empty in (False, True))
    found = _ids(stated.order_by(*order), start, PAGE_SIZE)
    if len(found) < PAGE_SIZE:
        before = start + len(found) if found else len(_ids(stated.order_by(), 0, start + 1))
        found += _ids(unstated.order_by("pk"), max(0, start - before), PAGE_SIZE - len(found))
    return found


def _ids(rows: QuerySet[Record], start: int, count: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[start : start + count])
