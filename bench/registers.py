"""Registers of a million rows: first pages for several readers, an import and an export of 100,000 rows.

    python bench/registers.py [--enterprises 50000] [--equipment 1000000] [--rows 100000] [--repeat 3]

Makes the rows in a folder of its own, or uses the one that OREFLOW_BENCH_DATA names (and fills it where it is
empty). Prints median and 95th percentile of every page (by the clock, and of the processor alone, which
says more on a busy machine) with its number of queries, beside a bare
`SELECT … LIMIT 50` by primary key as the physical limit; the phases of the import; rows a second and peak
memory of the export. Exits with 1 where a page takes more than 150 ms in the median or 400 ms at the 95th
percentile, or the import more than 60 s.
"""

from __future__ import annotations

import argparse
import csv
import functools
import io
import itertools
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MEDIAN_MS, P95_MS, IMPORT_S = 150.0, 400.0, 60.0
MB = 1024


def set_up(folder: Path) -> None:
    os.environ.update(
        OREFLOW_DATA=str(folder), OREFLOW_DEMONSTRATION="yes", DJANGO_SETTINGS_MODULE="oreflow.console.settings"
    )
    folder.mkdir(parents=True, exist_ok=True)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def fill(enterprises: int, equipment: int) -> None:
    from oreflow.console.registers.models import Equipment
    from oreflow.console.registers.synthetic import synthesise

    if Equipment.objects.exists():
        return
    start = time.perf_counter()
    synthesise(enterprises, equipment, 1, lambda *_said: None)
    seconds = time.perf_counter() - start
    print(f"made {enterprises} enterprises and {equipment} machines in {seconds:.0f} s")


def viewers() -> dict[str, Any]:
    """A reader of each breadth, acting where there are rows."""
    from oreflow.console import clock
    from oreflow.console.people.access import viewer_for
    from oreflow.console.people.models import Kind, Membership, Organisation, Role, User
    from oreflow.console.records import city_of, province_of

    some = Organisation.objects.filter(uscc__startswith="91", park__isnull=False).order_by("pk").first()
    places = {
        "nation": (Kind.MINISTRY, "110000", None), "province": (Kind.BUREAU, province_of(some.area_code), None),
        "city": (Kind.BUREAU, city_of(some.area_code), None), "county": (Kind.BUREAU, some.area_code, None),
        "park": (Kind.PARK_COMMITTEE, some.area_code, some.park), "group": (Kind.GROUP, some.area_code, None),
    }  # fmt: skip
    stamps = {"created_at": clock.now(), "updated_at": clock.now(), "simulated": True}
    found = {}
    for name, (kind, area, park) in places.items():
        organisation, _made = Organisation.objects.get_or_create(
            name=f"示例测速{name}",
            defaults={"kind": kind, "duty": "industry", "area_code": area, "park": park, **stamps},
        )
        found[name] = organisation
    found["enterprise"] = some
    if not found["group"].members.exists():
        members = Organisation.objects.filter(kind__in=("mining", "smelting")).order_by("pk").values("pk")[:200]
        Organisation.objects.filter(pk__in=members).update(parent=found["group"])
    readers = {}
    for name, organisation in found.items():
        user, _made = User.objects.get_or_create(username=f"bench-{name}", defaults={"name": name, "simulated": True})
        Membership.objects.get_or_create(user=user, organisation=organisation, role=Role.CLERK)
        readers[name] = viewer_for(user, organisation.pk, clock.today())
    return readers


def addresses(register: Any, viewer: Any) -> Iterator[str]:
    """The first page plain, filtered, sorted on each declared column, searched; filters together; far pages."""
    from oreflow.console.registers.access import fields_for

    fields = fields_for(register, viewer)
    sorts = [f"{back}{f.key}" for f in fields if f.sortable and f.listed for back in ("", "-")]
    filters = [f"{f.key}={value}" for f in fields if f.filterable for value in frequent_and_rare(register, f)]
    yield ""
    yield from ("q=示例", "q=E-00001", "q=示例&page=100", "q=E-00001&sort=-name", "q=1号", "q=无此设备")
    yield from (f"sort={sort}" for sort in sorts)
    yield from filters
    yield from (f"{one}&sort={sort}" for one in filters for sort in sorts[::3])
    for number, (one, other) in enumerate(itertools.combinations(filters, 2)):
        if one.partition("=")[0] != other.partition("=")[0]:
            yield f"{one}&{other}&sort={sorts[number % len(sorts)]}"
    yield from (f"page={page}&sort={sort}" for page in (2, 100) for sort in sorts[-4:])


