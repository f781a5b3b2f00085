"""Files of records: what is taken, under which name, who may open it, what is left of it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from oreflow.console.refusals import Invalid
from oreflow.console.registers import attachments
from oreflow.console.registers.models import Attachment

from ..world import World

PDF = b"%PDF-1.4\n%%EOF"


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("铭牌.pdf", PDF, "铭牌.pdf"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0rest", "photo.jpg"),
        ("a.png", b"\x89PNG\r\n\x1a\nrest", "a.png"),
        ("表.xlsx", workbook(), "表.xlsx"),
        ("a.csv", "单位,数\n".encode("gb18030"), "a.csv"),
        ("note", "说明".encode(), "note.txt"),
        ("evil.html", b"<script>alert(1)</script>", "evil.html.txt"),
        ("page.html.pdf", PDF, "page.html.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("..\\..\\boot.ini\x00.pdf", PDF, "boot.ini.pdf"),
        ("re\u202efdp.exe", PDF, "refdp.exe.pdf"),
        ("CON.pdf", PDF, "file-CON.pdf"),
        ("...", PDF, "file.pdf"),
        ("a\r\nSet-Cookie: x.pdf", PDF, "aSet-Cookie x.pdf"),
        ("长" * 300 + ".pdf", PDF, "长" * 120 + ".pdf"),
    ],
)
def test_names_are_cleaned_and_endings_follow_the_content(name: str, content: bytes, kept: str) -> None:
    assert attachments.keep(name, io.BytesIO(content)).name == kept


@pytest.mark.parametrize(
    "content",
    [
        b"", b"MZ\x90\x00binary\x00", b"PK\x03\x04broken", archive(a=b"x"), b"\x7fELF\x02\x01\x01\x00",
        archive(**{"[Content_Types].xml": b"<a/>", "xl__workbook.xml": b"<a/>", "xl__vbaProject.bin": b"x"}),
        b"text with \x00 in it",
    ],
)  # fmt: skip
def test_other_contents_are_refused_and_nothing_is_left(content: bytes) -> None:
    with pytest.raises(Invalid):
        attachments.keep("a.pdf", io.BytesIO(content))
    assert [p for p in attachments.root().rglob("*") if p.is_file()] == []


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 10)
    with pytest.raises(Invalid):
        attachments.keep("a.txt", io.BytesIO(b"x" * 11))
    assert attachments.keep("a.txt", io.BytesIO(b"x" * 10)).size == 10


def upload(world: World, person: str, content: bytes = PDF, name: str = "铭牌.pdf") -> Any:
    address = reverse("record-attach", args=("equipment", world.records["alpha-equipment"].pk))
    return world.client(person).post(address, {"file": SimpleUploadedFile(name, content), "note": "铭牌"}, follow=True)


def test_a_file_is_kept_once_and_served_as_a_download_only(world: World) -> None:
    assert "铭牌.pdf" in upload(world, "clerk").content.decode()
    upload(world, "decider")
    first, second = Attachment.objects.order_by("pk")
    assert first.sha256 == second.sha256
    assert len([p for p in attachments.root().rglob("*") if p.is_file()]) == 1
    address = reverse("record-file", args=("equipment", first.record_id, first.pk))
    response = world.client("clerk").get(address)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    for person in ("rival", "far", "stranger"):
        assert world.client(person).get(address).status_code == 404
    other = reverse("record-file", args=("equipment", world.records["beta-equipment"].pk, first.pk))
    assert world.client("decider").get(other).status_code == 404


def test_removing_needs_a_reason_and_keeps_the_entry(world: World) -> None:
    upload(world, "clerk")
    kept = Attachment.objects.get()
    address = reverse("record-file-remove", args=("equipment", kept.record_id, kept.pk))
    assert world.client("looker").post(address, {"reason": "x"}).status_code == 403
    assert world.client("clerk").post(address, {"reason": " "}).status_code == 422
    page = world.client("clerk").post(address, {"reason": "传错"}, follow=True).content.decode()
    assert "传错" in page
    kept.refresh_from_db()
    assert kept.removed_by == world.people["clerk"]
    assert (
        world.client("clerk").get(reverse("record-file", args=("equipment", kept.record_id, kept.pk))).status_code
        == 404
    )


def test_who_may_not_write_may_not_upload(world: World) -> None:
    assert upload(world, "looker").status_code == 403
    assert upload(world, "rival").status_code == 404
    assert upload(world, "clerk", b"MZ\x00\x01").status_code == 422
    assert not Attachment.objects.exists()
