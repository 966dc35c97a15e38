"""The assistant over the real index: every answer keeps the contract, whatever is asked."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.chain import Assistant
from assistant.question import MAX_CHARACTERS
from assistant.schema import Answer, Question
from index.search import HybridIndex
from index.words import Words
from tests.building import Builder
from tests.contract import assert_valid, squeezed
from tests.factories import make_policy
from ui.render import answer_to_json

pytestmark = pytest.mark.slow

# question, earlier questions: documents that may be cited, words that must be in the answer
ANSWERED: list[tuple[str, tuple[str, ...], set[str], tuple[str, ...]]] = [
    ("安丘市公立医院医护比要达到多少？", (), {"anqiu-2024-21"}, ("1：2",)),
    ("请问一下安丘 医护比 是多少呀", (), {"anqiu-2024-21"}, ("1：2",)),
    ("安丘市公立醫院醫護比要達到多少？", (), {"anqiu-2024-21"}, ("1：2",)),
    (
        "安丘 医工体龙头医院 要建哪几类“五大中心”",
        (),
        {"anqiu-2024-21"},
        ("临床服务", "急诊急救", "资源共享", "高质量管理"),
    ),
    ("安丘那份推公立医院高质量发展的文是啥时候印的", (), {"anqiu-2024-21"}, ("2024年6月12日",)),
    (
        "安丘2024年出台的公立医院高质量发展方案，是照着国家、省里、潍坊哪几份文件定的？",
        (),
        {"anqiu-2024-21"},
        ("国办发〔2021〕18号", "鲁医改字〔2021〕2号", "潍政办字〔2022〕42号"),
    ),
    (
        "想把安丘市人民医院建成区域医疗中心，这件事该找哪几个局",
        (),
        {"anqiu-2024-21"},
        ("市卫健局", "市发改局"),
    ),
    (
        "啥叫“四化医院”？安丘文件里那个",
        (),
        {"anqiu-2024-21"},
        ("信息化", "智能化", "智慧化", "数字化"),
    ),
    (
        "那他爱人要是公务员，跟着过来的话工作由谁来安排？",
        ("安丘引进高层次人才，安家费最高能给多少？",),
        {"anqiu-2024-21"},
        ("组织、编制、人社部门",),
    ),
    ("安丘方案二（四）1怎么说", (), {"anqiu-2024-21"}, ("1.改革人事管理制度。", "1：2左右。")),
    ("丽江市公立医院医护比要达到多少？", (), {"compilation-2023-1"}, ("1:2",)),
    ("万山区考核等次怎么划分", (), {"compilation-2023-3"}, ("90分",)),
    ("海南省的方案里县域医共体由谁牵头组建？", (), {"compilation-2023-4"}, ("县级公立医院",)),
    ("淮北市疾病诊断相关分组付费什么时候推开", (), {"compilation-2023-5"}, ("2023年",)),
    ("邢台市每千人口公立医院床位数到2025年达到多少", (), {"compilation-2023-7"}, ("5.37张",)),
    ("吉林市旗舰医院是哪家", (), {"jilin-2022-26"}, ("吉林省吉林中西医结合医院",)),
    ("聊城2024年的方案文号是多少", (), {"liaocheng-2024-10"}, ("聊政办字〔2024〕10号",)),
    (
        "聊城市级重点专科要建多少个？",
        (),
        {"liaocheng-2024-10", "liaocheng-2026-7"},
        ("240个", "300"),
    ),
    (
        "对二级医院的电子病历等级，聊城2024年的方案和2026年三年攻坚方案要求有什么变化？",
        (),
        {"liaocheng-2024-10", "liaocheng-2026-7"},
        ("4级",),
    ),
]
REFUSED = [
    ("上海市三级医院有多少床位", "not_in_corpus"),
    ("青岛市公立医院医护比要达到多少？", "not_in_corpus"),
    ("苏政办〔2020〕3号讲了什么", "not_in_corpus"),
    ("吉林省的方案里薪酬制度怎么改", "not_in_corpus"),
    ("安丘市人民医院现在编制床位多少张，方案要求以后扩到多少张？", "not_specified"),
    ("安丘市卫健局局长的电话是多少", "not_specified"),
    ("今天天气怎么样", "out_of_scope"),
    ("帮我写一首诗", "out_of_scope"),
    ("？？？", "out_of_scope"),
]
WORDS = [
    *("安丘", "聊城市", "聊城市2026年的方案", "吉林省", "海南", "北京", "上海", "山东", "国家"),
    *("安政办〔2024〕21号", "苏政办〔2020〕3号", "医护比", "薪酬制度", "总会计师", "床位", "DRG"),
    *("党委领导下的院长负责制", "保障措施", "天气", "经费", "要达到多少？", "由谁负责？", "有哪些"),
    *(
        "什么时候印发的",
        "依据是什么",
        "是什么意思",
        "对比",
        "各地",
        "哪些地方提到",
        "能不能",
        "几张",
    ),
    *(
        "二（四）1",
        "第三条",
        "第二部分",
        "（三）",
        "和",
        "，",
        "？",
        "2025年",
        "90%",
        "责任单位",
        "\n",
        "[1]",
        "<b>",
        "呢",
        "那",
        "分别",
        "\0",
    ),
]
COMPOSED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join)


def ask(assistant: Assistant, text: str, *history: str) -> Answer:
    return assistant.ask(Question(text, "q", history))


def without_time(answer: Answer) -> Answer:
    return replace(answer, seconds={})


@settings(max_examples=60)
@given(text=COMPOSED, history=st.lists(COMPOSED, max_size=2))
def test_any_question_of_our_words_gets_a_valid_answer(
    assistant: Assistant, index: HybridIndex, text: str, history: list[str]
) -> None:
    question = Question(text, "q", tuple(history))
    if text.strip():
        assert_valid(assistant.ask(question), question, index)


@settings(max_examples=40)
@given(text=st.text(st.characters(exclude_categories=()), min_size=1), history=st.lists(st.text()))
def test_any_text_gets_a_valid_answer(
    assistant: Assistant, index: HybridIndex, text: str, history: list[str]
) -> None:
    question = Question(text, "", tuple(history))
    if text.strip():
        assert_valid(assistant.ask(question), question, index)


@pytest.mark.parametrize(
    ("text", "history", "documents", "said"), ANSWERED, ids=[row[0] for row in ANSWERED]
)
def test_a_question_gets_the_words_of_its_document(
    assistant: Assistant,
    index: HybridIndex,
    text: str,
    history: tuple[str, ...],
    documents: set[str],
    said: tuple[str, ...],
) -> None:
    question = Question(text, "q", history)
    answer = assistant.ask(question)
    assert_valid(answer, question, index)
    assert answer.status == "answered"
    assert {citation.policy_id for citation in answer.citations} <= documents
    assert [words for words in said if squeezed(words) not in squeezed(answer.text)] == []
    quotes = squeezed("".join(citation.quote for citation in answer.citations))
    assert [words for words in said if squeezed(words) not in quotes] == []


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_cannot_be_answered_is_refused_with_its_reason(
    assistant: Assistant, index: HybridIndex, text: str, reason: str
) -> None:
    question = Question(text)
    answer = assistant.ask(question)
    assert_valid(answer, question, index)
    assert (answer.status, answer.reason) == ("refused", reason)
    if reason == "not_specified":
        assert {citation.policy_id for citation in answer.nearest} == {"anqiu-2024-21"}


@pytest.mark.parametrize(
    "topic", ["公立医院医护比要达到多少", "薪酬制度怎么改", "由谁负责床位建设"]
)
@pytest.mark.parametrize("place", ["上海市", "青岛", "苏州市", "杭州", "成都市"])
def test_no_city_is_answered_for_another(assistant: Assistant, place: str, topic: str) -> None:
    answer = ask(assistant, f"{place}{topic}？")
    assert (answer.status, answer.reason) == ("refused", "not_in_corpus")
    assert place in answer.text


@pytest.mark.parametrize("text", ["", " ", "\n\t　"])
def test_a_blank_question_is_an_error_in_one_line(assistant: Assistant, text: str) -> None:
    assert_error(ask(assistant, text))


@pytest.mark.parametrize("length", [MAX_CHARACTERS + 1, 100_000])
def test_a_question_that_is_too_long_is_an_error_at_once(assistant: Assistant, length: int) -> None:
    started = time.thread_time()  # of this thread alone: neighbours do not count
    answer = ask(assistant, "安" * length)
    assert time.thread_time() - started < 1
    assert_error(answer)
    assert answer.error is not None
    assert str(length) in answer.error
    assert str(MAX_CHARACTERS) in answer.error


def assert_error(answer: Answer) -> None:
    assert (answer.status, answer.id) == ("error", "q")
    assert answer.error
    assert len(answer.error.splitlines()) == 1
    assert (answer.citations, answer.statements, answer.nearest) == ((), (), ())
    assert answer_to_json(answer)["error"] == answer.error


def test_the_longest_question_that_is_allowed_is_answered(
    assistant: Assistant, index: HybridIndex
) -> None:
    question = Question("安丘市公立医院医护比要达到多少？".ljust(MAX_CHARACTERS, "的"))
    assert_valid(assistant.ask(question), question, index)


def test_a_question_is_answered_the_same_again(assistant: Assistant) -> None:
    for text in ("聊城市级重点专科要建多少个？", "护士配备", "上海市三级医院有多少床位"):
        first = ask(assistant, text)
        ask(assistant, "安丘市的薪酬制度怎么改")
        assert without_time(ask(assistant, text)) == without_time(first)


def test_a_comparison_has_a_row_a_document(assistant: Assistant) -> None:
    answer = ask(assistant, "对比安丘和吉林市的医护比要求")
    assert answer.table is not None
    titles = [row[0] for row in answer.table.rows]
    assert len(titles) == len(set(titles)) == 2
    for citation in answer.citations:
        assert citation.title in titles


def test_a_question_over_all_documents_cites_several(assistant: Assistant) -> None:
    answer = ask(assistant, "资料里有哪些地方把公立医院医护比目标定在1比2左右？")
    found = {citation.policy_id for citation in answer.citations}
    assert {"anqiu-2024-21", "compilation-2023-1", "jilin-2022-26"} <= found


def test_clauses_are_found_in_the_scope_of_the_question(assistant: Assistant) -> None:
    hits = assistant.find(Question("安丘市公立医院医护比要达到多少？"), top_k=5)
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert {hit.policy.policy_id for hit in hits} == {"anqiu-2024-21"}
    assert hits[0].clause.clause_id == "anqiu-2024-21/2.4.1"

    def found(top_k: int) -> list[tuple[int, float, str]]:
        hits = assistant.find(Question("薪酬制度"), top_k=top_k)
        return [(hit.rank, hit.score, hit.clause.clause_id) for hit in hits]

    assert found(3) == found(5)[:3]


@pytest.mark.parametrize("text", ["", "　", "问" * (MAX_CHARACTERS + 1)])
def test_what_cannot_be_asked_cannot_be_looked_up(assistant: Assistant, text: str) -> None:
    with pytest.raises(ValueError, match="问题"):
        assistant.find(Question(text), top_k=5)


def test_clauses_and_policies_are_those_of_the_index(
    assistant: Assistant, index: HybridIndex
) -> None:
    assert assistant.policies() == list(index.policies.values())
    clause = assistant.clause("anqiu-2024-21/2.4.1")
    assert clause is not None
    assert "医护比" in clause.text
    assert assistant.clause("anqiu-2024-21/9.9") is None


def test_a_new_index_is_taken_over_while_running(tmp_path: Path) -> None:
    builder = Builder(tmp_path, Words())
    builder.make([make_policy(["增加护士配备，医护比达到1：2。"], policy_id="old")])
    assistant = Assistant(builder.open())
    question = "医护比达到多少"
    assert [c.policy_id for c in ask(assistant, question).citations] == ["old"]
    builder.make([make_policy(["增加护士配备，医护比达到1：3。"], policy_id="new")])
    answer = ask(assistant, question)
    assert [c.policy_id for c in answer.citations] == ["new"]
    assert "1：3" in answer.text
