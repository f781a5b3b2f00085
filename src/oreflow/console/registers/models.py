"""What the registers hold besides organisations and parks, with attachments and imports."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oreflow.console.listing_indexes import SCOPES, listing_indexes
from oreflow.console.people.models import Organisation, Park, User
from oreflow.console.records import Record


class OwnedRecord(Record):
    """A record of an organisation, in a park or outside."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("organisation"))
    park = models.ForeignKey(Park, models.PROTECT, null=True, blank=True, verbose_name=_("park"))

    class Meta:
        abstract = True


class Status(models.TextChoices):
    """Where a facility or machine stands in its life."""

    PLANNED = "planned", _("planned")
    BUILDING = "building", _("under construction")
    OPERATING = "operating", _("operating")
    SUSPENDED = "suspended", _("suspended")
    RETIRED = "retired", _("retired")


class FacilityKind(models.TextChoices):
    """Kinds of places where something is mined, made, kept or treated."""

    MINE = "mine", _("mine")
    CONCENTRATOR = "concentrator", _("concentrator")
    SEPARATION_PLANT = "separation-plant", _("separation plant")
    SMELTER = "smelter", _("smelter")
    PROCESSING_PLANT = "processing-plant", _("processing plant")
    RECYCLING_PLANT = "recycling-plant", _("recycling plant")
    TAILINGS_POND = "tailings-pond", _("tailings pond")
    WAREHOUSE = "warehouse", _("warehouse")
    POWER_STATION = "power-station", _("power station")
    TREATMENT_PLANT = "treatment-plant", _("treatment plant")


class Facility(OwnedRecord):
    """A mine, plant, pond or store."""

    number = models.CharField(_("number"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=FacilityKind.choices)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.OPERATING)
    product = models.CharField(_("main product"), max_length=60, blank=True, default="")
    capacity = models.DecimalField(_("capacity"), max_digits=18, decimal_places=4, null=True, blank=True)
    project_code = models.CharField(_("project code"), max_length=32, blank=True, default="")
    commissioned = models.DateField(_("commissioned"), null=True, blank=True)
    retired = models.DateField(_("retired"), null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="facility_number"),)
        indexes = listing_indexes(
            default="name", scopes=(*SCOPES, "park"), sorts=("number", "capacity", "commissioned"), filters=("kind",
            "status")
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Equipment(OwnedRecord):
    """A machine, with the attributes of its type."""

    number = models.CharField(_("number"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    type = models.CharField(_("type"), max_length=40)
    model = models.CharField(_("model"), max_length=80, blank=True, default="")
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.OPERATING)
    size = models.DecimalField(_("rated size"), max_digits=18, decimal_places=4, null=True, blank=True)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, blank=True, verbose_name=_("facility"))
    maker = models.CharField(_("maker"), max_length=120, blank=True, default="")
    commissioned = models.DateField(_("commissioned"), null=True, blank=True)
    retired = models.DateField(_("retired"), null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="equipment_number"),)
        indexes = listing_indexes(
            default="name", scopes=(*SCOPES, "park"), sorts=("number", "size", "commissioned"), filters=("type",
            "status"),
            pairs=(("type", "size"),),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Product(OwnedRecord):
    """What an organisation makes, by grade."""

    number = models.CharField(_("number"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    material = models.CharField(_("material"), max_length=60, blank=True, default="")
    grade = models.CharField(_("grade"), max_length=60, blank=True, default="")
    standard = models.CharField(_("standard"), max_length=60, blank=True, default="")
    capacity = models.DecimalField(_("annual capacity"), max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "number"), name="product_number"),)
        indexes = listing_indexes(
            default="name", scopes=(*SCOPES, "park"), sorts=("number", "capacity"), filters=("material",)
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class LicenceKind(models.TextChoices):
    """Permits of this industry."""

    MINING = "mining", _("mining licence")
    DISCHARGE = "discharge", _("pollutant discharge permit")
    SAFETY = "safety", _("work safety licence")
    WATER = "water", _("water abstraction permit")
    RADIATION = "radiation", _("radiation safety licence")
    HAZARDOUS_CHEMICALS = "hazardous-chemicals", _("hazardous chemicals licence")
    LAND = "land", _("land use certificate")
    EXPORT = "export", _("export licence")


class Licence(OwnedRecord):
    """A permit that an organisation holds, with its validity."""

    number = models.CharField(_("number"), max_length=60)
    kind = models.CharField(_("kind"), max_length=24, choices=LicenceKind.choices)
    subject = models.CharField(_("what it covers"), max_length=200, blank=True, default="")
    issuer = models.CharField(_("issuer"), max_length=120, blank=True, default="")
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, blank=True, verbose_name=_("facility"))
    issued = models.DateField(_("issued"), null=True, blank=True)
    expires = models.DateField(_("expires"), null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "number"), name="licence_number"),)
        indexes = listing_indexes(
            default="expires", scopes=(*SCOPES, "park"), sorts=("number", "issued"), filters=("kind",)
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Attachment(models.Model):
    """A file kept with a record or case; the bytes stand under their SHA-256."""

    register = models.CharField(max_length=24)
    record_id = models.BigIntegerField()
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_reason = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("register", "record_id")),)


class Confirmation(models.Model):
    """One field of a record confirmed by its owner on a day; the digest says which value it was.

    A later entry of the same field takes its place; none is changed or deleted.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="confirmations")
    register = models.CharField(max_length=24)
    record_id = models.BigIntegerField()
    field = models.CharField(max_length=40)
    value_digest = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True)

    class Meta:
        indexes = (
            models.Index(fields=("register", "record_id", "field", "-confirmed_at")),
            models.Index(fields=("organisation", "-confirmed_at")),
        )


class ImportRun(models.Model):
    """One upload: previewed row by row, then written whole or not at all."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        PREVIEW = "preview", _("ready to look at")
        WRITING = "writing", _("being written")
        DONE = "done", _("written")
        FAILED = "failed", _("failed")
        DISCARDED = "discarded", _("discarded")

    register = models.CharField(max_length=24)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    user = models.ForeignKey(User, models.PROTECT)
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.READING)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    adds = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    message = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)


class ImportLine(models.Model):
    """One row of an upload as the preview shows it: an add, a change with its diff, or an error with its remedy.

    `line` is the row in the sheet; `values` are what would be written, `before` what stands now.
    """

    class Verdict(models.TextChoices):
        ADD = "add", _("add")
        CHANGE = "change", _("change")
        SAME = "same", _("no change")
        ERROR = "error", _("error")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    record_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(null=True)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    problems = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=("run", "verdict", "line")),)


from . import plan_models  # noqa: E402, F401 - the tables of this app that stand in a file of their own
