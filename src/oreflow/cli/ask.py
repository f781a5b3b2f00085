"""`oreflow ask`: a question answered with passages of files, or refused with the reason."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oreflow.core.provenance import Text

from .output import AsJson, Exit, Language, put, put_json

if TYPE_CHECKING:
    from oreflow.core.knowledge import Answer, Fact, Index, Support
    from oreflow.gateway.documents import HeldText

MOST_FILES, FEW_FILES = 2_000, 3


def ask(
    question: Annotated[str, typer.Argument(help="What is asked, in Chinese or English.")],
    files: Annotated[list[Path], typer.Argument(help="Files to answer from: txt, docx, pdf, html or xlsx.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=50, help="The most passages to print.")] = 5,
    as_json: AsJson = False,
    lang: Language = None,
) -> int:
    """Answer a question with the passages of files that support an answer, or say why nothing does.

    Exit status 0 where something supports an answer, 1 where nothing does.
    """
    from oreflow.core.knowledge import ask as answer_of
    from oreflow.gateway.documents import DocumentError

    if not question.strip():
        raise typer.BadParameter("the question is empty: name what you look for")
    if len(files) > MOST_FILES:
        raise typer.BadParameter(f"{len(files)} files; at most {MOST_FILES} are asked at once")
    try:
        index, held = _index_of(files)
    except DocumentError as error:
        language = str(lang)
        put(
            f"{error.name}: {error.message.in_language(language)} {error.remedy.in_language(language)} [{error.code}]",
            err=True,
        )
        return Exit.BAD_INPUT
    answer = answer_of(question, index, limit)
    if as_json:
        put_json(_plain(answer, held))
    else:
        _put(answer, held, str(lang))
    return Exit.FINE if answer.supported else Exit.FINDINGS


def _index_of(files: Sequence[Path]) -> tuple[Index, dict[str, HeldText]]:
    """The files read and indexed, each under its path."""
    from oreflow.core.knowledge import Index
    from oreflow.core.reading import read
    from oreflow.gateway.documents import read_path
    from oreflow.gateway.held import field_vocabulary, held_from

    index, held = Index(vocabulary=field_vocabulary()), {}
    for path in _with_progress(files):
        key = str(path)
        if key not in held:
            held[key] = found = read_path(path)
            reading = read(found.text, doc=found.name, grids=found.grids)
            index.add(held_from(reading, found.text, title=reading.frame.title or found.name, id=key))
    return index, held


def _with_progress(files: Sequence[Path]) -> Iterator[Path]:
    """The files, with a progress bar where somebody looks on and it takes a while."""
    if len(files) > FEW_FILES and sys.stderr.isatty():
        with typer.progressbar(files, file=sys.stderr) as bar:
            yield from bar
    else:
        yield from files


def _put(answer: Answer, held: dict[str, HeldText], language: str) -> None:
    put(answer.reason.in_language(language))
    if not answer.supported:
        put(answer.help.in_language(language))
    if not answer.supported and answer.near:
        put()
        put(Text("最接近的段落（不作为答案）：", "Nearest passages, which do not answer:").in_language(language))
    for number, support in enumerate(answer.passages or answer.near, 1):
        put()
        _put_support(number, support, held[support.doc], language)


def _put_support(number: int, support: Support, text: HeldText, language: str) -> None:
    place = text.place_at(support.start)
    where = ":".join(p for p in (support.doc, _said(place)) if p)
    put(f"{number}. {where} · [{support.start}, {support.end}) · {support.score:.2f}")
    if support.path:
        put(f"   {' › '.join(support.path)}")
    put(f"   {_line(text.text[support.start : support.end])}")
    for fact in support.facts[:3]:
        put(f"   = {_fact(fact, language)}")
    put(f"   {support.why.in_language(language)}")


def _said(place: Any) -> str:
    if place is None:
        return ""
    return str(place.line) if place.line is not None else str(place.label)


def _fact(fact: Fact, language: str) -> str:
    year = Text(f"，{fact.year} 年", f", {fact.year}").in_language(language) if fact.year else ""
    return f"{fact.subject} {fact.figure}{year}".strip()


def _line(text: str) -> str:
    """Wrapped text as one line; blanks stay between Latin words."""
    parts = text.split()
    out = parts[0] if parts else ""
    for part in parts[1:]:
        out += (" " if out[-1].isascii() and part[0].isascii() else "") + part
    return out


def _plain(answer: Answer, held: dict[str, HeldText]) -> dict[str, Any]:
    return {
        "question": answer.question, "supported": answer.supported, "reason": answer.reason,
        "lack": answer.lack, "missing": answer.missing, "help": answer.help,
        "passages": [_row(s, held[s.doc]) for s in answer.passages],
        "near": [_row(s, held[s.doc]) for s in answer.near],
    }  # fmt: skip


def _row(support: Support, text: HeldText) -> dict[str, Any]:
    place = text.place_at(support.start)
    facts = [
        {"start": f.start, "end": f.end, "subject": f.subject, "scope": f.scope, "year": f.year, "kind": f.kind,
         "comparator": f.comparator, "low": f.value, "high": f.high, "unit": f.unit}
        for f in support.facts
    ]  # fmt: skip
    return {
        "file": support.doc, "doc": text.name, "title": support.title, "start": support.start, "end": support.end,
        "text": text.text[support.start : support.end], "line": place.line if place else None,
        "page": place.page if place else None, "place": place.label if place else "", "path": support.path,
        "score": support.score, "why": support.why, "statements": facts,
    }  # fmt: skip
