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
_TARGET_CUE = re.compile(r"总量控制指标|控制指标|计划指标|下达|力争|争取|到(?:19|20)\d{2}年|目标|末达到|奋斗|预期")
_FACT_CUE = re.compile(
    r"截[至止]|已(?:经)?(?:建|形|达|有|成|完|累)|目前|现有|先后|取得|以来|建成了|形成了|实现了|去年|完成了"
)
_BOUNDED = re.compile(r"以上|以下|以内|不低于|不高于|不超过|不得|不少于|大于|小于|低于|高于|超过")
_MUST = re.compile("|".join(sorted(MUST_WORDS, key=len, reverse=True)) + r"|规模|可在")
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
    for section in outline:
        above = out[section.parent] if section.parent is not None else None
        park = section.title if _PARK.search(section.title) else above.park if above else ""
        found = re.search(r"(20\d{2})年", section.title)
        year = int(found[1]) if found else above.year if above else None
        category = section.title if section.title.endswith("类") else above.category if above else ""
        if category and section.title.endswith(("行业", "领域")):
            category = f"{category}/{section.title}"
        role = Role.CONDITION if frame.conditions and section.role not in (Role.LAW, Role.MEASURE) else section.role
        out.append(Place(role, park, year, category, (above.titles if above else "") + section.title))
    return out


def kind_of(
    figure: Figure, left: str, clause: str, sentence: str, right: str, year: int | None, place: Place, frame: Frame
) -> Kind:
    """Actual, target, threshold or other."""
    base = frame.base
    if figure.post and right[:1] > "一" and figure.unit != "%" and _PHASED_OUT.search(left):
        return Kind.THRESHOLD
    if (
        year is not None
        and base is not None
        and year > base + (1 if place.role in (Role.ACHIEVEMENT, Role.OUTLOOK) else 0)
    ):
        past = frame.dated is not None and year <= frame.dated and not _TARGET_CUE.search(sentence)
        return Kind.ACTUAL if past or _FACT_CUE.search(clause) else Kind.TARGET
    if place.role is Role.CONDITION and not year:
        return Kind.THRESHOLD
    near = _STOP.split(clause[len(left) :], maxsplit=1)[0]
    if _of_project(figure, left, near, sentence if place.role is not Role.GOAL else ""):
        return Kind.OTHER
    if place.role is Role.PROJECT and figure.sort == "measure" and figure.unit != "%":
        return Kind.OTHER
    if year is not None:
        return Kind.TARGET if base is None and (year == frame.horizon or _TARGET_CUE.search(sentence)) else Kind.ACTUAL
    if place.role in (Role.ACHIEVEMENT, Role.OUTLOOK):
        return Kind.TARGET if _TARGET_CUE.search(clause) else Kind.ACTUAL
    if place.role is Role.GOAL:
        return Kind.ACTUAL if _FACT_CUE.search(clause) else Kind.TARGET
    if place.role is Role.LAW or _required(figure, left, clause):
        return Kind.THRESHOLD
    if _GRANT.search(clause) and year is None:
        return Kind.OTHER
    if _FACT_CUE.search(sentence):
        return Kind.ACTUAL
    if place.role is Role.MEASURE and not _TARGET_CUE.search(sentence) and figure.post:
        return Kind.THRESHOLD
    if figure.post and right[:1] not in "，。；、）" and figure.unit != "%" and not _TARGET_CUE.search(sentence):
        return Kind.OTHER
    if _TARGET_CUE.search(sentence) or any(w in clause for w in GOAL_WORDS) or place.role is Role.TASK:
        return Kind.TARGET
    return Kind.ACTUAL if any(w in sentence for w in PAST_WORDS) or place.role is Role.FRONT else Kind.TARGET


_PHASED_OUT = re.compile(r"(?:淘汰|关停|拆除|取缔|禁止|严禁|退出|关闭|限制)[^，。；]{0,30}$")
_GRANT = re.compile(r"奖励|补助|补贴|贴息|资助|返还|减免|执行$|优惠")
_NOT = re.compile(r"不得?应?(?:低于|高于|少于|多于|超过|小于|大于)$|[≥≤]$")


def _required(figure: Figure, left: str, clause: str) -> bool:
    if _NOT.search(left):
        return True
    return bool(_MUST.search(clause)) and bool(_BOUNDED.search(clause) or figure.post)


def _of_project(figure: Figure, left: str, near: str, said: str) -> bool:
    """Whether a figure is the size of a project that is named right after it."""
    if figure.unit in ("%", "倍", "番", "个百分点") or (
        figure.sort == "count" and not (figure.scale or left.endswith(("年产", "年加工")))
    ):
        return False
    if re.search(r"(?:总投资|建设规模|设计规模|占地|投资额)[^，；。]{0,6}$", left[-16:]) and _PROJECT.search(said):
        return True
    return bool(_PROJECT.search(near[:40])) and bool(_BUILD.search(left[-24:]))


def inherited_year(kind: Kind, before: int | None, place: Place, frame: Frame, role: str) -> int | None:
    """The year of a statement whose sentence names none; `before` is the paragraph's last year."""
    if kind in (Kind.THRESHOLD, Kind.OTHER):
        return None
    if kind is Kind.TARGET:
        ahead = before if before is not None and (frame.base is None or before > frame.base) else None
        return ahead or place.year or frame.horizon
    if role == "from":
        return None
    if before is not None and place.role is not Role.OUTLOOK:
        return before
    return frame.base if place.role is Role.ACHIEVEMENT and (frame.start_year or frame.dated is None) else None
