"""What every register row carries: owner, place, validity, version, search words, history."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record


class Door(models.TextChoices):
    """Through which door a change came."""

    PAGE = "page", _("page")
    API = "api", _("data interface")
    IMPORT = "import", _("import")
    CASE = "case", _("case")
    COMMAND = "command", _("command")


class HistoryEntry(models.Model):
    """What each entry of a history says besides the values: the door, and the case or import behind it."""

    history_door = models.CharField(max_length=10, choices=Door.choices, default=Door.PAGE)
    history_source = models.CharField(max_length=40, default="")
    history_organisation = models.CharField(max_length=120, default="")

    class Meta:
        abstract = True


class Placed(models.Model):
    """Where something stands, as a GB/T 2260 county code and the city and province in it.

    City and province are kept as columns of their own so that an area's officials read through an index.
    """

    area_code = models.CharField(_("area"), max_length=6, blank=True, default="")
    city_code = models.CharField(max_length=6, blank=True, default="", editable=False)
    province_code = models.CharField(max_length=6, blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def place(self) -> None:
        """Fill city and province from the area code."""
        self.city_code, self.province_code = city_of(self.area_code), province_of(self.area_code)


def _user_of(historical_instance: Any, **_others: Any) -> Any:
    from django.contrib.auth import get_user_model

    user_id = historical_instance.history_user_id
    return get_user_model().objects.filter(pk=user_id).first() if user_id else None


def _set_user(historical_instance: Any, user: Any, **_others: Any) -> None:
    historical_instance.history_user_id = user.pk if user else None


class Record(Placed):
    """Base of every register's model."""

    # what a change says of itself; set by actions before saving, copied into the history entry
    _history_user: Any
    _change_reason: str
    _door: str
    _source: str
    _acting: str

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    simulated = models.BooleanField(_("simulated"), default=False, editable=False)
    words = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(_("created"), editable=False)
    updated_at = models.DateTimeField(_("changed"), editable=False)

    history = HistoricalRecords(
        inherit=True,
        bases=[HistoryEntry],
        history_change_reason_field=models.TextField(default="", null=True),
        excluded_fields=["words"],
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=_user_of,
        history_user_setter=_set_user,
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with city and province filled in."""
        self.place()
        super().save(*args, **kwargs)


@receiver(pre_create_historical_record)
def _say_where_it_came_from(history_instance: Any, instance: Any, **_others: Any) -> None:
    history_instance.history_door = getattr(instance, "_door", Door.COMMAND)
    history_instance.history_source = getattr(instance, "_source", "")
    history_instance.history_organisation = getattr(instance, "_acting", "")


def city_of(area_code: str) -> str:
    """The city's code of an area code; empty for a province."""
    return f"{area_code[:4]}00" if len(area_code) == 6 and area_code[2:4] != "00" else ""


def province_of(area_code: str) -> str:
    """The province's code of an area code."""
    return f"{area_code[:2]}0000" if len(area_code) == 6 else ""
