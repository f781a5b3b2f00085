"""Registers: filters, search, sorting, pages, exports."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from oreflow.console.exports import exported
from oreflow.console.tables import PAGE_SIZE, Cell, Column, Filter, Register, listing
from oreflow.core.region import Region

Row = tuple[str, int | None]
REGISTER: Register[Row] = Register(
    "rows",
    (
        Column("name", "Name", lambda r: Cell(r[0]), lambda r: r[0]),
        Column("size", "Size", lambda r: Cell(str(r[1])), lambda r: r[1], numeric=True),
    ),
    (Filter("name", "Name", lambda r: r[0], str),),
    lambda r: r[0],
)
rows = st.lists(st.tuples(st.sampled_from(["ore", "slag", "acid"]), st.none() | st.integers(-50, 50)), max_size=40)


@given(rows, st.sampled_from(["ore", "slag", "acid", "gold"]))
def test_a_filter_keeps_exactly_its_rows(found: list[Row], name: str) -> None:
    shown = listing(REGISTER, found, QueryDict(f"name={name}"))
    assert shown.rows == [r for r in found if r[0] == name]
    assert (shown.total, shown.count) == (len(found), len(shown.rows))
    assert shown.filters[0].chosen is not None


@given(rows)
def test_sorting_orders_and_leaves_missing_values_last(found: list[Row]) -> None:
    for wish, sign in (("size", 1), ("-size", -1)):
        shown = listing(REGISTER, found, QueryDict(f"sort={wish}")).rows
        assert sorted(shown, key=str) == sorted(found, key=str)
        sizes = [r[1] for r in shown]
        present = [s for s in sizes if s is not None]
        assert sizes[len(present) :] == [None] * (len(sizes) - len(present))
        assert [sign * s for s in present] == sorted(sign * s for s in present)


@given(st.integers(0, 350), st.text(max_size=4))
def test_pages_cover_every_row_once(count: int, page: str) -> None:
    found: list[Row] = [("ore", n) for n in range(count)]
    query = QueryDict(mutable=True)
    query["page"] = page
    first = listing(REGISTER, found, query)
    assert 1 <= first.page <= first.pages
    seen = sum(len(listing(REGISTER, found, QueryDict(f"page={n}")).shown) for n in range(1, first.pages + 1))
    assert seen == count
    assert first.pages == max(1, -(-count // PAGE_SIZE))


def test_counts_beside_options_are_what_choosing_gives(region: Region, en: Client) -> None:
    from oreflow.console.regions import tables
    from oreflow.console.regions.presenters import Style

    register = tables.targets(region, Style("en", "wan"))
    everything = list(region.targets.values())
    base = QueryDict("year=2025")
    for shown in listing(register, everything, base).filters:
        for choice in shown.choices:
            assert listing(register, everything, QueryDict(choice.url[1:])).count == choice.count


def test_export_is_what_the_filter_shows(region: Region, zh: Client) -> None:
    query = "year=2025&form=level"
    expected = [t for t in region.targets.values() if t.year == 2025 and t.form == "level"]
    assert expected
    response = zh.get(f"/r/panxi/targets?{query}&format=csv")
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(lines) == len(expected) + 1
    book = load_workbook(io.BytesIO(zh.get(f"/r/panxi/targets?{query}&format=xlsx").content))
    assert book["targets"].max_row == len(expected) + 1
    assert [c.value for c in book["about"]["A"]][-1] == region.hash
    ids = {row[-1].value for row in book["targets"].iter_rows(min_row=2)}
    assert ids == {t.id for t in expected}


@pytest.mark.parametrize(
    "name", ["targets", "figures", "allotments", "checks", "library", "library/processes", "library/doubtful"]
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_register_exports(name: str, form: str, reader: Client) -> None:
    response = reader.get(f"/r/panxi/{name}?format={form}")
    assert response.status_code == 200
    assert f".{form}" in response.headers["Content-Disposition"]


HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "plain", "-5", "5 %"]


def test_text_never_becomes_a_formula(region: Region) -> None:
    cells = [[text] for text in HOSTILE]
    body = exported(region, "x", "csv", "en", ["text"], cells).content.decode("utf-8-sig")
    found = [row[0] for row in csv.reader(io.StringIO(body))][1:]
    assert [f[0] for f in found[:5]] == ["'"] * 5
    assert found[5:] == HOSTILE[5:]
    book = load_workbook(io.BytesIO(exported(region, "x", "xlsx", "en", ["text"], cells).content))
    assert {cell.data_type for cell in book["x"]["A"]} == {"s"}


def test_exact_numbers_stay_exact(region: Region) -> None:
    rows = [[Fraction(1, 8)], [Fraction(3)], [Fraction(2000, 3)]]
    body = exported(region, "x", "csv", "en", ["n"], rows).content.decode("utf-8-sig")
    assert body.split() == ["n", "0.125", "3", "666.666666666667"]


def test_simulated_regions_say_so_in_every_row(region: Region) -> None:
    from dataclasses import replace

    made_up = replace(region, simulated=True)
    body = exported(made_up, "x", "csv", "en", ["n"], [[1], [2]]).content.decode("utf-8-sig")
    assert body.count("Simulated") == 3
