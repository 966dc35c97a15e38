"""The words that plans, notices and statutes set figures with, as patterns; pure.

They are words of the genre, not of any one document: the comparators of the Technical Norms for
Legislation (Legislative Affairs Commission of the NPC Standing Committee, 2009) and of the Civil
Code, article 1259; the verbs that open a task and the measures that a figure is of, as the
five-year plans of the State and their tables of main indicators use them.
"""

from __future__ import annotations

import re

from corpus.endings import Ending, last_characters

COMPARATORS = {
    "不低于": (
        "不得低于|不得少于|不得小于|不应低于|不应少于|不应小于|不能低于|不能少于|不低于|不少于|不小于|"
        "达到或超过|达到或者超过|至少达到|至少为|至少|最低|最少"
    ),
    "不超过": (
        "最高不超过|最多不超过|最长不超过|封顶|不得超过|不得大于|不得高于|不得多于|不应超过|不应大于|不应高于|不能超过|"
        "不超过|不高于|不大于|不多于|控制在|限制在|最高|最多|最长|最晚|最迟|至多"
    ),
    "高于": "超过|突破|高于|大于|多于|优于|超|逾",
    "低于": "低于|小于|少于",
    "左右": "大约|约",
    "达到": (
        "达到|达|提高到|提高至|提升到|提升至|增加到|增加至|增长到|增长至|增至|升至|升到|上升到|上升至|"
        "扩大到|扩大至|扩展到|恢复到|降至|降到|降低到|降低至|下降到|下降至|减少到|减少至|减至|压减到|压减至|"
        "压降到|压降至|压缩到|压缩至|缩短到|缩短至|缩小到|缩小至|保持在|稳定在|维持在|保持|稳定|晋升为"
    ),
    "等于": "为|占",
}
"""Normal comparators with the words that stand for them, before a figure."""

_CHANGES = "增长|增加|提高|提升|上升|下降|降低|减少|压减|压降|压缩|缩短|缩减|缩小|新增"
_STRONG = {word: normal for normal, words in COMPARATORS.items() for word in words.split("|")}
_BY_LENGTH = "|".join(sorted(_STRONG, key=len, reverse=True))
COMPARATOR_END = Ending(rf"(?P<comparator>{_BY_LENGTH})", last=last_characters(_BY_LENGTH), width=8)
_BASES = "的|总额|总数|总量|收入|工资|水平|基数|标准|面积|人数|户数"
COMPARATOR_AND_BASE_END = Ending(
    r"(?P<comparator>不得低于|不得少于|不低于|不少于|不得超过|不得高于|不超过|不高于|最高不超过|控制在|超过|高于|低于|达到|相当于)"
    rf"(?P<base>[\u4e00-\u9fff“”]{{2,24}}?(?:{_BASES}))",
    last=last_characters(_BASES),
    width=40,
)
CHANGE_END = Ending(rf"(?P<change>{_CHANGES})", last=last_characters(_CHANGES), width=4)
NORMAL_COMPARATOR = {**_STRONG, "相当于": "等于"}