@functools.cache
def _values(model: Any, column: str) -> list[str]:
    """The values of a column by how many rows have them, from the most to the least."""
    from django.db.models import Count

    rows = model.objects.order_by().values_list(column).annotate(n=Count("pk")).order_by("-n", column)
    return [str(value) for value, _count in rows if value not in (None, "")]


def frequent_and_rare(register: Any, field: Any) -> list[str]:
    """Two values to filter by: one that most rows have, and one that few have."""
    column = {"organisation": "organisation_id", "park": "park_id"}.get(field.key, field.key)
    found = _values(register.model, column)
    return list(dict.fromkeys([*found[:1], *found[-1:]]))


def bare(model: Any) -> float:
    """Milliseconds of a bare SELECT of 50 rows by primary key."""
    from django.db import connection

    table = model._meta.db_table
    times = []
    for _ in range(20):
        with connection.cursor() as cursor:
            start = time.perf_counter()
            cursor.execute(f"SELECT * FROM {table} ORDER BY id LIMIT 50")  # noqa: S608 - a table's name
            cursor.fetchall()
            times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def pages(repeat: int, keys: list[str]) -> bool:
    from django.db import connection, reset_queries
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from oreflow.console.registers.registry import REGISTERS

    met = True
    print(
        f"{'register':14}{'reader':12}{'pages':>6}{'median':>9}{'p95':>9}{'worst':>9}"
        f"{'CPU':>9}{'CPU p95':>9}{'queries':>9}{'× bare':>9}"
    )
    for register in (r for r in REGISTERS.values() if not keys or r.key in keys):
        limit = bare(register.model)
        for name, viewer in viewers().items():
            client = Client(SERVER_NAME="localhost")
            client.force_login(viewer.user, backend="django.contrib.auth.backends.ModelBackend")
            times, cpu, queries, slow = [], [], 0, []
            for query in addresses(register, viewer):
                url = f"/registers/{register.key}/?{query}"
                with CaptureQueriesContext(connection) as captured:
                    client.get(url)
                queries = max(queries, len(captured))
                reset_queries()
                for _ in range(repeat):
                    start, start_cpu = time.perf_counter(), time.process_time()
                    status = client.get(url).status_code
                    times.append(1000 * (time.perf_counter() - start))
                    cpu.append(1000 * (time.process_time() - start_cpu))
                    assert status == 200, (url, status)
                slow.append((statistics.median(cpu[-repeat:]), query))
            median, p95, cpu_p95 = statistics.median(times), _p95(times), _p95(cpu)
            good = median <= MEDIAN_MS and p95 <= P95_MS
            met = met and good
            print(
                f"{register.key:14}{name:12}{len(times) // repeat:6}{median:9.1f}{p95:9.1f}{max(times):9.1f}"
                f"{statistics.median(cpu):9.1f}{cpu_p95:9.1f}{queries:9}{median / limit:9.0f}"
                f"  {'met' if good else 'NOT MET'}",
                flush=True,
            )
            for milliseconds, query in sorted(slow, reverse=True)[:3]:
                if milliseconds > MEDIAN_MS:
                    print(f"    {milliseconds:7.1f} ms of CPU  {query}")
    return met


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def upload(rows: int) -> bytes:
    """Half changes, four tenths new, a tenth unchanged; numbers of new rows differ from run to run."""
    from oreflow.console.registers.models import Equipment

    head = ("number", "name", "type", "size", "organisation", "status", "park", "area_code", "model", "facility")
    names = (
        "number", "name", "type", "size", "organisation__uscc", "status", "park__code", "area_code", "model",
        "facility__number",
    )  # fmt: skip
    standing = list(Equipment.objects.order_by("pk").values_list(*names)[: rows * 6 // 10])
    tag, out = str(int(time.time())), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for number, row in enumerate(standing):
        changed = number < rows // 2
        writer.writerow([row[0], f"示例改{tag}号设备" if changed else row[1], *row[2:]])
    for number in range(rows - len(standing)):
        writer.writerow([f"N{tag}-{number}", *standing[number % len(standing)][1:]])
    return out.getvalue().encode()


def timed(name: str, work: Callable[[], Any]) -> float:
    start, cpu = time.perf_counter(), time.process_time()
    work()
    seconds = time.perf_counter() - start
    print(f"  {name:28}{seconds:8.1f} s{time.process_time() - cpu:8.1f} s of CPU", flush=True)
    return seconds


def importing(rows: int) -> bool:
    from oreflow.console.registers.imports import comparing, parsing_columns, reading, runs
    from oreflow.console.registers.registry import REGISTERS

    register, viewer = REGISTERS["equipment"], viewers()["nation"]
    data = upload(rows)
    print(f"import of {rows} rows into {register.model.objects.count()}")
    held: dict[str, Any] = {}
    timed("read", lambda: held.update(u=reading.read(register, viewer, "a.csv", data)))
    timed("parse", lambda: held.update(v=parsing_columns.parse(register, viewer, held["u"])))
    timed("compare", lambda: comparing.compare(register, viewer, held["u"], held["v"]))
    held.clear()
    run = runs.start(register, viewer, "a.csv", data, lambda _id: None)
    seconds = timed("preview, all phases", lambda: runs.preview(run.pk))
    runs.order_write(viewer, run.pk, lambda _id: None)
    seconds += timed("write", lambda: runs.write(run.pk))
    run.refresh_from_db()
    assert run.state == "done", run.message
    met = seconds <= IMPORT_S
    print(f"  preview and write {seconds:.1f} s (limit {IMPORT_S:.0f} s)  {'met' if met else 'NOT MET'}")
    return met


def exporting(rows: int) -> None:
    from oreflow.console.registers import exporting as out
    from oreflow.console.registers.access import visible_to
    from oreflow.console.registers.registry import REGISTERS

    register, viewer = REGISTERS["equipment"], viewers()["nation"]
    last = visible_to(register, viewer).order_by("pk").values_list("pk", flat=True)[rows - 1 : rows].first()
    chosen = visible_to(register, viewer).filter(pk__lte=last)
    print(f"export of {rows} rows")
    for form in ("csv", "xlsx"):
        made = out.Export(register, viewer, chosen, "zh")
        start, cpu = time.perf_counter(), time.process_time()
        with memory() as grown:
            if form == "csv":
                size = sum(map(len, out.csv_lines(made)))
            else:
                with out.workbook(made) as file:
                    size = file.seek(0, os.SEEK_END)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(
            f"  {form:6}{rows / seconds:10.0f} rows/s ({rows / cpu:.0f} per second of CPU){size / 1e6:8.1f} MB,"
            f" peak memory +{max(grown):.0f} MB",
            flush=True,
        )


@contextmanager
def memory() -> Iterator[list[float]]:
    """Megabytes of the process's own memory above those at the start, looked at while it works.

    Pages of the database file that the system maps are not its own.
    """

    def own() -> float:
        line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("RssAnon"))
        return int(line.split()[1]) / MB

    before, grown, over = own(), [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.05):
            grown.append(own() - before)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield grown
    finally:
        over.set()
        looking.join()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--enterprises", type=int, default=50_000)
    parser.add_argument("--equipment", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", default="", help="pages, export or import, with commas")
    parser.add_argument("--registers", default="", help="keys of registers, with commas; all by default")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        set_up(Path(os.environ.get("OREFLOW_BENCH_DATA") or made))
        fill(given.enterprises, given.equipment)
        met, parts = True, given.only.split(",") if given.only else ["export", "pages", "import"]
        if "export" in parts:
            exporting(given.rows)
        if "pages" in parts:
            met = pages(given.repeat, given.registers.split(",") if given.registers else [])
        if "import" in parts:
            met = importing(given.rows) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
