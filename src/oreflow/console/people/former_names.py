"""Former names of organisations that a register renames: kept on record, and found by search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from oreflow.console import clock

from .models import Organisation, Succession, User

RENAME = Succession.Manner.RENAME


def keep(named: Mapping[int, str], *, user_id: int | None, reason: str) -> None:
    """Enter what a register is about to rename, from today on, so that `name_on` is right whichever door was used.

    Called within the transaction that writes the new names, given by organisation, before they are written.
    """
    today, now = clock.today(), clock.now()
    standing = Organisation.objects.filter(pk__in=list(named)).values_list("pk", "name")
    Succession.objects.bulk_create(
        Succession(
            predecessor_id=pk, successor_id=pk, manner=RENAME, former_name=former, effective=today, reason=reason,
            recorded_at=now, recorded_by_id=user_id,
        )
        for pk, former in standing
        if former != named[pk]
    )  # fmt: skip


def keep_of(organisation: Organisation, *, user: User | None, reason: str) -> None:
    """The same for one organisation that is about to be saved; its search words get the former names, too."""
    keep({organisation.pk: organisation.name}, user_id=user.pk if user else None, reason=reason)
    organisation.words = together(organisation.words, words([organisation.pk]).get(organisation.pk, ""))


def words(ids: Iterable[int]) -> dict[int, str]:
    """Search terms of the former names of organisations, for those that have any."""
    from oreflow.console.registers import search  # the registers stand on people

    names: dict[int, list[str]] = {}
    rows = Succession.objects.filter(manner=RENAME, predecessor__in=list(ids)).order_by("-effective", "-pk")
    for pk, former in rows.values_list("predecessor", "former_name"):
        names.setdefault(pk, []).append(former)
    return {pk: search.terms(tuple(formers)) for pk, formers in names.items()}


def together(*parts: str) -> str:
    """Several search terms as one, each once."""
    terms = dict.fromkeys(term for part in parts for term in part.split())
    return f" {' '.join(terms)} " if terms else ""
