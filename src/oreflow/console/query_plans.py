"""How the rows of a table are spread, told to the database, so that it picks the right index.

SQLite learns nothing by itself; PostgreSQL learns in the background, but not at once after a bulk write.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.models import Model

SAMPLE = 200_000  # rows of an index that SQLite looks at: under a second for a table of a million rows


def refresh() -> None:
    """Look at every table of SQLite; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        refresh_tables(*apps.get_models())


def refresh_tables(*models: type[Model]) -> None:
    """Look at the tables of some models after many rows were written; each is locked for its own look only."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
