"""Walks every page, endpoint and export with every role, and looks for what should not be there.

Each of three enterprises carries a mark in every text of every row it owns. Whatever a role is answered, at
whatever address, may hold the marks within its reach only. Object addresses answer 404 outside the reach.

A new model fails the walk until `OWNERS` says whose its rows are, or `SHARED` says why nobody's; a new
address fails it until every parameter has values in `Subjects`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

MARKS = {"alpha": "Qzxalpha", "beta": "Qzxbeta", "gamma": "Qzxgamma"}
DESKS = ("people", "registers", "reading", "cases", "operations")


@dataclass(frozen=True)
class Address:
    """A route of the console: its pattern with `<name>` parameters, and its name."""

    pattern: str
    name: str
    parameters: tuple[str, ...]


@dataclass
class Subjects:
    """Values of parameters: those that belong to an enterprise, and those that belong to nobody."""

    owned: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # parameter: owner: values
    shared: dict[str, list[str]] = field(default_factory=dict)


@lru_cache
def addresses() -> list[Address]:
    """Every route of the console, those of the data interface too."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda a: a.pattern)


def _walk(patterns: list[Any], prefix: str) -> Iterator[Address]:
    for entry in patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, here)
        elif isinstance(entry, URLPattern):
            plain = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", here).replace("\\", "").rstrip("$")
            yield Address(f"/{plain.lstrip('^')}", entry.name or "", tuple(re.findall(r"<(\w+)>", plain)))


def project_models() -> list[type[models.Model]]:
    """Every model of the desks, histories too."""
    return [model for desk in DESKS for model in apps.get_app_config(desk).get_models()]


def text_of(response: HttpResponse) -> str:
    """All that an answer says: body, headers, and what stands inside workbooks and PDF files."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    heads = " ".join(f"{name}: {value}" for name, value in response.items())
    return heads + _inside(raw)


def _inside(raw: bytes) -> str:
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if raw.startswith(b"%PDF"):
        from pypdf import PdfReader

        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    text = raw.decode("utf-8", "replace")
    return text.encode().decode("unicode_escape", "replace") if "\\u" in text else text


def marks_in(text: str) -> set[str]:
    """The owners whose mark stands in a text, whatever its case or the spaces a PDF puts into it."""
    folded = text.casefold()
    return {owner for owner, mark in MARKS.items() if mark.casefold() in folded}


def visit(client: Client, path: str) -> tuple[int, set[str]]:
    """Status and marks of what a reader is answered."""
    response = client.get(path)
    return response.status_code, marks_in(text_of(response))


def filled(address: Address, values: dict[str, str]) -> str:
    """The address with its parameters filled in."""
    path = address.pattern
    for name in address.parameters:
        path = path.replace(f"<{name}>", values[name])
    return path
