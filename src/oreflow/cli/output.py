"""How commands speak: tables for people, JSON for programs, plain errors."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oreflow.core.provenance import Mark, Text

if TYPE_CHECKING:
    from oreflow.gateway import PackProblem


class Exit(IntEnum):
    """Exit status of every command."""

    FINE = 0
    FINDINGS = 1
    BAD_INPUT = 2
    FAILURE = 3


VERDICTS = {"break": Text("不合", "misfit"), "at-risk": Text("吃紧", "tight"), "holds": Text("成立", "holds")}


class Lang(StrEnum):
    """The languages that the program speaks."""

    ZH = "zh"
    EN = "en"


_chosen: list[str] = []


def _language(value: Lang | None) -> str:
    """The language asked for, else that of the terminal; errors of this run speak it, too."""
    if value:
        _chosen[:] = [value.value]
    return spoken()


def spoken() -> str:
    """The language of this run: chosen by --lang, else the terminal's."""
    if _chosen:
        return _chosen[0]
    terminal = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if terminal.lower().startswith("zh") else "en"


def forget_language() -> None:
    """Start a run without a chosen language."""
    _chosen.clear()


Language = Annotated[
    Lang | None,
    typer.Option(
        "--lang", help="Language of the output; by default the terminal's.", callback=_language, show_default=False
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON with both languages instead of a table.")]


def plain(value: Any) -> Any:
    """A value as JSON holds it: exact numbers as text where a float would lose them."""
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, Mark):
        return value.code
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction | Decimal):
        return _exact(Fraction(value))
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(k)): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    return value


def _exact(value: Fraction) -> int | str:
    """Integers as numbers, terminating decimals as text, other rationals as n/d."""
    if value.denominator == 1:
        return int(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def put_json(value: Any) -> None:
    """Print a value as JSON on standard output."""
    typer.echo(json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False))


def put_table(title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; `columns` are (heading, left|right)."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Words

    table = Table(
        title=Words(title), title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False
    )
    for heading, side in columns:
        table.add_column(Words(heading), justify="right" if side == "right" else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Words(harmless(cell)) for cell in row))
    Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 160).print(table)


def harmless(text: str) -> str:
    """Text without control and format characters, which could steer a terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf") else "�" for c in text)


def put(text: str = "", *, err: bool = False) -> None:
    """Print a line, on standard error if `err`."""
    typer.echo(harmless(text), err=err)


def complain(error: Exception) -> int:
    """Tell an error with its way out on standard error and return the exit status."""
    from oreflow.core.chain.errors import ChainError
    from oreflow.core.quantity import QuantityError
    from oreflow.gateway import PackErrors, PlanTextError

    zh = spoken() == "zh"
    if isinstance(error, PackErrors):
        for problem in error.problems:
            put_problem(problem, zh=zh)
        count = len(error.problems)
        put(f"共 {count} 处问题，未载入任何内容。" if zh else f"{count} problem(s); nothing was loaded.", err=True)
        return Exit.BAD_INPUT
    if isinstance(error, ChainError):
        put(error.text.zh if zh else error.text.en, err=True)
        return Exit.BAD_INPUT
    if isinstance(error, QuantityError):
        put(error.zh if zh else str(error), err=True)
        return Exit.BAD_INPUT
    if isinstance(error, PlanTextError | OSError):
        put(str(error), err=True)
        return Exit.BAD_INPUT
    import traceback

    traceback.print_exception(error)
    return Exit.FAILURE


def put_problem(problem: PackProblem, *, zh: bool) -> None:
    """One problem of a pack on standard error: where, what, the way out."""
    language = "zh" if zh else "en"
    said = (problem.message.in_language(language), problem.remedy.in_language(language))
    put(f"{problem.place.in_language(language)}: {' '.join(said)} [{problem.code}]", err=True)
