"""What the preview says of rows that cannot be written, each with its way out."""

from __future__ import annotations

from oreflow.console.registers.spec import Field, Register
from oreflow.core.provenance import Text


def _labels(register: Register) -> Text:
    labels = [register.get(key).label for key in register.identity]
    return Text("、".join(f"“{label.zh}”" for label in labels), ", ".join(f"“{label.en}”" for label in labels))


def nameless(register: Register) -> Text:
    """A row without what identifies it."""
    said = _labels(register)
    return Text(
        f"缺少{said.zh}，无法判断是哪一条记录。请填写。",
        f"{said.en} must be given: they say which record the row is. Fill them in.",
    )


def repeated(register: Register, first: int, second: int) -> Text:
    """Two rows of the file that are the same record."""
    said = _labels(register)
    return Text(
        f"第 {first} 行与第 {second} 行的{said.zh}相同。请只留一行，或改正其中一行。",
        f"Rows {first} and {second} have the same {said.en}. Keep one of them, or correct one.",
    )


def ambiguous(register: Register) -> Text:
    """A row that several records could be."""
    said = _labels(register)
    return Text(
        f"登记中有几条记录的{said.zh}与此相同。请在页面上逐条修改。",
        f"Several records have this {said.en}. Change them one by one on their pages.",
    )


def taken(register: Register) -> Text:
    """A row whose identity belongs to a record that the viewer does not see."""
    said = _labels(register)
    return Text(
        f"{said.zh}不能在此使用。请核对；确无误时，请联系主管部门。",
        f"This {said.en} cannot be used here. Check it; if it is right, ask the authority in charge.",
    )


def held(register: Register, key: str) -> Text:
    """A value that another record has, where it may stand once only."""
    label = register.get(key).label
    return Text(
        f"已有“{label.zh}”相同的记录。请改用另一个值。", f"Another record has this “{label.en}”. Give another value."
    )


def by_case(item: Field) -> Text:
    """A change that waits for a decision, which no file can ask for."""
    return Text(
        f"“{item.label.zh}”的变更须经审批。请在该记录的页面上提交变更申请，本行其余内容可先导入。",
        f"A change of “{item.label.en}” needs approval. Submit it as a change case on the record’s page;"
        " put the standing value here to import the rest of the row.",
    )
