"""Time grows with the text and no faster, whatever a file holds: facts and references included."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

import pytest

from corpus.citation_forms import citations_of
from corpus.policies import read_policies
from corpus.references import ReferenceFinder
from corpus.schema import Document

CHARACTERS = 24_000
ATTEMPTS = 4  # a machine at work may slow down one reading
MOST = 3.0  # times as long for twice the text
FLOOR_SECONDS = 0.1  # what is this quick needs no proof

GROWING: dict[str, Callable[[int], str]] = {
    "clauses": lambda n: "关于工作的通知\n" + "".join(f"{i}.做好工作。\n" for i in range(n // 9)),
    "one number": lambda n: "1.做好工作。\n" * (n // 8),
    "one heading": lambda n: "# 工作方案\n" * (n // 7),
    "units on lines": lambda n: "市财政局\n" * (n // 5),
    "signatures": lambda n: "市财政局\n2024年1月1日\n" * (n // 15),
    "letterhead": lambda n: "安丘市人民政府文件\n" * (n // 10),
    "letterhead of one line": lambda n: "安丘市财政局安丘市教育局" * (n // 12) + "文件",
    "numbers": lambda n: "安政办〔2024〕21号\n" * (n // 13),
    "units behind a label": lambda n: "一、责任单位：" + "、".join(["市财政局"] * (n // 5)),
    "units in brackets": lambda n: "一、工作。（" + "、".join(["市财政局"] * (n // 5)) + "）",
    "units that act": lambda n: "一、工作" + "，由市财政局牵头" * (n // 8),
    "roles": lambda n: "一、工作（牵头单位：市财政局；配合单位：市教育局" * (n // 23),
    "open brackets": lambda n: "（工作\n" * (n // 4),
    "open titles": lambda n: "根据《" * (n // 3),
    "basis": lambda n: "通知\n各局：\n" + "根据《中国办法》，\n" * (n // 10),
    "repealed": lambda n: "《中国办法》、" * (n // 7) + "废止。",
    "targets": lambda n: "一、到2025年" + "达到90%，" * (n // 6),
    "targets in a list": lambda n: "一、到2025年达到" + "90%、" * (n // 4),
    "grades": lambda n: "一、" + "达到三级甲等" * (n // 6),
    "digits": lambda n: "一、" + "9" * n,
    "years": lambda n: "一、" + "到2025年" * (n // 6),
    "adoption notes": lambda n: "中华人民共和国办法\n（" + "2024年1月1日" * (n // 9) + "通过）\n",
    "validity": lambda n: "一、" + "有效期" * (n // 3),
    "regions": lambda n: "山东省潍坊市安丘市" * (n // 9) + "工作方案",
    "table": lambda n: "|指标|目标值|牵头单位|\n|-|-|-|\n" + "|就诊率|≥90%|市财政局|\n" * (n // 16),
    "boxes": lambda n: "□" * n,
    "one line of a notice": lambda n: "工作的通知各局：" + "一、做好。（一）做好。" * (n // 11),
    "heads run together": lambda n: "工作方案。" + "第一编总则第一章总则第一节总则" * (n // 15),
    "references": lambda n: "办法\n" + "".join(
        f"第{i}条　依照第{i - 1}条第二款、前款规定。\n依照本条第一款。\n" for i in range(1, n // 36)
    ),
    "references of one article": lambda n: (
        "办法\n第一条　工作。\n" + "（一）依照第（二）项、前项规定；\n" * (n // 18)
    ),
    "restarts": lambda n: "一、工作\n（一）工作\n1.工作\n（1）工作\n①工作\n" * (n // 27),
}  # fmt: skip


@pytest.fixture(autouse=True)
def lone_heap() -> Iterator[None]:
    """What other tests left in memory is not looked through again for every text."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def seconds(text: str) -> float:
    """How long it takes to read a text, with its references and citation forms."""
    begin = time.process_time()
    policies = read_policies(Document("grown.txt", text, "", "txt"))
    finder = ReferenceFinder(policies)
    for policy in policies:
        citations_of(policy)
        for clause in policy.clauses:
            finder.references_of(clause)
    return time.process_time() - begin


@pytest.mark.slow
@pytest.mark.parametrize("name", GROWING)
def test_twice_the_text_takes_no_more_than_three_times_as_long(name: str) -> None:
    text, doubled = GROWING[name](CHARACTERS), GROWING[name](2 * CHARACTERS)
    once = twice = float("inf")
    for _ in range(ATTEMPTS):
        once, twice = min(once, seconds(text)), min(twice, seconds(doubled))
        if twice <= max(MOST * once, FLOOR_SECONDS):
            return
    pytest.fail(f"{name}: {once:.2f} s for a text, {twice:.2f} s for twice as much")


@pytest.mark.slow
def test_a_clause_of_a_million_characters() -> None:
    assert seconds("一、总体要求。" + "各地要认真落实到2025年达到90%的目标，" * 50_000) < 60


@pytest.mark.slow
def test_a_hundred_thousand_clauses() -> None:
    text = "".join(f"（{i % 99 + 1}）完成第{i}项任务。\n" for i in range(100_000))
    (policy,) = read_policies(Document("many.txt", text, "", "txt"))
    assert sum(1 for clause in policy.clauses if clause.text) == 100_000
    assert len({clause.clause_id for clause in policy.clauses}) == len(policy.clauses)
