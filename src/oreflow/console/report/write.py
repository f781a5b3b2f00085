"""Gather a region's results and write them as one self-contained HTML page, and as PDF."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from oreflow.core.chain import (
    Answer,
    Scenario,
    Sentence,
    Verdict,
    amount,
    chain_of,
    compare,
    picture,
    require,
    slider_keys,
    unmarked,
    view,
    with_range,
    years,
)
from oreflow.core.provenance import Finding, FindingClass, Source, Text
from oreflow.core.region import Region
from oreflow.core.targets import check

from .drawing import ratio_chart, sankey, window_chart

_STEPS = 11


class ReportError(RuntimeError):
    """The PDF could not be made; the message says what to install."""


def write_report(
    region: Region,
    folder: Path,
    *,
    year: int | None = None,
    languages: Sequence[str] = ("zh", "en"),
    pdf: bool = True,
) -> list[Path]:
    """Write `<region>-<year>-report.<language>.html` and `.pdf` into `folder` and return the paths.

    Everything is rendered before the first file is written, and each file appears whole.

    Raises
    ------
    ReportError
        If PDF is asked for and its libraries are missing.
    UnknownYear
        If the region has no chain for the year.
    """
    chosen = year if year is not None else max(years(region))
    pages = {language: render_report(region, chosen, language) for language in languages}
    made: dict[Path, bytes] = {}
    for language, page in pages.items():
        stem = folder / f"{region.id}-{chosen}-report.{language}"
        made[stem.with_name(stem.name + ".html")] = page.encode()
        if pdf:
            made[stem.with_name(stem.name + ".pdf")] = render_pdf(page)
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in made.items():
        with NamedTemporaryFile(dir=folder, prefix=".report-", delete=False) as partial:
            partial.write(content)
        Path(partial.name).chmod(0o644)
        Path(partial.name).replace(path)
    return list(made)


def render_report(region: Region, year: int, language: str) -> str:
    """The report as a self-contained HTML page in `zh` or `en`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oreflow.console.settings")
    import django
    from django.template.loader import render_to_string
    from django.utils import translation

    django.setup()
    with translation.override("zh-hans" if language == "zh" else "en"):
        return render_to_string("report/report.html", _content(region, year, language))


def _content(region: Region, year: int, language: str) -> dict[str, Any]:
    page = view(region, year)
    findings = check(region)
    shown = [f for f in findings if f.kind is not FindingClass.HOLDS]
    needed = require(region, year)
    flows = picture(region, year)
    return {
        "language": "zh-Hans" if language == "zh" else "en",
        "zh": language == "zh",
        "region": region,
        "name": region.name.in_language(language),
        "year": year,
        "counts": [(k.text.in_language(language), sum(f.kind is k for f in findings)) for k in FindingClass],
        "findings": [
            _finding(f, region, language) for f in sorted(shown, key=lambda f: list(FindingClass).index(f.kind))
        ],
        "sentences": [_sentence(s, region, language) for s in page.sentences],
        "answers": [_answer(a, language) for a in page.answers],
        "balances": [
            (
                b.name.in_language(language),
                *(
                    with_range(x, b.unit).in_language(language) if x.high > 0 else ""
                    for x in (b.need, b.made, b.arising, b.to_buy, b.surplus)
                ),
                b.mark.text.in_language(language),
            )
            for b in sorted(needed.balances.values(), key=lambda b: -max(b.need.value, b.made.value, b.arising.value))
        ],
        "short": _short(page.answers, language),
        "assumptions": [a.in_language(language) for a in needed.assumptions],
        "ratios": ratio_chart(page.answers, language),
        "window": window_chart(_windows(region, year), language),
        "sankey": sankey(flows, language),
        "cut": [
            (
                region.library.materials[a].name.in_language(language),
                region.library.materials[b].name.in_language(language),
            )
            for a, b, _ in flows.cut
            if a in region.library.materials and b in region.library.materials
        ],
        "simulated": region.simulated,
    }


