"""Loading is quick, and the heavy readers are imported only when a workbook is read."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys, time
import oreflow.gateway as gateway
start = time.perf_counter()
gateway.load_pack("panxi")
print(time.perf_counter() - start)
print([m for m in ("openpyxl", "python_calamine", "numpy", "scipy", "django") if m in sys.modules])
"""


@pytest.mark.timing
def test_built_in_pack_with_its_library_from_cold() -> None:
    runs = [
        subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True) for _ in range(2)
    ]
    seconds = min(float(run.stdout.splitlines()[0]) for run in runs)
    assert seconds < 0.4
    assert runs[0].stdout.splitlines()[1] == "[]"
