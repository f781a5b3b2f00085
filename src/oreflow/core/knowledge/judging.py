# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Whether a passage answers: how much of the question it has, and whether place, year and kind of answer fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .folding import fold, folded
from .index import Indexed
from .model import Fact, Lack
from .question import SLIGHT, Asked, Concept, Want
from .ranking import IN_BLOCK, IN_DOCUMENT, IN_PATH, LENGTH_PENALTY, PARTLY, PARTS, USUAL_LENGTH, Floats

# Set on the development half of the questions; see docs/reference/questions.md.
ENOUGH = 0.6
UNSAID = 0.75
ONLY_NEAR = 0.82
NO_UNIT = 0.75
NO_BODY = 0.8
NEARLY = 0.9
NO_REASON = 0.93
ABOUT = 0.12
IN_BLOCK_OF_FIGURE = 0.4
PHRASE = 0.2
ELSEWHERE = 0.9
ABBREVIATED = 0.7
WINDOW = 3

_BODY_WORDS = re.compile(
    r"部门|委员会|[改经工]委|厅|(?<![格布全结])局|办公室|(?<!重)组(?![织成件合建])|集团|公司|协会|中心|政府|企业|机构|管委会"
)
_CHARGED = re.compile(r"由.{2,30}(?:组成|负责|牵头|承担|解释)|负责|牵头|联席会议|领导小组")
_PARK = re.compile(r"(?:园区|开发区|产业园|工业园|经开区|高新区|发展区|试验区)(?:/|$)")
_PARKS = re.compile(r"园区|开发区|产业园|工业园|经开区|高新区")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2}[市县区州镇]")
_LISTED = re.compile(r"、|分别|一是|:|;|\d、|\(\d\)|和")
_REASON_WORDS = re.compile(r"因|由于|导致|造成|致使|制约|原因|不足|难|受|压力|影响|特殊|薄弱")
_FIGURES = re.compile(
    r"\d|[一二三四五六七八九十百千两半][成倍个家户类项种分万亿吨]|[一二三四五六七八九十]分之|第[一二三四五六七八九十]"
)
_UNITS = {
    "百分": re.compile(r"%|百分|‰|成"), "rank": re.compile(r"第\d|第[一二三四五六七八九十]|首位"),
    "毫克": re.compile(r"毫克|mg"), "平方": re.compile(r"平方|km2|m2|亩|公顷"), "千安": re.compile(r"ka|千安(?!伏)"),
    "千伏安": re.compile(r"千伏安|kva"), "千瓦时": re.compile(r"千瓦时|kwh|度"), "元": re.compile(r"元"),
    "吨": re.compile(r"吨|t/a|公斤|千克"),
}  # fmt: skip
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[-~至到]\d|\D|$)")
_DATED = re.compile(r"\d年|\d{4}|十[二三四]?五|年[内底初]|[一二三四五六七八九十]年")
_TITLED = re.compile(r"《[^》]*》|国?[办发函规]\w?\[(?:19|20)\d\d\]")
_NUMBERED = re.compile(r"[号(\[](?:19|20)\d\d|(?:gb|hj|yb|iso)[/\w ]*\d+(?:\.\d+)?-(?:19|20)\d\d")
_PLACES = ("园区", "开发区", "产业园", "工业园", "经开区", "高新区", "发展区", "片区", "基地")
_TOTAL = re.compile(r"(?:合|总|共)计|全[国省市县区]")
_LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage held against the question: `share` of it that the passage has, `lack` where something is wrong."""

    document: Indexed
    passage: int
    score: float
    share: float
    lack: Lack | None
    missing: tuple[str, ...]
    facts: tuple[Fact, ...]
    marks: tuple[tuple[int, int], ...] = field(default=())
    matched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """A passage in one spelling with what stands around it."""

    own: str
    previous: str
    before: str
    block: str
    path: str
    document: str
    facts: tuple[Fact, ...]
    named: bool


def judged(asked: Asked, document: Indexed, passage: int, counts: Floats) -> Judged:
    """Hold one passage against the question."""
    around = _around(document, passage)
    near = IN_BLOCK_OF_FIGURE if asked.want is Want.FIGURE else IN_BLOCK
    values = [_cover(c, around, near) for c in asked.concepts]
    whole = float(counts.sum())
    share = sum(float(w) * v for w, v in zip(counts, values, strict=True)) / whole if whole else 1.0
    unsaid = tuple(c.word for c, v in zip(asked.concepts, values, strict=True) if v == 0 and c.weight >= 1)
    needed = tuple(c.word for c in asked.concepts if c.needs and not _near(c.needs, around))
    share *= UNSAID ** (len(unsaid) > 0)
    if asked.want is Want.FIGURE and any(c.weight >= 1 and _only_near(c, around) for c in asked.concepts):
        share *= ONLY_NEAR
    share *= _form(asked, around)
    if not any(_says(c, around.own) for c in asked.concepts if c.weight > SLIGHT) and not _TOTAL.match(around.own):
        share *= ELSEWHERE
    lack, missing = _lack(asked, around, document, share, needed or unsaid)
    if needed and lack is None:
        lack, missing = Lack.APART, needed
    fitting = _fitting(asked, around)
    score = share + ABOUT * _about(asked, fitting) + PHRASE * _shared(asked.text, around.own)
    score /= 1 + LENGTH_PENALTY * max(0.0, len(around.own) / USUAL_LENGTH - 1) ** 0.5 * 0.5
    said = tuple(c.word for c, v in zip(asked.concepts, values, strict=True) if v > 0)
    return Judged(document, passage, score, share, lack, missing, fitting, _marks(asked, document, passage), said)


def _around(document: Indexed, passage: int) -> Around:
    start, end = int(document.starts[passage]), int(document.ends[passage])
    block = document.blocks[passage]
    first = last = passage
    while first and document.blocks[first - 1] == block:
        first -= 1
    while last + 1 < document.size and document.blocks[last + 1] == block:
        last += 1
    text = document.text
    facts = tuple(document.facts[i] for i in (document.fact_passage == passage).nonzero()[0].tolist())
    own = folded(text[start:end])
    previous = folded(text[document.starts[passage - 1] : start]) if passage > first else ""
    return Around(
        own, previous, folded(text[document.starts[first] : start]),
        folded(text[document.starts[first] : document.ends[last]]),
        folded("/".join(document.paths[document.path_of[passage]])), folded(f"{document.title} {document.region}"), facts,
        any(t in own for t in document.terms if t.endswith(_PLACES)),
    )  # fmt: skip


def _cover(concept: Concept, around: Around, near: float) -> float:
    """How far a passage has a term: in itself, in its paragraph, in its titles, in the document's own title."""
    best = 0.0
    for word, worth in concept.forms:
        if _has(word, around.own):
            value = 1.0
        else:
            value = max(
                IN_PATH * _has(word, around.path), near * _has(word, around.block),
                IN_DOCUMENT * _has(word, around.document), PARTLY * _shared(word, around.own) ** 2,
                ABBREVIATED * _spread(word, around.own),
            )  # fmt: skip
        best = max(best, worth * value)
    if best < PARTS and concept.parts:
        held = around.own + "/" + around.path
        best = max(best, PARTS * sum(len(p) for p in concept.parts if p in held) / sum(map(len, concept.parts)))
    return best


