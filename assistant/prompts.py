"""Every sentence that the assistant says of itself, and every prompt, as named constants."""

NOT_IN_CORPUS = "未收录：资料库中没有{names}的政策文件，不能据此回答。现有文件涉及：{places}。"
NOT_SPECIFIED = "文件未明确：{place}现有文件没有载明所问的内容。以下是最接近的条款，供核对。"
OUT_OF_SCOPE = (
    "资料库中没有与这个问题相关的条款。请换一种问法，或先在文件目录中查看收录了哪些文件。"
)
NOT_MENTIONED = "文件未提及"
NOT_MENTIONED_IN = "文件未提及：{names}。"
RULED = "{word}：{text}"
ADDRESSED = "{address}：{text}"
QUESTION_EMPTY = "问题是空的；请输入要查询的内容。"
QUESTION_TOO_LONG = "问题有{length}个字符，超过上限{limit}；请精简后再问。"
UNITS_BY_ROLE = "{role}单位：{units}"
UNITS_OVERALL = "该条没有写明由谁负责；全文的分工：{text}"
NO_TIME = "文件未明确：以上条款没有写明时间。"
BY_POLICY = "{name}：{text}"
NO_SUCH_DOCUMENT = "未收录：资料库中没有“{name}”，不能据此回答。"
ADDRESS_HAS_NOT = "文件未明确：{name}没有{address}。{has}"
ADDRESS_HAS = "{where}共{count}{kind}。"
ADDRESS_UNKNOWN = "文件未明确：现有文件没有{address}。"
ADDRESS_WHICH = "有{count}份文件有{address}，请选择要查看哪一份。"
ADDRESS_WHICH_CLAUSE = "{name}中有{count}个条款用这个编号，请选择要查看哪一个。"
ADDRESS_HAS_NO_PARTS = "{where}之下没有分项。"
ADDRESS_ASKED = "怎么说"
PENALTY_NONE = "文件未明确：没有条款写明违反{address}的后果。该条原文如下，供核对。"
WHOLE = "全文"
TASKS_LEAD = "写明{unit}的条款共{count}条（{roles}）。"
TASKS_ROLE = "{role}{count}条"
TASKS_FIRST = "前{count}条如下，其余见表。"
TASKS_NO_ROLE = "文件没有写明由{unit}{role}的任务。"
TASKS_UNKNOWN = "文件未明确：现有文件没有给“{unit}”安排任务。写明的单位有：{units}。"
TARGETS_LEAD = "文件定了量化目标{count}项。"
TARGETS_OF_YEAR = "文件为{year}定了量化目标{count}项。"
TARGETS_FIRST = "前几项如下，其余见表。"
TRACE_SIMILAR = "没有完全相同的原文，最接近的是："
TRACE_NONE = "未找到：现有文件没有这句话，也没有相近的原文。"
OUTLINE_ASKED = "主要讲了什么"
OUTLINE_WHICH = "这里有{count}份文件，请选择要查看哪一份的要点。"
TABLE_INDICATOR = "指标"
TABLE_VALUE = "数值"
TABLE_DEADLINE = "期限"
NOT_HELD = "未收录"
NOT_HELD_BESIDE = "未收录：资料库中没有{names}的政策文件，无法一并比较。"
TABLE_TASK = "任务"
TABLE_ROLE = "角色"
TABLE_OTHERS = "其他单位"
TABLE_POLICY = "文件"
TABLE_CONTENT = "规定"
TABLE_CLAUSE = "条款"
EXAMPLE_UNITS = "{place}“{topic}”由哪些单位负责？"
EXAMPLE_CONTENT = "{place}在“{topic}”方面有什么要求？"
EXAMPLE_TARGET = "{place}的“{topic}”要达到多少？"
MODEL_FAILED = "{problem}，以上内容直接摘自文件原文。"
MODEL_PROBLEMS = {
    "unreachable": "语言模型无法连接",
    "timeout": "语言模型没有在限定时间内答复",
    "rejected": "语言模型服务拒绝了请求",
    "cut_off": "语言模型的答复中断",
    "unusable": "语言模型的答复无法使用",
    "declined": "语言模型没有作答",
}
FACT_LABELS = {
    "number": "文号",
    "written": "成文日期",
    "issued": "印发日期",
    "published": "发布日期",
    "passed": "通过日期",
    "approved": "批准日期",
    "revised": "修正（修订）日期",
    "effective": "施行日期",
    "validity": "有效期",
    "period": "规划（实施）年份",
    "issuers": "发文机关",
    "meeting": "通过该文件的会议",
    "signed": "签署人和签署日期",
    "contact": "联系方式",
    "amendments": "修正（修订）经过",
    "basis": "依据",
    "repealed": "废止的文件",
}
DATE_LABELS = {
    "成文": "成文日期",
    "印发": "印发日期",
    "发布": "发布日期",
    "公布": "公布日期",
    "修正": "修正日期",
    "修订": "修订日期",
}
FACTS_MISSING = "文件未载明：{names}。"
