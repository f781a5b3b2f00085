"""The demonstration's world: made-up, told as such, with cases in every stage, and only where it may be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from oreflow.console.cases.models import CaseFile, Letter
from oreflow.console.operations.demonstration import ensure_world
from oreflow.console.operations.demonstration.build import NoDemonstration
from oreflow.console.people.models import ENTERPRISES, Kind, Organisation, User
from oreflow.console.reading.models import Document
from oreflow.console.registers.models import Equipment, Facility, Licence, Product
from oreflow.core.codes import uscc_problem

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_world_is_made_up_and_says_so(settings: pytest.FixtureRequest) -> None:
    settings.OREFLOW_DEMONSTRATION = True  # type: ignore[attr-defined]
    accounts = ensure_world(NOW)
    assert len({a.password for a in accounts}) == len(accounts) >= 20
    for organisation in Organisation.objects.all():
        assert organisation.name.startswith("示例")
        assert organisation.simulated
        assert uscc_problem(organisation.uscc) is None, organisation.name
    assert {o.kind for o in Organisation.objects.all()} == set(Kind)
    assert set(Organisation.objects.values_list("kind", flat=True)) >= set(ENTERPRISES)
    for model in (Facility, Equipment, Product, Licence):
        assert model.objects.exists()
        assert not model.objects.filter(simulated=False).exists()
        assert all(record.history.count() >= 1 for record in model.objects.all())
    states = sorted(CaseFile.objects.values_list("state", flat=True))
    assert states == ["approved", "draft", "joint", "submitted", "supplement"]
    assert CaseFile.objects.get(state="joint").urgency == "overdue"
    assert Letter.objects.count() >= 7
    plan = Document.objects.get()
    assert (plan.simulated, plan.public, plan.organisation.name[:2]) == (True, True, "示例")
    changed = Equipment.objects.get(organisation__name="示例钒业", number="EAF-01")
    assert (changed.size, changed.version) == (10, 2)


@pytest.mark.django_db
def test_passwords_are_new_at_every_start_and_the_old_ones_end(settings: pytest.FixtureRequest) -> None:
    settings.OREFLOW_DEMONSTRATION = True  # type: ignore[attr-defined]
    first = {a.username: a.password for a in ensure_world(NOW)}
    count = User.objects.count()
    second = {a.username: a.password for a in ensure_world(NOW)}
    assert User.objects.count() == count
    assert first.keys() == second.keys()
    request = RequestFactory().post("/sign-in")
    assert authenticate(request, username="city-decider", password=second["city-decider"]) is not None
    assert authenticate(request, username="city-decider", password=first["city-decider"]) is None


@pytest.mark.django_db
def test_outside_a_demonstration_nothing_is_made() -> None:
    with pytest.raises(NoDemonstration):
        ensure_world(NOW)
    assert not Organisation.objects.exists()
