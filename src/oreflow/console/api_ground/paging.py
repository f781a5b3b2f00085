"""Pages of a list by keyset cursor: stable while rows are added, equally fast at the end as at the start.

A cursor holds the sort value and id of the last row shown, signed, and the query it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import F, Model, Q, QuerySet

from oreflow.console.errors_api import ApiError
from oreflow.core.provenance import Text

Row = TypeVar("Row")
SALT = "oreflow.cursor"
SORT_VALUE = "cursor_value"
LONGEST_CURSOR = 2_000

_READ: dict[str, Callable[[str], Any]] = {
    "n": lambda _text: None, "s": str, "i": int, "d": Decimal, "t": datetime.fromisoformat,
    "y": date.fromisoformat, "u": UUID,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page, and the cursor of the next one; None at the end."""

    items: list[Row]
    next: str | None


def page(rows: QuerySet[Any], sort: str, limit: int, cursor: str | None = None, *, query: str = "") -> Page[Any]:
    """One page of `rows` in the order of `sort`, equal values by id, rows without a value last.

    Value and id run in one direction, so that the database may walk an index.

    Parameters
    ----------
    sort
        A column, `organisation__name` too, with `-` before it for descending.
    query
        What the list was asked for (filters, search, day); a cursor of another query is refused.

    Raises
    ------
    ApiError
        422 for a cursor that was tampered with or belongs to another query.
    """
    back, column = ("-", sort[1:]) if sort.startswith("-") else ("", sort)
    bound = f"{rows.model._meta.label_lower} {sort} {query}"
    last = _read(cursor, bound) if cursor else None
    rows = rows.annotate(**{SORT_VALUE: F(column)})
    found: list[Any] = []
    nullable = _nullable(rows.model, column)
    if last is None or last[0] is not None:
        stated = rows.filter(**{f"{column}__isnull": False}) if nullable else rows
        stated = stated.filter(_after(column, back, *last)) if last else stated
        found = list(stated.order_by(f"{back}{column}", f"{back}pk")[: limit + 1])
    if nullable and len(found) <= limit:
        unstated = rows.filter(**{f"{column}__isnull": True})
        if last and last[0] is None:
            unstated = unstated.filter(**{f"pk__{'lt' if back else 'gt'}": last[1]})
        found += unstated.order_by(f"{back}pk")[: limit + 1 - len(found)]
    shown = found[:limit]
    return Page(shown, _written(shown[-1], bound) if len(found) > limit else None)


def _after(column: str, back: str, value: Any, pk: Any) -> Q:
    """Behind the last row; the first condition alone bounds the walk through an index."""
    beyond = "lt" if back else "gt"
    return Q(**{f"{column}__{beyond}e": value}) & (Q(**{f"{column}__{beyond}": value}) | Q(**{f"pk__{beyond}": pk}))


def _nullable(model: type[Model], column: str) -> bool:
    """Whether the column, or a record on the way to it, may be missing."""
    for part in column.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        if field.null:
            return True
        model = field.related_model or model
    return False


def _written(row: Model, bound: str) -> str:
    return signing.dumps([bound, *_plain(getattr(row, SORT_VALUE)), *_plain(row.pk)], salt=SALT, compress=True)


def _plain(value: Any) -> tuple[str, str]:
    if value is None:
        return "n", ""
    if isinstance(value, Decimal):
        return "d", str(value)
    if isinstance(value, datetime):
        return "t", value.isoformat()
    if isinstance(value, date):
        return "y", value.isoformat()
    if isinstance(value, UUID):
        return "u", str(value)
    return ("i", str(value)) if isinstance(value, int) else ("s", str(value))


def _read(cursor: str, bound: str) -> tuple[Any, Any]:
    try:
        of, kind, text, pk_kind, pk = signing.loads(cursor[:LONGEST_CURSOR], salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise _refused(Text("翻页标记无效。请从第一页重新开始。", "The cursor is not valid. Start again.")) from error
    if of != bound:
        raise _refused(
            Text("翻页标记属于另一个查询。请用同样的筛选与排序，或从第一页重新开始。",
                 "The cursor belongs to another query. Keep filters and sort, or start again without it.")
        )  # fmt: skip
    return _READ[kind](text), _READ[pk_kind](pk)


def _refused(text: Text) -> ApiError:
    return ApiError(422, "cursor", text, {"cursor": text})
