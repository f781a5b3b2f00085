"""Tags for figures: amounts with ranges, verdicts, sources."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..presenters import Shown

register = template.Library()


@register.simple_tag
def amount(shown: Shown | None, url: str = "", unit: bool = True) -> SafeString | str:
    """An amount with its range and unit; with `url` its value opens in the side panel."""
    if shown is None:
        return ""
    value: Any = shown.value
    if url:
        value = format_html('<a class="figure" href="{}" data-panel>{}</a>', url, value)
    between = format_html(' <span class="range">[{}]</span>', shown.range) if shown.range else ""
    name = format_html(' <span class="range">{}</span>', shown.unit) if unit and shown.unit else ""
    return format_html("{}{}{}", value, between, name)


@register.simple_tag
def tag(kind: str, word: str, hint: str = "") -> SafeString:
    """A state as shape, word and colour."""
    drawing = format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("console/icons.svg"),
        kind,
    )
    return format_html('<span class="tag {}" title="{}">{}{}</span>', kind, hint, drawing, word)
