"""What a question asks for and the documents do not give."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import gaps, told_years
from assistant.extractive import rank_sentences
from assistant.question import Reading
from corpus.schema import Fact, Policy
from tests.made_hits import make_hits, make_reading, make_titled_policy


def only_named(question: str, *texts: str) -> bool:
    policy = make_titled_policy("西河", list(texts))
    return gaps.is_only_named(make_reading(question), policy.clauses[0], policy)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("“七项能力”是哪七项？", "持续强化管理和“七项能力”建设。"),
        ("“2+3”健康服务包具体是哪几种？", "实施“2+3”健康服务包项目，推动关口前移。"),
        ("十大功能定位分别是什么", "紧扣十大功能定位，加强合作。"),
    ],
)
def test_a_list_that_is_only_named(question: str, text: str) -> None:
    assert only_named(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("“三级网络”是哪三级？", "建立“三级网络”，形成委员会、职能部门和科室之间的联动。"),
        (
            "“四到场”分别是哪四次？",
            "落实“四到场”：1.审查到场；2.放线到场；3.巡查到场；4.验收到场。",
        ),
        ("“六统一”统的是哪六样？", "人事、财务、资产、业务、药品、耗材“六统一”。"),
        ("三级医院的比例是哪年的？", "三级医院预约率达50%以上。"),
        ("三年攻坚聚焦哪几个方面", "三年攻坚聚焦扩容与服务。"),
        ("十大中心有多少张床", "建设“十大中心”。"),
    ],
)
def test_a_list_that_is_given_or_not_asked_for(question: str, text: str) -> None:
    assert not only_named(question, text)


def test_items_may_be_paragraphs_of_their_own() -> None:
    centres = [f"{name}中心。负责相关工作。" for name in ["公卫", "质量", "护理", "人事"]]
    assert not only_named("“四大中心”逐个列出来", "建设“四大中心”。", *centres)
    assert only_named("“四大中心”逐个列出来", "建设“四大中心”。", "另有安排。")


@given(st.text(alphabet="“”0123456789一二三四五六七八九十大项中心、。：能力哪+", max_size=60))
def test_any_question_is_read(question: str) -> None:
    only_named(question, "建设“十大中心”和2+3项目：一、二、三。")


def asks(question: str, policy: Policy, names: tuple[str, ...] = ()) -> bool:
    reading = make_reading(question, policies=[policy])
    scope = replace(reading.scope, names=names)
    return told_years.asks_for_another_year(replace(reading, scope=scope), [policy])


def test_a_year_that_nothing_speaks_of() -> None:
    policy = make_titled_policy("西河", ["2025年改造58个。", "2027—2029年每年改造20个。"])
    assert asks("2026年改造多少个？", policy)
    assert not asks("2025年改造多少个？", policy)
    assert not asks("2028年改造多少个？", policy)
    assert not asks("改造多少个？", policy)
    assert not asks("2031年的方案改造多少个？", policy, names=("2031年的",))


def reading_of(question: str, policy: Policy, kind: str) -> Reading:
    return make_reading(question, kind=kind, policies=[policy])


def test_a_basis_that_is_not_stated() -> None:
    silent = make_titled_policy("西河", ["市政府同意，现印发给你们。"])
    stated = replace(silent, basis=(Fact("《水法》"),))
    for policy, lacks in ((silent, True), (stated, False)):
        reading = reading_of("依据哪些法律", policy, "basis")
        candidates = rank_sentences(reading, make_hits(policy, [1.0]))
        assert gaps.lacks_basis(reading, candidates) is lacks


def test_a_heading_with_nothing_below_it() -> None:
    policy = make_titled_policy("西河", ["激发活力", "增加护士配备。"])
    (heading, other) = policy.clauses
    bare = replace(policy, clauses=(replace(heading, path=("激发活力",)), other))
    reading = make_reading("怎么激发活力")
    assert gaps.is_bare_heading(rank_sentences(reading, make_hits(bare, [9.0, 1.0])))
    assert not gaps.is_bare_heading(rank_sentences(reading, make_hits(bare, [1.0, 9.0])))


def test_a_list_is_not_what_another_sentence_counts() -> None:
    reading, said = make_reading("围着哪几种病攻关"), ["攻关50种以上疑难病。"]
    assert gaps.only_counts(reading, said, best="攻关50种以上疑难病。")
    assert not gaps.only_counts(reading, said, best="围绕癌症、糖尿病、肾病等开展攻关。")


def test_the_number_of_another_body_is_no_contact() -> None:
    policy = make_titled_policy("西河近视防控", ["联系人：县教育局骆青，电话0736-5518302。"])
    candidates = rank_sentences(make_reading(), make_hits(policy))
    cues = frozenset({"contact"})
    assert gaps.is_contact_of_another(make_reading("调剂中心办公电话", cues=cues), candidates)
    assert not gaps.is_contact_of_another(make_reading("西河近视防控电话", cues=cues), candidates)
    assert not gaps.is_contact_of_another(make_reading("县教育局电话", cues=cues), candidates)
    assert not gaps.is_contact_of_another(make_reading("调剂中心办公地点"), candidates)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("托管点设在哪六所小学", "寒暑假托管：县城区不少于6所小学开设托管点，为期4周。"),
        ("三类边远卫生院是哪几家", "到边远卫生院的每月增加600元，共15家。"),
        ("三个渡口具体在哪几个村", "设置便民渡口3处，免费开放。"),
        ("那120个病种都是哪些", "日间手术病种由46个扩大到120个。"),
        ("最后定了哪几个村", "遴选若干个村先行。"),
    ],
)
def test_a_count_is_no_list(question: str, text: str) -> None:
    assert gaps.only_counts(make_reading(question), [text], best="")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("哪三个镇新建急救站", "在王坟、庙子、邵庄3个镇新建急救站。"),
        ("哪几个镇新建急救站", "选3个镇新建急救站：王坟、庙子、邵庄。"),
        ("要设哪两个科", "设治未病科和康复科，开发3个服务包。"),
        ("设几个点", "设6个点。"),
        ("要建好哪几个科", "巩固4个重点专科，完成急诊科、普外科、儿科建设。"),
        ("把哪几个工种算紧缺", "焊工、电工等六类紧缺工种培训不少于12个月。"),
    ],
)
def test_items_that_stand_beside_their_count(question: str, text: str) -> None:
    assert not gaps.only_counts(make_reading(question), [text], best="")
