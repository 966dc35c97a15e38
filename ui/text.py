"""Every string that the interface shows, in Chinese (the default) and in English.

Nothing here decides anything: a field is a sentence or a format with named places. What the
assistant itself says (answers, questions back, refusals) is written in ``assistant/prompts.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from assistant.schema import Reason

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Wording:
    """The interface in one language."""

    language: Language
    html_language: str
    # frame
    product: str
    tagline: str
    other_language: str
    switch_theme: str
    restart: str
    notice: str
    # asking
    conversation_label: str
    question_label: str
    placeholder: str
    send: str
    keys: str
    welcome_title: str
    welcome_text: str
    examples_title: str
    pending: str
    failed: str
    lost: str
    # answers
    question_heading: str
    understood_as: str
    reasons: Mapping[Reason, str]
    refused_title: str
    clarify_title: str
    error_title: str
    nearest_hint: str
    table_sources: str
    engines: Mapping[str, str]
    took: str
    copy: str
    copied: str
    copy_failed: str
    show_sources: str
    show_nearest: str
    mark_label: str
    sources_heading: str
    # sources
    panel_label: str
    sources_tab: str
    library_tab: str
    sources_title: str
    nearest_title: str
    sources_empty: str
    place_label: str
    units_label: str
    quote_label: str
    open_clause: str
    back_to_answer: str
    library_title: str
    library_clauses: str
    unnumbered: str
    # the page of a clause
    whole_policy: str
    jump_to_clause: str
    back_to_chat: str
    previous_clause: str
    next_clause: str
    issued_by: str
    clause_missing: str
    # the interface for programs
    not_here: str
    blank_question: str
    long_question: str
    long_history: str
    large_body: str
    bad_request: str
    internal_error: str


ZH = Wording(
    language="zh",
    html_language="zh-CN",
    product="问政",
    tagline="政策文件问答 · 原文作答，句句有据",
    other_language="English",
    switch_theme="切换浅色、深色",
    restart="新对话",
    notice="答案摘自收录文件原文，请以正式印发的文件为准。",
    conversation_label="对话",
    question_label="您的问题",
    placeholder="请用自己的话提问",
    send="提问",
    keys="回车发送，Shift + 回车换行",
    welcome_title="用自己的话提问，得到文件里的原话",
    welcome_text=(
        "从已收录的 {policies} 份文件、{clauses} 条条款中查找，逐句注明出自哪份文件、哪一条；"
        "文件没有写的，如实告知。"
    ),
    examples_title="可以这样问",
    pending="正在查找条款……",
    failed="服务出了故障，这个问题没有得到回答。请再问一次；仍然不行，请联系管理员。",
    lost="与服务的连接断了，正在重新连接。连上后页面自动恢复，您的问题留在输入框里。",
    question_heading="问题",
    understood_as="理解为：{question}",
    reasons=MappingProxyType(
        {
            "not_in_corpus": "收录的文件里没有找到",
            "not_specified": "文件未作明确规定",
            "out_of_scope": "这不是政策文件能回答的问题",
        }
    ),
    refused_title="没有可以据以回答的条款",
    clarify_title="请确认您问的是哪一种",
    error_title="这个问题没能回答",
    nearest_hint="“依据条款”栏列出了最接近的条款，仅供参考。",
    table_sources="依据",
    engines=MappingProxyType({"extractive": "原文摘录", "generative": "模型成文，引文已核对"}),
    took="{seconds} 秒",
    copy="复制",
    copied="已复制",
    copy_failed="浏览器不允许复制，请手动选取。",
    show_sources="依据 {count} 条",
    show_nearest="相近条款 {count} 条",
    mark_label="依据 {number}：{place}",
    sources_heading="依据",
    panel_label="依据条款与收录文件",
    sources_tab="依据条款",
    library_tab="收录文件",
    sources_title="答案依据的条款",
    nearest_title="最接近的条款（仅供参考）",
    sources_empty="提问后，这里显示答案所依据的条款全文，引用的原话会标出来。",
    place_label="所在位置",
    units_label="责任单位",
    quote_label="引用的原话",
    open_clause="在全文中查看",
    back_to_answer="回到答案",
    library_title="已收录 {policies} 份文件，{clauses} 条条款",
    library_clauses="{count} 条",
    unnumbered="无文号",
    whole_policy="文件全文",
    jump_to_clause="跳到{label}",
    back_to_chat="返回问答",
    previous_clause="上一条",
    next_clause="下一条",
    issued_by="发文机关",
    clause_missing="没有这一条款：链接有误，或文件已更新。请回到问答页重新查找。",
    not_here="没有这个地址。请从首页进入。",
    blank_question="问题是空的。请写出要问的内容。",
    long_question="问题有 {length} 个字符，超过上限 {limit}。请缩短后再问。",
    long_history="历史问题有 {length} 条，超过上限 {limit}。请只带最近的几条。",
    large_body="请求超过 {limit} 字节。请缩短后再发。",
    bad_request="请求格式不对：{problem}。",
    internal_error="服务出了故障，问题没有得到回答。请稍后再试，或联系管理员。",
)

EN = Wording(
    language="en",
    html_language="en",
    product="Wenzheng",
    tagline="Answers from policy documents, word for word, with the clause",
    other_language="中文",
    switch_theme="Switch light and dark",
    restart="New conversation",
    notice="Answers quote the documents held here; the issued text prevails.",
    conversation_label="Conversation",
    question_label="Your question",
    placeholder="Ask in your own words, in Chinese",
    send="Ask",
    keys="Enter sends, Shift + Enter: new line",
    welcome_title="Ask in your own words, read what the document says",
    welcome_text=(
        "Searches {clauses} clauses of {policies} documents and names the clause behind every "
        "sentence. What the documents do not say, it says that they do not say."
    ),
    examples_title="For example",
    pending="Looking for the clauses…",
    failed="The service failed and did not answer. Ask again, or tell the administrator.",
    lost="The connection is lost. The page comes back by itself, your question is kept.",
    question_heading="Question",
    understood_as="Understood as: {question}",
    reasons=MappingProxyType(
        {
            "not_in_corpus": "Not found in the documents held here",
            "not_specified": "The documents do not specify this",
            "out_of_scope": "Policy documents cannot answer this",
        }
    ),
    refused_title="No clause answers this",
    clarify_title="Which of these do you mean?",
    error_title="This question could not be answered",
    nearest_hint="The nearest clauses are listed under “Sources”, for reference only.",
    table_sources="Source",
    engines=MappingProxyType(
        {"extractive": "Quoted from the source", "generative": "Written by a model, quotes checked"}
    ),
    took="{seconds} s",
    copy="Copy",
    copied="Copied",
    copy_failed="The browser does not allow copying; please select the text.",
    show_sources="Sources: {count}",
    show_nearest="Nearest clauses: {count}",
    mark_label="Source {number}: {place}",
    sources_heading="Sources",
    panel_label="Sources and library",
    sources_tab="Sources",
    library_tab="Library",
    sources_title="Clauses the answer rests on",
    nearest_title="Nearest clauses (for reference only)",
    sources_empty="The clauses behind an answer appear here in full, the quoted words marked.",
    place_label="Place in the document",
    units_label="Responsible units",
    quote_label="Quoted words",
    open_clause="Open in the document",
    back_to_answer="Back to the answer",
    library_title="{policies} documents, {clauses} clauses",
    library_clauses="{count} clauses",
    unnumbered="no document number",
    whole_policy="Whole document",
    jump_to_clause="Go to {label}",
    back_to_chat="Back to the chat",
    previous_clause="Previous",
    next_clause="Next",
    issued_by="Issued by",
    clause_missing="No such clause: the link is wrong or the document changed. Search again.",
    not_here="There is nothing at this address. Please start from the front page.",
    blank_question="The question is empty. Please write what you want to ask.",
    long_question="The question has {length} characters, more than {limit}. Please shorten it.",
    long_history="The history has {length} questions, more than {limit}. Send only the latest.",
    large_body="The request is larger than {limit} bytes. Please shorten it.",
    bad_request="The request is malformed: {problem}.",
    internal_error="The service failed and the question was not answered. Please try again later.",
)

WORDINGS: Mapping[Language, Wording] = MappingProxyType({"zh": ZH, "en": EN})