def _only_near(concept: Concept, around: Around) -> bool:
    """Whether a term stands in the paragraph, but neither in the passage nor above it."""
    said = around.own + "/" + around.path + "/" + around.document
    if any(_has(w, said) or _shared(w, around.own) for w, _ in concept.forms):
        return False
    return any(_has(w, around.block) for w, _ in concept.forms)


def _says(concept: Concept, own: str) -> bool:
    """Whether a passage itself has a term in any form."""
    return any(_has(word, own) for word, _ in concept.forms)


def _has(word: str, text: str) -> bool:
    if _LATIN.fullmatch(word):
        return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None
    return word in text


def _shared(word: str, text: str) -> float:
    """The part of a longer word's neighbouring characters that the text has."""
    if len(word) < 3:
        return 0.0
    two = [word[i : i + 2] for i in range(len(word) - 1)]
    return sum(p in text for p in two) / len(two)


def _spread(word: str, text: str) -> bool:
    """Whether the text has a word's characters in order, close together: 科技奖 in 科学技术一等奖."""
    if not 2 < len(word) < 6 or not word[0] > "\u4e00":
        return False
    at = text.find(word[0])
    while at >= 0:
        place = at
        for character in word[1:]:
            place = text.find(character, place + 1, place + 2 + WINDOW)
            if place < 0:
                break
        else:
            return True
        at = text.find(word[0], at + 1)
    return False


def _near(characters: str, around: Around) -> bool:
    """Whether each character is said in the passage, its titles or the sentence before."""
    return all(c in around.own or c in around.path or c in around.previous for c in characters)


