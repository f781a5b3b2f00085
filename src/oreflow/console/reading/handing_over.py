"""Documents that pass from one organisation to the one it merged into; their accepted records pass as records do."""

from __future__ import annotations

from django.db.models import QuerySet

from oreflow.console.people.models import Organisation

from .models import Document


def hand_over(old: Organisation, new: Organisation) -> int:
    """Put the successor in the keeper's place; how many documents. Within the caller's transaction.

    A short name that the successor gave already is numbered. Decisions stay with those who took them.
    """
    rows = list(
        Document.objects.select_for_update(of=("self",)).filter(organisation=old).order_by("pk").only("key", "region")
    )
    taken = set(Document.objects.filter(organisation=new).values_list("region", "key"))
    for row in rows:
        key, number = row.key, 2
        while (row.region, key) in taken:
            key, number = f"{row.key[:70]}-{number}", number + 1
        taken.add((row.region, key))
        Document.objects.filter(pk=row.pk).update(organisation=new, key=key)
    return len(rows)


def holders(organisations: QuerySet[Organisation]) -> set[int]:
    """Which of these organisations still keep documents."""
    return set(Document.objects.filter(organisation__in=organisations).values_list("organisation", flat=True))
