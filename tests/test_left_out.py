"""Codes that no row has, and matters that a document is not for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.left_out import (
    asks_for_missing_code,
    asks_for_missing_member,
    asks_of_excluded,
    asks_of_missing_abbreviation,
)
from tests.made_hits import make_reading, make_titled_policy

ROUTES = make_titled_policy("西河", ["X01\t石门村\t7:05", "X02\t云台社区\t7:40", "X03\t柳林\t7:20"])
RULES = ["本条例不适用于工业生产用蒸汽。", "室温低于16℃的，退还全部热费。"]


def test_a_code_of_a_series_that_lacks_it() -> None:
    assert asks_for_missing_code(make_reading("X04号线从哪发车"), ROUTES)
    assert asks_for_missing_code(make_reading("x-05几点发车"), ROUTES)


def test_other_codes_are_left() -> None:
    for question in ("X02号线从哪发车", "X123怎么走", "H7N9怎么报", "pm2.5多少", "发车时间"):
        assert not asks_for_missing_code(make_reading(question), ROUTES)


def test_letters_that_the_text_has_neither_so_nor_in_words() -> None:
    policy = make_titled_policy("西河", ["推行多学科诊疗，建设PCR实验室。"])
    for missing in ("ICU要几张床", "哪些医院按DRG付费"):
        assert asks_of_missing_abbreviation(make_reading(missing), [policy])
    for present in ("MDT怎么做", "PCR实验室", "多学科", "做PPT用，多学科怎么写", "what is ICU"):
        assert not asks_of_missing_abbreviation(make_reading(present), [policy])


def test_a_value_of_one_member_is_none_of_another() -> None:
    said = ["三级医院预约诊疗率达50%以上。", "二级及以上医院护理服务全覆盖。"]
    policy = make_titled_policy("西河", [*said, "二级医院要设康复科。"])
    asked = make_reading("二级医院预约诊疗率多少", kind="number")
    assert asks_for_missing_member(asked, said, policy)
    for told in ("三级医院预约诊疗率多少", "二级医院护理服务覆盖多少"):
        assert not asks_for_missing_member(make_reading(told, kind="number"), said, policy)
    both = make_titled_policy("西河", [*said, "二级医院预约诊疗率逐步提高。"])
    assert not asks_for_missing_member(asked, said, both)


def test_a_matter_that_is_excluded() -> None:
    policy = make_titled_policy("西河", RULES)
    assert asks_of_excluded(make_reading("工业蒸汽不热退多少"), [RULES[1]], policy)
    assert not asks_of_excluded(make_reading("居民家室温低退多少热费"), [RULES[1]], policy)


def test_that_it_is_excluded_is_an_answer() -> None:
    policy = make_titled_policy("西河", RULES)
    assert not asks_of_excluded(make_reading("管不管工业蒸汽"), [RULES[0]], policy)


@given(st.text(alphabet="xX0123456789-工业不适用", max_size=30))
def test_any_question_is_read(question: str) -> None:
    asks_for_missing_code(make_reading(question), ROUTES)
    asks_of_excluded(make_reading(question), RULES, make_titled_policy("西河", RULES))


STEPS = ["第三批补贴自2月1日起发放。三级保养收费80元，四级保养收费120元。"]


def test_one_of_a_series_that_the_document_lacks() -> None:
    policy = make_titled_policy("西河", STEPS)
    for question in ("第二批补贴哪天发放", "二级保养收费多少"):
        assert asks_for_missing_member(make_reading(question, kind="number"), STEPS, policy)


def test_members_that_are_held_or_meant_by_a_range() -> None:
    policy = make_titled_policy("西河", STEPS)
    for question in ("第三批补贴哪天发放", "四级保养收费多少", "保养收费多少", "二级医院收费"):
        assert not asks_for_missing_member(make_reading(question, kind="number"), STEPS, policy)
    ranged = ["三级及以上保养收费80元。"]
    wide = make_titled_policy("西河", ranged)
    assert not asks_for_missing_member(
        make_reading("四级保养收费多少", kind="number"), ranged, wide
    )


def test_a_wrong_premise_is_put_right() -> None:
    policy = make_titled_policy("西河", STEPS)
    question = make_reading("二级保养也收费，依据是什么", kind="fact")
    assert not asks_for_missing_member(question, STEPS, policy)


def test_a_matter_that_other_law_rules() -> None:
    texts = ["军用机场净空区的管理，依照有关法律执行。", "净空区内风筝高度不超过30米。"]
    policy = make_titled_policy("西河", texts)
    assert asks_of_excluded(make_reading("军用机场边上放风筝多高"), [texts[1]], policy)
    assert not asks_of_excluded(make_reading("净空区放风筝多高"), [texts[1]], policy)
