"""What was accepted from plans as a pack: a folder of plain tables in one zip file, as `load_pack` reads it."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from oreflow.console import clock
from oreflow.console.people.access import Viewer
from oreflow.console.refusals import Refused
from oreflow.console.regions import access as regions
from oreflow.core.provenance import Text
from oreflow.core.reading.packing import only
from oreflow.core.region import Region
from oreflow.gateway import region_hash, write_pack

from . import access
from .models import Document
from .regions import HELD, accepted_rows, build, documents_of

_FIRST = (1980, 1, 1, 0, 0, 0)  # the moment of every file in the zip, so that the same figures make the same bytes


def region_of(viewer: Viewer, region_id: str, document: Document | None = None) -> Region:
    """The region that a pack holds: the whole one with what was accepted, or only what one document gives.

    Raises
    ------
    Http404
    Refused
        Where nothing was accepted from the document yet.
    """
    base = regions.region(region_id)
    rows = list(accepted_rows(viewer, region_id, document).select_related("organisation"))
    made = build(base, rows).region
    edition = f"{clock.today():%Y-%m-%d}"
    if document is None:
        whole = replace(made, edition=edition, simulated=made.simulated or any(r.simulated for r in rows), hash="")
        return replace(whole, hash=region_hash(whole))
    if not rows:
        raise Refused(
            Text(
                "此文件还没有采纳的数值，不能导出区域包。",
                "No figure of this document was accepted yet: nothing to export.",
            )
        )
    known = {d.held.sha256: d.held.id for d in documents_of(rows).values()}
    names = {next((d.id for d in base.documents.values() if d.sha256 == sha), key) for sha, key in known.items()}
    part = only(
        made, names, id=f"{base.id}-{HELD}{document.pk}", name=Text(document.title, document.title), edition=edition
    )
    part = replace(part, simulated=base.simulated or document.simulated)
    return replace(part, hash=region_hash(part))


def export_pack(viewer: Viewer, region_id: str, document: Document | None = None) -> bytes:
    """A pack as a zip file; reading it again gives the same region and hash.

    Raises
    ------
    Http404, Refused
    """
    region = region_of(viewer, region_id, document)
    out = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="oreflow-pack-") as folder, zipfile.ZipFile(out, "w") as archive:
        written = write_pack(region, Path(folder) / "pack")
        for path in sorted(written.iterdir()):
            entry = zipfile.ZipInfo(f"{region.id}/{path.name}", _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return out.getvalue()


def document_pack(viewer: Viewer, document_id: int) -> tuple[str, bytes]:
    """The pack of one document, with a name for the file.

    Raises
    ------
    Http404, Refused
    """
    document = access.find_document(viewer, document_id)
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", document.key).strip("-") or f"document-{document.pk}"
    return f"{name}-pack.zip", export_pack(viewer, document.region, document)
