"""Copies the browser assets that `npm ci` fetched into static/vendor; nothing comes from a CDN."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from .errors import AssetsMissing

HERE = Path(__file__).resolve().parent
VENDOR = HERE / "static" / "vendor"
PROJECT = HERE.parents[2]

# package, file in the package, name in static/vendor
FILES = (
    ("htmx.org", "dist/htmx.min.js", "htmx.min.js"),
    ("htmx.org", "LICENSE", "htmx.LICENSE.txt"),
    ("echarts", "dist/echarts.min.js", "echarts.min.js"),
    ("echarts", "LICENSE", "echarts.LICENSE.txt"),
    ("echarts", "NOTICE", "echarts.NOTICE.txt"),
    ("zrender", "LICENSE", "zrender.LICENSE.txt"),
)


def require_assets(vendor: Path = VENDOR) -> None:
    """Raise `AssetsMissing` unless every asset is in place."""
    missing = [name for _, _, name in FILES if not (vendor / name).is_file()]
    if missing:
        raise AssetsMissing(", ".join(missing))


def versions(vendor: Path = VENDOR) -> list[dict[str, str]]:
    """Name, version and licence of each package in `vendor`; empty before they are copied."""
    listing = vendor / "versions.json"
    if not listing.is_file():
        return []
    found: list[dict[str, str]] = json.loads(listing.read_text("utf-8"))
    return found


def copy_assets(modules: Path = PROJECT / "node_modules", vendor: Path = VENDOR) -> list[Path]:
    """Copy the assets from `node_modules`; return the files written."""
    absent = [f"{package}/{inside}" for package, inside, _ in FILES if not (modules / package / inside).is_file()]
    if absent:
        raise AssetsMissing(", ".join(absent))
    vendor.mkdir(parents=True, exist_ok=True)
    written = []
    for package, inside, name in FILES:
        shutil.copyfile(modules / package / inside, vendor / name)
        written.append(vendor / name)
    listing = []
    for package in dict.fromkeys(package for package, _, _ in FILES):
        about = json.loads((modules / package / "package.json").read_text("utf-8"))
        listing.append({"name": package, "version": about["version"], "license": about["license"]})
    (vendor / "versions.json").write_text(json.dumps(listing, indent=1), "utf-8")
    return written


def main() -> int:
    """Command: copy the assets, say what was written; 2 when `npm ci` has not run."""
    try:
        written = copy_assets()
    except AssetsMissing as error:
        sys.stderr.write(f"{error.text.zh}\n{error.text.en}\n")
        return 2
    sys.stdout.write("".join(f"{path.relative_to(HERE)}\n" for path in written))
    return 0


if __name__ == "__main__":
    sys.exit(main())
