"""Unified social credit codes (GB 32100-2015 with amendment no. 1 of 2016) and the organisation codes in them.

Eighteen characters: registering department, kind of organisation, area of the registering office (GB/T 2260),
organisation code (GB 11714-1997, eight characters and a check character) and a check character.
"""

from __future__ import annotations

from dataclasses import dataclass

from oreflow.core.provenance import Text

from .errors import BadPart
from .typed import compact

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_INNER_VALUES = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_OTHER = Text("其他", "other")

DEPARTMENTS: dict[str, tuple[Text, dict[str, Text]]] = {
    "1": (
        Text("机构编制", "staffing of public institutions"),
        {
            "1": Text("机关", "organ of state"),
            "2": Text("事业单位", "public institution"),
            "3": Text("中央编办直接管理机构编制的群众团体", "mass organisation staffed by the central office"),
            "9": _OTHER,
        },
    ),
    "2": (
        Text("外交", "foreign affairs"),
        {"1": Text("外国常驻新闻机构", "resident foreign news office"), "9": _OTHER},
    ),
    "3": (
        Text("司法行政", "justice"),
        {
            "1": Text("律师执业机构", "law firm"),
            "2": Text("公证处", "notary office"),
            "3": Text("基层法律服务所", "local legal service"),
            "4": Text("司法鉴定机构", "forensic institution"),
            "5": Text("仲裁委员会", "arbitration commission"),
            "9": _OTHER,
        },
    ),
    "4": (Text("文化", "culture"), {"1": Text("外国在华文化中心", "foreign cultural centre"), "9": _OTHER}),
    "5": (
        Text("民政", "civil affairs"),
        {
            "1": Text("社会团体", "association"),
            "2": Text("民办非企业单位", "private non-enterprise unit"),
            "3": Text("基金会", "foundation"),
            "9": _OTHER,
        },
    ),
    "6": (
        Text("旅游", "tourism"),
        {
            "1": Text("外国旅游部门常驻代表机构", "resident office of a foreign tourism board"),
            "2": Text(
                "港澳台地区旅游部门常驻内地（大陆）代表机构", "resident office of a Hong Kong, Macao or Taiwan board"
            ),
            "9": _OTHER,
        },
    ),
    "7": (
        Text("宗教", "religious affairs"),
        {"1": Text("宗教活动场所", "place of worship"), "2": Text("宗教院校", "religious school"), "9": _OTHER},
    ),
    "8": (Text("工会", "trade unions"), {"1": Text("基层工会", "local trade union"), "9": _OTHER}),
    "9": (
        Text("市场监管（工商）", "market regulation"),
        {
            "1": Text("企业", "enterprise"),
            "2": Text("个体工商户", "sole trader"),
            "3": Text("农民专业合作社", "farmers' cooperative"),
            "9": _OTHER,
        },
    ),
    "A": (
        Text("中央军委改革和编制办公室", "military staffing"),
        {"1": Text("军队事业单位", "military unit"), "9": _OTHER},
    ),
    "N": (
        Text("农业", "agriculture"),
        {
            "1": Text("组级集体经济组织", "collective of a villagers' group"),
            "2": Text("村级集体经济组织", "collective of a village"),
            "3": Text("乡镇级集体经济组织", "collective of a township"),
            "9": _OTHER,
        },
    ),
    "Y": (Text("其他", "other"), {"1": _OTHER}),
}


@dataclass(frozen=True, slots=True)
class UnifiedCode:
    """The parts of a code that has no problem."""

    department: str
    kind: str
    area: str
    organisation: str
    check: str

    def __str__(self) -> str:
        return self.department + self.kind + self.area + self.organisation + self.check

    @property
    def department_text(self) -> Text:
        """The registering department."""
        return DEPARTMENTS[self.department][0]

    @property
    def kind_text(self) -> Text:
        """The kind of organisation."""
        return DEPARTMENTS[self.department][1][self.kind]

    @property
    def organisation_code(self) -> str:
        """The organisation code as written before 2015: eight characters, hyphen, check character."""
        return f"{self.organisation[:8]}-{self.organisation[8:]}"


