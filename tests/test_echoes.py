"""Documents that say what the best sentence says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.echoes import echoes, leading_words
from assistant.extractive import rank_sentences
from tests.made_hits import make_hits, make_reading, make_titled_policy

LONG = "建立资源分类配置标准，严禁公立医院自行举债建设和购置大型医用设备，完善运行监测机制。"


def cover(text: str) -> float:
    """The share of two words that a text holds."""
    return sum(word in text for word in ("严禁", "举债")) / 2


def test_of_a_long_sentence_the_part_that_is_asked_about_leads() -> None:
    (best,) = rank_sentences(make_reading(), make_hits(make_titled_policy("甲", [LONG]), [1.0]))
    assert leading_words(best, cover) == "严禁公立医院自行举债建设和购置大型医用设备"


def test_a_short_sentence_leads_whole() -> None:
    policy = make_titled_policy("甲", ["严禁举债建设。"])
    (best,) = rank_sentences(make_reading(), make_hits(policy, [1.0]))
    assert leading_words(best, cover) == "严禁举债建设。"


@given(st.floats(0, 1), st.sampled_from(["严禁举债建设。", "严禁推诿。", "加强宣传。"]))
def test_what_says_the_same_has_the_words_and_the_meaning(similarity: float, text: str) -> None:
    hits = make_hits(make_titled_policy("乙", [text]), [1.0], similarity=similarity)
    found = echoes(hits, cover)
    alike = (cover(text) >= 0.6 and similarity >= 0.6) or (
        cover(text) >= 0.45 and similarity >= 0.7
    )
    assert set(found) == ({"乙"} if alike else set())


def test_of_each_document_the_sentence_that_comes_nearest() -> None:
    far = make_hits(make_titled_policy("乙", ["严禁举债购置设备。"]), [1.0], similarity=0.8)
    near = make_hits(make_titled_policy("乙", ["严禁举债建设。"]), [1.0], similarity=0.9)
    assert echoes([*far, *near], cover)["乙"].text == "严禁举债建设。"
