"""Names of areas for the frame: GB/T 2260 codes in both languages."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

from oreflow.console.records import city_of, province_of
from oreflow.core.provenance import Text


@lru_cache(maxsize=1)
def _names() -> dict[str, Text]:
    """The latest name of each code; empty where the table is not installed."""
    table = files("oreflow") / "packs" / "codes" / "areas.csv"
    if not table.is_file():
        return {}
    with table.open("r", encoding="utf-8-sig") as file:
        return {row["code"]: Text(row["name_zh"], row["name_en"]) for row in csv.DictReader(file)}


def area_name(code: str) -> Text | None:
    """Province, city and county of a code, from the wide to the narrow; None for none."""
    if not code:
        return None
    known = [_names()[c] for c in dict.fromkeys((province_of(code), city_of(code), code)) if c in _names()]
    if not known:
        return Text(code, code)
    return Text("".join(n.zh for n in known), ", ".join(n.en for n in reversed(known)))
