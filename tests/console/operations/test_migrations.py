"""Models and migrations agree, and every step of an upgrade keeps what was written before it."""

from __future__ import annotations

import json

from .installing import Installed

CHECK = """
from django.core.management import call_command
call_command("makemigrations", check=True, dry_run=True, verbosity=1)
"""
STEPS = """
import json
from django.db.migrations.loader import MigrationLoader
loader = MigrationLoader(None)
ours = ("people", "registers", "cases", "operations", "reading", "otp_totp")  # the last has real steps already
steps = [[key, parent.key] for key in loader.graph.node_map if key[0] in ours
         for parent in loader.graph.node_map[key].parents
         if parent.key[0] == key[0] and not loader.disk_migrations[key].initial]
print(json.dumps(sorted(steps)))
"""
UPGRADE = """
import json, secrets
from datetime import date, datetime, timezone
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

STEP, BEFORE = {step!r}, {before!r}


def value(field, filled):
    if field.null and isinstance(field, models.ForeignKey):
        return None
    if isinstance(field, models.ForeignKey):
        return row(field.related_model, filled).pk
    if field.choices:
        return field.choices[0][0]
    for kind, made in (
        (models.BooleanField, True), (models.IntegerField, 7), (models.DecimalField, "1.25"),
        (models.DateTimeField, datetime(2026, 1, 2, tzinfo=timezone.utc)), (models.DateField, date(2026, 1, 2)),
        (models.JSONField, {{"kept": "示例"}}), (models.GenericIPAddressField, "127.0.0.1"),
    ):
        if isinstance(field, kind):
            return made
    return f"示{{secrets.token_hex(3)}}"[: field.max_length or 7]


def row(model, filled):
    if model not in filled:
        given = {{f.attname: value(f, filled) for f in model._meta.concrete_fields if not f.primary_key}}
        filled[model] = model.objects.create(**given)
    return filled[model]


def plain(instance, names):
    return {{n: str(getattr(instance, n)) for n in names}}


executor = MigrationExecutor(connection)
executor.migrate([tuple(BEFORE)])
apps = executor.loader.project_state([tuple(BEFORE)]).apps
filled, kept = {{}}, []
with transaction.atomic():
    for model in apps.get_app_config(STEP[0]).get_models():
        if model._meta.managed and not model._meta.proxy:
            made = row(model, filled)
            names = [f.attname for f in model._meta.concrete_fields]
            made.refresh_from_db()
            kept.append((model._meta.model_name, made.pk, plain(made, names)))
executor = MigrationExecutor(connection)
executor.migrate([tuple(STEP)])
apps = executor.loader.project_state([tuple(STEP)]).apps
lost = []
for name, pk, values in kept:
    try:
        model = apps.get_model(STEP[0], name)
    except LookupError:
        continue
    there = [f.attname for f in model._meta.concrete_fields if f.attname in values]
    now = plain(model.objects.get(pk=pk), there)
    lost += [(name, n, values[n], now[n]) for n in there if now[n] != values[n]]
print(json.dumps([len(kept), lost]))
"""


def test_models_and_migrations_agree(on_sqlite: Installed) -> None:
    said = on_sqlite.python(
        "import io, contextlib, sys\nout = io.StringIO()\ntry:\n"
        "    with contextlib.redirect_stdout(out):\n        exec(" + repr(CHECK) + ")\n"
        "except SystemExit:\n    print(out.getvalue())\n"
    )
    assert said.strip() == ""


def test_nothing_waits_after_migrating(installed: Installed) -> None:
    said = installed.python("from oreflow.console.operations.migrating import pending; print(pending())")
    assert said.strip() == "[]"


def test_each_step_keeps_what_was_written_before(empty: Installed) -> None:
    steps = json.loads(empty.python(STEPS))
    assert len(steps) >= 2
    for step, before in steps:
        empty.data.mkdir(exist_ok=True, mode=0o700)
        kept, lost = json.loads(empty.python(UPGRADE.format(step=step, before=before)).splitlines()[-1])
        assert lost == [], step
        assert kept > 0, step
        if files := list(empty.data.glob("oreflow.sqlite3*")):
            for file in files:
                file.unlink()
            continue
        empty.python(
            "from django.db import connection\nfrom django.core.management import call_command\n"
            f"call_command('migrate', {step[0]!r}, 'zero', verbosity=0)"
        )
