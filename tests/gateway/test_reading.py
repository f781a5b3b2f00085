"""Files: encodings, sizes, links, broken CSV; each refused before it can do harm."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from oreflow.gateway import Limits, PackErrors, load_pack, validate_pack
from oreflow.gateway.errors import Problems
from oreflow.gateway.raw import RawRow
from oreflow.gateway.reading import decode, read_pack

from .packs import PackText, assert_says_the_way_out, only, problems_of

HEADER = b"id,name_zh,name_en,kind\n"


def _broken_areas(pack: PackText, folder: Path, content: bytes):
    pack.write_directory(folder)
    (folder / "areas.csv").write_bytes(content)
    return [p for p in problems_of(folder) if p.file_or_sheet == "areas.csv"]


BYTES = [
    ("empty file", b"", "empty-table", None),
    ("blank lines only", b"\n\n,,\n", "empty-table", None),
    ("NUL byte", HEADER + b"a,b,c\0,city\n", "nul-byte", None),
    ("UTF-16", HEADER.decode().encode("utf-16"), "nul-byte", None),
    ("neither UTF-8 nor GB18030", HEADER + b"a,\xff\xff,c,city\n", "encoding", 2),
    ("quote left open", HEADER + b'a,"b,c,city\n', "csv-syntax", 2),
    ("text after a quote", HEADER + b'a,"b"x,c,city\n', "csv-syntax", 2),
    ("cell beyond all measure", HEADER + b"a,b,c," + b"x" * 200_000, "csv-syntax", 2),
    ("long cell", HEADER + b"a,b," + b"x" * 40_000 + b",city\n", "too-long", 2),
    ("row too long", HEADER + b"a,b,c,city,more\n", "ragged-row", 2),
    ("row too short", HEADER + b"a,b,c,city\nb,b\n", "ragged-row", 3),
    ("semicolons", b"id;name_zh;name_en;kind\na;b;c;city\n", "wrong-separator", 1),
    ("tabs", b"id\tname_zh\tname_en\tkind\na\tb\tc\tcity\n", "wrong-separator", 1),
    ("too many columns", b"id," + b",".join(b"c%d" % i for i in range(300)) + b"\n", "too-many-columns", 1),
    ("control character", HEADER + b"a,b\x07,c,city\n", "control-character", 2),
    ("terminal sequence", HEADER + "a,b\u009b31m,c,city\n".encode(), "control-character", 2),
    ("C1 control at the edge", HEADER + "a,b\u0080,c,city\n".encode(), "control-character", 2),
    ("override of direction", HEADER + "a,b\u202egnp,c,city\n".encode(), "control-character", 2),
    ("embedding left open", HEADER + "a,b\u202a,c,city\n".encode(), "control-character", 2),
    ("isolate", HEADER + "a,b\u2066x\u2069,c,city\n".encode(), "control-character", 2),
]


@pytest.mark.parametrize(("name", "content", "code", "row"), BYTES, ids=[b[0] for b in BYTES])
def test_bytes_that_are_no_table(
    name: str, content: bytes, code: str, row: int | None, pack: PackText, tmp_path: Path
) -> None:
    problem = next(p for p in _broken_areas(pack, tmp_path, content) if p.code == code)
    assert problem.row == row
    assert_says_the_way_out(problem)


def test_rows_are_counted_as_a_spreadsheet_counts_them(pack: PackText, tmp_path: Path) -> None:
    """Line breaks in cells do not count, blank rows do."""
    content = 'id,name_zh,name_en,kind\na,"一\n二\n三",x,city\n\nb,乙,y,hamlet\n'.encode()
    problem = only([p for p in _broken_areas(pack, tmp_path, content) if p.code == "not-in-list"])
    assert (problem.row, problem.value) == (4, "hamlet")


def test_two_hundred_megabytes_are_refused_by_their_size_alone(
    pack: PackText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pack.write_directory(tmp_path)
    with (folder / "figures.csv").open("r+b") as stream:
        stream.truncate(200 * 1024 * 1024)

    def never(data: bytes, where: str, problems: Problems) -> str | None:
        assert where != "figures.csv", "the file was read"
        return decode(data, where, problems)

    monkeypatch.setattr("oreflow.gateway.reading.decode", never)
    problem = only([p for p in problems_of(folder) if p.file_or_sheet == "figures.csv"])
    assert problem.code == "file-too-large"
    assert "200 MB" in problem.message.en
    assert_says_the_way_out(problem)


def test_a_workbook_of_two_hundred_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "big.xlsx"
    with file.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    assert only(problems_of(file)).code == "file-too-large"


def test_limits_may_be_set(pack: PackText, tmp_path: Path) -> None:
    folder = pack.write_directory(tmp_path)
    with pytest.raises(PackErrors) as caught:
        load_pack(folder, Limits(rows=3))
    assert {(p.code, p.file_or_sheet) for p in caught.value.problems if p.code == "too-many-rows"} == {
        ("too-many-rows", f"{t}.csv") for t, rows in pack.tables.items() if len(rows) > 4
    }


def test_a_link_that_leads_out_of_the_pack(pack: PackText, tmp_path: Path) -> None:
    folder = pack.write_directory(tmp_path / "pack")
    outside = tmp_path / "areas.csv"
    (folder / "areas.csv").rename(outside)
    (folder / "areas.csv").symlink_to(outside)
    problem = only(problems_of(folder))
    assert (problem.code, problem.file_or_sheet, problem.value) == ("outside-pack", "areas.csv", str(outside))
    assert_says_the_way_out(problem)


def test_a_link_inside_the_pack_and_a_linked_pack_are_followed(pack: PackText, tmp_path: Path) -> None:
    folder = pack.write_directory(tmp_path / "pack")
    (folder / "areas.csv").rename(folder / ".areas-2021.csv")
    (folder / "areas.csv").symlink_to(".areas-2021.csv")
    (tmp_path / "link").symlink_to(folder)
    assert validate_pack(tmp_path / "link") == []


@pytest.mark.parametrize("kind", ["directory", "pipe", "dangling", "loop"])
def test_things_that_are_no_files(kind: str, pack: PackText, tmp_path: Path) -> None:
    folder = pack.write_directory(tmp_path)
    (folder / "areas.csv").unlink()
    match kind:
        case "directory":
            (folder / "areas.csv").mkdir()
        case "pipe":
            os.mkfifo(folder / "areas.csv")
        case "loop":
            (folder / "areas.csv").symlink_to("areas.csv")
        case "dangling":
            (folder / "areas.csv").symlink_to("nothing.csv")
    problem = only(problems_of(folder))
    assert (problem.code, problem.file_or_sheet) == ("unreadable", "areas.csv")
    assert_says_the_way_out(problem)


@pytest.mark.parametrize(
    ("file", "better"),
    [("figure.csv", "figures.csv"), ("figures.txt", "figures.csv"), ("letter.docx", None), ("Pack.toml", "pack.toml")],
)
def test_unknown_files(file: str, better: str | None, pack: PackText, tmp_path: Path) -> None:
    folder = pack.write_directory(tmp_path)
    (folder / file).write_text("x", encoding="utf-8")
    problem = only(problems_of(folder))
    assert (problem.code, problem.file_or_sheet, problem.value) == ("unknown-file", file, file)
    assert ("Did you mean" in problem.remedy.en) == (better is not None)
    assert better is None or f"“{better}”" in problem.remedy.zh
    assert_says_the_way_out(problem)


def test_pack_toml_is_missing(pack: PackText, tmp_path: Path) -> None:
    folder = pack.write_directory(tmp_path)
    (folder / "pack.toml").unlink()
    problem = only([p for p in problems_of(folder) if p.file_or_sheet == "pack.toml"])
    assert problem.code == "missing-table"
    assert_says_the_way_out(problem)


def test_pack_toml_is_broken(pack: PackText, tmp_path: Path) -> None:
    folder = pack.write_directory(tmp_path)
    (folder / "pack.toml").write_text("format = 1\nid = example", encoding="utf-8")
    problem = only([p for p in problems_of(folder) if p.file_or_sheet == "pack.toml"])
    assert problem.code == "toml-syntax"
    assert "line 2" in problem.message.en
    assert_says_the_way_out(problem)


def _toml_problems(pack: PackText, folder: Path, text: str):
    pack.write_directory(folder)
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    return [p for p in problems_of(folder) if p.file_or_sheet == "pack.toml"]


def test_a_key_that_begins_like_another_has_its_own_line(pack: PackText, tmp_path: Path) -> None:
    text = "# name\nname_zh = 'a'\n\n\"name\" = 1\n  edition_x = 1\n[name_en]\nid = 1\n"
    found = _toml_problems(pack, tmp_path, text)
    assert {p.column: p.row for p in found if p.code == "unknown-key"} == {"name": 4, "edition_x": 5}
    assert RawRow(6, ("name_en", "{'id': 1}")) == read_pack(tmp_path, Problems()).facts["name_en"]


def test_very_many_keys_are_refused_at_once(pack: PackText, tmp_path: Path) -> None:
    start = time.perf_counter()
    problem = only(_toml_problems(pack, tmp_path, "\n".join(f"k{i} = 1" for i in range(20_000))))
    assert time.perf_counter() - start < 2
    assert (problem.code, "200" in problem.message.zh, "200" in problem.message.en) == ("toml-syntax", True, True)
    assert_says_the_way_out(problem)


def test_two_hundred_keys_are_read(pack: PackText, tmp_path: Path) -> None:
    found = _toml_problems(pack, tmp_path, "\n".join(f"k{i} = 1" for i in range(200)))
    assert sum(p.code == "unknown-key" for p in found) == 200


def test_a_pack_sheet_of_very_many_keys(pack: PackText, tmp_path: Path) -> None:
    pack.facts |= {f"k{i}": "1" for i in range(201)}
    problem = only([p for p in problems_of(pack.write_workbook(tmp_path / "p.xlsx")) if p.code == "too-many-rows"])
    assert (problem.file_or_sheet, "200" in problem.message.en) == ("pack", True)


def test_pack_toml_of_more_than_a_megabyte(pack: PackText, tmp_path: Path) -> None:
    problem = only(_toml_problems(pack, tmp_path, "#" * 1_100_000))
    assert problem.code == "file-too-large"
    assert "has 1.1 MB, more than the limit of 1 MB" in problem.message.en


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep", "x = " + "[" * 100_000),
        ("dotted", ".".join("a" * 100_000) + " = 1"),
        ("dotted and quoted", ".".join(["' '", '"b"'] * 50_000) + " = 1"),
        ("number of very many digits", "x = 0x" + "f" * 100_000),
    ],
)
def test_toml_that_wears_a_reader_out(name: str, text: str, pack: PackText, tmp_path: Path) -> None:
    start = time.perf_counter()
    problem = only(_toml_problems(pack, tmp_path, text))
    assert time.perf_counter() - start < 2
    assert problem.code == "toml-syntax"
    assert_says_the_way_out(problem)


def test_names_of_files_show_their_hidden_characters(pack: PackText, tmp_path: Path) -> None:
    folder = pack.write_directory(tmp_path)
    (folder / "a\u202evsc\x1b[2J\u0085\n.txt").write_text("x", encoding="utf-8")
    (folder / os.fsdecode(b"b\xff.txt")).write_text("x", encoding="utf-8")
    first, second = problems_of(folder)
    assert first.file_or_sheet == "a⟨U+202E⟩vsc⟨U+001B⟩[2J⟨U+0085⟩⏎.txt"
    assert second.file_or_sheet == "b⟨U+DCFF⟩.txt"
    for problem in (first, second):
        said = [t.in_language(x) for t in (problem.place, problem.message, problem.remedy) for x in ("zh", "en")]
        assert all(text.isprintable() for text in (*said, str(problem), problem.value.replace("\n", "")))


def test_an_empty_directory_is_no_pack(tmp_path: Path) -> None:
    problems = problems_of(tmp_path)
    assert {p.code for p in problems} == {"missing-table"}
    assert "pack.toml" in {p.file_or_sheet for p in problems}


@pytest.mark.parametrize("name", ["panxy", "nowhere/pack", "missing.xlsx", "x" * 300, "nul\0byte"])
def test_no_such_pack(name: str) -> None:
    problem = only(problems_of(name))  # type: ignore[arg-type]
    assert (problem.code, problem.value) == ("not-found", name.replace("\0", "⟨U+0000⟩"))
    assert "panxi" in problem.remedy.en
    assert_says_the_way_out(problem)


@pytest.mark.parametrize("name", ["pack.xls", "pack.ods", "figures.csv"])
def test_files_of_another_kind(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    problem = only(problems_of(tmp_path / name))
    assert (problem.code, problem.value) == ("unsupported-file", name)
    assert_says_the_way_out(problem)


def test_a_built_in_name_wins_over_a_directory_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "panxi").mkdir()
    assert load_pack("panxi").id == "panxi"
    with pytest.raises(PackErrors):
        load_pack("./panxi")
    (tmp_path / "panxi").rmdir()
    assert load_pack(Path("panxi")).id == "panxi"
