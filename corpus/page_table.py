"""Rows of the table of facts at the top of a saved government page: 索引号, 发布机构, 文号; pure.

The same facts as lines (文号：…) are told by ``page_head`` and ``web_page``; what they say is read
where it is needed, from lines and rows alike.
"""

from __future__ import annotations

from corpus.columns import cells_of

_LABELS = frozenset(
    [
        "索引号",
        "信息索引",
        "信息索引号",
        "文号",
        "发文字号",
        "文件编号",
        "发文文号",
        "统一登记号",
        "统一编号",
        "发布机构",
        "发文机关",
        "制发机关",
        "发文机构",
        "发布单位",
        "发布部门",
        "公开单位",
        "责任部门",
        "成文日期",
        "生成日期",
        "发文日期",
        "印发日期",
        "成文时间",
        "发布日期",
        "公开日期",
        "发布时间",
        "公开时间",
        "公布日期",
        "实施日期",
        "施行日期",
        "废止日期",
        "有效性",
        "时效性",
        "效力状态",
        "有效期",
        "主题分类",
        "信息分类",
        "组配分类",
        "体裁分类",
        "公文种类",
        "服务对象",
        "主题词",
        "关键词",
        "信息名称",
        "文件名称",
        "名称",
        "标题",
        "公开方式",
        "公开范围",
        "公开形式",
        "公开时限",
        "内容概述",
    ]
)


def is_fact_row(row: str) -> bool:
    """Whether a row is made of pairs: a label of such a table, and what it says."""
    cells = cells_of(row)
    names = ["".join(row[start:end].split()).rstrip("：:") for start, end in cells[::2]]
    return len(cells) % 2 == 0 and _LABELS.issuperset(names)
