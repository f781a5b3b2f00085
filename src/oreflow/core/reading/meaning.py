"""What the words around a list of figures make of all of them: comparator, kind and year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from . import sides
from .context import GRANT, Place, demanded, kind_of
from .lexicon import AFTER
from .model import Comparator, Frame, Kind, Role
from .senses import Group, Sentence, comparator_of, explicit_year, follow, year_of

C = Comparator
_OF_ANOTHER = re.compile(r"[、和及](?:占)?[^，。；、]{1,8}的")
_CAP = re.compile(r"(?:及)?以下$")
_IN_BRACKET = re.compile(r"（[\u4e00-\u9fff]{2,8}")
_ALONG = re.compile(r"[^，。；：]*、[^，。；：]{0,12}")


@dataclass(frozen=True, slots=True)
class Sense:
    """What the words around a list of figures make of all of them."""

    side: sides.Side
    kind: Kind
    comparator: Comparator
    bound: Comparator | None
    direction: str
    year: int | None
    inherited: bool
    guessed: bool


def sense_of(text: str, s: Sentence, group: Group, left: str, place: Place, frame: Frame, carry: int | None) -> Sense:
    last = group.members[-1]
    side = sides.before(left)
    follow(s, left, side, group, text)
    explicit = explicit_year(text, s, group, side)
    if explicit and _left_behind(text, s, group):
        explicit = None
    said = text[s.start : min(s.end, s.start + 400)]
    kind = kind_of(last, group.left, group.clause, said, group.right, explicit, place, frame)
    if kind is not Kind.OTHER and explicit and _deadline_before(text, s, group):
        undated = kind_of(last, group.left, group.clause, said, group.right, None, place, frame)
        kind, explicit = (undated, None) if undated is Kind.OTHER else (kind, explicit)
    aimed = kind
    kind = _kind_beside(text, s, group, side, kind, explicit, place)
    if side.comparator is None and not last.post and _shares_bound(text, s, group, side):
        side = replace(side, comparator=s.last.comparator if s.last else None)
    comparator, bound, direction = comparator_of(s, side, sides.after(last), last, kind, left, group)
    year, inherited = year_of(
        text, s, explicit, side, aimed if side.role == "from" else kind, carry, place, frame, group
    )
    guessed = inherited and frame.guessed and year in (frame.horizon, frame.base)
    return Sense(side, kind, comparator, bound, direction, year, inherited, guessed)


def _shares_bound(text: str, s: Sentence, group: Group, side: sides.Side) -> bool:
    """Whether the bound of the figure before goes on: 不少于5年或20万公里, 约占全国的65%、全球的28%."""
    if s.last is None or side.level or side.change:
        return False
    between = text[s.last_end : group.members[0].start]
    if _IN_BRACKET.fullmatch(between) and s.last.unit == group.members[0].unit:
        return s.last.comparator in (C.AT_LEAST, C.AT_MOST, C.LESS, C.MORE)
    if s.last.quote.endswith(tuple(AFTER)):
        return False
    if s.last.comparator is C.ABOUT:
        return s.last.unit == group.members[0].unit == "%" and bool(_OF_ANOTHER.fullmatch(between))
    return between in ("或", "或者") and s.last.comparator in (C.AT_LEAST, C.AT_MOST, C.LESS, C.MORE)


def _left_behind(text: str, s: Sentence, group: Group) -> bool:
    """Whether the sentence's last year belongs to an earlier part: a demand after ；, or what goes on with one."""
    first = group.members[0].start
    loud = [y.end for y in s.years if not y.quiet and y.end <= first]
    if not loud:
        return False
    if s.last is not None and s.last.kind is Kind.THRESHOLD and s.last.year is None:
        return loud[-1] <= s.last_end
    if "；" not in text[loud[-1] : first]:
        return False
    return demanded(group.left) or bool(GRANT.search(group.clause))


def _deadline_before(text: str, s: Sentence, group: Group) -> bool:
    """Whether the sentence's last year is a deadline (2023年底前) of an item before ；."""
    first = group.members[0].start
    loud = [y.end for y in s.years if not y.quiet and y.end <= first]
    return bool(loud) and "；" in text[loud[-1] : first] and "前" in text[loud[-1] - 1 : loud[-1] + 1]


def _kind_beside(
    text: str, s: Sentence, group: Group, side: sides.Side, kind: Kind, explicit: int | None, place: Place
) -> Kind:
    """The kind in view of the figure before in the sentence: limits and aims go on."""
    before = s.last.kind if s.last is not None else None
    last = group.members[-1]
    if before is Kind.THRESHOLD and kind is Kind.TARGET and not explicit and side.comparator:
        kind = Kind.THRESHOLD
    if before is Kind.THRESHOLD and last.post and _ALONG.fullmatch(text[s.last_end : group.members[0].start]):
        kind = Kind.THRESHOLD
    if (
        before is Kind.THRESHOLD
        and _CAP.match(last.post)
        and s.last
        and _CAP.search(s.last.quote)
        and group.right[:1] > "一"
    ):
        kind = Kind.THRESHOLD
    if before is Kind.TARGET and kind is Kind.ACTUAL and place.role is Role.FRONT and not explicit:
        kind = Kind.TARGET
    return Kind.ACTUAL if side.role == "from" and kind is Kind.TARGET else kind
