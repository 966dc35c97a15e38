"""Texts saved from pages: the title among menus and facts, lost line breaks, questions, tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.line_pieces import line_pieces
from corpus.page_head import page_heads
from corpus.policies import read_policies
from corpus.schema import Document, Policy
from corpus.titles import is_title

BODY = (
    "为方便群众办事，根据有关规定，制定本指南。 一、办理条件 申请人具有本市户籍。 二、办理时限 "
    "自受理之日起20个工作日内办结，特殊情况可以延长10个工作日。 三、收费标准 不收费。 四、咨询电话 "
    "工作日9:00—17:00，由窗口工作人员解答；也可以登录平台留言，3个工作日内答复。"
    "（一）现场办理的，当场受理；材料不全的，一次性告知。（二）网上办理的，1个工作日内受理。"
)
HEADS = {
    "path, title, facts": (
        "云岭市民政局门户 无障碍 | 登录 您的位置：首页 > 政务公开 > 办事指南 {} "
        "来源：本站 发布时间：2023-05-22 10:41 阅读：5806 收藏 | 纠错"
    ),
    "arrows, brackets": (
        "云岭民政 您现在所在的位置：首页 >> 服务 >> 热点 {} 来源：云岭市民政局 "
        "时间：2024-12-06 【字体：大 中 小】 打印"
    ),
    "facts of its own": (
        "政务服务网 | 云岭市 切换区域 首页 > 个人服务 > 社会救助 {} 实施机构：云岭市民政局 "
        "办件类型：承诺件 浏览量：1203"
    ),
    "title as a fact": (
        "首页 > 信息公开 > 规范性文件 索引号：HC014/2024-00073 发文机关：云岭市民政局 标题：{} "
        "主题词：民政 救助 有效性：有效"
    ),
    "facts first": (
        "首页 > 政务公开 > 文件 索 引 号：XH01-47 发文机关：云岭市民政局 有 效 性：有效 {}"
    ),
    "twice": "首页 > 通知公告 {0} {0} 日期：2024-05-20 来源：云岭市民政局",
    "glued to the column": (
        "当前位置：首页>政务公开>通知公告{} 发布日期：2024-05-20 来源：云岭市民政局"
    ),
}
TITLES = ["云岭市临时救助办事指南", "云岭市临时救助热点问答（2024年版）", "关于规范临时救助的通知"]


def policy_of(text: str) -> Policy:
    (policy,) = read_policies(Document("page.txt", text, "0" * 64, "txt"))
    return policy


def kinds_of(policy: Policy) -> list[tuple[str, str]]:
    return [(clause.kind, clause.text) for clause in policy.clauses]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("head", HEADS.values(), ids=list(HEADS))
@pytest.mark.parametrize("gap", ["\n", " "], ids=["line", "run-together"])
def test_the_title_stands_between_the_path_and_the_facts(gap: str, head: str, title: str) -> None:
    policy = policy_of(head.format(title) + gap + BODY)
    assert policy.title.value == title
    assert policy.title.origin == "text"
    assert policy.clauses[0].kind == "页头"
    assert any(text.startswith("为方便群众") for _, text in kinds_of(policy))


@pytest.mark.parametrize("gap", ["\n", " "], ids=["line", "run-together"])
def test_spaces_that_stand_for_line_breaks_part_heads_from_their_text(gap: str) -> None:
    policy = policy_of(HEADS["path, title, facts"].format(TITLES[0]) + gap + BODY)
    paths = [clause.path[-1] for clause in policy.clauses if clause.kind == "部分"]
    assert paths == ["一、办理条件", "二、办理时限", "三、收费标准", "四、咨询电话"]


def test_a_sentence_with_spaces_is_left_whole() -> None:
    text = "本市 2024 年度共有 17 家 A 级景区 实行预约，" * 12 + "自即日起执行。"
    assert line_pieces(text) == [text]


@given(
    st.text(alphabet="首页位置：>» 。一、（一）来源时间2024-1标题办法为各市 \u3000|", max_size=400)
)
def test_no_character_is_lost(text: str) -> None:
    assert "".join(line_pieces(text)) == text
    for index, pieces in page_heads([text or " "]).items():
        assert index == 0
        assert "".join(piece for piece, _ in pieces) == text


def test_the_region_comes_from_the_page_where_the_text_names_none() -> None:
    title = "食品小作坊登记办事指南"
    head = HEADS["path, title, facts"].replace("云岭市民政局", "柳州市市场监督管理局")
    policy = policy_of(head.format(title) + "\n" + BODY)
    assert policy.region is not None
    assert policy.region.value == "广西壮族自治区柳州市"
    assert [fact.value for fact in policy.issuers] == ["柳州市市场监督管理局"]


def test_the_document_goes_before_its_page() -> None:
    head = HEADS["arrows, brackets"].replace("云岭市民政局", "柳州市民政局")
    policy = policy_of(head.format("南宁市临时救助热点问答") + "\n" + BODY)
    assert policy.region is not None
    assert policy.region.value == "广西壮族自治区南宁市"
    assert policy.issuers == ()


@pytest.mark.parametrize(
    ("number", "issuer", "region"),
    [
        ("宁财规发〔2024〕4号", "自治区财政厅", "宁夏回族自治区"),
        ("豫政办〔2024〕4号", "省人民政府办公厅", "河南省"),
        ("海政办〔2024〕4号", "市人民政府办公室", None),
        ("吉财规〔2024〕4号", "市财政局", None),
    ],
)
def test_the_number_of_a_provincial_body_names_its_province(
    number: str, issuer: str, region: str | None
) -> None:
    lines = ["关于差旅费管理的通知", number, "各单位：", "现就有关事项通知如下。"]
    policy = policy_of("\n".join([*lines, "一、标准", "每人每天80元。", issuer, "2024年1月22日"]))
    assert (policy.region.value if policy.region else None) == region


def test_the_place_that_a_text_names_by_far_most_often() -> None:
    lines = [f"{number}、柳州市第{number}条措施由柳州市财政局落实。" for number in "一二三四"]
    policy = policy_of("\n".join(["稳岗惠企措施", *lines]))
    assert policy.region is not None
    assert policy.region.value == "广西壮族自治区柳州市"
    mixed = [line.replace("柳州市第", "南宁市第") for line in lines]
    assert policy_of("\n".join(["稳岗惠企措施", *mixed])).region is None
    statute = ["中华人民共和国稳岗法", *lines]
    assert policy_of("\n".join(statute)).region is None


@pytest.mark.parametrize("gap", ["\n", " ", ""], ids=["lines", "spaces", "run-together"])
@pytest.mark.parametrize("mark", ["问1：|问2：|问3：", "问：|问：|问：", "Q1：|Q2：|Q3："])
def test_questions_become_clauses_with_their_answers(mark: str, gap: str) -> None:
    first, second, third = mark.split("|")
    pieces = [
        "云岭市购房契税问答",
        "为方便群众办理涉税事项，我局根据有关规定梳理形成本问答，具体以办理时的有效规定为准。",
        f"{first}现在买首套房契税怎么收？",
        "答：面积为140平方米及以下的，减按1%的税率征收；140平方米以上的，减按1.5%的税率征收。",
        f"{second}买第二套呢？",
        "答：面积为140平方米及以下的，减按1%的税率征收；140平方米以上的，减按2%的税率征收。",
        f"{third}家庭住房套数怎么算，以什么为单位查询？",
        "答：以房屋所在县（市、区）为单位查询，由住房和城乡建设部门出具查询结果。",
    ]
    policy = policy_of(gap.join(pieces))
    assert policy.title.value == pieces[0]
    points = [clause for clause in policy.clauses if clause.kind == "点"]
    assert [clause.path[-1] for clause in points] == pieces[2::2]
    for clause, question, answer in zip(points, pieces[2::2], pieces[3::2], strict=True):
        assert clause.text.replace("\n", "") == question + answer


def test_lines_of_cells_parted_by_spaces_are_rows() -> None:
    text = (
        "第一条 为规范差旅费，制定本办法。\n第二条 住宿费限额标准：\n地区 厅局级 其余人员\n"
        "北京、上海 650 500\n区内各市 400 300\n旺季可以上浮20%。\n第三条 本办法自发布之日起施行。\n"
    )
    policy = policy_of(text)
    rows = [clause for clause in policy.clauses if clause.kind == "表行"]
    assert [row.text for row in rows] == ["北京、上海 650 500", "区内各市 400 300"]
    assert rows[0].path[-1] == "地区 厅局级 其余人员"
    assert all(clause.kind != "表" for clause in policy_of(text.replace(" 300", "")).clauses)


def test_ideographic_spaces_part_cells_and_latin_words_are_none() -> None:
    text = "设备　　　2024年　2025年\nPET/CT　　　2　　　1\n伽玛刀　　　1　　　1\n"
    policy = policy_of(f"可配置数\n一、数量\n{text}")
    rows = [clause.text for clause in policy.clauses if clause.kind == "表行"]
    assert [row.split() for row in rows] == [["PET/CT", "2", "1"], ["伽玛刀", "1", "1"]]
    english = "one two three\nfour five six\nseven eight nine\n"
    assert all(clause.kind != "表" for clause in policy_of(english).clauses)


def test_an_article_of_a_messenger() -> None:
    lines = [
        "点击蓝字 关注我们",
        "👇👇👇",
        "【权威发布】🏠 邯郸市住房公积金贷款额度提高啦！",
        "为支持改善性住房需求，自2024年8月1日起调整贷款政策👉",
        "🔴 一、提高最高额度",
        "家庭最高贷款额度由50万元提高至70万元。",
        "🔴 二、办理时限",
        "受理之日起10个工作日内审批。",
        "编辑：小李",
        "喜欢就点个在看吧👍",
    ]
    policy = policy_of("\n".join(lines))
    assert "邯郸市住房公积金贷款额度提高啦" in policy.title.value
    assert policy.region is not None
    assert policy.region.value == "河北省邯郸市"
    kinds = [kind for kind, _ in kinds_of(policy)]
    assert kinds == ["页头", "标题", "前言", "部分", "部分", "页尾"]


def test_a_text_that_nothing_names_takes_its_first_words() -> None:
    policy = policy_of("近期来电咨询参保的较多，现整理如下。\n一、怎么交\n按月缴纳。")
    assert policy.title.value == "近期来电咨询参保的较多，现整理如下"


@pytest.mark.parametrize("word", ["做法", "具体做法", "行政执法", "申请方法"])
def test_words_that_end_like_a_law_are_no_titles(word: str) -> None:
    assert not is_title(word)
