# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Sentences of many phrasings with the statements they hold: `comparator value unit year kind`, `;` between.

`-` is an absent unit, year or kind to leave open; a range is `low..high`; `none` means no statement. Each family is read under a heading
of its context: `goal`, `past`, `task`, `list` (a negative list), `entry` (entry conditions) or `old` (a plan of 1981-1985).
"""

from __future__ import annotations

from typing import NamedTuple


class Variation(NamedTuple):
    """A sentence, the context it stands in, and what is to be read."""

    family: str
    context: str
    text: str
    expected: str


HEADS = {
    "goal": "示例省有色金属工业发展规划（2021—2025年）\n\n二、发展目标\n",
    "past": "示例省有色金属工业发展规划（2021—2025年）\n\n一、发展现状\n",
    "task": "示例省有色金属工业发展规划（2021—2025年）\n\n三、主要任务\n",
    "list": "示例省有色金属工业发展规划（2021—2025年）\n\n四、产业准入负面清单\n",
    "entry": "示例行业规范条件\n\n二、工艺与装备\n",
    "old": "示例省冶金工业第六个五年计划（1981—1985年）\n\n二、奋斗目标\n",
}

_TABLE = """
# levels
goal|到2025年，全省十种有色金属产量达到520万吨。|= 520 万吨 2025 target
goal|到2025年，规模以上工业总产值突破3000亿元。|> 3000 亿元 2025 target
goal|力争2025年主营业务收入超过1200亿元。|> 1200 亿元 2025 target
goal|2025年末，电解铝产能控制在300万吨以内。|<= 300 万吨 2025 target
goal|到2025年，粗钢产量不超过2000万吨。|<= 2000 万吨 2025 target
goal|到2025年，单位产品综合能耗降至0.35吨标准煤以下。|<= 0.35 吨标准煤 2025 target
goal|到2025年，研发投入强度达到2.5%左右。|~ 2.5 % 2025 target
goal|到2025年，再生铝占比达到30%以上。|>= 30 % 2025 target
goal|至2025年，累计建成绿色矿山不少于40座。|cumulative 40 座 2025 target
goal|到2025年，力争形成2家以上营业收入超100亿元的企业集团。|>= 2 户 2025 target; > 100 亿元 2025 -
goal|到“十四五”末，稀土功能材料就地转化率达到80%。|= 80 % 2025 target
goal|“十四五”末，规上企业数量达到260家左右。|~ 260 户 2025 target
goal|到2025年全员劳动生产率提高到60万元/人。|= 60 万元/人 2025 target
goal|到2025年，数字化研发设计工具普及率达85%，关键工序数控化率达70%。|= 85 % 2025 target; = 70 % 2025 target
goal|到2025年，锂电材料产能约50万吨/年。|~ 50 万吨/年 2025 target
goal|到2025年，产业规模接近5000亿元。|~ 5000 亿元 2025 target
goal|到2025年，至少建成5个省级创新平台。|>= 5 个 2025 target
goal|到2025年，钛白粉年产能稳定在100万吨。|= 100 万吨/年 2025 target
goal|到2025年，工业固废综合利用率≥65%。|>= 65 % 2025 target
goal|到2025年，水重复利用率＞96％。|> 96 % 2025 target
goal|到2025年，石墨负极材料产量达30余万吨。|> 30 万吨 2025 target
goal|到2025年，带动就业10万人以上。|>= 10 万人 2025 target
# change, rate, cumulative
goal|到2025年，单位工业增加值能耗比2020年下降18%。|change 18 % 2025 target
goal|到2025年，单位工业增加值用水量较2020年降低16%以上。|change 16 % 2025 target
goal|“十四五”期间，规模以上工业增加值年均增长7.5%左右。|rate 7.5 % 2025 target
goal|工业增加值年均增速保持在8%以上，到2025年达到900亿元。|rate 8 % 2025 target; = 900 亿元 2025 target
goal|五年间研发经费年均增长不低于12%。|rate 12 % 2025 target
past|2020年，全省有色金属工业实现营业收入2180亿元，同比增长9.3%。|= 2180 亿元 2020 actual; rate 9.3 % 2020 actual
past|2020年利润总额86.5亿元，比上年下降4.2%。|= 86.5 亿元 2020 actual; rate 4.2 % 2020 actual
past|“十三五”期间，累计淘汰落后产能120万吨。|cumulative 120 万吨 2020 actual
past|“十三五”时期，全省累计完成投资480亿元，年均增长11.2%。|cumulative 480 亿元 2020 actual; rate 11.2 % 2020 actual
past|2019年压减粗钢产能260万吨、生铁产能180万吨。|change 260 万吨 2019 actual; change 180 万吨 2019 actual
past|2020年新增发明专利320件。|change 320 件 2020 actual
goal|到2025年，能耗强度累计下降14.5%。|cumulative 14.5 % 2025 target
goal|高端产品占比提高5个百分点，2025年达到40%。|change 5 个百分点 2025 target; = 40 % 2025 target
goal|到2025年，产值比2020年翻一番。|change 1 番 2025 target
goal|到2025年，主要产品单耗再降10%。|change 10 % 2025 target
past|与2015年相比，2020年吨铝电耗减少260千瓦时。|change 260 千瓦时/吨 2020 actual
goal|2021—2025年，规上工业总产值平均每年递增9%。|rate 9 % 2025 target
# from and to
past|“十三五”以来，铜冶炼综合回收率由95.2%提高到97.6%。|= 95.2 % - actual; = 97.6 % 2020 actual
past|规上企业数由2015年的210家增加到2020年的285家。|= 210 户 2015 actual; = 285 户 2020 actual
goal|到2025年，钒、钛资源综合利用率分别由44%、29%提高到50%、35%。|= 44 % 2020 actual; = 29 % 2020 actual; = 50 % 2025 target; = 35 % 2025 target
past|电解铝产能从2015年的430万吨压减至2020年的310万吨。|= 430 万吨 2015 actual; = 310 万吨 2020 actual
past|2020年，铅、锌、铜冶炼能力分别为40万吨、65万吨和30万吨。|= 40 万吨 2020 actual; = 65 万吨 2020 actual; = 30 万吨 2020 actual
past|2020年，铝、铜、锌产量分别占全国的12%、8%和15%。|= 12 % 2020 actual; = 8 % 2020 actual; = 15 % 2020 actual
goal|到2025年，采矿、选矿、冶炼回收率分别达到92%、88%、97%以上。|>= 92 % 2025 target; >= 88 % 2025 target; >= 97 % 2025 target
past|集中度从“十二五”末的45%提升到“十三五”末的62%。|= 45 % 2015 actual; = 62 % 2020 actual
# ranges
goal|到2025年，培育3—5家链主企业。|between 3..5 户 2025 target
goal|到2025年，建成2～3个千亿级产业集群。|between 2..3 个 2025 target
goal|到2025年，产能利用率保持在80%-85%。|between 80..85 % 2025 target
goal|到2025年，形成10万至15万吨高纯石墨生产能力。|between 10..15 万吨 2025 target
goal|年均增长6%~8%，2025年产值达到400亿元。|rate 6..8 % 2025 target; = 400 亿元 2025 target
list|有效容积400立方米以上1000立方米以下的高炉。|between 400..1000 立方米 - threshold
list|公称容量大于30吨、小于100吨的转炉。|- - - - -
# thresholds: lists
list|180平方米以下烧结机。|< 180 平方米 - threshold
list|单系列10万吨/年规模以下锌冶炼项目。|< 10 万吨/年 - threshold
list|30吨及以下炼钢电弧炉。|<= 30 吨 - threshold
list|2×3万千伏安以下矿热电炉。|< 3 万千伏安 - threshold
list|容量<2×1.25万千伏安的硅铁电炉。|< 1.25 万千伏安 - threshold
list|日处理矿石300吨（不含）以下的选矿厂。|< 300 吨/日 - threshold
list|电耗高于12000千瓦时/吨的工业硅电炉。|> 12000 千瓦时/吨 - threshold
list|原料自给率不足50%的独立氰化项目。|< 50 % - threshold
list|160kA以下预焙槽。|< 160 kA - threshold
list|年处理砂金矿砂30万（不含）立方米以下的项目。|< 30 万立方米 - threshold
# thresholds: conditions
entry|新建锂盐项目生产规模不得低于2万吨/年。|>= 2 万吨/年 - threshold
entry|钒钛磁铁矿选矿回收率不低于70%。|>= 70 % - threshold
entry|吨产品综合能耗不高于1.5吨标准煤。|<= 1.5 吨标准煤/吨 - threshold
entry|水循环利用率应达到95%以上。|>= 95 % - threshold
entry|焙烧炉炉床面积须达到109平方米及以上。|>= 109 平方米 - threshold
entry|吨钢新水消耗小于3.6立方米。|< 3.6 立方米/吨 - threshold
entry|颗粒物排放浓度≤10mg/m3。|<= 10 mg/立方米 - threshold
entry|项目资本金比例不低于40%，土地投资强度不低于300万元/亩。|>= 40 % - threshold; >= 300 万元/亩 - threshold
entry|现有企业应在2年内完成改造。|<= 2 年 - threshold
entry|矿山服务年限不少于10年。|>= 10 年 - threshold
entry|电流效率必须大于92%，直流电耗低于13000千瓦时/吨。|> 92 % - threshold; < 13000 千瓦时/吨 - threshold
entry|离子型稀土矿开采规模不得少于500吨（REO）/年。|- - - - -
entry|石墨化工序电耗不应高于11000kWh/t。|<= 11000 千瓦时/吨 - threshold
entry|企业研发人员占比不得少于5%。|>= 5 % - threshold
task|园区主导产业不超过3个，投资强度不低于250万元/亩。|<= 3 个 - threshold; >= 250 万元/亩 - threshold
# projects
task|加快推进示例公司年产10万吨磷酸铁锂项目建设。|= 10 万吨/年 - other
task|启动建设30万吨高纯氧化铝项目。|= 30 万吨 - other
task|示例矿业1500t/d选矿技改项目。|= 1500 吨/日 - other
task|续建4×33000kVA矿热炉工程。|= 33000 千伏安 - other
task|推进示例铝业年产200万只铝合金轮毂生产线建设。|= 200 万只 - other
# written numbers and old styles
old|到一九八五年，钢产量达到三百五十万吨。|= 350 万吨 1985 target
old|到1985年，有色金属产量比1980年增长百分之四十。|change 40 % 1985 target
old|五年内铁合金产量平均每年递增百分之六点五。|rate 6.5 % 1985 target
old|到1985年工农业总产值翻一番。|change 1 番 1985 target
old|一九八五年吨钢综合能耗降到一点五吨标准煤以下。|<= 1.5 吨标准煤/吨 1985 target
old|1985年新产品产值占总产值的三分之一。|- - - - -
old|五年合计新增炼铁能力一百二十万吨。|cumulative 120 万吨 1985 target
old|到1985年，建成年产五万吨电解铝厂两座。|- - - - -
old|1985年实现利税十二亿五千万元。|= 12.5 亿元 1985 target
old|到1985年，质量稳定率达到百分之八十五以上。|>= 85 % 1985 target
old|五年共安排基本建设投资２８．６亿元。|cumulative 28.6 亿元 1985 target
old|1985年生铁产量达到１２０万吨。|= 120 万吨 1985 target
old|1985年入炉焦比降到5·8公斤以下。|- - - - -
old|到1985年，铝锭产量达到 1 2 . 5 万吨。|= 12.5 万吨 1985 target
old|1985年节约标准煤三十万吨左右。|change 30 万吨 1985 target
old|80年全省产钢210万吨。|= 210 万吨 1980 actual
past|2O20年粗钢产量达到85O万吨。|= 850 万吨 2020 actual
# counts
past|2020年末，全省共有稀土企业46家，从业人员2.3万人。|= 46 户 2020 actual; = 2.3 万人 2020 actual
past|2020年，建成国家级绿色工厂12家、省级绿色园区6个。|= 12 户 2020 actual; = 6 个 2020 actual
past|2020年拥有专精特新“小巨人”企业28户。|= 28 户 2020 actual
past|全省80%以上的矿山达到绿色标准。|>= 80 % 2020 actual
goal|到2025年，新增上市公司5家。|- 5 户 2025 target
goal|到2025年，引进高层次人才1000名以上。|>= 1000 名 2025 target
goal|到2025年，建成国家级企业技术中心十五家。|= 15 户 2025 target
# money and units
past|2020年实现税收38.6亿元人民币，出口12.8亿美元。|= 38.6 亿元 2020 actual; = 12.8 亿美元 2020 actual
past|2020年发电量达1280亿kWh。|= 1280 亿千瓦时 2020 actual
past|2020年规上企业亩均税收12.5万元。|= 12.5 万元/亩 2020 actual
past|2020年，全市水电装机容量1250万千瓦。|= 1250 万千瓦 2020 actual
past|园区规划面积58.6平方公里，其中建成区21.3km2。|= 58.6 平方公里 2020 actual; = 21.3 平方公里 2020 actual
past|2020年万元工业增加值能耗1.26吨标准煤。|= 1.26 吨标准煤/万元 2020 actual
past|铁矿保有资源储量96.8亿吨，平均品位28.5%。|= 96.8 亿吨 2020 actual; = 28.5 % 2020 actual
past|2020年，高新技术企业研发投入占营业收入比重为3.2%。|= 3.2 % 2020 actual
past|2020年稀土氧化物产量1.32万吨（REO）。|= 1.32 万吨 2020 actual
past|2020年货物吞吐量2,350万吨。|= 2350 万吨 2020 actual
past|截至2020年底，累计授权专利1.2万余件。|cumulative 1.2 万件 2020 actual
past|电池级碳酸锂产能占全国的1/3以上。|- - - - -
past|目前，全市工业用电价格0.36元/千瓦时。|= 0.36 元/千瓦时 2020 actual
# inherited years
goal|到2025年，产业结构明显优化。先进钢材占比达到60%。|= 60 % 2025 target
goal|资源综合利用率达到75%，尾矿利用率大于30%。|= 75 % 2025 target; > 30 % 2025 target
goal|主要污染物排放总量减少10%。|change 10 % 2025 target
past|2018年，全省铝加工材产量150万吨，铜加工材产量60万吨。|= 150 万吨 2018 actual; = 60 万吨 2018 actual
goal|2023年达到300亿元，2025年达到500亿元，2030年突破1000亿元。|= 300 亿元 2023 target; = 500 亿元 2025 target; > 1000 亿元 2030 target
# no statements
goal|大力发展3D打印、5G和工业互联网。|none
goal|推进“1+3+6”产业布局和“一县一园”建设。|none
goal|落实国发〔2016〕42号文件和工信部公告2020年第6号。|none
goal|按照GB 18599-2020和HJ 2025—2012执行。|none
goal|联系电话：0812-3331234，邮编617000。|none
goal|2021年3月15日发布，自2021年4月1日起施行。|none
goal|根据第12条和第三十五条的规定执行。|none
goal|见表1—1和图4-2。|none
goal|第三章第二节第1条另有规定的从其规定。|none
goal|实施三年行动计划，深化五大行动。|none
goal|世界500强、中国企业500强落户园区。|none
goal|推广CO2捕集、V2O5提纯和SO2治理技术。|none
goal|一是加强领导，二是完善机制，三是强化考核。|none
goal|牢固树立四个意识，坚定四个自信。|none
task|支持牌号HRB335、HPB235等产品升级。|none
task|近年来，产业取得长足发展，进入新阶段。|none
task|加快5G、TD-LTE与IPv6融合应用。|none
task|十九大报告提出了新要求。|none
task|贯彻二十大精神和十三届全国人大四次会议决定。|none
task|落实“三线一单”和“两山”理论。|none
task|依托S214省道和G5高速公路布局。|none
task|每年第一季度组织一次检查。|none
# word order, brackets, links
goal|钒制品产能达到（折合V2O5）7万吨，2025年实现全部内销。|= 7 万吨 2025 target
goal|2025年目标：产值800亿元、税收40亿元、就业5万人。|= 800 亿元 2025 target; = 40 亿元 2025 target; = 5 万人 2025 target
goal|形成海绵钛6万吨/年、钛锭5万吨/年、钛材3万吨/年的生产能力。|= 6 万吨/年 2025 target; = 5 万吨/年 2025 target; = 3 万吨/年 2025 target
goal|到2025年，年产铁精矿3000万吨、钛精矿600万吨。|= 3000 万吨/年 2025 target; = 600 万吨/年 2025 target
goal|培育龙头企业2家、骨干企业8家。|= 2 户 2025 target; = 8 户 2025 target
goal|创新投入持续加大，2025年R&D经费占比达到2.8%以上。|>= 2.8 % 2025 target
past|我省钒储量占世界总储量的36.4%，居世界第一位。|= 36.4 % 2020 actual
past|产量占全国总产量的60%以上，出口到30多个国家。|>= 60 % 2020 actual; > 30 个 2020 actual
goal|确保到2025年基本消除劣V类水体，森林覆盖率稳定在45%以上。|>= 45 % 2025 target
goal|到2025年，亩均税收达到15万元、亩均产值达到300万元。|= 15 万元/亩 2025 target; = 300 万元/亩 2025 target
past|2020年，全市GDP完成1040.82亿元，工业增加值479.06亿元，占GDP的46.03%。|= 1040.82 亿元 2020 actual; = 479.06 亿元 2020 actual; = 46.03 % 2020 actual
past|2020年全社会研发投入强度为1.82，低于全国平均水平0.58个百分点。|- - - - -
# batteries, graphite, lithium
entry|单体电池能量密度≥180Wh/kg，循环寿命≥1000次且容量保持率≥80%。|>= 180 Wh/公斤 - threshold; >= 1000 次 - threshold; >= 80 % - threshold
entry|研发经费不低于当年主营业务收入的3%。|>= 3 % - threshold
entry|吨铝直流电耗不大于12500千瓦时。|<= 12500 千瓦时/吨 - threshold
entry|阳极毛耗低于500千克/吨铝，氧化铝综合能耗低于380千克标准煤/吨。|< 500 千克/吨 - threshold; < 380 千克标准煤/吨 - threshold
entry|矿热炉容量≥25000千伏安，元素回收率92%以上。|>= 25000 千伏安 - threshold; >= 92 % - threshold
entry|天然石墨提纯项目年产能不低于2万吨，含碳量不小于99.9%。|>= 2 万吨/年 - threshold; >= 99.9 % - threshold
entry|卤水提锂收率应达到70%以上，矿石提锂收率应达到85%以上。|>= 70 % - threshold; >= 85 % - threshold
entry|自检发现问题的，应在30个工作日内整改。|<= 30 个工作日 - threshold
entry|海绵钛还原蒸馏电耗不高于5500千瓦时/吨，镁单耗低于25公斤。|<= 5500 千瓦时/吨 - threshold; < 25 公斤 - threshold
# quotas and notices
task|2022年第一批稀土开采、冶炼分离总量控制指标分别为100800吨、97200吨。|= 100800 吨 2022 target; = 97200 吨 2022 target
task|对符合条件的项目给予最高不超过500万元补助。|<= 500 万元 - threshold
task|按设备投资额的10%给予补助，单个项目不超过300万元。|- - - - -
# steel
past|2015年粗钢产能利用率不到70%，行业亏损645亿元。|< 70 % 2015 actual; = 645 亿元 2015 actual
goal|到2025年，前10家钢铁企业产业集中度达到60%以上，电炉钢产量占比提升至15%以上。|>= 60 % 2025 target; >= 15 % 2025 target
goal|压减粗钢产能1亿—1.5亿吨，2025年产能利用率达到80%。|change 1..1.5 亿吨 2025 target; = 80 % 2025 target
goal|吨钢综合能耗降低2%以上，吨钢二氧化硫排放量控制在0.68千克以内。|change 2 % 2025 target; <= 0.68 千克/吨 2025 target
past|2020年钢材出口5367万吨，进口2023万吨。|= 5367 万吨 2020 actual; = 2023 万吨 2020 actual
# odd spellings
goal|到 2025 年 ， 钒 产 品 产 量 达 到 6 . 5 万 吨 。|= 6.5 万吨 2025 target
goal|到２０２５年，钛材产量达到３．５万吨以上。|>= 3.5 万吨 2025 target
goal|到2025年，氧化铝产量達到500萬噸。|= 500 万吨 2025 target
goal|到2025年，锰系材料产值达3·2亿元。|= 3.2 亿元 2025 target
goal|到2025年，产值达到1，200亿元。|- - - - -
past|2020年末从业人员约二点六万人。|~ 2.6 万人 2020 actual
old|六五期间新增铁矿开采能力六百万吨，新增选矿能力四百五十万吨。|cumulative 600 万吨 1985 target; cumulative 450 万吨 1985 target
old|到1985年，煤炭产量增加到六千五百万吨，发电量增加到一百五十亿度。|- - - - -
old|一九八〇年全省有县以上冶金企业一百二十户，职工十八万人。|= 120 户 1980 actual; = 18 万人 1980 actual
old|到1985年人均产钢达到三点五吨。|- - - - -
old|到1985年粮食亩产提高到八百斤。|- - - - -
old|1985年新产品要占百分之二十到百分之三十。|between 20..30 % 1985 target
# projects with money
task|实施示例园区标准厂房项目，总投资12.5亿元，占地300亩。|= 12.5 亿元 - other; = 300 亩 - other
task|建设2×30万千瓦热电联产机组。|= 30 万千瓦 - other
# sums and shares
past|2020年出口额占全省的四成，民营企业占比超六成。|= 40 % 2020 actual; > 60 % 2020 actual
past|全市八个园区中有3个产值超百亿元。|- - - - -
goal|到2025年，战略性新兴产业增加值占规上工业增加值比重超过20%。|> 20 % 2025 target
goal|到2025年，R&D人员折合全时当量达到1.5万人年。|= 1.5 万人年 2025 target
goal|到2025年，高新技术企业数量实现翻番。|change 1 番 2025 target
goal|单位工业增加值能耗五年累计下降13.5%。|cumulative 13.5 % 2025 target
# learnt from whole texts
past|2020年炼铁产能2.67亿吨、炼钢产能2.86亿吨，分别占全国的27.3%和26.5%。|= 2.67 亿吨 2020 actual; = 2.86 亿吨 2020 actual; = 27.3 % 2020 actual; = 26.5 % 2020 actual
past|2020年收入680亿元，利润42亿元，分别比2015年增长35.2%和28.6%。|= 680 亿元 2020 actual; = 42 亿元 2020 actual; change 35.2 % 2020 actual; change 28.6 % 2020 actual
past|2020年吨钢利润仅62元，资产负债率超过70%。|= 62 元/吨 2020 actual; > 70 % 2020 actual
entry|涂覆厚度和长度的测量精度分别不低于2μm和1mm。|- 2 μm - threshold; - 1 毫米 - threshold
entry|横向拉伸强度≥10MPa，穿刺强度≥0.133N/μm，水含量≤20ppm。|>= 10 MPa - threshold; >= 0.133 N/μm - threshold; <= 20 ppm - threshold
entry|废水中悬浮物≤70mg/L，pH值6～9，氟化物不得高于10毫克/升。|<= 70 mg/L - threshold; between 6..9 - - threshold; <= 10 毫克/升 - threshold
old|粮食产量，1985年达到3.6亿吨，比1980年增长12.3%。|= 3.6 亿吨 1985 target; change 12.3 % 1985 target
old|人口自然增长率控制在千分之十三以下，总人口控制在十亿六千万左右。|<= 13 ‰ 1985 target; ~ 10.6 亿人 1985 target
old|万元产值能耗由八点四吨标准煤降低到六点九吨。|= 8.4 吨标准煤/万元 1980 actual; = 6.9 吨标准煤/万元 1985 target
old|钢产量达到一百五十万至一百八十万吨，发电量达到三千六百二十亿度。|between 150..180 万吨 1985 target; = 3620 亿度 1985 target
task|2022年全面关停400立方米及以下炼钢用高炉、30吨及以下转炉。|<= 400 立方米 2022 threshold; <= 30 吨 2022 threshold
goal|到2025年，形成700万吨钢、6万吨V2O5、60万吨钛白粉的综合生产能力。|= 700 万吨 2025 target; = 6 万吨 2025 target; = 60 万吨 2025 target
goal|焦炉煤气制LNG 5000万m3/年，2025年建成。|= 5000 万立方米/年 2025 target
"""


def _read(table: str) -> tuple[Variation, ...]:
    out, family = [], ""
    for line in table.strip().splitlines():
        if line.startswith("#"):
            family = line[1:].strip()
        elif line:
            context, text, expected = line.split("|")
            if not expected.startswith("- - -"):
                out.append(Variation(family, context, text, expected))
    return tuple(out)


VARIATIONS = _read(_TABLE)