TASKS = (
    "建设|建成|建立|组建|筹建|新建|改建|扩建|改扩建|建强|共建|创建|争创|创成|新增|增加|增设|增配|设立|设置|"
    "开设|配备|配置|配建|打造|培育|培养|引进|引育|招引|招聘|招录|选拔|选派|选树|遴选|评选|选取|认定|认证|"
    "评定|完成|实施|开展|组织|举办|承办|发布|推出|推广|制定|修订|出台|编制|培训|改造|整治|治理|淘汰|关停|"
    "取缔|拆除|扶持|支持|推进|加强|攻关|优化|开工|开通|发放|资助|帮扶|救助|抽检|抽查|检查|处置|签约|孵化|"
    "落地|入选|留用|投入|安排|补助|奖励|给予|筹集|归集|汇聚|开放|共享|登记|新登记|采集|办好|办理|确定|提供|"
    "申报|获得|获批|惠及|带动|选派|召开|通报|举行|接待|吸引|栽植|种植|栽培|修复|疏浚|铺设|架设|安装|更新|购置|储备|调解|受理|化解|排查|整改|创作"
)
_ADVERB_BEFORE_TASK = (
    "再|共|累计|牵头|联合|公开|重点|至少|新|全力|集中|统一|持续|继续|积极|加快|还|各|均"
)
_ONE_TASK = rf"(?>{_ADVERB_BEFORE_TASK}){{0,2}}(?:{TASKS})"
TASK = rf"(?:{_ONE_TASK}[并、和或]?){{0,3}}{_ONE_TASK}"
TASK_END = Ending(
    rf"(?P<task>{TASK})(?:了|出|好)?", last=last_characters(f"{TASKS}|了|出|好"), width=24
)
TASK_FIRST = re.compile(rf"(?P<task>{TASK})(?P<object>[\u4e00-\u9fff“”A-Za-z\d（(].+)$")

_MODAL = (
    "力争|争取|争|确保|保证|努力|预计|计划|逐步|逐年|稳步|持续|动态|基本|总体|整体|全部|全面|平均|(?<![年生户])均|都|分别|普遍|"
    "原则上|一般|(?<!相)应当|必须|(?<!相)应|须|需要|需|要|将|可以|可|能够|能|再|还|一律|总共|共计|合计|累计|实际|"
    "进一步|有望|稳定|至少|不断|每|各|有|只|仅|已|首批|首期|第[一二三]批|以[^，]{1,8}为单位"
)
_MASK = r"[\x01\x02\s]"
ADVERBS_END = Ending(
    rf"(?>{_MODAL}|{_MASK})+", last=last_characters(_MODAL) | set("\x01\x02 \t\u3000"), width=60
)
_LEADING = (
    "力争|争取|确保|保证|努力|逐步|逐年|稳步|积极|进一步|持续|不断|切实|有效|加快|全面|大力|推动|促进|带动|引导|"
    "鼓励|支持|使得|使(?![用命领馆])|让|把|将|实现|保持|其中|同时|并且|而且|并|且|但是|但|到|要|应当|应(?![急用付收届对激邀聘])|由|在|从|为(?=[县市区每各])"
)
LEADING = re.compile(rf"(?>{_MASK}|[、“”：:](?![\u4e00-\u9fff]{{1,8}}”)|{_LEADING})+")
LEADING_MODAL = re.compile(rf"(?>{_MASK}|[、]|{_MODAL}|其中|同时|并且|并|且|以及|及|和|与)+")

MEASURE_END = re.compile(
    r"(?:率|比例|比重|占比|比率|比|数|数量|量|总量|额|总额|余额|额度|值|产值|增加值|水平|面积|规模|时间|时长|时限|期限|"
    r"次数|天数|年限|浓度|指数|得分|成绩|成本|费用|费率|收入|支出|能力|满意度|强度|速度|增速|里程|长度|高度|素养|"
    r"装机|标准|津贴|补贴|经费|资金|薪酬|工资|等级|级别|分级|期|寿命|密度|岁|龄|床位)$"
)
_BODIES = (
    "医院|保健院|护理院|卫生院|卫生室|卫生站|服务站|服务中心|医疗机构|卫生机构|服务机构|机构|疾控中心|学校|幼儿园|中小学|小学|初中|"
    "高中|中学|高校|大学|学院|企业|公司|园区|开发区|景区|集团|县区|市县|乡镇|行政村|建制村|街道|部门|单位|政府|机关|"
    "委员会|领域|行业|地区|山区|市区|县城|城区|养老院|福利院|图书馆|[市县区级]财政"
)
_ALL_OF = r"(?:全[省市县区州盟旗国]|我[省市县区州]|[省市县区州]域内?)"
BODY_FIRST = re.compile(
    rf"(?P<subject>(?:{_ALL_OF})?[^的，；]{{0,36}}?(?:{_BODIES})(?!内|间|生|外|级|人口|毕业|收入|采购|投资|债务|阶段|学历))(?P<indicator>[^，；]{{3,}})$"
)
ALL_OF_FIRST = re.compile(r"(?P<subject>全[省市县区州盟旗国]|我[省市县区州])(?P<indicator>.{2,})$")
_PEOPLE = "教师|医师|护士|干部|学生|人员|职工|农村|城镇|城市|居民|人群"
BODY_END = re.compile(
    rf"(?:{_BODIES}|{_PEOPLE}|[每各其他][^，]{{0,8}}[县市区乡镇村校院（）()、]+|[县区市]|领域|系统)$"
)
PER_FIRST = re.compile(r"(?:每[千万百十个亿]|人均|户均|单位(?!的)|生均|亿元|\d)")
"""An indicator that opens like this is a rate of its own and names no subject."""

