"""What problems of files and workbooks say."""

from __future__ import annotations

from oreflow.core.provenance import Text


def message(zh: str, en: str, remedy_zh: str, remedy_en: str) -> tuple[Text, Text]:
    """What a problem says, and what would mend it."""
    return Text(zh, en), Text(remedy_zh, remedy_en)


FILES = {
    "not-found": message(
        "没有名为“{value}”的包。",
        "There is no pack “{value}”.",
        "请给出内置包名（{known}）、含 pack.toml 的目录或 .xlsx 文件。",
        "Give the name of a built-in pack ({known}), a directory with pack.toml, or an .xlsx file.",
    ),
    "unsupported-file": message(
        "“{value}”既不是目录，也不是 .xlsx 工作簿。",
        "“{value}” is neither a directory nor an .xlsx workbook.",
        "请把表另存为 .xlsx，或放进含 pack.toml 的目录（每表一个 CSV 文件）。",
        "Save the tables as .xlsx, or as one CSV file each in a directory with pack.toml.",
    ),
    "unreadable": message(
        "文件无法读取（{reason_zh}）。",
        "The file cannot be read ({reason_en}).",
        "请检查文件是否存在、是否有读取权限。",
        "Check that the file is there and that you may read it.",
    ),
    "outside-pack": message(
        "文件指向包目录以外的“{value}”。",
        "The file leads outside the pack, to “{value}”.",
        "请用文件本身代替这个链接。",
        "Put the file itself in the place of the link.",
    ),
    "file-too-large": message(
        "文件有 {size} MB，超过上限 {limit} MB，未读取。",
        "The file has {size} MB, more than the limit of {limit} MB; it was not read.",
        "请删去无关的行、工作表和图片，或拆成几个包。",
        "Remove rows, sheets and pictures that do not belong to it, or split the pack.",
    ),
    "unknown-file": message(
        "包里没有叫这个名字的表。",
        "The pack format has no table of this name.",
        "{suggestion_zh}请改名，或把文件移出包目录；说明文字可放在 README 文件里。",
        "{suggestion_en}Rename the file or move it out of the pack; notes may stand in a README file.",
    ),
    "unknown-sheet": message(
        "包里没有叫这个名字的表。",
        "The pack format has no table of this name.",
        "{suggestion_zh}请改名或删去这张工作表；说明文字可放在名为 guide 的工作表里。",
        "{suggestion_en}Rename or delete the sheet; notes may stand in a sheet named guide.",
    ),
    "missing-table": message(
        "缺少“{value}”表（{meaning_zh}）。",
        "The table “{value}” ({meaning_en}) is missing.",
        "请补上；没有内容时只写表头一行。",
        "Add it; without content, its header row alone is enough.",
    ),
    "nul-byte": message(
        "文件第 {line} 行含有空字节，不是文本文件，或编码为 UTF-16。",
        "Line {line} of the file holds a NUL byte: it is no text file, or is written in UTF-16.",
        "请在表格软件中另存为“CSV UTF-8”。",
        "Save it as “CSV UTF-8” from your spreadsheet program.",
    ),
    "encoding": message(
        "文件第 {line} 行既不是 UTF-8，也不是 GB18030 编码。",
        "Line {line} of the file is neither UTF-8 nor GB18030.",
        "请在表格软件中另存为“CSV UTF-8”。",
        "Save it as “CSV UTF-8” from your spreadsheet program.",
    ),
    "damaged-text": message(
        "文字里有替换符“�”，说明此前转码已丢字。",
        "The text holds the replacement character “�”: letters were lost in an earlier conversion.",
        "请对照原件补回丢失的字。",
        "Restore the lost letters from the original.",
    ),
    "control-character": message(
        "单元格含有不可见的控制字符（{name}）。",
        "The cell holds an invisible control character ({name}).",
        "请删去该字符，重新键入文字。",
        "Delete it, or type the text anew.",
    ),
    "csv-syntax": message(
        "CSV 写法有误（{reason}）。",
        "The CSV syntax is broken ({reason}).",
        "含逗号、引号或换行的文字请用双引号括起，文字内的双引号写两遍。",
        "Put text with commas, quotes or line breaks in double quotes, and double the quotes inside it.",
    ),
    "wrong-separator": message(
        "各列用“{value}”隔开，而不是逗号。",
        "The columns are separated by “{value}” instead of commas.",
        "请另存为以逗号分隔的 CSV（UTF-8）。",
        "Save it as comma-separated CSV (UTF-8).",
    ),
    "empty-table": message(
        "表是空的，连表头也没有。",
        "The table is empty; even its header is missing.",
        "请在第 1 行写上列名：{columns}。",
        "Write the names of the columns in row 1: {columns}.",
    ),
    "too-many-rows": message(
        "表超过 {limit} 行。",
        "The table has more than {limit} rows.",
        "请删去无关的行（包括末尾带格式的空行），或拆成几个包。",
        "Delete rows that do not belong to it (also formatted empty ones at its end), or split the pack.",
    ),
    "too-many-columns": message(
        "表超过 {limit} 列。",
        "The table has more than {limit} columns.",
        "请删去表头以外的列。",
        "Delete the columns beyond the header.",
    ),
    "too-many-cells": message(
        "工作表的范围为 {rows} 行 × {columns} 列，超过 {limit} 个单元格。",
        "The sheet spans {rows} rows × {columns} columns, more than {limit} cells.",
        "请删去表外零散的单元格，或拆成几个包。",
        "Delete stray cells outside the table, or split the pack.",
    ),
    "ragged-row": message(
        "这一行有 {found} 格，表头有 {expected} 格。",
        "The row has {found} cells, the header has {expected}.",
        "请补齐或删去多余的逗号；含逗号的文字用双引号括起。",
        "Add or remove commas; put text that holds commas in double quotes.",
    ),
    "too-long": message(
        "单元格有 {size} 个字符，超过 {limit} 个。",
        "The cell has {size} characters, more than {limit}.",
        "请缩短文字。",
        "Shorten the text.",
    ),
}

