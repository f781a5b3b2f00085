"""Indexes for lists of a million rows: a bounded set derived from what narrows a list and what sorts it.

A list is walked in the order of an index and stops after a page. So each scope (who sees what: province,
city, county, park) stands before the default sort; each sort stands alone, for those who see everything;
the widest scope stands before the other sorts; each filter stands before the default sort. Sorting
within a city, a park or one organisation needs no index of its own: they hold few rows.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

SCOPES = ("province_code", "city_code", "area_code")
MOST = 14


def listing_indexes(
    *,
    default: str,
    scopes: Iterable[str] = SCOPES,
    sorts: Iterable[str] = (),
    filters: Iterable[str] = (),
    pairs: Iterable[tuple[str, ...]] = (),
) -> tuple[models.Index, ...]:
    """Indexes for a register's lists.

    Parameters
    ----------
    default
        The column that a list is sorted by unless asked otherwise.
    scopes
        Columns that decide who sees a row, the widest first.
    sorts, filters
        Other columns to sort by, and to filter by.
    pairs
        More combinations that people ask for often.

    Raises
    ------
    ValueError
        For more than 14 indexes: each one makes every write slower.
    """
    scopes, sorts, filters = list(scopes), list(sorts), list(filters)
    wanted = [(default,), *((s, default) for s in scopes), *((s,) for s in sorts), *((f, default) for f in filters)]
    wanted += [(scopes[0], s) for s in sorts] if scopes else []
    wanted = list(dict.fromkeys([*wanted, *pairs]))
    if len(wanted) > MOST:
        raise ValueError(f"{len(wanted)} indexes are too many; at most {MOST}")
    return tuple(models.Index(fields=fields) for fields in wanted)
