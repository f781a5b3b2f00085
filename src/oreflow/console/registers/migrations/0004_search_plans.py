"""Search over what was accepted from plans."""

from typing import ClassVar

from django.db import migrations

from oreflow.console.registers import search


class Migration(migrations.Migration):
    """Search over words of the registers that came with the reading desk."""

    dependencies: ClassVar = [("registers", "0003_plans")]
    operations: ClassVar = search.operations(
        "registers_chainlink", "registers_planclause", "registers_planproject", "registers_plantarget",
        "registers_plantask",
    )  # fmt: skip
