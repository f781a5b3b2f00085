"""Tags every template has: icons, texts in the reader's language, URLs that keep the query."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from oreflow.core.provenance import Text

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """One drawing of the sprite, hidden from readers' aids: the word stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("console/icons.svg"),
        name,
    )


@register.filter
def said(text: Text | None) -> str:
    """A text of the data in the reader's language."""
    return "" if text is None else text.in_language(get_language() or "en")


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The current query string with some parameters set, or dropped where None."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}" if params else "?"


@register.filter
def short_hash(value: str) -> str:
    """The first twelve digits of a hash, without the name of its method."""
    return value.rpartition(":")[2][:12]
