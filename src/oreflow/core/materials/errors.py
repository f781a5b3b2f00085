"""Errors of the room, all `MaterialsError`.

MaterialsError
├── FormulaError          a formula that cannot be read
├── UnknownElementError   a symbol that is no element, or an element without a standard weight
├── ConversionError       two bases that do not convert into each other
└── JointSplitError       a process or distribution that cannot be split
"""

from __future__ import annotations

from oreflow.core.provenance import Text


class MaterialsError(ValueError):
    """What is wrong and what would mend it, in both languages, under a stable `code`."""

    def __init__(self, code: str, text: Text, remedy: Text) -> None:
        super().__init__(f"{text.en} {remedy.en}")
        self.code = code
        self.text = text
        self.remedy = remedy


class FormulaError(MaterialsError):
    """A formula that cannot be read; `position` counts characters from 0."""

    def __init__(self, formula: str, position: int, text: Text) -> None:
        where = Text(
            f"化学式“{formula}”第 {position + 1} 个字符：{text.zh}。",
            f"Formula '{formula}', character {position + 1}: {text.en}.",
        )
        remedy = Text(
            "写法如 (NH4)2V6O16、FeSO4·7H2O、Ni0.8Co0.1Mn0.1O2H2。",
            "Write it like (NH4)2V6O16, FeSO4·7H2O, Ni0.8Co0.1Mn0.1O2H2.",
        )
        super().__init__("materials.formula", where, remedy)
        self.formula = formula
        self.position = position


class UnknownElementError(MaterialsError):
    """A symbol that is no element, or an element without a standard atomic weight."""

    def __init__(self, symbol: str, known: bool) -> None:
        if known:
            text = Text(f"元素 {symbol} 没有标准原子量。", f"Element {symbol} has no standard atomic weight.")
            remedy = Text("改用具体核素的质量。", "Use the mass of a nuclide instead.")
        else:
            text = Text(f"“{symbol}”不是元素符号。", f"'{symbol}' is no element symbol.")
            remedy = Text(
                "元素符号首字母大写、次字母小写，如 Ti、V、Nd。",
                "Symbols have one capital and then a small letter, like Ti, V, Nd.",
            )
        super().__init__("materials.element", text, remedy)
        self.symbol = symbol


class ConversionError(MaterialsError):
    """Two bases that do not convert into each other; both are named."""

    def __init__(self, source: str, target: str, reason: Text, remedy: Text) -> None:
        text = Text(
            f"不能从“{source}”口径折算到“{target}”口径：{reason.zh}。",
            f"Cannot convert from basis '{source}' to basis '{target}': {reason.en}.",
        )
        super().__init__("materials.basis", text, remedy)
        self.source = source
        self.target = target


class JointSplitError(MaterialsError):
    """A process or distribution that cannot be split into single oxides."""

    def __init__(self, text: Text, remedy: Text) -> None:
        super().__init__("materials.joint", text, remedy)
