from __future__ import annotations

from pathlib import Path

import pytest

from .packs import PackText


@pytest.fixture
def pack() -> PackText:
    """A sound pack with its own small library."""
    return PackText()


@pytest.fixture(params=["directory", "workbook"])
def written(request: pytest.FixtureRequest, tmp_path: Path):
    """Writes a pack in each of the two shapes; `name` gives a table's file or sheet."""

    class Writer:
        shape = request.param

        def __call__(self, pack: PackText) -> Path:
            if self.shape == "directory":
                return pack.write_directory(tmp_path / "pack")
            return pack.write_workbook(tmp_path / "pack.xlsx")

        def name(self, table: str) -> str:
            if table == "pack":
                return "pack.toml" if self.shape == "directory" else "pack"
            return f"{table}.csv" if self.shape == "directory" else table

    return Writer()
