"""Backup and restore: one moment, whole or not at all, exact to the row, on both kinds of database."""

from __future__ import annotations

import io
import json
import tarfile
import threading
from pathlib import Path

import pytest

from .installing import Installed

FILL = """
import hashlib
from pathlib import Path
from django.conf import settings
from oreflow.console.registers.models import Attachment
from tests.console.world import NOW, make_world
world = make_world()
for k in range(3):
    content = f"示例 {k}".encode()
    digest = hashlib.sha256(content).hexdigest()
    path = Path(settings.MEDIA_ROOT) / digest[:2] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    Attachment.objects.create(register="products", record_id=world.records["alpha-product"].pk, name="示例.txt",
        media_type="text/plain", size=len(content), sha256=digest, added_at=NOW)
"""
WRITE = """
from django.db import transaction
from oreflow.console.operations.models import Sequence
from oreflow.console.people.models import Organisation
from oreflow.console.registers.models import Product
from tests.console.world import STAMPS
owner = Organisation.objects.get(name="示例钒钛冶炼厂")
Sequence.objects.create(name="written", last=0)
print("writing", flush=True)
for k in range(1, 100_000):
    with transaction.atomic():
        Sequence.objects.filter(name="written").update(last=k)
        Product.objects.create(number=f"W-{k}", name="示例", capacity=f"{k}.25", organisation=owner, **STAMPS)
"""
DUMP = """
import json
from django.db import connection
tables = {}
with connection.cursor() as cursor:
    for name in connection.introspection.django_table_names(only_existing=True):
        cursor.execute(f'SELECT * FROM "{name}"')
        names = [c[0] for c in cursor.description]
        tables[name] = sorted(repr(sorted(zip(names, row))) for row in cursor.fetchall())
print(json.dumps(tables))
"""
COUNTS = """
import json
from oreflow.console.operations.models import Sequence
from oreflow.console.registers.models import Product
numbers = sorted(int(n[2:]) for n in Product.objects.filter(number__startswith="W-").values_list("number", flat=True))
history = Product.history.filter(number__startswith="W-").count()
print(json.dumps([Sequence.objects.get(name="written").last, numbers, history]))
"""


