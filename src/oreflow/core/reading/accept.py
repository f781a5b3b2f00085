# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Which figures are statements: ordinals, document numbers, names and dates are not."""

from __future__ import annotations

import re

from .numbers import Figure, either

_BOUNDS = {"以上", "及以上", "以下", "及以下", "以内", "之内", "内", "左右", "和以上", "或以上", "和以下", "或以下"}
_ORDINAL = re.compile(r"(?:第|前|近|No|表|图|附件|专栏|编号|文号|电话|邮编|传真|票|款第|排名|位列|居)$")
_TIME_BOUND = re.compile(
    r"(?:不少于|不低于|不得少于|不得低于|不超过|不得超过|不小于|不大于|至少|最多|最长|最短|大于|小于|超过|低于|高于|少于|≥|≤|>|<|期限为?|示期为?|有效期为?|年限为?|寿命为?|工期为?|周期为?|不足|达到?|缩短到|缩短至|延长到|延长至|提高到|提高至|降低到|降低至|降至|压缩到|压缩至|为期)$"
)
_TIME_MAY = re.compile(r"可|须|应|不得|之日起|必须|必要|限|期|方|内予以|原则")
_NAMED_AFTER = re.compile(
    r"大(?!于|约|关|型|中|工业|气|修|力)|强(?!度|制|化|力)|级(?!别)|维|D打|G(?![a-zA-Z])|类(?:主|重)|代(?!表)|轮(?!毂|胎|机)|期(?:工程|项目)|号"
)
_SCALED = re.compile(r"税收|产值|收入|投资|资金|利润|利税|税|贷款|补助|奖励|罚款|工资|资产")
_INDEX = re.compile(
    r"指数|系数|[^占]比(?:值|例|重)?$|比$|比率|性能|强度|得分|评分|分值|浓度|pH|PH|模数|等级|熵值|品位|度$|值$|率$|量$"
)
_STRONG_WORDED = frozenset(
    [
        "吨",
        "公斤",
        "千克",
        "斤",
        "担",
        "亩",
        "公顷",
        "平方公里",
        "平方米",
        "立方米",
        "公里",
        "千米",
        "米",
        "元",
        "美元",
        "欧元",
        "港元",
        "千瓦",
        "千瓦时",
        "千伏安",
        "马力",
        "人",
        "名",
        "人次",
        "%",
        "‰",
        "倍",
        "番",
        "个百分点",
        "标准箱",
        "标箱",
        "桶",
        "兆瓦",
        "克",
    ]
)
_FOUND = re.compile(
    rf"(?:{either(['新增', '新建', '建成', '建立', '建设', '创建', '培育', '引进', '组建', '设立', '共有', '共', '达到', '达', '拥有', '现有', '有', '关闭', '淘汰', '取缔', '查处', '打造', '形成', '投产', '开工', '完成', '实施', '兼并', '扶持', '发展', '全国', '全省', '全市', '全区', '全县', '超过', '突破', '不少于', '不低于', '约', '近', '分别', '为', '增加到', '增至', '减少到', '减至', '压缩到', '压减到', '已', '扩建', '改造', '改建', '办', '引入', '落户', '认定', '获得', '评定', '由', '从', '的', '整合为', '整合成', '重组为', '组成', '支持', '布局', '规划建设', '推动', '促成', '新上', '上马', '撤销', '合并'])})$"
)
_WEAK_COUNTS = frozenset(
    [
        "个",
        "项",
        "种",
        "条",
        "次",
        "位",
        "面",
        "部",
        "门",
        "节",
        "股",
        "对",
        "张",
        "片",
        "口",
        "根",
        "支",
        "头",
        "件",
        "双",
        "团",
        "间",
        "副",
        "具",
        "款",
        "列",
        "卷",
        "群",
        "例",
    ]
)
_STRONG_FOUND = re.compile(
    r"(?:新增|新建|建成|共有|共|达到|培育|引进|创建|组建|设立|拥有|现有|关闭|建立|淘汰|突破|超过|增加到|增至|减少到|开工|投产|实施|完成|安排|建设|抓好|改造|扩建|续建|新上|动工|竣工)$"
)


_PURITY = re.compile(r"折(?:合)?[A-Za-z0-9]{1,8} ?$")
_PLANTS = frozenset("座台套家户艘辆所处架")
_MANNER = re.compile(
    r"方面|环节|阶段|层次|步骤|一批|百分|原则|方向|要素|字|维度|层面|关系|意识|自信|全面|坚持|确保|转变|重点任务|政策措施|措施"
)


