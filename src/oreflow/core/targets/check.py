"""Every arithmetic check of a region, in one pass."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from oreflow.core.provenance import Finding, FindingClass
from oreflow.core.region import Region

from .averages import check_average_growth
from .bases import check_base_scopes, check_bases, check_changes
from .growth import check_constant_prices, check_growth
from .leading import check_leading
from .members import check_duplicates
from .quotas import check_quota_batches, check_quota_caps, check_quota_groups, check_quota_ores
from .scopes import check_figures_inside, check_inside, check_rates_across, check_repeated
from .shares import check_implied_totals, check_per_land, check_shares
from .sums import check_caps, check_means, check_sums
from .wording import tidied
from .yields import check_yields

Rule = Callable[[Region], tuple[Finding, ...]]

RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "sums": check_sums,
        "caps": check_caps,
        "means": check_means,
        "shares": check_shares,
        "implied-totals": check_implied_totals,
        "per-land": check_per_land,
        "growth": check_growth,
        "constant-prices": check_constant_prices,
        "bases": check_bases,
        "base-scopes": check_base_scopes,
        "changes": check_changes,
        "average-growth": check_average_growth,
        "rates-across": check_rates_across,
        "repeated": check_repeated,
        "inside": check_inside,
        "figures-inside": check_figures_inside,
        "leading": check_leading,
        "duplicates": check_duplicates,
        "quota-batches": check_quota_batches,
        "quota-ores": check_quota_ores,
        "quota-groups": check_quota_groups,
        "quota-caps": check_quota_caps,
        "yields": check_yields,
    }
)
"""The checks by name, each on its own a pure function of a region."""

_ORDER = {kind: index for index, kind in enumerate(FindingClass)}


def check(region: Region) -> tuple[Finding, ...]:
    """Everything that the region's printed figures and targets can be checked for.

    Findings of class `holds` are returned too, so that a reader sees what was checked. The order is
    by class (errors first) and then by code, whatever the order of the tables.
    """
    findings = [tidied(finding) for rule in RULES.values() for finding in rule(region)]
    return tuple(sorted(findings, key=lambda f: (_ORDER[f.kind], f.code)))
