"""What it costs to violate an article, and how it is embedded with what the article says."""

from __future__ import annotations

from corpus.policies import read_policies
from corpus.schema import Document, Policy
from corpus.violations import violations_of
from index.chunking import MAX_ACT, acts_violated, chunk_policies

STATUTE = """示例湖泊保护条例
第一章　总则
第一条　为了保护湖泊，制定本条例。
第二章　保护
第二条　湖泊保护范围内不得搭建码头。
确需搭建的，应当报县级水行政主管部门批准。
第三条　禁止下列行为：
（一）电鱼；
（二）倾倒垃圾；
（三）擅自放生外来物种。
第三章　法律责任
第四条　违反本条例第二条第一款规定的，责令拆除；逾期不拆除的，处三千元罚款。
第五条　违反本条例第三条第一项规定的，处五百元罚款；违反第三项规定的，处二千元罚款。
第六条　任何人有权举报违反本条例的行为。前款的举报人受保护。
"""


def statute() -> Policy:
    (policy,) = read_policies(Document("lake.txt", STATUTE, "", "txt"))
    return policy


def test_each_penalty_names_what_was_violated_and_holds_what_heightens_it() -> None:
    found = [
        ([sentence.text for sentence in violation.sentences], violation.violated)
        for violation in violations_of(statute())
    ]
    assert found == [
        (
            ["第四条 违反本条例第二条第一款规定的，责令拆除；", "逾期不拆除的，处三千元罚款。"],
            ("lake/2.1",),
        ),
        (["第五条 违反本条例第三条第一项规定的，处五百元罚款；"], ("lake/3.1.1",)),
        (["违反第三项规定的，处二千元罚款。"], ("lake/3.1.3",)),
    ]


def test_a_penalty_is_embedded_with_the_act() -> None:
    texts = [chunk.text for chunk in chunk_policies([statute()])]
    assert any(text.endswith("处三千元罚款。 湖泊保护范围内不得搭建码头。") for text in texts)
    assert any(text.endswith("处二千元罚款。 （三）擅自放生外来物种。") for text in texts)
    assert any(text.startswith("第二章 保护 第二条 ") for text in texts)


def test_long_articles_are_cut_short() -> None:
    long = STATUTE.replace("不得搭建码头", "不得搭建码头" + "、栈桥" * 200)
    (policy,) = read_policies(Document("lake.txt", long, "", "txt"))
    acts = [act for by_start in acts_violated(policy).values() for act in by_start.values()]
    assert max(map(len, acts)) == MAX_ACT


def test_plans_have_no_penalties() -> None:
    plan = "一、总体要求\n违反第五条的，一律整改。\n二、目标\n到2030年达到五家。\n"
    (policy,) = read_policies(Document("plan.txt", plan, "", "txt"))
    assert not list(violations_of(policy))
    assert not acts_violated(policy)
