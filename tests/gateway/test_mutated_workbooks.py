"""Damaged workbooks by the hundred: each is loaded or refused with problems, never worse; seeds are printed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from oreflow.gateway import load_pack, validate_pack, write_pack

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "panxi.xlsx"
    write_pack(load_pack("panxi"), path)
    return path.read_bytes()


@pytest.mark.parametrize("block", range(6))
def test_mutations_are_loaded_or_refused(workbook: bytes, tmp_path: Path, block: int) -> None:
    for seed in range(block * 40, block * 40 + 40):
        dice = random.Random(seed)  # noqa: S311 - places to damage, not secrets
        data = bytearray(workbook)
        for _ in range(dice.randint(1, 12)):
            at = dice.randrange(len(data))
            data[at] = dice.randrange(256)
        if dice.random() < 0.3:
            del data[dice.randrange(len(data)) :]
        path = tmp_path / f"{seed}.xlsx"
        path.write_bytes(data)
        problems = validate_pack(path)  # anything but problems would be raised here
        assert all(p.remedy.zh and p.remedy.en for p in problems), seed
