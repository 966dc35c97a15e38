"""Words and BM25: what counts as a word, and scores that survive being saved."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexDamaged
from index.lexical import FIELDS, LexicalIndex
from index.words import Words, bigrams
from tests.factories import make_policy

TEXTS = [
    "增加护士配备，逐步推动公立医院医护比总体达到1：2左右。",
    "三级公立医院门诊次均费用增幅控制在5%以内。",
    "由市卫生健康委牵头，建立公立医院薪酬制度。",
    "推广B超、CT检查结果互认。",
]
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
TOKENS = st.text(st.sampled_from("医院护士比例达到薪酬1：2%5， "), max_size=20)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


@pytest.fixture(scope="module")
def index(words: Words) -> LexicalIndex:
    return build(TEXTS, words)


def build(texts: list[str], words: Words) -> LexicalIndex:
    """Of one policy; every clause is one sentence."""
    policy = make_policy(texts)
    titles = {policy.policy_id: policy.title.value}
    return LexicalIndex.build(policy.clauses, texts, titles, words=words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("医护比1：2", ["医护", "比", "1:2"]),
        ("占35％以上", ["占", "35%", "以上"]),
        ("1,200.5万元", ["1,200.5", "万元"]),
        ("2026-2028年", ["2026", "2028", "年"]),
        ("公立医院", ["公立", "医院", "公立医院"]),
        ("公立醫院", ["公立", "医院", "公立医院"]),
        ("B超和CT、5G", ["b超", "和", "ct", "5g"]),
        ("，。！（）", []),
        ("", []),
    ],
)
def test_what_counts_as_a_word(words: Words, text: str, expected: list[str]) -> None:
    assert words.cut(text) == expected


@given(ANY_TEXT)
def test_no_text_is_too_strange_and_punctuation_is_no_word(words: Words, text: str) -> None:
    assert all(any(c.isalnum() for c in word) for word in words.cut(text))
    assert all(pair for pair in bigrams(text))


def test_pairs_end_at_punctuation_and_keep_numbers_whole() -> None:
    assert bigrams("医护比，达到1：2。") == ["医护", "护比", "达到", "1:2"]
    assert bigrams("《院》、CT") == ["院", "ct"]


def test_no_cache_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    Words().cut("公立医院")
    assert list(tmp_path.iterdir()) == []


def test_the_clause_that_says_it_scores_highest(index: LexicalIndex) -> None:
    for query, row in (
        ("医护比是多少", 0),
        ("门诊次均费用", 1),
        ("谁牵头薪酬制度", 2),
        ("ｂ超", 3),
    ):
        scores = index.scores(query)
        assert set(scores) == set(FIELDS)
        assert all(values.shape == (4,) for values in scores.values())
        assert all(values.dtype == np.float32 for values in scores.values())
        assert int(scores["words"].argmax()) == row
        assert int(scores["bigrams"].argmax()) == row
        assert int(scores["sentence_words"].argmax()) == row
        assert int(scores["sentence_bigrams"].argmax()) == row


def test_headings_score_by_title_and_path(index: LexicalIndex) -> None:
    assert (index.scores("实施方案")["headings"] > 0).all()
    assert (index.scores("实施方案")["words"] == 0).all()


def test_what_of_the_scores_the_titles_say(index: LexicalIndex) -> None:
    title = ["关于公立医院薪酬的通知"]
    told = index.told_scores("公立医院门诊费用", title)
    for name, values in index.scores("公立医院").items():
        assert np.array_equal(told[name], values)  # 门诊费用 is no word of the title
    assert not any(values.any() for values in index.told_scores("门诊费用", title).values())
    both = index.told_scores("公立医院门诊费用", [*title, "关于河道的通知"])
    assert not any(values.any() for values in both.values())  # not every title says it


@settings(max_examples=15)
@given(texts=st.lists(TOKENS, max_size=6), query=TOKENS)
def test_saved_and_loaded_scores_are_equal(words: Words, texts: list[str], query: str) -> None:
    built = build(texts, words)
    with tempfile.TemporaryDirectory() as folder:
        built.save(Path(folder) / "lexical")
        loaded = LexicalIndex.load(Path(folder) / "lexical", words=words)
    assert loaded.counts == built.counts == dict.fromkeys(FIELDS, len(texts))
    for name, scores in built.scores(query).items():
        assert np.array_equal(scores, loaded.scores(query)[name])
    for word in words.cut(query):
        assert loaded.idf(word) == built.idf(word)


def test_rare_words_weigh_more_and_unknown_ones_most(index: LexicalIndex) -> None:
    assert index.idf("公立医院") < index.idf("护士") < index.idf("火星")
    assert index.idf("护士") == pytest.approx(math.log(1 + (4 - 1 + 0.5) / (1 + 0.5)))
    assert index.idf("") == index.idf("火星")


def test_words_of_the_index_are_those_of_the_dictionary(index: LexicalIndex, words: Words) -> None:
    assert index.words(TEXTS[0]) == words.cut(TEXTS[0])


def test_a_damaged_folder_is_named(index: LexicalIndex, words: Words, tmp_path: Path) -> None:
    for name in ("count.json", "words/data.csc.index.npy", "bigrams/vocab.index.json"):
        folder = tmp_path / name.replace("/", "-")
        index.save(folder)
        (folder / name).write_bytes(b"?")
        with pytest.raises(IndexDamaged, match="wenzheng build"):
            LexicalIndex.load(folder, words=words)
    with pytest.raises(IndexDamaged, match="wenzheng build"):
        LexicalIndex.load(tmp_path / "nothing", words=words)
