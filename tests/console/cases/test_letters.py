"""Letters: what they say, that they stay as they were issued, and their PDF."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from oreflow.console.cases.letters import KINDS, written
from oreflow.console.cases.models import Letter
from oreflow.core.workflow import PROCEDURES

from ..world import World
from .spine import accepted, answered, on, submitted, take


def test_every_letter_of_a_procedure_has_its_text() -> None:
    wanted = {s.letter for p in PROCEDURES.values() for s in p.steps.values() if s.letter}
    assert wanted == set(KINDS)


def every_letter(world: World) -> list[Letter]:
    """One case of each ending."""
    case = answered(world)
    with on(4):
        take(world, case, "decider", "refuse", reason="能耗不达标")
    case = accepted(world)
    with on(2):
        take(world, case, "decider", "send-review", reason="请看炉壳")
    with on(3):
        take(world, case, "reviewer", "conclude-review", reason="可行")
        take(world, case, "decider", "approve", reason="符合规划")
    world.records["alpha-equipment"].size = "1200"
    world.records["alpha-equipment"].save()
    for ending, person in (("decline", "acceptor"), ("ask-supplement", "acceptor")):
        case = submitted(world)
        with on(1):
            take(world, case, person, ending, reason="缺少图纸\n缺少说明")
    from oreflow.console.cases import actions

    with on(60) as moment:
        actions.tick(moment)
    return list(Letter.objects.order_by("pk"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_reads_whole_in_both_languages(world: World, language: str) -> None:
    letters = every_letter(world)
    assert {letter.kind for letter in letters} == set(KINDS)
    for letter in letters:
        shown = written(letter, language)
        text = " ".join(shown.paragraphs)
        assert shown.title
        assert shown.issuer
        assert shown.addressees
        assert "None" not in text
        assert "{" not in text
        assert shown.simulated
        assert bool(shown.appeal) == (letter.kind in ("decline", "refusal", "expiry"))
    assert len({letter.number for letter in letters}) == len(letters)


def test_lists_are_numbered_and_opinions_stand_in_decisions(world: World) -> None:
    letters = {letter.kind: written(letter, "zh-hans") for letter in every_letter(world)}
    assert letters["supplement"].reasons == ("缺少图纸", "缺少说明")
    assert letters["supplement"].numbered
    assert [o["body"] for o in letters["refusal"].opinions] == ["示例市生态环境局", "示例市应急管理局"]
    assert letters["opinions"].addressees == "示例市生态环境局、示例市应急管理局"
    assert "六十日" in letters["refusal"].appeal
    assert "六个月" in letters["refusal"].appeal


def test_facts_are_frozen(world: World) -> None:
    case = accepted(world)
    letter = Letter.objects.get(case=case, kind="acceptance")
    before = written(letter, "zh-hans")
    for key in ("alpha", "committee"):
        organisation = world.organisations[key]
        organisation.name = "改名后的示例单位"
        organisation.save()
    case.title = "改了"
    case.payload = {"changes": {}}
    case.save()
    letter.refresh_from_db()
    assert written(letter, "zh-hans") == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pdf_says_what_the_page_says(world: World, language: str) -> None:
    case = submitted(world)
    with on(1):
        take(world, case, "acceptor", "decline", reason="不属于本机关职权范围")
    letter = Letter.objects.get(kind="decline")
    answer = world.client("clerk", language).get(f"/letters/{letter.pk}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).replace("\n", "")
    assert case.number in text
    assert ("不予受理决定书" if language == "zh" else "Decision not to accept") in text
    assert ("模拟" if language == "zh" else "Simulated") in text or language == "zh"


def test_every_page_of_a_made_up_letter_says_so(world: World) -> None:
    submitted(world)
    with on(1):
        take(world, Letter.objects.get().case, "acceptor", "ask-supplement", reason="\n".join(["缺少图纸"] * 60))
    letter = Letter.objects.get(kind="supplement")
    answer = world.client("clerk", "en").get(f"/letters/{letter.pk}.pdf")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert len(pages) > 1
    assert all("Simulated" in page for page in pages)


def test_missing_libraries_are_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from oreflow.console.cases import views
    from oreflow.console.report import ReportError

    def refuse(page: str) -> bytes:
        raise ReportError("apt install libpango-1.0-0")

    submitted(world)
    monkeypatch.setattr(views, "render_pdf", refuse)
    answer = world.client("clerk").get(f"/letters/{Letter.objects.get().pk}.pdf")
    assert answer.status_code == 503
    assert "libpango" in answer.content.decode()
