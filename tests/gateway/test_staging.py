"""Packs are written as a whole, to a new place, or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from oreflow.gateway import blank_pack, load_pack, write_pack


def _directory(path: Path) -> Path:
    return write_pack(load_pack("panxi"), path)


def _workbook(path: Path) -> Path:
    return write_pack(load_pack("panxi"), path.with_name("p.xlsx"))


def _blank(path: Path) -> Path:
    return blank_pack(path.with_name("p.xlsx"))


WAYS = [(_directory, "p"), (_workbook, "p.xlsx"), (_blank, "p.xlsx")]
ways = pytest.mark.parametrize(("write", "name"), WAYS, ids=["directory", "workbook", "blank"])
Way = Callable[[Path], Path]


@ways
@pytest.mark.parametrize("kind", ["file", "directory", "dangling link", "link to a file", "link to a directory"])
def test_what_is_there_is_left_alone(write: Way, name: str, kind: str, tmp_path: Path) -> None:
    target, victim = tmp_path / name, tmp_path / "victim"
    match kind:
        case "file":
            target.write_text("mine", encoding="utf-8")
        case "directory":
            target.mkdir()
        case "dangling link":
            target.symlink_to(victim)
        case "link to a file":
            victim.write_text("mine", encoding="utf-8")
            target.symlink_to(victim)
        case "link to a directory":
            victim.mkdir()
            target.symlink_to(victim)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileExistsError, match=name):
        write(tmp_path / "p")
    assert sorted(tmp_path.rglob("*")) == before
    assert not victim.is_file() or victim.read_text(encoding="utf-8") == "mine"
    assert not victim.is_dir() or not any(victim.iterdir())


@ways
def test_nothing_is_left_if_writing_fails(
    write: Way, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[Path] = []
    write_text, save = Path.write_text, Workbook.save

    def full_disk(path: Path, *args: str, **options: str) -> int:
        texts.append(path)
        if len(texts) == 4:
            raise OSError("No space left on device")
        return write_text(path, *args, **options)

    def half(book: Workbook, path: Path) -> None:
        save(book, path)
        texts.append(path)
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_text", full_disk)
    monkeypatch.setattr(Workbook, "save", half)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "p")
    assert texts, "it failed before anything was written"
    assert list(tmp_path.iterdir()) == []


@ways
def test_a_place_taken_meanwhile_is_left_alone(
    write: Way, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exists, asked = os.path.lexists, []

    def late(path: Path) -> bool:
        if path == tmp_path / name:
            asked.append(path)
            if len(asked) == 2:
                (tmp_path / name).write_text("mine", encoding="utf-8")
        return exists(path)

    monkeypatch.setattr("os.path.lexists", late)
    with pytest.raises(FileExistsError):
        write(tmp_path / "p")
    assert [f.read_text(encoding="utf-8") for f in tmp_path.iterdir()] == ["mine"]


@ways
def test_it_may_be_read_by_those_whom_the_mask_allows(write: Way, name: str, tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        written = write(tmp_path / "new" / "p")
    finally:
        os.umask(old)
    assert [f.name for f in (tmp_path / "new").iterdir()] == [name]
    assert stat.S_IMODE(written.stat().st_mode) == (0o750 if written.is_dir() else 0o640)
