"""The tables against the collected figures: everything is there, and only listed mends differ."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from oreflow.core.materials import Coefficient, Library
from oreflow.core.provenance import Mark

MENDS = Path(__file__).resolve().parents[3] / "docs/reference/library-mends.md"
MARKS = {
    "textbook-memory": Mark.MEMORY,
    "typical-memory": Mark.MEMORY,
    "memory": Mark.MEMORY,
    "page": Mark.PAGE,
    "paper": Mark.PAPER,
    "stoich": Mark.STOICHIOMETRIC,
    "computed": Mark.COMPUTED,
}
ROLES = {"inputs": "input", "outputs_byproducts": "by-product", "wastes": "waste"}
BURDENS = {"electricity_kwh": "electricity", "energy_kgce": "energy", "water_m3": "water", "co2_t": "co2"}
Row = tuple[Decimal, Decimal, Decimal, Mark]


@cache
def mended() -> dict[str, tuple[str, str]]:
    """Listed rows with what was and what is, by row name; a row may be listed more than once."""
    rows: dict[str, tuple[str, str]] = {}
    for line in MENDS.read_text(encoding="utf-8").splitlines():
        match = re.match(r"\| `(\w+/[^`]+)` \| (.*) \| (.*) \|$", line)
        if match:
            first = rows.get(match[1], (match[2], ""))[0]
            rows[match[1]] = (first, match[3])
    return rows


@cache
def renamed() -> dict[str, str]:
    processes = {k.removeprefix("processes/"): was_is for k, was_is in mended().items() if k.startswith("processes/")}
    return {old: new for old, (was, new) in processes.items() if was == old}


def row(value: float, span: list[float] | None, mark: Mark) -> Row:
    low, high = span or (value, value)
    return Decimal(str(value)), Decimal(str(low)), Decimal(str(high)), mark


def basis_mark(words: str) -> Mark:
    if words in MARKS:
        return MARKS[words]
    if words.startswith("paper"):
        return Mark.PAPER
    if words.startswith(("computed", "calibrated", "stoich x")):
        return Mark.COMPUTED
    return Mark.MEMORY if "memory" in words else Mark.PAGE


def recovery_name(process: str, key: str, product: str) -> str:
    simple = key.isalpha() and key not in ("ore", "H2")
    return f"recoveries/{process}/{key}/{product}" if simple else f"recoveries/{process}/{key}"


def collected(shared: Path) -> dict[str, Row]:
    """All values of the collection, by row name."""
    rows: dict[str, Row] = {}
    facts: dict[str, Any] = json.loads((shared / "facts/materials.json").read_text(encoding="utf-8"))
    for m in facts["materials"]:
        for element, value in m["elements"].items():
            mark = basis_mark(m["composition_basis"])
            rows[f"contents/{m['id']}/{element}"] = row(value, m["element_range"].get(element), mark)
    for p in json.loads((shared / "facts/processes.json").read_text(encoding="utf-8")):
        name = renamed().get(p["process"], p["process"])
        for field, role in ROLES.items():
            for f in p[field]:
                key = f"flows/{name}/{f['material']}/{role}"
                rows[key] = row(f["amount"], f.get("range"), MARKS[f["source_quality"]])
        for field, burden in BURDENS.items():
            if p[field] is not None:
                rows[f"burdens/{name}/{burden}"] = row(
                    p[field]["value"], p[field].get("range"), MARKS[p[field]["source_quality"]]
                )
        for key, r in p["recovery"].items():
            rows[recovery_name(name, key, p["product"])] = row(r["value"], r.get("range"), MARKS[r["source_quality"]])
    return rows


def shipped(library: Library) -> dict[str, Row]:
    def of(c: Coefficient) -> Row:
        return c.value, c.low, c.high, c.mark

    rows: dict[str, Row] = {}
    for m in library.materials.values():
        rows |= {f"contents/{m.id}/{e}": of(c) for e, c in m.contents.items()}
    for p in library.processes.values():
        rows |= {f"flows/{p.id}/{f.material}/{f.role.value}": of(f.amount) for f in p.flows}
        rows |= {f"burdens/{p.id}/{b.value}": of(c) for b, c in p.burdens.items()}
        rows |= {f"recoveries/{p.id}/{r.element}/{r.into}": of(r.value) for r in p.recoveries}
    return rows


def covered(key: str) -> bool:
    """Listed itself, or part of a process or material that is listed as new."""
    kind, owner = key.split("/")[:2]
    parent = f"materials/{owner}" if kind == "contents" else f"processes/{owner}"
    return key in mended() or mended().get(parent, ("", ""))[1] == "new"


def test_every_material_and_process_is_there(shared: Path, library: Library) -> None:
    materials = json.loads((shared / "facts/materials.json").read_text(encoding="utf-8"))["materials"]
    processes = json.loads((shared / "facts/processes.json").read_text(encoding="utf-8"))
    assert [m["id"] for m in materials if m["id"] not in library.materials] == []
    names = {p["process"]: renamed().get(p["process"], p["process"]) for p in processes}
    assert [p for p, name in names.items() if name not in library.processes] == []
    assert len(renamed()) == 29


def test_what_differs_is_a_listed_mend(shared: Path, library: Library) -> None:
    before, after = collected(shared), shipped(library)
    differing = [k for k in before.keys() | after.keys() if before.get(k) != after.get(k)]
    assert [k for k in sorted(differing) if not covered(k)] == []
    assert len(before) - len(before.keys() & set(differing)) > 1000


def test_what_is_listed_differs(shared: Path, library: Library) -> None:
    before, after = collected(shared), shipped(library)
    values = [k for k in mended() if k.split("/")[0] in ("contents", "flows", "burdens", "recoveries")]
    assert len(values) > 150
    passing = {k for k in values if k not in before and k not in after}
    assert [k for k in sorted(values) if before.get(k) == after.get(k) and k not in passing] == []


def test_mends_print_the_shipped_value(library: Library) -> None:
    """The last entry of a row shows what the table holds."""
    after = shipped(library)
    for key, (_, now) in mended().items():
        if key in after and key.split("/")[0] in ("contents", "flows", "burdens", "recoveries"):
            value = now.split()[0]
            assert Decimal(value) == after[key][0], key
            assert now.endswith(f"({after[key][3].code})"), key


def test_material_descriptions_are_kept(shared: Path, library: Library) -> None:
    def plain(name: str) -> str:
        return re.sub(r"[\s()（）,，%]", "", name)

    for m in json.loads((shared / "facts/materials.json").read_text(encoding="utf-8"))["materials"]:
        ours = library.materials[m["id"]]
        assert plain(ours.name.zh) == plain(m["name_zh"])
        assert (ours.name.en, ours.unit, ours.hs6, ours.cn8) == (m["name_en"], m["unit"], m["hs6"], m["cn8"])
        if f"materials/{m['id']}" not in mended():
            assert (ours.formula, ours.category) == (m["formula"], m["category"])


def test_sources_are_kept(shared: Path, library: Library) -> None:
    for p in json.loads((shared / "facts/processes.json").read_text(encoding="utf-8")):
        ours = library.processes[renamed().get(p["process"], p["process"])]
        assert list(ours.sources) == p["source_keys"]
        assert ours.chain == p["chain"]
        assert set(ours.sources) <= library.references.keys()
        if ours.id != "chloralkali":
            assert ours.product == p["product"]


def test_distributions_and_factors_are_kept(shared: Path, library: Library) -> None:
    facts = json.loads((shared / "facts/materials.json").read_text(encoding="utf-8"))
    for ore, shares in facts["re_distribution"].items():
        for oxide, percent in shares.items():
            ours = library.distributions[ore][oxide.lower()].value
            if f"distributions/{ore}/{oxide.lower()}" not in mended():
                assert ours == Decimal(str(percent)) / 100
    factors = json.loads((shared / "facts/factors.json").read_text(encoding="utf-8"))
    ours_values = [f.value.value for f in library.factors.values()]
    units = {k.removeprefix("factors/") for k in mended() if k.startswith("factors/")}
    for group in ("energy_kgce", "co2", "units"):
        for f in factors[group]:
            assert f["item"] in units or Decimal(str(f["value"])) in ours_values, f["item"]


@pytest.mark.parametrize("page", ["library.md", "library-mends.md"])
def test_pages_have_both_languages(page: str) -> None:
    text = (MENDS.parent / page).read_text(encoding="utf-8")
    assert "中文摘要" in text
    assert re.search(r"[A-Za-z]{4,} [a-z]{3,}", text)


def test_mends_name_only_rows_that_exist(library: Library) -> None:
    after = shipped(library)
    for key, (_, now) in mended().items():
        kind, name = key.split("/", 1)
        if kind in ("contents", "flows", "burdens", "recoveries"):
            assert (now == "–") == (key not in after), key
        elif kind == "materials":
            assert name in library.materials
        elif kind == "processes":
            assert renamed().get(name, name) in library.processes


def test_every_fault_number_is_answered() -> None:
    numbers = {int(n) for n in re.findall(r"^### .*\((\d+)\)$", MENDS.read_text(encoding="utf-8"), re.MULTILINE)}
    assert numbers == set(range(1, 16))


def test_the_library_page_counts_right(library: Library) -> None:
    text = (MENDS.parent / "library.md").read_text(encoding="utf-8")
    for count, word in (
        (len(library.materials), "materials"),
        (len(library.processes), "processes"),
        (len(library.groups), "product groups"),
        (len(library.distributions), "rare-earth distributions"),
        (len(library.factors), "factors"),
        (len(library.references), "sources"),
    ):
        assert re.search(rf"\b{count} {word}", text.replace("\n", " ")), word


def test_examples_of_the_page_run() -> None:
    text = (MENDS.parent / "library.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 3
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "library.md", "exec"), names)  # noqa: S102 - the page's own examples
    assert "library" in names
