"""The report: both languages, self-contained, every comparison, pictures that carry the figures."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from oreflow.console.report import ReportError, render_report, write_report
from oreflow.core.chain import UnknownYear, compare
from oreflow.core.provenance import FindingClass
from oreflow.core.region import Region
from oreflow.core.targets import check
from oreflow.gateway import load_pack


@pytest.fixture(scope="module")
def panxi() -> Region:
    return load_pack("panxi")


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest, panxi: Region) -> str:
    return render_report(panxi, 2025, request.param)


def test_it_carries_what_was_found(page: str, panxi: Region) -> None:
    language = "zh" if 'lang="zh-Hans"' in page else "en"
    text = re.sub(r"<[^>]+>", "", page)
    for answer in compare(panxi, 2025):
        assert answer.label.in_language(language) in text
    for finding in check(panxi):
        if finding.kind in (FindingClass.ERROR, FindingClass.OVERSHOOT):
            assert "155.6" in text
    assert panxi.hash in page
    assert page.count('class="sentence"') == 5


def test_languages_do_not_mix(panxi: Region) -> None:
    zh, en = (
        re.sub(r"<style>.*?</style>|<[^>]+>", "", render_report(panxi, 2025, x), flags=re.DOTALL) for x in ("zh", "en")
    )
    assert "Required against available" not in zh
    assert "What fits" not in zh
    assert "Assumptions" not in zh
    assert len(re.findall(r"[\u4e00-\u9fff]", en)) < 60


def test_it_asks_nothing_from_outside(page: str) -> None:
    class Links(HTMLParser):
        found: list[str] = []  # noqa: RUF012 - one parse

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found += [f"{tag} {k}={v}" for k, v in attrs if k in ("src", "href", "srcset") and v]

    parser = Links()
    parser.feed(page)
    assert parser.found == []
    assert "<script" not in page
    assert "url(" not in page


def test_pictures_are_well_formed(page: str) -> None:
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 3
    for drawing in drawings:
        root = ET.fromstring(drawing)  # noqa: S314 - our own drawing
        assert root.attrib["aria-label"]
        assert not [e for e in root.iter() for v in e.attrib.values() if "nan" in v or "inf" in v]


def test_pdf_has_the_same_words(panxi: Region, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    paths = write_report(panxi, tmp_path / "new" / "folder", languages=["zh"])
    assert [p.suffix for p in paths] == [".html", ".pdf"]
    reader = pypdf.PdfReader(paths[1])
    text = "".join(p.extract_text() for p in reader.pages)
    assert len(reader.pages) > 3
    assert "钒渣" in text
    assert not list((tmp_path / "new" / "folder").glob("*.partial"))


def test_nothing_is_written_for_an_unknown_year(panxi: Region, tmp_path: Path) -> None:
    with pytest.raises(UnknownYear):
        write_report(panxi, tmp_path / "out", year=1999)
    assert not (tmp_path / "out").exists()


def test_missing_libraries_are_told(panxi: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(ReportError, match="--no-pdf"):
        write_report(panxi, tmp_path / "out", languages=["en"])
    assert not (tmp_path / "out").exists()


def test_families_have_one_colour_everywhere() -> None:
    import oreflow.console
    from oreflow.console.report.drawing import COLOURS

    script = Path(oreflow.console.__file__).parent / "static/console/flows.js"
    shown = re.search(r"COLOURS = \{(.*?)\};", script.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    assert dict(re.findall(r'"?([a-z-]+)"?: "(#[0-9a-f]{6})"', shown.group(1))) == COLOURS


def test_pdf_fetches_nothing(panxi: Region, tmp_path: Path) -> None:
    from oreflow.console.report import render_pdf

    secret = tmp_path / "secret.txt"
    secret.write_text("hush", encoding="utf-8")
    page = (
        f'<html><body><img src="{secret.as_uri()}"><link rel="attachment" href="{secret.as_uri()}">words</body></html>'
    )
    made = render_pdf(page)
    assert made.startswith(b"%PDF")
    assert b"hush" not in made


def test_a_planted_link_is_not_followed(panxi: Region, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "panxi-2025-report.en.html").symlink_to(victim)
    write_report(panxi, out, languages=["en"], pdf=False)
    assert victim.read_text(encoding="utf-8") == "mine"
    assert not (out / "panxi-2025-report.en.html").is_symlink()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_hands_out_the_report(language: str) -> None:
    from django.test import Client

    client = Client(headers={"Accept-Language": language})
    page = client.get("/r/panxi/report.html")
    assert page.status_code == 200
    assert "attachment" in page.headers["Content-Disposition"]
    assert ('lang="en"' in page.content.decode()) == (language == "en")
    assert client.get("/r/panxi/report.pdf").content.startswith(b"%PDF")
    assert client.get("/r/panxi/report.docx").status_code == 404
    assert client.get("/r/panxi/report.html", {"year": "1999"}).status_code == 404
    assert "report.pdf" in client.get("/r/panxi/").content.decode()


def test_a_report_that_cannot_be_printed_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import Client

    from oreflow.console.regions.views import reports

    def fail(_: str) -> bytes:
        raise ReportError("PDF needs Pango")

    monkeypatch.setattr(reports, "render_pdf", fail)
    reports.printed.cache_clear()
    response = Client().get("/r/panxi/report.pdf")
    assert response.status_code == 503
    assert "PDF needs Pango" in response.content.decode()
