"""What each problem says and what would mend it, by code. Facts stand in braces."""

from __future__ import annotations

from typing import Final

from oreflow.core.provenance import Text


def _m(zh: str, en: str, remedy_zh: str, remedy_en: str) -> tuple[Text, Text]:
    return Text(zh, en), Text(remedy_zh, remedy_en)


_FILES = {
    "not-found": _m(
        "没有名为“{value}”的包。",
        "There is no pack “{value}”.",
        "请给出内置包名（{known}）、含 pack.toml 的目录或 .xlsx 文件。",
        "Give the name of a built-in pack ({known}), a directory with pack.toml, or an .xlsx file.",
    ),
    "unsupported-file": _m(
        "“{value}”既不是目录，也不是 .xlsx 工作簿。",
        "“{value}” is neither a directory nor an .xlsx workbook.",
        "请把表另存为 .xlsx，或放进含 pack.toml 的目录（每表一个 CSV 文件）。",
        "Save the tables as .xlsx, or as one CSV file each in a directory with pack.toml.",
    ),
    "unreadable": _m(
        "文件无法读取（{reason}）。",
        "The file cannot be read ({reason}).",
        "请检查文件是否存在、是否有读取权限。",
        "Check that the file is there and that you may read it.",
    ),
    "outside-pack": _m(
        "文件指向包目录以外的“{value}”。",
        "The file leads outside the pack, to “{value}”.",
        "请用文件本身代替这个链接。",
        "Put the file itself in the place of the link.",
    ),
    "file-too-large": _m(
        "文件有 {size} MB，超过上限 {limit} MB，未读取。",
        "The file has {size} MB, more than the limit of {limit} MB; it was not read.",
        "请删去无关的行、工作表和图片，或拆成几个包。",
        "Remove rows, sheets and pictures that do not belong to it, or split the pack.",
    ),
    "unknown-file": _m(
        "包里没有叫这个名字的表。",
        "The pack format has no table of this name.",
        "{suggestion_zh}请改名，或把文件移出包目录；说明文字可放在 README 文件里。",
        "{suggestion_en}Rename the file or move it out of the pack; notes may stand in a README file.",
    ),
    "unknown-sheet": _m(
        "包里没有叫这个名字的表。",
        "The pack format has no table of this name.",
        "{suggestion_zh}请改名或删去这张工作表；说明文字可放在名为 guide 的工作表里。",
        "{suggestion_en}Rename or delete the sheet; notes may stand in a sheet named guide.",
    ),
    "missing-table": _m(
        "缺少“{value}”表（{meaning_zh}）。",
        "The table “{value}” ({meaning_en}) is missing.",
        "请补上；没有内容时只写表头一行。",
        "Add it; without content, its header row alone is enough.",
    ),
    "nul-byte": _m(
        "文件第 {line} 行含有空字节，不是文本文件，或编码为 UTF-16。",
        "Line {line} of the file holds a NUL byte: it is no text file, or is written in UTF-16.",
        "请在表格软件中另存为“CSV UTF-8”。",
        "Save it as “CSV UTF-8” from your spreadsheet program.",
    ),
    "encoding": _m(
        "文件第 {line} 行既不是 UTF-8，也不是 GB18030 编码。",
        "Line {line} of the file is neither UTF-8 nor GB18030.",
        "请在表格软件中另存为“CSV UTF-8”。",
        "Save it as “CSV UTF-8” from your spreadsheet program.",
    ),
    "damaged-text": _m(
        "文字里有替换符“�”，说明此前转码已丢字。",
        "The text holds the replacement character “�”: letters were lost in an earlier conversion.",
        "请对照原件补回丢失的字。",
        "Restore the lost letters from the original.",
    ),
    "control-character": _m(
        "单元格含有不可见的控制字符（{name}）。",
        "The cell holds an invisible control character ({name}).",
        "请删去该字符，重新键入文字。",
        "Delete it, or type the text anew.",
    ),
    "csv-syntax": _m(
        "CSV 写法有误（{reason}）。",
        "The CSV syntax is broken ({reason}).",
        "含逗号、引号或换行的文字请用双引号括起，文字内的双引号写两遍。",
        "Put text with commas, quotes or line breaks in double quotes, and double the quotes inside it.",
    ),
    "wrong-separator": _m(
        "各列用“{value}”隔开，而不是逗号。",
        "The columns are separated by “{value}” instead of commas.",
        "请另存为以逗号分隔的 CSV（UTF-8）。",
        "Save it as comma-separated CSV (UTF-8).",
    ),
    "empty-table": _m(
        "表是空的，连表头也没有。",
        "The table is empty; even its header is missing.",
        "请在第 1 行写上列名：{columns}。",
        "Write the names of the columns in row 1: {columns}.",
    ),
    "too-many-rows": _m(
        "表超过 {limit} 行。",
        "The table has more than {limit} rows.",
        "请删去无关的行（包括末尾带格式的空行），或拆成几个包。",
        "Delete rows that do not belong to it (also formatted empty ones at its end), or split the pack.",
    ),
    "too-many-columns": _m(
        "表超过 {limit} 列。",
        "The table has more than {limit} columns.",
        "请删去表头以外的列。",
        "Delete the columns beyond the header.",
    ),
    "too-many-cells": _m(
        "工作表的范围为 {rows} 行 × {columns} 列，超过 {limit} 个单元格。",
        "The sheet spans {rows} rows × {columns} columns, more than {limit} cells.",
        "请删去表外零散的单元格，或拆成几个包。",
        "Delete stray cells outside the table, or split the pack.",
    ),
    "ragged-row": _m(
        "这一行有 {found} 格，表头有 {expected} 格。",
        "The row has {found} cells, the header has {expected}.",
        "请补齐或删去多余的逗号；含逗号的文字用双引号括起。",
        "Add or remove commas; put text that holds commas in double quotes.",
    ),
    "too-long": _m(
        "单元格有 {size} 个字符，超过 {limit} 个。",
        "The cell has {size} characters, more than {limit}.",
        "请缩短文字。",
        "Shorten the text.",
    ),
}

