"""Cases, their events, letters and notices. A case is nothing but its events in order; the rest is computed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oreflow.console.people.models import Organisation, Park, Placed, Role, User


class CaseFile(Placed):
    """A case of a procedure: who applies, who accepts, who decides, about which record.

    `state`, `due`, `urgency` repeat what `core/workflow` computes from the events, for lists and indexes.
    `payload` holds what is asked for: `{"changes": {field: {"from": …, "to": …}}, "version": n}`.
    Place is where the subject stands.
    """

    number = models.CharField(_("case number"), max_length=32, unique=True)
    procedure = models.CharField(max_length=24)
    title = models.CharField(_("title"), max_length=200)
    register = models.CharField(max_length=24, blank=True, default="")
    record_id = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)
    note = models.TextField(blank=True, default="")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="own_cases")
    park = models.ForeignKey(Park, models.PROTECT, null=True, related_name="cases")
    acceptor = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="cases_to_accept")
    decider = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="cases_to_decide")
    reviewer = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="cases_to_review")
    state = models.CharField(_("state"), max_length=24)
    due = models.DateField(_("due"), null=True)
    urgency = models.CharField(max_length=12, default="none")
    opened_at = models.DateTimeField(_("opened"))
    changed_at = models.DateTimeField(_("changed"))
    submitted_at = models.DateTimeField(null=True)  # until then a draft, for the applicant's eyes only
    closed_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="opened_cases")
    simulated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=("organisation", "state", "-changed_at")),
            models.Index(fields=("acceptor", "state", "due")),
            models.Index(fields=("decider", "state", "due")),
            models.Index(fields=("park", "state", "-changed_at")),
            models.Index(fields=("city_code", "state", "-changed_at")),
            models.Index(fields=("province_code", "state", "-changed_at")),
            models.Index(fields=("register", "record_id")),
            models.Index(fields=("urgency", "due")),
        )

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """One step taken. Nothing here is ever changed or deleted."""

    case = models.ForeignKey(CaseFile, models.CASCADE, related_name="events")
    sequence = models.PositiveIntegerField()
    step = models.CharField(max_length=24)
    state = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True)
    role = models.CharField(max_length=16)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    agrees = models.BooleanField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("case_id", "sequence")
        constraints = (models.UniqueConstraint(fields=("case", "sequence"), name="case_event_sequence"),)


class AskedBody(models.Model):
    """A body whose opinion a step asked for; it sees the case from then on."""

    case = models.ForeignKey(CaseFile, models.CASCADE, related_name="asked_bodies")
    event = models.ForeignKey(CaseEvent, models.CASCADE, related_name="bodies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="opinions_asked")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event", "organisation"), name="body_asked_once"),)


class Letter(models.Model):
    """A letter that a step issued, as it was on the day: its facts, from which the page and the PDF are made."""

    case = models.ForeignKey(CaseFile, models.CASCADE, related_name="letters")
    event = models.OneToOneField(CaseEvent, models.CASCADE, related_name="letter")
    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=48, unique=True)
    issued_at = models.DateTimeField()
    issuer = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    addressee = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)


class Notice(models.Model):
    """Something a role of an organisation should know: a task, a reminder, an escalation, a result."""

    class Kind(models.TextChoices):
        TASK = "task", _("task")
        REMINDER = "reminder", _("reminder")
        ESCALATION = "escalation", _("escalation")
        RESULT = "result", _("result")

    case = models.ForeignKey(CaseFile, models.CASCADE, null=True, related_name="notices")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="notices")
    role = models.CharField(max_length=16, choices=Role.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text_zh = models.TextField()
    text_en = models.TextField()
    at = models.DateTimeField()
    key = models.CharField(max_length=80, unique=True)  # what it is about, so that a scheduler says it once
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("organisation", "role", "done_at", "-at")),)


class NoticeSeen(models.Model):
    """Who has seen a notice."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="seen")
    user = models.ForeignKey(User, models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("notice", "user"), name="notice_seen_once"),)
