"""Read texts and write statements and chains as JSON lines in the gold's field names.

    python tools/score_reading.py TEXT… --out statements.jsonl --chains chains.jsonl

The two files are what the gold's own scorer takes (`--pred`, `--chains`).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from oreflow.core.reading import read
from oreflow.core.reading.gold import chain_rows, statement_rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--chains", type=Path)
    given = parser.parse_args()
    readings = [read(path.read_text(encoding="utf-8"), doc=path.stem) for path in sorted(given.texts)]
    write(given.out, [row for r in readings for row in statement_rows(r)])
    if given.chains:
        write(given.chains, [row for r in readings for row in chain_rows(r)])


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
