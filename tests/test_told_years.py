"""Years and outcomes that are asked for and not told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import told_years
from assistant.extractive import rank_sentences
from tests.made_hits import make_hits, make_reading, make_titled_policy

AIM = "到2025年底，县域就诊率达到88%。"


def tells_other_years(question: str, text: str, kind: str = "number") -> bool:
    policy = make_titled_policy("西河", [text])
    reading = make_reading(question, kind=kind, policies=[policy])
    return told_years.tells_other_years(reading, rank_sentences(reading, make_hits(policy, [1.0])))


def asks_for_outcome(question: str, text: str) -> bool:
    policy = make_titled_policy("西河", [text])
    reading = make_reading(question, policies=[policy])
    return told_years.asks_for_outcome(reading, rank_sentences(reading, make_hits(policy, [1.0])))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("2023年县域就诊率是多少？", AIM),
        ("2022年剖宫产率是百分之几", "剖宫产率2027年控制在40%以内。"),
    ],
)
def test_a_figure_of_a_year_beside_which_only_others_stand(question: str, text: str) -> None:
    assert tells_other_years(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("2025年县域就诊率是多少？", AIM),
        ("2024年改造多少个？", "2023—2025年每年改造20个。"),
        ("2024年改造多少个？", "2023—2025年共改造60个。"),
        ("2024年奖多少？", "2025年起每年奖励1万元。"),
        ("县域就诊率是多少？", AIM),
        ("2023年到2025年县域就诊率是多少？", AIM),
        ("2023年县域就诊率是多少？", "县域就诊率达到88%。"),
    ],
)
def test_a_figure_that_may_hold_for_the_year(question: str, text: str) -> None:
    assert not tells_other_years(question, text)


def test_only_figures_have_a_year_of_their_own() -> None:
    assert not tells_other_years("2023年由谁负责？", AIM, kind="unit")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("县域就诊率实际做到多少了？", AIM),
        ("去年一共查处了多少起？", "对查处的案件予以通报。"),
        ("去年全年借阅量多少人次", "每人每日借阅不超过5册。"),
        ("现在有多少张床", "设置床位420张，2027年投入使用。"),
        ("2021年考核最后得了多少分", "90分以上的为好。"),
    ],
)
def test_what_was_reached_is_not_what_is_to_be(question: str, text: str) -> None:
    assert asks_for_outcome(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("实际完成了多少个？", "截至2024年底，已完成12个。"),
        ("现在有多少张床", "目前开放床位300张。"),
        ("实际在岗多少人", "核定编制86名，在编在岗71人。"),
        ("县域就诊率要达到多少？", AIM),
        ("实际控制人要报告吗？", "实际控制人应当报告。"),
    ],
)
def test_what_is_reported_or_not_asked_for(question: str, text: str) -> None:
    assert not asks_for_outcome(question, text)


@given(st.text(alphabet="0123456789年—-至到底实际多少完成了每，。", max_size=60))
def test_any_question_and_text_are_read(text: str) -> None:
    tells_other_years(text or "多少", AIM)
    tells_other_years("2023年多少", text or "无")
    asks_for_outcome(text or "多少", AIM)


def test_a_yearly_figure_of_another_part_does_not_hold_for_the_one_asked_for() -> None:
    text = "到2027年底，县域就诊率稳定在90%，门诊费用年均增幅不超过3%。"
    assert tells_other_years("2026年底县域就诊率是多少", text)
    assert not tells_other_years("2026年门诊费用年均增幅是多少", text)


@pytest.mark.parametrize(
    "question", ["去年各办了多少本借书证", "办法施行后全省查处多少起案件", "一共培训了多少人"]
)
def test_counts_of_what_was_done_stand_in_no_rule(question: str) -> None:
    assert asks_for_outcome(question, "借书证由图书馆办理，违者予以查处。")


def test_a_year_alone_is_none_of_a_span() -> None:
    told = "到2028年，引进青年人才1500人。"
    assert tells_other_years("光2026这一年要引进多少青年人才", told)
    assert tells_other_years("2026全年引进多少青年人才", told)


@pytest.mark.parametrize("why", ["为什么", "为何", "为啥", "凭什么"])
def test_a_year_that_is_taken_for_granted_is_put_right_and_not_refused(why: str) -> None:
    policy = make_titled_policy("西河", ["2023年启动实际付费。"])
    asked = make_reading(f"{why}拖到2031年才付费", policies=[policy])
    plain = make_reading("2031年怎么付费", policies=[policy])
    assert not told_years.asks_for_another_year(asked, [policy])
    assert told_years.asks_for_another_year(plain, [policy])
