from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.deadlines import times_of
from corpus.figures import figures_of, folded
from corpus.library import read_library, shipped_documents
from corpus.schema import Target
from corpus.targets import targets_of
from eval.targets_score import FIELDS, Score, gold_passages, score_targets

# Pieces that plans are made of, so that random texts come close to sentences.
WORDS = (
    "到2025年", "“十四五”末", "每年", "三年内", "力争", "市人民医院", "三级医院",
    "县域就诊率", "床医比", "达到", "不低于", "降至", "控制在", "建成", "引进", "分别", "90%",
    "1：0.53", "3—5个", "1500人", "百分之六十", "B级", "以上", "左右", "以内", "全覆盖",
    "翻一番", "三级甲等", "标准", "（含中医）", "万元", "罚款", "比2020年", "下降",
)  # fmt: skip
PIECES = st.lists(
    st.sampled_from([*WORDS, *"的和、，。；(）《》“”\n一两第年级0％："]), max_size=40
).map("".join)


def only(text: str) -> Target:
    (target,) = targets_of(text)
    return target


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return score_targets()


def test_the_gold_is_large_enough_and_from_the_texts() -> None:
    passages = gold_passages()
    assert sum(not e.optional for p in passages for e in p.expected) >= 150
    assert len({p.passage_id for p in passages}) == len(passages)
    assert len({p.document for p in passages}) >= 10


@pytest.mark.parametrize(
    ("split", "name", "precision", "recall"),
    [
        ("dev", "figure", 0.99, 0.99),
        ("test", "figure", 0.98, 0.96),
        ("test", "indicator", 0.94, 0.92),
        ("test", "comparator", 0.98, 0.96),
        ("test", "deadline", 0.93, 0.91),
        ("test", "subject", 0.87, 0.90),
    ],
)
def test_targets_of_the_gold_are_read(
    scores: dict[str, Score], split: str, name: str, precision: float, recall: float
) -> None:
    counts = scores[split].counts[name]
    assert counts.precision >= precision, scores[split].errors
    assert counts.recall >= recall, scores[split].errors


def test_nothing_is_read_outside_the_passages_of_the_gold(scores: dict[str, Score]) -> None:
    assert scores["outside"].errors == []


def test_every_field_is_scored(scores: dict[str, Score]) -> None:
    assert set(scores["test"].counts) == {"figure", *FIELDS}


@given(PIECES)
@example("到2025年，床医比、医护比分别达到1：0.53、1：1.01。")
@example("1：1：1：1、2—3—4个5个人才")
def test_a_target_is_a_part_of_its_text(text: str) -> None:
    for target in targets_of(text):
        assert 0 <= target.start <= target.value_start < target.value_end <= target.end <= len(text)
        assert target.indicator
        assert target.value
        assert not {"\x01", "\x02"} & set("".join((target.indicator, target.subject, target.base)))
        assert targets_of(text[: target.end] + "。" + text[target.end :]) is not None


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(targets_of(text), tuple)
    assert len(folded(text)) == len(text)


@given(PIECES, PIECES)
def test_sentences_are_read_one_by_one(first: str, second: str) -> None:
    first, second = (part.replace("\n", "") for part in (first, second))
    if any(part.count(a) != part.count(b) for part in (first, second) for a, b in ("（）", "()")):
        return  # a bracket that stays open reaches over the full stop
    alone = targets_of(first + "。")
    assert targets_of(f"{first}。{second}")[: len(alone)] == alone


