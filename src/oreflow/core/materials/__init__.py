"""Elements, materials, conversions and processes, and the guard that recomputes them."""

from .model import (
    Burden, Coefficient, Factor, Flow, Group, Library, Material, Process, Recovery, Reference, Role,
)

__all__ = [
    "Burden", "Coefficient", "Factor", "Flow", "Group", "Library", "Material", "Process",
    "Recovery", "Reference", "Role",
]
