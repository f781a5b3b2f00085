"""The ground: who reaches what."""

from __future__ import annotations

import pytest

from oreflow.console.registers.access import visible_to
from oreflow.console.registers.registry import REGISTERS

from .world import World

ALL = {"alpha", "beta", "gamma"}
REACH: dict[str, set[str]] = {
    "minister": ALL, "provincial": {"alpha", "beta"}, "decider": {"alpha", "beta"}, "environment": {"alpha", "beta"},
    "acceptor": {"alpha", "beta"}, "stranger": {"gamma"}, "clerk": {"alpha"}, "rival": {"beta"}, "far": {"gamma"},
    "reviewer": set(), "nobody": set(), "system": ALL,
}  # fmt: skip


@pytest.mark.parametrize(
    "key",
    ["facilities", "equipment", "products", "licences", "enterprises", "targets", "chain-links", "clauses", "tasks",
     "projects"],
)  # fmt: skip
def test_everybody_sees_its_own_area_only(world: World, key: str) -> None:
    for person, expected in REACH.items():
        rows = visible_to(REGISTERS[key], world.viewer(person))
        names = {row.name if key == "enterprises" else row.organisation.name for row in rows}
        assert names == {world.organisations[o].name for o in expected}, person


def test_every_field_of_a_register_is_a_column_of_its_model() -> None:
    for register in REGISTERS.values():
        columns = {f.name for f in register.model._meta.get_fields()}
        assert {f.key for f in register.fields} <= columns, register.key
        assert register.default_sort.lstrip("-") in {f.key for f in register.fields if f.sortable}, register.key
        assert set(register.identity) <= {f.key for f in register.fields}, register.key
