"""How a record is saved: its version, who and why for its history, and what may stand only once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from oreflow.console import clock
from oreflow.console.people import former_names
from oreflow.console.people.models import Organisation, User
from oreflow.console.refusals import Invalid
from oreflow.core.provenance import Text

from . import search
from .spec import Register


def write(
    register: Register, record: Any, user: User | None, acting: str, *, door: str, reason: str, source: str = ""
) -> None:
    """Save a record with its next version and its entry of history.

    Raises
    ------
    Invalid
        Where another record took the same identity meanwhile.
    """
    record._history_user, record._change_reason, record._door = user, reason, str(door)
    record._source, record._acting = source[:40], acting[:120]
    record.version += 1
    record.updated_at = record._history_date = clock.now()
    record.words = search.words_of(register, record)
    try:
        with transaction.atomic():
            if isinstance(record, Organisation) and record.pk is not None:
                former_names.keep_of(record, user=user, reason=reason)
            record.save()
    except IntegrityError as error:
        raise Invalid({register.identity[-1]: _taken(register, register.identity)}) from error


def check_free(register: Register, record: Any) -> None:
    """Say which other record has the same identity before the database refuses."""
    model = register.model
    unique = [(f.name,) for f in model._meta.concrete_fields if f.unique and not f.primary_key]
    unique += [tuple(c.fields) for c in model._meta.constraints if getattr(c, "fields", ()) and c.condition is None]
    for names in unique:
        values = {name: getattr(record, name) for name in names}
        if None in values.values():
            continue
        if model._default_manager.filter(**values).exclude(pk=record.pk).exists():
            raise Invalid({names[-1]: _taken(register, names)})


def _taken(register: Register, names: Iterable[str]) -> Text:
    labels = [register.get(name).label for name in names]
    zh, en = "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
    return Text(
        f"已有“{zh}”相同的记录。请改用另一个值，或打开那条记录修改。",
        f"Another record has the same value of: {en}. Give another one, or change that record.",
    )
