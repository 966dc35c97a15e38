"""What a government web page puts around a document: told apart, in lines and run together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.page_furniture import is_furniture, is_site_name
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


BANNERS = [
    "清崖县人民政府门户网站",
    "清崖县人民政府 网站支持IPv6 无障碍阅读 关怀版 登录 | 注册 请输入搜索内容",
    "网站首页 认识清崖 新闻中心 信息公开 办事服务 政民互动 数据发布",
]
TOOLS = "字体：大 中 小 阅读量：271次 打印 分享到：微信 微博"
LINKS = [
    "相关链接",
    "清崖县水务局关于公布节水器具名录的公告",
    "《清崖县农村供水管理规定》解读",
    "上一篇：清崖县人民政府关于划定禁渔期的通告",
    "主办：清崖县人民政府办公室 承办：清崖县政务信息中心",
    "网站标识码：9911220033 崖ICP备11002200号",
    "网站地图 | 联系我们 | 版权声明",
]
RULES = [
    "清崖县人民政府关于印发清崖县农村供水管理规定的通知",
    TOOLS,
    "各乡镇人民政府，县直各部门： 现将《清崖县农村供水管理规定》印发给你们，请遵照执行。"
    " 清崖县人民政府 2023年9月4日",
    "清崖县农村供水管理规定",
    "一、总则 为规范农村供水，根据《农村供水条例》和《西陵省节水办法》，制定本规定。"
    " 县水务局负责全县农村供水监督管理。 用水户节约用水。 禁止私接管道。",
    "二、供水 （一）水质检测每月不少于2次，结果在村务公开栏张贴。"
    " （二）停水检修提前24小时告知用水户，抢修除外。",
    "本规定自2023年10月1日起施行，有效期五年。",
]


def test_banners_tools_and_links_of_a_page_are_no_titles_bodies_or_clauses() -> None:
    fields = (
        "索引号：QY2023-01 发布机构：清崖县人民政府 成文日期：2023-09-04 文号：清政规〔2023〕3号"
    )
    policy = policy_of("\n".join([*BANNERS, fields, *RULES, *LINKS]))
    assert policy.title.value == "清崖县农村供水管理规定"
    assert policy.document_number is not None
    assert policy.document_number.value == "清政规〔2023〕3号"
    assert [fact.value for fact in policy.issuers] == ["清崖县人民政府"]
    assert [fact.value for fact in policy.basis] == ["《农村供水条例》", "《西陵省节水办法》"]
    assert {kind: fact.value for kind, fact in policy.dates} == {
        "成文": "2023-09-04",
        "施行": "2023-10-01",
    }
    kinds = [clause.kind for clause in policy.clauses]
    assert kinds[0] == "页头"
    assert kinds[-1] == "页尾"
    around = "".join(c.text for c in policy.clauses if c.kind in ("页头", "页尾"))
    for line in (*BANNERS, TOOLS, *LINKS):
        assert "".join(line.split()) in around.replace("\n", "")
    assert [(c.label, c.text[:6]) for c in policy.clauses if c.kind in ("部分", "文末")] == [
        ("一", "一、总则\n为"),
        ("二", "二、供水"),
        ("文末", "本规定自20"),
    ]


@pytest.mark.parametrize("line", [*BANNERS, TOOLS, LINKS[-1]])
def test_furniture(line: str) -> None:
    for text in (line, "".join(line.split())):
        assert is_furniture(text) or is_site_name(text)


@pytest.mark.parametrize(
    "line",
    [
        *NOTICE,
        "政务服务网上办事指南",
        "关于推进政务公开和政务服务工作的意见",
        "登录县政务服务网，进入办事服务栏目查询结果。",
        "政务服务中心",
        "主办：县体育局",
    ],
)
def test_no_furniture(line: str) -> None:
    assert not is_furniture(line)
    assert not is_site_name(line)
    assert not is_page_foot(line)


def test_a_further_document_behind_a_page_is_read() -> None:
    text = "\n".join([*NOTICE, *FOOT, *RULES])
    titles = [clause.text for clause in policy_of(text).clauses if clause.kind == "标题"]
    assert RULES[0] in titles
