"""Whether what a text cites is in force on a day: row C09."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from oreflow.core.provenance import Anchor, AnchoredFinding, FindingClass, Mark, Text

from .editions import Editions, citations_of
from .model import Citation, Currency, Regulation, State
from .names import key

_KINDS = {
    State.IN_FORCE: FindingClass.HOLDS,
    State.SUSPENDED: FindingClass.INFORMATION,
    State.REPLACED: FindingClass.CONFLICT,
    State.REPEALED: FindingClass.CONFLICT,
    State.NOT_YET: FindingClass.CONFLICT,
    State.UNKNOWN: FindingClass.INFORMATION,
}


def currency(
    text: str | Iterable[Citation], editions: Editions, on: date, *, doc: str = ""
) -> tuple[AnchoredFinding, ...]:
    """One finding for each text that is cited, with an anchor for each place.

    Parameters
    ----------
    text
        The text, or citations that `cited` found in it.
    editions
        The held editions.
    on
        The day asked about.
    doc
        The document's name, for the anchors.

    A text that is not held is "not known": never in force. Findings stand in the order of first citation.
    """
    grouped: dict[tuple[str, str, State], list[Currency]] = {}
    for citation in citations_of(text, editions):
        found = editions.current(citation, on)
        name = found.regulation.id if found.regulation else f"{citation.title}|{citation.number or citation.edition}"
        grouped.setdefault((name, found.misprint, found.state), []).append(found)
    return tuple(_finding(places, on, doc) for places in grouped.values())


def _finding(places: list[Currency], on: date, doc: str) -> AnchoredFinding:
    first = places[0]
    kind = _KINDS[first.state]
    regulation = first.regulation
    if kind is FindingClass.HOLDS and regulation is not None and not regulation.followed(on):
        kind = FindingClass.INFORMATION
    title, detail = _words(first, on)
    return AnchoredFinding(
        code=f"currency.{regulation.id if regulation else first.citation.start}",
        check="currency",
        kind=kind,
        title=title,
        detail=detail,
        cells=(regulation.id,) if regulation else (),
        mark=max([regulation.mark, *(s.mark for s in first.successors)]) if regulation else Mark.PLAN,
        anchors=tuple(Anchor(doc, p.citation.start, p.citation.end, p.citation.quote) for p in places),
    )


def _named(regulation: Regulation) -> Text:
    number = f"（{regulation.number}）" if regulation.number else ""
    year = f"（{regulation.edition}年）" if regulation.edition and str(regulation.edition) not in number else ""
    zh = f"《{regulation.title.zh}》" + (year if str(regulation.edition) not in regulation.title.zh else "") + number
    told = f", {regulation.number}" if regulation.number else ""
    edition = f" ({regulation.edition})" if regulation.edition and str(regulation.edition) not in told else ""
    return Text(
        zh, f"{regulation.title.en}{edition if str(regulation.edition) not in regulation.title.en else ''}{told}"
    )


def _printed(citation: Citation) -> str:
    title = f"《{citation.title}》" if citation.title else ""
    year = f"（{citation.edition}年）" if citation.edition and str(citation.edition) not in citation.number else ""
    return title + year + (f"（{citation.number}）" if title and citation.number else citation.number)


def _words(found: Currency, on: date) -> tuple[Text, Text]:
    if found.regulation is None:
        return _unknown_words(found, on)
    regulation, what = found.regulation, _named(found.regulation)
    told = _TITLES[found.state](what, on, found)
    parts = [_since(regulation), *_further(found, on)]
    return told, Text("".join(p.zh for p in parts), " ".join(p.en for p in parts if p.en))


def _in_force(what: Text, on: date, found: Currency) -> Text:
    del found
    return Text(f"{what.zh}在 {on} 现行有效。", f"{what.en} is in force on {on}.")


def _suspended(what: Text, on: date, found: Currency) -> Text:
    since = found.regulation.suspended_from if found.regulation else None
    return Text(
        f"{what.zh}在 {on} 未废止，但自 {since} 起暂停办理。",
        f"{what.en} is not repealed on {on}, but filings under it have been suspended since {since}.",
    )


def _replaced(what: Text, on: date, found: Currency) -> Text:
    del on
    after = [_named(r) for r in found.successors]
    end = found.regulation.valid_to if found.regulation else None
    zh = "、".join(t.zh for t in after) or "后续文件"
    en = " and ".join(t.en for t in after) or "a later text"
    return Text(f"{what.zh}自 {end} 起已被{zh}替代。", f"{what.en} was replaced on {end} by {en}.")


def _repealed(what: Text, on: date, found: Currency) -> Text:
    del on
    end = found.regulation.valid_to if found.regulation else None
    return Text(f"{what.zh}自 {end} 起已废止。", f"{what.en} was repealed on {end}.")


def _not_yet(what: Text, on: date, found: Currency) -> Text:
    begin = found.regulation.valid_from if found.regulation else None
    return Text(
        f"{what.zh}在 {on} 尚未施行（{begin} 起施行）。", f"{what.en} is not in force on {on}; it begins on {begin}."
    )


def _no_day(what: Text, on: date, found: Currency) -> Text:
    del found
    return Text(f"{what.zh}在 {on} 是否有效未知。", f"Whether {what.en} is in force on {on} is not known.")


_TITLES = {
    State.IN_FORCE: _in_force,
    State.SUSPENDED: _suspended,
    State.REPLACED: _replaced,
    State.REPEALED: _repealed,
    State.NOT_YET: _not_yet,
    State.UNKNOWN: _no_day,
}


def _since(regulation: Regulation) -> Text:
    if regulation.valid_from is None:
        return Text("施行日未载明。", "The day it began is not held.")
    if regulation.valid_to is not None:
        return Text(
            f"施行期为 {regulation.valid_from} 至 {regulation.valid_to}。",
            f"It was in force from {regulation.valid_from} to {regulation.valid_to}.",
        )
    return Text(f"{regulation.valid_from} 起施行。", f"In force since {regulation.valid_from}.")


def _further(found: Currency, on: date) -> list[Text]:
    out: list[Text] = []
    regulation = found.regulation
    if regulation is None:
        return out
    if found.state is State.REPLACED:
        out.append(Text("请改引现行文本，并核对所引条款是否变化。", "Cite the present text and check what changed."))
    if not found.dated and found.state is State.IN_FORCE:
        out.append(
            Text(
                "文中未写明版本，按当日有效的版本理解。",
                "The text names no edition; the one in force that day is meant.",
            )
        )
    if found.misprint:
        out.append(
            Text(
                f"文中文号印为“{found.citation.number}”，应为“{found.misprint}”。",
                f"Its number is printed as “{found.citation.number}”; it is “{found.misprint}”.",
            )
        )
    if found.citation.title and found.citation.number and not _same_title(found.citation, regulation):
        out.append(
            Text(
                f"文中题名“{found.citation.title}”与该文号的正式名称不同。",
                f"The text prints another title for this number: “{found.citation.title}”.",
            )
        )
    if not regulation.followed(on):
        known = regulation.known_at or Text("未注明的日期", "an unstated day").en
        out.append(
            Text(
                f"状态跟踪至 {known}，此后有无变化须另行核实。",
                f"Its state was followed up to {known}; check for changes since.",
            )
        )
    if regulation.mark >= Mark.MEMORY:
        out.append(
            Text("该状态凭行业常识，尚未对照原文。", "This is industry knowledge, not checked against the text.")
        )
    if regulation.note.zh:
        out.append(regulation.note)
    return out


def _same_title(citation: Citation, regulation: Regulation) -> bool:
    return key(citation.title) in {key(n) for n in (regulation.title.zh, *regulation.names)}


def _unknown_words(found: Currency, on: date) -> tuple[Text, Text]:
    printed = _printed(found.citation)
    title = Text(f"{printed}在 {on} 是否有效未知。", f"Whether {printed} is in force on {on} is not known.")
    if found.successors:
        held = "、".join(_named(r).zh for r in found.successors)
        held_en = "; ".join(_named(r).en for r in found.successors)
        return title, Text(
            f"库中有同名文件的其他版本：{held}，没有所引版本；请补录或核对年份。",
            f"Other editions are held: {held_en}; the one cited is not. Add it or check the year.",
        )
    return title, Text(
        "库中没有该文件；未知不等于有效，请向发布机关核实。",
        "It is not held; unknown does not mean in force: ask the issuing body.",
    )
