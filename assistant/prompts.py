"""Every sentence that the assistant says of itself, and every prompt, as named constants."""

NOT_IN_CORPUS = "未收录：资料库中没有{names}的政策文件，不能据此回答。现有文件涉及：{places}。"
NOT_SPECIFIED = "文件未明确：{place}现有文件没有载明所问的内容。以下是最接近的条款，供核对。"
OUT_OF_SCOPE = (
    "资料库中没有与这个问题相关的条款。请换一种问法，或先在文件目录中查看收录了哪些文件。"
)
NOT_MENTIONED = "文件未提及"
QUESTION_EMPTY = "问题是空的；请输入要查询的内容。"
QUESTION_TOO_LONG = "问题有{length}个字符，超过上限{limit}；请精简后再问。"
BY_POLICY = "{name}：{text}"
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
