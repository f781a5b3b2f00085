"""Documents, what was read in them, and every decision about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oreflow.console.people.models import Organisation, User
from oreflow.console.records import Placed


class Document(Placed):
    """A plan, guide, condition or notice as it was handed in, with its text.

    Offsets of everything that was read count characters of `text`; `places` leads from there to the page,
    paragraph or cell of the file. `public` documents are seen by everybody who is signed in.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        READY = "ready", _("read")
        FAILED = "failed", _("could not be read")

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("kept by"))
    region = models.CharField(_("region"), max_length=40)
    key = models.CharField(_("short name"), max_length=80)
    title = models.CharField(_("title"), max_length=300)
    issued = models.DateField(_("issued"), null=True, blank=True)
    public = models.BooleanField(_("published"), default=False)
    edition_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="editions")
    file_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=10)
    text = models.TextField(default="")
    text_sha256 = models.CharField(max_length=64, default="")
    places = models.JSONField(default=list)
    grids = models.JSONField(default=list)
    frame = models.JSONField(default=dict)
    outline = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    progress = models.PositiveSmallIntegerField(default=0)
    problem = models.JSONField(default=dict)
    simulated = models.BooleanField(default=False)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "region", "key"), name="document_key"),)
        indexes = (
            models.Index(fields=("province_code", "-added_at"), name="document_province"),
            models.Index(fields=("city_code", "-added_at"), name="document_city"),
            models.Index(fields=("area_code", "-added_at"), name="document_area"),
            models.Index(fields=("public", "-added_at"), name="document_public"),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Save with city and province filled in."""
        self.place()
        super().save(*args, **kwargs)


class Item(models.Model):
    """One thing that was read: a statement, chain, clause, duty or project, tied to its characters.

    `values` are plain JSON by the field names of `oreflow.core.reading` (figures as strings). A corrected item
    keeps what the reader said in its decisions. `record` is what it became in the registers.
    """

    class Kind(models.TextChoices):
        STATEMENT = "statement", pgettext_lazy("item", "figure")
        CHAIN = "chain", pgettext_lazy("item", "chain")
        CLAUSE = "clause", pgettext_lazy("item", "clause")
        DUTY = "duty", pgettext_lazy("item", "duty")
        PROJECT = "project", pgettext_lazy("item", "project")
        NAME = "name", pgettext_lazy("item", "name")  # enterprises, parks, products, technologies

    class State(models.TextChoices):
        OPEN = "open", _("to decide")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        REPLACED = "replaced", _("split or merged")

    document = models.ForeignKey(Document, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    values = models.JSONField(default=dict)
    confidence = models.FloatField(default=1.0)
    doubts = models.JSONField(default=list)
    by_reader = models.BooleanField(default=True)
    corrected = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    came_from = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    register = models.CharField(max_length=40, default="")
    record_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("document", "kind", "start", "id"), name="item_order"),
            models.Index(fields=("document", "state", "kind"), name="item_state"),
            models.Index(fields=("register", "record_id"), name="item_record"),
        )

    def __str__(self) -> str:
        return self.quote[:80]


class Decision(models.Model):
    """One decision about one item; a correction is a new entry, nothing is overwritten."""

    class Act(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        CORRECT = "correct", _("corrected")
        REJECT = "reject", _("rejected")
        REOPEN = "reopen", _("opened again")
        SPLIT = "split", pgettext_lazy("item", "split")
        MERGE = "merge", _("merged")
        ADD = "add", _("added by hand")

    item = models.ForeignKey(Item, models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=8, choices=Act.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(default="")
    batch = models.CharField(max_length=32, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=("item", "at"), name="decision_item"),
            models.Index(fields=("batch",), name="decision_batch"),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.item_id}"
