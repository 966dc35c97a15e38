"""Which documents end older ones, over several documents."""

from __future__ import annotations

import pytest

from assistant.findings import Finding, Material
from assistant.question import read_question
from assistant.repealed_documents import repealed_documents
from assistant.schema import Question
from assistant.scope import Shelf
from corpus.policies import read_policies
from corpus.schema import Document

FERRIES = """柳湾县渡口管理办法
第一条 为了加强渡口管理，制定本办法。
第二条 本办法自2025年1月1日起施行，《柳湾县渡口安全暂行规定》（柳政发〔2011〕8号）同时废止。
"""
BATHS = """柏台县浴场卫生管理办法
第一条 浴场应当每日换水。
第二条 本办法自2024年3月1日起施行。2013年发布的《柏台县浴池卫生守则》不再执行。
"""
PONDS = """荷浦县鱼塘管理办法
第一条 鱼塘每年清淤一次。
第二条 本办法自2023年6月1日起施行。
"""


def found(question: str) -> Finding | None:
    policies = [
        policy
        for name, text in (("a", FERRIES), ("b", BATHS), ("c", PONDS))
        for policy in read_policies(Document(f"{name}.txt", text, name, "txt"))
    ]
    texts = [clause.text for policy in policies for clause in policy.clauses]
    reading = read_question(Question(question), Shelf(policies, texts, words=str.split))
    by_id = {policy.policy_id: policy for policy in policies}
    return repealed_documents(Material(reading, by_id, str.split))


@pytest.mark.parametrize(
    "question",
    [
        "哪些文件废止了旧文件，旧文件叫什么",
        "手头几份材料里哪些把老办法停用了？",
        "Which documents repeal older ones?",
    ],
)
def test_a_row_for_each_document_that_ends_others(question: str) -> None:
    finding = found(question)
    assert finding is not None
    assert len(finding.rows) == 2
    told = "\n".join(draft.text for draft in finding.drafts)
    assert "《柳湾县渡口安全暂行规定》（柳政发〔2011〕8号）同时废止" in told
    assert "《柏台县浴池卫生守则》不再执行" in told


@pytest.mark.parametrize(
    "question",
    ["渡口的旧船停用了怎么补偿", "哪些文件提到换水", "渡口管理办法废止的旧文件叫什么"],
)
def test_other_questions_are_left_to_others(question: str) -> None:
    assert found(question) is None
