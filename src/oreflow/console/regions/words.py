"""Words of the chrome for the values of the models: forms, bindings, kinds, verdicts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oreflow.core.chain import How, Verdict
from oreflow.core.materials import Burden, Role
from oreflow.core.provenance import FindingClass
from oreflow.core.region import Binding, Form

FORMS: dict[Form, Any] = {
    Form.LEVEL: _("level"),
    Form.FLOOR: _("at least"),
    Form.CAP: _("at most"),
    Form.AVERAGE_GROWTH: _("average growth"),
    Form.CUMULATIVE: _("cumulative"),
    Form.CHANGE: _("change"),
    Form.QUALITATIVE: _("in words"),
    Form.DELEGATED: _("as set from above"),
}
BINDINGS: dict[Binding, Any] = {
    Binding.BINDING: _("binding"),
    Binding.EXPECTED: _("expected"),
    Binding.UNSAID: _("not said"),
}
VERDICTS: dict[Verdict, Any] = {
    Verdict.BREAK: pgettext_lazy("verdict", "misfit"),
    Verdict.AT_RISK: pgettext_lazy("verdict", "tight"),
    Verdict.HOLDS: pgettext_lazy("verdict", "holds"),
}
VERDICT_HINTS: dict[Verdict, Any] = {
    Verdict.BREAK: _("misses even with the most favourable coefficients"),
    Verdict.AT_RISK: _("depends on where the coefficients lie in their ranges"),
    Verdict.HOLDS: _("holds even with the least favourable coefficients"),
}
CLASS_HINTS: dict[FindingClass, Any] = {
    FindingClass.ERROR: _("a printed number contradicts the numbers it is made of"),
    FindingClass.CONFLICT: _("two statements cannot both hold"),
    FindingClass.SCOPE: _("two numbers speak of different areas or bases and are not compared"),
    FindingClass.OVERSHOOT: _("parts go beyond a whole that was stated as a minimum"),
    FindingClass.INFORMATION: _("worth knowing, not wrong"),
    FindingClass.HOLDS: _("recomputed and confirmed, rounding allowed for"),
}
HOWS: dict[How, Any] = {
    How.EXACT: _("exact bounds"),
    How.SAMPLED: _("sampled, no bound"),
    How.POINT: _("no range known"),
}
BURDENS: dict[Burden, Any] = {
    Burden.ELECTRICITY: _("Electricity"),
    Burden.ENERGY: _("Energy use"),
    Burden.WATER: _("Fresh water"),
    Burden.CO2: _("Direct CO₂"),
}
BURDEN_UNITS = {Burden.ELECTRICITY: "kWh", Burden.ENERGY: "kgce", Burden.WATER: "m3", Burden.CO2: "t"}
ROLES: dict[Role, Any] = {
    Role.INPUT: _("input"),
    Role.BY_PRODUCT: _("by-product"),
    Role.WASTE: _("waste"),
}
KINDS: dict[str, Any] = {
    "capacity": _("capacity"),
    "output": _("output"),
    "quota": _("allotment"),
    "": _("not said"),
}
ORE_TYPES: dict[str, Any] = {
    "all": _("all ores"),
    "ionic": _("ion-adsorption ore"),
    "rock_light": _("rock ore (light rare earths)"),
}
QUOTA_KINDS: dict[str, Any] = {"mining": _("mining"), "separation": _("smelting and separation")}
CATEGORIES: dict[str, Any] = {
    "ore": _("ores"),
    "concentrate": _("concentrates"),
    "feed": _("feeds"),
    "intermediate": _("intermediates"),
    "product": _("products"),
    "by-product": _("by-products"),
    "re_oxide": _("rare-earth oxides"),
    "re_metal": _("rare-earth metals"),
    "compound": _("compounds"),
    "reagent": _("reagents"),
    "fuel": _("fuels"),
    "utility": _("utilities"),
    "consumable": _("consumables"),
    "waste": _("wastes"),
}
CHAINS: dict[str, Any] = {
    "V-Ti": _("vanadium-titanium magnetite"),
    "steel": _("steel"),
    "V": _("vanadium"),
    "Ti": _("titanium"),
    "RE": _("rare earths"),
    "Al": _("aluminium"),
    "battery": _("battery materials"),
    "Mn": _("manganese"),
    "FeA": _("ferroalloys"),
    "base": _("base metals"),
    "Si": _("silicon"),
    "chem": _("basic chemicals"),
    "coal": _("coal"),
    "P": _("phosphorus"),
    "energy": _("energy"),
}
FAMILIES: dict[str, Any] = {
    "iron": _("iron"),
    "vanadium": _("vanadium"),
    "titanium": _("titanium"),
    "rare-earths": _("rare earths"),
    "aluminium": _("aluminium"),
    "manganese": _("manganese"),
    "energy": _("energy"),
    "waste": _("waste"),
    "other": _("other"),
}
LINKS: dict[str, Any] = {
    "flow": _("used"),
    "bought": _("bought or short"),
    "surplus": _("left over"),
    "waste": _("waste and losses"),
}
CHECK_RULES: dict[str, Any] = {
    "sum": _("parts and sum"),
    "share": _("printed shares"),
    "growth": _("growth rate"),
    "average-growth": _("average growth"),
    "change": _("change"),
    "mean": _("mean"),
    "base": _("target and base"),
    "base-scope": _("scope of the base"),
    "inside": _("part inside its whole"),
    "figures-inside": _("figures inside their whole"),
    "nesting": _("nested areas"),
    "headline": _("headline"),
    "across": _("across documents"),
    "implied": _("implied value"),
    "yield": _("yield"),
    "per-land": _("output per land"),
    "leading": _("leading industries"),
    "constant-prices": _("comparable prices"),
    "quota-cap": _("allotment and cap"),
    "quota-ores": _("allotment by ore"),
    "quota-batches": _("allotment by batch"),
    "quota-groups": _("allotment by group"),
}
GUARD_RULES: dict[str, Any] = {
    "guard.conservation": _("element conserved"),
    "guard.unknown": _("content unknown"),
    "guard.recovery": _("recovery and grades"),
    "guard.formula": _("formula"),
    "guard.sum": _("sum of contents"),
    "guard.reo": _("rare earths and REO"),
    "guard.material": _("unknown material"),
}


def word(words: dict[Any, Any], key: Any) -> str:
    """The word for a value; a value the chrome does not know yet stands as it is."""
    return str(words.get(key, key))
