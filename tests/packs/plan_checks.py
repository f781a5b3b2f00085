"""What the checks must say about the built-in plans, worked out by hand.

Each row: the case of the collection of hand-worked checks, the finding that covers it, its class,
and the recomputed value where there is one (rounded as the case rounds it).
"""

from __future__ import annotations

from oreflow.core.provenance import FindingClass

HOLDS, INFORMATION, SCOPE = FindingClass.HOLDS, FindingClass.INFORMATION, FindingClass.SCOPE

_GROWTH = {
    "钒钛磁铁矿原矿": ("vtm-ore", "-2.9"),
    "铁精矿": ("iron-conc", "117.1"),
    "钛精矿": ("ti-conc", "123.1"),
    "生铁": ("pig-iron", "13.7"),
    "粗钢": ("crude-steel", "17.6"),
    "钢材": ("steel-products", "26.0"),
    "重轨": ("heavy-rail", "1.7"),
    "水泥": ("cement", "55.3"),
    "砖": ("bricks", "1831.5"),
    "硫酸": ("sulfuric-acid", "27.0"),
    "发电量": ("power", "29.5"),
}
_PARKS = {
    "规划": ("land-planned", "214.35"),
    "建设用地": ("land-construction", "123.46"),
    "建成": ("land-built", "60.58"),
    "规上": ("firms", "273"),
    "产值": ("output", "1633"),
}

EXPECTED: dict[str, tuple[str, FindingClass, str]] = {
    "X01": ("sum.districts.firms.panzhihua.2020", HOLDS, "349"),
    "X02": ("sum.districts.revenue.panzhihua.2020", HOLDS, "1922.2"),
    "X03": ("sum.districts.value-added.panzhihua.2020", HOLDS, "479.06"),
    "X05-仁和": ("share.value-added-share.renhe.2020", HOLDS, "23.26"),
    "X06": ("sum.districts.revenue-share.panzhihua.2020", INFORMATION, "100.0"),
    "X07": ("sum.eight-industries.output.eight.panzhihua.2020", HOLDS, "1495.42"),
    "X08": ("implied.output.panzhihua.2020", HOLDS, "1810.4"),
    **{
        f"X09-{name}": (f"growth.{indicator}-growth.panzhihua.2020", HOLDS, value)
        for name, (indicator, value) in _GROWTH.items()
    },
    "X09-海绵钛": ("growth.sponge-growth.panzhihua.2020", FindingClass.ERROR, "155.6"),
    **{
        f"X10-{name}": (f"sum.parks.{indicator}.panzhihua-parks.2020", HOLDS, value)
        for name, (indicator, value) in _PARKS.items()
    },
    "X11": ("share.firms-share.panzhihua-parks.2020", HOLDS, "78.2"),
    "X12": ("headline.parks.output.panzhihua-parks.2025", FindingClass.OVERSHOOT, "2650"),
    "X13": ("sum.industries-2025.output.133.panzhihua-parks.2025", HOLDS, "2500"),
    "X14": ("sum.specialty-industries.output.specialty.panzhihua-parks.2025", HOLDS, "1100"),
    "X17": ("base.utilisation-fe.sichuan.2020", INFORMATION, "75"),
    "X18": ("base.tailings-recovery.sichuan.2020", INFORMATION, "30"),
    "X19": ("across.utilisation-v.panxi.panzhihua", SCOPE, ""),
    "X20": ("nesting.province-in-nation.re-mining.cn.2020", INFORMATION, "5"),
    "X21": ("mean.separation-recovery.re-separation-recovery.sichuan.2020", SCOPE, ""),
    "X22": ("per-land.tax-per-mu.panzhihua-parks.2020", INFORMATION, "34.53"),
    "X23": ("per-land.revenue-per-mu.panzhihua-parks.2020", INFORMATION, "179.7"),
    "X24": ("yield.coke-gas.panzhihua-parks.2025.coke", HOLDS, ""),
    "X25": ("yield.vtm-ore.panzhihua.2020.iron-conc", HOLDS, ""),
    "X30": ("duplicates.core-firms.re.sichuan.sichuan-vti-re-guide-2016", INFORMATION, "10"),
    "X32": ("inside.sponge.sichuan.2020.panzhihua", INFORMATION, "2.3"),
    "X33": ("quota-cap.re-mining.cn.2020", INFORMATION, "140000"),
}

NOT_FIGURES = {
    "X31": "a misprint in a sentence: read from the text",
}
"""Cases of these plans that no figure shows; the reading of plan texts covers them."""
