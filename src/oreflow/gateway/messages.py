"""What each problem says and what would mend it, by code. Facts stand in braces."""

from __future__ import annotations

from typing import Final

from oreflow.core.provenance import Text

from .file_messages import FILES, WORKBOOK, message

_STRUCTURE = {
    "toml-syntax": message(
        "pack.toml 写法有误（{reason_zh}）。",
        "The syntax of pack.toml is broken ({reason_en}).",
        "每行写成“键 = 值”，文字用双引号括起。",
        "Write each line as key = value, with text in double quotes.",
    ),
    "missing-key": message(
        "缺少“{column}”（{meaning_zh}）。",
        "“{column}” ({meaning_en}) is missing.",
        "请补上“{column}”。",
        "Add “{column}”.",
    ),
    "unknown-key": message(
        "没有名为“{column}”的键。",
        "There is no key “{column}”.",
        "{suggestion_zh}可用的键：{known}。",
        "{suggestion_en}The keys are: {known}.",
    ),
    "format-newer": message(
        "包格式版本为 {value}，本程序只读到版本 {limit}。",
        "The pack is written in format {value}; this program reads up to format {limit}.",
        "请升级 Oreflow，或按版本 {limit} 重新导出。",
        "Upgrade Oreflow, or export the pack anew in format {limit}.",
    ),
    "missing-column": message(
        "缺少“{column}”列（{meaning_zh}）。",
        "The column “{column}” ({meaning_en}) is missing.",
        "请在表头补上“{column}”。",
        "Add “{column}” to the header.",
    ),
    "unknown-column": message(
        "没有名为“{column}”的列。",
        "The table has no column “{column}”.",
        "{suggestion_zh}可用的列：{known}。",
        "{suggestion_en}The columns are: {known}.",
    ),
    "duplicate-column": message(
        "“{column}”列出现了两次（第 {first} 列和第 {second} 列）。",
        "The column “{column}” stands twice (columns {first} and {second}).",
        "请合并或删去其中一列。",
        "Merge them or delete one.",
    ),
    "unnamed-column": message(
        "第 {second} 列有内容却没有列名。",
        "Column {second} has content but no name.",
        "请写上列名，或删去这一列。",
        "Name the column or delete it.",
    ),
    "duplicate-key": message(
        "键“{value}”重复：第 {first} 行和第 {second} 行。",
        "The key “{value}” stands twice, in rows {first} and {second}.",
        "请改其中一行的键（{columns}），或删去重复的行。",
        "Change the key ({columns}) of one row, or delete the row that repeats.",
    ),
    "broken-reference": message(
        "“{value}”不在{tables_zh}中。",
        "“{value}” is not in {tables_en}.",
        "{suggestion_zh}请改正编号，或在该表补上这一行。",
        "{suggestion_en}Mend the id, or add a row for it to that table.",
    ),
    "ambiguous-id": message(
        "“{value}”既是物料，又是产品组。",
        "“{value}” is both a material and a product group.",
        "请给产品组另取一个编号。",
        "Give the group another id.",
    ),
    "more-problems": message(
        "问题超过 {limit} 个，其余未列出。",
        "There are more than {limit} problems; the others are not listed.",
        "请先改正以上问题，再检查一次。",
        "Mend these first, then check again.",
    ),
}