def _form(asked: Asked, around: Around) -> float:
    """What is taken off where the passage has not the kind of answer that is asked for."""
    value = 1.0
    about = around.own + around.path + around.document
    if any(folded(p.name) not in about for p in asked.places):
        value *= NEARLY
    if asked.unit and not _UNITS[asked.unit].search(around.own + around.path):
        value *= NO_UNIT
    if asked.want is Want.BODY and not _CHARGED.search(around.own):
        value *= NEARLY if _BODY_WORDS.search(around.own) else NO_BODY
    if asked.want is Want.PLACE and not (_PARK.search(around.path) or around.named or _towns(asked, around.own)):
        value *= NEARLY
    if asked.want is Want.TITLE and "《" not in around.own:
        value *= NEARLY
    if asked.want is Want.LIST and not _LISTED.search(around.own):
        value *= NEARLY
    if asked.want is Want.REASON and not _REASON_WORDS.search(around.own):
        value *= NO_REASON
    return value


def _towns(asked: Asked, own: str) -> bool:
    """Whether a passage may name towns or areas, where these and no parks are asked for."""
    return not _PARKS.search(asked.text) and ("、" in own or _TOWN.search(own) is not None)


def _lack(
    asked: Asked, around: Around, document: Indexed, share: float, unsaid: tuple[str, ...]
) -> tuple[Lack | None, tuple[str, ...]]:
    """What keeps a passage from being an answer; None where nothing does."""
    places = tuple(p.name for p in asked.places if not _placed(p.name, around, document))
    if places:
        return Lack.PLACE, places
    years = tuple(str(y) for y in sorted(asked.years) if not _dated(y, asked, around))
    if years:
        return Lack.YEAR, years
    if asked.want is Want.FIGURE and not _FIGURES.search(_YEARS.sub("", around.own)):
        return Lack.FIGURE, ()
    if asked.want is Want.WHEN and not _DATED.search(around.own):
        return Lack.FIGURE, ()
    return (Lack.APART, unsaid) if share < ENOUGH else (None, ())


def _placed(name: str, around: Around, document: Indexed) -> bool:
    """Whether a passage is about a place: it says so, stands under its name, or its document is of that region."""
    short = folded(name)
    return any(
        short in where for where in (around.own, around.before, around.path, folded(document.region), around.document)
    )


def years_in(text: str) -> frozenset[int]:
    """The years that a folded text names, without those of titles and numbers of documents."""
    bare = _NUMBERED.sub("", _TITLED.sub("", text))
    return frozenset(int(y) for y in _YEARS.findall(bare))


def _dated(year: int, asked: Asked, around: Around) -> bool:
    """Whether a passage speaks of a year: its words or figures say so, or it follows what does."""
    named = years_in(around.own)
    if year in named or any(f.year == year for f in around.facts):
        return True
    if any(period in around.own for period in asked.periods):
        return True
    if named or any(f.year for f in around.facts):
        return False
    return year in years_in(around.before) or year in years_in(around.path)


def _fitting(asked: Asked, around: Around) -> tuple[Fact, ...]:
    """The passage's figures that fit the year and are about the terms, the closest first."""
    found = [f for f in around.facts if not asked.years or f.year is None or f.year in asked.years]
    return tuple(sorted(found, key=lambda f: -_closeness(asked, f)))


def _closeness(asked: Asked, fact: Fact) -> float:
    subject = folded(fact.subject)
    whole = sum(c.weight for c in asked.concepts)
    said = sum(c.weight * max((w for f, w in c.forms if f in subject), default=0.0) for c in asked.concepts)
    if not whole or not said:
        return 0.0
    told = {c for concept in asked.concepts for f, _ in concept.forms if f in subject for c in f}
    told |= {c for p in asked.places for c in p.name}
    return said / whole * (0.6 + 0.4 * sum(c in told for c in subject) / len(subject))


def _about(asked: Asked, facts: Sequence[Fact]) -> float:
    """How well the best figure's subject has the question's terms, where a figure is asked for."""
    if asked.want not in (Want.FIGURE, Want.ANY) or not facts:
        return 0.0
    return _closeness(asked, facts[0])


def _marks(asked: Asked, document: Indexed, passage: int) -> tuple[tuple[int, int], ...]:
    """Where the passage says the question's terms, in the document's text."""
    start, end = int(document.starts[passage]), int(document.ends[passage])
    body = fold(document.text[start:end])
    found = sorted(set(_found(asked, body.text)))
    out: list[tuple[int, int]] = []
    for first, last in found:
        span = (start + int(body.places[first]), start + int(body.places[last - 1]) + 1)
        if out and span[0] <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], span[1]))
        else:
            out.append(span)
    return tuple(out)


def _found(asked: Asked, text: str) -> Iterator[tuple[int, int]]:
    words = [f for c in asked.concepts for f, _ in c.forms] + [folded(p.name) for p in asked.places]
    for word in words:
        at = text.find(word)
        while word and at >= 0:
            yield at, at + len(word)
            at = text.find(word, at + 1)
