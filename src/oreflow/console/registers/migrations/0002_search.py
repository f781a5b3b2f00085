"""The indexes behind the registers' search, with what keeps them in step."""

from typing import ClassVar

from django.db import migrations

from oreflow.console.registers import search


class Migration(migrations.Migration):
    """Search over words of every register."""

    dependencies: ClassVar = [("registers", "0001_initial"), ("people", "0001_initial")]
    operations: ClassVar = search.operations(
        "people_organisation", "people_park", "registers_equipment", "registers_facility", "registers_licence",
        "registers_product",
    )  # fmt: skip
