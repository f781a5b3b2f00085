"""The hash tells regions apart by what they say, not by how their tables are laid out."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oreflow.gateway import load_pack, region_hash
from oreflow.gateway.hashing import plain_number

from .packs import PackText


@pytest.fixture
def plain_hash(pack: PackText, tmp_path: Path) -> str:
    return load_pack(pack.write_directory(tmp_path / "plain")).hash


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_order_of_rows_and_columns_makes_no_difference(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    pack = PackText()
    plain = load_pack(pack.write_directory(tmp_path_factory.mktemp("plain")))
    shuffle = random.Random(seed)  # noqa: S311 - not for secrets
    for name, (header, *rows) in pack.tables.items():
        shuffle.shuffle(rows)
        order = shuffle.sample(range(len(header)), len(header))
        pack.tables[name] = [[row[i] for i in order] for row in (header, *rows)]
    assert load_pack(pack.write_directory(tmp_path_factory.mktemp("shuffled"))).hash == plain.hash


def test_shape_makes_no_difference(pack: PackText, plain_hash: str, tmp_path: Path) -> None:
    assert load_pack(pack.write_workbook(tmp_path / "p.xlsx")).hash == plain_hash
    assert load_pack(pack.write_directory(tmp_path / "q", "gb18030", "\r\n")).hash == plain_hash


def test_superfluous_zeros_of_coefficients_make_no_difference(pack: PackText, plain_hash: str, written) -> None:
    pack.set("routes", 2, "share", "0.500")
    pack.set("flows", 3, "amount", "3")
    assert load_pack(written(pack)).hash == plain_hash


@pytest.mark.parametrize(
    ("table", "row", "column", "text"),
    [
        ("figures", 2, "value", "100.51"),
        ("figures", 2, "value", "100.5"),
        ("figures", 2, "lines", "11"),
        ("areas", 2, "name_en", "Example city"),
        ("routes", 2, "low", "0.3"),
        ("flows", 2, "note_en", "acid-soluble"),
        ("quotas", 3, "holder_zh", "示例公司"),
        ("references", 2, "url", "https://example.org"),
        ("materials", 2, "complete", "yes"),
    ],
)
def test_every_cell_enters(
    table: str, row: int, column: str, text: str, pack: PackText, plain_hash: str, tmp_path: Path
) -> None:
    pack.set(table, row, column, text)
    assert load_pack(pack.write_directory(tmp_path / "other")).hash != plain_hash


def test_facts_about_the_pack_enter_but_not_its_licence(pack: PackText, plain_hash: str, tmp_path: Path) -> None:
    pack.facts["licence"] = "free"
    assert load_pack(pack.write_directory(tmp_path / "a")).hash == plain_hash
    pack.facts["edition"] = "2"
    assert load_pack(pack.write_directory(tmp_path / "b")).hash != plain_hash


def test_hash_of_a_patched_region(pack: PackText, plain_hash: str, tmp_path: Path) -> None:
    region = load_pack(pack.write_directory(tmp_path / "p"))
    assert region_hash(replace(region, hash="")) == plain_hash
    assert region_hash(replace(region, routes=region.routes[:2])) != plain_hash


@pytest.mark.parametrize(
    ("text", "plain"), [("0.50", "0.5"), ("2650.0", "2650"), ("2650", "2650"), ("0.0", "0"), ("-0.10", "-0.1")]
)
def test_plain_number(text: str, plain: str) -> None:
    assert plain_number(text) == plain
