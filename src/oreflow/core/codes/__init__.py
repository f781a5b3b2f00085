"""National codes: areas, industries, unified social credit codes, project codes and permit numbers."""

from .areas import AreaTree, area_tree
from .errors import BadPart, BadTable, CodeError, UnknownArea, UnknownIndustry
from .industries import EDITIONS, Industries, edition_in_force, industries
from .model import Area, AreaLevel, Edition, Industry, IndustryLevel, significant
from .permits import (
    PermitKind,
    discharge_permit_problem,
    exploration_licence_problem,
    mining_licence_problem,
    permit_problem,
    safety_licence_problem,
)
from .projects import ProjectCode, project_code_parts, project_code_problem
from .typed import compact, plain
from .uscc import (
    DEPARTMENTS,
    UnifiedCode,
    make_uscc,
    organisation_check_character,
    uscc_check_character,
    uscc_parts,
    uscc_problem,
)

__all__ = [
    "DEPARTMENTS",
    "EDITIONS",
    "Area",
    "AreaLevel",
    "AreaTree",
    "BadPart",
    "BadTable",
    "CodeError",
    "Edition",
    "Industries",
    "Industry",
    "IndustryLevel",
    "PermitKind",
    "ProjectCode",
    "UnifiedCode",
    "UnknownArea",
    "UnknownIndustry",
    "area_tree",
    "compact",
    "discharge_permit_problem",
    "edition_in_force",
    "exploration_licence_problem",
    "industries",
    "make_uscc",
    "mining_licence_problem",
    "organisation_check_character",
    "permit_problem",
    "plain",
    "project_code_parts",
    "project_code_problem",
    "safety_licence_problem",
    "significant",
    "uscc_check_character",
    "uscc_parts",
    "uscc_problem",
]