def accepted(figure: Figure, left: str, right: str) -> bool:
    """Whether a figure states something, from the words directly around it."""
    if figure.sort != "time" and _ORDINAL.search(left) and not left.endswith("近"):
        return False
    if left[-1:] == "-" and left[-2:-1].isascii() and left[-2:-1].isalnum():
        return False
    if right.startswith(("+", "＋", "×")) or (_NAMED_AFTER.match(right) and figure.sort != "bare"):
        return False
    if figure.unit == "%" and _PURITY.search(left):
        return False
    if figure.unit == "种" and right.startswith(("有色", "常用有色")):
        return False
    if figure.sort == "measure":
        return _measure(figure, left, right)
    if figure.sort == "count":
        return _count(figure, left, right)
    if figure.sort == "time":
        return _time(figure, left, right)
    if figure.sort == "scaled":
        return bool(
            re.search(r"人口|人数", left[-14:]) or _SCALED.match(right) or _SCALED.search(left[-14:]) or figure.post
        ) and (not figure.worded or bool(re.search(r"人口|人数|职工", left[-14:])))
    return False


def _measure(figure: Figure, left: str, right: str) -> bool:
    if not figure.worded or figure.unit in ("%", "番"):
        return not (figure.unit == "%" and figure.worded and right[:1] in "的一" and left.endswith("第"))
    bare = figure.unit[len(figure.scale) :].split("/")[0]
    if bare not in _STRONG_WORDED:
        return bool(figure.scale) or bare.startswith(("吨", "公斤", "千克"))
    if bare in ("元", "人", "名", "米", "克", "斤", "担", "亩", "公里", "倍") and not figure.scale and figure.low < 10:
        return (bare == "倍" and not left.endswith("事")) or (
            bool(figure.post) and bare in ("米", "亩", "公里", "人", "名")
        )
    return True


def _count(figure: Figure, left: str, right: str) -> bool:
    if (
        figure.unit in ("位", "次", "面", "节", "部", "门", "股")
        and not figure.post
        and not figure.ranged
        and not _TIME_BOUND.search(left)
    ):
        return figure.unit in ("次", "部") and bool(_STRONG_FOUND.search(left)) and not left.endswith("前")
    if right.startswith("大") and right[:2] not in ("大型", "大中"):
        return False
    if _MANNER.match(right):
        return False
    if not figure.worded:
        return True
    if figure.more:
        return True
    if figure.unit in _PLANTS and right[:1] in ("，", "。", "；", "、") and re.search(r"[\u4e00-\u9fff]{2}$", left):
        return True
    if figure.low < 2 and not figure.post:
        return False
    if figure.unit in _WEAK_COUNTS and (figure.low <= 10 or figure.unit not in "个项种件" or left[-1:] in "“《新"):
        return bool((figure.post and figure.low > 2) or _STRONG_FOUND.search(left))
    return figure.low > 10 or bool(_FOUND.search(left) or figure.post)


def _time(figure: Figure, left: str, right: str) -> bool:
    if figure.unit == "日" and re.search(r"月$", left):
        return False
    if figure.unit in ("年", "日") and figure.low > 1000 and figure.scale == "":
        return False
    if figure.post in ("内", "以内", "之内") and right.startswith(("不再", "不予", "不得", "暂停", "禁止")):
        return True
    later = left.endswith("后") and not left.endswith(("今后", "此后", "以后"))
    if later and figure.post in ("内", "以内", "之内"):
        return True
    if left.endswith(("第", "近", "前", "过去", "未来", "今后", "后", "用", "每", "经过", "头", "这", "后面", "再用")):
        return False
    if figure.post in ("内", "以内", "之内"):
        if figure.unit != "年" and figure.unit != "周":
            return not left.endswith(("最近", "过去", "今后", "未来"))
        return bool(_TIME_MAY.search(left[-16:]) or _TIME_BOUND.search(left))
    if figure.post in _BOUNDS:
        return True
    return bool(_TIME_BOUND.search(left)) and not re.match(r"行动|计划|规划|来|间|期", right)


def bare_level(figure: Figure, left: str) -> bool:
    """Whether a number without a unit is a level of an index (指数达52以上, 由60提高到70)."""
    if figure.sort != "bare" or 1900 <= figure.low <= 2100 or (figure.ranged and figure.high > 10**6):
        return False
    if figure.ranged:
        return bool(re.search(r"(?:[pP][hH]值?|指数|系数|强度)(?:为|在|：|控制在|应为|应在)?$", left))
    if figure.post in _BOUNDS and re.search(r"(?:容积率|系数|指数|[^占]比|硅比|强度|pH值?)$", left):
        return True
    if not re.search(
        r"(?:达到?|到|至|为|由|从|超过|突破|不低于|高于|低于|不高于|不小于|不大于|大于|小于|在|≥|≤|>|<)$", left
    ):
        return False
    words = left[-30:]
    return bool(
        _INDEX.search(
            re.sub(
                r"(?:(?:提高|提升|增加|上升|降低|下降|减少|保持|控制|稳定|力争)?(?:达到?|到|至|为|由|从|超过|突破|不低于|高于|低于|不高于|不小于|不大于|大于|小于|在)|[≥≤<>])+$",
                "",
                words,
            )
        )
    ) or ("指数" in words or "系数" in words or "性能" in words)
