"""Bases of figures: what exactly a figure counts, on independent axes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache

from .errors import UnknownBasis, UnreadableQuantity
from .numerals import normalise

_OXIDES = {
    "v2o5": ("V2O5", "五氧化二钒"),
    "tio2": ("TiO2", "二氧化钛"),
    "al2o3": ("Al2O3", "氧化铝"),
    "cr2o3": ("Cr2O3", "三氧化二铬"),
    "nb2o5": ("Nb2O5", "五氧化二铌"),
    "li2co3": ("Li2CO3", "碳酸锂"),
}

# axis -> word -> (Chinese, English, other spellings separated by |)
WORDS: dict[str, dict[str, tuple[str, str, str]]] = {
    "energy": {
        "equivalent": ("当量值", "equivalent value", "当量|电力当量值|equivalent-value"),
        "equal": ("等价值", "equal value", "等价|电力等价值|equal-value"),
    },
    "content": {
        "gross": ("实物量", "gross weight", "实物|毛重|gross mass"),
        "reo": ("REO", "as REO", "折REO|折合REO|以REO计|REO计|稀土氧化物|折稀土氧化物|rare-earth oxide"),
        "metal": ("金属量", "metal content", "金属|折金属|折金属量|as metal|contained metal"),
        **{
            word: (
                f"折 {formula}",
                f"as {formula}",
                f"折{formula}|折合{formula}|以{formula}计|{formula}计|{formula}|折{name}|折合{name}",
            )
            for word, (formula, name) in _OXIDES.items()
        },
        "pure": ("折百", "as 100 %", "折100%|折合100%|折纯|折纯量|折百量|100%|as 100%|100% basis"),
    },
    "moisture": {
        "wet": ("湿基", "wet basis", "湿|湿量|湿重"),
        "dry": ("干基", "dry basis", "干|干量|干重"),
    },
    "measure": {
        "capacity": ("产能", "capacity", "生产能力|设计产能"),
        "output": ("产量", "output", "实际产量"),
        "quota": ("指标", "quota", "总量控制指标|控制指标|allotment"),
    },
    "recovery": {
        "stage": ("工序回收率", "stage recovery", "工序|阶段回收率|stage"),
        "whole-ore": ("全流程回收率", "whole-ore recovery", "全流程|对原矿|whole-ore"),
    },
    "turnover": {
        "revenue": ("营业收入", "revenue", "营收|主营业务收入"),
        "output-value": ("产值", "output value", "总产值|工业总产值|output-value"),
        "value-added": ("增加值", "value added", "工业增加值|value-added"),
    },
    "price": {
        "current": ("当年价", "current prices", "现价|现行价|当年价格|现行价格|current-price"),
        "constant": ("不变价", "constant prices", "可比价|不变价格|可比价格|comparable prices"),
    },
    "tax": {
        "with-tax": ("含税", "tax included", "含税价|with tax|tax-included|incl. tax"),
        "without-tax": ("不含税", "tax excluded", "不含税价|without tax|tax-excluded|excl. tax"),
    },
}

_YEAR_PRICES = re.compile(
    r"constant-(\d{4})|(?:at )?constant (\d{4}) prices|(\d{4}) ?年?(?:不变|可比)价格?|(\d{4}) constant prices"
    r"|(\d{4}) ?年价格?|(?:at )?(\d{4}) prices"
)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure counts; every axis is optional, and unsaid is not the same as any value.

    Attributes
    ----------
    energy
        `equivalent` (当量) or `equal` (等价), for coal equivalents of electricity.
    content
        `gross`, `reo`, `metal`, `v2o5`, `tio2`, `al2o3`, `cr2o3`, `nb2o5`, `li2co3`, `pure` (折百).
    moisture
        `wet` or `dry`.
    measure
        `capacity`, `output` or `quota`.
    recovery
        `stage` or `whole-ore`.
    turnover
        `revenue`, `output-value` or `value-added`.
    price
        `current`, `constant`, or `constant-2020` with the year of the prices.
    tax
        `with-tax` or `without-tax`.
    """

    energy: str = ""
    content: str = ""
    moisture: str = ""
    measure: str = ""
    recovery: str = ""
    turnover: str = ""
    price: str = ""
    tax: str = ""

    def __post_init__(self) -> None:
        for axis, word in self.items():
            if word not in WORDS[axis] and not (axis == "price" and re.fullmatch(r"constant-\d{4}", word)):
                raise _unknown(word, word)

    def items(self) -> Iterator[tuple[str, str]]:
        """The axes that are said, in canonical order, as (axis, word)."""
        for axis in AXES:
            word = getattr(self, axis)
            if word:
                yield axis, word

    @property
    def words(self) -> str:
        """The words in canonical order, separated by spaces; `basis(b.words) == b`."""
        return " ".join(word for _, word in self.items())

    @property
    def price_year(self) -> int | None:
        """The year of constant prices, if it is said."""
        _, _, year = self.price.partition("-")
        return int(year) if year else None

    @property
    def zh(self) -> str:
        """The Chinese words, e.g. 折 V2O5，产能; empty when nothing is said."""
        return "，".join(_readable(axis, word)[0] for axis, word in self.items())

    @property
    def en(self) -> str:
        """The English words, e.g. as V2O5, capacity; empty when nothing is said."""
        return ", ".join(_readable(axis, word)[1] for axis, word in self.items())

    def differs(self, other: Basis) -> tuple[str, ...]:
        """The axes on which two bases do not say the same."""
        return tuple(axis for axis in AXES if getattr(self, axis) != getattr(other, axis))


