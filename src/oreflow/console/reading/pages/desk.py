"""The desk of one document: its text beside what was read in it, the chosen item, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from oreflow.console.people.access import Viewer
from oreflow.console.reading import access
from oreflow.console.reading.models import Decision, Document, Item
from oreflow.core.provenance import Text

from . import adoption, fields, rows, window, words
from .held import Held, Part, held
from .wish import STATES, Wish, narrowed

Kind: Any = Item.Kind  # choices come without types
State: Any = Item.State
Act: Any = Decision.Act

MOST_DECISIONS = 50


@dataclass(frozen=True, slots=True)
class Trial:
    """What was tried and did not happen: the act, what was given, and why not."""

    act: str = ""
    item: int | None = None
    given: Mapping[str, Any] | None = None
    problems: Mapping[str, Text] = field(default_factory=dict)
    said: Text | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision of an item's history, with the fields it changed."""

    decision: Decision
    act: str
    changes: list[tuple[Any, str, str]]
    became: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A section of the outline with its sub-sections."""

    part: Part
    url: str
    here: bool
    under: list[Node]


def context(viewer: Viewer, document: Document, wish: Wish, trial: Trial | None = None) -> dict[str, Any]:
    """Everything the desk shows."""
    tried = trial or Trial()
    text = held(document.pk, document.text_sha256)
    items = access.items_of(viewer, document)
    chosen = _chosen(viewer, document, wish)
    found = rows.counts(items)
    wish = settled(wish, chosen, items, text, first=next((k for k, _s in sorted(found, key=_order)), ""))
    index = text.window_of(_offset(wish, chosen, text))
    start, end = text.window(index)
    marks = items.filter(start__lt=end, end__gt=start)[: window.MOST_MARKS]
    refusal = access.why_not_decide(viewer, document)
    shown: dict[str, Any] = {
        "document": document,
        "wish": wish,
        "held": text,
        "list": rows.listed(items, wish, text, chosen),
        "pane": window.pane(text, index, marks, wish),
        "outline": outline(text, wish, start),
        "tabs": rows.tabs(found, wish),
        "states": rows.states(found, wish),
        "bands": rows.bands(wish),
        "chosen": chosen,
        "refusal": refusal,
        "trial": tried,
        "counts": {state: sum(n for (_k, s), n in found.items() if s == state) for state in STATES},
        "kinds": words.KINDS,
    }
    if wish.kind and refusal is None:
        shown["shares"] = rows.shares(items, wish.kind)
    if chosen is not None:
        shown |= panel(viewer, document, chosen, wish, text, tried)
    return shown | _together(viewer, document, wish, tried, text)


def _chosen(viewer: Viewer, document: Document, wish: Wish) -> Item | None:
    if wish.item is None:
        return None
    everything = access.items_of(viewer, document)
    replaced = access.items_of(viewer, document, state=State.REPLACED)
    return everything.filter(pk=wish.item).first() or replaced.filter(pk=wish.item).first()


def _order(key: tuple[str, str]) -> int:
    return list(words.KINDS).index(key[0])


def settled(wish: Wish, chosen: Item | None, items: QuerySet[Item], text: Held, first: str) -> Wish:
    """The wish without what contradicts the chosen item, and with a kind."""
    if wish.section is not None and wish.section >= len(text.sections):
        wish = replace(wish, section=None)
    if chosen is None:
        return replace(wish, item=None, kind=wish.kind or first or Kind.STATEMENT)
    wish = replace(wish, kind=chosen.kind)
    if chosen.state != State.REPLACED and not narrowed(items.filter(pk=chosen.pk), wish, text).exists():
        wish = replace(wish, state="", sure="", section=None, q="", page=1)
    return wish


def _offset(wish: Wish, chosen: Item | None, text: Held) -> int:
    if wish.at is not None:
        return wish.at
    if chosen is not None:
        return int(chosen.start)
    if wish.start is not None and wish.do == "add":
        return wish.start
    return text.sections[wish.section].start if wish.section is not None else 0


def outline(text: Held, wish: Wish, offset: int) -> list[Node]:
    """The outline as a tree; the section of the window's first character is where the reader is."""
    here = {p.index for p in text.path_of(offset)}
    nodes: list[Node] = []
    made: dict[int, Node] = {}
    for part in text.sections:
        url = wish.url(at=part.start, item=None, do="", pane="")
        made[part.index] = node = Node(part, url, part.index in here, [])
        above = made.get(part.parent) if part.parent is not None else None
        (above.under if above else nodes).append(node)
    return nodes