_WORKBOOK = {
    "xlsx-damaged": _m(
        "不是完好的 .xlsx 工作簿（{reason}）。",
        "It is no sound .xlsx workbook ({reason}).",
        "请在表格软件中打开后另存为 .xlsx。",
        "Open it in a spreadsheet program and save it as .xlsx again.",
    ),
    "xlsx-locked": _m(
        "文件是加密的工作簿或旧式 .xls。",
        "The file is a password-protected workbook or an old .xls.",
        "请去掉密码，另存为 .xlsx。",
        "Remove the password and save it as .xlsx.",
    ),
    "xlsx-too-big": _m(
        "工作簿展开后超过 {limit} MB。",
        "The workbook unpacks to more than {limit} MB.",
        "请删去无关的工作表和图片，或拆成几个包。",
        "Remove sheets and pictures that do not belong to it, or split the pack.",
    ),
    "xlsx-ratio": _m(
        "“{value}”展开后是压缩前的 {ratio} 倍，超过 {limit} 倍，疑似压缩炸弹。",
        "“{value}” unpacks to {ratio} times its size, more than {limit} times: it looks like a zip bomb.",
        "请在表格软件中打开，只把所需的表复制到新工作簿。",
        "Open it in a spreadsheet program and copy only the tables you need to a new workbook.",
    ),
    "xlsx-members": _m(
        "工作簿含 {found} 个部件，超过 {limit} 个。",
        "The workbook has {found} parts, more than {limit}.",
        "请只把所需的表复制到新工作簿。",
        "Copy only the tables you need to a new workbook.",
    ),
    "xlsx-path": _m(
        "工作簿部件的路径不合规：“{value}”。",
        "A part of the workbook has a forbidden path: “{value}”.",
        "请在表格软件中打开后另存为 .xlsx。",
        "Open it in a spreadsheet program and save it as .xlsx again.",
    ),
    "xlsx-external": _m(
        "工作簿链接到外部文件或数据（“{value}”）。",
        "The workbook links to an outside file or data source (“{value}”).",
        "请断开链接，只保留数值。",
        "Break the link and keep the values only.",
    ),
    "xlsx-active": _m(
        "工作簿含有宏或嵌入对象（“{value}”）。",
        "The workbook holds macros or embedded objects (“{value}”).",
        "请另存为不含宏的 .xlsx，并删去嵌入对象。",
        "Save it as .xlsx without macros, and delete embedded objects.",
    ),
    "xlsx-dtd": _m(
        "部件“{value}”含有文档类型或实体定义。",
        "The part “{value}” defines a document type or entities.",
        "表格软件不会写出这种内容；请另存为新的 .xlsx。",
        "No spreadsheet program writes this; save it as a new .xlsx.",
    ),
    "formula-cell": _m(
        "单元格 {cell} 是公式；包里只写数值。",
        "Cell {cell} holds a formula; a pack holds values only.",
        "请复制后“选择性粘贴 → 数值”。",
        "Copy it and paste it as values.",
    ),
    "error-cell": _m(
        "单元格 {cell} 是错误值“{value}”。",
        "Cell {cell} holds the error “{value}”.",
        "请写入正确的数值，或留空。",
        "Write the right value, or leave it empty.",
    ),
    "merged-cells": _m(
        "单元格 {value} 已合并。",
        "The cells {value} are merged.",
        "请取消合并：表头一行，每列一个名称，每行一条记录。",
        "Unmerge them: one header row, one name a column, one record a row.",
    ),
}

