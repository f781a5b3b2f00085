"""The console's clock: the one place where it is asked what time it is, so that tests can say."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> date:
    """Today where the console stands."""
    return timezone.localdate(now())
