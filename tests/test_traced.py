"""Where a sentence comes from: every sentence leads back to a clause that prints it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.sentences import split_sentences
from tests.special_questions import answer_to, finding_of, library

SENTENCES = [
    text.strip("。；：")
    for policy in library().policies
    for clause in policy.clauses
    for sentence in split_sentences(clause.text)
    for text in [clause.text[sentence.start : sentence.end]]
    if len(text) >= 12 and "\n" not in text and not text.startswith("（")
]


@settings(max_examples=15)
@given(sentence=st.sampled_from(SENTENCES))
def test_every_sentence_is_found(sentence: str) -> None:
    answer = answer_to(f"“{sentence}”是哪个文件说的？")
    assert answer.status == "answered"
    assert all(sentence in citation.clause_text for citation in answer.citations)


def test_the_official_form_stands_before_the_words() -> None:
    answer = answer_to("这句话出自哪里：每年新建口袋公园20个")
    assert "《清河市城市绿化工作方案》（清政办〔2024〕3号）第二部分第（一）项第1点" in answer.text
    assert answer.statements[0].text.endswith("每年新建口袋公园20个。")


def test_an_altered_figure_is_shown_as_it_is_printed() -> None:
    answer = answer_to("“到2025年，城市绿化覆盖率达到43%”出自哪个文件")
    assert "没有完全相同的原文" in answer.text
    assert "42%" in answer.statements[0].text
    assert "43%" not in answer.text


def test_what_nobody_said_is_not_found() -> None:
    answer = answer_to("“市民每天应当吃三个苹果并喝两杯牛奶”是哪个文件说的")
    assert (answer.status, answer.reason) == ("refused", "not_specified")


def test_a_term_is_left_to_the_search() -> None:
    assert finding_of("“口袋公园”是哪个文件说的") is None
