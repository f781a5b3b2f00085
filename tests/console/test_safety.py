"""Answers are kept nowhere, odd characters end in no failure, and who has gone acts and sees no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from oreflow.console import clock
from oreflow.console.cases.models import CaseFile
from oreflow.console.people import access, actions, events
from oreflow.console.people.models import Membership, Organisation, Role
from oreflow.console.registers import actions as registers
from oreflow.console.registers import search
from oreflow.console.registers.models import Attachment
from oreflow.console.registers.registry import REGISTERS

from .api.tokens import Program, program, token
from .world import NOW, World


@pytest.fixture(autouse=True)
def _monday(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    with clock.at(NOW):
        yield


def drafted(world: World) -> CaseFile:
    """A draft of alpha's clerk."""
    machine = world.records["alpha-equipment"]
    done = registers.change(
        REGISTERS["equipment"], world.viewer("clerk"), machine.pk, machine.version, {"size": "1300"}, door="page",
        reason="示例",
    )  # fmt: skip
    return CaseFile.objects.get(pk=done.case_id)


def test_what_a_signed_in_reader_is_shown_is_kept_nowhere(world: World) -> None:
    client, case = world.client("clerk"), drafted(world)
    for path in ("/", reverse("register", args=("equipment",)), reverse("case", args=(case.pk,)), "/api/me"):
        assert client.get(path)["Cache-Control"] == "private, no-store", path
    assert program(world, "clerk").get("/api/registers/equipment").headers["Cache-Control"] == "private, no-store"
    assert Client().get(reverse("sign-in"))["Cache-Control"] != "public"


def test_a_file_of_a_case_runs_nothing_and_odd_notes_are_refused(world: World) -> None:
    client, case = world.client("clerk"), drafted(world)
    address = reverse("case-attach", args=(case.pk,))
    for note, status in (("nul\0 byte", 422), ("‮ turned", 422), ("x" * 201, 422), ("铭牌照片", 302)):
        file = SimpleUploadedFile("../../x\r\nSet-Cookie: a=b.txt", b"text")
        assert client.post(address, {"file": file, "note": note}).status_code == status, note
    kept = Attachment.objects.get()
    assert "\n" not in kept.name
    assert "/" not in kept.name
    answer = client.get(reverse("case-attachment", args=(case.pk, kept.pk)))
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert b"".join(answer.streaming_content) == b"text"
    answer.close()


@pytest.mark.parametrize("text", ["%00", "a%00b", "%ED%A0%80", "%F0%9F%92%A9", "9" * 40, "-1", "%C2%B2"])
def test_odd_characters_in_addresses_are_no_failure(world: World, text: str) -> None:
    caller, client = program(world, "alpha-admin"), world.client("alpha-admin")
    for path in (
        f"/api/me/sessions/{text}/end",
        f"/api/me/tokens/{text}/revoke",
        f"/api/operations/tasks/{text}/retry",
    ):
        assert caller.post(path, {}).status_code in (400, 404, 422), path
    for path in ("/api/registers/equipment", "/api/cases", "/registers/equipment/", "/cases/", "/search"):
        for name in ("q", "state", "status", "organisation", "cursor", "sort", "as_of", "page", "register"):
            answer = client.get(f"{path}?{name}={text}")
            assert answer.status_code in (200, 400, 404, 422), (path, name, answer.status_code)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0000-01-01", "2026-02-30"])
def test_days_at_the_ends_of_time_are_no_failure(world: World, day: str) -> None:
    caller, client = program(world, "decider"), world.client("decider")
    alpha, machine = world.organisations["alpha"], world.records["alpha-equipment"]
    for path in (f"/api/organisations/{alpha.pk}", "/api/registers/equipment", "/api/registers/equipment/export"):
        assert caller.get(f"{path}?as_of={day}").status_code in (200, 422), path
    for path in (reverse("record", args=("equipment", machine.pk)), reverse("register", args=("equipment",))):
        assert client.get(f"{path}?as_of={day}").status_code == 200, path
    sent = caller.post(f"/api/registers/equipment/{machine.pk}/end", {"version": 1, "on": day, "reason": "示例"})
    assert sent.status_code == 422
    changes = reverse("organisation-changes", args=(alpha.pk,))
    given = {"manner": "merger", "effective": day, "reason": "示例", "version": "1", "people": "move",
             "successor": str(world.organisations["beta"].pk)}  # fmt: skip
    assert client.post(changes, given).status_code == 422
    administrator = program(world, "alpha-admin")
    role = {"organisation": alpha.pk, "role": "viewer", "valid_from": day, "valid_to": day}
    assert administrator.post(f"/api/people/{world.people['clerk'].pk}/roles", role).status_code in (201, 422)


def test_nobody_acts_for_an_organisation_that_was_ended(world: World) -> None:
    raw, client, alpha = token(world, "clerk"), world.client("clerk"), world.organisations["alpha"]
    listed = reverse("register", args=("equipment",))
    assert client.get(listed).status_code == 200
    actor = world.viewer("decider")
    registers.end(REGISTERS["enterprises"], actor, alpha.pk, alpha.version, "2026-03-03", "注销", door="page")
    assert client.get(listed).status_code == 200
    with clock.at(NOW + timedelta(days=1)):
        assert client.get(listed).status_code == 403
        assert Program(raw).get("/api/registers/equipment").status_code == 401
        assert not access.memberships(world.people["clerk"], clock.today()).exists()


def test_a_role_that_ends_ends_in_the_middle_of_a_session(world: World) -> None:
    client, case = world.client("clerk"), drafted(world)
    Membership.objects.filter(user=world.people["clerk"]).update(valid_to=NOW.date())
    assert client.get(reverse("case", args=(case.pk,))).status_code == 200
    with clock.at(NOW + timedelta(days=1)):
        assert client.post(reverse("case-step", args=(case.pk, "submit"))).status_code == 403
    case.refresh_from_db()
    assert case.state == "draft"


def test_a_former_employer_hears_no_more_of_an_account(world: World) -> None:
    rival, alpha = world.people["rival"], world.organisations["alpha"]
    Membership.objects.filter(user=rival).update(valid_to=NOW.date() - timedelta(days=1))
    assert events.home(rival) == world.organisations["beta"]
    Membership.objects.create(user=rival, organisation=alpha, role=Role.VIEWER)
    assert events.home(rival) == alpha


def test_a_renamed_organisation_is_found_by_any_part_of_its_new_and_former_name(world: World) -> None:
    alpha = world.organisations["alpha"]
    actions.rename(world.viewer("decider"), alpha.pk, alpha.version, "攀枝花新材料公司", NOW.date(), "工商变更")
    rows: Any = Organisation.objects.all()
    for words in ("攀枝花", "新材料", "xcl", "冶炼", "示例钒钛冶炼厂"):
        assert alpha in search.matching(rows, words), words
