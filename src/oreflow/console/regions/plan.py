"""The first page's values as its template shows them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oreflow.core.chain import Answer, FlowNode, FlowPicture, Interval, PlanView, Scenario, Slider, Verdict
from oreflow.core.region import Region

from . import access, words
from .forms import FIELD_FACTORS, Setting
from .presenters import Piece, Shown, Style, common_places, percent, pieces, said, shown, without_brackets
from .tables import link


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A source as a link."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence as shown."""

    verdict: Verdict
    word: str
    hint: str
    pieces: list[tuple[Piece, str]]
    under: str
    more: list[str]
    mark: str
    sources: list[SourceLink]


def tally(view: PlanView) -> list[tuple[Verdict, str, int]]:
    """How many sentences break, are tight, hold."""
    counts = Counter(s.verdict for s in view.sentences)
    return [(v, words.word(words.VERDICTS, v), counts[v]) for v in Verdict if counts[v]]


def sentences(region: Region, view: PlanView, setting: Setting, style: Style) -> list[SentenceView]:
    """The sentences with their figures as links to origins at this setting."""
    out = []
    for sentence in view.sentences:
        cut = [(p, _origin_url(region, p, setting)) for p in pieces(said(sentence.text, style))]
        seen = dict.fromkeys(sentence.sources)
        under, more = _first_assumptions(said(sentence.under, style), style)
        out.append(
            SentenceView(
                verdict=sentence.verdict,
                word=words.word(words.VERDICTS, sentence.verdict),
                hint=words.word(words.VERDICT_HINTS, sentence.verdict),
                pieces=cut,
                under=under,
                more=more,
                mark=said(sentence.mark.text, style),
                sources=[SourceLink(_short_source(s.lines), source_url(region, s)) for s in seen],
            )
        )
    return out


_SHOWN_ASSUMPTIONS = 2


def _first_assumptions(text: str, style: Style) -> tuple[str, list[str]]:
    """What stands under a sentence: its first statements, and the others to be unfolded."""
    joint = "；" if style.language == "zh" else "; "
    parts = text.split(joint)
    if len(parts) <= _SHOWN_ASSUMPTIONS + 1:
        return text, []
    return joint.join(parts[:_SHOWN_ASSUMPTIONS]), parts[_SHOWN_ASSUMPTIONS:]


def _short_source(lines: str) -> str:
    if not lines:
        return _("plan")
    says = _("plan, line %(lines)s") if lines.isdigit() else _("plan, lines %(lines)s")
    return says % {"lines": lines.replace("-", "–")}


def source_url(region: Region, source: Any) -> str:
    """Address of a source's lines."""
    where = link("source", region, document_id=source.document)
    return f"{where}?lines={source.lines}" if source.lines else where


def _origin_url(region: Region, piece: Piece, setting: Setting) -> str:
    if piece.kind != "answer":
        return ""
    return f"{link('answer-origin', region, comparison_id=piece.key)}?{setting.query}"


@dataclass(frozen=True, slots=True)
class Tick:
    """A break-even on a slider: its place in percent of the track, and what it says."""

    at: str
    says: str


@dataclass(frozen=True, slots=True)
class SliderView:
    """A slider as shown; `factor` turns the number in the field into the slider's own scale."""

    key: str
    field: str
    label: str
    unit: str
    value: str
    high: str
    step: str
    start: str
    fill: str
    ticks: list[Tick]


def sliders(region: Region, view: PlanView, style: Style) -> list[SliderView]:
    """Sliders with their break-evens, in the reader's units."""
    return [_slider(region, s, view, style) for s in view.sliders]


def _slider(region: Region, slider: Slider, view: PlanView, style: Style) -> SliderView:
    suffix, factor, unit = _field(slider, style)

    def plain(value: float) -> str:
        return f"{round(value / factor, 6):g}" if abs(value / factor) < 1e5 else f"{value / factor:.0f}"

    start = _start(region, view.year, slider)
    high = max(start.high, slider.value)
    return SliderView(
        key=slider.key,
        field=f"s.{slider.key}~{suffix}",
        label=said(slider.label, style),
        unit=unit,
        value=plain(slider.value),
        high=plain(high),
        step=plain(slider.step),
        start=plain(start.value),
        fill=f"{100 * slider.value / (high or 1.0):.3f}%",
        ticks=[
            Tick(f"{100 * at / (high or 1.0):.3f}%", says)
            for at, says in _breaks(slider, view, style)
            if 0 <= at <= high
        ],
    )