WORKBOOK = {
    "xlsx-damaged": message(
        "不是完好的 .xlsx 工作簿（{reason_zh}）。",
        "It is no sound .xlsx workbook ({reason_en}).",
        "请在表格软件中打开后另存为 .xlsx。",
        "Open it in a spreadsheet program and save it as .xlsx again.",
    ),
    "xlsx-locked": message(
        "文件是加密的工作簿或旧式 .xls。",
        "The file is a password-protected workbook or an old .xls.",
        "请去掉密码，另存为 .xlsx。",
        "Remove the password and save it as .xlsx.",
    ),
    "xlsx-too-big": message(
        "工作簿展开后超过 {limit} MB。",
        "The workbook unpacks to more than {limit} MB.",
        "请删去无关的工作表和图片，或拆成几个包。",
        "Remove sheets and pictures that do not belong to it, or split the pack.",
    ),
    "xlsx-ratio": message(
        "“{value}”展开后是压缩前的 {ratio} 倍，超过 {limit} 倍，疑似压缩炸弹。",
        "“{value}” unpacks to {ratio} times its size, more than {limit} times: it looks like a zip bomb.",
        "请在表格软件中打开，只把所需的表复制到新工作簿。",
        "Open it in a spreadsheet program and copy only the tables you need to a new workbook.",
    ),
    "xlsx-members": message(
        "工作簿含 {found} 个部件，超过 {limit} 个。",
        "The workbook has {found} parts, more than {limit}.",
        "请只把所需的表复制到新工作簿。",
        "Copy only the tables you need to a new workbook.",
    ),
    "xlsx-path": message(
        "工作簿部件的路径不合规：“{value}”。",
        "A part of the workbook has a forbidden path: “{value}”.",
        "请在表格软件中打开后另存为 .xlsx。",
        "Open it in a spreadsheet program and save it as .xlsx again.",
    ),
    "xlsx-external": message(
        "工作簿链接到外部文件或数据（“{value}”）。",
        "The workbook links to an outside file or data source (“{value}”).",
        "请断开链接，只保留数值。",
        "Break the link and keep the values only.",
    ),
    "xlsx-active": message(
        "工作簿含有宏或嵌入对象（“{value}”）。",
        "The workbook holds macros or embedded objects (“{value}”).",
        "请另存为不含宏的 .xlsx，并删去嵌入对象。",
        "Save it as .xlsx without macros, and delete embedded objects.",
    ),
    "xlsx-dtd": message(
        "部件“{value}”含有文档类型或实体定义。",
        "The part “{value}” defines a document type or entities.",
        "表格软件不会写出这种内容；请另存为新的 .xlsx。",
        "No spreadsheet program writes this; save it as a new .xlsx.",
    ),
    "formula-cell": message(
        "单元格 {cell} 是公式；包里只写数值。",
        "Cell {cell} holds a formula; a pack holds values only.",
        "请复制后“选择性粘贴 → 数值”。",
        "Copy it and paste it as values.",
    ),
    "error-cell": message(
        "单元格 {cell} 是错误值“{value}”。",
        "Cell {cell} holds the error “{value}”.",
        "请写入正确的数值，或留空。",
        "Write the right value, or leave it empty.",
    ),
    "merged-cells": message(
        "单元格 {value} 已合并。",
        "The cells {value} are merged.",
        "请取消合并：表头一行，每列一个名称，每行一条记录。",
        "Unmerge them: one header row, one name a column, one record a row.",
    ),
}
