"""Words of the pages in both languages: gathers them from templates and code, compiles the catalogues.

`python -m oreflow.console.messages` brings locale/*/LC_MESSAGES/django.po up to date and compiles
the .mo files beside them. Source strings are English; the English catalogue only holds plurals.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCALES = {"zh_Hans": "zh_Hans", "en": "en"}
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = "# Words of the Oreflow console.\n# Apache-2.0"


def catalogue_file(locale: str) -> Path:
    """The .po file of a locale."""
    return HERE / "locale" / locale / "LC_MESSAGES" / "django.po"


def found_messages() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """Every (file, line, message, context) of templates and code; a plural message is a tuple."""
    for file in sorted(HERE.rglob("*.py")):
        if file.name != "messages.py":
            yield from _extracted(file, file.read_bytes())
    for file in sorted(HERE.rglob("*.html")):
        yield from _extracted(file, _as_python(file).encode())


def _as_python(template: Path) -> str:
    from django.utils.translation.template import templatize

    text: str = templatize(template.read_text("utf-8"), origin=str(template))
    return "\n".join(line.lstrip() for line in text.splitlines())  # indentation means nothing here


def _extracted(file: Path, source: bytes) -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    from babel.messages.extract import extract

    options = {"encoding": "utf-8"}
    for line, message, _comments, context in extract("python", io.BytesIO(source), KEYWORDS, (), options):
        if message:
            yield file.relative_to(HERE).as_posix(), line, message, context


def update() -> list[Path]:
    """Bring every catalogue up to date with the pages, keep its translations, and compile it."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po, write_po

    written = []
    for locale in LOCALES:
        file = catalogue_file(locale)
        template = Catalog(locale=None)
        for name, _line, message, context in found_messages():
            template.add(message, locations=[(name, 0)], context=context)
        catalogue = Catalog(locale=locale)
        if file.is_file():
            with file.open("rb") as stream:
                catalogue = read_po(stream, locale=locale)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if locale == "en":
            for entry in catalogue:
                if isinstance(entry.id, tuple):
                    entry.string = entry.id
        _settle(catalogue)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            write_po(stream, catalogue, width=110, sort_output=True, include_lineno=False, no_location=True)
        with file.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)
        written.append(file)
    return written


def _settle(catalogue: object) -> None:
    """The same bytes on every run: no dates, no tool names, one header."""
    from datetime import UTC, datetime

    settled = datetime(2026, 1, 1, tzinfo=UTC)
    for name, value in {
        "header_comment": HEADER, "project": "Oreflow", "version": "", "creation_date": settled,
        "revision_date": settled, "last_translator": "", "language_team": "", "fuzzy": False,
    }.items():  # fmt: skip
        setattr(catalogue, name, value)


def main() -> int:
    """Command: update and compile; say what was written."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oreflow.console.settings")
    for file in update():
        sys.stdout.write(f"{file.relative_to(HERE)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
