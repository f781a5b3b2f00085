"""Reading quantities as plans and tables print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from .bases import UNSAID, Basis, basis, phrase_meaning
from .errors import QuantityError, UnknownBasis, UnknownUnit, UnreadableQuantity
from .model import Quantity
from .numerals import NUMERAL_CHARACTERS, PARTS_OF, excerpt, normalise, read_number, unreadable
from .unit_text import read_unit, scaled, unit
from .units import ONE, SCALES, Unit, build

_TRAILING = re.compile(r"(?P<rest>.*[^/·(])\((?P<said>[^()]*)\)")
_LEADING = re.compile(r"\((?P<said>[^()]*)\) ?(?P<rest>.*)")
_RATIO_WORDS = ("无量纲", "dimensionless")
_PART_OF = re.compile(rf"(?P<sign>[-+负正]?) ?(?:{'|'.join(PARTS_OF)})")
_POWER_TAIL = re.compile(r" ?[×*] ?10\^-?[0-9]+|(?<=10)\^-?[0-9]+|/[0-9]+")
_RANGE = re.compile(r"(?:[-~至到～]|—)+ ?[0-9]")
_SCALE_OF = {zh: scale for scale, (zh, _) in SCALES.items()}
_SCALE_TAIL = re.compile(rf"[-+负正]? ?[0-9][0-9,.]* ?(?P<scale>{'|'.join(sorted(_SCALE_OF, key=len, reverse=True))})")


def parse_quantity(text: str) -> Quantity:
    """The quantity that a text prints: a number, a unit and, in brackets or words, a basis.

    `150万吨/年（折V2O5，产能）`, `2.5万千伏安`, `百分之七点五`, `1,500 kt/a (as V2O5, capacity)`,
    `5万吨 REO`, `0.404 kgce/kWh（等价值）`. Numbers are read as by `parse_number`; a scale after
    Arabic digits goes to the unit (`150万吨` is 150 of 万吨).

    Raises
    ------
    UnreadableQuantity
        When there is no single number (ranges and 约 are none) or no unit; a pure ratio is marked
        `（无量纲）` or `(dimensionless)`.
    UnknownUnit, UnknownBasis
        When the unit or the bracketed words are not known.
    """
    if not isinstance(text, str):
        raise unreadable(repr(text), "不是文本", "it is not a text")
    return _parsed(text)


@lru_cache(maxsize=8192)
def _parsed(text: str) -> Quantity:
    body, said, ratio = _split_basis(normalise(text), text)
    if ratio:
        return Quantity(read_number(body, text), ONE, said)
    if _PART_OF.match(body):
        return Quantity(read_number(body, text) * 100, unit("%"), said)
    number, made, more = _number_and_unit(body, text)
    return Quantity(number, made, _both(said, more, text))


def parse_unit(text: str) -> tuple[Unit, Basis]:
    """A unit with a basis as table headers print them: `万吨（折V2O5）`, `t REO/a`, `亿元`.

    Raises
    ------
    UnknownUnit, UnknownBasis, UnreadableQuantity
        As `unit` and `basis` do.
    """
    body, said, ratio = _split_basis(normalise(text), text)
    made, more = (ONE, UNSAID) if ratio and not body else _unit_and_basis(body, text)
    return made, _both(said, more, text)


def _split_basis(plain: str, text: str) -> tuple[str, Basis, bool]:
    """The text without basis brackets and leading basis words, the basis, and the ratio mark."""
    phrases: list[str] = []
    body = plain
    while found := _TRAILING.fullmatch(body) or _LEADING.fullmatch(body):
        phrases.append(found["said"])
        body = found["rest"].strip()
    while " " in body:
        head, tail = body.split(" ", 1)
        if head[0] in NUMERAL_CHARACTERS or phrase_meaning(head.rstrip(":")) is None:
            break
        phrases.append(head.rstrip(":"))
        body = tail
    pieces = [piece.strip() for phrase in phrases for piece in re.split("[,;、]", phrase)]
    ratio = any(piece in _RATIO_WORDS for piece in pieces)
    return body, _phrases_basis([p for p in pieces if p and p not in _RATIO_WORDS], text), ratio


def _phrases_basis(pieces: list[str], text: str) -> Basis:
    words: list[str] = []
    for piece in pieces:
        meaning = phrase_meaning(piece)
        words.append(meaning[1] if meaning else piece)
    try:
        return basis(",".join(words))
    except UnknownBasis as error:
        where = excerpt(text)
        raise UnknownBasis(
            f"“{where}”：{error.problem_zh}",
            f"{where!r}: {error.problem_en}",
            error.remedy_zh,
            error.remedy_en,
        ) from None


def _number_and_unit(body: str, text: str) -> tuple[Fraction, Unit, Basis]:
    """The longest number that leaves a known unit; spoken numerals only where they end the digits."""
    start = 1 if body[:1] in ("-", "+", "负", "正") else 0
    end = _number_end(body, start)
    if end == start:
        raise unreadable(text, "开头不是数", "it does not start with a number")
    failure: QuantityError | None = None
    for stop in range(end, start, -1):
        try:
            number = read_number(body[:stop], text, spoken=stop == end)
        except UnreadableQuantity as error:
            failure = failure or error
            continue
        rest = body[stop:].strip()
        try:
            if not rest or rest[0].isdigit():
                raise _no_unit(text)
            made, more = _unit_and_basis(rest, text)
        except (UnknownUnit, UnreadableQuantity) as error:
            failure = failure or (_range(text) if _RANGE.match(rest) else error)
            continue
        return (*_in_scale(body[:stop], number, made), more)
    raise failure or _no_unit(text)


def _number_end(body: str, start: int) -> int:
    end = start
    while end < len(body) and (body[end] in NUMERAL_CHARACTERS or body[end] == " "):
        end += 1
    tail = _POWER_TAIL.match(body, end)
    return tail.end() if tail else end


def _in_scale(digits: str, number: Fraction, made: Unit) -> tuple[Fraction, Unit]:
    """150万 of 吨 as 150 of 万吨."""
    found = _SCALE_TAIL.fullmatch(digits.strip())
    first = made.factors[0] if made.factors else None
    if found is None or first is None or first.power != 1 or first.atom.dimension.is_number:
        return number, made
    scale = _SCALE_OF[found["scale"]] * first.scale
    if scale not in SCALES:
        return number, made
    larger = build((scaled(first.atom, scale), *made.factors[1:]))
    return number * made.factor / larger.factor, larger


def _unit_and_basis(rest: str, text: str) -> tuple[Unit, Basis]:
    """A unit, or a unit with basis words behind it or behind its numerator (万吨REO, t REO/a)."""
    try:
        return read_unit(rest, text), UNSAID
    except UnknownUnit:
        for symbol, (axis, word) in _cuts(rest):
            try:
                return read_unit(symbol, text), Basis(**{axis: word})
            except UnknownUnit:
                continue
        raise


def _cuts(rest: str) -> Iterator[tuple[str, tuple[str, str]]]:
    head, slash, tail = rest.partition("/")
    for piece, after in ((rest, ""), (head, slash + tail)):
        for cut in range(max(1, len(piece) - 40), len(piece)):
            meaning = phrase_meaning(piece[cut:])
            if meaning is not None:
                yield piece[:cut].strip() + after, meaning


def _both(first: Basis, second: Basis, text: str) -> Basis:
    if UNSAID in (first, second):
        return first if second == UNSAID else second
    return _phrases_basis([*first.words.split(), *second.words.split()], text)


def _range(text: str) -> UnreadableQuantity:
    return UnreadableQuantity(
        f"“{excerpt(text)}”是范围，不是一个数",
        f"{excerpt(text)!r} is a range, not one number",
        "请把下限与上限分开填写",
        "Give its lower and its upper end separately",
    )


def _no_unit(text: str) -> UnreadableQuantity:
    return UnreadableQuantity(
        f"“{excerpt(text)}”缺少单位",
        f"{excerpt(text)!r} has no unit",
        "请在数后写明单位，如“150 万吨”；纯比值请注明“（无量纲）”",
        "Write a unit after the number, e.g. '150 kt'; mark a pure ratio with '(dimensionless)'",
    )