_CELLS = {
    "required": message(
        "“{column}”（{meaning_zh}）不能为空。",
        "“{column}” ({meaning_en}) must not be empty.",
        "请填写；确实没有数据时，删去整行。",
        "Fill it in; if there is no such datum, delete the row.",
    ),
    "not-a-number": message(
        "“{value}”不是数值。",
        "“{value}” is not a number.",
        "只写数字和小数点，例如 1234.5；单位写在单位列，不用千位分隔符和科学记数法。",
        "Write digits and a decimal point only, e.g. 1234.5: no unit, thousands separators or exponents.",
    ),
    "not-an-integer": message(
        "“{value}”不是整数。",
        "“{value}” is not a whole number.",
        "请写整数，例如 12。",
        "Write a whole number, e.g. 12.",
    ),
    "not-a-year": message(
        "“{value}”不是年份。",
        "“{value}” is not a year.",
        "请写四位年份，例如 2025。",
        "Write a year of four digits, e.g. 2025.",
    ),
    "not-a-date": message(
        "“{value}”不是日期。",
        "“{value}” is not a date.",
        "请写成 2026-11-22。",
        "Write it as 2026-11-22.",
    ),
    "not-yes-or-no": message(
        "“{value}”不是 yes 或 no。",
        "“{value}” is neither yes nor no.",
        "请写 yes 或 no。",
        "Write yes or no.",
    ),
    "bad-id": message(
        "“{value}”不是合规的编号。",
        "“{value}” is no proper id.",
        "编号只用小写字母、数字和 . _ -，{suggestion_zh}",
        "An id has lower-case letters, digits, dots, underscores and hyphens. {suggestion_en}",
    ),
    "unknown-unit": message("{problem_zh}。", "{problem_en}.", "{remedy_zh}。", "{remedy_en}."),
    "unknown-basis": message("{problem_zh}。", "{problem_en}.", "{remedy_zh}。", "{remedy_en}."),
    "unknown-mark": message(
        "没有名为“{value}”的质量标记。",
        "There is no quality mark “{value}”.",
        "{suggestion_zh}可用的标记：{known}。",
        "{suggestion_en}The marks are: {known}.",
    ),
    "not-in-list": message(
        "“{value}”不在可选项中。",
        "“{value}” is not one of the choices.",
        "{suggestion_zh}可选：{known}。",
        "{suggestion_en}The choices are: {known}.",
    ),
    "bad-lines": message(
        "“{value}”不是合规的行号。",
        "“{value}” does not name lines.",
        "请写成 810、808-810 或 767,793；在表格软件中把该列设为文本，以免变成日期或数字。",
        "Write 810, 808-810 or 767,793; format the column as text, lest it turn into a date or a number.",
    ),
    "out-of-bounds": message(
        "{value} 不在 {low} 到 {high} 之间。",
        "{value} is not between {low} and {high}.",
        "请改正数值；占比和回收率写成小数，例如 0.85，而不是 85。",
        "Mend the value; shares and recoveries are written as fractions, 0.85 rather than 85.",
    ),
}