def _field(slider: Slider, style: Style) -> tuple[str, float, str]:
    """Suffix of the field's name, its factor, and the unit beside it."""
    if slider.kind in ("share", "utilisation"):
        return "pct", FIELD_FACTORS["pct"], "%"
    factor, unit = style.scale(slider.unit)
    suffix = next((k for k, f in FIELD_FACTORS.items() if f == factor and k != "pct"), "plain")
    return suffix, factor if suffix != "plain" else 1.0, unit if suffix != "plain" else style.unit(slider.unit)


def _start(region: Region, year: int, slider: Slider) -> Slider:
    """The same slider where nothing is moved: its value is what a reset goes back to."""
    default = access.plan_view(region, year, Scenario())
    return next((s for s in default.sliders if s.key == slider.key), slider)


def _breaks(slider: Slider, view: PlanView, style: Style) -> list[tuple[float, str]]:
    out = []
    for answer in view.answers:
        for even in answer.break_evens:
            if even.slider == slider.key and even.at is not None:
                at = slider_amount(even.at, slider, style, ranged=False)
                name = said(answer.label, style)
                says = (
                    _("%(name)s: enough up to %(at)s") if even.fits == "below" else _("%(name)s: enough from %(at)s")
                ) % {"name": name, "at": at}
                out.append((even.at.value, says))
    return sorted(out)


def slider_amount(at: Interval, slider: Slider, style: Style, *, ranged: bool = True) -> str:
    """A place on a slider in words, with the range that coefficients give it."""
    if slider.kind != "purchase":
        wide = ranged and round(at.low, 2) != round(at.high, 2)
        return f"{percent(at.value)} [{percent(at.low)[:-1]}–{percent(at.high)}]" if wide else percent(at.value)
    amount = shown(at, slider.unit, style)
    between = f" [{amount.range}]" if ranged and amount.range else ""
    return f"{amount.value}{between} {amount.unit}"


@dataclass(frozen=True, slots=True)
class Misfit:
    """One comparison as a row: required, available, gap, verdict."""

    id: str
    label: str
    required: Shown
    available: Shown
    gap: Shown
    verdict: Verdict
    word: str
    hint: str
    unit: str
    url: str


def misfits(region: Region, view: PlanView, setting: Setting, style: Style) -> list[Misfit]:
    """Every comparison of the year, the worst first."""
    order = {Verdict.BREAK: 0, Verdict.AT_RISK: 1, Verdict.HOLDS: 2}
    return [misfit(region, a, setting, style) for a in sorted(view.answers, key=lambda a: order[a.verdict])]


def misfit(region: Region, answer: Answer, setting: Setting, style: Style) -> Misfit:
    sides = (answer.required.value, answer.available.value, answer.gap.value)
    size = max(abs(v) for v in sides)
    factor, unit = style.scale(answer.unit, size)
    places = common_places(v / factor for v in sides)
    return Misfit(
        id=answer.comparison,
        label=said(answer.label, style),
        required=shown(answer.required, answer.unit, style, places, size=size),
        available=shown(answer.available, answer.unit, style, places, size=size),
        gap=shown(answer.gap, answer.unit, style, places, signed=True, size=size),
        verdict=answer.verdict,
        word=words.word(words.VERDICTS, answer.verdict),
        hint=words.word(words.VERDICT_HINTS, answer.verdict),
        unit=unit,
        url=f"{link('answer-origin', region, comparison_id=answer.comparison)}?{setting.query}",
    )


def picture_title(view: PlanView) -> str:
    """The finding that the flow picture shows."""
    language = get_language() or "en"
    short = [a.label.in_language(language) for a in view.answers if a.verdict is Verdict.BREAK]
    if not short:
        return _("From ore to product: no step breaks")
    joint = "、" if language.startswith("zh") else ", "
    return _("From ore to product: not enough %(materials)s") % {"materials": joint.join(short)}


