"""Everything sure that was read in texts, taken as accepted: how packs are made without a desk."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from fractions import Fraction

from oreflow.core.provenance import Text
from oreflow.core.region import Region

from .matching import slug
from .merging import region_with
from .model import Accepted, Around, Held, Left, Merged, Proposal, Source
from .plain import statement_values
from .proposals import propose

_UNSURE = Text("读取或对应的把握不够。", "The reading or its match is not sure enough.")
_NO_YEAR = Text("原文没有年份。", "The text gives no year.")


def collect(region: Region, sources: Iterable[Source], at_least: float, hashes: dict[str, str]) -> Merged:
    """The region with the figures of some texts whose confidence is at least this.

    Parameters
    ----------
    region
        Whose areas and indicators the figures are put in terms of.
    sources
        The texts as read; `document` names each, and becomes its id.
    at_least
        The least chance, from 0 to 1, that a figure is read and matched rightly.
    hashes
        SHA-256 of each text by its document's name.
    """
    accepted: list[Accepted] = []
    left: list[Left] = []
    held: list[Held] = []
    for source in sources:
        taken = {d.id: d for d in held}
        document = _document(source, slug(source.document, taken), hashes.get(source.document, ""))
        held.append(document)
        for number, found in enumerate(_proposals(region, source)):
            key, (proposal, lines, sure) = f"{document.id}-{number + 1}", found
            reason = proposal.refusal or (_NO_YEAR if proposal.year is None else None)
            if reason is None and sure < at_least:
                reason = _UNSURE
            if reason is None:
                accepted.append(_accepted(key, proposal, document.id, lines))
            else:
                left.append(Left(f"{source.document}:{lines} {proposal.indicator_name}", reason))
    merged = region_with(region, accepted, held, numbered=False)
    return Merged(merged.region, (*left, *merged.left), merged.added)


def _document(source: Source, key: str, digest: str) -> Held:
    frame = source.reading.frame
    title = frame.title or source.document
    lines = source.text.count("\n") + 1
    return Held(key, title, "", None, frame.start_year, frame.horizon, lines, digest)


def _proposals(region: Region, source: Source) -> Iterable[tuple[Proposal, str, float]]:
    """Each figure in the region's terms, with its lines and how sure reading and match are."""
    feeds = [i for i, c in enumerate(source.text) if c == "\n"]
    around = Around.of(source.reading.frame)
    for s in source.reading.statements:
        first, last = (bisect_right(feeds, at - 1) + 1 for at in (s.start, max(s.start, s.end - 1)))
        lines = str(first) if first == last else f"{first}-{last}"
        made = propose(statement_values(s), region, around, quote=s.quote, confidence=s.confidence)
        yield made, lines, s.confidence * made.match


def _accepted(key: str, p: Proposal, document: str, lines: str) -> Accepted:
    return Accepted(
        id=key, kind=p.kind, area=p.area, area_name=p.area_name, indicator=p.indicator,
        indicator_name=p.indicator_name, form=p.form, comparator=p.comparator,
        value=Fraction(p.value) if p.value else None, upper=Fraction(p.upper) if p.upper else None, unit=p.unit,
        basis=p.basis, from_year=p.from_year, year=p.year or 0, binding=p.binding, base=p.base, printed=p.printed,
        decimals=p.decimals, document=document, lines=lines, product=p.product, within=p.within,
    )  # fmt: skip
