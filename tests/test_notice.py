from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import clean_paragraphs
from corpus.notice import KIND_ADDRESS, closing_kinds, is_organisation
from corpus.titles import GENRES, is_title
from tests.outlining import clauses_of_text

LETTERHEAD = "临河市人民政府办公室文件"
NUMBER = "临政办〔2024〕21号"
TITLE = "关于印发《临河市供水保障实施方案》的通知"
ADDRESSEES = "各县（市、区）人民政府，市政府有关部门："
SENTENCE = "《临河市供水保障实施方案》已经市政府研究同意，现印发给你们，请认真组织实施。"
SIGNATURE = ["临河市人民政府办公室", "2024年6月12日"]
PLAN = "临河市供水保障实施方案"
PREAMBLE = "为保障供水安全，制定本方案。"
BODY = ["一、工作目标", "到2026年供水普及率达到98%。", "二、组织保障", "各地要加强领导。"]
NOTICE = [LETTERHEAD, NUMBER, TITLE, ADDRESSEES, SENTENCE, *SIGNATURE, PLAN, PREAMBLE, *BODY]


def kinds(*lines: str) -> list[str]:
    return [clause.kind for clause in clauses_of_text("\n".join(lines))]


def labelled(*lines: str) -> list[tuple[str, str]]:
    return [(c.kind, c.text) for c in clauses_of_text("\n".join(lines))]


def closing(*lines: str) -> list[str]:
    return closing_kinds(clean_paragraphs("\n".join(lines)))[:-1]


def test_the_parts_of_a_notice_in_order() -> None:
    assert kinds(*NOTICE) == [
        *("版头", "文号", "标题", "主送", "通知", "落款", "标题", "前言", "部分", "部分")
    ]


@given(st.sampled_from(GENRES.split("|")), st.sampled_from(["（试行）", "（征求意见稿）", ""]))
def test_titles_end_with_a_genre(genre: str, note: str) -> None:
    assert is_title(f"临河市供水保障{genre}{note}")


@pytest.mark.parametrize(
    "text", ["一、实施方案", "现将方案印发给你们的通知", "落实方案。", "加强领导", "甲，乙方案"]
)
def test_what_is_no_title(text: str) -> None:
    assert not is_title(text)


def test_names_of_bodies() -> None:
    assert is_organisation("临河市住房和城乡建设局")
    assert is_organisation("临河市人民政府办公室文件")
    assert not is_organisation("各部门要加强领导，落实责任。")


def test_a_name_signs_only_where_a_date_follows() -> None:
    assert closing("市水利局", "市财政局", "2024年6月12日") == ["落款", "落款", "落款"]
    assert closing("市水利局", "市财政局", "压实责任。") == ["", "", ""]
    assert closing("县长：王建国", "二〇二四年六月十二日") == ["落款", "落款"]


def test_bodies_on_one_line_sign_together() -> None:
    line = "临河市财政局　临河市教育局　临河市人力资源和社会保障局　临河市民政局"
    assert closing(line, "2024年6月12日") == ["落款", "落款"]


def test_imprint_and_copies_close_too() -> None:
    lines = ["抄送：市委办公室，市政协办公室。", "临河市人民政府办公室", "2024年6月12日印发"]
    assert closing(*lines) == ["印发", "印发", "印发"]
    assert kinds(*NOTICE, *lines)[-2:] == ["部分", "印发"]


def test_members_listed_in_a_clause_do_not_close_it() -> None:
    assert kinds("一、成员单位", "市水利局", "市财政局", "二、职责") == ["部分", "部分"]


def test_the_body_of_a_notice_is_followed_by_its_closing_words_and_signature() -> None:
    lines = [TITLE, ADDRESSEES, "现就有关事项通知如下：", "一、甲。", "二、乙。", "特此通知。"]
    assert labelled(*lines, "附件：1.表格", *SIGNATURE)[2:] == [
        ("通知", "现就有关事项通知如下："),
        ("部分", "一、甲。"),
        ("部分", "二、乙。"),
        ("通知", "特此通知。"),
        ("附件说明", "附件：1.表格"),
        ("落款", "\n".join(SIGNATURE)),
    ]


