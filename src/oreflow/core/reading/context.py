"""What a statement inherits: its kind and its year, from clause, sentence, paragraph, section and frame."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import GOAL_WORDS, MUST_WORDS, PAST_WORDS
from .model import Frame, Kind, Role, Section
from .numbers import Figure

_PROJECT = re.compile(r"项目|工程(?!师)|生产线|技改|扩建|机组|搬迁|装置|生产基地|矿山建设")
_BUILD = re.compile(
    r"(?:建设|新建|扩建|改建|启动|开工|续建|实施|推进|筹建|技改|投产|年产|年处理|年加工)[^，；。]{0,14}$|^[^，；。达到超]{0,18}$"
)
_STOP = re.compile(r"[，；。！？]")
_TARGET_CUE = re.compile(
    r"总量控制指标|控制指标|计划指标|下达|力争|争取(?!上级|国家|中央|省|资金|项目|政策)|到(?:19|20)\d{2}年|目标|末达到|奋斗|预期"
)
_FACT_CUE = re.compile(
    r"截[至止]|已(?:经)?(?:建|形|达|有|成|完|累)|目前|现有|先后|取得|以来|建成了|形成了|实现了|去年|完成了"
)
_WORKS = re.compile(r"(?:改造|扩建|新建|建设|续建|技改|搬迁|配套|[一二三四]期)工程$|项目$|生产线$")
_BOUNDED = re.compile(r"以上|以下|以内|不低于|不高于|不超过|不得|不少于|大于|小于|低于|高于|超过")
_MUST = re.compile("|".join(sorted(MUST_WORDS, key=len, reverse=True)) + r"|应(?![用急对有收付变])|规模|可在")
_PARK = re.compile(r"(?:园区|开发区|工业园|产业园|高新区|经开区|发展区|新区)(?:（.{1,6}）)?$")


@dataclass(frozen=True, slots=True)
class Place:
    """The section a paragraph stands in, with what was said above it."""

    role: Role
    park: str = ""
    year: int | None = None
    category: str = ""
    titles: str = ""


def places(outline: tuple[Section, ...], frame: Frame) -> list[Place]:
    """One `Place` for every section."""
    out: list[Place] = []
    aimed = not any(s.role in (Role.ACHIEVEMENT, Role.OUTLOOK, Role.GOAL) for s in outline)  # nothing but tasks
    for section in outline:
        above = out[section.parent] if section.parent is not None else None
        park = section.title if _PARK.search(section.title) else above.park if above else ""
        found = re.search(r"((?:19|20)\d{2})年(?!前)", section.title)
        year = int(found[1]) if found else above.year if above else None
        category = section.title if section.title.endswith("类") else above.category if above else ""
        if category and section.title.endswith(("行业", "领域")):
            category = f"{category}/{section.title}"
        role = section.role
        if frame.conditions and role not in (Role.LAW, Role.MEASURE):
            role = Role.CONDITION
        elif role is Role.FRONT and aimed and section.number:
            role = Role.TASK
        aimed = aimed or role is Role.GOAL
        if role is Role.TASK and _WORKS.search(section.title):
            role = Role.PROJECT
        out.append(Place(role, park, year, category, (above.titles if above else "") + section.title))
    return out


def kind_of(
    figure: Figure, left: str, clause: str, sentence: str, right: str, year: int | None, place: Place, frame: Frame
) -> Kind:
    """Actual, target, threshold or other."""
    near = _STOP.split(clause[len(left) :], maxsplit=1)[0]
    if frame.facts:
        if _of_project(figure, left, near, sentence):
            return Kind.OTHER
        return Kind.TARGET if _HOPED.search(sentence) else Kind.ACTUAL
    if figure.post and right[:1] > "一" and figure.unit != "%" and _phased_out(left, clause):
        return Kind.THRESHOLD
    base = frame.base
    if year is not None and _EXPECTED.search(clause) and (base is None or year >= base or frame.guessed):
        return Kind.TARGET
    if (
        year is not None
        and base is not None
        and year > base + (1 if place.role in (Role.ACHIEVEMENT, Role.OUTLOOK) else 0)
    ):
        past = frame.dated is not None and year <= frame.dated and not _TARGET_CUE.search(sentence)
        return Kind.ACTUAL if past or _FACT_CUE.search(clause) else Kind.TARGET
    if not year and (place.role is Role.CONDITION or (figure.sort != "count" and demanded(left))):
        return Kind.THRESHOLD
    if _of_project(figure, left, near, sentence if place.role is not Role.GOAL else ""):
        return Kind.OTHER
    if place.role is Role.PROJECT and not year and _NOT.search(left):
        return Kind.THRESHOLD
    if place.role is Role.PROJECT and not _TARGET_CUE.search(clause):
        return Kind.OTHER
    if year is not None:
        aimed = year == frame.horizon or place.role is Role.GOAL or _TARGET_CUE.search(sentence)
        return Kind.TARGET if base is None and aimed else Kind.ACTUAL
    return _undated(figure, left, clause, sentence, right, place)


def _undated(figure: Figure, left: str, clause: str, sentence: str, right: str, place: Place) -> Kind:
    """The kind of a figure without a year, from its section and its words."""
    if place.role in (Role.ACHIEVEMENT, Role.OUTLOOK):
        return Kind.TARGET if _TARGET_CUE.search(clause) else Kind.ACTUAL
    if place.role is Role.GOAL:
        return Kind.ACTUAL if _FACT_CUE.search(clause) else Kind.TARGET
    if place.role is Role.LAW or _required(figure, left, clause) or (_BOUNDED.search(clause) and _IF.match(right)):
        return Kind.THRESHOLD
    if figure.sort == "time" and not _TARGET_CUE.search(sentence) and not _CUT_TO.search(left):
        return Kind.THRESHOLD
    if GRANT.search(clause):
        return Kind.OTHER
    if _FACT_CUE.search(sentence) or (_RESERVES.search(left) and not _TARGET_CUE.search(clause)):
        return Kind.ACTUAL
    if place.role is Role.MEASURE and not _TARGET_CUE.search(sentence) and figure.post:
        return Kind.THRESHOLD
    if (
        figure.post
        and figure.sort != "count"
        and right[:1] not in "，。；、）"
        and figure.unit != "%"
        and not _TARGET_CUE.search(sentence)
    ):
        return Kind.OTHER
    if _TARGET_CUE.search(sentence) or any(w in clause for w in GOAL_WORDS) or place.role is Role.TASK:
        return Kind.TARGET
    return Kind.ACTUAL if any(w in sentence for w in PAST_WORDS) or place.role is Role.FRONT else Kind.TARGET


_STRONG = re.compile(
    r"(?:必须|须|不得(?:低于|高于|少于|多于|超过|小于|大于)|不应|不能(?:低于|高于|少于|超过)|应(?:不|达到?|在|为|低于|高于|大于|小于|当))"
)


def demanded(left: str) -> bool:
    """Whether the words before a figure demand it (须, 不得低于, 应达到)."""
    return bool(_STRONG.search(left[-30:]))


def _phased_out(left: str, clause: str) -> bool:
    return bool(_PHASED_OUT.search(left)) or bool(_OUT_AFTER.search(clause[len(left) :]))


_PHASED_OUT = re.compile(r"(?:淘汰|关停|拆除|取缔|禁止|严禁|退出|关闭|限制)[^，。；]{0,30}$")
_IF = re.compile(
    r"[^，。；、]{0,14}的(?:，|[^，。；、]{0,8}，?(?:分别)?(?:奖励|给予|予以|应|须|不得|不予|限期|予以|可按|核减|暂停))"
)
_OUT_AFTER = re.compile(r"(?:淘汰|关停|拆除|取缔|退出|关闭)(?:退出|出清|到位|完毕)?$")
_CUT_TO = re.compile(r"(?:压缩|控制|缩短|减少|压减|降低|缩减)(?:到|至|在)$")
_EXPECTED = re.compile(r"有望|预计(?!完成)|预期")
_HOPED = re.compile(r"力争|争取|确保|预期目标|奋斗目标|预计全年|全年预计")
_PROJECT_HEAD = re.compile(
    r"(?:\d{1,2}[.、．]|（\d{1,2}）)?(?:[^，。；]{0,10})?(?:建设|新建|扩建|续建|启动|实施)[^，。；]{2,24}(?:项目|工程|生产线)，"
)
_RESERVES = re.compile(r"(?:储量|资源量|资源总量|可利用量|可采储量)$")
GRANT = re.compile(r"奖励|奖补|补助|补贴|贴息|资助|返还|减免|执行$|优惠")
_NOT = re.compile(r"不得?应?(?:低于|高于|少于|多于|超过|小于|大于)$|[≥≤]$")


def _required(figure: Figure, left: str, clause: str) -> bool:
    if _NOT.search(left):
        return True
    return bool(_MUST.search(clause)) and bool(_BOUNDED.search(clause) or figure.post)


def _of_project(figure: Figure, left: str, near: str, said: str) -> bool:
    """Whether a figure is the size of a project that is named right after it, or at the sentence's head."""
    if figure.unit in ("%", "倍", "番", "个百分点") or (
        figure.sort == "count" and not (figure.scale or left.endswith(("年产", "年加工")))
    ):
        return False
    if re.search(r"(?:总投资|建设规模|设计规模|占地|投资额)[^，；。]{0,6}$", left[-16:]) and _PROJECT.search(said):
        return True
    if figure.sort == "measure" and said and _PROJECT_HEAD.match(said) and not _TARGET_CUE.search(said):
        return True
    return bool(_PROJECT.search(near[:40])) and bool(_BUILD.search(left[-24:]))


def inherited_year(kind: Kind, before: int | None, place: Place, frame: Frame, role: str) -> int | None:
    """The year of a statement whose sentence names none; `before` is the paragraph's last year."""
    if kind in (Kind.THRESHOLD, Kind.OTHER):
        return None
    if frame.facts:
        return before if before is not None and frame.base is None else frame.base
    if kind is Kind.TARGET:
        ahead = before if before is not None and (frame.base is None or before > frame.base) else None
        return ahead or place.year or frame.horizon
    if role == "from":
        return None
    if before is not None and place.role is not Role.OUTLOOK:
        return before
    return frame.base if place.role is Role.ACHIEVEMENT and (frame.start_year or frame.dated is None) else None
