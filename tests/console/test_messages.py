"""Every word of the chrome is translated, and what is compiled is what is written."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from oreflow.console import messages

CONSOLE = Path(messages.__file__).parent
CALLS = {"_", "lazy", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy", "npgettext"}


def _catalogue(locale: str):
    with messages.catalogue_file(locale).open("rb") as stream:
        return read_po(stream, locale=locale)


def _strings(message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string,)


def test_every_message_has_a_chinese_translation() -> None:
    catalogue = _catalogue("zh_Hans")
    found = list(messages.found_messages())
    assert len(found) > 300
    untranslated = []
    for file, line, message, context in found:
        key = message if isinstance(message, str) else message[0]
        entry = catalogue.get(key, context=context)
        if entry is None or not all(_strings(entry)):
            untranslated.append(f"{file}:{line} {key}")
    assert untranslated == []


@pytest.mark.parametrize("locale", messages.LOCALES)
def test_catalogue_holds_nothing_that_no_page_says(locale: str) -> None:
    said = {(m if isinstance(m, str) else m[0], c) for _, _, m, c in messages.found_messages()}
    kept = {((e.id if isinstance(e.id, str) else e.id[0]), e.context) for e in _catalogue(locale) if e.id}
    assert kept == said


@pytest.mark.parametrize("locale", messages.LOCALES)
def test_compiled_catalogue_is_up_to_date(locale: str) -> None:
    def entries(catalogue) -> dict[tuple[str, str], tuple[str, ...]]:
        return {
            (
                str(e.id if isinstance(e.id, str) else tuple(e.id)),
                e.context.decode() if isinstance(e.context, bytes) else e.context or "",
            ): tuple(_strings(e))
            for e in catalogue
            if e.id and all(_strings(e))
        }

    with messages.catalogue_file(locale).with_suffix(".mo").open("rb") as stream:
        compiled = entries(read_mo(stream))
    assert compiled == entries(_catalogue(locale))


def test_placeholders_survive_translation() -> None:
    import re

    holes = re.compile(r"%\(\w+\)s|%%")
    for entry in _catalogue("zh_Hans"):
        if entry.id:
            source = entry.id if isinstance(entry.id, str) else entry.id[-1]
            for text in _strings(entry):
                assert sorted(holes.findall(text)) == sorted(holes.findall(source)), source


def test_no_f_string_in_translation_calls() -> None:
    wrong = []
    for file in sorted(CONSOLE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                wrong += [f"{file.name}:{a.lineno}" for a in node.args if isinstance(a, ast.JoinedStr)]
    assert wrong == []


def test_templates_say_nothing_outside_translation() -> None:
    """Letters between tags of a template must stand in a translation tag, or be a name."""
    import re

    names = {
        "Oreflow",
        "CSV",
        "PDF",
        "ofl",
        "PNG",
        "SVG",
        "EN",
        "中文",
        "OpenAPI",
        "Apache",
        "SHA",
        "GET",
        "Enter",
        "Esc",
        "t",
        "lang",
        "A",
        "B",
        "N",
        "P",
    }
    for file in sorted(CONSOLE.rglob("*.html")):
        if "report" in file.as_posix():
            continue
        text = file.read_text("utf-8")
        text = re.sub(r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}", "", text, flags=re.DOTALL)
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", text, flags=re.DOTALL)
        text = re.sub(r"<kbd>\w</kbd>|<[^>]*>", " ", text, flags=re.DOTALL)  # keys are what they are
        assert set(re.findall(r"[A-Za-z\u4e00-\u9fff]+", text)) <= names, file.name
