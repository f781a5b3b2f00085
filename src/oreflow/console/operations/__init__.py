"""Running an installation: settings, worker, scheduler, backup, health, calendars, idempotent requests."""