def test_a_plan_behind_the_signature_opens_anew() -> None:
    lines = [TITLE, ADDRESSEES, "一、落实责任。", *SIGNATURE, PLAN, PREAMBLE, "一、目标", "达标。"]
    found = clauses_of_text("\n".join(lines))
    assert [(c.kind, c.label) for c in found][2:] == [
        *(("部分", "一"), ("落款", "落款"), ("标题", "标题"), ("前言", "前言")),
        *(("部分", ""), ("部分", "一")),
    ]


def test_a_date_inside_a_clause_closes_nothing() -> None:
    assert kinds("一、时间", "2024年6月12日", "地点在市水利局。", "二、要求") == ["部分", "部分"]


def test_notes_below_a_title_are_no_title() -> None:
    assert labelled(PLAN, "（征求意见稿）", PREAMBLE, *BODY)[:3] == [
        ("标题", PLAN),
        ("题注", "（征求意见稿）"),
        ("前言", PREAMBLE),
    ]


def test_a_title_of_several_lines() -> None:
    lines = [
        "临河市人民政府办公室",
        "关于印发",
        "临河市供水保障实施方案的通知",
        ADDRESSEES,
        SENTENCE,
    ]
    assert kinds(*lines) == ["标题", "主送", "通知"]


def test_addressees_are_one_line_and_no_announcement() -> None:
    assert kinds(TITLE, ADDRESSEES, "现将名单公布如下：", "一、甲") == [
        *("标题", "主送", "通知", "部分")
    ]
    assert kinds(TITLE, "常务委员会决定作如下修改：", "一、甲") == ["标题", "前言", "部分"]


def test_attachments_follow_their_list() -> None:
    lines = [TITLE, ADDRESSEES, SENTENCE, "附件1：任务清单", "附件2：任务分工", *SIGNATURE]
    lines += ["附件1", "任务清单", "一、甲", "附件2", "任务分工", "1.乙"]
    assert [kind for kind in kinds(*lines) if kind.startswith("附件")] == [
        *("附件说明", "附件", "附件")
    ]


def test_a_file_that_is_one_attachment_is_numbered_without_it() -> None:
    found = clauses_of_text("\n".join(["附件", PLAN, PREAMBLE, *BODY]))
    assert [(c.kind, c.label) for c in found] == [
        *(
            ("附件说明", "附件说明"),
            ("标题", "标题"),
            ("前言", "前言"),
            ("部分", "一"),
            ("部分", "二"),
        )
    ]


def test_every_kind_has_an_address_of_its_own() -> None:
    assert len(set(KIND_ADDRESS.values())) == len(KIND_ADDRESS)


@pytest.mark.parametrize("name", ["供水情况自查表.doc", "1.自查表.docx", "任务清单.XLSX"])
def test_a_file_named_behind_the_signature_is_listed_and_no_annex(name: str) -> None:
    found = labelled(TITLE, ADDRESSEES, SENTENCE, "一、甲", *SIGNATURE, f"附件：{name}")
    assert found[-1] == ("附件说明", f"附件：{name}")


def test_words_behind_the_signature_are_an_annex() -> None:
    found = kinds(TITLE, ADDRESSEES, SENTENCE, "一、甲", *SIGNATURE, "附件：任务清单", "1.乙")
    assert "附件" in found


def test_a_head_that_is_bare_opens_the_articles_below_it() -> None:
    lines = ["临河市供水管理办法", "总　则", "第一条 甲。", "附 则", "第二条 乙。"]
    found = clauses_of_text("\n".join(lines))
    assert [(c.kind, c.label, c.path[0]) for c in found if c.kind in ("部分", "条")] == [
        *(("部分", "总则", "总则"), ("条", "第一条", "总则")),
        *(("部分", "附则", "附则"), ("条", "第二条", "附则")),
    ]


def test_a_bare_word_before_prose_is_prose() -> None:
    assert kinds("临河市供水管理办法", "总则", "供水须有保障。", "一、甲")[1] == "前言"
