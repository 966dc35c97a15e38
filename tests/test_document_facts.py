"""What a document says of itself: several facts at once, who issued it together, when it passed."""

from __future__ import annotations

import pytest

from assistant.document_facts import document_facts
from assistant.findings import Finding, Material
from assistant.question import read_question
from assistant.schema import Question
from assistant.scope import Shelf
from corpus.policies import read_policies
from corpus.schema import Document, Policy

NOTICE = """澄湖市教育局 澄湖市财政局 澄湖市卫生健康委员会
关于印发《澄湖市学生营养改善办法》的通知
澄教联〔2025〕14号

各县（市、区）教育局：
现将《澄湖市学生营养改善办法》印发给你们，请认真执行。

澄湖市教育局
澄湖市财政局
澄湖市卫生健康委员会
2025年3月6日

澄湖市学生营养改善办法
一、标准。每生每天5元。
二、本办法自2025年4月1日起施行，有效期5年。
"""
STATUTE = """澄湖市节约用水条例
（2019年5月30日澄湖市第八届人民代表大会常务委员会第二十次会议通过）

第一条 为了节约用水，制定本条例。
第二条 本条例自2019年10月1日起施行。
"""


def found(text: str, question: str) -> tuple[Policy, Finding | None]:
    (policy,) = read_policies(Document("file.txt", text, "0", "txt"))
    shelf = Shelf([policy], [clause.text for clause in policy.clauses], words=str.split)
    reading = read_question(Question(question), shelf)
    return policy, document_facts(Material(reading, {policy.policy_id: policy}, str.split))


@pytest.mark.parametrize(
    ("text", "question", "said"),
    [
        (
            NOTICE,
            "澄湖市学生营养改善办法的文号和成文日期",
            ["文号：澄教联〔2025〕14号", "成文日期：2025年3月6日"],
        ),
        (
            NOTICE,
            "澄湖的办法文号是多少，什么时候施行，有效期几年",
            ["澄教联〔2025〕14号", "2025年4月1日", "5年"],
        ),
        (
            NOTICE,
            "澄湖学生营养办法是哪三个部门联合印发的",
            ["澄湖市教育局、澄湖市财政局、澄湖市卫生健康委员会"],
        ),
        (STATUTE, "澄湖市节约用水条例是哪天通过的", ["通过日期：2019年5月30日"]),
    ],
)
def test_facts_are_told_with_the_words_they_were_read_from(
    text: str, question: str, said: list[str]
) -> None:
    policy, finding = found(text, question)
    assert finding is not None
    told = "\n".join(draft.text for draft in finding.drafts)
    assert all(part in told for part in said)
    for draft in finding.drafts:
        assert all(quote.clause in policy.clauses for quote in draft.quotes)
        assert all(part in draft.text for quote in draft.quotes for part in quote.text.split())


def test_what_is_not_there_is_named() -> None:
    _, finding = found(STATUTE, "澄湖市节约用水条例的文号和通过日期")
    assert finding is not None
    assert finding.lead == "文件未载明：文号。\n"
    assert len(finding.drafts) == 1


@pytest.mark.parametrize(
    "question",
    [
        "澄湖市学生营养改善办法的文号是多少",  # one fact is found as a sentence is
        "澄湖学生营养餐标准什么时候公布，由哪些部门联合检查",
        "澄湖市营养餐补助的施行范围和验收通过标准",
        "学生每天补助多少",
    ],
)
def test_other_questions_are_left_to_others(question: str) -> None:
    assert found(NOTICE, question)[1] is None
