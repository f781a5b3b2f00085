"""A small sound pack as text, to be written as a directory or a workbook, and broken in tests."""

from __future__ import annotations

import copy
import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

from oreflow.gateway import PackErrors, PackProblem, load_pack

DIGEST = "ab" * 32

_TABLES = {
    "documents": """
id,title_zh,title_en,issuer_zh,issuer_en,issued,period_from,period_to,text_lines,text_sha256
plan,示例规划,example plan,示例市,example city,2021-05-06,2021,2025,100,DIGEST
""",
    "areas": """
id,name_zh,name_en,kind,within,leading_zh,leading_en,document,lines,note_zh,note_en
city,示例市,example city,city,,,,plan,1,,
east,东区,east,district,city,,,,,,
west,西区,west,district,city,,,,,,
park,示例园,example park,park,east,钒钛、稀土,vanadium-titanium; rare earths,plan,2-3,,
""",
    "indicators": """
id,name_zh,name_en,unit,additive,product,prices,note_zh,note_en
output,产值,output,亿元,yes,,current,,
share,占比,share,%,no,,,,
pigment,钛白粉,titania pigment,万吨,yes,titania,,,
""",
    "figures": """
id,area,indicator,year,comparator,value,unit,basis,table,of,since,included_in,document,lines,mark,note_zh,note_en
f.city,city,output,2020,=,100.50,亿元,,表1,,,,plan,10,plan,"含逗号, 和“引号”","with ""double"" quotes"
f.east,east,output,2020,=,60.5,亿元,,表1,,,,plan,10,plan,,
f.west,west,output,2020,=,40,亿元,,表1,,,,plan,10,plan,,
f.park,park,output,2020,none,,亿元,,表1,,,east,plan,"10,12",plan,,
s.east,east,share,2020,~,60.2,%,,,f.city,,,plan,11,plan,,
g.east,east,share,2020,=,8.1,%,,,,2015,,plan,11,plan,,
pigment,city,pigment,2020,=,40,万吨,output,,,,,plan,12-13,plan,,
""",
    "targets": """
id,area,indicator,form,comparator,value,upper,unit,basis,from_year,year,binding,base,words_zh,words_en,printed,document,lines,note_zh,note_en
t.output,city,output,floor,>=,200,,亿元,,,2025,expected,f.city,,,200亿元以上,plan,20,,
t.growth,city,output,average-growth,between,8,10.5,%,,2020,2025,expected,,,,8%—10.5%,plan,21,,
t.words,city,output,qualitative,none,,,,,,2025,unsaid,,明显提高,clearly higher,,plan,22,,
t.pigment,city,pigment,level,=,60,,万吨,capacity,,2025,binding,,,,60万吨,plan,23,,
""",
    "parts": """
partition,whole_area,whole_indicator,part_area,part_indicator,relation,note_zh,note_en
districts,city,output,east,output,sum,,
districts,city,output,west,output,sum,,
""",
    "members": """
indicator,area,number,name_zh,name_en,document,lines,note_zh,note_en
output,city,1,示例一厂,example works one,plan,30,,
output,city,2,示例二厂,example works two,plan,30,按原文,as printed
""",
    "routes": """
product,process,share,low,high,mark,note_zh,note_en
titania,sulfate,0.5,0.4,0.6,assumed,规划未给,not in the plan
titania,chloride,0.5,,,assumed,,
titania,rework,0.2,,,assumed,,
""",
    "goals": """
year,target,product,role,split,low,high,mark,note_zh,note_en
2025,t.pigment,titania,plan,0.9,,,assumed,,
2025,t.pigment,acid,compare,0.1,,,assumed,,
""",
    "comparisons": """
id,year,material,available,required,target,label_zh,label_en,note_zh,note_en
acid,2025,acid,arising,need,,硫酸,sulfuric acid,,
pigment,2025,titania,stated,need,t.pigment,钛白粉,pigment,,
""",
    "assumptions": """
id,name_zh,name_en,value,low,high,unit,material,mark,note_zh,note_en
utilisation,产能利用率,capacity utilisation,1,,,1,,assumed,,
""",
    "quotas": """
year,batch,scope,kind,ore_type,holder_zh,holder,value,unit,basis,source,mark,valid_from,valid_to,known_at
2020,full,national,mining,all,,,140000,t,reo quota,notice,page,2020-01-01,2021-01-01,2020-07-01
2020,full,group,mining,all,示例集团,example group,1000.5,t,reo quota,notice,page,,,
""",
    "references": """
key,citation_zh,citation_en,url
mem,行业常识,industry knowledge,
""",
    "materials": """
id,name_zh,name_en,category,unit,formula,complete,density,mark,hs6,cn8,note_zh,note_en
slag,钛渣,titanium slag,intermediate,t,,no,,memory,,,,
acid,硫酸,sulfuric acid,reagent,t,,no,1.84,memory,,28070000,,
pig_s,硫酸法钛白粉,sulfate pigment,product,t,,no,,memory,,,,
pig_c,氯化法钛白粉,chloride pigment,product,t,,no,,memory,,,,
waste,废酸,waste acid,waste,t,,no,,memory,,,,
""",
    "contents": """
material,element,fraction,low,high,mark,source
slag,Ti,0.45,0.42,0.48,memory,mem
""",
    "groups": """
id,name_zh,name_en,unit,members
titania,钛白粉,titania,t,pig_s pig_c
""",
    "processes": """
id,name_zh,name_en,chain,product,product_unit,feed,energy_includes_electricity,sources,note_zh,note_en
sulfate,硫酸法,sulfate route,Ti,pig_s,t,,no,mem,,
chloride,氯化法,chloride route,Ti,pig_c,t,,,mem,,
rework,返工,rework,Ti,pig_s,t,waste,,mem,,
acid_making,制酸,acid making,S,acid,t,,,mem,,
""",
    "flows": """
process,material,role,amount,low,high,unit,mark,source,note_zh,note_en
sulfate,slag,input,1.5,1.4,1.6,t,memory,mem,按酸溶性钛渣,acid-soluble slag
sulfate,acid,input,3.0,,,t,memory,,,
sulfate,waste,waste,6,,,t,memory,,,
chloride,slag,input,1.2,,,t,memory,,,
rework,waste,input,2,,,t,memory,,,
""",
    "burdens": """
process,burden,value,low,high,unit,mark,source
sulfate,electricity,1000,900,1100,kWh,memory,
""",
    "recoveries": """
process,element,into,value,low,high,mark,source,note_zh,note_en
sulfate,Ti,pig_s,0.85,0.8,0.9,memory,,,
""",
    "distributions": """
ore,oxide,fraction,low,high,mark,source
example_ore,slag,1,,,memory,
""",
    "factors": """
id,name_zh,name_en,value,low,high,unit,basis,year,mark,source
coal_electricity,电力折标煤,coal equivalent of electricity,0.1229,,,kgce/kWh,equivalent,2020,definition,
""",
}

