"""The reference page of the checks: its examples run, and it names every rule."""

from __future__ import annotations

import re
from pathlib import Path

from oreflow.core.provenance import FindingClass
from oreflow.core.region import Form
from oreflow.core.targets import RULES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "checks.md"


def test_its_examples_run() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), {})  # noqa: S102 - the page's own code


def test_it_names_every_rule_class_and_form() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for word in (*RULES, *FindingClass, *Form):
        assert f"`{word}`" in text, word