def panel(viewer: Viewer, document: Document, item: Item, wish: Wish, text: Held, tried: Trial) -> dict[str, Any]:
    """What the chosen item's panel shows."""
    given = tried.given if tried.item == item.pk else None
    doing = tried.act or wish.do
    listing = narrowed(access.items_of(viewer, document), wish, text)
    after = listing.filter(rows.following(item)).first()
    before = listing.filter(rows.preceding(item)).last()
    return {
        "row": rows.row(item, wish, text),
        "facts": fields.facts(item),
        "doubts": words.doubts(item),
        "path": text.path_of(item.start),
        "history": history(viewer, item),
        "doing": doing,
        "correcting": fields.inputs(
            item.kind, item.values, tried.problems if doing == "correct" else {},
            given=given if doing == "correct" else None,
        ),
        "splitting": split_parts(item, wish, tried) if doing == "split" else [],
        "split_problem": tried.problems.get("") if doing == "split" else None,
        "more_parts": wish.url(do="split", parts=wish.parts + 1),
        "adoption": adoption.form(
            document, item, tried.problems if tried.act == "accept" else {}, given if tried.act == "accept" else None
        ),
        "record_url": adoption.record_url(viewer, item),
        "next_url": wish.url(item=after.pk, at=None, do="", pane="items") if after else "",
        "previous_url": wish.url(item=before.pk, at=None, do="", pane="items") if before else "",
    }  # fmt: skip


def split_parts(item: Item, wish: Wish, tried: Trial) -> list[list[fields.Input]]:
    """The forms of the parts that an item is to be split into."""
    given = tried.given if tried.item == item.pk and tried.act == "split" else None
    found = tried.problems if given is not None else {}
    parts = []
    for n in range(wish.parts):
        own = {key.removeprefix(f"{n}."): text for key, text in found.items() if key.startswith(f"{n}.")}
        parts.append(fields.inputs(item.kind, item.values, own, f"part-{n}-", given))
    return parts


def history(viewer: Viewer, item: Item) -> list[Entry]:
    """Who decided what and when, newest first, with before and after."""
    out = []
    for decision in access.decisions_of(viewer, item)[:MOST_DECISIONS]:
        before, after = _values(decision.before), _values(decision.after)
        changes = fields.changed(before, after, item.kind) if before and after else []
        out.append(Entry(decision, words.word(words.ACTS, decision.act), changes, _became(decision)))
    return out


def _became(decision: Decision) -> str:
    """What an acceptance wrote into the register, in a line."""
    rows = decision.after.get("values") if decision.act == Act.ACCEPT else None
    row = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], Mapping) else {}
    upper = row.get("upper") or row.get("value")
    figure = words.amount({"low": row["value"], "high": upper, **row}) if row.get("value") else ""
    parts = (row.get("area_name"), row.get("name"), row.get("year"), row.get("attribute"), figure)
    return " · ".join(str(p) for p in parts if p)


def _values(side: Any) -> Mapping[str, Any]:
    """The values of a side of a decision, whether they stand alone or beside the state."""
    inner = side.get("values") if isinstance(side, Mapping) else None
    return inner if isinstance(inner, Mapping) else side if isinstance(side, Mapping) else {}


def _together(viewer: Viewer, document: Document, wish: Wish, tried: Trial, text: Held) -> dict[str, Any]:
    """The forms that are about no single item: merging, and adding by hand."""
    doing = tried.act or wish.do
    given = tried.given
    if doing == "merge" and wish.merge:
        merging = list(access.items_of(viewer, document).filter(pk__in=wish.merge))
        if merging:
            form = fields.inputs(merging[0].kind, merging[0].values, tried.problems, given=given)
            return {"merging": merging, "merge_form": form, "merge_url": wish.url(do="", merge=())}
    if doing == "add":
        values = {"scope": document.frame.get("region", ""), "comparator": "=", "kind": "target"}
        selected = text.text[wish.start : wish.end] if wish.start is not None and wish.end is not None else ""
        form = fields.inputs(wish.kind, values, tried.problems, given=given)
        quote = str(given.get("quote", "")) if given else selected[:2_000]
        return {"adding": True, "add_form": form, "add_quote": quote}
    return {}


def next_open(viewer: Viewer, document: Document, item: Item, wish: Wish) -> Item | None:
    """The next item to decide in the reader's list, after this one and else from the beginning."""
    text = held(document.pk, document.text_sha256)
    kept = narrowed(access.items_of(viewer, document, state=State.OPEN), replace(wish, state=""), text)
    return kept.filter(rows.following(item)).first() or kept.exclude(pk=item.pk).first()