_STRUCTURE = {
    "toml-syntax": _m(
        "pack.toml 写法有误（{reason}）。",
        "The syntax of pack.toml is broken ({reason}).",
        "每行写成“键 = 值”，文字用双引号括起。",
        "Write each line as key = value, with text in double quotes.",
    ),
    "missing-key": _m(
        "缺少“{column}”（{meaning_zh}）。",
        "“{column}” ({meaning_en}) is missing.",
        "请补上“{column}”。",
        "Add “{column}”.",
    ),
    "unknown-key": _m(
        "没有名为“{column}”的键。",
        "There is no key “{column}”.",
        "{suggestion_zh}可用的键：{known}。",
        "{suggestion_en}The keys are: {known}.",
    ),
    "format-newer": _m(
        "包格式版本为 {value}，本程序只读到版本 {limit}。",
        "The pack is written in format {value}; this program reads up to format {limit}.",
        "请升级 Oreflow，或按版本 {limit} 重新导出。",
        "Upgrade Oreflow, or export the pack anew in format {limit}.",
    ),
    "missing-column": _m(
        "缺少“{column}”列（{meaning_zh}）。",
        "The column “{column}” ({meaning_en}) is missing.",
        "请在表头补上“{column}”。",
        "Add “{column}” to the header.",
    ),
    "unknown-column": _m(
        "没有名为“{column}”的列。",
        "The table has no column “{column}”.",
        "{suggestion_zh}可用的列：{known}。",
        "{suggestion_en}The columns are: {known}.",
    ),
    "duplicate-column": _m(
        "“{column}”列出现了两次（第 {first} 列和第 {second} 列）。",
        "The column “{column}” stands twice (columns {first} and {second}).",
        "请合并或删去其中一列。",
        "Merge them or delete one.",
    ),
    "unnamed-column": _m(
        "第 {second} 列有内容却没有列名。",
        "Column {second} has content but no name.",
        "请写上列名，或删去这一列。",
        "Name the column or delete it.",
    ),
    "duplicate-key": _m(
        "键“{value}”重复：第 {first} 行和第 {second} 行。",
        "The key “{value}” stands twice, in rows {first} and {second}.",
        "请改其中一行的键（{columns}），或删去重复的行。",
        "Change the key ({columns}) of one row, or delete the row that repeats.",
    ),
    "broken-reference": _m(
        "“{value}”不在{tables_zh}中。",
        "“{value}” is not in {tables_en}.",
        "{suggestion_zh}请改正编号，或在该表补上这一行。",
        "{suggestion_en}Mend the id, or add a row for it to that table.",
    ),
    "ambiguous-id": _m(
        "“{value}”既是物料，又是产品组。",
        "“{value}” is both a material and a product group.",
        "请给产品组另取一个编号。",
        "Give the group another id.",
    ),
    "more-problems": _m(
        "问题超过 {limit} 个，其余未列出。",
        "There are more than {limit} problems; the others are not listed.",
        "请先改正以上问题，再检查一次。",
        "Mend these first, then check again.",
    ),
}

