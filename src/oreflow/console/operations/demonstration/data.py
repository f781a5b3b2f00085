"""The made-up organisations, people and machines of a demonstration. Every name begins with 示例."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from oreflow.console.people.models import Duty, Kind, Role

PROVINCE, CITY, FAR_CITY = "510000", "510400", "520100"
EAST, RENHE, MIYI, YANBIAN, FAR = "510402", "510411", "510421", "510422", "520115"

Roles = tuple[Any, ...]  # of Role; of Any, since Django's choices come without types here


@dataclass(frozen=True, slots=True)
class Person:
    """An account named by its role."""

    username: str
    zh: str
    en: str
    roles: Roles


@dataclass(frozen=True, slots=True)
class Body:
    """A made-up organisation with its accounts."""

    key: str
    name: str
    name_en: str
    kind: Any
    area: str
    duty: Any = ""
    industry: str = ""
    park: str = ""
    parent: str = ""
    people: tuple[Person, ...] = ()
    figures: dict[str, str] = field(default_factory=dict)


PARKS = (
    ("SL-01", "示例钒钛产业园区", "provincial", RENHE, "23.50", "12.80", "钒钛、机械制造"),
    ("SL-02", "示例冶金产业园区", "city", YANBIAN, "9.60", "6.20", "钢铁、铁合金"),
    ("SL-03", "示例稀土产业园区", "provincial", FAR, "6.40", "3.10", "稀土、磁性材料"),
)

AUTHORITIES = (
    Body("ministry", "示例部", "Example Ministry", Kind.MINISTRY, "110000", Duty.INDUSTRY,
         people=(Person("ministry-viewer", "部委查看", "ministry, viewer", (Role.VIEWER,)),)),
    Body("province", "示例省经济和信息化厅", "Example Provincial Department of Industry", Kind.BUREAU, PROVINCE,
         Duty.INDUSTRY,
         people=(Person("province-decider", "省厅审批", "province, decider", (Role.DECIDER, Role.ACCEPTOR)),)),
    Body("city", "示例市经济和信息化局", "Example City Bureau of Industry", Kind.BUREAU, CITY, Duty.INDUSTRY,
         people=(Person("city-decider", "市局审批", "city, decider", (Role.DECIDER, Role.ACCEPTOR, Role.CLERK)),
                 Person("city-administrator", "市局管理员", "city, administrator", (Role.ADMINISTRATOR,)))),
    Body("environment", "示例市生态环境局", "Example City Bureau of Ecology", Kind.BUREAU, CITY, Duty.ENVIRONMENT,
         people=(Person("environment-opinion", "生态环境局会商", "ecology bureau, opinion", (Role.OPINION,)),)),
    Body("emergency", "示例市应急管理局", "Example City Emergency Bureau", Kind.BUREAU, CITY, Duty.EMERGENCY,
         people=(Person("emergency-opinion", "应急局会商", "emergency bureau, opinion", (Role.OPINION,)),)),
    Body("resources", "示例市自然资源局", "Example City Bureau of Natural Resources", Kind.BUREAU, CITY, Duty.RESOURCES,
         people=(Person("resources-opinion", "自然资源局会商", "resources bureau, opinion", (Role.OPINION,)),)),
    Body("planning", "示例市发展和改革委员会", "Example City Planning Commission", Kind.BUREAU, CITY, Duty.PLANNING,
         people=(Person("planning-opinion", "发改委会商", "planning commission, opinion", (Role.OPINION,)),)),
    Body("taxation", "示例市税务局", "Example City Tax Bureau", Kind.BUREAU, CITY, Duty.TAXATION),
    Body("far-city", "示例外市工业和信息化局", "Example Far City Industry", Kind.BUREAU, FAR_CITY, Duty.INDUSTRY,
         people=(Person("far-decider", "外市审批", "far city, decider", (Role.DECIDER, Role.ACCEPTOR)),)),
    Body("committee", "示例钒钛产业园区管委会", "Example Vanadium-Titanium Park Committee", Kind.PARK_COMMITTEE, RENHE,
         park="SL-01",
         people=(Person("park-acceptor", "园区受理", "park, acceptor", (Role.ACCEPTOR, Role.CLERK)),)),
    Body("committee-2", "示例冶金产业园区管委会", "Example Metallurgical Park Committee", Kind.PARK_COMMITTEE, YANBIAN,
         park="SL-02",
         people=(Person("park2-acceptor", "二号园区受理", "second park, acceptor", (Role.ACCEPTOR, Role.CLERK)),)),
    Body("experts", "示例冶金专家委员会", "Example Committee of Metallurgists", Kind.EXPERT_BODY, CITY,
         people=(Person("expert-reviewer", "专家评审", "expert, reviewer", (Role.REVIEWER,)),)),
    Body("exchange", "示例金属交易中心", "Example Metals Exchange", Kind.EXCHANGE, CITY),
    Body("warehouse", "示例交割仓库", "Example Delivery Warehouse", Kind.WAREHOUSE, EAST),
    Body("bank", "示例银行", "Example Bank", Kind.BANK, EAST),
    Body("laboratory", "示例检测中心", "Example Assay Laboratory", Kind.LABORATORY, EAST),
)  # fmt: skip

ENTERPRISES = (
    Body("group", "示例矿冶集团", "Example Mining and Metals Group", Kind.GROUP, EAST, industry="",
         people=(Person("group-viewer", "集团查看", "group, viewer", (Role.VIEWER,)),),
         figures={"employees": "5200", "revenue": "1860000.00", "tax": "96000.00", "land_area": "4200"}),
    Body("mine", "示例钒钛矿业", "Example V-Ti Mining", Kind.MINING, YANBIAN, industry="0810", park="SL-02",
         parent="group",
         people=(Person("mine-clerk", "矿山经办", "mine, clerk", (Role.CLERK,)),),
         figures={"employees": "1800", "revenue": "420000.00", "tax": "38000.00", "land_area": "1650"}),
    Body("steel", "示例钢铁", "Example Iron and Steel", Kind.SMELTING, EAST, industry="3120", parent="group",
         people=(Person("steel-clerk", "钢厂经办", "steel works, clerk", (Role.CLERK,)),),
         figures={"employees": "3100", "revenue": "1280000.00", "tax": "52000.00", "land_area": "2100"}),
    Body("vanadium", "示例钒业", "Example Vanadium", Kind.SMELTING, RENHE, industry="3140", park="SL-01",
         parent="group",
         people=(Person("vanadium-clerk", "钒厂经办", "vanadium works, clerk", (Role.CLERK,)),
                 Person("vanadium-administrator", "钒厂管理员", "vanadium works, administrator",
                        (Role.ADMINISTRATOR, Role.CLERK))),
         figures={"employees": "620", "revenue": "210000.00", "tax": "15600.00", "land_area": "460"}),
    Body("pigment", "示例钛白", "Example Titania", Kind.PROCESSING, RENHE, industry="2643", park="SL-01",
         people=(Person("pigment-clerk", "钛白经办", "titania works, clerk", (Role.CLERK,)),),
         figures={"employees": "900", "revenue": "160000.00", "tax": "7400.00", "land_area": "530"}),
    Body("sponge", "示例海绵钛", "Example Titanium Sponge", Kind.SMELTING, RENHE, industry="3219", park="SL-01",
         people=(Person("sponge-clerk", "海绵钛经办", "sponge works, clerk", (Role.CLERK,)),),
         figures={"employees": "780", "revenue": "198000.00", "tax": "9800.00", "land_area": "610"}),
    Body("alloy", "示例铁合金", "Example Ferroalloys", Kind.SMELTING, YANBIAN, industry="3140", park="SL-02",
         people=(Person("alloy-clerk", "铁合金经办", "ferroalloy works, clerk", (Role.CLERK,)),),
         figures={"employees": "340", "revenue": "68000.00", "tax": "2300.00", "land_area": "220"}),
    Body("recycler", "示例再生资源", "Example Recycling", Kind.RECYCLING, MIYI, industry="4210",
         figures={"employees": "120", "revenue": "23000.00", "tax": "900.00", "land_area": "95"}),
    Body("trader", "示例金属贸易", "Example Metals Trading", Kind.TRADING, EAST, industry="5164",
         people=(Person("trader-clerk", "贸易经办", "trader, clerk", (Role.CLERK,)),),
         figures={"employees": "45", "revenue": "310000.00", "tax": "2100.00"}),
    Body("exporter", "示例进出口", "Example Import and Export", Kind.EXPORT, EAST, industry="5164",
         figures={"employees": "38", "revenue": "145000.00", "tax": "1700.00"}),
    Body("rare-mine", "示例稀土矿业", "Example Rare Earth Mining", Kind.MINING, FAR, industry="0932", park="SL-03",
         people=(Person("far-clerk", "外市矿山经办", "far mine, clerk", (Role.CLERK,)),),
         figures={"employees": "410", "revenue": "52000.00", "tax": "4100.00", "land_area": "380"}),
    Body("separation", "示例稀土分离", "Example Rare Earth Separation", Kind.SEPARATION, FAR, industry="3232",
         park="SL-03",
         figures={"employees": "520", "revenue": "98000.00", "tax": "6200.00", "land_area": "240"}),
)  # fmt: skip

# organisation: (number, name, kind, product, capacity t/a, commissioned)
FACILITIES = (
    ("mine", "F-01", "示例一号采场", "mine", "", "13000000", "2009-06-01"),
    ("mine", "F-02", "示例选矿厂", "concentrator", "", "5200000", "2010-10-01"),
    ("mine", "F-03", "示例尾矿库", "tailings-pond", "", "", "2010-10-01"),
    ("steel", "F-01", "示例炼铁厂", "smelter", "", "4200000", "2003-05-01"),
    ("steel", "F-02", "示例炼钢厂", "smelter", "", "4000000", "2004-03-01"),
    ("vanadium", "F-01", "示例氧化钒车间", "smelter", "", "18000", "2008-09-01"),
    ("vanadium", "F-02", "示例钒铁车间", "smelter", "", "12000", "2011-04-01"),
    ("pigment", "F-01", "示例钛白一期", "processing-plant", "", "60000", "2012-07-01"),
    ("pigment", "F-02", "示例钛白二期", "processing-plant", "", "40000", "2018-11-01"),
    ("sponge", "F-01", "示例海绵钛车间", "smelter", "", "15000", "2014-12-01"),
    ("alloy", "F-01", "示例矿热炉车间", "smelter", "", "60000", "2007-08-01"),
    ("recycler", "F-01", "示例回收车间", "recycling-plant", "", "30000", "2016-05-01"),
    ("rare-mine", "F-01", "示例稀土采场", "mine", "", "", "2013-03-01"),
    ("separation", "F-01", "示例分离车间", "separation-plant", "", "6000", "2015-06-01"),
)

# organisation, facility, type, first number, sizes, commissioned
MACHINES = (
    ("mine", "F-02", "ball-mill", "BM", ("5.5", "5.5", "4.8", "4.8"), "2010-10-01"),
    ("steel", "F-01", "blast-furnace", "BF", ("1200", "1350", "1750"), "2005-05-01"),
    ("steel", "F-01", "sinter-machine", "SM", ("173.6", "260"), "2006-05-01"),
    ("steel", "F-02", "converter", "BOF", ("120", "120", "200"), "2004-03-01"),
    ("vanadium", "F-01", "rotary-kiln", "RK", ("60", "60"), "2008-09-01"),
    ("vanadium", "F-02", "electric-arc-furnace", "EAF", ("8", "8"), "2011-04-01"),
    ("alloy", "F-01", "submerged-arc-furnace", "SAF", ("12500", "12500", "25000", "33000"), "2007-08-01"),
    ("sponge", "F-01", "sponge-reactor", "SR", ("8", "8", "10"), "2014-12-01"),
    ("separation", "F-01", "extraction-cascade", "SX", ("64", "80", "72"), "2015-06-01"),
)

# organisation, number, name, material, grade, capacity
PRODUCTS = (
    ("mine", "P-1", "示例钒钛铁精矿", "", "Fe 55 %", "5200000"),
    ("mine", "P-2", "示例钛精矿", "", "TiO2 47 %", "480000"),
    ("steel", "P-1", "示例含钒钢材", "", "HRB500E", "3800000"),
    ("vanadium", "P-1", "示例片状五氧化二钒", "", "V2O5 98", "18000"),
    ("vanadium", "P-2", "示例钒铁", "", "FeV50", "12000"),
    ("pigment", "P-1", "示例金红石型钛白粉", "", "R", "100000"),
    ("sponge", "P-1", "示例海绵钛", "", "MHT-100", "15000"),
    ("alloy", "P-1", "示例硅锰合金", "", "FeMn64Si18", "60000"),
    ("separation", "P-1", "示例氧化镨钕", "", "PrNd 99.5", "1500"),
)

# organisation, kind, number, subject, days until it expires from the day the demonstration is made
LICENCES = (
    ("mine", "mining", "示例采证-001", "钒钛磁铁矿开采", 900),
    ("mine", "safety", "示例安许-001", "尾矿库运行", 38),
    ("steel", "discharge", "示例排污-002", "炼铁、炼钢", 400),
    ("vanadium", "discharge", "示例排污-003", "氧化钒生产", 21),
    ("vanadium", "safety", "示例安许-003", "危险化学品使用", -12),
    ("pigment", "discharge", "示例排污-004", "硫酸法钛白", 520),
    ("separation", "radiation", "示例辐安-001", "伴生放射性矿", 55),
    ("alloy", "discharge", "示例排污-005", "铁合金冶炼", 210),
)
