"""Figures over several documents: a row a figure, from the clause that sets it."""

from __future__ import annotations

from collections.abc import Callable

from assistant.comparison import Row
from assistant.findings import Finding
from assistant.prompts import NOT_HELD, NOT_MENTIONED
from assistant.target_table import target_table
from tests.special_questions import library, material_of, words


def table_for(question: str) -> Finding | None:
    """The table, where a search found nothing."""
    material = material_of(question)

    def cover_of(topic: str) -> Callable[[str], float]:
        wanted = set(words().cut(topic))
        return lambda text: len(wanted & set(words().cut(text))) / (len(wanted) or 1)

    rows = [Row(policy) for policy in library().policies if policy.policy_id == "dogs"]
    return target_table(material.reading, rows, material.policies, cover_of)


def test_every_document_that_sets_the_figure_has_a_row() -> None:
    finding = table_for("比较清河和东山的绿化覆盖率目标")
    assert finding is not None
    values = {row.quotes[0].clause.policy_id: row.cells[2] for row in finding.rows if row.quotes}
    assert values == {"trees": "42%", "parks": "45%以上"}
    for draft in finding.drafts:
        assert all(draft.text.endswith(quote.text) for quote in draft.quotes)


def test_documents_that_are_silent_say_so_where_all_places_are_asked_for() -> None:
    finding = table_for("各市绿化覆盖率目标")
    assert finding is not None
    silent = [row.cells[0] for row in finding.rows if row.cells[1] == NOT_MENTIONED]
    assert silent == ["东山市养犬管理办法", "清河市路灯管理条例"]


def test_a_place_that_is_not_here_is_said_beside_what_there_is() -> None:
    finding = table_for("对比清河和上海的绿化覆盖率")
    assert finding is not None
    assert [row.cells[:2] for row in finding.rows if not row.quotes] == [("上海", NOT_HELD)]


def test_what_no_target_is_about_is_left_to_the_search() -> None:
    assert table_for("比较清河和东山的护士配备") is None


def test_another_figure_on_the_same_thing_is_not_the_one_asked_for() -> None:
    assert table_for("比较清河和东山的绿化覆盖补助") is None


def test_the_figure_that_is_asked_for_is_no_part_of_its_name() -> None:
    plain = table_for("比较清河和东山的绿化覆盖率")
    bound = table_for("绿化覆盖率定在40%（或40%以上）的有哪些市？帮我从资料里汇总")
    assert plain is not None
    assert bound is not None
    assert {row.cells[2] for row in plain.rows if row.quotes} <= {
        row.cells[2] for row in bound.rows
    }
