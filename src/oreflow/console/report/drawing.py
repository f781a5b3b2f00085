"""Pictures of the report as plain SVG: ratios with whiskers, windows along a share, flows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from oreflow.core.chain import Answer, FlowLink, FlowNode, FlowPicture, Verdict, amount
from oreflow.core.provenance import Text

COLOURS = {  # one colour per material family everywhere: the same as in static/console/flows.js
    "iron": "#8a5a2b",
    "vanadium": "#b8578f",
    "titanium": "#0072b2",
    "rare-earths": "#009e73",
    "aluminium": "#56a5d8",
    "manganese": "#d55e00",
    "energy": "#c98a00",
    "waste": "#8b95a5",
    "other": "#667085",
}
VERDICT_COLOURS = {Verdict.BREAK: "#B42318", Verdict.AT_RISK: "#B54708", Verdict.HOLDS: "#067647"}
_FONT = 'font-family="Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"'
_LINES = ("#B42318", "#0E7490", "#B45309", "#475569", "#7C3AED", "#0F766E")
_MOST = 2.0


def _svg(width: int, height: int, label: str, body: Sequence[str]) -> SafeString:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(label)}" {_FONT} font-size="12">'
    )
    return mark_safe(head + "".join(body) + "</svg>")  # noqa: S308 - every text in it went through escape


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "#344054", size: int = 12) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">{escape(text)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1.0, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{dashed}/>'


def ratio_chart(answers: Sequence[Answer], language: str) -> SafeString:
    """Required as a share of available: a dot at the stated coefficients, a whisker over their ranges."""
    rows = [a for a in answers if a.available.value > 0]
    left, right, step, top = 250, 640, 26, 30
    height = top + step * len(rows) + 26

    def x(ratio: float) -> float:
        return left + (right - left) * min(ratio, _MOST) / _MOST

    body = [_line(x(1), top - 8, x(1), height - 22, "#344054", 1, "3 3")]
    body += [
        _text(x(t), height - 6, f"{t:.0%}", anchor="middle", colour="#667085", size=11) for t in (0, 0.5, 1, 1.5, 2)
    ]
    body.append(
        _text(
            x(1),
            top - 14,
            Text("可供 = 100%", "available = 100%").in_language(language),
            anchor="middle",
            size=11,
        )
    )
    for k, answer in enumerate(rows):
        y = top + step * (k + 0.5)
        colour = VERDICT_COLOURS[answer.verdict]
        low, mid, high = _ratios(answer)
        body.append(_text(left - 10, y + 4, answer.label.in_language(language), anchor="end"))
        body.append(_line(x(low), y, x(high), y, colour, 2))
        body += [_line(x(v), y - 4, x(v), y + 4, colour, 2) for v in (low, high)]
        body.append(f'<circle cx="{x(mid):.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>')
        body.append(_text(right + 12, y + 4, f"{mid:.0%}", colour=colour))
    title = Text("需要占可供的比例", "required as a share of available").in_language(language)
    return _svg(700, height, title, body)


def _ratios(answer: Answer) -> tuple[float, float, float]:
    """Low, stated, high of required ÷ available, from the joint gap so that common parts move together."""
    base = answer.available.value
    mid = answer.required.value / base
    return (
        mid - (answer.gap.high - answer.gap.value) / base,
        mid,
        mid + (answer.gap.value - answer.gap.low) / base,
    )


Track = tuple[Text, Text, list[tuple[float, float, float, float]]]


def window_chart(tracks: Sequence[Track], language: str) -> SafeString:
    """Required ÷ available along a route share, one line and band per comparison."""
    if not tracks:
        return mark_safe("")
    left, right, top, bottom = 60, 560, 24, 270

    def x(share: float) -> float:
        return left + (right - left) * share

    def y(ratio: float) -> float:
        return bottom - (bottom - top) * min(max(ratio, 0.0), 3.0) / 3.0

    body = [
        _line(left, y(r), right, y(r), "#E4E7EC" if r != 1 else "#344054", 1, "" if r != 1 else "3 3")
        for r in (0, 1, 2, 3)
    ]
    body += [_text(left - 8, y(r) + 4, f"{r:.0%}", anchor="end", colour="#667085", size=11) for r in (0, 1, 2, 3)]
    body += [
        _text(x(s), bottom + 18, f"{s:.0%}", anchor="middle", colour="#667085", size=11)
        for s in (0, 0.25, 0.5, 0.75, 1)
    ]
    axis = Text(f"{tracks[0][0].zh}占比", f"share of the {tracks[0][0].en} route").in_language(language)
    body.append(_text((left + right) / 2, bottom + 36, axis, anchor="middle"))
    for k, (_, _, points) in enumerate(tracks):
        colour = _LINES[k % len(_LINES)]
        band = [(x(s), y(high)) for s, _, _, high in points] + [(x(s), y(low)) for s, low, _, _ in reversed(points)]
        body.append(f'<polygon points="{_points(band)}" fill="{colour}" fill-opacity="0.12"/>')
        middle = _points([(x(s), y(v)) for s, _, v, _ in points])
        body.append(f'<polyline points="{middle}" fill="none" stroke="{colour}" stroke-width="2"/>')
    ends = sorted(
        (points[-1][2], label.in_language(language), _LINES[k % len(_LINES)])
        for k, (_, label, points) in enumerate(tracks)
    )
    last = bottom + 16.0
    for ratio, label, colour in ends:
        last = min(y(ratio) + 4, last - 15)
        body.append(_text(right + 8, last, f"{label} {ratio:.0%}", colour=colour))
    return _svg(700, bottom + 44, axis, body)


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in points)


def sankey(picture: FlowPicture, language: str) -> SafeString:
    """A static flow picture: columns by stage, widths by mass, shortfalls in red."""
    if not picture.nodes:
        return mark_safe("")
    width, height, bar = 1000, 620, 10
    place, scale = _layout(picture, width - 150, height - 30)
    body = _ribbons(picture, place, scale, bar)
    for node in picture.nodes:
        at_x, at_y, tall = place[node.id]
        colour = "#B42318" if node.state == "short" else COLOURS[node.family]
        body.append(f'<rect x="{at_x:.1f}" y="{at_y:.1f}" width="{bar}" height="{tall:.1f}" fill="{colour}"/>')
        said = amount(node.amount, "t").in_language(language)
        if node.stated is not None:
            said += f" / {amount(node.stated, 't').in_language(language)}"
        shown = "#B42318" if node.state == "short" else "#1D2939"
        middle = at_y + tall / 2
        body.append(_text(at_x + bar + 4, middle - 1, node.name.in_language(language), colour=shown, size=11))
        body.append(_text(at_x + bar + 4, middle + 9, said, colour=shown, size=10))
    title = Text("从矿石到产品的质量流", "mass flows from ore to product").in_language(language)
    return _svg(width, height, title, body)


Place = dict[str, tuple[float, float, float]]
_LEAST = 24.0  # height of a node's row, for its two lines of label


def _layout(picture: FlowPicture, width: float, height: float) -> tuple[Place, float]:
    """x, y and height of every node, and px per t; columns by stage, rows by what feeds and follows."""
    columns: dict[int, list[FlowNode]] = defaultdict(list)
    for node in picture.nodes:
        columns[node.stage].append(node)
    stages = sorted(columns)
    scale = min((height - _LEAST * len(c)) / max(sum(n.amount for n in c), 1.0) for c in columns.values())
    place: Place = {}
    for sweep in range(6):
        for k, stage in enumerate(stages if sweep % 2 == 0 else stages[::-1]):
            column = k if sweep % 2 == 0 else len(stages) - 1 - k
            at_x = 10 + column * width / max(len(stages) - 1, 1)
            rows = sorted(columns[stage], key=lambda n: (_centre(n, picture.links, place, sweep), -n.amount))
            total = sum(max(n.amount * scale, _LEAST) for n in rows)
            gap = min(18.0, (height - total) / max(len(rows) - 1, 1)) if total < height else 0.0
            at_y = 14 + max(0.0, (height - total - gap * (len(rows) - 1)) / 2)
            for node in rows:
                place[node.id] = (at_x, at_y, max(node.amount * scale, 1.5))
                at_y += max(node.amount * scale, _LEAST) + gap
    return place, scale


def _centre(node: FlowNode, links: Sequence[FlowLink], place: Place, sweep: int) -> float:
    """Mean height of the neighbours placed so far: feeds first, followers on the way back."""
    ends = [
        (x.amount, x.source if sweep % 2 == 0 else x.target)
        for x in links
        if (x.target if sweep % 2 == 0 else x.source) == node.id
    ]
    known = [(a, place[e][1] + place[e][2] / 2) for a, e in ends if e in place]
    total = sum(a for a, _ in known)
    if total:
        return sum(a * y for a, y in known) / total
    return place[node.id][1] if node.id in place else 1e6


def _ribbons(picture: FlowPicture, place: Place, scale: float, bar: int) -> list[str]:
    out: list[str] = []
    used_out: dict[str, float] = defaultdict(float)
    used_in: dict[str, float] = defaultdict(float)
    family = {n.id: n.family for n in picture.nodes}
    for link in sorted(picture.links, key=lambda x: (place[x.target][1], place[x.source][1])):
        x1, y1, _ = place[link.source]
        x2, y2, _ = place[link.target]
        thick = max(link.amount * scale, 0.6)
        half = thick / 2
        a, b = y1 + used_out[link.source] + half, y2 + used_in[link.target] + half
        used_out[link.source] += thick
        used_in[link.target] += thick
        middle = (x1 + bar + x2) / 2
        colour = "#B42318" if link.kind == "bought" else COLOURS[family[link.source]]
        top = f"M{x1 + bar:.1f},{a - half:.1f} C{middle:.1f},{a - half:.1f} {middle:.1f},{b - half:.1f}"
        low = f"L{x2:.1f},{b + half:.1f} C{middle:.1f},{b + half:.1f} {middle:.1f},{a + half:.1f}"
        shape = f"{top} {x2:.1f},{b - half:.1f} {low} {x1 + bar:.1f},{a + half:.1f} Z"
        out.append(f'<path d="{shape}" fill="{colour}" fill-opacity="0.28"/>')
    return out
