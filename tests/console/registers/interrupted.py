"""One step of an import in a process of its own, to be killed: prepare, write, look, write-again."""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "oreflow.console.settings"
    import django
    from django.conf import settings

    django.setup()
    settings.MIGRATION_MODULES = {name.rpartition(".")[2]: None for name in settings.INSTALLED_APPS}
    step, *given = sys.argv[1:]
    steps = {"prepare": prepare, "write": write, "look": look, "write-again": write_again}
    print(json.dumps(steps[step](*given)))  # noqa: T201 - the answer to the test


def prepare(rows: str) -> dict[str, Any]:
    from django.core.management import call_command

    from oreflow.console.registers.imports import runs
    from tests.console.registers.test_import import machine, nothing, table, uploaded
    from tests.console.world import make_world

    call_command("migrate", run_syncdb=True, verbosity=0)
    world = make_world()
    lines = [machine(world, f"N-{i}") for i in range(int(rows))]
    lines.append(machine(world, "E-1", type="blast-furnace", size="1300", name="示例1号高炉"))
    run = uploaded(world, "decider", table(lines))
    runs.order_write(world.viewer("decider"), run.pk, nothing)
    return {"run": run.pk}


def write(run: str) -> dict[str, Any]:
    from oreflow.console.registers.imports import runs

    runs.write(int(run))
    return {}


def look() -> dict[str, Any]:
    from django.utils import timezone

    from oreflow.console.registers.imports import recover_interrupted
    from oreflow.console.registers.models import Equipment, ImportRun

    recovered = recover_interrupted(timezone.now())
    run = ImportRun.objects.get()
    entries = Equipment.history.filter(history_source=f"import:{run.pk}").count()
    return {
        "recovered": recovered, "state": run.state, "message": run.message, "machines": Equipment.objects.count(),
        "entries": entries,
    }  # fmt: skip


def write_again(run: str) -> dict[str, Any]:
    from oreflow.console.registers.imports import runs
    from oreflow.console.registers.models import ImportRun

    found = ImportRun.objects.get(pk=run)
    runs.order_write(runs.acting(found), found.pk, lambda _id: None)
    runs.write(found.pk)
    return look()


if __name__ == "__main__":
    main()