_RULES = {
    "range-order": message(
        "下限、数值、上限应依次不减：{low} ≤ {mid} ≤ {high} 不成立。",
        "Lower end, value and upper end must not decrease: {low} ≤ {mid} ≤ {high} does not hold.",
        "请对照来源改正这三个数。",
        "Mend the three numbers from their source.",
    ),
    "unit-dimension": message(
        "单位“{value}”与“{expected}”不是同一种量（{of}）。",
        "The unit “{value}” measures something else than “{expected}” ({of}).",
        "请改正单位，或换用量纲相符的指标。",
        "Mend the unit, or choose an indicator of the same dimension.",
    ),
    "lines-beyond": message(
        "行号“{value}”超出文件“{document}”的 {limit} 行。",
        "The lines “{value}” lie beyond the {limit} lines of the document “{document}”.",
        "请对照原文改正行号；若写的是 767,793，请把该列设为文本。",
        "Mend them from the text; if you wrote 767,793, format the column as text.",
    ),
    "bad-sha256": message(
        "“{value}”不是 SHA-256 值。",
        "“{value}” is no SHA-256 value.",
        "请写 64 位十六进制数；没有原文时留空。",
        "Write 64 hexadecimal digits, or leave it empty if there is no text.",
    ),
    "period-order": message(
        "起始年 {first} 晚于终止年 {second}。",
        "The first year {first} is after the last year {second}.",
        "请改正年份。",
        "Mend the years.",
    ),
    "value-missing": message(
        "此行须有数值和单位，现“{column}”列为空，或关系为 none。",
        "This row needs a value and a unit, but “{column}” is empty, or the comparator is none.",
        "请填写；印刷为破折号的现状数值，关系写 none；只有文字的目标，类型写 qualitative。",
        "Fill it in; for a printed dash write the comparator none, for a target in words the form qualitative.",
    ),
    "value-unexpected": message(
        "关系为 none 或只有文字的目标，却有数值“{value}”。",
        "The comparator is none, or the target has words alone, but there is a value “{value}”.",
        "请改写关系和目标类型，或清空数值。",
        "Change the comparator and the form, or empty the value.",
    ),
    "words-missing": message(
        "没有数值的目标须写明文字（words_zh 和 words_en）。",
        "A target without a number needs its words (words_zh and words_en).",
        "请把规划原文的目标写进 words_zh，英文写进 words_en。",
        "Write the words of the plan in words_zh and their English in words_en.",
    ),
    "range-ends": message(
        "关系 between 须有下界和上界，其他关系不写上界。",
        "The comparator between needs both ends; no other comparator has an upper end.",
        "请补上缺的一端，或改写关系。",
        "Fill in the missing end, or change the comparator.",
    ),
    "year-missing": message(
        "类型为“{kind}”的目标须有起始年，并早于目标年。",
        "A target of form “{kind}” needs a base year before its target year.",
        "请在 from_year 写上起始年。",
        "Write the base year in from_year.",
    ),
    "route-sum": message(
        "“{value}”各工艺路线占比之和为 {total}，不是 1。",
        "The route shares of “{value}” add to {total}, not to 1.",
        "请调整第 {rows} 行的占比，使其和恰为 1（回收路线不计）。",
        "Adjust the shares in rows {rows} to add to exactly 1 (recovery routes are not counted).",
    ),
    "route-product": message(
        "工艺“{value}”生产“{product}”，不是“{expected}”，也不是该组成员。",
        "The process “{value}” makes “{product}”, which is neither “{expected}” nor a member of it.",
        "请换用生产该产品的工艺，或把产品列入该组。",
        "Choose a process that makes the product, or add its product to the group.",
    ),
    "route-twice": message(
        "工艺“{value}”在路线表中列了两次：第 {first} 行和第 {second} 行。",
        "The process “{value}” stands twice among the routes, in rows {first} and {second}.",
        "每项工艺只列一行；请删去其中一行，或另设一项工艺。",
        "A process has one row only: delete one of them, or set up another process.",
    ),
    "route-overlap": message(
        "物料“{material}”同时列在 {places} 之下，产量会重复计算。",
        "The material “{material}” is routed under {places}, so it would be counted twice.",
        "请把它的工艺归到同一个产品（物料本身，或一个产品组）之下。",
        "Put its processes under one product: the material itself, or one group.",
    ),
    "feed-input": message(
        "回收路线“{process}”的原料“{value}”不在其投入之中。",
        "The feed “{value}” of the recovery route “{process}” is none of its inputs.",
        "请在 flows 表补上这项投入，或改正 feed。",
        "Add it to its inputs in flows, or mend the feed.",
    ),
    "feed-amount": message(
        "回收路线“{process}”所用原料“{material}”的用量下限为 {value}，应大于 0。",
        "The recovery route “{process}” takes {value} of its feed “{material}” at the low end; it must be above 0.",
        "请对照来源改正用量及其下限。",
        "Mend the amount and its low end from their source.",
    ),
    "feed-sum": message(
        "回收路线共用原料“{value}”，占比之和为 {total}，超过 1。",
        "The recovery routes that take “{value}” have shares of {total} together, more than 1.",
        "请调低第 {rows} 行的占比，使其和不超过 1。",
        "Lower the shares in rows {rows} until they add to 1 at most.",
    ),
    "goal-unmade": message(
        "目标产品“{value}”（{role}）没有占比大于 0 的工艺路线，规划数推动不了产业链。",
        "Nothing makes “{value}” ({role}): no route with a share above 0, so the target drives nothing.",
        "请在 routes 表给它一条占比大于 0 的路线，或把作用改为 compare。",
        "Give it a route with a share above 0, or change the role to compare.",
    ),
    "target-amount": message(
        "目标“{value}”（类型 {form}）没有写明年度数量，不能进入产业链。",
        "The target “{value}” (form {form}) states no yearly amount, so it cannot enter the chain.",
        "请换用类型为 level、floor 或 cap 且有数值的目标。",
        "Choose a target of the form level, floor or cap that has a value.",
    ),
    "comparison-void": message(
        "路线所列的工艺既不生产、也不使用、也不副产“{value}”，此项平衡无从核对。",
        "No routed process makes, uses or gives off “{value}”: there is nothing to compare.",
        "请改正物料，补上有关路线，或删去这一行。",
        "Mend the material, add the routes that concern it, or delete the row.",
    ),
    "unit-fraction": message(
        "假设“{name}”须写成 0 到 1 的小数、单位为 1，现单位为“{value}”。",
        "The assumption “{name}” is a fraction from 0 to 1 in the unit 1, not in “{value}”.",
        "请把单位改为 1，数值写成小数，例如 0.85。",
        "Write the unit 1 and the value as a fraction, e.g. 0.85.",
    ),
    "slider-route": message(
        "假设“{value}”与一项工艺同名，该工艺却不在路线表中。",
        "The assumption “{value}” bears the name of a process that is not among the routes.",
        "请把该工艺列入 routes 表，或给假设另取编号。",
        "Add the process to routes, or give the assumption another id.",
    ),
    "slider-share": message(
        "假设“{process}”为 {value}，路线表第 {second} 行的占比却是 {share}。",
        "The assumption “{process}” is {value}, but its share in row {second} of routes is {share}.",
        "请把两处改成同一个数。",
        "Write the same number in both places.",
    ),
    "split-sum": message(
        "{year} 年目标“{value}”的拆分占比之和为 {total}，不是 1。",
        "The splits of the target “{value}” in {year} add to {total}, not to 1.",
        "请调整第 {rows} 行的占比，使其和恰为 1。",
        "Adjust the splits in rows {rows} to add to exactly 1.",
    ),
    "target-needed": message(
        "“stated”须指明是哪个目标。",
        "“stated” needs the target that states it.",
        "请在 target 列写上目标编号，或改用 arising / need。",
        "Write the id of the target, or use arising / need.",
    ),
    "cycle": message(
        "循环引用：{value}。",
        "The rows refer to each other in a circle: {value}.",
        "请改正其中一行的引用，使上下级关系有起点。",
        "Change the reference of one of the rows, so that the chain has a beginning.",
    ),
    "leading-mismatch": message(
        "主导产业中文有 {found} 项，英文有 {expected} 项。",
        "There are {found} leading industries in Chinese and {expected} in English.",
        "中文用顿号分隔，英文用分号分隔，一一对应。",
        "Separate the Chinese ones by 、 and the English ones by ;, in the same order.",
    ),
    "loop": message(
        "{title_zh}",
        "{title_en}",
        "请检查这些工艺的单耗，或给其中一种物料另设来源（外购或其他路线）。",
        "Check the unit consumptions of these processes, or give one of the materials another source: "
        "a purchase, or another route.",
    ),
    "guard": message(
        "化学计量核对未通过：{title_zh}。{detail_zh}",
        "The stoichiometric check refuses it: {title_en}. {detail_en}",
        "请按品位重算收率和单耗，改正数值。",
        "Recompute recovery and specific use from the grades, and mend the values.",
    ),
}

MESSAGES: Final[dict[str, tuple[Text, Text]]] = {**FILES, **WORKBOOK, **_STRUCTURE, **_CELLS, **_RULES}
"""(message, remedy) of every code; `{name}` stands for a fact."""
