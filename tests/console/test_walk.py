"""The role walk: nobody is answered what another's is, at any address, in any form."""

from __future__ import annotations

import pytest
from django.test import Client

from oreflow.console.cases.models import Letter
from oreflow.console.people.models import ApiToken, Membership, Organisation
from oreflow.console.registers.models import Attachment
from oreflow.console.registers.registry import REGISTERS

from .test_ground import REACH
from .walk import MARKS, Address, Subjects, addresses, filled, marks_in, project_models, text_of, visit
from .walk_world import CLERKS, OWNERS, SHARED, TEXTS, fill, rows_of
from .world import World

OPEN = (
    "/r/",
    "/help",
    "/about",
    "/api/regions",
    "/api/docs",
    "/api/openapi.json",
    "/sign-in",
    "/health",
    "/preferences",
)
REGION = ("/r/", "/api/regions", "/api/docs", "/api/openapi.json")  # open to everybody, of built-in data alone
UNWALKED = {"sign-out": "ends the walk", "metrics": "counts of requests; closed to all but system administrators"}
RECORD = {
    "equipment": "equipment", "facilities": "facility", "products": "product", "licences": "licence",
    "targets": "target", "chain-links": "chain-link", "clauses": "clause", "tasks": "task", "projects": "project",
}  # fmt: skip
STRANGERS = ("rival", "far", "stranger", "reviewer", "nobody")


@pytest.fixture
def walked(world: World, settings: pytest.FixtureRequest) -> World:
    """The world with rows in every model for three owners."""
    fill(world)
    return world


def _register_of(address: Address) -> list[str]:
    for key in REGISTERS:
        if f"/{key}/" in address.pattern:
            return [key]
    return list(REGISTERS) if "<key>" in address.parameters else []


def _record_id(world: World, register: str, owner: str) -> str | None:
    if register == "enterprises":
        return str(world.organisations[owner].pk)
    return str(world.records[f"{owner}-{RECORD[register]}"].pk) if register in RECORD else None


def _of(world: World, owner: str) -> dict[str, str]:
    """Values of parameters that belong to an owner."""
    organisation, user = world.organisations[owner], world.people[CLERKS[owner]]
    case, membership = world.records[f"{owner}-case"], str(Membership.objects.filter(user=user)[0].pk)
    return {
        "case_id": str(case.pk), "letter_id": str(Letter.objects.filter(case=case).first().pk),  # type: ignore[union-attr]
        "user_id": str(user.pk), "organisation_id": str(organisation.pk),
        "run_id": str(world.records[f"{owner}-import"].pk),
        "token_id": str(ApiToken.objects.get(organisation=organisation).pk),
        "document_id": str(world.records[f"{owner}-document"].pk),
        "other_id": str(world.records[f"{owner}-document"].pk),
        "item_id": str(world.records[f"{owner}-item"].pk),
        "membership_id": membership, "role_id": membership,
        "session_id": str(user.open_sessions.first().pk),  # type: ignore[attr-defined]
        **_attachment(case.pk, "cases"),
    }  # fmt: skip


WORDS = {"act": "reject", "form": "csv", "step_id": "withdraw", "step": "withdraw", "what": "deactivate"}


def _records(world: World, owner: str) -> dict[str, dict[str, str]]:
    """By register: the owner's record, an entry of its history, a file of it."""
    out = {}
    for key in REGISTERS:
        record_id = _record_id(world, key, owner)
        if record_id is not None:
            history = REGISTERS[key].model.history.filter(id=record_id).first()  # type: ignore[attr-defined]
            out[key] = {
                "key": key, "record_id": record_id, "history_id": str(history.pk if history else 1),
                **_attachment(int(record_id), key),
            }  # fmt: skip
    return out


