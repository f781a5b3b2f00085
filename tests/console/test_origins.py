"""Every number opens: to formula, assumptions, quality mark and source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from oreflow.console.regions import access
from oreflow.core.chain import Scenario
from oreflow.core.provenance import FindingClass
from oreflow.core.region import Region

LINK = re.compile(r'href="(/r/panxi/[^"]+)"')


def test_first_page_has_five_sentences_the_sharpest_first(region: Region, reader: Client) -> None:
    text = reader.get("/r/panxi/").content.decode()
    view = access.plan_view(region, 2025, Scenario())
    assert text.count('class="sentence-text"') == 5
    assert [s.sharpness for s in view.sentences] == sorted((s.sharpness for s in view.sentences), reverse=True)
    first = text[text.index('id="sentences"') : text.index('class="sentence-under"')]
    assert ("无论" if reader.language == "zh" else "Whatever") in first
    assert 'class="tag break"' in first


def test_every_figure_of_every_sentence_opens_to_a_source(en: Client) -> None:
    text = en.get("/r/panxi/?share=tio2_sulfate:0.3").content.decode()
    figures = set(re.findall(r'class="figure" href="([^"]+)"', text))
    assert len(figures) >= 5
    for href in figures:
        page = en.get(href.replace("&amp;", "&"))
        assert page.status_code == 200
        said = page.content.decode()
        assert "share=tio2_sulfate:0.3" in said
        assert "Assumptions in force" in said
        assert "Weakest quality" in said
        assert "need = Σ" in said or "available = stated" in said


@pytest.mark.slow
def test_every_link_of_the_main_pages_answers(en: Client) -> None:
    seen: set[str] = set()
    for page in ("", "targets", "figures", "checks", "chain", "library/doubtful", "origin/answer/acid", "search?q=ti"):
        text = en.get(f"/r/panxi/{page}").content.decode()
        seen |= {href.replace("&amp;", "&") for href in LINK.findall(text)}
    kinds = {"source", "origin", "library", "checks"}
    assert kinds <= {href.split("/")[3].split("?")[0] for href in seen}
    wrong = [href for href in sorted(seen) if en.get(href).status_code != 200]
    assert wrong == []


def test_every_figure_target_finding_and_process_has_its_page(region: Region, reader: Client) -> None:
    paths = [f"origin/figure/{key}" for key in region.figures]
    paths += [f"origin/target/{key}" for key in region.targets]
    paths += [f"checks/{f.code}" for f in access.findings(region)]
    paths += [f"library/processes/{key}" for key in region.library.processes]
    paths += [f"library/materials/{key}" for key in region.library.materials]
    wrong = [p for p in paths if reader.get(f"/r/panxi/{p}").status_code != 200]
    assert wrong == []


def test_every_balance_and_answer_opens(region: Region, en: Client) -> None:
    needed = access.requirements(region, 2025, Scenario())
    paths = [f"origin/balance/{key}" for key in needed.balances]
    paths += [f"origin/burden/{b.value}" for b in needed.burdens]
    paths += [f"origin/answer/{a.comparison}" for a in access.plan_view(region, 2025, Scenario()).answers]
    wrong = [p for p in paths if en.get(f"/r/panxi/{p}").status_code != 200]
    assert wrong == []


def test_target_page_says_all_that_the_plan_says(en: Client, region: Region) -> None:
    text = en.get("/r/panxi/origin/target/titania.panzhihua-parks.2025").content.decode()
    target = region.targets["titania.panzhihua-parks.2025"]
    for part in ("1,500 kt", target.printed, target.source.lines.split("-")[0], "capacity", "drives the chain"):
        assert part in text


def test_checks_put_errors_first_and_fold_what_holds(region: Region, en: Client) -> None:
    text = en.get("/r/panxi/checks").content.decode()
    classes = re.findall(r'class="tag ([a-z-]+)"', text)
    order = [k.value for k in FindingClass]
    assert classes == sorted(classes, key=order.index)
    assert "holds" not in classes
    holding = sum(f.kind is FindingClass.HOLDS for f in access.findings(region))
    assert f"Show {holding} checks that hold" in text
    assert en.get("/r/panxi/checks?all=1").content.decode().count('class="tag holds"') > 0


def test_source_page_says_how_to_provide_the_text(en: Client) -> None:
    text = en.get("/r/panxi/source/panzhihua-parks-2021?lines=781-783").content.decode()
    assert "OREFLOW_PLAN_TEXTS" in text
    assert "titania" not in text.split("Close by")[0]


def test_source_page_shows_the_lines_where_the_text_is_given(
    en: Client, shared: Path, settings: pytest.FixtureRequest
) -> None:
    settings.OREFLOW_PLAN_TEXTS = str(shared / "plans")  # type: ignore[attr-defined]
    text = en.get("/r/panxi/source/panzhihua-parks-2021?lines=781-783").content.decode()
    assert text.count('class="hit"') == 2
    assert "钛渣冶炼产能" in text


def test_another_edition_of_a_text_is_not_shown(en: Client, tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    (tmp_path / "panzhihua-parks-2021.txt").write_text("钛渣冶炼产能\n" * 2000, "utf-8")
    settings.OREFLOW_PLAN_TEXTS = str(tmp_path)  # type: ignore[attr-defined]
    text = en.get("/r/panxi/source/panzhihua-parks-2021?lines=781-783").content.decode()
    assert "钛渣冶炼产能" not in text
    assert "SHA-256" in text
