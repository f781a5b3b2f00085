"""The table of simple units: Chinese word, symbol, dimension, size in base units, other spellings.

Base units: kg, m, s, 年, J, kgce, kgCO2, VA, Nm³, 元, Pa, ℃, A, V, mol, lm, MGOe, kOe, and each
counting word by itself. The year is no multiple of the day: t/d becomes t/a through the operating
days a year (330 d/a), never silently. Coal equivalent is no energy until a factor (kgce/kWh,
MJ/kgce) is applied; Nm³ is no m³; 户 is no 家 and no 个.
"""

from __future__ import annotations

from fractions import Fraction

from .units import NUMBER, Atom, Dimension, counted

_F = Fraction
_MASS = Dimension.of(mass=1)
_LENGTH = Dimension.of(length=1)
_AREA = Dimension.of(length=2)
_VOLUME = Dimension.of(length=3)
_TIME = Dimension.of(time=1)
_YEAR = Dimension.of(year=1)
_ENERGY = Dimension.of(energy=1)
_POWER = Dimension.of(energy=1, time=-1)
_COAL = Dimension.of(coal=1)
_CO2 = Dimension.of(co2=1)
_CO2E = Dimension.of(co2e=1)
_APPARENT = Dimension.of(apparent=1)
_NORMAL = Dimension.of(normal_volume=1)
_MONEY = Dimension.of(money=1)
_PRESSURE = Dimension.of(pressure=1)
_VOLTAGE = Dimension.of(voltage=1)
_CURRENT = Dimension.of(current=1)

MASS = (
    Atom("吨", "t", _MASS, _F(1000), ("公吨", "tonne", "tonnes", "metric ton", "metric tons"),
         multiples=(("千吨", "kt"), ("百万吨", "Mt"), ("十亿吨", "Gt"))),
    Atom("千克", "kg", _MASS, _F(1), ("公斤", "Kg", "KG", "kilogram", "kilograms")),
    Atom("克", "g", _MASS, _F(1, 1000), ("gram", "grams")),
    Atom("毫克", "mg", _MASS, _F(1, 10**6)),
    Atom("微克", "μg", _MASS, _F(1, 10**9), ("ug",)),
)  # fmt: skip

SPACE = (
    Atom("米", "m", _LENGTH, _F(1), ("metre", "metres", "meter", "meters")),
    Atom("公里", "km", _LENGTH, _F(1000), ("千米", "kilometre", "kilometres")),
    Atom("厘米", "cm", _LENGTH, _F(1, 100)),
    Atom("毫米", "mm", _LENGTH, _F(1, 1000)),
    Atom("微米", "μm", _LENGTH, _F(1, 10**6), ("um",)),
    Atom("纳米", "nm", _LENGTH, _F(1, 10**9)),
    Atom("平方米", "m²", _AREA, _F(1), ("m2", "平米", "平方", "sqm")),
    Atom("平方公里", "km²", _AREA, _F(10**6), ("km2", "平方千米")),
    Atom("公顷", "ha", _AREA, _F(10**4), ("hm2", "hectare", "hectares")),
    Atom("亩", "mu", _AREA, _F(2000, 3), ("市亩", "畝"), chinese=True),
    Atom("立方米", "m³", _VOLUME, _F(1), ("m3", "立方", "cubic metre", "cubic metres")),
    Atom("升", "L", _VOLUME, _F(1, 1000), ("l", "litre", "litres")),
    Atom("毫升", "mL", _VOLUME, _F(1, 10**6), ("ml",)),
    Atom("Nm³", "Nm³", _NORMAL, _F(1), ("Nm3", "标准立方米", "标立方米", "标方", "标立方", "normal m3")),
)  # fmt: skip

TIME = (
    Atom("年", "a", _YEAR, _F(1), ("yr", "year", "years", "y", "annum"), chinese=True),
    Atom("个月", "months", _YEAR, _F(1, 12), ("月", "month", "mo"), chinese=True),
    Atom("天", "d", _TIME, _F(86400), ("日", "day", "days", "昼夜")),
    Atom("小时", "h", _TIME, _F(3600), ("时", "hour", "hours", "hr")),
    Atom("分钟", "min", _TIME, _F(60), ("minute", "minutes")),
    Atom("秒", "s", _TIME, _F(1), ("second", "seconds")),
)  # fmt: skip