def _finding(finding: Finding, region: Region, language: str) -> dict[str, str]:
    return {
        "kind": finding.kind.value,
        "kind_text": finding.kind.text.in_language(language),
        "title": finding.title.in_language(language),
        "detail": finding.detail.in_language(language),
        "sources": _places(finding.sources, region, language),
    }


def _places(sources: Sequence[Source], region: Region, language: str) -> str:
    """Documents by title with their lines: one title, all its lines."""
    lines: dict[str, list[str]] = {}
    for source in sources:
        lines.setdefault(source.document, []).append(source.lines)
    word = Text("第 {} 行", "lines {}").in_language(language)
    return "; ".join(
        f"{region.documents[document].title.in_language(language)} {word.format(', '.join(filter(None, found)))}"
        for document, found in lines.items()
    )


_VERDICTS = {
    Verdict.BREAK: Text("不合", "misfit"),
    Verdict.AT_RISK: Text("吃紧", "tight"),
    Verdict.HOLDS: Text("成立", "holds"),
}


def _sentence(sentence: Sentence, region: Region, language: str) -> dict[str, str]:
    return {
        "verdict": sentence.verdict.value,
        "verdict_text": _VERDICTS[sentence.verdict].in_language(language),
        "text": unmarked(sentence.text.in_language(language)),
        "under": sentence.under.in_language(language),
        "mark": sentence.mark.text.in_language(language),
        "source": _places(sentence.sources, region, language),
    }


def _answer(answer: Answer, language: str) -> dict[str, str]:
    gap = amount(answer.gap.value, answer.unit, like=answer.available.value or answer.required.value)
    return {
        "label": answer.label.in_language(language),
        "verdict": answer.verdict.value,
        "verdict_text": _VERDICTS[answer.verdict].in_language(language),
        "required": with_range(answer.required, answer.unit).in_language(language),
        "available": with_range(answer.available, answer.unit).in_language(language),
        "gap": gap.in_language(language),
        "mark": answer.mark.text.in_language(language),
    }


def _short(answers: Sequence[Answer], language: str) -> str:
    """The finding above the first chart: what is needed beyond what is available."""
    names = [a.label.in_language(language) for a in answers if a.gap.value < 0 and a.verdict is not Verdict.HOLDS]
    if not names:
        return ""
    return (
        f"{'、'.join(names)}：需要超过可供" if language == "zh" else f"More needed than available: {', '.join(names)}"
    )


def _windows(region: Region, year: int) -> list[tuple[Text, Text, list[tuple[float, float, float, float]]]]:
    """Per comparison that a route share moves both ways: required over available along that share."""
    chain = chain_of(region, year)
    keys = [k for k in slider_keys(chain) if k in chain.processes]
    out = []
    for key in keys:
        name = chain.region.library.processes[key].name
        moved = {a.comparison for a in compare(region, year) if any(b.slider == key and b.at for b in a.break_evens)}
        tracks: dict[str, tuple[Text, list[tuple[float, float, float, float]]]] = {}
        for share in _steps():
            scenario = replace(Scenario(), shares={key: share})
            for answer in compare(region, year, scenario):
                if answer.comparison in moved and answer.available.value > 0:
                    had, need = answer.available.value, answer.required
                    point = (share, need.low / had, need.value / had, need.high / had)
                    tracks.setdefault(answer.comparison, (answer.label, []))[1].append(point)
        out += [(name, label, points) for label, points in tracks.values()]
    return out


def _steps() -> Iterable[float]:
    return (k / (_STEPS - 1) for k in range(_STEPS))


def render_pdf(page: str) -> bytes:
    """The page as PDF; raises ReportError where its libraries are missing."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise ReportError(
            "PDF needs Pango and HarfBuzz (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0 fonts-noto-cjk). HTML alone: --no-pdf. "
            "生成 PDF 需要 Pango、HarfBuzz 与中文字体；只要 HTML 可加 --no-pdf。"
        ) from error

    class NothingFromOutside(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            del headers
            raise ValueError(f"a report fetches nothing from outside, not {url}")

    return HTML(string=page, url_fetcher=NothingFromOutside()).write_pdf()
