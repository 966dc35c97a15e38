"""省里 beside a place: two documents, where the two are put side by side."""

from __future__ import annotations

import pytest

from assistant.scope import Shelf
from corpus.policies import read_policies
from corpus.schema import Document, Policy
from index.words import Words

PROVINCE = "云岭省路灯管理条例\n第一条 路灯由公安机关登记，每盏一百元。\n"
CITY = "汐川市路灯管理办法\n第一条 路灯登记费每盏五十元。\n"


def policies() -> list[Policy]:
    documents = [
        Document("province.txt", PROVINCE, sha256="0", format="txt"),
        Document("city.txt", CITY, sha256="1", format="txt"),
    ]
    return [policy for document in documents for policy in read_policies(document)]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    held = policies()
    texts = [clause.text for policy in held for clause in policy.clauses]
    return Shelf(held, texts, words=Words().cut)


@pytest.mark.parametrize(
    "question",
    [
        "登记费省里规定多少，汐川规定多少",
        "省里和汐川市的登记费各是多少",
        "汐川市跟省里的登记费差多少",
    ],
)
def test_both_documents_are_meant(shelf: Shelf, question: str) -> None:
    found = shelf.find(question)
    assert found.policy_ids == {policy.policy_id for policy in policies()}


@pytest.mark.parametrize(
    "question", ["汐川的路灯达到省里标准的有多少", "汐川路灯登记费多少", "省里的登记费多少"]
)
def test_else_a_level_is_part_of_the_question(shelf: Shelf, question: str) -> None:
    assert len(shelf.find(question).policy_ids) < 2
