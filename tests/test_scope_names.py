"""Documents, orders, institutions and places by name, read against a small invented library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.scope import Shelf
from corpus.schema import Fact, Policy
from index.folding import fold
from index.words import Words
from tests.factories import make_clause, make_policy

WORDS = Words()


def policy(
    policy_id: str,
    title: str,
    texts: Sequence[str],
    *,
    region: str | None,
    number: str,
    issuer: str,
) -> Policy:
    made = make_policy(texts, policy_id=policy_id, title=title)
    return replace(
        made,
        document_number=Fact(number),
        issuers=(Fact(issuer),),
        dates=(("印发", Fact("2024年6月13日")),),
        region=Fact(region) if region else None,
    )


def library() -> list[Policy]:
    dogs = policy(
        "dogs",
        "云栎市养犬管理办法",
        ["养犬应当登记。", "本办法依据云动发〔2020〕7号制定。", "云栎市第一人民医院设接种点。"],
        region="云栎市",
        number="云栎市人民政府令第27号",
        issuer="云栎市人民政府",
    )
    ward = policy(
        "ward",
        "病区物品管理规定",
        ["轮椅押金二百元。"],
        region="松溆市",
        number="松三医〔2024〕9号",
        issuer="松溆市第三人民医院",
    )
    seats = policy(
        "seats",
        "关于做好公益阅读座位建设的通知",
        ["全省建设公益阅读座位。"],
        region="澄屿省",
        number="澄文发〔2024〕3号",
        issuer="澄屿省文化和旅游厅",
    )
    heading = ("附件 公益阅读座位任务表", "市 | 2024年 | 2025年")
    rows = tuple(
        replace(
            make_clause(text, clause_id=f"seats/r{n}", policy_id="seats", path=heading),
            kind="表行",
        )
        for n, text in enumerate(["云栎市 | 300 | 500", "荻浦市 | 200 | 400"])
    )
    return [dogs, ward, replace(seats, clauses=(*seats.clauses, *rows))]


@pytest.fixture(scope="module")
def small() -> Shelf:
    policies = library()
    texts = [clause.text for made in policies for clause in made.clauses]
    return Shelf(policies, texts, words=WORDS.cut)


@given(
    question=st.text()
    | st.text(st.sampled_from("云栎松溆市省第三人民医院二27号令的条例2025年方案 "))
)
def test_any_text_has_a_scope_whose_names_it_says(small: Shelf, question: str) -> None:
    found = small.find(question)
    assert all(name in fold(question) for name in (*found.names, *found.unknown))
    assert set(found.kept) <= set(found.names)


@pytest.mark.parametrize(
    "question",
    [
        "荻浦市公共图书馆建设方案里要求多少个座位",  # a place that is but a row
        "荻浦市养狗条例对遛狗怎么规定",
        "云栎市电梯安全条例里怎么罚",  # a place with another matter
        "云栎市2031年文化工作要点列了什么",
        "松溆市养犬管理办法怎么罚",
        "云栎市社区食堂老年助餐补贴办法一餐补多少",  # another matter, of the same kind
        "云栎市实验小学怎么报名",  # no text for that place has it
        "云栎市妇幼保健院几点开门",
        "《湖面捕捞许可证条例》怎么罚",
    ],
)
def test_a_document_that_is_not_held_is_unknown(small: Shelf, question: str) -> None:
    assert small.find(question).unknown


@pytest.mark.parametrize(
    "question",
    [
        "云栎市养犬条例里怎么罚",  # another word for its kind
        "云栎市的方案怎么说",
        "云栎养狗办法要登记吗",
        "云栎市有什么办法让人登记养犬",
        "云栎各区的实施细则谁来定",
        "荻浦市今年要建多少公益阅读座位",
        "云栎市2020年那个养犬办法什么时候废止",
        "云栎市人民医院打疫苗吗",
        "《养犬办法》怎么罚",
    ],
)
def test_what_can_be_meant_is_not_unknown(small: Shelf, question: str) -> None:
    assert not small.find(question).unknown


def test_a_number_that_is_only_cited_is_unknown_but_as_a_basis(small: Shelf) -> None:
    assert small.find("云动发〔2020〕7号要求怎样登记").unknown
    assert small.find("云动发〔2020〕7号原文怎么讲犬证").unknown
    assert not small.find("哪份文件是根据云动发〔2020〕7号制定的").unknown
    assert not small.find("云栎的办法落实云动发〔2020〕7号了吗").unknown


@pytest.mark.parametrize(
    "question",
    ["27号令怎么罚", "按第27号令要登记吗", "市政府27号令", "云栎市人民政府令第27号", "二十七号令"],
)
def test_an_order_is_known_by_its_number(small: Shelf, question: str) -> None:
    assert small.find(question).policy_ids == {"dogs"}


@pytest.mark.parametrize(
    "question", ["松三医9号文里轮椅押金多少", "松三医第9号要求什么", "看松三医09号文件"]
)
def test_a_number_without_its_year_leads_to_the_document(small: Shelf, question: str) -> None:
    assert small.find(question).policy_ids == frozenset({"ward"})


def test_what_stands_before_such_a_number_is_still_asked(small: Shelf) -> None:
    found = small.find("轮椅押金按松三医9号文怎么收")
    assert found.names == ("松三医9号文",)
    assert "轮椅押金" in found.rest


@pytest.mark.parametrize("question", ["松三医8号文里轮椅押金多少", "松三医9号令怎么说", "9号文"])
def test_another_number_does_not(small: Shelf, question: str) -> None:
    assert "ward" not in small.find(question).policy_ids


def test_a_bare_number_of_a_document_chooses_among_those_of_its_place(small: Shelf) -> None:
    found = small.find("9号文里轮椅押金多少")
    assert not found.unknown
    assert "9号文" not in found.rest
    assert small.find("云栎77号文里押金多少").unknown == ("77号文",)


def test_an_area_is_no_part_of_a_name(small: Shelf) -> None:
    assert "云栎" in small.find("云栎市域内有几个接种点").names


def test_the_department_before_the_name_of_a_document_is_no_part_of_it(small: Shelf) -> None:
    assert not small.find("云栎市城管局那个养犬办法怎么说").unknown
    assert small.find("云栎市城管局那个建筑垃圾运输处置办法怎么说").unknown


def test_the_order_of_another_body_is_not_this_one(small: Shelf) -> None:
    assert not small.find("国务院27号令怎么罚").policy_ids
    assert not small.find("28号令怎么罚").policy_ids


@pytest.mark.parametrize("name", ["松溆市第三人民医院", "松溆三院", "松溆市三院", "松溆市医院"])
def test_an_institution_binds_to_what_it_issued(small: Shelf, name: str) -> None:
    found = small.find(f"{name}轮椅押金多少")
    assert found.policy_ids == {"ward"}
    assert found.rest.strip() == "轮椅押金多少"


def test_another_institution_has_nothing_here(small: Shelf) -> None:
    assert small.find("松溆市第二人民医院轮椅押金多少").unknown == ("松溆市第二人民医院",)
    assert small.find("荻浦市人民医院轮椅押金多少").unknown == ("荻浦市人民医院",)


def test_what_a_government_says_of_a_hospital_is_a_topic(small: Shelf) -> None:
    found = small.find("云栎市第一人民医院设什么")
    assert found.policy_ids == {"dogs"}
    assert "第一人民医院" in found.rest


def test_a_place_leads_to_the_table_that_has_its_row(small: Shelf) -> None:
    for place in ("云栎市", "荻浦市"):
        found = small.find(f"{place}2025年要建多少公益阅读座位")
        assert found.policy_ids == {"seats"}
        assert place in found.rest
        assert found.kept == (place,)
    assert small.find("云栎市养犬要登记吗").policy_ids == {"dogs"}


def test_a_place_in_no_table_is_known_by_its_sound(small: Shelf) -> None:
    assert small.find("What does Yunli's regulation say about dogs?").policy_ids == {"dogs"}
    assert small.find("In Yunli (云栎), must dogs be registered?").names == ("云栎",)


def test_a_foreign_place_in_latin_letters_is_unknown(small: Shelf) -> None:
    assert small.find("What does Hangzhou's plan say about dogs?").unknown == ("hangzhou",)
    assert not small.find("Can doctors from Hangzhou register dogs?").unknown


@pytest.mark.parametrize("name", ["玉石区", "海天市", "霞渡省"])
def test_places_of_every_level_may_be_unlisted(small: Shelf, name: str) -> None:
    assert small.find(f"{name}养犬登记收多少").unknown == (name,)


@pytest.mark.parametrize("name", ["充电区", "办公区", "老小区", "禁放区", "东部省"])
def test_areas_are_no_places(small: Shelf, name: str) -> None:
    assert not small.find(f"{name}能不能遛狗").unknown
