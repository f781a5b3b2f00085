"""A world with documents that were read, for the pages of the reading desk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from oreflow.console.reading import extracting
from oreflow.console.reading.models import Document, Item
from tests.console.world import NOW, World

from .plans import PLAN

Keep = Callable[..., Document]


@pytest.fixture
def keep(world: World) -> Keep:
    """Puts a document, read, into the world."""

    def make(text: str = PLAN, keeper: str = "city", by: str = "decider", key: str = "plan", **more: Any) -> Document:
        found = extracting.read_here(text.encode(), f"{key}.txt", simplify=False, told=lambda _percent: None)
        organisation = world.organisations[keeper]
        document = Document.objects.create(
            organisation=organisation, area_code=organisation.area_code, region="panxi", key=key,
            file_name=f"{key}.txt", media_type="text/plain", size=len(text.encode()), format=found["format"],
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            text_sha256=hashlib.sha256(found["text"].encode()).hexdigest(), text=found["text"],
            added_at=NOW, added_by=world.people[by], simulated=True,
            **({"title": found["frame"]["title"] or key, "state": Document.State.READY, "progress": 100}
               | {n: found[n] for n in ("places", "grids", "frame", "outline", "tables", "notes")} | more),
        )  # fmt: skip
        names = ("kind", "start", "end", "quote", "values", "confidence", "doubts")
        rows = [Item(document=document, changed_at=NOW, **{n: i[n] for n in names}) for i in found["items"]]
        Item.objects.bulk_create(rows)
        return document

    return make