_CELLS = {
    "required": _m(
        "“{column}”（{meaning_zh}）不能为空。",
        "“{column}” ({meaning_en}) must not be empty.",
        "请填写；确实没有数据时，删去整行。",
        "Fill it in; if there is no such datum, delete the row.",
    ),
    "not-a-number": _m(
        "“{value}”不是数值。",
        "“{value}” is not a number.",
        "只写数字和小数点，例如 1234.5；单位写在单位列，不用千位分隔符和科学记数法。",
        "Write digits and a decimal point only, e.g. 1234.5: no unit, thousands separators or exponents.",
    ),
    "not-an-integer": _m(
        "“{value}”不是整数。",
        "“{value}” is not a whole number.",
        "请写整数，例如 12。",
        "Write a whole number, e.g. 12.",
    ),
    "not-a-year": _m(
        "“{value}”不是年份。",
        "“{value}” is not a year.",
        "请写四位年份，例如 2025。",
        "Write a year of four digits, e.g. 2025.",
    ),
    "not-a-date": _m(
        "“{value}”不是日期。",
        "“{value}” is not a date.",
        "请写成 2026-11-22。",
        "Write it as 2026-11-22.",
    ),
    "not-yes-or-no": _m(
        "“{value}”不是 yes 或 no。",
        "“{value}” is neither yes nor no.",
        "请写 yes 或 no。",
        "Write yes or no.",
    ),
    "bad-id": _m(
        "“{value}”不是合规的编号。",
        "“{value}” is no proper id.",
        "编号只用小写字母、数字和 . _ -，{suggestion_zh}",
        "An id has lower-case letters, digits, dots, underscores and hyphens. {suggestion_en}",
    ),
    "unknown-unit": _m("{problem_zh}。", "{problem_en}.", "{remedy_zh}。", "{remedy_en}."),
    "unknown-basis": _m("{problem_zh}。", "{problem_en}.", "{remedy_zh}。", "{remedy_en}."),
    "unknown-mark": _m(
        "没有名为“{value}”的质量标记。",
        "There is no quality mark “{value}”.",
        "{suggestion_zh}可用的标记：{known}。",
        "{suggestion_en}The marks are: {known}.",
    ),
    "not-in-list": _m(
        "“{value}”不在可选项中。",
        "“{value}” is not one of the choices.",
        "{suggestion_zh}可选：{known}。",
        "{suggestion_en}The choices are: {known}.",
    ),
    "bad-lines": _m(
        "“{value}”不是合规的行号。",
        "“{value}” does not name lines.",
        "请写成 810、808-810 或 767,793；在表格软件中把该列设为文本，以免变成日期或数字。",
        "Write 810, 808-810 or 767,793; format the column as text, lest it turn into a date or a number.",
    ),
    "out-of-bounds": _m(
        "{value} 不在 {low} 到 {high} 之间。",
        "{value} is not between {low} and {high}.",
        "请改正数值；占比和回收率写成小数，例如 0.85，而不是 85。",
        "Mend the value; shares and recoveries are written as fractions, 0.85 rather than 85.",
    ),
}

