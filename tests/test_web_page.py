"""What a government web page puts around a document: told apart, in lines and run together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.policies import read_policies
from corpus.schema import Document, Policy
from corpus.web_page import foot_cut, head_cuts, is_page_foot, is_page_head

HEAD = [
    "首页 > 政务公开 > 政策文件",
    "索 引 号：XH0031-2025-00047",
    "发文机关：西河市人民政府办公室",
    "成文日期：2025-02-18",
    "文 号：西政办发〔2025〕6号",
    "有 效 性：有效",
]
NOTICE = [
    "西河市人民政府办公室关于印发西河市河道管护方案的通知",
    "各区人民政府，市政府有关部门：",
    "《西河市河道管护方案》已经市政府同意，现印发给你们，请认真贯彻执行。",
    "西河市人民政府办公室",
    "2025年2月18日",
    "西河市河道管护方案",
    "为做好河道管护，根据《中华人民共和国水法》和省有关部署，制定本方案。",
    "一、目标任务",
    "2025年清淤河道58公里，新建护岸12处，水质达标率达到90%以上，群众满意度不低于85%。",
    "二、重点工作",
    "（一）压实责任。各区每季度巡河不少于3次，发现问题当日上报，七日内办结并向社会公布结果。",
    "（二）畅通投诉。居民通过12345反映的问题须在3个工作日内回复。",
]
FOOT = [
    "上一篇：西河市人民政府办公室关于做好防汛工作的通知",
    "主办单位：西河市人民政府办公室 网站标识码：9900000031",
]


def policy_of(text: str) -> Policy:
    (policy,) = read_policies(Document("page.txt", text, "0" * 64, "txt"))
    return policy


@pytest.mark.parametrize("separator", ["\n", " "], ids=["lines", "run-together"])
def test_the_page_is_told_from_the_document(separator: str) -> None:
    policy = policy_of(separator.join([*HEAD, *NOTICE, *FOOT]))
    assert policy.title.value == "西河市河道管护方案"
    assert policy.document_number is not None
    assert policy.document_number.value == "西政办发〔2025〕6号"
    assert [fact.value for fact in policy.issuers] == ["西河市人民政府办公室"]
    kinds = {clause.kind for clause in policy.clauses}
    assert {"页头", "文号", "标题", "主送", "通知", "落款", "页尾"} <= kinds
    texts = {clause.kind: clause.text for clause in policy.clauses}
    assert "网站标识码" not in "".join(
        clause.text for clause in policy.clauses if clause.kind != "页尾"
    )
    assert texts["项"].startswith("（二）畅通投诉")


@pytest.mark.parametrize("line", [*HEAD, "您当前位置：首页 > 公开", "【字体：大 中 小】"])
def test_lines_of_a_pages_head(line: str) -> None:
    assert is_page_head(line.replace(" ", ""))


@pytest.mark.parametrize("line", NOTICE)
def test_lines_of_a_document_are_none_of_the_page(line: str) -> None:
    assert not is_page_head(line)
    assert not is_page_foot(line)


def test_a_document_that_speaks_of_a_field_is_not_cut() -> None:
    assert head_cuts("申请人应当写明文号：没有的写无。" * 3) == []
    assert foot_cut("第十条 主办单位应当公布投诉电话。") is None


@given(
    st.text(alphabet="索引号发文机关：成日期2025-1有效性上一篇主办单位 >首页号〔〕", max_size=300)
)
def test_cuts_stand_inside_the_text(text: str) -> None:
    cuts = head_cuts(text)
    assert cuts == sorted(set(cuts))
    assert all(0 < cut < len(text) for cut in cuts)
    foot = foot_cut(text)
    assert foot is None or 0 < foot < len(text)
