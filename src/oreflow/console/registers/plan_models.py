"""What was accepted from plans: targets, links of chains, clauses, tasks and projects, each with its place in the text.

They belong to the organisation that keeps the document. `document_ref` and `item` lead back to the reading desk.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from oreflow.console.listing_indexes import SCOPES, listing_indexes

from .models import OwnedRecord


def _value(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=26, decimal_places=8, null=True, blank=True)


def _text(label: Any, longest: int) -> models.CharField:
    return models.CharField(label, max_length=longest, blank=True, default="")


class FromPlan(OwnedRecord):
    """A record that was read in a document, or entered by hand without one."""

    number = models.CharField(_("number"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    region = _text(_("region"), 40)
    document = _text(_("document"), 300)
    start = models.PositiveIntegerField(_("from character"), null=True, blank=True)
    end = models.PositiveIntegerField(_("to character"), null=True, blank=True)
    item = models.BigIntegerField(_("item of the document"), null=True, blank=True)
    document_ref = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class PlanTarget(FromPlan):
    """A target, threshold or actual value of a region; `name` is what is measured."""

    class Kind(models.TextChoices):
        TARGET = "target", _("target")
        THRESHOLD = "threshold", _("threshold")
        ACTUAL = "actual", _("actual value")

    class Form(models.TextChoices):
        LEVEL = "level", _("level")
        FLOOR = "floor", _("at least")
        CAP = "cap", _("at most")
        AVERAGE_GROWTH = "average-growth", _("average growth a year")
        CUMULATIVE = "cumulative", _("sum over the period")
        CHANGE = "change", _("change")

    class Binding(models.TextChoices):
        BINDING = "binding", _("binding")
        EXPECTED = "expected", _("expected")
        UNSAID = "unsaid", _("not said")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TARGET)
    area = models.CharField(_("area"), max_length=80)
    area_name = _text(_("name of the area"), 120)
    indicator = models.CharField(_("indicator"), max_length=80)
    product = _text(_("product"), 60)
    form = models.CharField(_("form"), max_length=16, choices=Form.choices, default=Form.LEVEL)
    comparator = models.CharField(_("comparator"), max_length=8, default="=")
    value = _value(_("value"))
    upper = _value(_("upper end"))
    decimals = models.PositiveSmallIntegerField(_("decimals printed"), default=0)
    unit = _text(_("unit"), 40)
    basis = _text(_("basis"), 80)
    from_year = _text(_("from year"), 4)
    year = models.CharField(_("year"), max_length=4)
    binding = models.CharField(_("binding"), max_length=8, choices=Binding.choices, default=Binding.UNSAID)
    base = _text(_("figure that it starts from"), 120)
    printed = _text(_("as printed"), 300)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="plan_target_number"),)
        indexes = (
            *listing_indexes(
                default="year", scopes=SCOPES, sorts=("name", "value"), filters=("kind", "form", "region"),
                pairs=(("indicator", "year"),),
            ),
            models.Index(fields=("document_ref",), name="plan_target_document"),
        )  # fmt: skip


class ChainLink(FromPlan):
    """One step of an industry chain as a plan draws it: from one node to the next."""

    source_node = models.CharField(_("from"), max_length=120)
    target_node = models.CharField(_("to"), max_length=120)
    source_material = _text(_("material of the first"), 60)
    target_material = _text(_("material of the second"), 60)
    chain_kind = _text(_("kind of chain"), 40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="chain_link_number"),)
        indexes = (
            *listing_indexes(
                default="name", scopes=SCOPES, sorts=("source_node", "target_node"),
                filters=("region", "source_material", "target_material"),
            ),
            models.Index(fields=("document_ref",), name="chain_link_document"),
        )  # fmt: skip


class PlanClause(FromPlan):
    """One condition of a list: what it is about, its limit, and what is excepted; `name` is the object."""

    category = _text(_("category"), 60)
    attribute = _text(_("attribute"), 120)
    comparator = _text(_("comparator"), 8)
    value = _value(_("value"))
    unit = _text(_("unit"), 40)
    inclusive = _text(_("the end itself"), 8)
    exceptions = _text(_("exceptions"), 400)
    places = _text(_("places"), 300)
    times = _text(_("times"), 200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="plan_clause_number"),)
        indexes = (
            *listing_indexes(
                default="name", scopes=SCOPES, sorts=("attribute", "value"), filters=("category", "region")
            ),
            models.Index(fields=("document_ref",), name="plan_clause_document"),
        )  # fmt: skip


class PlanTask(FromPlan):
    """A task of a plan with the bodies that answer for it; `name` is the task."""

    class Status(models.TextChoices):
        OPEN = "open", _("not begun")
        UNDERWAY = "underway", _("under way")
        DONE = "done", _("done")
        OVERDUE = "overdue", _("overdue")
        DROPPED = "dropped", _("dropped")

    lead = _text(_("leading body"), 200)
    support = _text(_("co-operating bodies"), 400)
    bodies = models.TextField(editable=False, default="")
    deadline = _text(_("deadline as printed"), 60)
    due = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.OPEN)
    progress = _text(_("progress"), 400)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="plan_task_number"),)
        indexes = (
            *listing_indexes(
                default="due", scopes=SCOPES, sorts=("name", "lead"), filters=("status", "region"),
                pairs=(("status", "due"),),
            ),
            models.Index(fields=("document_ref",), name="plan_task_document"),
        )  # fmt: skip

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the bodies as a list that can be asked for whole names."""
        self.bodies = "|".join(["", *bodies_in(self.lead), *bodies_in(self.support), ""])
        super().save(*args, **kwargs)


class PlanProject(FromPlan):
    """A project that a plan names."""

    enterprise = _text(_("enterprise"), 200)
    site = _text(_("park or place"), 200)
    capacity = _text(_("capacity"), 120)
    money = _text(_("money"), 80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="plan_project_number"),)
        indexes = (
            *listing_indexes(default="name", scopes=SCOPES, sorts=("enterprise",), filters=("region",)),
            models.Index(fields=("document_ref",), name="plan_project_document"),
        )


def bodies_in(text: str) -> list[str]:
    """The bodies of a list in one field."""
    for mark in ("，", ",", "；", ";"):
        text = text.replace(mark, "、")
    return [part.strip() for part in text.split("、") if part.strip()]
