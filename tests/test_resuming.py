from __future__ import annotations

import pytest

from tests.outlining import clauses_of_text

TITLE = "青禾市河道清淤实施方案"
HEAD = "二、重点任务"
ITEMS = ["1.清理淤泥。完成主河道清淤。", "2.修整岸坡。对塌陷岸坡加固。", "3.管护水草。定期打捞。"]
NEXT = "三、工作要求"


def kinds(*lines: str) -> list[tuple[str, str]]:
    """Label and kind of each clause behind the title."""
    text = "\n".join([TITLE, "一、总体要求", "按计划推进。", *lines])
    return [(clause.label, clause.kind) for clause in clauses_of_text(text)[2:]]


@pytest.mark.parametrize(
    "sentence",
    [
        "以上工作由市水利局牵头，于2026年6月底前完成。",
        "上述各项任务纳入年度考核。",
        "各地要结合实际制定清淤计划。",
        "各县（市、区）政府要加强督查。",
        "各有关部门应当按照职责做好配合。",
    ],
)
def test_a_sentence_on_all_items_belongs_to_the_clause_above_them(sentence: str) -> None:
    found = kinds(HEAD, *ITEMS, sentence, NEXT, "落实责任。")
    assert found == [
        ("二", "部分"),
        *[("二1", "点"), ("二2", "点"), ("二3", "点"), ("二第2段", "段")],
        ("三", "部分"),
    ]


def test_what_stands_behind_a_list_that_is_one_sentence_is_no_part_of_its_last_item() -> None:
    items = ["1.淤泥厚一米以上的；", "2.岸坡塌陷的；", "3.水草成片的。"]
    found = kinds("二、有下列情形之一的，应当清淤：", *items, "汛期不得清淤。", NEXT, "落实责任。")
    assert found[-2:] == [("二第2段", "段"), ("三", "部分")]


def test_what_stands_below_the_head_of_an_item_is_its_text() -> None:
    lines = ["1.清理淤泥", "各地要完成主河道清淤。", "2.修整岸坡", "各地要对塌陷岸坡加固。"]
    assert kinds(HEAD, *lines) == [("二", "部分"), ("二1", "点"), ("二2", "点")]


def test_items_of_several_paragraphs_keep_their_last_one() -> None:
    items = [ITEMS[0], "清淤前先查勘。", ITEMS[1]]
    found = kinds(HEAD, *items, "各地要逐段验收。")
    assert ("二2第2段", "段") in found
    assert ("二第2段", "段") not in found


def test_a_sentence_between_two_items_belongs_to_the_first() -> None:
    found = kinds(HEAD, ITEMS[0], ITEMS[1], "以上工作分段进行。", ITEMS[2])
    assert ("二2第2段", "段") in found


def test_other_words_behind_the_last_item_stay_with_it() -> None:
    found = kinds(HEAD, *ITEMS, "水草须运至指定地点。")
    assert ("二3第2段", "段") in found