AXES: tuple[str, ...] = tuple(f.name for f in fields(Basis))
UNSAID = Basis()


def _readable(axis: str, word: str) -> tuple[str, str]:
    if axis == "price" and word not in WORDS["price"]:
        year = word.partition("-")[2]
        return f"{year} 年不变价", f"constant {year} prices"
    zh, en, _ = WORDS[axis][word]
    return zh, en


def _key(text: str) -> str:
    plain = normalise(text).lower()
    ascii_only = plain.isascii()
    return plain if ascii_only else plain.replace(" ", "")


def _phrases() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for axis, words in WORDS.items():
        for word, (zh, en, more) in words.items():
            for text in (word, zh, en, *more.split("|")):
                table[_key(text)] = (axis, word)
    return table


_PHRASES = _phrases()
_EQUIVALENTS = {f"{word} equivalent": ("content", word) for word in (*_OXIDES, "reo")}


@lru_cache(maxsize=2048)
def basis(text: str) -> Basis:
    """The basis that a text names: words separated by spaces, or phrases separated by commas.

    `v2o5 capacity`, `折V2O5，产能`, `constant-2020 with-tax`, `当量`; an empty text is the empty basis.

    Raises
    ------
    UnknownBasis
        For unknown words, for two different words on one axis, and for `V2O5 equivalent` written
        without a comma, which could mean the content or the energy conversion.
    """
    try:
        plain = normalise(text)
    except UnreadableQuantity as error:
        raise _unknown(text, text) from error
    found: dict[str, str] = {}
    for phrase in _pieces(plain):
        for axis, word in _said(phrase, text):
            if found.setdefault(axis, word) != word:
                raise _contradiction(found[axis], word, text)
    return Basis(**found)


def _pieces(plain: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[,;、]", plain) if piece.strip()]


def phrase_meaning(phrase: str) -> tuple[str, str] | None:
    """(axis, word) of one whole phrase as printed, or None; `V2O5 equivalent` is a content."""
    key = _key(phrase)
    if year := _YEAR_PRICES.fullmatch(key):
        return "price", f"constant-{next(group for group in year.groups() if group)}"
    return _PHRASES.get(key) or _EQUIVALENTS.get(key)


def _said(phrase: str, text: str) -> Iterator[tuple[str, str]]:
    words = phrase.split(" ")
    while words:
        if " ".join(words[:2]).lower() in _EQUIVALENTS:
            raise _ambiguous(text)
        for size in range(min(4, len(words)), 0, -1):
            found = phrase_meaning(" ".join(words[:size]))
            if found is not None:
                yield found
                del words[:size]
                break
        else:
            raise _unknown(words[0], text)


def _unknown(word: str, text: str) -> UnknownBasis:
    from difflib import get_close_matches  # costs start-up time and serves errors only

    near = get_close_matches(word.lower(), _PHRASES, n=3, cutoff=0.6)
    listed = " ".join(w for words in WORDS.values() for w in words) + " constant-2020"
    where_zh = f"（“{word}”）" if word != text else ""
    where_en = f" (at {word!r})" if word != text else ""
    return UnknownBasis(
        f"无法识别的口径“{text}”{where_zh}",
        f"Unknown basis {text!r}{where_en}",
        f"相近的写法：{'、'.join(near)}" if near else f"可用的词：{listed}",
        f"Near spellings: {', '.join(near)}" if near else f"Known words: {listed}",
    )


def _ambiguous(text: str) -> UnknownBasis:
    return UnknownBasis(
        f"口径“{text}”有歧义",
        f"Basis {text!r} is ambiguous",
        "折算含量请写“折V2O5”；能源当量值请写“equivalent v2o5”，或用逗号分开",
        "Write 'as V2O5' for the content; write 'equivalent v2o5' or use a comma for energy",
    )


def _contradiction(first: str, second: str, text: str) -> UnknownBasis:
    return UnknownBasis(
        f"口径“{text}”自相矛盾：{first} 与 {second}",
        f"Basis {text!r} contradicts itself: {first} and {second}",
        "同一方面只写一个词",
        "Keep one word for each aspect",
    )