def _rows(installed: Installed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(installed.python(DUMP))
    found.pop("operations_heartbeat")  # a backup notes itself afterwards
    return found


def test_a_backup_is_exact_to_the_row(installed: Installed, empty: Installed, tmp_path: Path) -> None:
    installed.python(FILL)
    target = tmp_path / "all.tar.gz"
    saved = installed.oreflow("backup", str(target), "--with-key", "--json")
    assert saved.returncode == 0, saved.stderr
    facts = json.loads(saved.stdout)
    assert facts["attachments"] == 3
    assert facts["missing_attachments"] == []
    assert installed.oreflow("backup", "--verify", str(target)).returncode == 0
    brought = empty.oreflow("restore", str(target))
    assert brought.returncode == 0, brought.stderr
    before, after = _rows(installed), _rows(empty)
    assert before == after
    assert sum(map(len, after.values())) > 100
    assert (empty.data / "secret.key").read_text() == (installed.data / "secret.key").read_text()
    for path in (installed.data / "attachments").rglob("*"):
        if path.is_file():
            assert (empty.data / "attachments" / path.parent.name / path.name).read_bytes() == path.read_bytes()
    made = empty.python(
        "from tests.console.world import STAMPS\n"
        "from oreflow.console.people.models import Organisation\n"
        "from oreflow.console.registers.models import Product\n"
        "owner = Organisation.objects.first(); last = Product.objects.order_by('-pk').first().pk\n"
        "print(Product.objects.create(number='N-1', name='示例', organisation=owner, **STAMPS).pk > last)"
    )
    assert made.strip() == "True"  # running numbers go on behind the restored rows
    with empty.up("--no-worker", "--no-scheduler") as running:
        assert running.health()["ready"] is True
        assert running.get("/api/regions")[0] == 200


def test_a_backup_while_others_write_is_of_one_moment(installed: Installed, empty: Installed, tmp_path: Path) -> None:
    import subprocess
    import sys

    from .installing import ROOT, SET_UP

    installed.python(FILL)
    writer = subprocess.Popen(
        [sys.executable, "-c", SET_UP + WRITE], env=installed.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        before = json.loads(installed.python(COUNTS))[0]
        target = tmp_path / "running.tar.gz"
        saved = installed.oreflow("backup", str(target))
        assert saved.returncode == 0, saved.stderr
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait(10)
        if writer.stdout:
            writer.stdout.close()
    assert empty.oreflow("restore", str(target)).returncode == 0
    last, numbers, history = json.loads(empty.python(COUNTS))
    assert numbers == list(range(1, last + 1))
    assert history == last
    assert before < last < json.loads(installed.python(COUNTS))[0]


def test_nothing_is_overwritten(on_sqlite: Installed, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    assert on_sqlite.oreflow("backup", str(target)).returncode == 0
    first = target.read_bytes()
    again = on_sqlite.oreflow("backup", str(target))
    assert again.returncode == 2
    assert "never overwrites" in again.stderr
    assert target.read_bytes() == first
    refused = on_sqlite.oreflow("restore", str(target))
    assert refused.returncode == 2
    assert "not empty" in refused.stderr
    assert [p.name for p in tmp_path.iterdir() if "part" in p.name or p.name.startswith(".")] == []
    assert on_sqlite.oreflow("backup", str(tmp_path / "b.zip")).returncode == 2
    assert on_sqlite.oreflow("backup", str(tmp_path / "absent" / "b.tar.gz")).returncode == 2


def test_a_backup_by_default_goes_into_the_data_folder(on_sqlite: Installed) -> None:
    assert on_sqlite.oreflow("backup").returncode == 0
    assert len(list((on_sqlite.data / "backups").glob("oreflow-*.tar.gz"))) == 1


def test_a_lost_attachment_is_named(on_sqlite: Installed, tmp_path: Path) -> None:
    on_sqlite.python(FILL)
    gone, changed, _ = sorted(p for p in (on_sqlite.data / "attachments").rglob("*") if p.is_file())
    gone.unlink()
    changed.write_bytes(b"something else")
    saved = on_sqlite.oreflow("backup", str(tmp_path / "b.tar.gz"), "--json")
    assert saved.returncode == 1
    assert json.loads(saved.stdout)["missing_attachments"] == [gone.name, changed.name]
    examined = on_sqlite.oreflow("doctor")
    assert gone.name[:12] in examined.stdout


def _rewritten(source: Path, target: Path, *, drop: str = "", spoil: str = "", add: str = "") -> Path:
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            data = content.read()
            if member.name == drop:
                continue
            if member.name == spoil:
                data = bytes([data[0] ^ 1]) + data[1:]
            new.addfile(member, io.BytesIO(data))
            if add and member.name.startswith("database"):
                info = tarfile.TarInfo(add)
                info.size = 3
                new.addfile(info, io.BytesIO(b"abc"))
    return target


@pytest.mark.parametrize(
    "change",
    [{"drop": "manifest.json"}, {"spoil": "database.sqlite3"}, {"add": "../outside"},
     *(pytest.param(more, marks=pytest.mark.slow)
       for more in ({"drop": "database.sqlite3"}, {"add": "secret.key"}, {"add": "attachments/aa/" + "b" * 64}))],
    ids=str,
)  # fmt: skip
def test_a_spoilt_backup_leaves_nothing(on_sqlite: Installed, tmp_path: Path, change: dict[str, str]) -> None:
    whole = tmp_path / "whole.tar.gz"
    assert on_sqlite.oreflow("backup", str(whole)).returncode == 0
    spoilt = _rewritten(whole, tmp_path / "spoilt.tar.gz", **change)
    elsewhere = Installed(tmp_path / "elsewhere")
    for arguments in (("backup", "--verify", str(spoilt)), ("restore", str(spoilt))):
        refused = elsewhere.oreflow(*arguments)
        assert refused.returncode == 2, arguments
        assert "nothing was written" in refused.stderr
    assert not elsewhere.data.exists() or list(elsewhere.data.iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_half_a_backup_is_refused(on_sqlite: Installed, tmp_path: Path) -> None:
    whole = tmp_path / "whole.tar.gz"
    assert on_sqlite.oreflow("backup", str(whole)).returncode == 0
    half = tmp_path / "half.tar.gz"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert on_sqlite.oreflow("backup", "--verify", str(half)).returncode == 2
    (tmp_path / "text.tar.gz").write_text("no backup")
    assert on_sqlite.oreflow("backup", "--verify", str(tmp_path / "text.tar.gz")).returncode == 2
    assert on_sqlite.oreflow("backup", "--verify", str(tmp_path / "absent.tar.gz")).returncode == 2


def test_an_interrupted_restore_begins_anew(on_sqlite: Installed, tmp_path: Path) -> None:
    on_sqlite.python(FILL)
    whole = tmp_path / "whole.tar.gz"
    assert on_sqlite.oreflow("backup", str(whole)).returncode == 0
    elsewhere = Installed(tmp_path / "elsewhere")
    (elsewhere.data / ".restore").mkdir(parents=True)
    (elsewhere.data / "attachments" / "aa").mkdir(parents=True)
    (elsewhere.data / "attachments" / "aa" / ("a" * 64)).write_bytes(b"left by the interrupted one")
    assert elsewhere.oreflow("restore", str(whole)).returncode == 0
    assert _rows(elsewhere) == _rows(on_sqlite)
    assert not (elsewhere.data / "attachments" / "aa" / ("a" * 64)).exists()
    assert not (elsewhere.data / ".restore").exists()


def test_a_backup_of_another_kind_of_database_is_refused(
    on_sqlite: Installed, postgresql_server: str, tmp_path: Path
) -> None:
    from .installing import new_database

    whole = tmp_path / "whole.tar.gz"
    assert on_sqlite.oreflow("backup", str(whole)).returncode == 0
    with new_database(postgresql_server) as url:
        refused = Installed(tmp_path / "elsewhere", url).oreflow("restore", str(whole))
    assert refused.returncode == 2
    assert "sqlite" in refused.stderr


def test_two_backups_at_once_are_both_whole(on_sqlite: Installed, tmp_path: Path) -> None:
    results: list[int] = []
    names = [str(tmp_path / f"{k}.tar.gz") for k in range(2)]
    both = [
        threading.Thread(target=lambda n=n: results.append(on_sqlite.oreflow("backup", n).returncode)) for n in names
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert results == [0, 0]
    assert all(on_sqlite.oreflow("backup", "--verify", name).returncode == 0 for name in names)