PREDICATE = (
    "达到|达|实现|建成|建立|设立|设置|设有|配备|配齐|通过|完成|开展|提供|拥有|具备|参加|晋升|纳入|用于|创建|成为|"
    "获得|取得|接受|覆盖|建有|进入|普及"
)
SHARE = re.compile(
    rf"{_MASK}*的?(?P<body>[^，；、达]{{2,24}}?){_MASK}*(?P<predicate>(?:力争|均|全部|基本|普遍|应当)*"
    rf"(?P<did>(?:{PREDICATE}).{{2,40}}?))$"
)
SHARE_WITHOUT_BODY = re.compile(rf"(?P<did>(?:{PREDICATE})[^，；]{{2,40}})$")
RIGHT_END = re.compile(
    rf"{_MASK}*(?:$|[、）)”」]|[和与及或](?=[^，；]{{0,24}}\d)|的(?:目标|标准|要求|水平|规模|比例))(?!\w*医院)"
)
STANDARD = re.compile(
    rf"的(?:标准|比例|额度|幅度)(?P<task>{TASK})?(?P<object>(?![、和与及或，])[^，；]{{2,20}})"
)
NOUN_STOP = re.compile(
    r"(?:作为|参与|到(?![位达])|达到|完成|实现|通过|获得|入选|试点|承担|用于|进行|纳入|加强|晋升|落户|投产|投入|"
    r"[、和与及](?:至少|不少于|不低于|约)?\d|、[^，；]{0,12}\d|以上|以下)"
)

FINE = re.compile(r"罚款|有期徒刑|拘役|拘留|违法所得|货值金额|行政处罚|赔偿")
FINE_BEFORE = re.compile(r"处以?$|罚$|并处$")
_NOT_YET = "未|尚未|不足|不满|没有"
NOT_YET = Ending(rf"(?:{_NOT_YET})", last=last_characters(_NOT_YET), width=4)
PRESENT = re.compile(r"现有|共有|目前|截至|已有|已建|原有|现已|整合|依托|包括|分为|围绕")

COVERED = re.compile(
    r"(?P<all>全覆盖|全面覆盖)|(?P<none>动态清零|清零|“?零”?发生”?)|翻(?P<double>[一两二三])番"
)
GRADE = re.compile(
    r"(?:达到|达|晋升为|晋升至|晋升到|升格为|升级为|升至|创建成为?|创建为|创建|争创为?|创成|评定为)“?"
    r"(?P<grade>[一二三]级[特甲乙丙]等?|[一二三]级(?:[一二三]类)?(?=[^，。；、]{0,6}(?:医院|标准|水平))|[3-5]A级)”?(?P<tail>[^，。；、]{0,24})"
)
REVIEWED = re.compile(
    r"通过(?P<what>[^，。；、\d]{0,16}?)(?P<figure>[1-8])级(?:评审|评价|认证|测评|验收)"
)