_RULES = {
    "range-order": _m(
        "下限、数值、上限应依次不减：{low} ≤ {mid} ≤ {high} 不成立。",
        "Lower end, value and upper end must not decrease: {low} ≤ {mid} ≤ {high} does not hold.",
        "请对照来源改正这三个数。",
        "Mend the three numbers from their source.",
    ),
    "unit-dimension": _m(
        "单位“{value}”与“{expected}”不是同一种量（{of}）。",
        "The unit “{value}” measures something else than “{expected}” ({of}).",
        "请改正单位，或换用量纲相符的指标。",
        "Mend the unit, or choose an indicator of the same dimension.",
    ),
    "lines-beyond": _m(
        "行号“{value}”超出文件“{document}”的 {limit} 行。",
        "The lines “{value}” lie beyond the {limit} lines of the document “{document}”.",
        "请对照原文改正行号；若写的是 767,793，请把该列设为文本。",
        "Mend them from the text; if you wrote 767,793, format the column as text.",
    ),
    "bad-sha256": _m(
        "“{value}”不是 SHA-256 值。",
        "“{value}” is no SHA-256 value.",
        "请写 64 位十六进制数；没有原文时留空。",
        "Write 64 hexadecimal digits, or leave it empty if there is no text.",
    ),
    "period-order": _m(
        "起始年 {first} 晚于终止年 {second}。",
        "The first year {first} is after the last year {second}.",
        "请改正年份。",
        "Mend the years.",
    ),
    "value-missing": _m(
        "类型为“{kind}”的目标须有数值和单位，关系为“{comparator}”的数值不能为空。",
        "A value of form “{kind}” and comparator “{comparator}” needs a number and a unit.",
        "请填写；印刷为破折号时，关系写 none；只有文字时，目标类型写 qualitative。",
        "Fill them in; for a printed dash write the comparator none, for words alone the form qualitative.",
    ),
    "value-unexpected": _m(
        "关系为 none，却有数值“{value}”。",
        "The comparator is none, but there is a value “{value}”.",
        "请改写关系（例如 =），或清空数值。",
        "Change the comparator (e.g. to =), or empty the value.",
    ),
    "words-missing": _m(
        "没有数值的目标须写明文字（words_zh 和 words_en）。",
        "A target without a number needs its words (words_zh and words_en).",
        "请把规划原文的目标写进 words_zh，英文写进 words_en。",
        "Write the words of the plan in words_zh and their English in words_en.",
    ),
    "range-ends": _m(
        "关系 between 须有下界和上界，其他关系不写上界。",
        "The comparator between needs both ends; no other comparator has an upper end.",
        "请补上缺的一端，或改写关系。",
        "Fill in the missing end, or change the comparator.",
    ),
    "year-missing": _m(
        "类型为“{kind}”的目标须有起始年，并早于目标年。",
        "A target of form “{kind}” needs a base year before its target year.",
        "请在 from_year 写上起始年。",
        "Write the base year in from_year.",
    ),
    "route-sum": _m(
        "“{value}”各工艺路线占比之和为 {total}，不是 1。",
        "The route shares of “{value}” add to {total}, not to 1.",
        "请调整第 {rows} 行的占比，使其和恰为 1（回收路线不计）。",
        "Adjust the shares in rows {rows} to add to exactly 1 (recovery routes are not counted).",
    ),
    "route-product": _m(
        "工艺“{value}”生产“{product}”，不是“{expected}”，也不是该组成员。",
        "The process “{value}” makes “{product}”, which is neither “{expected}” nor a member of it.",
        "请换用生产该产品的工艺，或把产品列入该组。",
        "Choose a process that makes the product, or add its product to the group.",
    ),
    "split-sum": _m(
        "{year} 年目标“{value}”的拆分占比之和为 {total}，不是 1。",
        "The splits of the target “{value}” in {year} add to {total}, not to 1.",
        "请调整第 {rows} 行的占比，使其和恰为 1。",
        "Adjust the splits in rows {rows} to add to exactly 1.",
    ),
    "target-needed": _m(
        "“stated”须指明是哪个目标。",
        "“stated” needs the target that states it.",
        "请在 target 列写上目标编号，或改用 arising / need。",
        "Write the id of the target, or use arising / need.",
    ),
    "cycle": _m(
        "循环引用：{value}。",
        "The rows refer to each other in a circle: {value}.",
        "请改正其中一行的引用，使上下级关系有起点。",
        "Change the reference of one of the rows, so that the chain has a beginning.",
    ),
    "leading-mismatch": _m(
        "主导产业中文有 {found} 项，英文有 {expected} 项。",
        "There are {found} leading industries in Chinese and {expected} in English.",
        "中文用顿号分隔，英文用分号分隔，一一对应。",
        "Separate the Chinese ones by 、 and the English ones by ;, in the same order.",
    ),
    "pair-missing": _m(
        "“{column}”只写了一种文字。",
        "“{column}” stands in one language only.",
        "请补上另一种文字，或两种都留空。",
        "Write it in the other language too, or leave both empty.",
    ),
    "note-lines": _m(
        "这一列的中文只能写一行。",
        "In this column the Chinese text has one line only.",
        "请去掉单元格内的换行。",
        "Remove the line breaks in the cell.",
    ),
    "guard": _m(
        "化学计量核对未通过：{title_zh}。{detail_zh}",
        "The stoichiometric check refuses it: {title_en}. {detail_en}",
        "请按品位重算收率和单耗，改正数值。",
        "Recompute recovery and specific use from the grades, and mend the values.",
    ),
}

MESSAGES: Final[dict[str, tuple[Text, Text]]] = {**_FILES, **_WORKBOOK, **_STRUCTURE, **_CELLS, **_RULES}
"""(message, remedy) of every code; `{name}` stands for a fact."""
