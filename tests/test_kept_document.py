"""A follow-up that names nothing stays with the document that answered before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.extractive import rank_sentences
from assistant.kept_document import Matter, matter_before
from assistant.question import Reading
from assistant.schema import Question
from assistant.scope import Shelf
from index.schema import Hit
from tests.made_hits import make_hits, make_reading, make_titled_policy

LAMPS = make_titled_policy("路灯", ["路灯由养护单位每月巡查。", "未巡查的，处五百元罚款。"])
TREES = make_titled_policy("行道树", ["擅自砍树的，处一千元罚款。"])


def follow_up(text: str, *earlier: str) -> Reading:
    reading = make_reading(text)
    return replace(reading, question=Question(text, "", earlier), standalone=text)


def matter_of(
    text: str, *, lamps: float = 5.0, trees: float = 5.0, before: Sequence[float] = (9.0, 0.0)
) -> Matter | None:
    """What is found after 路灯多久巡查一次: scores of the two documents, then and now."""
    now = [*make_hits(LAMPS, [0.0, lamps]), *make_hits(TREES, [trees])]
    then = [*make_hits(LAMPS, [before[0]]), *make_hits(TREES, [before[1]])]

    def look_up(reading: Reading) -> list[Hit]:
        assert reading.question.text == "路灯多久巡查一次"
        return then

    reading = follow_up(text, "路灯多久巡查一次")
    words = str.split
    return matter_before(reading, rank_sentences(reading, now), look_up, Shelf([], [], words=words))


@pytest.mark.parametrize("asked", ["那不巡查罚多少", "要是没巡查，罚多少", "这个罚多少"])
def test_what_leans_stays_with_the_document(asked: str) -> None:
    matter = matter_of(asked, trees=6.0)
    assert matter is not None
    assert matter.policy_id == "路灯"
    limited = matter.limit(follow_up(asked))
    assert limited.scope.policy_ids == {"路灯"}


def test_what_leans_on_nothing_is_asked_of_all() -> None:
    assert matter_of("砍一棵行道树罚多少钱") is None


def test_a_far_better_answer_elsewhere_is_taken() -> None:
    assert matter_of("那砍树罚多少", trees=20.0) is None


def test_where_two_documents_answered_neither_is_kept() -> None:
    assert matter_of("那不巡查罚多少", before=(9.0, 8.0)) is None


def test_without_history_nothing_is_kept() -> None:
    reading = follow_up("那不巡查罚多少")
    found = rank_sentences(reading, make_hits(LAMPS, [5.0]))
    shelf = Shelf([], [], words=str.split)
    assert matter_before(reading, found, lambda _: [], shelf) is None


def test_the_clause_just_spoken_of_counts_for_more() -> None:
    first, second = LAMPS.clauses
    matter = Matter("路灯", frozenset({second.clause_id}))
    candidates = rank_sentences(make_reading(), make_hits(LAMPS, [5.0, 4.5]))
    assert candidates[0].hit.clause is first
    assert matter.nearer(candidates)[0].hit.clause is second