ENERGY = (
    Atom("千瓦时", "kWh", _ENERGY, _F(3_600_000),
         ("kwh", "KWh", "KWH", "Kwh", "kW·h", "度电", "千瓦小时", "千瓦·时"),
         multiples=(("MWh", "MWh"), ("GWh", "GWh"), ("TWh", "TWh"))),
    Atom("瓦时", "Wh", _ENERGY, _F(3600)),
    Atom("焦", "J", _ENERGY, _F(1), ("焦耳",)),
    Atom("kJ", "kJ", _ENERGY, _F(10**3), ("千焦", "KJ")),
    Atom("MJ", "MJ", _ENERGY, _F(10**6), ("兆焦",)),
    Atom("GJ", "GJ", _ENERGY, _F(10**9), ("吉焦",)),
    Atom("TJ", "TJ", _ENERGY, _F(10**12), ("太焦",)),
    Atom("kcal", "kcal", _ENERGY, _F(41868, 10), ("千卡", "大卡")),  # GB/T 2589: 7000 kcal = 29307.6 kJ
    Atom("千瓦", "kW", _POWER, _F(1000), ("KW", "kw"),
         multiples=(("MW", "MW"), ("GW", "GW"), ("TW", "TW"))),
    Atom("瓦", "W", _POWER, _F(1)),
    Atom("千伏安", "kVA", _APPARENT, _F(1000), ("KVA", "kva", "kV·A"),
         multiples=(("MVA", "MVA"), ("GVA", "GVA"))),
    Atom("伏安", "VA", _APPARENT, _F(1)),
    Atom("吨标准煤", "tce", _COAL, _F(1000), ("吨标煤", "TCE", "t标准煤", "t标煤")),
    Atom("千克标准煤", "kgce", _COAL, _F(1),
         ("公斤标准煤", "千克标煤", "公斤标煤", "KGCE", "kg标准煤", "kg标煤")),
    Atom("克标准煤", "gce", _COAL, _F(1, 1000), ("克标煤",)),
    Atom("吨二氧化碳", "tCO2", _CO2, _F(1000), ("吨CO2", "t CO2")),
    Atom("千克二氧化碳", "kgCO2", _CO2, _F(1), ("千克CO2", "kg CO2")),
    Atom("克二氧化碳", "gCO2", _CO2, _F(1, 1000), ("克CO2", "g CO2")),
    Atom("吨二氧化碳当量", "tCO2e", _CO2E, _F(1000), ("tCO2eq", "t CO2e", "吨CO2当量")),
    Atom("千克二氧化碳当量", "kgCO2e", _CO2E, _F(1), ("kgCO2eq", "kg CO2e", "千克CO2当量")),
)  # fmt: skip

MONEY = (
    Atom("元", "CNY", _MONEY, _F(1), ("人民币元", "元人民币", "RMB", "yuan"), chinese=True),
    Atom("美元", "USD", Dimension.of(dollar=1), _F(1), ("US$",), chinese=True),
)

RATIOS = (
    Atom("%", "%", NUMBER, _F(1, 100), ("percent", "per cent", "pct")),
    Atom("‰", "‰", NUMBER, _F(1, 1000), ("per mille",)),
    Atom("ppm", "ppm", NUMBER, _F(1, 10**6)),
    Atom("个百分点", "percentage points", Dimension.of(points=1), _F(1),
         ("百分点", "percentage point", "pp", "pct pt"), chinese=True),
)  # fmt: skip

OTHER = (
    Atom("MPa", "MPa", _PRESSURE, _F(10**6), ("兆帕",)),
    Atom("kPa", "kPa", _PRESSURE, _F(1000), ("千帕",)),
    Atom("Pa", "Pa", _PRESSURE, _F(1), ("帕",)),
    Atom("℃", "℃", Dimension.of(temperature=1), _F(1), ("°C", "degC", "摄氏度", "度C")),
    Atom("kA", "kA", _CURRENT, _F(1000), ("千安", "KA")),
    Atom("A", "A", _CURRENT, _F(1), ("安", "安培")),
    Atom("千伏", "kV", _VOLTAGE, _F(1000), ("KV",)),
    Atom("伏", "V", _VOLTAGE, _F(1), ("伏特",)),
    Atom("mol", "mol", Dimension.of(amount=1), _F(1), ("摩尔",)),
    Atom("流明", "lm", Dimension.of(light=1), _F(1)),
    Atom("MGOe", "MGOe", Dimension.of(magnet_energy=1), _F(1), ("兆高奥",)),
    Atom("kOe", "kOe", Dimension.of(magnet_field=1), _F(1), ("千奥",)),
)

COUNTS = counted(
    (
        ("户", "enterprises|enterprise"),
        ("家", "organisations|organisation"),
        ("个", "items|item"),
        ("座", "sites|site"),
        ("处", "places|place"),
        ("块", "blocks|block|bricks|brick"),
        ("件", "pieces|piece|pcs"),
        ("只", "units"),
        ("台", "machines|machine"),
        ("套", "sets|set"),
        ("条", "lines|line"),
        ("项", "projects|project"),
        ("人|名", "persons|person|people"),
        ("种", "kinds|kind"),
        ("起", "cases|case"),
        ("次", "times|time"),
        ("辆", "vehicles|vehicle"),
        ("炉", "heats|heat"),
        ("批", "batches|batch"),
        ("班", "shifts|shift"),
        ("张", "sheets|sheet"),
    )
)

ATOMS: tuple[Atom, ...] = (*MASS, *SPACE, *TIME, *ENERGY, *MONEY, *RATIOS, *OTHER, *COUNTS)
