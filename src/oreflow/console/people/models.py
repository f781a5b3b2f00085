"""Organisations, their changes, their people, and what lets a person or a program in."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oreflow.console.listing_indexes import SCOPES, listing_indexes
from oreflow.console.records import Placed, Record


class Kind(models.TextChoices):
    """Kinds of organisations in this industry."""

    MINISTRY = "ministry", _("ministry")
    BUREAU = "bureau", _("bureau")
    PARK_COMMITTEE = "park-committee", _("park committee")
    GROUP = "group", _("group")
    MINING = "mining", _("mining enterprise")
    SEPARATION = "separation", _("separation enterprise")
    SMELTING = "smelting", _("smelting enterprise")
    PROCESSING = "processing", _("processing enterprise")
    RECYCLING = "recycling", _("recycling enterprise")
    TRADING = "trading", _("trading enterprise")
    EXPORT = "export", _("export enterprise")
    EXCHANGE = "exchange", _("exchange")
    WAREHOUSE = "warehouse", _("warehouse")
    BANK = "bank", _("bank")
    LABORATORY = "laboratory", _("laboratory")
    EXPERT_BODY = "expert-body", _("expert body")


ENTERPRISES = (
    Kind.GROUP, Kind.MINING, Kind.SEPARATION, Kind.SMELTING, Kind.PROCESSING, Kind.RECYCLING, Kind.TRADING, Kind.EXPORT,
)  # fmt: skip
AUTHORITIES = (Kind.MINISTRY, Kind.BUREAU, Kind.PARK_COMMITTEE)


class Duty(models.TextChoices):
    """What a ministry or bureau is there for; it decides which fields it sees."""

    INDUSTRY = "industry", _("industry and information technology")
    PLANNING = "planning", _("development and reform")
    RESOURCES = "resources", _("natural resources")
    ENVIRONMENT = "environment", _("ecology and environment")
    EMERGENCY = "emergency", _("emergency management")
    FINANCE = "finance", _("finance")
    TAXATION = "taxation", _("taxation")
    COMMERCE = "commerce", _("commerce")
    MARKET = "market", _("market regulation")
    STATISTICS = "statistics", _("statistics")
    ENERGY = "energy", _("energy")
    CUSTOMS = "customs", _("customs")


class Role(models.TextChoices):
    """What a person may do for an organisation."""

    VIEWER = "viewer", _("viewer")
    CLERK = "clerk", _("clerk")
    ACCEPTOR = "acceptor", _("acceptor")
    REVIEWER = "reviewer", _("expert reviewer")
    OPINION = "opinion", _("opinion giver")
    DECIDER = "decider", _("decider")
    ADMINISTRATOR = "administrator", _("organisation administrator")


class ParkLevel(models.TextChoices):
    """Who recognised a park."""

    NATIONAL = "national", _("national")
    PROVINCIAL = "provincial", _("provincial")
    CITY = "city", _("city")
    COUNTY = "county", _("county")


class Park(Record):
    """An industrial park; its committee is an organisation."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=12, choices=ParkLevel.choices)
    planned_area = models.DecimalField(_("planned area"), max_digits=14, decimal_places=4, null=True, blank=True)
    built_area = models.DecimalField(_("built area"), max_digits=14, decimal_places=4, null=True, blank=True)
    leading_industries = models.CharField(_("leading industries"), max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Organisation(Record):
    """A ministry, bureau, park committee, enterprise or service body."""

    uscc = models.CharField(_("unified social credit code"), max_length=18, null=True, blank=True, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    duty = models.CharField(_("duty"), max_length=16, choices=Duty.choices, blank=True, default="")
    industry_code = models.CharField(_("industry"), max_length=5, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("group")
    )
    park = models.ForeignKey(
        Park, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("park")
    )
    address = models.CharField(_("address"), max_length=200, blank=True, default="")
    representative = models.CharField(_("legal representative"), max_length=60, blank=True, default="")
    phone = models.CharField(_("telephone"), max_length=40, blank=True, default="")
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    land_area = models.DecimalField(_("land area"), max_digits=14, decimal_places=4, null=True, blank=True)
    revenue = models.DecimalField(_("annual revenue"), max_digits=18, decimal_places=2, null=True, blank=True)
    tax = models.DecimalField(_("annual tax paid"), max_digits=18, decimal_places=2, null=True, blank=True)
    hazard_level = models.CharField(_("safety risk level"), max_length=8, blank=True, default="")

    class Meta:
        verbose_name = _("organisation")
        indexes = listing_indexes(
            default="name", scopes=(*SCOPES, "park"), sorts=("uscc", "employees", "land_area"), filters=("kind",)
        )

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """A merger, split or rename: from which organisation to which, valid from a day."""

    class Manner(models.TextChoices):
        MERGER = "merger", _("merger")
        SPLIT = "split", _("split")
        RENAME = "rename", _("rename")

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="origins")
    manner = models.CharField(max_length=8, choices=Manner.choices)
    former_name = models.CharField(max_length=120, blank=True, default="")
    effective = models.DateField()
    reason = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True)

    class Meta:
        ordering = ("effective", "pk")


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. What it may do follows from its memberships."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    simulated = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ("name",)
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def email(self) -> str:
        """Accounts hold no address; Django's own forms ask for the attribute."""
        return ""


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by validity."""

    def valid_on(self, day: date) -> MembershipQuerySet:
        """Those that hold on a day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class Membership(models.Model):
    """A person's role in an organisation, for a time; delegated by somebody, or the person's own."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    delegated_by = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="delegations")
    reason = models.TextField(blank=True, default="")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "role"), condition=Q(delegated_by__isnull=True), name="one_own_role"
            ),
        )
        indexes = (models.Index(fields=("organisation", "role")),)


class ApiToken(models.Model):
    """Lets a program act for a person in one organisation, within scopes and until a day. Only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True)
    name = models.CharField(_("name"), max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class OpenSession(models.Model):
    """A signed-in browser, so that its owner can see and end it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="open_sessions")
    key_digest = models.CharField(max_length=64, unique=True)
    session_key = models.CharField(max_length=40)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True, default="")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class SecurityEvent(models.Model):
    """What happened to accounts: who did what to whom, when, from where."""

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="security_acts")
    subject = models.ForeignKey(User, models.SET_NULL, null=True, related_name="security_events")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True)
    act = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)


__all__ = [
    "AUTHORITIES", "ENTERPRISES", "ApiToken", "Duty", "Kind", "Membership", "OpenSession", "Organisation", "Park",
    "ParkLevel", "Placed", "Role", "SecurityEvent", "Succession", "User",
]  # fmt: skip