_FACTS = {
    "format": "1",
    "id": "example",
    "name_zh": "示例",
    "name_en": "example",
    "edition": "1",
    "simulated": "yes",
    "library": "own",
}


def _parse(text: str) -> list[list[str]]:
    return list(csv.reader(text.replace("DIGEST", DIGEST).strip().splitlines()))


@dataclass
class PackText:
    """The tables of a pack as lists of cells, the header first."""

    tables: dict[str, list[list[str]]] = field(default_factory=lambda: {n: _parse(t) for n, t in _TABLES.items()})
    facts: dict[str, str] = field(default_factory=lambda: dict(_FACTS))

    def copy(self) -> PackText:
        return copy.deepcopy(self)

    def set(self, table: str, row: int, column: str, value: str) -> None:
        """Write a cell; rows are counted as in a spreadsheet."""
        rows = self.tables[table]
        rows[row - 1][rows[0].index(column)] = value

    def get(self, table: str, row: int, column: str) -> str:
        rows = self.tables[table]
        return rows[row - 1][rows[0].index(column)]

    def add_row(self, table: str, **cells: str) -> None:
        self.tables[table].append([cells.get(name, "") for name in self.tables[table][0]])

    def drop_column(self, table: str, column: str) -> None:
        at = self.tables[table][0].index(column)
        for row in self.tables[table]:
            del row[at]

    def write_directory(self, folder: Path, encoding: str = "utf-8", newline: str = "\n") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        lines = []
        for key, value in self.facts.items():
            literal = {"yes": "true", "no": "false"}.get(value, value if value.isdigit() else f'"{value}"')
            lines.append(f"{key} = {literal}\n")
        (folder / "pack.toml").write_text("".join(lines), encoding="utf-8")
        for name, rows in self.tables.items():
            with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as stream:
                csv.writer(stream, lineterminator=newline).writerows(rows)
        return folder

    def write_workbook(self, file: Path, before_saving: Callable[[Workbook], None] | None = None) -> Path:
        book = Workbook()
        sheet = book.active
        sheet.title = "pack"
        for pair in [("key", "value"), *self.facts.items()]:
            sheet.append(pair)
        for name, rows in self.tables.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append([cell or None for cell in row])
                for cell in sheet[sheet.max_row]:
                    if isinstance(cell.value, str):
                        cell.data_type = "s"
        if before_saving:
            before_saving(book)
        file.parent.mkdir(parents=True, exist_ok=True)
        book.save(file)
        return file


def problems_of(path: Path) -> list[PackProblem]:
    """What loading reports; an empty list if it loads."""
    try:
        load_pack(path)
    except PackErrors as errors:
        return errors.problems
    return []


def only(problems: list[PackProblem]) -> PackProblem:
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def assert_says_the_way_out(problem: PackProblem) -> None:
    for text in (problem.message, problem.remedy):
        assert text.zh.strip()
        assert text.en.strip()
        assert any("\u4e00" <= c <= "\u9fff" for c in text.zh)
        assert any("a" <= c <= "z" for c in text.en)
        assert text.zh != text.en
        assert not re.search(r"\{[a-z_]+\}", text.zh + text.en)
