"""What an installation keeps about itself."""

from __future__ import annotations

from django.db import models

from oreflow.console.people.models import Organisation, User


class Installation(models.Model):
    """One row: what this installation is. A demonstration can never become anything else, nor the reverse."""

    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()


class Holiday(models.Model):
    """A day of an official list that an administrator loaded: a day off, or a workday on a weekend."""

    day = models.DateField(unique=True)
    works = models.BooleanField()
    name = models.CharField(max_length=40, blank=True, default="")
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(User, models.PROTECT, null=True)


class IdempotentAnswer(models.Model):
    """The answer that a writing request with an `Idempotency-Key` got, kept with what it wrote."""

    user = models.ForeignKey(User, models.CASCADE)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True)
    key = models.CharField(max_length=120)
    request = models.CharField(max_length=64)  # SHA-256 of method, path and body
    status = models.PositiveSmallIntegerField()
    body = models.JSONField(null=True)
    location = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="one_answer_per_key"),)


class Heartbeat(models.Model):
    """When the worker and the scheduler last did something, for health."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)


class Sequence(models.Model):
    """Running numbers, such as those of cases of an area and year; taken inside the transaction that uses them."""

    name = models.CharField(max_length=60, unique=True)
    last = models.PositiveBigIntegerField(default=0)
