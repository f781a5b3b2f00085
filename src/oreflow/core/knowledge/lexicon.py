# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Words of the field: what only frames a question, what decides little, names of places and plan periods.

All in the one spelling of `folding`. The tables speak of the language of the field as such, of no document.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_FRAMING_WORDS = """
的 了 吗 呢 吧 啊 呀 么 是 在 有 和 与 及 或 还是 还 也 都 就 才 只 再 把 被 让 给 对 对于 关于 按 由 从 向 到 于 之 其 这 那 该 此 本 各
什么 哪 哪些 哪个 哪家 哪几 哪里 哪儿 谁 怎么 怎样 如何 怎么样 为什么 为何 多少 几 几个 几种 几年 多大 多高 多久
是否 能否 有没有 能不能 可不可以 可以 能 会 要 应 应该 需要 需 请 请问 问 一下 想 知道 告诉 我 我们 你 你们 说 说说 讲 看 查 查一下
一共 总共 大概 大约 左右 目前 现在 现状 情况 方面 问题 内容 相关 有关 具体 分别 其中 里 里面 中 上 下 内 外 前 后 之外 之后 之前 之间 期间 时候 时 末 底
做到 做 达到 到达 实现 形成 进行 开展 成为 属于 算 算是 拿到 得到 占了 等于 相当于 走 放 用 由谁来 几成 百分之几 点 个
公布 规定 要求 提出 计划 里头 以下 以上 几年内 年内 大 小 高 低 多 少 些 不 没 没有 无 好 可 来 去 以 为 所 而 但 则
压到 压 将 每 怎么走 才能 起 某 它 他 她 最 很 比 第 年 月 日
"""
FRAMING = frozenset(_FRAMING_WORDS.split())
_LIGHT_WORDS = """
法规 条例 规范 政策 规定 意见 合计 手段 叫 上限 下限 准备 好处 最新 主要 重点 过 超 规划 文件 比例 百分比 名单 清单 地方 地点 位置 门槛 标准 办法 措施 途径 方式 方法 范围 类型 种类 总量 总额 大小 规模 数值 名称 时间 年份 期限 程度
全市 全省 全县 全区 本市 我市 本省 我省 我国 当地 状况 打算 准备 作用 意义 原因 目标 产业 企业 发展 建设 项目 指标 实际 重点 制度 办法 情况 全国 国家 地区 行业 每年 一年 一吨 成立 水平 数量 数字 数据 预计 预期
需要 布局 使用 利用 生产 全部 以后 今后 将来 投入 公司 部门 单位 城市 哪家公司 最多 至少 最低 不得超过 超过 高于 低于 归 归口 新
"""
LIGHT = frozenset(_LIGHT_WORDS.split())

_PROVINCES = """
北京 Beijing 11|天津 Tianjin 12|河北 Hebei 13|山西 Shanxi 14|内蒙古 Inner-Mongolia 15|辽宁 Liaoning 21|吉林 Jilin 22|黑龙江 Heilongjiang 23
上海 Shanghai 31|江苏 Jiangsu 32|浙江 Zhejiang 33|安徽 Anhui 34|福建 Fujian 35|江西 Jiangxi 36|山东 Shandong 37|河南 Henan 41|湖北 Hubei 42
湖南 Hunan 43|广东 Guangdong 44|广西 Guangxi 45|海南 Hainan 46|重庆 Chongqing 50|四川 Sichuan 51|贵州 Guizhou 52|云南 Yunnan 53|西藏 Tibet 54
陕西 Shaanxi 61|甘肃 Gansu 62|青海 Qinghai 63|宁夏 Ningxia 64|新疆 Xinjiang 65|台湾 Taiwan 71|香港 Hong-Kong 81|澳门 Macao 82
""".strip()


def _provinces() -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for entry in _PROVINCES.replace("\n", "|").split("|"):
        name, english, code = entry.split()
        out[name] = (name, f"{code}0000")
        out[english.replace("-", " ").casefold()] = (name, f"{code}0000")
    return out


PROVINCES: Mapping[str, tuple[str, str]] = MappingProxyType(_provinces())

FIVE_YEAR_PLANS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "十五五": (2026, 2030), "十四五": (2021, 2025), "十三五": (2016, 2020), "十二五": (2011, 2015),
        "十一五": (2006, 2010), "十五": (2001, 2005),
    }
)  # fmt: skip

_FIELD = """
营业收入 主营业务收入 工业增加值 超指标 超计划 产业布局 综合利用率 综合利用 保有储量 从业人员 固体废物 废水 废气 钒钛 短流程 长流程 新材料 钒钛磁铁矿 钛精矿 铁精矿 硫钴精矿 锌精矿 钒制品 钒电池 海绵钛 钛白粉 钛白 钛锭 钛材 钛粉 高钛渣 富钛料 钒渣 钢渣 锰渣 赤泥 粗钢 生铁 钢材 铁合金 矿热炉
电弧炉 预焙槽 工业硅 硅锰合金 电解铝 氧化铝 电解锰 电解金属锰 再生铅 再生铝 铅锌 稀土矿 离子型稀土 轻稀土 冶炼分离 采选 采选冶 稀土氧化物 磁体 永磁体
石墨烯 负极材料 正极材料 磷酸铁锂 碳酸锂 氢能 气凝胶 焦炭 产能 产量 产值 总产值 增加值 亩均 税收 采矿权 探矿权 回收率 利用率 规上 规上企业 规模以上 专精特新
小巨人 能耗 电耗 新水 吨钢 负面清单 产能置换 主导产业 龙头企业 产业链 黑名单 部际协调 园区 开发区 经开区 高新区 普及率 利润率 炉床面积 生产性服务业
锌电解 商业储备 光伏 硅片 多晶硅 危险废物 排放限值 氨氮 关税 配额 开采量 开采总量 总量控制 智能工厂 数字化矿山 综合能耗 研发经费 研发投入 初级原料 联合考核
贸易企业 冶炼加工 电价 直购电 土地 用地 尾矿库 炼钢 炼铁 铁矿石 锰矿 铝土矿 锂矿 钨矿 磷矿石 镁砂 低品位矿 表外矿
"""
FIELD_WORDS = tuple(_FIELD.split())
