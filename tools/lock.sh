#!/bin/sh
# Writes requirements.lock: one hashed lock for every Python >= 3.11. Its first part is what running
# needs; what only tests and checks need follows under the mark that the Makefile cuts at.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
        --no-emit-index-url --no-emit-find-links --build-constraints tools/build.in "$@" pyproject.toml
}
compile --all-extras -o "$work/all"
compile --extra console --extra report -c "$work/all" -o "$work/run"
{
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
        --no-emit-index-url --no-emit-find-links tools/build.in -o "$work/build"
    echo "# --- for building ---"; cat "$work/build"
    echo "# --- for running ---"; cat "$work/run"
    echo "# --- for testing ---"
    python3 - "$work/all" "$work/run" "$work/build" <<'PY'
import re, sys
def blocks(path):
    return re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", open(path).read(), re.S | re.M)
have = {b.split(" \\")[0].strip() for p in sys.argv[2:] for b in blocks(p)}
names = {b.split("==")[0] for p in sys.argv[2:] for b in blocks(p)}
for block in blocks(sys.argv[1]):
    if block.split(" \\")[0].strip() not in have:
        assert block.split("==")[0] not in names, f"two versions of {block.split('==')[0]}"
        print(block, end="")
PY
} > requirements.lock
