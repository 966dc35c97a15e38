from __future__ import annotations

import pytest

from corpus.closing_rules import heads_closing_rules, is_closing_rule
from corpus.schema import Clause
from tests.outlining import clauses_of_text

PLAN = (
    "白沙县河湖清漂工作方案\n一、目标\n（一）水面无漂浮物。\n"
    "二、分工\n（一）县水利局统筹。\n（二）各镇组织打捞。\n"
)
SIGNED = "附件：1.打捞台账\n2.巡查表\n白沙县人民政府\n2025年2月10日\n"
IN_FORCE = "本方案自2025年3月1日起施行，有效期两年。"


def labelled(text: str) -> list[tuple[str, str]]:
    return [(clause.label, clause.text) for clause in _numbered(clauses_of_text(text))]


def _numbered(clauses: tuple[Clause, ...]) -> list[Clause]:
    return [clause for clause in clauses if clause.kind not in ("标题", "落款", "附件说明")]


@pytest.mark.parametrize(
    "rule",
    [
        IN_FORCE,
        "本通知自印发之日起执行。",
        "本意见由县水利局负责解释。",
        "自发布之日起施行。",
        "本措施由县财政局会同县水利局负责解释，自2025年3月1日起执行。",
    ],
)
@pytest.mark.parametrize("behind", ["", SIGNED])
def test_below_the_last_item_it_is_a_clause_of_its_own(rule: str, behind: str) -> None:
    found = labelled(f"{PLAN}{rule}\n{behind}")
    assert found[-2:] == [("二（二）", "（二）各镇组织打捞。"), ("文末", rule)]


def test_under_its_own_head_it_is_the_text_of_that_part() -> None:
    found = labelled(f"{PLAN}三、其他\n{IN_FORCE}\n")
    assert found[-1] == ("三", f"三、其他\n{IN_FORCE}")


def test_where_the_numbers_go_on_it_stays_where_it_is() -> None:
    found = labelled(f"{PLAN}{IN_FORCE}\n三、督查\n（一）每月通报。\n")
    assert ("二（二）第2段", IN_FORCE) in found
    assert found[-1] == ("三（一）", "（一）每月通报。")


@pytest.mark.parametrize(
    "text",
    [
        "本方案所称清漂，是指打捞水面漂浮物。",
        "本县自2025年3月起禁止垂钓。",
        "自受理之日起十日内办结。",
        "本级财政负责保障经费。",
    ],
)
def test_other_sentences_are_no_such_rules(text: str) -> None:
    assert not is_closing_rule(text)


def test_heads() -> None:
    assert heads_closing_rules("六、其他事项")
    assert heads_closing_rules("第五部分 施行日期")
    assert not heads_closing_rules("三、保障措施")
