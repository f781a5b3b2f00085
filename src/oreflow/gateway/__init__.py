"""Bytes to values and back: packs of plain tables (CSV with pack.toml, or one workbook), plan texts.

Face: `load_pack`, `validate_pack`, `write_pack`, `blank_pack`, `builtin_packs`, `load_library`,
`plan_text`, `region_hash`, `pack_format_page`; errors `PackErrors` (with `PackProblem`) and
`PlanTextError`.
"""

from .documentation import pack_format_page
from .errors import PackErrors, PackProblem, PlanTextError
from .hashing import library_hash, region_hash
from .limits import Limits
from .loading import builtin_packs, load_library, load_pack, validate_pack
from .plan_texts import plan_text
from .template import blank_pack
from .writing import write_pack

__all__ = [
    "Limits",
    "PackErrors",
    "PackProblem",
    "PlanTextError",
    "blank_pack",
    "builtin_packs",
    "library_hash",
    "load_library",
    "load_pack",
    "pack_format_page",
    "plan_text",
    "region_hash",
    "validate_pack",
    "write_pack",
]
