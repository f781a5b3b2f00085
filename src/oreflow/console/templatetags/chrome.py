"""Tags every template has: icons, texts in the reader's language, URLs that keep the query."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
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


_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef〔〕“”、。]*[\u2e80-\u9fff\uf900-\ufaff]"
                      "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef〔〕、。0-9]*")  # fmt: skip


@register.filter
def quoted(text: str) -> SafeString:
    """A text in the reader's language whose Chinese names are marked as Chinese, for readers of English."""
    if (get_language() or "en").startswith("zh"):
        return conditional_escape(text)
    parts, last = [], 0
    for found in _CHINESE.finditer(text):
        parts += [escape(text[last : found.start()]), format_html('<span lang="zh-Hans">{}</span>', found.group())]
        last = found.end()
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 - every part went through escape


@register.filter
def worded(label: Any) -> str:
    """A label in the reader's language, whether bilingual or through gettext."""
    return said(label) if isinstance(label, Text) else str(label)


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
