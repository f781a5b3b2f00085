"""The values of items as people set them: checked field by field, each problem with its way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from oreflow.console.refusals import Invalid
from oreflow.console.registers import parsing
from oreflow.core.provenance import Text
from oreflow.core.reading import Comparator, Kind
from oreflow.core.reading.packing import number_text, read_number

from .models import Item

LONGEST, MOST = 500, 200
YEARS = (1900, 2200)
BOUNDS = ("", "=", ">=", "<=", "<", ">", "~")
DIRECTIONS, ROLES = ("", "up", "down"), ("", "from", "to")
BINDINGS = ("", "约束性", "预期性")
NAMES = ("", "enterprise", "park", "product", "technology", "list")
Reader = Callable[[Any], Any]
Kinds: Any = Item.Kind


def _text(value: Any) -> str:
    return parsing.text("" if value is None else str(value).replace("\n", " ").replace("\r", " "), LONGEST)


def _figure(value: Any) -> str:
    try:
        return number_text(read_number(parsing.narrow(value).replace(",", "")))
    except ValueError as error:
        shown = _text(value)[:40]
        raise parsing.Unreadable(
            Text(
                f"“{shown}”不是数值。请填如 12.5，不带单位。",
                f"“{shown}” is no figure. Write it as 12.5, without unit.",
            )
        ) from error


def _whole(low: int, high: int, *, empty: bool = True) -> Reader:
    def read(value: Any) -> int | None:
        written = parsing.narrow("" if value is None else value)
        if not written and empty:
            return None
        if not (written.isascii() and written.isdigit() and len(written) < 10 and low <= int(written) <= high):
            raise parsing.Unreadable(
                Text(f"请填 {low} 至 {high} 之间的整数。", f"Give a whole number from {low} to {high}.")
            )
        return int(written)

    return read


def _one_of(choices: Sequence[str]) -> Reader:
    def read(value: Any) -> str:
        written = "" if value is None else str(value).strip()
        if written not in choices:
            known = ", ".join(c or "–" for c in choices)
            raise parsing.Unreadable(Text(f"可填：{known}。", f"Choose one of: {known}."))
        return written

    return read


def _truth(value: Any) -> bool:
    return parsing.truth(value)


def _list(value: Any) -> list[str]:
    given = value if isinstance(value, list | tuple) else str(value or "").replace("\n", "、").split("、")
    if len(given) > MOST:
        raise parsing.Unreadable(Text(f"最多 {MOST} 项。", f"At most {MOST} entries."))
    return [text for text in (_text(part) for part in given) if text]


def _stages(value: Any) -> list[list[str]]:
    if not isinstance(value, list | tuple) or len(value) > MOST:
        raise parsing.Unreadable(Text("各环节须逐级列出。", "Give the stages as lists, each with its alternatives."))
    stages = [stage for stage in (_list(part) for part in value) if stage]
    if len(stages) < 2:
        raise parsing.Unreadable(Text("产业链至少有两个环节。", "A chain has two stages at least."))
    return stages


def _limits(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple) or len(value) > MOST or any(not isinstance(v, Mapping) for v in value):
        raise parsing.Unreadable(Text("限值须逐条列出。", "Give the limits one by one."))
    return [
        {
            "attribute": _text(v.get("attribute")), "comparator": _one_of(BOUNDS[1:])(v.get("comparator") or "="),
            "value": _figure(v.get("value")), "unit": _text(v.get("unit")),
            "inclusive": _truth(v.get("inclusive", v.get("comparator") not in ("<", ">"))),
        }
        for v in value
    ]  # fmt: skip


def _mapping(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or len(value) > MOST:
        raise parsing.Unreadable(Text("须是“节点=物料”的对应。", "Give nodes and their materials."))
    return {_text(k): _text(v) for k, v in value.items()}


_STATEMENT: dict[str, Reader] = {
    "subject": _text, "scope": _text, "comparator": _one_of([c.value for c in Comparator]), "low": _figure,
    "high": _figure, "unit": _text, "year": _whole(*YEARS), "year_inherited": _truth,
    "kind": _one_of([k.value for k in Kind]), "bound": _one_of(BOUNDS), "direction": _one_of(DIRECTIONS),
    "role": _one_of(ROLES), "binding": _one_of(BINDINGS), "multiplicity": _whole(1, 100_000, empty=False),
    "table": _whole(0, 10**8), "section": _whole(0, 10**8),
}  # fmt: skip
FIELDS: dict[str, dict[str, Reader]] = {
    Kinds.STATEMENT: _STATEMENT,
    Kinds.CHAIN: {"stages": _stages, "kind": _text, "materials": _mapping},
    Kinds.CLAUSE: {"category": _text, "object": _text, "limits": _limits, "exceptions": _list, "places": _list,
                       "times": _list},
    Kinds.DUTY: {"task": _text, "lead": _list, "support": _list, "deadline": _text, "section": _whole(0, 10**8)},
    Kinds.PROJECT: {"name": _text, "kind": _text, "spellings": _list, "capacity": _text, "money": _text,
                        "enterprise": _text, "site": _text, "mentions": _whole(0, 10**8)},
    Kinds.NAME: {"name": _text, "kind": _one_of(NAMES), "spellings": _list, "capacity": _text, "money": _text,
                     "mentions": _whole(0, 10**8)},
}  # fmt: skip
EMPTY: dict[str, dict[str, Any]] = {
    Kinds.STATEMENT: {"subject": "", "scope": "", "comparator": "=", "unit": "", "year": None,
                          "year_inherited": False, "kind": "target", "bound": "", "direction": "", "role": "",
                          "binding": "", "multiplicity": 1, "table": None, "section": None},
    Kinds.CHAIN: {"kind": "", "materials": {}},
    Kinds.CLAUSE: {"category": "", "limits": [], "exceptions": [], "places": [], "times": []},
    Kinds.DUTY: {"lead": [], "support": [], "deadline": "", "section": None},
    Kinds.PROJECT: {"kind": "project", "spellings": [], "capacity": "", "money": ""},
    Kinds.NAME: {"kind": "", "spellings": [], "capacity": "", "money": ""},
}  # fmt: skip
NEEDED = {Kinds.STATEMENT: ("subject", "low"), Kinds.CHAIN: ("stages",), Kinds.CLAUSE: ("object",),
          Kinds.DUTY: ("task",), Kinds.PROJECT: ("name",), Kinds.NAME: ("name",)}  # fmt: skip


def clean(kind: str, given: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The values of an item of a kind: those given over those that stand.

    Raises
    ------
    Invalid
        With every problem by field.
    """
    readers, problems = FIELDS[kind], {}
    whole: dict[str, Any] = {**EMPTY[kind], **(before or {})}
    for key, value in given.items():
        reader = readers.get(key)
        if reader is None:
            problems[str(key)[:60]] = Text(
                f"没有字段“{str(key)[:40]}”。", f"There is no field “{str(key)[:40]}”; there are: {', '.join(readers)}."
            )
            continue
        try:
            whole[key] = reader(value)
        except parsing.Unreadable as error:
            problems[key] = error.text
    if kind == Kinds.STATEMENT and not problems:
        problems = _range(whole, given)
    for key in NEEDED[kind]:
        if key not in problems and not whole.get(key):
            problems[key] = Text("必填。", "It is required.")
    if problems:
        raise Invalid(problems)
    if kind == Kinds.STATEMENT and "year" in given and given["year"] != (before or {}).get("year"):
        whole["year_inherited"] = False
    return whole


def _range(whole: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Text]:
    """Both ends of a figure in step: equal unless it is a range."""
    if "low" not in whole:
        return {}
    if "high" not in whole or ("low" in given and "high" not in given and whole["comparator"] != "between"):
        whole["high"] = whole["low"]
    low, high = read_number(whole["low"]), read_number(whole["high"])
    if low > high:
        return {"high": Text("上界小于下界。请更正。", "The upper end is below the lower one. Correct them.")}
    if whole["comparator"] == "between" and low == high:
        return {"high": Text("“介于”须有不同的上下界。", "“between” needs two different ends.")}
    return {}
