"""From what a statute forbids to what it costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.extractive import Candidate, rank_sentences
from assistant.penalties import with_penalties
from corpus.policies import read_policies
from corpus.schema import Document, Policy
from tests.made_hits import make_hits, make_reading

STATUTE = """西河市河道管理条例
（2024年3月1日西河市人民代表大会常务委员会通过）
第一条 为了保护河道，根据《中华人民共和国水法》，制定本条例。
第二条 在河道管理范围内禁止下列行为：
（一）倾倒垃圾；
（二）私自取水；
（三）围垦。
第三条 沿河单位应当每季度清淤一次。
第四条 违反本条例第二条第一项、第三项规定的，处五百元罚款。
违反本条例第二条第二项规定的，处应缴水费三倍罚款。
第五条 违反本条例第三条规定的，处一万元罚款。
第六条 本条例自2024年5月1日起施行。
"""


@pytest.fixture(scope="module")
def statute() -> Policy:
    (policy,) = read_policies(Document("statute.txt", STATUTE, "0" * 64, "txt"))
    articles = tuple(clause for clause in policy.clauses if clause.kind == "条")
    assert len(articles) == 6
    return policy


def found(policy: Policy, words: str, *, cue: str = "penalty") -> list[Candidate]:
    """Candidates with the sentence that holds some words first."""
    articles = [clause for clause in policy.clauses if clause.kind == "条"]
    reading = make_reading("罚多少", cues=frozenset({cue}))
    hits = make_hits(replace(policy, clauses=tuple(articles)))
    hits = [replace(hit, policy=policy) for hit in hits]
    candidates = rank_sentences(reading, hits)
    candidates.sort(key=lambda candidate: words not in candidate.text)
    scored = [replace(c, score=5.0 - 0.2 * place) for place, c in enumerate(candidates)]
    return with_penalties(reading, scored)


def test_the_penalty_of_an_item_comes_before_it(statute: Policy) -> None:
    penalty, best, *_ = found(statute, "私自取水")
    assert best.hit.clause.label == "第二条"
    assert penalty.text == "违反本条例第二条第二项规定的，处应缴水费三倍罚款。"


def test_the_penalty_of_an_article_comes_before_it(statute: Policy) -> None:
    penalty, *_ = found(statute, "每季度清淤")
    assert penalty.text == "违反本条例第三条规定的，处一万元罚款。"


def test_nothing_changes_where_no_penalty_is_asked_for(statute: Policy) -> None:
    best, second, *_ = found(statute, "私自取水", cue="issue")
    assert "私自取水" in best.text
    assert "罚款" not in second.text or second.hit.clause.label != "第四条"


def test_a_sentence_that_names_the_penalty_stays_alone(statute: Policy) -> None:
    candidates = found(statute, "处一万元罚款")
    assert candidates[0].hit.clause.label == "第五条"
    assert len({(c.hit.clause.clause_id, c.start) for c in candidates}) == len(candidates)


HEIGHTENED = """西河市养护办法
第一条 为了加强养护，制定本办法。
第二条 养护人应当每月巡查。
第三条 养护人应当建立档案。
第四条 违反本办法第二条规定的，责令改正；逾期不改正的，处五千元罚款；情节严重的，处一万元罚款。
违反本办法第三条规定的，给予警告。
"""


def test_what_heightens_a_penalty_belongs_to_it() -> None:
    (policy,) = read_policies(Document("heightened.txt", HEIGHTENED, "0" * 64, "txt"))
    penalty, *rest = found(policy, "每月巡查")
    assert not any("情节严重" in candidate.text for candidate in rest)
    assert penalty.text == (
        "违反本办法第二条规定的，责令改正；逾期不改正的，处五千元罚款；情节严重的，处一万元罚款。"
    )
    other, *_ = found(policy, "建立档案")
    assert other.text == "违反本办法第三条规定的，给予警告。"


ENFORCED = """西河市招牌管理办法
第一条 为了规范招牌，制定本办法。
第二条 店铺应当每年检修招牌。
第三条 违反本办法第二条规定的，由城市管理部门责令改正。
"""


@pytest.mark.parametrize(
    ("question", "kind", "cues", "first"),
    [
        ("招牌不检修谁来管", "unit", frozenset[str](), "第三条"),
        ("招牌由谁检修", "unit", frozenset[str](), "第二条"),
        ("招牌不检修会怎么样", "fact", frozenset({"penalty"}), "第三条"),
        ("招牌多久检修一次？不检修罚多少？", "number", frozenset({"penalty"}), "第二条"),
    ],
)
def test_who_sees_to_it_and_what_it_costs_come_first_where_only_that_is_asked(
    question: str, kind: str, cues: frozenset[str], first: str
) -> None:
    (policy,) = read_policies(Document("enforced.txt", ENFORCED, "0" * 64, "txt"))
    articles = tuple(clause for clause in policy.clauses if clause.kind == "条")
    reading = make_reading(question, kind=kind, cues=cues)
    hits = [replace(h, policy=policy) for h in make_hits(replace(policy, clauses=articles))]
    ranked = sorted(rank_sentences(reading, hits), key=lambda c: "每年" not in c.text)
    scored = [replace(c, score=5.0 - place) for place, c in enumerate(ranked)]
    told = with_penalties(reading, scored)
    assert told[0].hit.clause.label == first
    assert {c.hit.clause.label for c in told[:2]} >= {first}
    assert len(told) == len(scored)