def test_two_indicators_with_two_values_are_two_targets() -> None:
    text = "到2025年，床医比、医护比分别达到1：0.53、1：1.01。"
    found = [(t.indicator, t.comparator, t.value, t.deadline) for t in targets_of(text)]
    assert found == [
        ("床医比", "达到", "1:0.53", "2025年"),
        ("医护比", "达到", "1:1.01", "2025年"),
    ]


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("物耗成本降至50%以下", "不超过", "50", "%"),
        ("抗菌药物使用率控制在20%以内", "不超过", "20", "%"),
        ("县域就诊率不低于90％", "不低于", "90", "%"),
        ("参保率稳定在95%以上", "不低于", "95", "%"),
        ("省级重点专科达到45个左右", "左右", "45", "个"),
        ("建成省级重点专科45个左右", "左右", "45", "个"),
        ("培育市级专病中心3—5个", "等于", "3–5", "个"),
        ("引进人才1,500名", "等于", "1500", "名"),
        ("护理型床位占比不得低于百分之六十", "不低于", "60", "%"),
        ("招牌高度不超过一点五米", "不超过", "1.5", "米"),
        ("墙面广告凸出墙面不得超过零点三米", "不超过", "0.3", "米"),
        ("天然气消费量翻一番", "达到", "1", "番"),
        ("居民长期护理保险实现全覆盖", "达到", "100", "%"),
        ("每个街道至少设置一处服务中心", "不低于", "1", "处"),
        ("研发投入突破20亿元", "高于", "20", "亿元"),
        ("每千人口托位数达到4.6个/千人", "达到", "4.6", "个/千人"),
        ("孕产妇死亡率控制在9/10万以下", "不超过", "9", "/10万"),
    ],
)
def test_comparator_value_and_unit(text: str, comparator: str, value: str, unit: str) -> None:
    target = only(text)
    assert (target.comparator, target.value, target.unit) == (comparator, value, unit)


@pytest.mark.parametrize(
    ("text", "indicator", "subject"),
    [
        ("三级医院预约诊疗率达50%以上", "预约诊疗率", "三级医院"),
        ("逐步使公立医院医护比总体达到1：2左右", "医护比", "公立医院"),
        ("丽江市妇女儿童医院达三级乙等标准", "等级", "丽江市妇女儿童医院"),
        ("20%以上村卫生室建成“中医阁”", "建成“中医阁”", "村卫生室"),
        ("每千人口公立医院（含中医类医院）床位数达到5.37张", "每千人口公立医院床位数", ""),
    ],
)
def test_whose_value_of_what(text: str, indicator: str, subject: str) -> None:
    assert (only(text).indicator, only(text).subject) == (indicator, subject)


def test_an_unsaid_indicator_is_that_of_the_figure_before() -> None:
    text = "日间手术占择期手术比例达10%以上，三级医院达20%以上。"
    second = targets_of(text)[1]
    assert (second.indicator, second.subject) == ("日间手术占择期手术比例", "三级医院")


def test_a_rhythm_reaches_over_tasks_but_not_to_a_level() -> None:
    text = "每年开展培训80场，发布知识50期，县域就诊率达到90%。"
    assert [t.deadline for t in targets_of(text)] == ["每年", "每年", ""]


def test_the_base_of_a_multiple_is_kept() -> None:
    assert only("主要负责人薪酬水平控制在本单位平均薪酬水平的3倍以内").base == "本单位平均薪酬水平"


@pytest.mark.parametrize(
    "text",
    [
        "安政办〔2024〕21号",
        "自2026年5月1日起施行，有效期五年",
        "处一万元以上三万元以下罚款",
        "应当自收到备案材料之日起十个工作日内完成审核",
        "落实18项医疗质量安全核心制度",
        "整合全市7家三甲医院优质资源",
        "第十五届人民代表大会第三次会议通过",
        "未达到90%的，予以通报",
        "开展全覆盖培训三年行动",
        "建设一支高素质队伍",
        "经国务院批准的2026—2028年规划",
    ],
)
def test_figures_that_set_nothing_are_no_targets(text: str) -> None:
    assert targets_of(text) == ()


@given(st.integers(0, 10**6), st.integers(0, 99))
def test_a_figure_keeps_its_value(whole: int, part: int) -> None:
    (figure,) = figures_of(f"达到{whole}.{part:02d}%")
    assert figure.value == f"{whole}.{part:02d}"


def test_times_cover_deadlines_spans_and_rhythms() -> None:
    text = "到2025年底，“十四五”期间，通过三年攻坚，每学期，6月底前，比2020年"
    assert [time.value for time in times_of(text)] == [
        "2025年底",
        "“十四五”期间",
        "三年",
        "每学期",
        "6月底前",
        "",
    ]


def test_a_million_characters_take_seconds() -> None:
    texts = [c.text for p in read_library([shipped_documents()]).policies for c in p.clauses]
    text = "\n".join(texts)
    text *= 1_000_000 // len(text) + 1
    began = time.process_time()
    assert len(targets_of(text)) > 1000
    assert time.process_time() - began < 15