def picture_data(picture: FlowPicture, style: Style) -> dict[str, Any]:
    """Nodes and links for the chart: residuals stand beside what they belong to, amounts are said."""
    factor, unit = style.scale("t")
    drawn = _residuals_apart(picture)
    names = {n.id: said(n.name, style) for n in drawn.nodes}
    first = min((n.stage for n in drawn.nodes), default=0)
    widest = max((k.amount for k in drawn.links), default=0.0)
    return {
        "unit": unit,
        "nodes": [
            {
                "id": n.id,
                "name": names[n.id],
                "label": _label(n, names[n.id]),
                "residual": n.state in ("waste", "surplus", "bought") or n.id.endswith(_GATHERED),
                "stage": n.stage - first,
                "family": n.family,
                "state": n.state,
                "said": _node_words(n, factor),
                "quiet": bool(n.state not in ("", "short") and n.amount < _LABELLED * widest),
            }
            for n in drawn.nodes
        ],
        "links": [
            {
                "source": k.source,
                "target": k.target,
                "kind": k.kind,
                "value": max(k.amount / factor, 1e-9),
                "said": f"{names[k.source]} \u2192 {names[k.target]} {_rounded(k.amount / factor)} {unit}",
            }
            for k in drawn.links
        ],
        "rows": [[r.source, r.target, r.amount, r.kind] for r in flow_rows(picture, style)],
        "families": _families(drawn),
        "words": {"short": _("short")},
    }


_GATHERED = ("·short", "·bought", "·surplus", "·losses")  # the engine's nodes for what enters or leaves
_LABELLED = 0.012  # of the widest flow: smaller residuals are drawn without a label


def _residuals_apart(picture: FlowPicture) -> FlowPicture:
    """One small node per loss, surplus, purchase or shortfall, next to the material it belongs to.

    The engine gathers them in one node each, which would draw bands across the whole picture.
    """
    nodes = {n.id: n for n in picture.nodes}
    gathered: set[str] = set()
    own: dict[str, FlowNode] = {}
    links = []
    for link_ in picture.links:
        if link_.kind not in ("waste", "surplus", "bought"):
            links.append(link_)
            continue
        leaving = link_.kind != "bought"
        shared, owner = (link_.target, link_.source) if leaving else (link_.source, link_.target)
        gathered.add(shared)
        stage = nodes[owner].stage + (1 if leaving else -1)
        state = nodes[shared].state or link_.kind
        node_id = f"{owner}{shared}"
        own[node_id] = replace(nodes[shared], id=node_id, stage=stage, amount=link_.amount, state=state, stated=None)
        ends = (owner, node_id) if leaving else (node_id, owner)
        links.append(replace(link_, source=ends[0], target=ends[1]))
    kept = [n for n in picture.nodes if n.id not in gathered]
    return replace(picture, nodes=(*kept, *own.values()), links=tuple(links))


def _label(node: FlowNode, name: str) -> str:
    """A short label: residuals by one word, others without what stands in brackets."""
    residual = {"waste": _("losses"), "surplus": _("left over"), "bought": _("bought")}
    return residual.get(node.state) or without_brackets(name)


def _families(picture: FlowPicture) -> list[tuple[str, str]]:
    """The legend: families that are drawn, in their fixed order, and the colour of what is short."""
    drawn = {n.family for n in picture.nodes}
    out = [(key, words.word(words.FAMILIES, key)) for key in words.FAMILIES if key in drawn]
    if any(n.state == "short" for n in picture.nodes):
        out.append(("short", _("short")))
    return out


def _rounded(value: float) -> str:
    interval = Interval(value, value, value)
    return shown(interval, "1", Style("en", "unit")).value


def _node_words(node: FlowNode, factor: float) -> str:
    """A node's label: its amount, and after a slash what the plan states where that is not enough."""
    amount = _rounded(node.amount / factor)
    if node.state == "short" and node.stated:
        return f"{amount} / {_rounded(node.stated / factor)}"
    return amount


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One flow as a row of the chart's table."""

    source: str
    target: str
    amount: str
    kind: str


def flow_rows(picture: FlowPicture, style: Style) -> list[FlowRow]:
    """The chart's table: from, to, amount, kind; the largest first."""
    factor, _unit = style.scale("t")
    names = {n.id: said(n.name, style) for n in picture.nodes}
    return [
        FlowRow(names[k.source], names[k.target], _rounded(k.amount / factor), words.word(words.LINKS, k.kind))
        for k in sorted(picture.links, key=lambda k: -k.amount)
    ]
