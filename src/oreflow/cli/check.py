"""`oreflow check`: the arithmetic of a region's plan and what its chain says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from oreflow.core.provenance import Finding, FindingClass, Text

from .output import VERDICTS, AsJson, Exit, Language, put, put_json, put_table

if TYPE_CHECKING:
    from oreflow.core.chain import Answer, ChainError, Sentence

_MARKS = {
    FindingClass.ERROR: "✗",
    FindingClass.CONFLICT: "✗",
    FindingClass.SCOPE: "≠",
    FindingClass.OVERSHOOT: "↑",
    FindingClass.INFORMATION: "i",
    FindingClass.HOLDS: "✓",
}


def check(
    region: Annotated[str, typer.Argument(help="A built-in region, or the path of a pack.")],
    kind: Annotated[
        list[FindingClass] | None,
        typer.Option("--class", "-c", help="Only findings of this class; may repeat."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", "-a", help="List what holds, too.")] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Check sums, shares, growth, targets and bases, and answer the chain's comparisons."""
    from oreflow.core.chain import ChainError, Scenario, chain_of, compare, sentences, years
    from oreflow.core.targets import check as check_targets
    from oreflow.gateway import load_pack

    language = str(lang)
    loaded = load_pack(region)
    every = list(check_targets(loaded))
    answers: dict[int, tuple[Answer, ...]] = {}
    for year in years(loaded):
        try:
            answers[year] = compare(loaded, year)
        except ChainError as error:
            every.append(_chain_finding(error, year))
    findings = [f for f in every if not kind or f.kind in kind]
    status = Exit.FINDINGS if any(f.kind.fails for f in every) else Exit.FINE
    told = {year: sentences(chain_of(loaded, year), Scenario(), said) for year, said in answers.items()}
    if as_json:
        put_json(
            {
                "region": loaded.id,
                "edition": loaded.edition,
                "hash": loaded.hash,
                "findings": findings,
                "sentences": told,
                "comparisons": answers,
            }
        )
        return status
    put(f"{loaded.name.in_language(language)} · {loaded.edition} · {loaded.hash[:19]}")
    everything = everything or FindingClass.HOLDS in (kind or ())
    _put_findings([f for f in findings if everything or f.kind is not FindingClass.HOLDS], language)
    _put_counts(findings, language)
    if not kind:
        for year, said in told.items():
            _put_sentences(said, year, language)
    return status


def _chain_finding(error: ChainError, year: int) -> Finding:
    """A chain that cannot be computed, as a finding beside the others."""
    title = Text(
        f"{year} 年的产业链无法计算：{error.text.zh}", f"The chain of {year} cannot be computed: {error.text.en}"
    )
    return Finding(f"chain.{year}.{error.code}", "chain", FindingClass.ERROR, title, Text("", ""))


def _put_findings(findings: list[Finding], language: str) -> None:
    headings = {"zh": ("", "类别", "发现", "出处"), "en": ("", "class", "finding", "source")}[language]
    rows = [
        (
            _MARKS[f.kind],
            f.kind.text.in_language(language),
            f.title.in_language(language),
            " ".join(str(s) for s in f.sources),
        )
        for f in findings
    ]
    if rows:
        put_table("", [(h, "left") for h in headings], rows)


def _put_counts(findings: list[Finding], language: str) -> None:
    counts = {k: sum(f.kind is k for f in findings) for k in FindingClass}
    put(" · ".join(f"{k.text.in_language(language)} {n}" for k, n in counts.items() if n))


def _put_sentences(said: tuple[Sentence, ...], year: int, language: str) -> None:
    from oreflow.core.chain import unmarked

    put()
    put(Text(f"{year} 年", f"In {year}").in_language(language))
    for sentence in said:
        verdict = VERDICTS[sentence.verdict.value].in_language(language)
        put(f"[{verdict}] {unmarked(sentence.text.in_language(language))}")
        rest = (sentence.under.in_language(language), sentence.mark.text.in_language(language))
        put(f"    {' · '.join(rest)} · {' '.join(str(s) for s in sentence.sources)}")
