# ruff: noqa: E501 -- Chinese characters count as two columns each
"""What a question asks: its terms with their synonyms, its places and years, and what kind of answer it wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import rjieba

from .english import ENGLISH, ENGLISH_FRAMING
from .folding import ELEMENTS, folded
from .lexicon import FIELD_WORDS, FIVE_YEAR_PLANS, FRAMING, LIGHT, PROVINCES
from .model import Vocabulary
from .synonyms import SYNONYMS

LONGEST_QUESTION = 300
MOST_CONCEPTS = 24
NOUN, UNTOLD, VERB, SLIGHT = 1.0, 0.7, 0.5, 0.3


class Want(StrEnum):
    """What kind of answer a question asks for."""

    FIGURE = "figure"
    BODY = "body"
    PLACE = "place"
    LIST = "list"
    TITLE = "title"
    WHEN = "when"
    REASON = "reason"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of the question and what may stand for it; `needs` are characters that must be said near by.

    `parts` are the words that a compound is made of, for passages that say it in another make (开采总量, 年度开采量).
    `weight` is how much the question hangs on it: nouns more than verbs.
    """

    word: str
    forms: tuple[tuple[str, float], ...]
    weight: float
    needs: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the question names, with its area code (empty where it is not known)."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart."""

    text: str
    concepts: tuple[Concept, ...]
    places: tuple[Place, ...] = ()
    years: frozenset[int] = frozenset()
    periods: tuple[str, ...] = ()
    want: Want = Want.ANY
    unit: str = ""


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?:年度?)?")
_PERIOD = re.compile(
    r"[\"']?(十[一二三四五]?五)[\"']?(?!(?:[年月日个万亿吨]|分之))(?:规划)?(时?期末|末期?|结束|收官|期间|时期)?"
)
_SUBTITLE = re.compile(r"(?:到|在|截至|截止)(?=\d{4})")
_FIGURE = re.compile(
    r"多少|多大|多高|百分之几|[几两](?:成|个点|个百分点|吨|万|亿|户|倍|起|名|位|年(?!内|来))|第几|几倍|上限|下限|(?<![哪前])几(?:个|家)(?!部门)|how (?:much|many)|what (?:share|percentage|rate)"
    r"|(?:产量|产能|能力|产值|增加值|收入|储量|占比|比重|比例|率|规模|总量|户数|面积|价格|限额|电耗|能耗|门槛)(?:的?(?:目标|指标|要求|上限|下限|门槛))?(?:$|[?.,\s])"
)
_TITLE = re.compile(r"(?:哪[个些部项几]?|什么)(?:文件|法规|标准|规定|条例|意见|规范|办法)")
_BODY = re.compile(r"谁|哪个?(?:部门|单位|家|些部门|级)|哪些(?:部门|单位)|责任单位|who\b")
_WHERE = re.compile(
    r"哪[些个几]?(?:园区|开发区|经开区|高新区|地区|地方|城市|县|市|区县|省|片区|里|儿)|where\b|(?:what|which) (?:parks?|city|cities|places?)"
)
_WHEN = re.compile(r"哪一?年|什么时候|何时|多久|几年内|when\b")
_LIST = re.compile(r"哪[些几一二三四五六七八九十两\d]|which\b")
_MEASURE = r"(?:[万亿百千]*(?:吨|元|钱|公斤|千克|毫克|克|度|千瓦时|平方米|立方米|平方公里|公里|亩|流明|千安|千伏安|标煤|标准煤|户|家|个|人|名|倍|成|起|位|种|类|项|条|座|年|点|岁|天|%)+)"
_SCAFFOLD = re.compile(
    rf"多大(?:的?规模|面积|比例)?的?|(?:多少|第?几|百分之几){_MEASURE}?(?:[每/](?:升|瓦|吨|亩|年|天|立方米|平方米|户|人))?(?:标准?煤)?|(?<=[炼产造做])[一每](?=吨)|每?吨(?=补贴|奖励|补助)"
)
_COUNTED = re.compile(r"([一二三四五六七八九十两]|\d{1,3})(?:大|家|个|类|条|种|座)(?=[\u4e00-\u9fff])")
_CAP = re.compile(r"(?:最多|至多|不得超过|不能超过|不超过|不得高于|上限|以内|控制在)(?:只?[能可]以?)?")
_FLOOR = re.compile(r"(?:至少|最低|最少|起码|不得低于|不低于|不少于|下限|门槛)(?:得|要)?")
_BOUNDS = (
    ("上限", _CAP, ("以内", "控制在", "不超过", "不得超过", "不高于", "上限", "最高", "以下", "不再")),
    ("下限", _FLOOR, ("不低于", "不少于", "不得低于", "以上", "至少", "下限", "最低", "及以下", "以下", "须达到")),
)
_HAN_DIGITS = "零一二三四五六七八九十"
_REASON = re.compile(r"为什么|为何|什么原因|why\b")
_UNITS: tuple[tuple[str, str], ...] = (
    ("百分", r"百分之几|几成|个?百分点|几个点|%|percent"),
    ("rank", r"第几"),
    ("毫克", r"毫克|mg"),
    ("平方", r"平方米|平方公里|亩地|公顷"),
    ("千安", r"千安|ka\b"),
    ("千伏安", r"千伏安|kva"),
    ("千瓦时", r"千瓦时|度电|kwh"),
    ("元", r"多少(?:亿|万|钱)?元|多少钱|多少[万亿]?美元|yuan"),
    ("吨", r"[多几](?:少)?(?:[万亿百千]+)?吨|how many t(?:onne)?s?\b|tonnes"),
)
_LATIN = re.compile(r"[a-z][a-z&'\-]*(?:\d[a-z\d]*)*|\d[\d.]*[a-z]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BEARERS = frozenset(["集团", "公司", "股份", "园区", "矿业", "钛业", "科技", "矿山", "铜业", "铝业"])
_MADE_OF = frozenset(["精矿", "矿石", "矿山", "合金", "制品", "中间体", "原矿", "尾矿", "靶材"])
_NO_MATERIAL = frozenset("铁金碳气氧硫")
_ASKING = ("哪", "什么", "多少", "百分之", "几个", "怎么", "怎样", "如何")
_AMOUNT = re.compile(r"(?:\d[\d.]*|[一二三四五六七八九十]?)[十百千万亿]{1,3}|\d+\.\d+")
_LOOSE = frozenset("的了在是有和与及或把被让给对按由从向到于要能可会将已每各该此这那占达为来去上下内外前后里中末初")
_NOUNS = ("n", "j", "vn", "an", "l", "i", "eng", "g", "t", "s", "b", "z")


@lru_cache(maxsize=1)
def _segmenter() -> rjieba.Jieba:
    """The segmentation of Chinese with the words of this field; loaded with the first question."""
    found = rjieba.Jieba()
    for word in FIELD_WORDS:
        found.add_word(word, 50_000, "nz")
    return found


@lru_cache(maxsize=1)
def _plain_segmenter() -> rjieba.Jieba:
    """The same without the words of this field, which takes compounds apart."""
    return rjieba.Jieba()


def taken_apart(
    question: str,
    vocabulary: Vocabulary,
    known: Callable[[str], bool] = lambda _: False,
    said: Callable[[str], bool] = lambda _: False,
) -> Asked:
    """What a question asks.

    Parameters
    ----------
    vocabulary
        Places and materials from outside the documents.
    known
        Whether the documents use a word as a name; neighbouring words that together are one are kept together.
    said
        Whether the documents say a word at all; a single character and the noun after it are joined where they do.
    """
    text = folded_words(question)[:LONGEST_QUESTION]
    rest, years, periods = _times(text)
    hints = [Concept(name, tuple((f, 1.0) for f in forms), SLIGHT) for name, p, forms in _BOUNDS if p.search(rest)]
    rest = _FLOOR.sub(" ", _CAP.sub(" ", rest))
    counted = tuple(_counted(n) for n in _COUNTED.findall(rest)) if _HAN.search(text) else ()
    take = _chinese if _HAN.search(text) else _english
    words, places = take(_COUNTED.sub(" ", _SCAFFOLD.sub(" ", rest)), vocabulary, known, said)
    unit = next((name for name, pattern in _UNITS if re.search(pattern, text)), "")
    return Asked(text, (*_concepts(words), *hints, *counted), places, years, periods, _want(text), unit)


def folded_words(question: str) -> str:
    """The question in one spelling, with blanks kept between Latin words."""
    return " ".join(folded(part) for part in question.split())


def _times(text: str) -> tuple[str, frozenset[int], tuple[str, ...]]:
    years = {int(found[0][:4]) for found in _YEAR.finditer(text)}
    periods: list[str] = []

    def period(found: re.Match[str]) -> str:
        first_last = FIVE_YEAR_PLANS.get(found[1])
        if first_last is None:
            return found[0]
        periods.append(found[1])
        if found[2] and found[2] not in ("期间", "时期"):
            years.add(first_last[1])
        return " "

    rest = _PERIOD.sub(period, text)
    return _YEAR.sub(" ", _SUBTITLE.sub(" ", rest)), frozenset(years), tuple(periods)


def _counted(number: str) -> Concept:
    """A count in the question, such as 六大 or 6家, in either writing; it hints, it does not decide."""
    value = int(number) if number.isdigit() else 2 if number == "两" else _HAN_DIGITS.index(number)
    han = _HAN_DIGITS[value] if value <= 10 else ""
    forms = [f"{n}{c}" for n in (han, str(value)) if n for c in "大家个类条种座"]
    return Concept(number, tuple((f, 1.0) for f in forms), VERB)


def _want(text: str) -> Want:
    if _REASON.search(text):
        return Want.REASON
    if _WHEN.search(text):
        return Want.WHEN
    if _BODY.search(text):
        return Want.BODY
    if _FIGURE.search(text):
        return Want.FIGURE
    if _WHERE.search(text):
        return Want.PLACE
    if _TITLE.search(text):
        return Want.TITLE
    return Want.LIST if _LIST.search(text) else Want.ANY


def _chinese(
    text: str, vocabulary: Vocabulary, known: Callable[[str], bool], said: Callable[[str], bool]
) -> tuple[list[tuple[str, float]], tuple[Place, ...]]:
    """Words with how much the question hangs on them, and places."""
    tagged = [(w.strip(), t) for w, t in _segmenter().tag(text)]
    words: list[tuple[str, float]] = []
    places: list[Place] = []
    at = 0
    while at < len(tagged):
        length, place = _place_at(tagged, at, vocabulary)
        if place is not None:
            places.append(place)
            at += length
            continue
        length = max(_name_at(tagged, at, known, vocabulary), _strange_at(tagged, at))
        if length == 1 and _modifies(tagged, at):
            pair = tagged[at][0] + tagged[at + 1][0]
            length = 2 if said(pair) or (pair[0] in ELEMENTS and pair[1:] in _MADE_OF) else 1
        word, tag = "".join(w for w, _ in tagged[at : at + length]), tagged[at][1]
        at += length
        if tag.startswith("v") and len(word) == 2 and word[0] in "要能可会需":
            word = word[1:]
        weight = NOUN if length > 1 or _bears_a_name(tagged, at) else _weight(word, tag)
        if weight:
            words.append((word, weight))
    return words, tuple(places)


def _weight(word: str, tag: str) -> float:
    """How much a question hangs on a word; 0 for what only frames it."""
    if not word or word in FRAMING or word.startswith(_ASKING) or "谁" in word or not any(c.isalnum() for c in word):
        return 0.0
    if len(word) == 1 and word in SYNONYMS:
        return VERB
    if len(word) == 1 and word not in ELEMENTS and not (tag.startswith("n") and word in "煤钢焦盐酸碱电气水渣矿亩"):
        return 0.0
    if _AMOUNT.fullmatch(word):
        return VERB
    if re.fullmatch(r"\d+|[一二三四五六七八九十百千万亿两几多\d]+[个家项起吨年月日种类条元户名倍些]*", word):
        return 0.0
    if word in LIGHT:
        return SLIGHT
    if tag.startswith(_NOUNS) or word in FIELD_WORDS:
        return NOUN
    return VERB if tag.startswith(("v", "a", "d")) else SLIGHT


def _bears_a_name(tagged: list[tuple[str, str]], after: int) -> bool:
    """Whether the word before `after` is the name of a company or park: 忠旺 in 忠旺集团."""
    word, tag = tagged[after - 1]
    if after >= len(tagged) or tagged[after][0] not in _BEARERS or len(word) < 2 or word in LIGHT or word in FRAMING:
        return False
    return bool(_HAN.match(word)) and word not in SYNONYMS and not tag.startswith(("v", "m", "r"))


def _strange_at(tagged: list[tuple[str, str]], at: int) -> int:
    """How many single characters from here make a name that segmentation does not know: 忠, 旺 (集团)."""
    end = at
    while end < len(tagged) and len(tagged[end][0]) == 1 and _HAN.match(tagged[end][0]) and _bare(tagged[end][0]):
        end += 1
    if end - at < 2:
        return 1
    return end - at + (end < len(tagged) and tagged[end][0] in _BEARERS)


def _bare(character: str) -> bool:
    return (
        character not in _LOOSE and character not in FRAMING and character not in ELEMENTS and character not in SYNONYMS
    )


def _modifies(tagged: list[tuple[str, str]], at: int) -> bool:
    """Whether a single character may belong to the noun after it: 短 to 流程, 新 to 材料."""
    if at + 1 >= len(tagged):
        return False
    (word, _), (after, tag) = tagged[at], tagged[at + 1]
    return (
        len(word) == 1 and word not in _LOOSE and bool(_HAN.match(word)) and len(after) > 1 and tag.startswith(_NOUNS)
    )


def _place_at(tagged: list[tuple[str, str]], at: int, vocabulary: Vocabulary) -> tuple[int, Place | None]:
    for length in (3, 2, 1):
        name = "".join(w for w, _ in tagged[at : at + length])
        if at + length > len(tagged) or len(name) < 2:
            continue
        short = re.sub(r"(?<=..)(?:省|市|县|自治区|自治州)$", "", name)
        if found := PROVINCES.get(short):
            return length, Place(*found)
        known = vocabulary.places.get(name)
        if known and (length > 1 or tagged[at][1].startswith("ns") or name[-1] in "省市县州盟"):
            return length, Place(*known)
    return 1, None


def _name_at(tagged: list[tuple[str, str]], at: int, known: Callable[[str], bool], vocabulary: Vocabulary) -> int:
    """How many words from here make one name that the documents or the vocabulary know."""
    for length in (5, 4, 3, 2):
        parts = [w for w, _ in tagged[at : at + length]]
        if len(parts) < length or not all(parts) or any(p in FRAMING for p in (parts[0], parts[-1])):
            continue
        name = "".join(parts)
        if 3 <= len(name) <= 16 and (name in vocabulary.words or known(name)):
            return length
    return 1


def _english(
    text: str, vocabulary: Vocabulary, known: Callable[[str], bool], said: Callable[[str], bool]
) -> tuple[list[tuple[str, float]], tuple[Place, ...]]:
    """English words as the Chinese terms for them; words without a term stand for themselves."""
    del known, said
    tokens = _LATIN.findall(text)
    words: list[tuple[str, float]] = []
    places: list[Place] = []
    at = 0
    while at < len(tokens):
        for length in (4, 3, 2, 1):
            phrase = " ".join(tokens[at : at + length])
            if at + length <= len(tokens) and _take(phrase, vocabulary, words, places):
                break
        else:
            length = 1
            if tokens[at] not in ENGLISH_FRAMING and len(tokens[at]) > 1 and not tokens[at].isdigit():
                words.append((tokens[at], UNTOLD))
        at += length
    return words, tuple(places)


def _take(phrase: str, vocabulary: Vocabulary, words: list[tuple[str, float]], places: list[Place]) -> bool:
    """Take a phrase that is known; False for others."""
    if found := PROVINCES.get(phrase):
        places.append(Place(*found))
    elif known := vocabulary.places.get(phrase):
        places.append(Place(*known))
    elif phrase in ENGLISH:
        term = ENGLISH[phrase]
        words.append((term, SLIGHT if term in LIGHT else NOUN))
    elif phrase in vocabulary.materials:
        words.append((vocabulary.materials[phrase], NOUN))
    else:
        return False
    return True


def _parts(word: str) -> tuple[str, ...]:
    """The shorter words that a compound is made of; none where it is no compound."""
    if len(word) < 4 or not _HAN.match(word):
        return ()
    found = [w for w in _plain_segmenter().cut(word, False) if len(w) > 1]
    return tuple(w for w in found if w not in LIGHT) if len(found) > 1 else ()


def _concepts(words: list[tuple[str, float]]) -> tuple[Concept, ...]:
    """Each word once, with its synonyms; synonyms of each other within one question stay apart."""
    seen: dict[str, float] = {}
    for word, weight in words:
        seen[word] = max(seen.get(word, 0.0), weight)
    out: list[Concept] = []
    for word, weight in list(seen.items())[:MOST_CONCEPTS]:
        alike: Mapping[str, float] = SYNONYMS.get(word, {})
        forms = ((folded(word), 1.0), *((folded(w), v) for w, v in alike.items() if w != word))
        needs = "".join(
            c for c in word if c in ELEMENTS and c not in _NO_MATERIAL and not any(c not in w for w in alike)
        )
        out.append(Concept(word, forms, weight, needs, _parts(word)))
    return tuple(out)
