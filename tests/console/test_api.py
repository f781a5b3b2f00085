"""The data interface: snapshot, bounds, errors in both languages, the same numbers as the pages."""

from __future__ import annotations

import json
import os
import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from oreflow.console.api import api
from oreflow.console.errors_api import CODES
from oreflow.console.regions import access
from oreflow.console.regions.reference_words import SAID
from oreflow.core.chain import Scenario
from oreflow.core.region import Region

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).parent / "openapi.json"
BASE = "/api/regions/panxi"


def described() -> str:
    """The interface's own description, as text that can be compared line by line."""
    return json.dumps(json.loads(json.dumps(api.get_openapi_schema())), indent=1, sort_keys=True) + "\n"


def test_description_is_the_recorded_one() -> None:
    """Set OREFLOW_UPDATE_SNAPSHOTS=1 to record a change that is meant."""
    if os.environ.get("OREFLOW_UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(described(), "utf-8")
    assert described() == SNAPSHOT.read_text("utf-8")


def test_description_is_the_same_in_every_language() -> None:
    with translation.override("zh-hans"):
        assert described() == SNAPSHOT.read_text("utf-8")
    assert not re.search("[\u4e00-\u9fff]", described())


def test_every_operation_has_a_name_of_its_own() -> None:
    paths = api.get_openapi_schema()["paths"].values()
    names = [operation["operationId"] for methods in paths for operation in methods.values()]
    assert sorted(set(names)) == sorted(names)


def test_description_names_its_fields_plainly() -> None:
    models = api.get_openapi_schema()["components"]["schemas"]
    assert len(models) > 30
    assert all(model.get("description") for name, model in models.items() if name.endswith(("Out", "Page", "In")))
    assert not any(key for model in models.values() for key in model.get("properties", {}) if not key.isascii())


@pytest.mark.parametrize(
    "path",
    ["", "/figures", "/targets", "/checks", "/chain/requirements", "/chain/view", "/chain/origin/acid",
     "/chain/origin/v-slag", "/chain/origin/cl2", "/library/materials", "/library/materials/h2so4",
     "/library/processes", "/library/processes/tio2_sulfate", "/sources"],
)  # fmt: skip
def test_every_address_answers(path: str, en: Client) -> None:
    response = en.get(f"{BASE}{path}")
    assert response.status_code == 200
    assert response.json()


def test_regions_carry_the_hash(region: Region, en: Client) -> None:
    (only,) = en.get("/api/regions").json()
    assert only["hash"] == region.hash
    assert only["chain_years"] == [2025]
    assert en.get(f"{BASE}/chain/view").json()["hash"] == region.hash


def test_lists_are_complete_over_their_pages(region: Region, en: Client) -> None:
    for path, items in (
        ("targets", region.targets),
        ("figures", region.figures),
        ("library/processes", region.library.processes),
    ):
        seen: list[str] = []
        while len(seen) < len(items):
            page = en.get(f"{BASE}/{path}", {"limit": 50, "offset": len(seen)}).json()
            assert page["count"] == len(items)
            assert page["items"]
            seen += [item["id"] for item in page["items"]]
        assert seen == list(items)


def test_exact_numbers_are_exact(region: Region, en: Client) -> None:
    for item in en.get(f"{BASE}/targets", {"limit": 500}).json()["items"]:
        value = region.targets[item["id"]].value
        if value is None:
            assert item["value"] is None
        else:
            assert Fraction(item["value"]["value"]) == value.value


def test_view_follows_the_sliders(region: Region, en: Client) -> None:
    found = en.get(f"{BASE}/chain/view?share=tio2_sulfate:0.3&utilisation=0.9&buy=v_slag:200000").json()
    scenario = Scenario({"tio2_sulfate": 0.3}, 0.9, {"v_slag": 200_000.0})
    assert found["scenario"] == {"shares": {"tio2_sulfate": 0.3}, "utilisation": 0.9, "purchases": {"v_slag": 200_000}}
    expected = {a.comparison: a.gap.value for a in access.plan_view(region, 2025, scenario).answers}
    assert {a["comparison"]: a["gap"]["value"] for a in found["answers"]} == pytest.approx(expected)
    assert "⟦" not in json.dumps(found, ensure_ascii=False)


def test_checks_put_errors_first(en: Client) -> None:
    kinds = [f["kind"] for f in en.get(f"{BASE}/checks", {"limit": 500}).json()["items"]]
    assert kinds[0] == "error"
    assert {f["kind"] for f in en.get(f"{BASE}/checks?kind=overshoot").json()["items"]} == {"overshoot"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/nope", 404), ("/api/regions/atlantis", 404), (f"{BASE}/library/materials/nope", 404),
        (f"{BASE}/chain/view?year=1999", 404), (f"{BASE}/chain/origin/nope", 404),
        (f"{BASE}/chain/view?share=tio2_sulfate:7", 422), (f"{BASE}/chain/view?share=rubbish", 422),
        (f"{BASE}/chain/view?buy=no_such:1", 422), (f"{BASE}/figures?limit=0", 422), (f"{BASE}/figures?year=abc", 422),
        (f"{BASE}/checks?kind=nope", 422),
    ],
)  # fmt: skip
def test_errors_speak_both_languages(path: str, status: int, en: Client) -> None:
    response = en.get(path)
    assert response.status_code == status
    error = response.json()
    assert error["code"]
    assert error["message"]["zh"] != error["message"]["en"]


def test_regions_are_read_only_and_open(en: Client) -> None:
    for path in ("/api/regions", f"{BASE}/targets"):
        for method in (en.post, en.put, en.patch, en.delete):
            assert method(path).status_code == 405
    for path, methods in api.get_openapi_schema()["paths"].items():
        if path.startswith("/api/regions"):
            assert set(methods) == {"get"}
            assert "security" not in methods["get"]
        else:
            assert all(operation["security"] for operation in methods.values()), path


def test_all_that_the_docs_page_says_is_gathered_for_translation() -> None:
    gathered = {str(text) for text in SAID}
    for methods in api.get_openapi_schema()["paths"].values():
        for operation in methods.values():
            said = [operation.get("description"), *(p.get("description") for p in operation.get("parameters", ()))]
            assert {text for text in said if text} <= gathered, operation["operationId"]


def test_docs_page_names_every_address(en: Client) -> None:
    text = en.get("/api/docs").content.decode()
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in text
            assert f'id="tag-{operation["tags"][0]}"' in text
    for code in CODES:
        assert f'id="problem-{code}"' in text
