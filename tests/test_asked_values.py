"""Kinds of values that are asked for, and whether what would be said has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asked_values import lacks_attribute, lacks_value, pieces_with_value, with_value
from assistant.citations import DraftStatement
from index.folding import fold
from tests.made_hits import make_reading, make_titled_policy


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("放学专线票价多少钱一趟", "增开放学专线公交12条，结束后30分钟内保证1班。"),
        ("喷灌机一台多少钱", "每台喷灌机控制面积不超过800亩。"),
        ("闯红灯罚多少", "不得逆向行驶、闯红灯。"),
        ("由哪家公司施工", "对86.3公里渠道实施衬砌。"),
        ("举报打哪个号码", "查实的给予奖励。"),
        ("分管的副市长叫啥", "由一位副市长分管。"),
        ("公园几点关门", "禁止携犬进入公园。"),
        ("买了几台核磁", "县人民医院负责采购。"),
        ("照管员要多少岁", "每辆校车配备1名照管员。"),
        ("一个班最多多少个学生", "课后服务工作进度安排表"),
        ("馆长一年给多少万？", "人员经费占比达到40%。"),
        ("床位各是多少张", "精准增加床位，2030年底完成。"),
        ("各有多少家拿到资格", "两年不合格的取消资格。"),
        ("奖金分几年发完", "最高80万元。"),
        ("门诊楼要评到几级", "二级及以上公立医院要改造门诊楼。"),
        ("医生护士的配比是一比几", "严格控制公立医院数量和规模。"),
        ("视频探视一次多少分钟", "每周二14:30可以视频探视。"),
        ("床长多少宽多少", "每日7:30前收起陪护床。"),
        ("要多大年纪以下", "每村配备1名管水员。"),
        ("一个班最多多少个学生", "从第二名子女起减半。"),
        ("分别是哪家设计院做的", "县水务局负责。"),
        ("组长姓甚名谁", "由分管副县长任组长。"),
        ("各拿出多少亿来落实", "按规定落实，由财政负担。"),
        ("医院要进全国多少名", "新增人才5名以上。"),
        ("述职几月几号开始", "开展2021年度考核。"),
        ("分院的床位数", "加快分院建设。"),
        ("指标各占多少分", "制定可量化的指标。"),
        ("专班的组长是谁啊", "成立工作专班（以下简称专班），办公室设在县水务局。"),
        ("馆长年薪最多是职工平均的几倍", "馆长实行年薪制。"),
        ("新馆占地多大", "规划建设县图书馆新馆。"),
        ("How much goes to books, in percent?", "提高购书经费。"),
    ],
)
def test_a_sentence_without_the_kind_of_value_is_no_answer(question: str, text: str) -> None:
    assert lacks_value(make_reading(question), [text])


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("放学专线票价多少钱", "票价2元。"),
        ("要交多少钱", "对下列学生免收费用。"),
        ("能退我多少钱", "按日退还百分之五十。"),
        ("改造费各摊几成", "改造费用按照5∶3∶2的比例分担。"),
        ("新增灌溉面积多少万亩", "新增灌溉面积18万亩。"),
        ("馆长一年给多少万？", "年薪30万元。"),
        ("床位要多少张？", "每千人口床位数达到6.5张。"),
        ("辅导员要配多少名", "指标：辅导员（名）；2025年：60；2026年：95"),
        ("聘期几年", "聘期3年。"),
        ("门诊楼要评到几级", "门诊楼达到三级标准。"),
        ("副组长是谁", "副市长为组长，秘书长为副组长。"),
        ("专班的组长是谁", "专班由县政府主要负责同志任组长。"),
        ("召集人是谁", "联席会议召集人由分管副县长兼任。"),
        ("年薪是职工平均的几倍", "年薪不超过职工平均工资的3倍。"),
        ("夜市发多少期", "发布50期。"),
        ("2025年分到多少万亩", "沙窝镇\t1.5\t2.0"),
        ("打第一个电话要几天内", "出院后3日内完成首次随访。"),
        ("哪几户没交", "以部分用户欠费为由。"),
        ("几点意见", "提出如下意见。"),
        ("医生护士的配比是一比几", "医护比达到1：2。"),
        ("探视一次多少分钟", "每次不超过半小时。"),
        ("广告牌限高多少", "高度不得超过三米。"),
        ("医院要排到全省多少名", "进入全省前20名。"),
        ("每年要招多少名", "每年招聘3名。"),
        ("述职几月几号开始", "每年12月述职。"),
        ("分院的床位数", "分院设床位300张。"),
    ],
)
def test_a_value_in_any_of_its_forms_is_one(question: str, text: str) -> None:
    assert not lacks_value(make_reading(question), [text])


def test_a_date_is_asked_for_where_the_question_asks_for_one() -> None:
    text = "招聘20名，聘期不少于5年。"
    assert lacks_value(make_reading("什么时候笔试", kind="date"), [text])
    assert not lacks_value(make_reading("什么时候笔试", kind="date"), ["5月底前笔试。"])
    assert not lacks_value(make_reading("什么时候都能来吗", kind="yesno"), [text])


def test_only_what_has_the_value_is_looked_at_further() -> None:
    about, with_age = (DraftStatement(t, ()) for t in ("照管员1名。", "驾驶人不超过60周岁。"))
    assert with_value(make_reading("照管员要多少岁"), [about, with_age]) == [with_age]
    assert with_value(make_reading("照管员的职责"), [about, with_age]) == [about, with_age]


SUMS = make_titled_policy("西河", ["逾期不交的，处500元罚款，违约金100元。", "保教收费每月600元。"])


def lacks_sum(question: str) -> bool:
    texts = [clause.text for clause in SUMS.clauses]
    return lacks_attribute(make_reading(question, kind="number"), texts, SUMS)


@pytest.mark.parametrize("question", ["逾期罚息是多少", "起付线多少", "物业费标准"])
def test_a_sum_by_a_name_that_the_document_does_not_use(question: str) -> None:
    assert lacks_sum(question)


@pytest.mark.parametrize("question", ["违约金是多少", "保教费多少", "有哪些收费"])
def test_a_sum_that_the_document_names_so_or_nearly_so(question: str) -> None:
    assert not lacks_sum(question)


@given(
    st.text(alphabet="多少几钱元岁点名电话是什么时候价费率？，", max_size=40), st.text(max_size=40)
)
def test_any_question_and_text_are_read(question: str, text: str) -> None:
    lacks_value(make_reading(question), [text])
    lacks_attribute(make_reading(question), [text], make_titled_policy("西河", ["本方案。"]))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("水库巡查员叫什么", "以下简称巡查员，由乡镇聘用。"),
        ("两个县的水利局长分别是谁", "水利局负责日常巡查。"),
        ("一共发生多少起溺水", "设置警示牌，配备救生圈。"),
        ("志愿者报名到几号截止", "每年招募志愿者。"),
    ],
)
def test_persons_cases_and_last_days_that_no_sentence_has(question: str, text: str) -> None:
    assert lacks_value(
        make_reading(question, kind="date" if "几号" in question else "fact"), [text]
    )


def test_persons_cases_and_last_days_that_are_given() -> None:
    assert not lacks_value(make_reading("巡查员叫什么"), ["巡查员：周同志"])
    assert not lacks_value(make_reading("发生多少起溺水"), ["全年溺水控制在3起以内。"])
    assert not lacks_value(make_reading("志愿者报名到几号截止"), ["3月5日前报名。"])


def test_the_name_of_a_sum_behind_the_word_that_asks() -> None:
    policy = make_titled_policy("西河", ["游泳课每周两节。", "优秀学员奖励200元。"])
    said = ["优秀学员奖励200元。"]
    assert lacks_attribute(make_reading("游泳课一期收多少学费"), said, policy)
    paid = make_titled_policy("西河", ["游泳课学费200元。"])
    assert not lacks_attribute(make_reading("游泳课一期收多少学费"), ["游泳课学费200元。"], paid)


def test_pieces_with_the_value_are_cut_at_every_stop() -> None:
    text = "探索门诊付费，到2025年，占住院支出的比例达到70%。"
    assert pieces_with_value(make_reading("占比是百分之几"), [text]) == ["占住院支出的比例达到70%"]


def test_where_no_kind_is_told_a_figure_is_a_value() -> None:
    pieces = pieces_with_value(
        make_reading("门诊占多少", kind="number"), ["2025年启动，门诊占70%，住院全覆盖。"]
    )
    assert pieces == ["门诊占70%", "住院全覆盖"]


@given(st.lists(st.text()))
def test_every_piece_stands_in_a_text(texts: list[str]) -> None:
    pieces = pieces_with_value(make_reading("要多少天"), texts)
    assert all(any(piece in fold(text) for text in texts) for piece in pieces)


def test_the_time_of_building_is_a_date() -> None:
    reading = make_reading("方舱的建成时间", kind="date")
    assert lacks_value(reading, ["方舱建成后其它均撤销。"])
    assert not lacks_value(reading, ["方舱2025年建成。"])


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("哪家医院在帮扶西河县人民医院", "建立帮扶机制，推动西河县人民医院发展。", True),
        ("六大医联体是哪家医院牵头", "依托6大医联体，县级医院帮扶乡镇卫生院。", True),
        ("哪家医院在帮扶西河县人民医院", "由东河市第一人民医院帮扶。", False),
        ("医共体由哪家医院牵头", "由县中医院牵头。", False),
    ],
)
def test_a_hospital_is_told_by_a_name_that_was_not_asked(
    question: str, text: str, lacks: object
) -> None:
    named = make_reading(question, policies=[make_titled_policy("西河", ["无。"])])
    assert lacks_value(named, [text]) == lacks
    assert not lacks_value(make_reading(question), [text])  # other documents may name one