def uscc_check_character(first17: str) -> str:
    """The last character: 31 less the weighted sum modulo 31, weights 3^i mod 31 (GB 32100-2015, 5; GB/T 17710).

    Raises
    ------
    BadPart
        Unless `first17` is 17 characters of the alphabet (digits and capitals without I, O, S, V, Z).
    """
    if len(first17) != LENGTH - 1 or any(character not in ALPHABET for character in first17):
        raise BadPart(
            Text(
                f"“{first17}”不是统一社会信用代码的前 17 位；请用数字和大写字母（不含 I、O、S、V、Z）。",
                f"“{first17}” is not the first 17 characters of a unified social credit code; use digits and capitals "
                "without I, O, S, V, Z.",
            )
        )
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check_character(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714-1997): 11 less the weighted sum modulo 11, X for 10.

    Raises
    ------
    BadPart
        Unless `first8` is eight digits or capitals.
    """
    if len(first8) != len(_INNER_WEIGHTS) or any(character not in _INNER_VALUES for character in first8):
        raise BadPart(
            Text(
                f"“{first8}”不是组织机构代码的前 8 位；请用 8 位数字或大写字母。",
                f"“{first8}” is not the first 8 characters of an organisation code; use 8 digits or capitals.",
            )
        )
    total = sum(_INNER_VALUES[character] * weight for character, weight in zip(first8, _INNER_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def uscc_problem(typed: str) -> Text | None:
    """What is wrong with a unified social credit code, or None; full width, lower case and blanks are allowed."""
    code = compact(typed)
    return _form_problem(code) or _head_problem(code) or _check_problem(code)


def uscc_parts(typed: str) -> UnifiedCode:
    """The parts of a code.

    Raises
    ------
    BadPart
        With what `uscc_problem` says.
    """
    if problem := uscc_problem(typed):
        raise BadPart(problem)
    code = compact(typed)
    return UnifiedCode(code[0], code[1], code[2:8], code[8:17], code[17])


def make_uscc(department: str, kind: str, area: str, serial: int) -> str:
    """A well-formed code for a simulated organisation; `serial` becomes the organisation code's eight digits.

    A made code may by chance be somebody's: use it with simulated data only, small serials first.

    Raises
    ------
    BadPart
        If the department, the kind, the area (six digits) or the serial (0 to 99,999,999) does not fit.
    """
    if not 0 <= serial < 10 ** len(_INNER_WEIGHTS):
        raise BadPart(
            Text(
                f"顺序号 {serial} 超出范围；请取 0 至 99999999。",
                f"The serial {serial} is out of range; take 0 to 99999999.",
            )
        )
    body = f"{serial:08d}"
    first17 = f"{department}{kind}{area}{body}{organisation_check_character(body)}"
    code = first17 + uscc_check_character(first17)
    if problem := uscc_problem(code):
        raise BadPart(problem)
    return code


def _form_problem(code: str) -> Text | None:
    if len(code) != LENGTH:
        return Text(
            f"统一社会信用代码“{code}”有 {len(code)} 位，应为 18 位；请核对营业执照。",
            f"The unified social credit code “{code}” has {len(code)} characters, not 18; check the business licence.",
        )
    for place, character in enumerate(code, 1):
        if character not in ALPHABET:
            return Text(
                f"统一社会信用代码“{code}”第 {place} 位“{character}”不可用；"
                "只用数字和大写字母，不含 I、O、S、V、Z（常与 1、0、5、U、2 混淆）。",
                f"Character {place} of the unified social credit code “{code}” is “{character}”; only digits and "
                "capitals without I, O, S, V, Z occur (they are mistaken for 1, 0, 5, U, 2).",
            )
    return None


def _head_problem(code: str) -> Text | None:
    if code[0] not in DEPARTMENTS:
        return Text(
            f"统一社会信用代码“{code}”首位“{code[0]}”不是登记管理部门代码；可用 {'、'.join(DEPARTMENTS)}。",
            f"The unified social credit code “{code}” begins with “{code[0]}”, which is no registering department; "
            f"there are {', '.join(DEPARTMENTS)}.",
        )
    kinds = DEPARTMENTS[code[0]][1]
    if code[1] not in kinds:
        return Text(
            f"统一社会信用代码“{code}”第 2 位“{code[1]}”不是登记部门 {code[0]} 的机构类别；可用 {'、'.join(kinds)}。",
            f"Character 2 of the unified social credit code “{code}” is “{code[1]}”; department {code[0]} has the "
            f"kinds {', '.join(kinds)}.",
        )
    if not code[2:8].isdigit():
        return Text(
            f"统一社会信用代码“{code}”第 3 至 8 位“{code[2:8]}”应为六位行政区划代码（GB/T 2260）；请核对。",
            f"Characters 3 to 8 of the unified social credit code “{code}” are “{code[2:8]}”; they must be the six "
            "digits of an area (GB/T 2260).",
        )
    return None


def _check_problem(code: str) -> Text | None:
    outer = uscc_check_character(code[:17])
    if code[17] != outer:
        return Text(
            f"统一社会信用代码“{code}”末位校验码为“{code[17]}”，按前 17 位应为“{outer}”；有一位抄错，请核对营业执照。",
            f"The unified social credit code “{code}” ends with “{code[17]}”, but its first 17 characters give "
            f"“{outer}”; a character is wrong: check the business licence.",
        )
    inner = organisation_check_character(code[8:16])
    if code[16] != inner:
        return Text(
            f"统一社会信用代码“{code}”中组织机构代码“{code[8:17]}”的校验码为“{code[16]}”，应为“{inner}”（GB 11714）；"
            "请核对营业执照。",
            f"The organisation code “{code[8:17]}” in the unified social credit code “{code}” ends with “{code[16]}”, "
            f"but must end with “{inner}” (GB 11714); check the business licence.",
        )
    return None