def _owned(address: Address, of: dict[str, str], records: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """Ways to fill an address with what belongs to an owner; empty where it names nobody's thing."""
    if "record_id" in address.parameters:
        return [{**of, **WORDS, **records[key]} for key in _register_of(address) if key in records]
    return [{**of, **WORDS}] if any(p in of for p in address.parameters) else []


def _attachment(record_id: int, register: str) -> dict[str, str]:
    kept = Attachment.objects.filter(register=register, record_id=record_id).first()
    return {"attachment_id": str(kept.pk if kept else 999_999)}


SUBJECTS = Subjects(
    shared={
        "region_id": ["panxi"], "key": list(REGISTERS), "form": ["csv"],
        "task_id": ["00000000-0000-0000-0000-000000000000"],
        "material_id": ["ilmenite_concentrate"], "process_id": ["x"], "document_id": ["x"], "target_id": ["x"],
        "figure_id": ["x"], "comparison_id": ["x"], "code": ["x"], "burden": ["x"],
    }
)  # fmt: skip


def _plain(world: World, address: Address) -> list[dict[str, str]]:
    """Ways to fill an address that names nobody's thing."""
    ways: list[dict[str, str]] = [{}]
    park, city = str(world.parks["park"].pk), str(world.organisations["city"].pk)
    known = {
        **SUBJECTS.shared,
        "record_id": [park if "/parks/" in address.pattern else city],
        "attachment_id": ["1"],
        "history_id": ["1"],
    }
    for name in address.parameters:
        assert name in known, f"the walk has no values for <{name}> of {address.pattern}: add them"
        ways = [{**way, name: value} for way in ways for value in known[name]]
    return ways


def _paths(world: World) -> dict[str, set[str]]:
    """Every path of the console, and whose thing it names ("" for nobody's)."""
    paths: dict[str, set[str]] = {"": set(), **{owner: set() for owner in MARKS}}
    things = {owner: (_of(world, owner), _records(world, owner)) for owner in MARKS}
    for address in addresses():
        if address.name in UNWALKED or address.pattern.startswith(REGION):
            continue
        owned = {owner: _owned(address, *things[owner]) for owner in MARKS}
        if any(owned.values()):
            for owner, ways in owned.items():
                paths[owner] |= {filled(address, way) for way in ways}
        else:
            paths[""] |= {filled(address, way) for way in _plain(world, address)}
    paths[""] |= {"/cases/?format=csv", "/search?q=Qzx", "/search?q=示例", "/registers/equipment/?q=qzx"}
    return paths


def test_every_model_says_whose_its_rows_are(walked: World) -> None:
    for model in project_models():
        name = model.__name__
        assert (name in OWNERS) != (name in SHARED), f"{name}: add it to OWNERS, or to SHARED with a reason"
        for owner in MARKS if name in OWNERS else ():
            assert rows_of(model, walked.organisations[owner]).exists(), f"the walk has no {name} of {owner}"
    assert set(TEXTS) <= set(project_models())


# one of each breadth in the ordinary run, everybody in the full one
ALIKE = {"environment", "provincial", "reviewer", "stranger", "looker"}


@pytest.mark.parametrize(
    "person", [pytest.param(p, marks=pytest.mark.slow) if p in ALIKE else p for p in sorted(REACH)]
)
def test_nobody_is_answered_what_is_anothers(walked: World, person: str) -> None:
    reach, seen = REACH[person], set()
    client = walked.client(person)
    for owner, paths in _paths(walked).items():
        for path in sorted(paths):
            status, marks = visit(client, path)
            assert status < 500, path
            assert marks <= reach, f"{person} is shown {marks - reach} at {path}"
            if owner and owner not in reach and status != 405:
                assert status in (404, 403 if person == "nobody" else 404), f"{person}: {status} at {path}"
            seen |= marks
    assert seen == reach, f"{person} should have been shown {reach - seen} somewhere"


def test_without_signing_in_nothing_is_answered(walked: World) -> None:
    client = Client()
    for paths in _paths(walked).values():
        for path in sorted(paths):
            response = client.get(path)
            assert marks_in(text_of(response)) == set(), path
            if not path.startswith(OPEN) and path != "/":
                assert response.status_code in (302, 401, 404, 405), (path, response.status_code)


@pytest.mark.parametrize("person", STRANGERS)
def test_nobody_changes_what_is_anothers(walked: World, person: str) -> None:
    before = _fingerprint(walked)
    client = walked.client(person)
    reach = REACH.get(person, set())
    for owner, paths in _paths(walked).items():
        for path in sorted(paths if owner and owner not in reach else ()):
            for method in ("post", "patch") if path.startswith("/api/") else ("post",):
                send = getattr(client, method)
                body = {"version": 1, "reason": "x"}
                json = path.startswith("/api/")
                response = (
                    send(path, body, content_type="application/json") if json or method != "post" else send(path, body)
                )
                assert response.status_code in (401, 403, 404, 405, 415, 422), (method, path, response.status_code)
                assert marks_in(text_of(response)) <= reach, path
    after = _fingerprint(walked)
    assert {k: v for k, v in after.items() if k[1] not in reach} == {
        k: v for k, v in before.items() if k[1] not in reach
    }


def _fingerprint(world: World) -> dict[tuple[str, str], list[str]]:
    return {
        (model.__name__, owner): sorted(
            str(sorted(row.items())) for row in rows_of(model, world.organisations[owner]).values()
        )
        for model in project_models()
        if model.__name__ in OWNERS
        for owner in MARKS
    }


def test_the_walk_would_find_a_leak(walked: World) -> None:
    assert visit(walked.client("clerk"), "/registers/equipment/") == (200, {"alpha"})
    assert visit(walked.client("decider"), "/registers/equipment/export.xlsx")[1] == {"alpha", "beta"}
    assert {o.pk for o in Organisation.objects.all()} >= {walked.organisations[o].pk for o in MARKS}
