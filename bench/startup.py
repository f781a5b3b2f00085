"""What a newcomer waits for: help, a check, the console's second start, a moved slider.

    python bench/startup.py [--repeat 5] [--sliders 60]

Each figure is measured on whole processes or over loopback HTTP; the limit stands beside it. The
physical limit of a command is a bare interpreter, so the ratio to it is printed, too. Exits with 1
if a limit is missed.
"""

from __future__ import annotations

import argparse
import random
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence


def command(arguments: Sequence[str]) -> Callable[[], None]:
    def run() -> None:
        subprocess.run([sys.executable, *arguments], check=False, capture_output=True)

    return run


def median(run: Callable[[], None], repeat: int) -> float:
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - loopback
        return bytes(answer.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def console(sliders: int) -> tuple[float, float, float]:
    """Seconds from start to first page, and median and 95th percentile of a slider's answer."""
    port = free_port()
    page = f"http://127.0.0.1:{port}/"
    start = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-m", "oreflow", "up", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                get(page)
                break
            except OSError:
                if time.perf_counter() - start > 60 or server.poll() is not None:
                    raise
                time.sleep(0.02)
        first = time.perf_counter() - start
        chosen = random.Random(1)  # noqa: S311 - slider positions, not secrets
        times = []
        for _ in range(sliders):
            position = f"share=tio2_sulfate:{chosen.random():.4f}&utilisation={chosen.uniform(0.3, 1):.4f}"
            before = time.perf_counter()
            get(f"{page}r/panxi/answer?{position}")
            times.append(time.perf_counter() - before)
    finally:
        server.terminate()
        server.wait(10)
    return first, statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--sliders", type=int, default=60)
    asked = parser.parse_args()
    bare = median(command(["-c", "pass"]), asked.repeat)
    start, slider, late = console(asked.sliders)
    rows = [
        ("oreflow --help", median(command(["-m", "oreflow", "--help"]), asked.repeat), 0.4),
        ("oreflow check panxi", median(command(["-m", "oreflow", "check", "panxi"]), asked.repeat), 2.0),
        ("start to first page", start, 5.0),
        ("slider, median", slider, 0.2),
        ("slider, 95 of 100", late, 0.2),
    ]
    for name, seconds, limit in rows:
        print(f"{name:22} {seconds * 1e3:8.0f} ms   limit {limit * 1e3:6.0f} ms   {seconds / bare:6.1f} × bare python")
    return 0 if all(seconds <= limit for _, seconds, limit in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
