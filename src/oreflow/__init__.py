"""Oreflow (矿源流): planning and governing strategic-metal industries.

The engines live in `oreflow.core` (pure values and functions), files come in and go out through
`oreflow.gateway`, built-in regions are plain tables in `oreflow.packs`. For notebooks::

    import oreflow

    region = oreflow.load("panxi")             # a built-in region, a folder or a workbook
    oreflow.check(region)                      # findings about the plan's arithmetic
    oreflow.require(region, 2025)              # what the plan requires, with bounds
    oreflow.compare(region, 2025, oreflow.Scenario(utilisation=0.8))
    oreflow.view(region, 2025).sentences       # what fits and what does not
    oreflow.library().materials["v2o5"]        # the reference library
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oreflow.core.chain import Scenario, compare, explain, require, view
    from oreflow.core.chain import unmarked as plain
    from oreflow.core.materials import guard
    from oreflow.core.quantity import parse_quantity, quantity
    from oreflow.core.targets import check
    from oreflow.gateway import load_library as library
    from oreflow.gateway import load_pack as load
    from oreflow.gateway import validate_pack as validate

__version__ = "0.1.0"

_FACE = {
    "Scenario": ("oreflow.core.chain", "Scenario"),
    "check": ("oreflow.core.targets", "check"),
    "compare": ("oreflow.core.chain", "compare"),
    "explain": ("oreflow.core.chain", "explain"),
    "guard": ("oreflow.core.materials", "guard"),
    "library": ("oreflow.gateway", "load_library"),
    "load": ("oreflow.gateway", "load_pack"),
    "parse_quantity": ("oreflow.core.quantity", "parse_quantity"),
    "plain": ("oreflow.core.chain", "unmarked"),
    "quantity": ("oreflow.core.quantity", "quantity"),
    "require": ("oreflow.core.chain", "require"),
    "validate": ("oreflow.gateway", "validate_pack"),
    "view": ("oreflow.core.chain", "view"),
}

__all__ = [
    "Scenario",
    "check",
    "compare",
    "explain",
    "guard",
    "library",
    "load",
    "parse_quantity",
    "plain",
    "quantity",
    "require",
    "validate",
    "view",
]


def __getattr__(name: str) -> Any:
    """Load the face on first use, so that `oreflow --help` stays fast."""
    if name not in _FACE:
        raise AttributeError(f"module 'oreflow' has no attribute {name!r}")
    module, attribute = _FACE[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
