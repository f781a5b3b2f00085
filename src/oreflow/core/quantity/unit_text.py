"""Reading units: any accepted spelling, with scales (万, 亿, thousand) and compounds (A/B, A·B)."""

from __future__ import annotations

import re
from functools import lru_cache

from .atoms import ATOMS
from .errors import UnknownUnit, UnreadableQuantity
from .numerals import excerpt, normalise
from .units import ONE, SCALES, Atom, Factor, Unit, build

_ENGLISH = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_CHINESE = {zh: scale for scale, (zh, _) in SCALES.items()}
_SCALED = re.compile(
    r"(?P<number>10\^[0-9]{1,2}|10{0,3}(?:,000)*)? ?"
    rf"(?P<word>{'|'.join(sorted((*_ENGLISH, *_CHINESE), key=len, reverse=True))})? ?(?P<atom>\D.*)"
)
_LOOSE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_PER = re.compile(r" per (?!cent\b|mille\b)|每")


def _spellings() -> dict[str, Factor]:
    table: dict[str, Factor] = {}
    for atom in ATOMS:
        for text in (atom.zh, atom.en, *atom.spellings):
            table[_key(text)] = Factor(atom)
        for step, names in enumerate(atom.multiples):
            for text in names:
                table[_key(text)] = Factor(atom, 1000 ** (step + 1))
    return table


def _key(text: str) -> str:
    """Spaces beside Chinese characters and the ^ of powers do not matter."""
    return _LOOSE.sub("", normalise(text)).replace("^", "")


_TABLE = _spellings()


@lru_cache(maxsize=4096)
def unit(text: str) -> Unit:
    """The unit that a text names.

    Accepts Chinese and English spellings (吨, t, 平方公里, km2, km²), scales (万吨, 亿kWh, kt,
    10 kt, million CNY), and compounds of them with `/`, `每`, `per`, `·` and brackets (万元/亩,
    kgce/t, t/(km²·a)); `1` is the unit of pure ratios.

    Raises
    ------
    UnknownUnit
        With the nearest known spellings as remedy.
    """
    try:
        plain = normalise(text)
    except UnreadableQuantity as error:
        raise _unknown(text, text) from error
    return read_unit(plain, text)


def read_unit(plain: str, original: str) -> Unit:
    """`unit` of a normalised text; `original` is named in errors."""
    if plain == "1":
        return ONE
    if not plain:
        raise _unknown(plain, original)
    segments = _PER.sub("/", plain.replace("*", "·").replace("×", "·")).split("/")
    factors: list[Factor] = []
    for position, segment in enumerate(segments):
        for word in _words(segment.strip(), first=position == 0, original=original):
            found = _factor(word, original)
            factors.append(found if position == 0 else Factor(found.atom, found.scale, -1))
    return build(_gather(factors))


def _words(segment: str, first: bool, original: str) -> list[str]:
    if first and segment in ("", "1"):
        return []
    if segment.startswith("(") and segment.endswith(")"):
        segment = segment[1:-1]
    if _key(segment) in _TABLE:
        return [segment]
    words = [word.strip() for word in segment.split("·")]
    if not all(words):
        raise _unknown(segment, original)
    return words


def _factor(word: str, original: str) -> Factor:
    known = _TABLE.get(_key(word))
    if known is not None:
        return known
    found = _SCALED.fullmatch(word)
    known = _TABLE.get(_key(found["atom"])) if found else None
    if found is None or known is None:
        raise _unknown(word, original)
    scale = _scale(found["number"], found["word"]) * known.scale
    if scale not in SCALES:
        raise _unknown(word, original)
    return scaled(known.atom, scale)


def scaled(atom: Atom, scale: int) -> Factor:
    """A scale of an atom; the atom of its own name where there is one (a thousand 克 is 千克)."""
    return _TABLE.get(_key(Factor(atom, scale).symbol(0, words=True)), Factor(atom, scale))


def _scale(number: str | None, word: str | None) -> int:
    scale = 1
    if number:
        scale = 10 ** int(number[3:]) if "^" in number else int(number.replace(",", ""))
    return scale * (_ENGLISH.get(word) or _CHINESE[word] if word else 1)


def _gather(factors: list[Factor]) -> tuple[Factor, ...]:
    """Equal factors on one side of the bar as one power; t/t stays t/t."""
    gathered: list[Factor] = []
    for part in factors:
        for index, held in enumerate(gathered):
            if (held.atom, held.scale) == (part.atom, part.scale) and held.power * part.power > 0:
                gathered[index] = Factor(held.atom, held.scale, held.power + part.power)
                break
        else:
            gathered.append(part)
    return tuple(gathered)


def _unknown(word: str, original: str) -> UnknownUnit:
    near = nearest(word)
    whole = word in (original, "")
    remedy_zh = "请填写已知单位或其组合，如 万吨、亩、万元/亩、kgce/t；纯比值写 1"
    remedy_en = "Use known units or their compounds, e.g. 万吨, t, mu, kgce/t; write 1 for a pure ratio"
    return UnknownUnit(
        f"无法识别的单位“{excerpt(original)}”" + ("" if whole else f"（“{excerpt(word)}”处）"),
        f"Unknown unit {excerpt(original)!r}" + ("" if whole else f" (at {excerpt(word)!r})"),
        f"相近的写法：{'、'.join(near)}。{remedy_zh}" if near else remedy_zh,
        f"Near spellings: {', '.join(near)}. {remedy_en}" if near else remedy_en,
    )


def nearest(word: str) -> tuple[str, ...]:
    """Known spellings that resemble a word, the nearest first."""
    from difflib import get_close_matches  # costs start-up time and serves errors only

    key = word[:40]
    lowered = [text for text in _TABLE if len(text) > 1 and key.lower().endswith(text.lower())]
    close = get_close_matches(key, _TABLE, n=3, cutoff=0.5)
    named = (_TABLE[t].symbol(1, words=False) if t.isascii() else t for t in (*lowered, *close))
    return tuple(dict.fromkeys(named))[:3]


def known_units() -> tuple[str, ...]:
    """Every spelling of the table of simple units, for reference pages."""
    return tuple(_TABLE)