@pytest.mark.parametrize(
    ("text", "indicator", "comparator", "value"),
    [
        ("同一企业最高奖励30万元。", "奖励", "不超过", "30"),
        ("对首次入选的，最多给予20万元补贴。", "给予补贴", "不超过", "20"),
        ("一户至多登记3个车位。", "登记车位", "不超过", "3"),
        ("新建幼儿园的，最低补助15万元。", "补助", "不低于", "15"),
        ("合同签约率约80%。", "合同签约率", "左右", "80"),
        ("应急演练经费不超过5万元。", "应急演练经费", "不超过", "5"),
        ("其中使用年限不低于10年。", "使用年限", "不低于", "10"),
        ("校园绿地生均不低于2平方米。", "校园绿地生均", "不低于", "2"),
    ],
)
def test_bounds_and_whole_words(text: str, indicator: str, comparator: str, value: str) -> None:
    target = only(text)
    assert (target.indicator, target.comparator, target.value) == (indicator, comparator, value)


@pytest.mark.parametrize(
    "text",
    [
        "开展“欠薪清零”专项行动，公布举报电话。",
        "开展“零发生”行动，压实责任。",
        "签约20名",
        "完成12处",
        "支持服务质量达到一级二类以上标准的养老机构。",
    ],
)
def test_names_of_actions_and_bare_verbs_are_no_targets(text: str) -> None:
    assert targets_of(text) == ()


@given(
    st.lists(st.tuples(st.integers(2026, 2035), st.integers(1, 99)), min_size=1, max_size=4),
    st.sampled_from("、，"),
)
def test_a_total_and_what_each_year_has_of_it(years: list[tuple[int, int]], joint: str) -> None:
    parts = joint.join(f"{year}年{number}公里" for year, number in years)
    total, *found = targets_of(f"到2036年，新建步道400公里，其中{parts}。")
    assert (total.indicator, total.value) == ("新建步道", "400")
    assert [(t.deadline, t.value) for t in found] == [(f"{y}年", str(n)) for y, n in years]
    assert {(t.indicator, t.comparator, t.unit) for t in found} == {("新建步道", "等于", "公里")}


def test_a_rhythm_ends_with_its_part_of_the_sentence() -> None:
    first, second = targets_of("值班每天不少于2人；每村设置的宣传栏不少于3处。")
    assert (first.deadline, second.deadline) == ("每天", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每季度至少巡查一次。", [("巡查", "不低于", "1")]),
        ("按不低于8%的比例提取维修资金。", [("提取维修资金", "不低于", "8")]),
        ("设立分为筹备和正式设立两个阶段。", []),
        ("小区应当建设二次供水设施。", []),
        ("县住建局等9部门负责推进。", []),
        ("合格率低于80%的不予通过验收。", []),
        ("本办法所称大户是指年用水量不低于5万吨的用户。", []),
        ("绿地面积不小于每百户40平方米。", [("绿地面积每百户", "不低于", "40")]),
        ("给予每人每天60元的生活补贴。", [("给予生活补贴", "等于", "60")]),
        ("每新增1个给予5万元补助。", [("给予补助", "等于", "5")]),
        ("许可证有效期与合同期限一致，最长不超过2年。", [("许可证有效期", "不超过", "2")]),
        (
            "高血压、糖尿病患者管理率分别达到72%和69%。",
            [("高血压患者管理率", "达到", "72"), ("糖尿病患者管理率", "达到", "69")],
        ),
        ("各医院均设总药师，2026年底前实现全覆盖。", [("设总药师", "达到", "100")]),
        ("每班不超过40人；理论课与实训课的比例不低于3:7；每天不超过6课时。", None),
    ],
)
def test_what_only_bounds_or_leads_on_is_no_indicator(
    text: str, expected: list[tuple[str, str, str]] | None
) -> None:
    found = [(t.indicator, t.comparator, t.value) for t in targets_of(text)]
    if expected is None:
        assert not any(name.endswith("比例") and value == "6" for name, _, value in found)
    else:
        assert found == expected


def test_the_number_of_a_clause_is_no_figure_of_it() -> None:
    (target,) = targets_of("3.5权限每两年复核一次。", 3)
    assert (target.indicator, target.value_start) == ("权限复核", 10)


def test_a_rhythm_does_not_reach_to_what_is_set_once() -> None:
    monthly, once = targets_of("护林员每人每月补助500元，每村设2名。")
    assert (monthly.deadline, once.deadline) == ("每月", "")
